//! IEEE 802.11 and the headers that radios put in front of it.

use super::super::Case;
use super::super::build::*;
use super::case;
use crate::packet::LinkType;

#[expect(clippy::too_many_lines, reason = "a table of packets and lines")]
pub(super) fn cases() -> Vec<Case> {
    let name = [0, 4, b'l', b'a', 0x1b, b'b'];
    let rates = [1, 4, 0x82, 0x84, 0x0b, 0x6c];
    let elements = [&name[..], &rates, &[3, 1, 6]].concat();
    let capable = |capabilities: u8| [&[0; 8][..], &[100, 0, capabilities, 4], &elements].concat();
    let snap = [&[0xaa, 0xaa, 3, 0, 0, 0, 8, 6], &arp(1, [0; 6])[..]].concat();
    let unknown = [&[0xaa, 0xaa, 3, 0, 0, 0, 0x99, 0x98][..], &[1, 2, 3]].concat();
    let mut frames = vec![
        frame(0x80, 0, &capable(0x11)),
        frame(0x80, 0, &capable(0x00)),
        frame(0x80, 0, &capable(0x01)[..15]),
        frame(0x50, 0, &capable(0x11)),
        frame(0x40, 0, &elements),
        frame(0x00, 0, &[&[0x11, 0, 1, 0], &elements[..]].concat()),
        frame(0x10, 0, &[&[0x11, 0, 0, 0, 7, 0xc0], &rates[..]].concat()),
        frame(0x20, 0, &[&[0x11, 0, 1, 0, 2, 2, 2, 2, 2, 2], &name[..]].concat()),
        frame(0x90, 0, &[]),
        frame(0xa0, 0, &[8, 0]),
        frame(0xb0, 0, &[0, 0, 1, 0, 0, 0]),
        frame(0xb0, 0, &[1, 0, 2, 0, 0, 0]),
        frame(0xb0, 0x40, &[1, 2, 3, 0x40]),
        frame(0xc0, 0, &[7, 0]),
        frame(0xd0, 0, &[3, 0]),
        frame(0xd0, 0, &[7, 1]),
        frame(0xd0, 0, &[77, 3]),
        frame(0x70, 0, &[]),
        frame(0x08, 0x01, &snap),
        frame(0x08, 0x02, &snap),
        frame(0x88, 0x01, &[&[0, 0], &snap[..]].concat()),
        frame(0x08, 0x03, &[&[2, 0, 0, 0, 0, 9], &unknown[..]].concat()),
        frame(0x08, 0x41, &[0xff, 0xff, 0xff, 0x80, 1]),
        frame(0x48, 0x11, &[]),
        frame(0x28, 0x00, &snap),
        frame(0x0c, 0x00, &[]),
    ];
    for subtype in [0x24, 0x74, 0x84, 0x94, 0xa4, 0xb4, 0xc4, 0xd4, 0xe4, 0xf4] {
        frames.push(frame(subtype, 0, &[])[..20].to_vec());
    }
    frames.push(vec![0x80]);
    frames.push(frame(0x80, 0, &[])[..20].to_vec());
    let beacon = frame(0x80, 0, &capable(0x11));
    vec![
        case(
            "wireless frames",
            LinkType::IEEE802_11,
            frames,
            &[
                (
                    "-n",
                    &[
                        "Beacon (la^[b) [1.0* 2.0* 5.5 54.0 Mbit] ESS CH: 6, PRIVACY",
                        "Beacon (la^[b) [1.0* 2.0* 5.5 54.0 Mbit] IBSS CH: 6",
                        "Beacon ESS [|802.11]",
                        "Probe Response (la^[b) [1.0* 2.0* 5.5 54.0 Mbit] CH: 6, PRIVACY",
                        "Probe Request (la^[b) [1.0* 2.0* 5.5 54.0 Mbit]",
                        "Assoc Request (la^[b) [1.0* 2.0* 5.5 54.0 Mbit]",
                        "Assoc Response AID(7) : PRIVACY : Successful",
                        "ReAssoc Request (la^[b) AP : 02:02:02:02:02:02",
                        "ATIM",
                        "Disassociation: Disassociated because sending STA is leaving (or has left) BSS",
                        "Authentication (Open System)-1: Successful",
                        "Authentication (Shared Key)-2 [Challenge Text] ",
                        "Authentication IV:30201 Pad 0 KeyID 1",
                        "DeAuthentication (02:00:00:00:00:01): Class 3 frame received from nonassociated STA",
                        "Action (02:00:00:00:00:01): BA ADDBA Request",
                        "Action (02:00:00:00:00:01): HT MIMOPwrSave",
                        "Action (02:00:00:00:00:01): Reserved(77) Act#3",
                        "Unhandled Management subtype(7)",
                        "ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28",
                        "ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28",
                        "ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28",
                        "02:00:00:00:00:09 > 02:00:00:00:00:03 SNAP, ethertype Unknown (0x9998), length 3: \n\t0x0000:  aaaa 0300 0000 9998 0102 03              ...........",
                        "Data IV:ffffff Pad 0 KeyID 2",
                        "",
                        "ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28",
                        "unknown 802.11 frame type (3)",
                        "unknown 802.11 ctrl frame subtype (2)",
                        "Control Wrapper",
                        "BAR RA:02:00:00:00:00:02 TA:02:00:00:00:00:01 CTL(2) SEQ(0) ",
                        "BA RA:02:00:00:00:00:02 ",
                        "Power Save-Poll AID(13a)",
                        "Request-To-Send TA:02:00:00:00:00:01 ",
                        "Clear-To-Send RA:02:00:00:00:00:02 ",
                        "Acknowledgment RA:02:00:00:00:00:02 ",
                        "CF-End RA:02:00:00:00:00:02 ",
                        "CF-End+CF-Ack RA:02:00:00:00:00:02 ",
                        " [|802.11]",
                        " [|802.11]",
                    ],
                ),
                (
                    "-ne",
                    &[
                        "BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Beacon (la^[b) [1.0* 2.0* 5.5 54.0 Mbit] ESS CH: 6, PRIVACY",
                        "BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Beacon (la^[b) [1.0* 2.0* 5.5 54.0 Mbit] IBSS CH: 6",
                        "BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Beacon ESS [|802.11]",
                        "BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Probe Response (la^[b) [1.0* 2.0* 5.5 54.0 Mbit] CH: 6, PRIVACY",
                        "BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Probe Request (la^[b) [1.0* 2.0* 5.5 54.0 Mbit]",
                        "BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Assoc Request (la^[b) [1.0* 2.0* 5.5 54.0 Mbit]",
                        "BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Assoc Response AID(7) : PRIVACY : Successful",
                        "BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 ReAssoc Request (la^[b) AP : 02:02:02:02:02:02",
                        "BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 ATIM",
                        "BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Disassociation: Disassociated because sending STA is leaving (or has left) BSS",
                        "BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Authentication (Open System)-1: Successful",
                        "BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Authentication (Shared Key)-2 [Challenge Text] ",
                        "BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Authentication IV:30201 Pad 0 KeyID 1",
                        "BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 DeAuthentication: Class 3 frame received from nonassociated STA",
                        "BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Action: BA ADDBA Request",
                        "BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Action: HT MIMOPwrSave",
                        "BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Action: Reserved(77) Act#3",
                        "BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Unhandled Management subtype(7)",
                        "BSSID:02:00:00:00:00:02 SA:02:00:00:00:00:01 DA:02:00:00:00:00:03 LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: oui Ethernet (0x000000), ethertype ARP (0x0806), length 28: Request who-has 10.0.0.2 tell 10.0.0.1, length 28",
                        "DA:02:00:00:00:00:02 BSSID:02:00:00:00:00:01 SA:02:00:00:00:00:03 LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: oui Ethernet (0x000000), ethertype ARP (0x0806), length 28: Request who-has 10.0.0.2 tell 10.0.0.1, length 28",
                        "CF +QoS BSSID:02:00:00:00:00:02 SA:02:00:00:00:00:01 DA:02:00:00:00:00:03 LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: oui Ethernet (0x000000), ethertype ARP (0x0806), length 28: Request who-has 10.0.0.2 tell 10.0.0.1, length 28",
                        "RA:02:00:00:00:00:02 TA:02:00:00:00:00:01 DA:02:00:00:00:00:03 SA:02:00:00:00:00:09 LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: oui Ethernet (0x000000), ethertype Unknown (0x9998), length 3: \n\t0x0000:  aaaa 0300 0000 9998 0102 03              ...........",
                        "BSSID:02:00:00:00:00:02 SA:02:00:00:00:00:01 DA:02:00:00:00:00:03 Data IV:ffffff Pad 0 KeyID 2",
                        "BSSID:02:00:00:00:00:02 SA:02:00:00:00:00:01 DA:02:00:00:00:00:03 ",
                        "CF Poll DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 BSSID:02:00:00:00:00:03 LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: oui Ethernet (0x000000), ethertype ARP (0x0806), length 28: Request who-has 10.0.0.2 tell 10.0.0.1, length 28",
                        "unknown 802.11 frame type (3)",
                        "unknown 802.11 ctrl frame subtype (2)",
                        "Control Wrapper",
                        " RA:02:00:00:00:00:02 TA:02:00:00:00:00:01 CTL(2) SEQ(0) BAR",
                        "RA:02:00:00:00:00:02 BA",
                        "BSSID:02:00:00:00:00:02 TA:02:00:00:00:00:01 Power Save-Poll AID(13a)",
                        "RA:02:00:00:00:00:02 TA:02:00:00:00:00:01 Request-To-Send",
                        "RA:02:00:00:00:00:02 Clear-To-Send",
                        "RA:02:00:00:00:00:02 Acknowledgment",
                        "RA:02:00:00:00:00:02 BSSID:02:00:00:00:00:01 CF-End",
                        "RA:02:00:00:00:00:02 BSSID:02:00:00:00:00:01 CF-End+CF-Ack",
                        " [|802.11]",
                        " [|802.11]",
                    ],
                ),
                (
                    "-nev",
                    &[
                        "314us BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Beacon (la^[b) [1.0* 2.0* 5.5 54.0 Mbit] ESS CH: 6, PRIVACY",
                        "314us BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Beacon (la^[b) [1.0* 2.0* 5.5 54.0 Mbit] IBSS CH: 6",
                        "314us BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Beacon ESS [|802.11]",
                        "314us BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Probe Response (la^[b) [1.0* 2.0* 5.5 54.0 Mbit] CH: 6, PRIVACY",
                        "314us BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Probe Request (la^[b) [1.0* 2.0* 5.5 54.0 Mbit]",
                        "314us BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Assoc Request (la^[b) [1.0* 2.0* 5.5 54.0 Mbit]",
                        "314us BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Assoc Response AID(7) : PRIVACY : Successful",
                        "314us BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 ReAssoc Request (la^[b) AP : 02:02:02:02:02:02",
                        "314us BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 ATIM",
                        "314us BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Disassociation: Disassociated because sending STA is leaving (or has left) BSS",
                        "314us BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Authentication (Open System)-1: Successful",
                        "314us BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Authentication (Shared Key)-2 [Challenge Text] ",
                        "Protected 314us BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Authentication IV:30201 Pad 0 KeyID 1",
                        "314us BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 DeAuthentication: Class 3 frame received from nonassociated STA",
                        "314us BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Action: BA ADDBA Request",
                        "314us BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Action: HT MIMOPwrSave",
                        "314us BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Action: Reserved(77) Act#3",
                        "314us BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Unhandled Management subtype(7)",
                        "314us BSSID:02:00:00:00:00:02 SA:02:00:00:00:00:01 DA:02:00:00:00:00:03 LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: oui Ethernet (0x000000), ethertype ARP (0x0806), length 28: Ethernet (len 6), IPv4 (len 4), Request who-has 10.0.0.2 tell 10.0.0.1, length 28",
                        "314us DA:02:00:00:00:00:02 BSSID:02:00:00:00:00:01 SA:02:00:00:00:00:03 LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: oui Ethernet (0x000000), ethertype ARP (0x0806), length 28: Ethernet (len 6), IPv4 (len 4), Request who-has 10.0.0.2 tell 10.0.0.1, length 28",
                        "314us CF +QoS BSSID:02:00:00:00:00:02 SA:02:00:00:00:00:01 DA:02:00:00:00:00:03 LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: oui Ethernet (0x000000), ethertype ARP (0x0806), length 28: Ethernet (len 6), IPv4 (len 4), Request who-has 10.0.0.2 tell 10.0.0.1, length 28",
                        "314us RA:02:00:00:00:00:02 TA:02:00:00:00:00:01 DA:02:00:00:00:00:03 SA:02:00:00:00:00:09 LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: oui Ethernet (0x000000), ethertype Unknown (0x9998), length 3: \n\t0x0000:  aaaa 0300 0000 9998 0102 03              ...........",
                        "Protected 314us BSSID:02:00:00:00:00:02 SA:02:00:00:00:00:01 DA:02:00:00:00:00:03 Data IV:ffffff Pad 0 KeyID 2",
                        "Pwr Mgmt 314us BSSID:02:00:00:00:00:02 SA:02:00:00:00:00:01 DA:02:00:00:00:00:03 ",
                        "314us CF Poll DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 BSSID:02:00:00:00:00:03 LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: oui Ethernet (0x000000), ethertype ARP (0x0806), length 28: Ethernet (len 6), IPv4 (len 4), Request who-has 10.0.0.2 tell 10.0.0.1, length 28",
                        "unknown 802.11 frame type (3)",
                        "unknown 802.11 ctrl frame subtype (2)",
                        "314us Control Wrapper",
                        "314us  RA:02:00:00:00:00:02 TA:02:00:00:00:00:01 CTL(2) SEQ(0) BAR",
                        "314us RA:02:00:00:00:00:02 BA",
                        "BSSID:02:00:00:00:00:02 TA:02:00:00:00:00:01 Power Save-Poll AID(13a)",
                        "314us RA:02:00:00:00:00:02 TA:02:00:00:00:00:01 Request-To-Send",
                        "314us RA:02:00:00:00:00:02 Clear-To-Send",
                        "314us RA:02:00:00:00:00:02 Acknowledgment",
                        "314us RA:02:00:00:00:00:02 BSSID:02:00:00:00:00:01 CF-End",
                        "314us RA:02:00:00:00:00:02 BSSID:02:00:00:00:00:01 CF-End+CF-Ack",
                        " [|802.11]",
                        " [|802.11]",
                    ],
                ),
            ],
        ),
        case(
            "radiotap",
            LinkType::IEEE802_11_RADIOTAP,
            vec![
                radiotap(
                    [0x2f, 0x48, 0, 0],
                    &[&[9, 0, 0, 0, 0, 0, 0, 0, 0x12, 0x16, 0x6c, 9, 0xa0, 0, 0xc5, 2, 0, 0], &beacon[..]]
                        .concat(),
                    18,
                ),
                radiotap(
                    [0x0e, 0x30, 4, 0],
                    &[
                        &[
                            0x50, 0x8a, 0x85, 0x16, 0x40, 0x41, 9, 8, 0, 0, 0x40, 1, 0x01, 0, 0x85, 0x16, 36,
                            20,
                        ],
                        &beacon[..],
                        &[1, 2, 3, 4],
                    ]
                    .concat(),
                    20,
                ),
                radiotap([0x08, 0, 8, 0], &[&[0x85, 0x16, 0x40, 1, 0x3f, 0x25, 7], &beacon[..]].concat(), 7),
                radiotap(
                    [0xd0, 7, 0x20, 0],
                    &[
                        &[
                            1, 2, 3, 0, 7, 0, 9, 0, 10, 11, 0x44, 0, 0x44, 0, 4, 0x10, 0x12, 0, 0, 0, 1, 0,
                            0, 0,
                        ],
                        &beacon[..],
                    ]
                    .concat(),
                    24,
                ),
                radiotap([2, 0, 0, 2], &[&[0], &beacon[..]].concat(), 1),
                radiotap(
                    [2, 0, 0, 0],
                    &[&[0x20], &frame(0x88, 1, &[&[0, 0, 0, 0], &snap[..]].concat())[..]].concat(),
                    1,
                ),
                vec![0, 0, 9, 0, 2, 0, 0, 0],
                vec![0, 0, 8, 0, 2, 0, 0, 0x80],
                vec![0, 0, 7, 0, 0, 0, 0, 0],
            ],
            &[
                (
                    "-n",
                    &[
                        "9us tsft short preamble 11.0 Mb/s 2412 MHz 11b -59dBm signal antenna 2 Beacon (la^[b) ESS, PRIVACY [|802.11]",
                        "bad-fcs MCS 10 9dB signal 8dB noise 1 MHz 00:00:00:01:02:00 > 00:00:00:03:10:00 Null Information, send seq 0, rcv seq 0, Flags [Command], length 25\n\t0x0000:  0000 0000 0000 6400 1104 0004 6c61 1b62  ......d.....la.b\n\t0x0010:  0104 8284 0b6c 0301 06                   .....l...",
                        "5765 MHz 11n 150.0 Mb/s MCS 7 40 MHz short GI mixed BCC FEC RX-STBC1 Beacon (la^[b) [1.0* 2.0* 5.5 54.0 Mbit] ESS CH: 6, PRIVACY",
                        "fhset 1 fhpat 2 3dBm noise 7 sq -9 tx power -10dB tx attenuation 11dBm tx power User 0 MCS 0 BCC FEC User 2 MCS 1 BCC FEC 20 MHz short GI Beacon (la^[b) [1.0* 2.0* 5.5 54.0 Mbit] ESS CH: 6, PRIVACY",
                        "[bit 25] Beacon (la^[b) [1.0* 2.0* 5.5 54.0 Mbit] ESS CH: 6, PRIVACY",
                        "ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28",
                        " [|802.11_radio]",
                        " [|802.11_radio]",
                        " [|802.11_radio]",
                    ],
                ),
                (
                    "-ne",
                    &[
                        "9us tsft short preamble 11.0 Mb/s 2412 MHz 11b -59dBm signal antenna 2 BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Beacon (la^[b) ESS, PRIVACY [|802.11]",
                        "bad-fcs MCS 10 9dB signal 8dB noise 1 MHz CF Ack/Poll BSSID:00:00:00:02:02:00 SA:00:00:00:01:02:00 DA:00:00:00:03:10:00 LLC, dsap Null (0x00) Individual, ssap Null (0x00) Command, ctrl 0x0000: Information, send seq 0, rcv seq 0, Flags [Command], length 25\n\t0x0000:  0000 0000 0000 6400 1104 0004 6c61 1b62  ......d.....la.b\n\t0x0010:  0104 8284 0b6c 0301 06                   .....l...",
                        "5765 MHz 11n 150.0 Mb/s MCS 7 40 MHz short GI mixed BCC FEC RX-STBC1 BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Beacon (la^[b) [1.0* 2.0* 5.5 54.0 Mbit] ESS CH: 6, PRIVACY",
                        "fhset 1 fhpat 2 3dBm noise 7 sq -9 tx power -10dB tx attenuation 11dBm tx power User 0 MCS 0 BCC FEC User 2 MCS 1 BCC FEC 20 MHz short GI BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Beacon (la^[b) [1.0* 2.0* 5.5 54.0 Mbit] ESS CH: 6, PRIVACY",
                        "[bit 25] BSSID:02:00:00:00:00:03 DA:02:00:00:00:00:02 SA:02:00:00:00:00:01 Beacon (la^[b) [1.0* 2.0* 5.5 54.0 Mbit] ESS CH: 6, PRIVACY",
                        "CF +QoS BSSID:02:00:00:00:00:02 SA:02:00:00:00:00:01 DA:02:00:00:00:00:03 LLC, dsap SNAP (0xaa) Individual, ssap SNAP (0xaa) Command, ctrl 0x03: oui Ethernet (0x000000), ethertype ARP (0x0806), length 28: Request who-has 10.0.0.2 tell 10.0.0.1, length 28",
                        " [|802.11_radio]",
                        " [|802.11_radio]",
                        " [|802.11_radio]",
                    ],
                ),
            ],
        ),
        case(
            "avs",
            LinkType::IEEE802_11_AVS,
            vec![
                [&[0x80, 0x21, 0x10, 1, 0, 0, 0, 9, 0], &beacon[..]].concat(),
                vec![0x80, 0x21, 0x10, 1, 0, 0, 0, 9],
            ],
            &[(
                "-n",
                &["Beacon (la^[b) [1.0* 2.0* 5.5 54.0 Mbit] ESS CH: 6, PRIVACY", " [|802.11_radio_avs]"],
            )],
        ),
        case(
            "prism",
            LinkType::IEEE802_11_PRISM,
            vec![
                [&[0; 144][..], &beacon].concat(),
                [&[0x80, 0x21, 0x10, 2, 0, 0, 0, 8], &beacon[..]].concat(),
                vec![0; 99],
            ],
            &[(
                "-n",
                &[
                    "Beacon (la^[b) [1.0* 2.0* 5.5 54.0 Mbit] ESS CH: 6, PRIVACY",
                    "Beacon (la^[b) [1.0* 2.0* 5.5 54.0 Mbit] ESS CH: 6, PRIVACY",
                    " [|prism]",
                ],
            )],
        ),
    ]
}

/// A frame of a type and subtype, with flags, from one station to another.
fn frame(kind: u8, flags: u8, body: &[u8]) -> Vec<u8> {
    let addresses = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 3];
    [&[kind, flags, 0x3a, 1], &addresses[..], &[0x10, 0], body].concat()
}

/// A radiotap header with the fields that are present, and what is behind; the first `len` bytes of which are fields.
fn radiotap(present: [u8; 4], behind: &[u8], len: u8) -> Vec<u8> {
    [&[0, 0, 8 + len, 0], &present[..], behind].concat()
}
