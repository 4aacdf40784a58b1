//! PPP and Cisco's HDLC.

use super::super::Case;
use super::super::build::*;
use super::case;
use crate::packet::LinkType;

#[expect(clippy::too_many_lines, reason = "a table of packets and lines")]
pub(super) fn cases() -> Vec<Case> {
    let echo = ipv4(1, &icmp(8, 0, [0, 1, 0, 2], b"payload!"));
    let ppp = |protocol: u16, payload: &[u8]| [&[0xff, 3], &protocol.to_be_bytes()[..], payload].concat();
    let chdlc = |protocol: u16, payload: &[u8]| [&[0x0f, 0], &protocol.to_be_bytes()[..], payload].concat();
    let keepalive = [0, 0, 0, 2, 0, 0, 0, 5, 0, 0, 0, 2, 0xff, 0xff, 0, 0x78, 0xf0, 0xa2, 0, 0];
    let isis = [&[0x83, 20, 1, 0, 17, 1, 0, 0, 1], &[3; 11][..]].concat();
    let compression = [2, 19, 0, 0x61, 0, 16, 0, 15, 1, 0, 0, 5, 0, 0xa8, 1, 2, 9, 2, 7];
    vec![
        case(
            "ppp header compression",
            LinkType::PPP,
            vec![ppp(0x8021, &[&[1, 7, 0, 23][..], &compression].concat())],
            &[(
                "-nv",
                &[
                    "IPCP, Conf-Request (0x01), id 7, length 25\n\tencoded length 23 (=Option(s) length 19)\n\t  IP-Comp Option (0x02), length 19: IP Header Compression (0x61):\n\t    TCP Space 16, non-TCP Space 15, maxPeriod 256, maxTime 5, maxHdr 168\n\t      Suboptions, length 5\n\t\tRTP-Compression Suboption #1, length 2\n\t\tUnknown Suboption #9, length 2",
                ],
            )],
        ),
        case(
            "ppp",
            LinkType::PPP,
            vec![
                ppp(0x0021, &echo),
                ppp(0x0057, &ipv6(17, &udp(7, 8, &[]))),
                [&[0x21], &echo[..]].concat(),
                [&[0, 3, 0, 0x21], &echo[..]].concat(),
                [&[1, 3, 0, 0x21], &echo[..]].concat(),
                ppp(0x0281, &[&[0, 1, 1, 64], &echo[..]].concat()),
                ppp(0xc021, &[1, 7, 0, 8, 1, 4, 5, 0xdc]),
                ppp(0x8021, &[99, 7, 0, 4]),
                ppp(0x8057, &[1, 7]),
                ppp(0xc023, b"\x01\x07\0\x0e\x04nina\x04\x1bpw!"),
                ppp(0xc023, b"\x03\x07\0\x08\x03no!"),
                ppp(0xc023, b"\x01\x07\0\x63\x04nina"),
                ppp(0xc023, b"\x01\x07\0\x05\x04"),
                ppp(0xc023, b"\x01\x07"),
                ppp(0xc223, b"\x01\x07\0\x0b\x02\xab\xcdnina"),
                ppp(0xc223, b"\x04\x07\0\x07no!"),
                ppp(0xc223, b"\x07\x07\0\x04"),
                ppp(0x003d, &[0x80, 9, 1, 2]),
                ppp(0x00fd, &[1, 2, 3]),
                ppp(0x7777, &[1, 2, 3]),
                vec![0xff, 3, 0xc0],
            ],
            &[
                (
                    "-n",
                    &[
                        "IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "IP6 2001:db8::1.7 > 2001:db8::2.8: UDP, length 0",
                        "IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "MPLS (label 16, tc 0, [S], ttl 64) IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "LCP, Conf-Request (0x01), id 7, length 10",
                        "IPCP, Unknown Opcode (0x63), id 7, length 6",
                        "IP6CP, [|IP6CP]",
                        "PAP, Auth-Req (0x01), id 7, Peer nina, Name ^[pw!",
                        "PAP, Auth-NACK (0x03), id 7, Msg no!",
                        "PAP, Auth-Req (0x01), id 7, length 99 > packet size",
                        "PAP, Auth-Req (0x01), id 7[|pap]",
                        "[|pap 0x01]",
                        "CHAP, Challenge (0x01), id 7, Value abcd, Name nina",
                        "CHAP, Fail (0x04), id 7, Msg no!",
                        "CHAP, unknown (0x07), id 7",
                        "MLPPP, seq 0x009, Flags [begin], length 4",
                        "compressed PPP data",
                        "unknown PPP protocol (0x0077) \n\t0x0000:  7701 0203",
                        " [|ppp]",
                    ],
                ),
                (
                    "-ne",
                    &[
                        "IP (0x0021), length 40: 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "IP6 (0x0057), length 52: 2001:db8::1.7 > 2001:db8::2.8: UDP, length 0",
                        "IP (0x0021), length 37: 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "In  IP (0x0021), length 40: 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "Out IP (0x0021), length 40: 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "MPLS (0x0281), length 44: MPLS (label 16, tc 0, [S], ttl 64) 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "LCP (0xc021), length 12: LCP, Conf-Request (0x01), id 7, length 10",
                        "IPCP (0x8021), length 8: IPCP, Unknown Opcode (0x63), id 7, length 6",
                        "IP6CP (0x8057), length 6: IP6CP, [|IP6CP]",
                        "PAP (0xc023), length 18: PAP, Auth-Req (0x01), id 7, Peer nina, Name ^[pw!",
                        "PAP (0xc023), length 12: PAP, Auth-NACK (0x03), id 7, Msg no!",
                        "PAP (0xc023), length 13: PAP, Auth-Req (0x01), id 7, length 99 > packet size",
                        "PAP (0xc023), length 9: PAP, Auth-Req (0x01), id 7[|pap]",
                        "PAP (0xc023), length 6: [|pap 0x01]",
                        "CHAP (0xc223), length 15: CHAP, Challenge (0x01), id 7, Value abcd, Name nina",
                        "CHAP (0xc223), length 11: CHAP, Fail (0x04), id 7, Msg no!",
                        "CHAP (0xc223), length 8: CHAP, unknown (0x07), id 7",
                        "MLPPP (0x003d), length 8: seq 0x009, Flags [begin], length 4",
                        "Compressed (0x00fd), length 7: compressed PPP data",
                        "unknown (0x0077), length 7",
                        " [|ppp]",
                    ],
                ),
            ],
        ),
        case(
            "ppp in hdlc",
            LinkType::PPP_HDLC,
            vec![
                ppp(0x0021, &echo),
                ppp(0xc021, &[9, 7, 0, 8, 0, 0, 0, 1]),
                ppp(0x7777, &[1, 2, 3]),
                chdlc(0x0800, &echo),
                vec![0x30, 1, 2, 3],
                vec![0xff, 3, 0],
            ],
            &[
                (
                    "-n",
                    &[
                        "IP: IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "LCP: LCP, Echo-Request (0x09), id 7, length 10",
                        "unknown PPP protocol (0x7777): unknown PPP protocol (0x7777) \n\t0x0000:  0102 03",
                        "IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "unknown addr 02; ctrl 03",
                        " [|ppp_hdlc]",
                    ],
                ),
                (
                    "-ne",
                    &[
                        "ff 03 40 IP: 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "ff 03 12 LCP: LCP, Echo-Request (0x09), id 7, length 10",
                        "ff 03 7 unknown PPP protocol (0x7777): unknown PPP protocol (0x7777) \n\t0x0000:  0102 03",
                        "unicast, ethertype IPv4 (0x0800), length 40: 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "30 01 4 unknown addr 02; ctrl 03",
                        " [|ppp_hdlc]",
                    ],
                ),
            ],
        ),
        case(
            "cisco's hdlc",
            LinkType::C_HDLC,
            vec![
                chdlc(0x0800, &echo),
                chdlc(0x8035, &keepalive),
                chdlc(0x8035, &keepalive[..14]),
                chdlc(0x8035, &[0, 0, 0, 1, 10, 0, 0, 1, 255, 255, 255, 0, 0, 0]),
                chdlc(0x8035, &[0; 14]),
                chdlc(0x8035, &[9; 14]),
                chdlc(0x8035, &[0; 13]),
                chdlc(0xfefe, &[&[0], &isis[..]].concat()),
                chdlc(0xfefe, &isis),
                [&[0x8f, 0, 0x88, 0x47, 0, 1, 1, 64], &echo[..]].concat(),
                chdlc(0x7777, &[1, 2]),
                vec![0x0f, 0, 8],
            ],
            &[
                (
                    "-n",
                    &[
                        "IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "SLARP (length: 20), keepalive: mineseen=0x00000005, yourseen=0x00000002, reliability=0xffff, link uptime=0d2h12m5s",
                        "SLARP (length: 14), keepalive: mineseen=0x00000005, yourseen=0x00000002, reliability=0xffff",
                        "SLARP (length: 14), reply 10.0.0.1/255.255.255.0",
                        "SLARP (length: 14), request",
                        "SLARP (length: 14), 0x9090909 unknown\n\t0x0000:  0909 0909 0909 0909 0909",
                        "SLARP (length: 13),  [|chdlc_slarp]",
                        "IS-IS, p2p IIH, src-id 0303.0303.0303, length 20",
                        "IS-IS, p2p IIH, src-id 0303.0303.0303, length 20",
                        "MPLS (label 16, tc 0, [S], ttl 64) IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "unknown CHDLC protocol (0x7777)",
                        " [|chdlc]",
                    ],
                ),
                (
                    "-ne",
                    &[
                        "unicast, ethertype IPv4 (0x0800), length 40: 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "unicast, ethertype Reverse ARP (0x8035), length 24: SLARP (length: 20), keepalive: mineseen=0x00000005, yourseen=0x00000002, reliability=0xffff, link uptime=0d2h12m5s",
                        "unicast, ethertype Reverse ARP (0x8035), length 18: SLARP (length: 14), keepalive: mineseen=0x00000005, yourseen=0x00000002, reliability=0xffff",
                        "unicast, ethertype Reverse ARP (0x8035), length 18: SLARP (length: 14), reply 10.0.0.1/255.255.255.0",
                        "unicast, ethertype Reverse ARP (0x8035), length 18: SLARP (length: 14), request",
                        "unicast, ethertype Reverse ARP (0x8035), length 18: SLARP (length: 14), 0x9090909 unknown\n\t0x0000:  0909 0909 0909 0909 0909",
                        "unicast, ethertype Reverse ARP (0x8035), length 17: SLARP (length: 13),  [|chdlc_slarp]",
                        "unicast, ethertype OSI (0xfefe), length 25: OSI NLPID IS-IS (0x83): p2p IIH, src-id 0303.0303.0303, length 20",
                        "unicast, ethertype OSI (0xfefe), length 24: OSI NLPID IS-IS (0x83): p2p IIH, src-id 0303.0303.0303, length 20",
                        "bcast, ethertype MPLS unicast (0x8847), length 44: MPLS (label 16, tc 0, [S], ttl 64) 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "unicast, ethertype Unknown (0x7777), length 6: ",
                        " [|chdlc]",
                    ],
                ),
            ],
        ),
        case(
            "pppoe as a link",
            LinkType::PPP_ETHER,
            vec![
                [&[0x11, 0, 0, 7, 0, 38, 0, 0x21], &echo[..]].concat(),
                vec![0x11, 9, 0, 0, 0, 4, 1, 1, 0, 0],
            ],
            &[
                (
                    "-n",
                    &[
                        "PPPoE  [ses 0x7] IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "PPPoE PADI [Service-Name]",
                    ],
                ),
                (
                    "-ne",
                    &[
                        "PPPoE  [ses 0x7] IP (0x0021), length 38: 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                        "PPPoE PADI [Service-Name]",
                    ],
                ),
            ],
        ),
    ]
}
