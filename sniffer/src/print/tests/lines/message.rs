//! Protocols whose fields stand at fixed places.

use super::super::Case;
use super::super::build::*;
use super::case;
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    [time_and_place(), switches(), controllers(), nodes(), verbose()].concat()
}

#[expect(clippy::too_many_lines, reason = "a table of packets and lines")]
fn time_and_place() -> Vec<Case> {
    vec![
        case(
            "precision time protocol",
            LinkType::ETHERNET,
            vec![
                ethernet(0x88f7, &ptp(0, 10)),
                ethernet(0x88f7, &ptp(3, 20)),
                ethernet(0x88f7, &ptp(11, 30)),
                ethernet(0x88f7, &ptp(8, 0)[..33]),
                ethernet(0x0800, &ipv4(17, &udp(319, 319, &ptp(9, 20)))),
            ],
            &[
                (
                    "-n",
                    &[
                        "PTPv2, v1 compat : no, msg type : sync msg, length : 44, domain : 1, reserved1 : 0, Flags [timescale, two step], NS correction : 9, sub NS correction : 3, reserved2 : 0, clock identity : 0x1020304050607, port id : 5, seq id : 6, control : 0 (Sync), log message interval : 1, originTimeStamp : 1108152157446 seconds, 117967114 nanoseconds",
                        "PTPv2, v1 compat : no, msg type : peer delay resp msg, length : 54, domain : 1, reserved1 : 0, Flags [timescale, two step], NS correction : 9, sub NS correction : 3, reserved2 : 0, clock identity : 0x1020304050607, port id : 5, seq id : 6, control : 3 (Delay_Resp), log message interval : 1, receiveTimeStamp : 1108152157446 seconds, 117967114 nanoseconds, port identity : 0xb0c0d0e0f101112, port id : 4884",
                        "PTPv2, v1 compat : no, msg type : announce msg, length : 64, domain : 1, reserved1 : 0, Flags [timescale, two step], NS correction : 9, sub NS correction : 3, reserved2 : 0, clock identity : 0x1020304050607, port id : 5, seq id : 6, control : 11 (Reserved), log message interval : 1, originTimeStamp : 1108152157446 seconds 117967114 nanoseconds, origin cur utc :2828, rsvd : 13, gm priority_1 : 14, gm clock class : 15, gm clock accuracy : 16, gm clock variance : 4370, gm priority_2 : 19, gm clock id : 0x1415161718191a1b, steps removed : 7197, time source : 0x1e",
                        " [length 33 < 34] (invalid)",
                        "IP 10.0.0.1.319 > 10.0.0.2.319: PTPv2, v1 compat : no, msg type : delay resp msg, length : 54, domain : 1, reserved1 : 0, Flags [timescale, two step], NS correction : 9, sub NS correction : 3, reserved2 : 0, clock identity : 0x1020304050607, port id : 5, seq id : 6, control : 9 (Reserved), log message interval : 1, receiveTimeStamp : 1108152157446 seconds, 117967114 nanoseconds, port identity : 0xb0c0d0e0f101112, port id : 4884",
                    ],
                ),
                (
                    "-nq",
                    &[
                        "PTPv2, v1 compat : no, msg type : sync msg, length : 44, domain : 1, reserved1 : 0, Flags [timescale, two step], NS correction : 9, sub NS correction : 3, reserved2 : 0, clock identity : 0x1020304050607, port id : 5, seq id : 6, control : 0 (Sync), log message interval : 1, originTimeStamp : 1108152157446 seconds, 117967114 nanoseconds",
                        "PTPv2, v1 compat : no, msg type : peer delay resp msg, length : 54, domain : 1, reserved1 : 0, Flags [timescale, two step], NS correction : 9, sub NS correction : 3, reserved2 : 0, clock identity : 0x1020304050607, port id : 5, seq id : 6, control : 3 (Delay_Resp), log message interval : 1, receiveTimeStamp : 1108152157446 seconds, 117967114 nanoseconds, port identity : 0xb0c0d0e0f101112, port id : 4884",
                        "PTPv2, v1 compat : no, msg type : announce msg, length : 64, domain : 1, reserved1 : 0, Flags [timescale, two step], NS correction : 9, sub NS correction : 3, reserved2 : 0, clock identity : 0x1020304050607, port id : 5, seq id : 6, control : 11 (Reserved), log message interval : 1, originTimeStamp : 1108152157446 seconds 117967114 nanoseconds, origin cur utc :2828, rsvd : 13, gm priority_1 : 14, gm clock class : 15, gm clock accuracy : 16, gm clock variance : 4370, gm priority_2 : 19, gm clock id : 0x1415161718191a1b, steps removed : 7197, time source : 0x1e",
                        " [length 33 < 34] (invalid)",
                        "IP 10.0.0.1.319 > 10.0.0.2.319: UDP, length 54",
                    ],
                ),
            ],
        ),
        case(
            "ata over ethernet",
            LinkType::ETHERNET,
            vec![
                ethernet(0x88a2, &[0x18, 0, 0, 1, 2, 0, 0, 0, 0, 7, 0, 0]),
                ethernet(0x88a2, &[0x10, 0]),
                ethernet(0x88a2, &[0x28, 0]),
                ethernet(0x88a2, &[]),
            ],
            &[(
                "-n",
                &[
                    "AoE length 12, Ver 1, Flags: [Response]",
                    "AoE length 2, Ver 1 (invalid)",
                    "AoE length 2, Ver 2",
                    "AoE length 0 (invalid)",
                ],
            )],
        ),
        case(
            "geonetworking",
            LinkType::ETHERNET,
            vec![
                ethernet(0x8947, &geonet(0, 0x10, &[])),
                ethernet(0x8947, &geonet(2, 0x50, &[0, 7, 0, 8, 1, 106])),
                ethernet(0x8947, &geonet(1, 0x51, &[0, 7, 0, 8])),
                ethernet(0x0707, &geonet(1, 0x50, &[0, 7])),
                ethernet(0x8947, &[0; 8]),
            ],
            &[
                (
                    "-n",
                    &[
                        "GeoNet src:02:00:00:00:00:01; v:0 NH:0-Any HT:1-0-Beacon HopLim:3 Payload:0 GN_ADDR:01:02:03:04:05:06:07:08 lat:219025168 lon:286397204",
                        "GeoNet src:02:00:00:00:00:01; v:0 NH:2-BTP-B HT:5-0-TopoScopeBcast-SH HopLim:3 Payload:6 GN_ADDR:01:02:03:04:05:06:07:08 lat:219025168 lon:286397204; BTP Dst:7 Src:8; ItsPduHeader v:1 t:106-ecoCAM",
                        "GeoNet src:02:00:00:00:00:01; v:0 NH:1-BTP-A HT:5-1-TopoScopeBcast-MH HopLim:3 Payload:4 GN_ADDR:01:02:03:04:05:06:07:08 lat:219025168 lon:286397204 (header size 32 > 4) (invalid)",
                        "GeoNet src:02:00:00:00:00:01; v:0 NH:1-BTP-A HT:5-0-TopoScopeBcast-SH HopLim:3 Payload:2 GN_ADDR:01:02:03:04:05:06:07:08 lat:219025168 lon:286397204 (BTP length 2 < 4) (invalid)",
                        "GeoNet src:02:00:00:00:00:01;  (common header length 8 < 36) (invalid)",
                    ],
                ),
                (
                    "-nv",
                    &[
                        "GeoNet src:02:00:00:00:00:01; v:0 NH:0-Any HT:1-0-Beacon HopLim:3 Payload:0 GN_ADDR:01:02:03:04:05:06:07:08 lat:219025168 lon:286397204",
                        "GeoNet src:02:00:00:00:00:01; v:0 NH:2-BTP-B HT:5-0-TopoScopeBcast-SH HopLim:3 Payload:6 GN_ADDR:01:02:03:04:05:06:07:08 lat:219025168 lon:286397204; BTP Dst:7 Src:8; ItsPduHeader v:1 t:106-ecoCAM\n\t0x0000:  016a                                     .j",
                        "GeoNet src:02:00:00:00:00:01; v:0 NH:1-BTP-A HT:5-1-TopoScopeBcast-MH HopLim:3 Payload:4 GN_ADDR:01:02:03:04:05:06:07:08 lat:219025168 lon:286397204 (header size 32 > 4) (invalid)",
                        "GeoNet src:02:00:00:00:00:01; v:0 NH:1-BTP-A HT:5-0-TopoScopeBcast-SH HopLim:3 Payload:2 GN_ADDR:01:02:03:04:05:06:07:08 lat:219025168 lon:286397204 (BTP length 2 < 4) (invalid)",
                        "GeoNet src:02:00:00:00:00:01;  (common header length 8 < 36) (invalid)",
                    ],
                ),
            ],
        ),
        case(
            "babel",
            LinkType::RAW,
            vec![
                ipv6(
                    17,
                    &udp(
                        6696,
                        6696,
                        &[&[42, 2, 0, 20, 4, 6, 0, 0, 0, 1, 0, 2, 8, 10, 2, 0xc0], &[0; 8][..], &[0, 1]]
                            .concat(),
                    ),
                ),
                ipv6(17, &udp(6696, 6696, &[42, 2, 0, 3, 16, 1, 9, 17, 1, 2])),
                ipv6(17, &udp(6696, 6696, &[42, 2, 0, 4, 8, 2, 0, 0])),
                ipv6(17, &udp(6696, 6696, &[42, 2, 0, 4, 8, 3, 0, 0])),
                ipv6(17, &udp(6697, 6696, &[42, 1, 0, 0])),
                ipv6(17, &udp(6697, 6696, &[41, 1, 0, 0])),
            ],
            &[(
                "-n",
                &[
                    "IP6 2001:db8::1.6696 > 2001:db8::2.6696: babel 2 (20) hello update/prefix/id | pad1 (invalid)",
                    "IP6 2001:db8::1.6696 > 2001:db8::2.6696: babel 2 (3) mac | pc",
                    "IP6 2001:db8::1.6696 > 2001:db8::2.6696: babel 2 (4) update (invalid)",
                    "IP6 2001:db8::1.6696 > 2001:db8::2.6696: babel 2 (4) (invalid)",
                    "IP6 2001:db8::1.6697 > 2001:db8::2.6696: babel 1 unknown version",
                    "IP6 2001:db8::1.6697 > 2001:db8::2.6696: babel invalid header",
                ],
            )],
        ),
        case(
            "interception",
            LinkType::RAW,
            vec![
                ipv4(17, &udp(49152, 7, &[0x48, 0xc0, 0, 9, 1])),
                ipv4(17, &udp(49152, 7, &[0x48])),
                ipv4(17, &udp(7, 49152, &[0x48])),
            ],
            &[(
                "-n",
                &[
                    "IP 10.0.0.1.49152 > 10.0.0.2.7: BCM-LI-SHIM: direction egress, pkt-type undecided, pkt-subtype untagged, li-id 9",
                    "IP 10.0.0.1.49152 > 10.0.0.2.7:  (length 1 < 4) (invalid)",
                    "IP 10.0.0.1.7 > 10.0.0.2.49152: UDP, length 1",
                ],
            )],
        ),
    ]
}

/// A message of the precision time protocol of a type, with so many bytes behind its header.
fn ptp(kind: u8, body: u8) -> Vec<u8> {
    let mut message = vec![kind, 2, 0, 34 + body, 1, 0, 2, 8];
    message.extend([0, 0, 0, 0, 0, 9, 0, 3, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 0, 5, 0, 6, kind, 1]);
    message.extend(1..=body);
    message
}

/// A `GeoNetworking` packet of a type, and what is behind its header.
fn geonet(next: u8, kinds: u8, behind: &[u8]) -> Vec<u8> {
    let mut packet = vec![next, kinds, 0, 0, 0, behind.len() as u8, 0, 3];
    packet.extend(1..=28);
    [&packet[..], behind].concat()
}

/// A frame of Cisco's behind SNAP.
fn cisco(protocol: u16, payload: &[u8]) -> Vec<u8> {
    let snap = [&[0xaa, 0xaa, 3, 0, 0, 0x0c], &protocol.to_be_bytes()[..], payload].concat();
    ethernet(snap.len() as u16, &snap)
}

fn switches() -> Vec<Case> {
    let mut vtp = vec![2, 1, 0, 2, b'l', b'a', b'b'];
    vtp.resize(72, 0);
    let mut bpdu = vec![0, 0, 0, 0, 1];
    bpdu.resize(35, 0);
    let bridged =
        [&[0xaa, 0xaa, 3, 0, 0x80, 0xc2, 0, 7, 0, 0], &ethernet(0x0806, &arp(1, [0; 6]))[..]].concat();
    let unknown = [0xaa, 0xaa, 3, 0, 0, 0, 0x99, 0x98, 1, 2, 3];
    vec![
        case(
            "cisco's protocols",
            LinkType::ETHERNET,
            vec![
                cisco(0x2000, &[2, 180, 0, 1, 0, 1, 0, 7, b's', 0x1b, b'1', 0, 4, 0, 8, 0, 0, 0, 9]),
                cisco(0x2000, &[2, 180, 0, 1, 0, 4, 0, 5, 1, 0, 3, 0, 2]),
                cisco(0x2000, &[2, 180, 0, 1, 0, 4, 0, 9, 1, 0, 3]),
                cisco(0x2000, &[2, 180, 0]),
                cisco(0x2003, &vtp),
                cisco(0x2003, &vtp[..9]),
                cisco(0x2004, &[1, 0, 1]),
                cisco(0x0111, &[0x21, 3, 0, 0, 0, 1]),
                cisco(0x010b, &bpdu),
                cisco(0x0003, &[1, 2, 3]),
            ],
            &[
                (
                    "-n",
                    &[
                        "CDPv2, ttl: 180s, Device-ID 's^[1'\n\t  0x0000:  0000 0009, length 19",
                        "CDPv2, ttl: 180s (malformed TLV)\n\t  0x0000:  01, Port-ID TLV length 2 too short (invalid)",
                        "CDPv2, ttl: 180s (TLV length 9 > 7) (invalid)",
                        " (packet length 3 < 4) (invalid)",
                        "VTPv2, Message Summary advertisement (0x01), length 72",
                        " (invalid)",
                        "DTPv1, length 3",
                        "UDLDv1, Code Probe message (1), Flags [RT, RSY] (0x03), length 6",
                        "STP 802.1d, Config, Flags [Topology change], bridge-id 0000.00:00:00:00:00:00.0000, length 35",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02 SNAP, oui Cisco (0x00000c), pid Unknown (0x0003), length 3: \n\t0x0000:  aaaa 0300 000c 0003 0102 03              ...........",
                    ],
                ),
                (
                    "-ne",
                    &[
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, 802.3, length 27: LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: oui Cisco (0x00000c), pid CDP (0x2000), length 19: CDPv2, ttl: 180s, Device-ID 's^[1'\n\t  0x0000:  0000 0009, length 19",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, 802.3, length 21: LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: oui Cisco (0x00000c), pid CDP (0x2000), length 13: CDPv2, ttl: 180s (malformed TLV)\n\t  0x0000:  01, Port-ID TLV length 2 too short (invalid)",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, 802.3, length 19: LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: oui Cisco (0x00000c), pid CDP (0x2000), length 11: CDPv2, ttl: 180s (TLV length 9 > 7) (invalid)",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, 802.3, length 11: LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: oui Cisco (0x00000c), pid CDP (0x2000), length 3:  (packet length 3 < 4) (invalid)",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, 802.3, length 80: LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: oui Cisco (0x00000c), pid VTP (0x2003), length 72: VTPv2, Message Summary advertisement (0x01), length 72",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, 802.3, length 17: LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: oui Cisco (0x00000c), pid VTP (0x2003), length 9:  (invalid)",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, 802.3, length 11: LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: oui Cisco (0x00000c), pid DTP (0x2004), length 3: DTPv1, length 3",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, 802.3, length 14: LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: oui Cisco (0x00000c), pid UDLD (0x0111), length 6: UDLDv1, Code Probe message (1), Flags [RT, RSY] (0x03), length 6",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, 802.3, length 43: LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: oui Cisco (0x00000c), pid PVST (0x010b), length 35: STP 802.1d, Config, Flags [Topology change], bridge-id 0000.00:00:00:00:00:00.0000, length 35",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, 802.3, length 11: LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: oui Cisco (0x00000c), pid Unknown (0x0003), length 3: \n\t0x0000:  aaaa 0300 000c 0003 0102 03              ...........",
                    ],
                ),
            ],
        ),
        case(
            "snap",
            LinkType::ETHERNET,
            vec![ethernet(bridged.len() as u16, &bridged), ethernet(unknown.len() as u16, &unknown)],
            &[
                (
                    "-n",
                    &[
                        "ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02 SNAP, ethertype Unknown (0x9998), length 3: \n\t0x0000:  aaaa 0300 0000 9998 0102 03              ...........",
                    ],
                ),
                (
                    "-ne",
                    &[
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, 802.3, length 52: LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: oui Ethernet bridged (0x0080c2), pid Ethernet w/o FCS (0x0007), length 44: 02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype ARP (0x0806), length 42: Request who-has 10.0.0.2 tell 10.0.0.1, length 28",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, 802.3, length 11: LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: oui Ethernet (0x000000), ethertype Unknown (0x9998), length 3: \n\t0x0000:  aaaa 0300 0000 9998 0102 03              ...........",
                    ],
                ),
            ],
        ),
    ]
}

#[expect(clippy::too_many_lines, reason = "a table of packets and lines")]
fn controllers() -> Vec<Case> {
    let isakmp = |version: u8, exchange: u8, flags: u8, id: u8, responder: u8| {
        let mut message = vec![7; 8];
        message.extend([responder; 8]);
        message.extend([1, version << 4, exchange, flags, 0, 0, 0, id, 0, 0, 0, 28]);
        message
    };
    let isis = |header_len: u8, kind: u8| {
        let mut message = vec![0x83, header_len, 1, 0, kind, 1, 0, 0];
        message.extend(1..=header_len.saturating_sub(8));
        let llc = [&[0xfe, 0xfe, 3], &message[..]].concat();
        ethernet(llc.len() as u16, &llc)
    };
    let sflow = |family: u8, len: usize| {
        let mut datagram = vec![0, 0, 0, 5, 0, 0, 0, family];
        datagram.extend(1..=32);
        ipv4(17, &udp(7, 6343, &datagram[..len]))
    };
    let esp = [0, 0, 0, 9, 0, 0, 0, 1, 1, 2, 3, 4];
    vec![
        case(
            "ike",
            LinkType::RAW,
            vec![
                ipv4(17, &udp(500, 500, &isakmp(1, 2, 0, 0, 0))),
                ipv4(17, &udp(500, 500, &isakmp(2, 34, 8, 0, 1))),
                ipv4(17, &udp(500, 500, &isakmp(2, 99, 0x20, 1, 1))),
                ipv4(17, &udp(500, 500, &isakmp(2, 34, 8, 0, 1)[..27])),
                ipv4(17, &udp(4500, 4500, &[&[0; 4], &isakmp(2, 35, 0x38, 1, 1)[..]].concat())),
                ipv4(17, &udp(4500, 4500, &[0xff])),
                ipv4(17, &udp(4500, 4500, &esp)),
                ipv4(17, &udp(4500, 4500, &[1, 2])),
            ],
            &[
                (
                    "-n",
                    &[
                        "IP 10.0.0.1.500 > 10.0.0.2.500: isakmp: phase 1 I ident",
                        "IP 10.0.0.1.500 > 10.0.0.2.500: isakmp: parent_sa ikev2_init[I]",
                        "IP 10.0.0.1.500 > 10.0.0.2.500: isakmp: child_sa  #99[R]",
                        "IP 10.0.0.1.500 > 10.0.0.2.500:  [|isakmp]",
                        "IP 10.0.0.1.4500 > 10.0.0.2.4500: NONESP-encap: isakmp: child_sa  ikev2_auth[IVR]",
                        "IP 10.0.0.1.4500 > 10.0.0.2.4500: isakmp-nat-keep-alive",
                        "IP 10.0.0.1.4500 > 10.0.0.2.4500: UDP-encap: ESP(spi=0x00000009,seq=0x1), length 12",
                        "IP 10.0.0.1.4500 > 10.0.0.2.4500:  [|isakmp_rfc3948]",
                    ],
                ),
                (
                    "-nq",
                    &[
                        "IP 10.0.0.1.500 > 10.0.0.2.500: UDP, length 28",
                        "IP 10.0.0.1.500 > 10.0.0.2.500: UDP, length 28",
                        "IP 10.0.0.1.500 > 10.0.0.2.500: UDP, length 28",
                        "IP 10.0.0.1.500 > 10.0.0.2.500: UDP, length 27",
                        "IP 10.0.0.1.4500 > 10.0.0.2.4500: UDP, length 32",
                        "IP 10.0.0.1.4500 > 10.0.0.2.4500: UDP, length 1",
                        "IP 10.0.0.1.4500 > 10.0.0.2.4500: UDP, length 12",
                        "IP 10.0.0.1.4500 > 10.0.0.2.4500: UDP, length 2",
                    ],
                ),
            ],
        ),
        case(
            "is-is",
            LinkType::ETHERNET,
            vec![
                isis(27, 15),
                isis(20, 17),
                isis(27, 18),
                isis(33, 24),
                isis(17, 27),
                isis(26, 16),
                isis(26, 20),
                isis(18, 26),
                isis(9, 9),
                isis(7, 15),
            ],
            &[
                (
                    "-n",
                    &[
                        "IS-IS, L1 Lan IIH, src-id 0203.0405.0607, lan-id 0d0e.0f10.1112.13, prio 12, length 27",
                        "IS-IS, p2p IIH, src-id 0203.0405.0607, length 20",
                        "IS-IS, L1 LSP, lsp-id 0506.0708.090a.0b-0c, seq 0x0d0e0f10, lifetime   772s, length 27",
                        "IS-IS, L1 CSNP, src-id 0304.0506.0708.09, length 33",
                        "IS-IS, L2 PSNP, src-id 0304.0506.0708.09, length 17",
                        "IS-IS, L2 Lan IIH, bogus fixed header length 26 should be 27\n\t0x0000:  831a 0100 1001 0000 0102 0304 0506 0708\n\t0x0010:  090a 0b0c 0d0e 0f10 1112",
                        "IS-IS, L2 LSP, bogus fixed header length 26 should be 19\n\t0x0000:  831a 0100 1401 0000 0102 0304 0506 0708\n\t0x0010:  090a 0b0c 0d0e 0f10 1112",
                        "IS-IS, L1 PSNP- bogus fixed header length 18 should be 17\n\t0x0000:  8312 0100 1a01 0000 0102 0304 0506 0708\n\t0x0010:  090a",
                        "IS-IS, unknown PDU-Type 9, length 9",
                        "IS-ISfixed header length 7 < minimum header size 8\n\t0x0000:  8307 0100 0f01 0000",
                    ],
                ),
                (
                    "-ne",
                    &[
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, 802.3, length 30: LLC, dsap OSI (0xfe) Individual, ssap OSI (0xfe) Command, ctrl 0x03: OSI NLPID IS-IS (0x83): L1 Lan IIH, src-id 0203.0405.0607, lan-id 0d0e.0f10.1112.13, prio 12, length 27",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, 802.3, length 23: LLC, dsap OSI (0xfe) Individual, ssap OSI (0xfe) Command, ctrl 0x03: OSI NLPID IS-IS (0x83): p2p IIH, src-id 0203.0405.0607, length 20",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, 802.3, length 30: LLC, dsap OSI (0xfe) Individual, ssap OSI (0xfe) Command, ctrl 0x03: OSI NLPID IS-IS (0x83): L1 LSP, lsp-id 0506.0708.090a.0b-0c, seq 0x0d0e0f10, lifetime   772s, length 27",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, 802.3, length 36: LLC, dsap OSI (0xfe) Individual, ssap OSI (0xfe) Command, ctrl 0x03: OSI NLPID IS-IS (0x83): L1 CSNP, src-id 0304.0506.0708.09, length 33",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, 802.3, length 20: LLC, dsap OSI (0xfe) Individual, ssap OSI (0xfe) Command, ctrl 0x03: OSI NLPID IS-IS (0x83): L2 PSNP, src-id 0304.0506.0708.09, length 17",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, 802.3, length 29: LLC, dsap OSI (0xfe) Individual, ssap OSI (0xfe) Command, ctrl 0x03: OSI NLPID IS-IS (0x83): L2 Lan IIH, bogus fixed header length 26 should be 27\n\t0x0000:  831a 0100 1001 0000 0102 0304 0506 0708\n\t0x0010:  090a 0b0c 0d0e 0f10 1112",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, 802.3, length 29: LLC, dsap OSI (0xfe) Individual, ssap OSI (0xfe) Command, ctrl 0x03: OSI NLPID IS-IS (0x83): L2 LSP, bogus fixed header length 26 should be 19\n\t0x0000:  831a 0100 1401 0000 0102 0304 0506 0708\n\t0x0010:  090a 0b0c 0d0e 0f10 1112",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, 802.3, length 21: LLC, dsap OSI (0xfe) Individual, ssap OSI (0xfe) Command, ctrl 0x03: OSI NLPID IS-IS (0x83): L1 PSNP- bogus fixed header length 18 should be 17\n\t0x0000:  8312 0100 1a01 0000 0102 0304 0506 0708\n\t0x0010:  090a",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, 802.3, length 12: LLC, dsap OSI (0xfe) Individual, ssap OSI (0xfe) Command, ctrl 0x03: OSI NLPID IS-IS (0x83): unknown PDU-Type 9, length 9",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, 802.3, length 11: LLC, dsap OSI (0xfe) Individual, ssap OSI (0xfe) Command, ctrl 0x03: OSI NLPID IS-IS (0x83): fixed header length 7 < minimum header size 8\n\t0x0000:  8307 0100 0f01 0000",
                    ],
                ),
            ],
        ),
        case(
            "samples of flows",
            LinkType::RAW,
            vec![sflow(1, 40), sflow(2, 40), sflow(1, 27), sflow(2, 30), sflow(3, 40), sflow(1, 6)],
            &[(
                "-n",
                &[
                    "IP 10.0.0.1.7 > 10.0.0.2.6343: sFlowv5, IPv4 agent 1.2.3.4, agent-id 84281096, length 40",
                    "IP 10.0.0.1.7 > 10.0.0.2.6343: sFlowv5, IPv6 agent 102:304:506:708:90a:b0c:d0e:f10, agent-id 286397204, length 40",
                    "IP 10.0.0.1.7 > 10.0.0.2.6343: sFlowv5 [length 27 < 28] (invalid)",
                    "IP 10.0.0.1.7 > 10.0.0.2.6343: sFlowv5 [length 30 < 28] (invalid)",
                    "IP 10.0.0.1.7 > 10.0.0.2.6343: sFlowv5, IPv6 agent 102:304:506:708:90a:b0c:d0e:f10, agent-id 286397204, length 40",
                    "IP 10.0.0.1.7 > 10.0.0.2.6343:  [|sflow]",
                ],
            )],
        ),
        case(
            "kerberos",
            LinkType::RAW,
            vec![
                ipv4(17, &udp(7, 88, b"\x04\x02nina\0\0REALM\0....\x03host\0b\0")),
                ipv4(17, &udp(7, 88, b"\x04\x05nina\0\0REALM\0..........\x03\x01")),
                ipv4(17, &udp(7, 88, b"\x04\x06\x05REALM\0\x07\x08")),
                ipv4(17, &udp(7, 750, b"\x04\x0anina\0\0REALM\0....\0\x08..why\x1b\0")),
                ipv4(17, &udp(7, 750, b"\x04\x02nina\0cut")),
                ipv4(17, &udp(7, 88, b"\x6a\x81")),
            ],
            &[(
                "-n",
                &[
                    "IP 10.0.0.1.7 > 10.0.0.2.88:  v4 be KDC_REQUEST: nina.@REALM 15min host.b",
                    "IP 10.0.0.1.7 > 10.0.0.2.88:  v4 le KDC_REPLY: nina.@REALM (259)",
                    "IP 10.0.0.1.7 > 10.0.0.2.88:  v4 be APPL_REQUEST: v5 REALM (7) (8)",
                    "IP 10.0.0.1.7 > 10.0.0.2.750:  v4 be ERR_REPLY: nina.@REALM PRINCIPAL_UNKNOWN why^[",
                    "IP 10.0.0.1.7 > 10.0.0.2.750:  v4 be KDC_REQUEST: nina.cut [|krb]",
                    "IP 10.0.0.1.7 > 10.0.0.2.88:  v5",
                ],
            )],
        ),
        case(
            "redis",
            LinkType::RAW,
            [
                &b"*2\r\n$4\r\nINCR\r\n$3\r\nz\x1b1\r\n"[..],
                b"+OK\r\n:7\r\n-ERR\r\nPING\r\n",
                b"$-1\r\n$0\r\n\r\n*0\r\n*-7\r\n*99999999999\r\n*-1\r\n",
                b"*3\r\n+a\r\n",
                b"$9\r\nshort\r\n",
                b"$x\r\nPING\r\n",
            ]
            .map(|text| ipv4(6, &segment(6379, text)))
            .into(),
            &[
                (
                    "-nS",
                    &[
                        "IP 10.0.0.1.7 > 10.0.0.2.6379: Flags [P.], seq 1:24, ack 1, win 64240, length 23: RESP \"INCR\" \"z^[1\"",
                        "IP 10.0.0.1.7 > 10.0.0.2.6379: Flags [P.], seq 1:22, ack 1, win 64240, length 21: RESP \"OK\" \"7\" \"ERR\" \"PING\"",
                        "IP 10.0.0.1.7 > 10.0.0.2.6379: Flags [P.], seq 1:40, ack 1, win 64240, length 39: RESP null empty empty length negative and not -1 length too large null",
                        "IP 10.0.0.1.7 > 10.0.0.2.6379: Flags [P.], seq 1:9, ack 1, win 64240, length 8: RESP \"a\" [|resp]",
                        "IP 10.0.0.1.7 > 10.0.0.2.6379: Flags [P.], seq 1:12, ack 1, win 64240, length 11: RESP [|resp]",
                        "IP 10.0.0.1.7 > 10.0.0.2.6379: Flags [P.], seq 1:11, ack 1, win 64240, length 10: RESP invalid \"PING\"",
                    ],
                ),
                (
                    "-nq",
                    &[
                        "IP 10.0.0.1.7 > 10.0.0.2.6379: tcp 23",
                        "IP 10.0.0.1.7 > 10.0.0.2.6379: tcp 21",
                        "IP 10.0.0.1.7 > 10.0.0.2.6379: tcp 39",
                        "IP 10.0.0.1.7 > 10.0.0.2.6379: tcp 8",
                        "IP 10.0.0.1.7 > 10.0.0.2.6379: tcp 11",
                        "IP 10.0.0.1.7 > 10.0.0.2.6379: tcp 10",
                    ],
                ),
            ],
        ),
        case(
            "openflow frames",
            LinkType::RAW,
            openflow_frames(),
            &[
                (
                    "-nvS",
                    &[
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 170, bad cksum 0 (->1418)!)\n    10.0.0.1.7 > 10.0.0.2.6633: Flags [P.], cksum 0x0000 (incorrect -> 0xbf79), seq 1:131, ack 1, win 64240, length 130: OpenFlow\n\tversion 1.0, type PACKET_IN, length 62, xid 0x00000009\n\t buffer_id NONE, total_len 60, in_port 3, reason invalid (0x02)\n\t data (44 octets)\n\tversion 1.0, type PACKET_OUT, length 68, xid 0x00000009\n\t buffer_id 0x00000007, in_port CONTROLLER\n\t action type OUTPUT, len 8, port 2\n\t data (44 octets)",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 108, bad cksum 0 (->1456)!)\n    10.0.0.1.7 > 10.0.0.2.6633: Flags [P.], cksum 0x0000 (incorrect -> 0x243d), seq 1:69, ack 1, win 64240, length 68: OpenFlow\n\tversion 1.0, type PACKET_OUT, length 68, xid 0x00000009\n\t buffer_id 0x00000007, in_port CONTROLLER\n\t action type OUTPUT, len 8, port 2\n\t data (44 octets)",
                    ],
                ),
                (
                    "-nvvvS",
                    &[
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 170, bad cksum 0 (->1418)!)\n    10.0.0.1.7 > 10.0.0.2.6633: Flags [P.], cksum 0x0000 (incorrect -> 0xbf79), seq 1:131, ack 1, win 64240, length 130: OpenFlow\n\tversion 1.0, type PACKET_IN, length 62, xid 0x00000009\n\t buffer_id NONE, total_len 60, in_port 3, reason invalid (0x02)\n\t data (44 octets), frame decoding below\nIP 10.0.0.1.9 > 10.0.0.2.10: UDP, length 2\n\tversion 1.0, type PACKET_OUT, length 68, xid 0x00000009\n\t buffer_id 0x00000007, in_port CONTROLLER\n\t action type OUTPUT, len 8, port 2\n\t data (44 octets), frame decoding below\nIP 10.0.0.1.9 > 10.0.0.2.10: UDP, length 2",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 108, bad cksum 0 (->1456)!)\n    10.0.0.1.7 > 10.0.0.2.6633: Flags [P.], cksum 0x0000 (incorrect -> 0x243d), seq 1:69, ack 1, win 64240, length 68: OpenFlow\n\tversion 1.0, type PACKET_OUT, length 68, xid 0x00000009\n\t buffer_id 0x00000007, in_port CONTROLLER\n\t action type OUTPUT, len 8, port 2\n\t data (44 octets), frame decoding below\nIP 10.0.0.1.9 > 10.0.0.2.10: UDP, length 2",
                    ],
                ),
            ],
        ),
        case(
            "openflow",
            LinkType::RAW,
            [
                &[1, 0, 0, 8, 0, 0, 0, 1, 1, 2, 0, 9, 0, 0, 0, 2, 7][..],
                &[4, 6, 0, 8, 0, 0, 0, 1],
                &[9, 99, 0, 7, 0, 0, 0, 1],
                &[1, 10, 0, 100, 0, 0, 0, 1, 0, 0],
                &[1, 0, 0, 8, 0, 0, 0, 1, 4],
                &[1, 0, 0, 8, 0, 0, 0, 1, 4, 29],
                &[1, 0, 0, 8, 0, 0, 0, 1, 4, 0, 0, 8, 0],
            ]
            .map(|bytes| ipv4(6, &segment(6633, bytes)))
            .into(),
            &[(
                "-nS",
                &[
                    "IP 10.0.0.1.7 > 10.0.0.2.6633: Flags [P.], seq 1:18, ack 1, win 64240, length 17: OpenFlow\n\tversion 1.0, type HELLO, length 8, xid 0x00000001\n\tversion 1.0, type ECHO_REQUEST, length 9, xid 0x00000002",
                    "IP 10.0.0.1.7 > 10.0.0.2.6633: Flags [P.], seq 1:9, ack 1, win 64240, length 8: OpenFlow\n\tversion 1.3, type FEATURES_REPLY, length 8, xid 0x00000001 (invalid)",
                    "IP 10.0.0.1.7 > 10.0.0.2.6633: Flags [P.], seq 1:9, ack 1, win 64240, length 8: OpenFlow\n\tversion unknown (0x09), type unknown (0x63), length 7 (too short!), xid 0x00000001 (invalid)",
                    "IP 10.0.0.1.7 > 10.0.0.2.6633: Flags [P.], seq 1:11, ack 1, win 64240, length 10: OpenFlow\n\tversion 1.0, type PACKET_IN, length 100, xid 0x00000001 [|openflow]",
                    "IP 10.0.0.1.7 > 10.0.0.2.6633: Flags [P.], seq 1:10, ack 1, win 64240, length 9: OpenFlow\n\tversion 1.0, type HELLO, length 8, xid 0x00000001\n\tversion 1.3 (end of TCP payload)",
                    "IP 10.0.0.1.7 > 10.0.0.2.6633: Flags [P.], seq 1:11, ack 1, win 64240, length 10: OpenFlow\n\tversion 1.0, type HELLO, length 8, xid 0x00000001\n\tversion 1.3, type METER_MOD (end of TCP payload)",
                    "IP 10.0.0.1.7 > 10.0.0.2.6633: Flags [P.], seq 1:14, ack 1, win 64240, length 13: OpenFlow\n\tversion 1.0, type HELLO, length 8, xid 0x00000001\n\tversion 1.3, type HELLO, length 8 (end of TCP payload)",
                ],
            )],
        ),
    ]
}

/// A segment to a port.
/// Frames on their way from a switch to its controller and back.
fn openflow_frames() -> Vec<Vec<u8>> {
    let frame = ethernet(0x0800, &ipv4(17, &udp(9, 10, b"in")));
    let message = |kind: u8, head: &[u8], frame: &[u8]| {
        let len = (8 + head.len() + frame.len()) as u16;
        [&[1, kind][..], &len.to_be_bytes(), &[0, 0, 0, 9], head, frame].concat()
    };
    let received = message(10, &[0xff, 0xff, 0xff, 0xff, 0, 60, 0, 3, 2, 0], &frame);
    let sent = message(13, &[0, 0, 0, 7, 0xff, 0xfd, 0, 8, 0, 0, 0, 8, 0, 2, 0, 0], &frame);
    [[&received[..], &sent].concat(), sent].map(|bytes| ipv4(6, &segment(6633, &bytes))).into()
}

fn segment(port: u16, payload: &[u8]) -> Vec<u8> {
    Tcp { ports: [7, port], sequence: 1, acknowledgement: 1, flags: 0x18, options: &[], payload }.bytes()
}

#[expect(clippy::too_many_lines, reason = "a table of packets and lines")]
fn nodes() -> Vec<Case> {
    let node = |kind: u8, code: u8, question: u8, flags: u8, data: &[u8]| {
        ipv6(58, &icmp(kind, code, [0, question, 0, flags], &[&[7; 8], data].concat()))
    };
    let address = [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9];
    let answer = [&[0, 0, 0, 60], &address[..]].concat();
    let renumbering = |code: u8, len: u8| {
        let matched = [&[2, len, 0, 48, 0, 0, 0, 0], &address[..]].concat();
        let used = [&[48, 16, 0, 0], &[0; 8][..], &[0xc0, 0, 0, 0], &address].concat();
        ipv6(58, &icmp(138, code, [0, 0, 0, 3], &[&[0; 8], &matched[..], &used].concat()))
    };
    let igmp = |kind: u8, code: u8, rest: &[u8]| ipv4(2, &[&[kind, code, 0, 0], rest].concat());
    let neighbors = [0, 0, 4, 12, 10, 0, 0, 2, 1, 0, 0x61, 2, 10, 0, 0, 1, 10, 0, 0, 3];
    let assert = [0x20, 0, 0, 0, 224, 1, 1, 1, 255, 255, 0, 0, 10, 0, 0, 1, 0x80, 0, 0, 7, 0, 0, 0, 9];
    vec![
        case(
            "node information",
            LinkType::RAW,
            vec![
                node(139, 0, 3, 0x2e, &address),
                node(139, 2, 3, 0, &[10, 0, 0, 1]),
                node(139, 0, 1, 1, &[]),
                node(139, 0, 3, 0, &[]),
                node(139, 9, 7, 0, &[1]),
                node(140, 0, 3, 0x2f, &answer),
                node(140, 1, 3, 0, &[]),
                node(140, 2, 3, 0, &[]),
                node(140, 0, 1, 1, &[]),
                ipv6(58, &icmp(139, 0, [0; 4], &[0; 4])),
                ipv6(58, &[]),
            ],
            &[(
                "-n",
                &[
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, who-are-you request node information query (node addresses [GLCA], subject=2001:db8::9), length 32",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, who-are-you request node information query (node addresses, subject=10.0.0.1), length 20",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, who-are-you request node information query (supported qtypes [C]), length 16",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, who-are-you request node information query (node addresses, 03 draft), length 16",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, who-are-you request node information query (unknown, unknown subject), length 17",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, who-are-you reply node information reply (node addresses 2001:db8::9(60) [GLCAT]), length 36",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, who-are-you reply node information reply (refused), length 16",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, who-are-you reply node information reply (unknown), length 16",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, who-are-you reply node information reply (supported qtypes [C]), length 16",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, who-are-you request who-are-you request, length 12",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, length 0 (invalid)",
                ],
            )],
        ),
        case(
            "renumbering and rpl",
            LinkType::RAW,
            vec![
                renumbering(0, 7),
                renumbering(0, 8),
                renumbering(1, 7),
                renumbering(255, 7),
                renumbering(9, 7),
                ipv6(58, &icmp(155, 2, [0; 4], &[])),
                ipv6(58, &icmp(155, 9, [0; 4], &[])),
                ipv6(58, &icmp(155, 0x80, [0; 4], &[])),
            ],
            &[(
                "-n",
                &[
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, router renumbering, command, seq=3 match(change,2001:db8::9/48) use(VP,2001:db8::9/48/16), length 72",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, router renumbering, command, seq=3 match(change,2001:db8::9/48) [|icmp6], length 72",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, router renumbering, result, seq=3, length 72",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, router renumbering, sequence number reset, seq=3, length 72",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, router renumbering, code-#9, seq=3, length 72",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, RPL, (CLR)Destination Advertisement Object, length 8",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, RPL, (CLR)RPL message, unknown code 9, length 8",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, RPL, (SEC) [worktodo], length 8",
                ],
            )],
        ),
        case(
            "multicast routing in igmp",
            LinkType::RAW,
            vec![
                igmp(0x13, 5, &[0; 4]),
                igmp(0x13, 6, &neighbors),
                igmp(0x13, 6, &neighbors[..19]),
                igmp(0x13, 6, &neighbors[..16]),
                igmp(0x13, 7, &[0, 0, 0, 0, 10, 0, 0, 1, 224, 1, 1, 1, 0, 1, 0xff, 0xff]),
                igmp(0x13, 9, &[0, 0, 0, 0, 10, 0, 0, 1, 224, 1, 1, 1]),
                igmp(0x13, 99, &[0; 4]),
                igmp(0x14, 0, &[0x10, 0, 0, 0, 0x10, 0, 0, 0]),
                igmp(0x14, 4, &[0x10, 0, 0, 0]),
                igmp(0x14, 5, &assert),
                igmp(0x14, 2, &[0x10, 0, 0, 0, 10, 0, 0, 1, 224, 1, 1, 1]),
                igmp(0x14, 99, &[0x10, 0]),
            ],
            &[(
                "-n",
                &[
                    "IP 10.0.0.1 > 10.0.0.2: igmp dvmrp Ask-neighbors2",
                    "IP 10.0.0.1 > 10.0.0.2: igmp dvmrp Neighbors2 (v 12.4): [10.0.0.2 -> 10.0.0.1 (1/0/tunnel/querier/disabled)] [10.0.0.2 -> 10.0.0.3 (1/0/tunnel/querier/disabled)]",
                    "IP 10.0.0.1 > 10.0.0.2: igmp dvmrp Neighbors2 (v 12.4): [10.0.0.2 -> 10.0.0.1 (1/0/tunnel/querier/disabled)] [length 3 < 4] (invalid)",
                    "IP 10.0.0.1 > 10.0.0.2: igmp dvmrp Neighbors2 (v 12.4): [10.0.0.2 -> 10.0.0.1 (1/0/tunnel/querier/disabled)] [invalid ncount] (invalid)",
                    "IP 10.0.0.1 > 10.0.0.2: igmp dvmrp Prune src 10.0.0.1 grp 224.1.1.1 timer 1d12h24m31s",
                    "IP 10.0.0.1 > 10.0.0.2: igmp dvmrp Graft-ACK src 10.0.0.1 grp 224.1.1.1",
                    "IP 10.0.0.1 > 10.0.0.2: igmp dvmrp [type 99]",
                    "IP 10.0.0.1 > 10.0.0.2: igmp pimv1 Query Sparse-mode",
                    "IP 10.0.0.1 > 10.0.0.2: igmp pimv1 RP-reachable",
                    "IP 10.0.0.1 > 10.0.0.2: igmp pimv1 Assert for 10.0.0.1 > 224.1.1.1/255.255.0.0 RP-tree pref 7 metric 9 [v2]",
                    "IP 10.0.0.1 > 10.0.0.2: igmp pimv1 Register-Stop for 10.0.0.1 > 224.1.1.1",
                    "IP 10.0.0.1 > 10.0.0.2: igmp pimv1 [type 99]",
                ],
            )],
        ),
        case(
            "routes in tunnels",
            LinkType::ETHERNET,
            vec![
                ethernet(0x0800, &ipv4(47, &[&[0, 0, 8, 0], &ipv4(17, &udp(1, 2, &[]))[..]].concat())),
                ethernet(0x0800, &ipv4(47, &[0, 0, 0x88, 0xbe, 1])),
                ethernet(0x8100, &vlan(7, 7, &[0x42, 0x42, 3, 0, 0, 0, 0x80])),
            ],
            &[(
                "-ne",
                &[
                    "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype IPv4 (0x0800), length 66: 10.0.0.1 > 10.0.0.2: GREv0, proto IPv4 (0x0800), length 32: 10.0.0.1.1 > 10.0.0.2.2: UDP, length 0",
                    "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype IPv4 (0x0800), length 39: 10.0.0.1 > 10.0.0.2: GREv0, proto unknown (0x88be), length 5: gre-proto-0x88be",
                    "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype 802.1Q (0x8100), length 25: vlan 7, p 0, 802.3LLC, dsap STP (0x42) Individual, ssap STP (0x42) Command, ctrl 0x03: STP 802.1d, Topology Change",
                ],
            )],
        ),
    ]
}

/// Protocols that say more with `-v`.
fn verbose() -> Vec<Case> {
    let mut ntp = vec![0xe3, 1, 6, 0xec, 0, 1, 0x80, 0, 0, 0, 0x12, 0x34, b'G', b'P', b'S', 0x1b];
    ntp.extend([0xe5, 0xd8, 1, 2, 0x80, 0, 0, 1, 0xe5, 0xd8, 1, 3, 0x40, 0, 0, 0]);
    ntp.extend([0xe5, 0xd8, 1, 1, 0xc0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let signed = [&ntp[..], &[0, 0, 0, 9], &[0xab; 16]].concat();
    let mut client = vec![0x23, 0, 0xfa, 0];
    client.resize(48, 0);
    let odd = [&client[..], &[1, 2, 3]].concat();
    let vrrp = [0x21, 1, 100, 2, 1, 1, 0, 0, 10, 0, 0, 254, 10, 0, 0, 253, b'p', b'w', 0x1b, 0, 0, 0, 0, 0];
    let datagram = |message: &[u8]| ipv4(17, &udp(123, 123, message));
    vec![
        case(
            "ntp with more",
            LinkType::RAW,
            vec![
                datagram(&ntp),
                datagram(&signed),
                datagram(&client),
                datagram(&odd),
                datagram(&ntp[..40]),
                datagram(&[0x26, 0]),
            ],
            &[(
                "-nv",
                &[
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 76, bad cksum 0 (->146b)!)\n    10.0.0.1.123 > 10.0.0.2.123: NTPv4, Client, length 48\n\tLeap indicator: clock unsynchronized (192), Stratum 1 (primary reference), poll 6 (64s), precision -20\n\tRoot Delay: 1.500000, Root dispersion: 0.071105, Reference-ID: GPS^[\n\t  Reference Timestamp:  3856138498.500000000 (2022-03-13T05:34:58Z)\n\t  Originator Timestamp: 3856138499.250000000 (2022-03-13T05:34:59Z)\n\t  Receive Timestamp:    3856138497.750000000 (2022-03-13T05:34:57Z)\n\t  Transmit Timestamp:   0.000000000\n\t    Originator - Receive Timestamp:  -1.500000000\n\t    Originator - Transmit Timestamp: -3856138499.250000000",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 96, bad cksum 0 (->1457)!)\n    10.0.0.1.123 > 10.0.0.2.123: NTPv4, Client, length 68\n\tLeap indicator: clock unsynchronized (192), Stratum 1 (primary reference), poll 6 (64s), precision -20\n\tRoot Delay: 1.500000, Root dispersion: 0.071105, Reference-ID: GPS^[\n\t  Reference Timestamp:  3856138498.500000000 (2022-03-13T05:34:58Z)\n\t  Originator Timestamp: 3856138499.250000000 (2022-03-13T05:34:59Z)\n\t  Receive Timestamp:    3856138497.750000000 (2022-03-13T05:34:57Z)\n\t  Transmit Timestamp:   0.000000000\n\t    Originator - Receive Timestamp:  -1.500000000\n\t    Originator - Transmit Timestamp: -3856138499.250000000\n\tKey id: 9\n\tAuthentication: abababababababababababababababab",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 76, bad cksum 0 (->146b)!)\n    10.0.0.1.123 > 10.0.0.2.123: NTPv4, Client, length 48\n\tLeap indicator:  (0), Stratum 0 (unspecified), poll -6 (1/64s), precision 0\n\tRoot Delay: 0.000000, Root dispersion: 0.000000, Reference-ID: (unspec)\n\t  Reference Timestamp:  0.000000000\n\t  Originator Timestamp: 0.000000000\n\t  Receive Timestamp:    0.000000000\n\t  Transmit Timestamp:   0.000000000\n\t    Originator - Receive Timestamp:  0.000000000\n\t    Originator - Transmit Timestamp: 0.000000000",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 79, bad cksum 0 (->1468)!)\n    10.0.0.1.123 > 10.0.0.2.123: NTPv4, Client, length 51\n\tLeap indicator:  (0), Stratum 0 (unspecified), poll -6 (1/64s), precision 0\n\tRoot Delay: 0.000000, Root dispersion: 0.000000, Reference-ID: (unspec)\n\t  Reference Timestamp:  0.000000000\n\t  Originator Timestamp: 0.000000000\n\t  Receive Timestamp:    0.000000000\n\t  Transmit Timestamp:   0.000000000\n\t    Originator - Receive Timestamp:  0.000000000\n\t    Originator - Transmit Timestamp: 0.000000000\n\t(3 more bytes after the header)",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 68, bad cksum 0 (->1473)!)\n    10.0.0.1.123 > 10.0.0.2.123: NTPv4, Client, length 40\n\tLeap indicator: clock unsynchronized (192) (invalid)",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 30, bad cksum 0 (->1499)!)\n    10.0.0.1.123 > 10.0.0.2.123: NTPv4, Control Message, length 2\n\tLeap indicator:  (0) (invalid)",
                ],
            )],
        ),
        case(
            "vrrp with more",
            LinkType::RAW,
            vec![
                ipv4(112, &vrrp),
                ipv6(
                    112,
                    &[
                        0x31, 46, 191, 1, 0x03, 0xe8, 0, 0, 0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                        0, 1,
                    ],
                ),
                ipv4(112, &vrrp[..14]),
            ],
            &[(
                "-nv",
                &[
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto VRRP (112), length 44, bad cksum 0 (->142c)!)\n    10.0.0.1 > 10.0.0.2: VRRPv2, Advertisement, (ttl 64), vrid 1, prio 100, authtype simple, intvl 1s, length 24, (bad vrrp cksum 0), addrs(2): 10.0.0.254,10.0.0.253 auth \"pw^[\"",
                    "IP6 (hlim 64, next-header VRRP (112) payload length: 24) 2001:db8::1 > 2001:db8::2: VRRPv3, Advertisement, (ttl 64), vrid 46, prio 191, intvl 1000cs, length 24, (bad vrrp cksum 0), addrs: fe80::1",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto VRRP (112), length 34, bad cksum 0 (->1436)!)\n    10.0.0.1 > 10.0.0.2: VRRPv2, Advertisement, (ttl 64), vrid 1, prio 100, authtype simple, intvl 1s, length 14, (bad vrrp cksum 0), addrs(2): 10.0.0.254 [|vrrp]",
                ],
            )],
        ),
    ]
}
