//! What stays on a link: tags in front of an EtherType, and what neighbours say to each other.

use super::super::Case;
use super::super::build::*;
use super::case;
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    [aggregation(), maintenance(), authentication(), tags(), words()].concat()
}

/// What one end of a link says of an end.
fn end(kind: u8) -> Vec<u8> {
    [&[kind, 20, 0x80, 0, 2, 0, 0, 0, 0, 7, 0, 3, 0x40, 0, 0, 5, 0x3d][..], &[0; 3]].concat()
}

fn slow(body: &[u8]) -> Vec<u8> {
    ethernet(0x8809, body)
}

fn aggregation() -> Vec<Case> {
    let mut lacp = [&[1, 1][..], &end(1), &end(2), &[3, 16, 0, 9]].concat();
    lacp.resize(2 + 20 + 20 + 16, 0);
    lacp.extend([0; 52]);
    let mut marker = vec![2, 1, 1, 16, 0, 5, 2, 0, 0, 0, 0, 7, 0, 0, 0, 9];
    marker.resize(18, 0);
    let with = |element: &[u8]| slow(&[&[1, 1][..], element].concat());
    vec![case(
        "link aggregation",
        LinkType::ETHERNET,
        vec![
            slow(&lacp),
            slow(&marker),
            with(&[1, 4, 0, 9, 0, 0]),
            with(&[9, 4, 0x1b, 9, 0, 0]),
            with(&[1, 1]),
            with(&[1, 20, 0, 0]),
            with(&[1]),
            slow(&[1, 2]),
            slow(&[2]),
            slow(&[10, 0, 0x19, 0xa7]),
            slow(&[]),
        ],
        &[
            (
                "-n",
                &[
                    "LACPv1, length 110",
                    "MARKERv1, length 18",
                    "LACPv1, length 8",
                    "LACPv1, length 8",
                    "LACPv1, length 4",
                    "LACPv1, length 6",
                    "LACPv1, length 3",
                    "LACP version 2 packet not supported",
                    " (packet is too short)",
                    "unknown (10), length 4\n\t0x0000:  0a00 19a7",
                    " (packet is too short)",
                ],
            ),
            (
                "-nv",
                &[
                    "LACPv1, length 110\n\tActor Information TLV (0x01), length 20\n\t  System 02:00:00:00:00:07, System Priority 32768, Key 3, Port 5, Port Priority 16384\n\t  State Flags [Activity, Aggregation, Synchronization, Collecting, Distributing]\n\tPartner Information TLV (0x02), length 20\n\t  System 02:00:00:00:00:07, System Priority 32768, Key 3, Port 5, Port Priority 16384\n\t  State Flags [Activity, Aggregation, Synchronization, Collecting, Distributing]\n\tCollector Information TLV (0x03), length 16\n\t  Max Delay 9\n\tTerminator TLV (0x00), length 0",
                    "MARKERv1, length 18\n\tMarker Information TLV (0x01), length 16\n\t  Request System 02:00:00:00:00:07, Request Port 5, Request Transaction ID 0x00000009",
                    "LACPv1, length 8\n\tActor Information TLV (0x01), length 4\n\t    ERROR: illegal length - should be 20\n\tTerminator TLV (0x00), length 0",
                    "LACPv1, length 8\n\tUnknown TLV (0x09), length 4\n\t  0x0000:  1b09\n\tTerminator TLV (0x00), length 0",
                    "LACPv1, length 4\n\tActor Information TLV (0x01), length 1\n\t    ERROR: illegal length - should be >= 2",
                    "LACPv1, length 6\n\tActor Information TLV (0x01), length 20\n\t\t packet is too short",
                    "LACPv1, length 3\n\t\t packet is too short",
                    "LACP version 2 packet not supported",
                    "\n\t\t packet is too short",
                    "unknown (10), length 4\n\t0x0000:  0a00 19a7",
                    "\n\t\t packet is too short",
                ],
            ),
            (
                "-nvv",
                &[
                    "LACPv1, length 110\n\tActor Information TLV (0x01), length 20\n\t  System 02:00:00:00:00:07, System Priority 32768, Key 3, Port 5, Port Priority 16384\n\t  State Flags [Activity, Aggregation, Synchronization, Collecting, Distributing]\n\t  0x0000:  8000 0200 0000 0007 0003 4000 0005 3d00\n\t  0x0010:  0000\n\tPartner Information TLV (0x02), length 20\n\t  System 02:00:00:00:00:07, System Priority 32768, Key 3, Port 5, Port Priority 16384\n\t  State Flags [Activity, Aggregation, Synchronization, Collecting, Distributing]\n\t  0x0000:  8000 0200 0000 0007 0003 4000 0005 3d00\n\t  0x0010:  0000\n\tCollector Information TLV (0x03), length 16\n\t  Max Delay 9\n\t  0x0000:  0009 0000 0000 0000 0000 0000 0000\n\tTerminator TLV (0x00), length 0",
                    "MARKERv1, length 18\n\tMarker Information TLV (0x01), length 16\n\t  Request System 02:00:00:00:00:07, Request Port 5, Request Transaction ID 0x00000009\n\t  0x0000:  0005 0200 0000 0007 0000 0009 0000",
                    "LACPv1, length 8\n\tActor Information TLV (0x01), length 4\n\t    ERROR: illegal length - should be 20\n\t  0x0000:  0009\n\tTerminator TLV (0x00), length 0",
                    "LACPv1, length 8\n\tUnknown TLV (0x09), length 4\n\t  0x0000:  1b09\n\tTerminator TLV (0x00), length 0",
                    "LACPv1, length 4\n\tActor Information TLV (0x01), length 1\n\t    ERROR: illegal length - should be >= 2",
                    "LACPv1, length 6\n\tActor Information TLV (0x01), length 20\n\t\t packet is too short",
                    "LACPv1, length 3\n\t\t packet is too short",
                    "LACP version 2 packet not supported",
                    "\n\t\t packet is too short",
                    "unknown (10), length 4\n\t0x0000:  0a00 19a7",
                    "\n\t\t packet is too short",
                ],
            ),
        ],
    )]
}

fn maintenance() -> Vec<Case> {
    let information = |kind: u8| [kind, 16, 1, 0, 2, 5, 0x1f, 5, 0xee, 0, 0, 0x0c, 1, 2, 3, 4];
    let mut event = vec![1, 40, 0, 7, 0, 0, 0, 0, 0, 0, 0, 8];
    event.resize(40, 1);
    let oam = |code: u8, body: &[u8]| slow(&[&[3, 0, 0x51, code][..], body].concat());
    vec![case(
        "maintenance of a link",
        LinkType::ETHERNET,
        vec![
            oam(0, &[&information(1)[..], &information(2), &[0, 0, 0, 0]].concat()),
            oam(0, &[&[1, 4, 0, 0, 0xfe, 6, 0, 0, 0x0c, 1][..], &[1, 1]].concat()),
            oam(1, &[&[0, 9][..], &event, &[2, 4, 0, 0, 0xfe, 4, 1, 2, 4, 40, 0]].concat()),
            oam(1, &[0]),
            oam(4, &[1]),
            oam(4, &[]),
            oam(0xfe, &[0, 0, 0x0c, 0x1b]),
            slow(&[3, 0, 0]),
        ],
        &[
            (
                "-n",
                &[
                    "OAM, length 40",
                    "OAM, length 16",
                    "OAM, length 57",
                    "OAM, length 5",
                    "OAM, length 5",
                    "OAM, length 4",
                    "OAM, length 8",
                    "OAM, length 3",
                ],
            ),
            (
                "-nv",
                &[
                    "OAM, length 40\n\tCode Information OAM PDU, Flags [Link Fault, Local Stable, Remote Stable]\n\t  Local Information Type (1), length 16\n\t    OAM-Version 1, Revision 2\n\t    State-Parser-Action looping back, State-MUX-Action discarding\n\t    OAM-Config Flags [Active, Unidirectional, Remote-Loopback, Link-Events, Variable-Retrieval], OAM-PDU-Config max-PDU size 1518\n\t    OUI Cisco (0x00000c), Vendor-Private 0x01020304\n\t  Remote Information Type (2), length 16\n\t    OAM-Version 1, Revision 2\n\t    State-Parser-Action looping back, State-MUX-Action discarding\n\t    OAM-Config Flags [Active, Unidirectional, Remote-Loopback, Link-Events, Variable-Retrieval], OAM-PDU-Config max-PDU size 1518\n\t    OUI Cisco (0x00000c), Vendor-Private 0x01020304\n\t  End of TLV marker Information Type (0), length 0",
                    "OAM, length 16\n\tCode Information OAM PDU, Flags [Link Fault, Local Stable, Remote Stable]\n\t  Local Information Type (1), length 4\n\t    ERROR: illegal length - should be 16\n\t  0x0000:  0104 0000\n\t  Organization specific Information Type (254), length 6\n\t  0x0000:  fe06 0000 0c01\n\t  Local Information Type (1), length 1\n\t    ERROR: illegal length - should be >= 2",
                    "OAM, length 57\n\tCode Event Notification OAM PDU, Flags [Link Fault, Local Stable, Remote Stable]\n\t  Sequence Number 9\n\t  Errored Symbol Period Event Link Event Type (1), length 40\n\t    Timestamp 700 ms, Errored Window 8\n\t    Errored Threshold 72340172838076673\n\t    Errors 72340172838076673\n\t    Error Running Total 72340172838076673\n\t    Event Running Total 16843009\n\t  Errored Frame Event Link Event Type (2), length 4\n\t    ERROR: illegal length - should be 40\n\t  0x0000:  0204 0000\n\t  Organization specific Link Event Type (254), length 4\n\t  0x0000:  fe04 0102\n\t  Errored Frame Seconds Summary Event Link Event Type (4), length 40\n\t\t packet is too short",
                    "OAM, length 5\n\tCode Event Notification OAM PDU, Flags [Link Fault, Local Stable, Remote Stable]\n\t\t packet is too short",
                    "OAM, length 5\n\tCode Loopback Control OAM PDU, Flags [Link Fault, Local Stable, Remote Stable]\n\t  Command Enable OAM Remote Loopback (1)",
                    "OAM, length 4\n\tCode Loopback Control OAM PDU, Flags [Link Fault, Local Stable, Remote Stable]\n\t\t packet is too short",
                    "OAM, length 8\n\tCode Vendor Private OAM PDU, Flags [Link Fault, Local Stable, Remote Stable]\n\t  0x0000:  0000 0c1b",
                    "OAM, length 3\n\t\t packet is too short",
                ],
            ),
            (
                "-nvv",
                &[
                    "OAM, length 40\n\tCode Information OAM PDU, Flags [Link Fault, Local Stable, Remote Stable]\n\t  Local Information Type (1), length 16\n\t    OAM-Version 1, Revision 2\n\t    State-Parser-Action looping back, State-MUX-Action discarding\n\t    OAM-Config Flags [Active, Unidirectional, Remote-Loopback, Link-Events, Variable-Retrieval], OAM-PDU-Config max-PDU size 1518\n\t    OUI Cisco (0x00000c), Vendor-Private 0x01020304\n\t  0x0000:  0110 0100 0205 1f05 ee00 000c 0102 0304\n\t  Remote Information Type (2), length 16\n\t    OAM-Version 1, Revision 2\n\t    State-Parser-Action looping back, State-MUX-Action discarding\n\t    OAM-Config Flags [Active, Unidirectional, Remote-Loopback, Link-Events, Variable-Retrieval], OAM-PDU-Config max-PDU size 1518\n\t    OUI Cisco (0x00000c), Vendor-Private 0x01020304\n\t  0x0000:  0210 0100 0205 1f05 ee00 000c 0102 0304\n\t  End of TLV marker Information Type (0), length 0",
                    "OAM, length 16\n\tCode Information OAM PDU, Flags [Link Fault, Local Stable, Remote Stable]\n\t  Local Information Type (1), length 4\n\t    ERROR: illegal length - should be 16\n\t  0x0000:  0104 0000\n\t  Organization specific Information Type (254), length 6\n\t  0x0000:  fe06 0000 0c01\n\t  Local Information Type (1), length 1\n\t    ERROR: illegal length - should be >= 2",
                    "OAM, length 57\n\tCode Event Notification OAM PDU, Flags [Link Fault, Local Stable, Remote Stable]\n\t  Sequence Number 9\n\t  Errored Symbol Period Event Link Event Type (1), length 40\n\t    Timestamp 700 ms, Errored Window 8\n\t    Errored Threshold 72340172838076673\n\t    Errors 72340172838076673\n\t    Error Running Total 72340172838076673\n\t    Event Running Total 16843009\n\t  0x0000:  0128 0007 0000 0000 0000 0008 0101 0101\n\t  0x0010:  0101 0101 0101 0101 0101 0101 0101 0101\n\t  0x0020:  0101 0101 0101 0101\n\t  Errored Frame Event Link Event Type (2), length 4\n\t    ERROR: illegal length - should be 40\n\t  0x0000:  0204 0000\n\t  Organization specific Link Event Type (254), length 4\n\t  0x0000:  fe04 0102\n\t  Errored Frame Seconds Summary Event Link Event Type (4), length 40\n\t\t packet is too short",
                    "OAM, length 5\n\tCode Event Notification OAM PDU, Flags [Link Fault, Local Stable, Remote Stable]\n\t\t packet is too short",
                    "OAM, length 5\n\tCode Loopback Control OAM PDU, Flags [Link Fault, Local Stable, Remote Stable]\n\t  Command Enable OAM Remote Loopback (1)",
                    "OAM, length 4\n\tCode Loopback Control OAM PDU, Flags [Link Fault, Local Stable, Remote Stable]\n\t\t packet is too short",
                    "OAM, length 8\n\tCode Vendor Private OAM PDU, Flags [Link Fault, Local Stable, Remote Stable]",
                    "OAM, length 3\n\t\t packet is too short",
                ],
            ),
        ],
    )]
}

fn authentication() -> Vec<Case> {
    let eap = |code: u8, body: &[u8]| {
        let len = (body.len() + 4) as u8;
        ethernet(0x888e, &[&[2, 0, 0, len, code, 7, 0, len][..], body].concat())
    };
    vec![case(
        "authentication at a port",
        LinkType::ETHERNET,
        vec![
            ethernet(0x888e, &[1, 1, 0, 0]),
            ethernet(0x888e, &[2, 3, 0, 2, 9, 9]),
            ethernet(0x888e, &[2, 9, 0, 0]),
            ethernet(0x888e, &[2, 0, 0, 0]),
            ethernet(0x888e, &[2, 0, 0, 9, 1, 7, 0, 5, 1]),
            eap(1, &[1]),
            eap(2, b"\x01alice\x1b[2J\0x"),
            eap(1, b"\x02hello"),
            eap(1, &[2]),
            eap(2, &[3, 13, 21, 99]),
            eap(1, &[13, 0xa0, 0, 0, 1, 2]),
            eap(1, &[21, 0x85, 0]),
            eap(2, &[43, 0x01]),
            eap(2, &[43, 0x80]),
            eap(1, &[18, 10]),
            eap(1, &[23]),
            eap(1, &[]),
            eap(3, &[]),
            eap(9, &[]),
        ],
        &[
            (
                "-n",
                &[
                    "EAPOL start (1) v1, len 0",
                    "EAPOL key (3) v2, len 2",
                    "unknown (9) v2, len 0",
                    "EAP packet (0) v2, len 0",
                    "EAP packet (0) v2, len 9",
                    "EAP packet (0) v2, len 5",
                    "EAP packet (0) v2, len 16",
                    "EAP packet (0) v2, len 10",
                    "EAP packet (0) v2, len 5",
                    "EAP packet (0) v2, len 8",
                    "EAP packet (0) v2, len 10",
                    "EAP packet (0) v2, len 7",
                    "EAP packet (0) v2, len 6",
                    "EAP packet (0) v2, len 6",
                    "EAP packet (0) v2, len 6",
                    "EAP packet (0) v2, len 5",
                    "EAP packet (0) v2, len 4",
                    "EAP packet (0) v2, len 4",
                    "EAP packet (0) v2, len 4",
                ],
            ),
            (
                "-nv",
                &[
                    "EAPOL start (1) v1, len 0",
                    "EAPOL key (3) v2, len 2",
                    "unknown (9) v2, len 0",
                    "EAP packet (0) v2, len 0 [|eap]",
                    "EAP packet (0) v2, len 9, EAP fragment?",
                    "EAP packet (0) v2, len 5, Request (1), id 7, len 5\n\t\t Type Identity (1)",
                    "EAP packet (0) v2, len 16, Response (2), id 7, len 16\n\t\t Type Identity (1), Identity: alice^[[2J",
                    "EAP packet (0) v2, len 10, Request (1), id 7, len 10\n\t\t Type Notification (2), Notification: hello",
                    "EAP packet (0) v2, len 5, Request (1), id 7, len 5\n\t\t Type Notification (2) (too short for EAP Notification request/response)",
                    "EAP packet (0) v2, len 8, Response (2), id 7, len 8\n\t\t Type Nak (3) TLS (13), TTLS (21), unknown (99)",
                    "EAP packet (0) v2, len 10, Request (1), id 7, len 10\n\t\t Type TLS (13) flags [L bit, Start bit] 0xa0, len 258",
                    "EAP packet (0) v2, len 7, Request (1), id 7, len 7\n\t\t Type TTLS (21) TTLSv5 flags [L bit] 0x85 (too short for EAP TLS/TTLS request/response with length)",
                    "EAP packet (0) v2, len 6, Response (2), id 7, len 6\n\t\t Type FAST (43) FASTv1 flags [none] 0x01",
                    "EAP packet (0) v2, len 6, Response (2), id 7, len 6\n\t\t Type FAST (43) FASTv0 flags [L bit] 0x80 (too short for EAP FAST request/response with length)",
                    "EAP packet (0) v2, len 6, Request (1), id 7, len 6\n\t\t Type SIM (18) subtype [Start] 0x0a",
                    "EAP packet (0) v2, len 5, Request (1), id 7, len 5\n\t\t Type AKA (23) (too short for EAP SIM/AKA request/response)",
                    "EAP packet (0) v2, len 4, Request (1), id 7, len 4 (too short for EAP request/response)",
                    "EAP packet (0) v2, len 4, Success (3), id 7, len 4",
                    "EAP packet (0) v2, len 4, unknown (9), id 7, len 4",
                ],
            ),
        ],
    )]
}

fn tags() -> Vec<Case> {
    let inner = ipv4(1, &icmp(8, 0, [0, 1, 0, 2], b"pingpong"));
    let protect = |control: u8, short: u8, channel: &[u8]| {
        let packet = [&[control, short, 0, 0, 0, 6][..], channel, &[8, 0], &inner, &[0xee; 16]].concat();
        ethernet(0x88e5, &packet)
    };
    let channel = [2, 0, 0, 0, 0, 1, 0, 1];
    let short = ethernet(0x88e5, &[&[0, 4, 0, 0, 0, 6, 8, 6, 1, 2, 9, 9][..], &[0xee; 16]].concat());
    let arista = |header: &[u8]| ethernet(0xd28b, &[header, &inner].concat());
    vec![
        case(
            "macsec",
            LinkType::ETHERNET,
            vec![
                protect(0x00, 0, &[]),
                protect(0x20, 38, &channel),
                protect(0x2e, 0, &channel),
                protect(0x80, 0, &[]),
                protect(0x00, 64, &[]),
                short,
                ethernet(0x88e5, &[0, 0, 0, 0, 0, 6, 8, 0]),
                ethernet(0x88e5, &[0x20, 0, 0, 0, 0, 6, 8, 0]),
            ],
            &[
                (
                    "-n",
                    &[
                        "IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02 802.1AE MACsec, an 2, pn 6, flags ECI, sci 0200000000010001, \n\t0x0000:  0800 4500 0024 1234 4000 4001 0000 0a00  ..E..$.4@.@.....\n\t0x0010:  0001 0a00 0002 0800 0000 0001 0002 7069  ..............pi\n\t0x0020:  6e67 706f 6e67 eeee eeee eeee eeee eeee  ngpong..........\n\t0x0030:  eeee eeee eeee                           ......",
                        " (invalid)",
                        " (invalid)",
                        " [|arp]",
                        " [|macsec]",
                        " [|macsec]",
                    ],
                ),
                (
                    "-ne",
                    &[
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype 802.1AE MACsec (0x88e5), length 74: an 0, pn 6, flags none, ethertype IPv4 (0x0800), 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype 802.1AE MACsec (0x88e5), length 82: an 0, pn 6, flags I, sl 38, sci 0200000000010001, ethertype IPv4 (0x0800), 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype 802.1AE MACsec (0x88e5), length 82: an 2, pn 6, flags ECI, sci 0200000000010001, \n\t0x0000:  0800 4500 0024 1234 4000 4001 0000 0a00  ..E..$.4@.@.....\n\t0x0010:  0001 0a00 0002 0800 0000 0001 0002 7069  ..............pi\n\t0x0020:  6e67 706f 6e67 eeee eeee eeee eeee eeee  ngpong..........\n\t0x0030:  eeee eeee eeee                           ......",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype 802.1AE MACsec (0x88e5), length 74:  (invalid)",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype 802.1AE MACsec (0x88e5), length 74:  (invalid)",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype 802.1AE MACsec (0x88e5), length 42: an 0, pn 6, flags none, sl 4, ethertype ARP (0x0806),  [|arp]",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype 802.1AE MACsec (0x88e5), length 22: an 0, pn 6, flags none,  [|macsec]",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype 802.1AE MACsec (0x88e5), length 22:  [|macsec]",
                    ],
                ),
            ],
        ),
        case(
            "arista's time stamps",
            LinkType::ETHERNET,
            vec![
                arista(&[0, 1, 0, 0x10, 0x5c, 0xee, 0xee, 0x17, 0x38, 0x4f, 0x06, 0x48, 8, 0]),
                arista(&[0, 1, 1, 0x21, 0x5c, 0xee, 0xff, 0xff, 0xff, 0xff, 8, 0]),
                arista(&[0, 1, 9, 0x39, 0, 0]),
                arista(&[0, 2, 0, 0]),
            ],
            &[
                (
                    "-n",
                    &[
                        "ethertype Arista Vendor Specific Protocol (0xd28b), length 64: SubType Timestamp (0x0001), Timescale TAI (0), Format 64-bit (1), HwInfo R/R2 (0), Timestamp 2019-05-29 20:39:51.944703048: IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "ethertype Arista Vendor Specific Protocol (0xd28b), length 62: SubType Timestamp (0x0001), Timescale UTC (1), Format 48-bit (2), HwInfo R3 (1), Timestamp 23794.294967295: IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "ethertype Arista Vendor Specific Protocol (0xd28b), length 56: SubType Timestamp (0x0001), Timescale Unknown (9), Format Unknown (3), HwInfo Unknown (9), Timestamp 02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype Arista Vendor Specific Protocol (0xd28b), length 56: \n\t0x0000:  0001 0939 0000 4500 0024 1234 4000 4001  ...9..E..$.4@.@.\n\t0x0010:  0000 0a00 0001 0a00 0002 0800 0000 0001  ................\n\t0x0020:  0002 7069 6e67 706f 6e67                 ..pingpong",
                        "ethertype Arista Vendor Specific Protocol (0xd28b), length 54: SubType Unknown (0x0002), 02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype Arista Vendor Specific Protocol (0xd28b), length 54: \n\t0x0000:  0002 0000 4500 0024 1234 4000 4001 0000  ....E..$.4@.@...\n\t0x0010:  0a00 0001 0a00 0002 0800 0000 0001 0002  ................\n\t0x0020:  7069 6e67 706f 6e67                      pingpong",
                    ],
                ),
                (
                    "-ne",
                    &[
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype Arista Vendor Specific Protocol (0xd28b), length 64: SubType Timestamp (0x0001), Timescale TAI (0), Format 64-bit (1), HwInfo R/R2 (0), Timestamp 2019-05-29 20:39:51.944703048: ethertype IPv4 (0x0800), length 64: 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype Arista Vendor Specific Protocol (0xd28b), length 62: SubType Timestamp (0x0001), Timescale UTC (1), Format 48-bit (2), HwInfo R3 (1), Timestamp 23794.294967295: ethertype IPv4 (0x0800), length 62: 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype Arista Vendor Specific Protocol (0xd28b), length 56: SubType Timestamp (0x0001), Timescale Unknown (9), Format Unknown (3), HwInfo Unknown (9), Timestamp \n\t0x0000:  0001 0939 0000 4500 0024 1234 4000 4001  ...9..E..$.4@.@.\n\t0x0010:  0000 0a00 0001 0a00 0002 0800 0000 0001  ................\n\t0x0020:  0002 7069 6e67 706f 6e67                 ..pingpong",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype Arista Vendor Specific Protocol (0xd28b), length 54: SubType Unknown (0x0002), \n\t0x0000:  0002 0000 4500 0024 1234 4000 4001 0000  ....E..$.4@.@...\n\t0x0010:  0a00 0001 0a00 0002 0800 0000 0001 0002  ................\n\t0x0020:  7069 6e67 706f 6e67                      pingpong",
                    ],
                ),
            ],
        ),
    ]
}

fn words() -> Vec<Case> {
    vec![case(
        "words on a link",
        LinkType::ETHERNET,
        vec![
            ethernet(0x9000, &[0, 0, 1, 0, 7, 0, 9, 9]),
            ethernet(0x9000, &[8, 0, 1, 0, 7, 0, 9, 9, 9, 9, 2, 0, 2, 0, 0, 0, 0, 9, 1]),
            ethernet(0x9000, &[1, 0, 0, 3, 0]),
            ethernet(0x9000, &[9, 0, 0, 3]),
            ethernet(0x9000, &[0, 0, 2, 0, 2, 0]),
            ethernet(0x9000, &[0]),
            ethernet(0x886f, &[0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 10, 0, 0, 9, 10, 0, 0, 3]),
            ethernet(0x886f, &[0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 10, 0]),
            ethernet(0x1111, &[1, 2, 0x1b, 4]),
            ethernet(0x1111, &[1]),
        ],
        &[
            (
                "-n",
                &[
                    "Loopback, skipCount 0, Reply, receipt number 7, data (2 octets)",
                    "Loopback, skipCount 8, Forward Data, forwarding address 02:00:00:00:00:09, data (1 octets)",
                    "Loopback, skipCount 1 (bogus),  invalid (3)",
                    "Loopback, skipCount 9 (bogus) (invalid)",
                    "Loopback, skipCount 0, Forward Data (invalid)",
                    "Loopback (invalid)",
                    "MS NLB heartbeat, host priority: 3, cluster IP: 10.0.0.9, host IP: 10.0.0.3",
                    "MS NLB heartbeat, host priority: 3 [|msnlb]",
                    "CALM FAST src:02:00:00:00:00:01; SrcNwref:1; DstNwref:2; ",
                    "CALM FAST src:02:00:00:00:00:01;  (length 1 < 2) (invalid)",
                ],
            ),
            (
                "-nv",
                &[
                    "Loopback, skipCount 0, Reply, receipt number 7, data (2 octets)",
                    "Loopback, skipCount 8, Forward Data, forwarding address 02:00:00:00:00:09, data (1 octets)",
                    "Loopback, skipCount 1 (bogus),  invalid (3)",
                    "Loopback, skipCount 9 (bogus) (invalid)",
                    "Loopback, skipCount 0, Forward Data (invalid)",
                    "Loopback (invalid)",
                    "MS NLB heartbeat, host priority: 3, cluster IP: 10.0.0.9, host IP: 10.0.0.3",
                    "MS NLB heartbeat, host priority: 3 [|msnlb]",
                    "CALM FAST src:02:00:00:00:00:01; SrcNwref:1; DstNwref:2; \n\t0x0000:  1b04                                     ..",
                    "CALM FAST src:02:00:00:00:00:01;  (length 1 < 2) (invalid)",
                ],
            ),
        ],
    )]
}
