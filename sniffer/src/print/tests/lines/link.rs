//! Link layers.

use super::super::Case;
use super::super::build::*;
use super::case;
use crate::packet::LinkType;

#[expect(clippy::too_many_lines, reason = "a table of packets and lines")]
pub(super) fn cases() -> Vec<Case> {
    let echo = ipv4(1, &icmp(8, 0, [0, 1, 0, 2], b"payload!"));
    let sll2 = |direction: u8| {
        let header = [8, 0, 0, 0, 0, 0, 0, 0, 0, 1, direction, 6, 2, 0, 0, 0, 0, 1, 0, 0];
        [&header[..], &echo].concat()
    };
    vec![
        case(
            "ethernet",
            LinkType::ETHERNET,
            vec![ethernet(0x0800, &echo)],
            &[
                (
                    "-nx",
                    &[
                        "IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16\n\t0x0000:  4500 0024 1234 4000 4001 0000 0a00 0001\n\t0x0010:  0a00 0002 0800 0000 0001 0002 7061 796c\n\t0x0020:  6f61 6421",
                    ],
                ),
                (
                    "-nXX",
                    &[
                        "IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16\n\t0x0000:  0200 0000 0002 0200 0000 0001 0800 4500  ..............E.\n\t0x0010:  0024 1234 4000 4001 0000 0a00 0001 0a00  .$.4@.@.........\n\t0x0020:  0002 0800 0000 0001 0002 7061 796c 6f61  ..........payloa\n\t0x0030:  6421                                     d!",
                    ],
                ),
                (
                    "-nA",
                    &[
                        "IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16\nE..$.4@.@...\n...\n...........payload!",
                    ],
                ),
                ("-n", &["IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16"]),
                (
                    "-ne",
                    &[
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype IPv4 (0x0800), length 50: 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                    ],
                ),
                (
                    "-neq",
                    &[
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, IPv4, length 50: 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                    ],
                ),
            ],
        ),
        case(
            "vlan",
            LinkType::ETHERNET,
            vec![ethernet(0x88a8, &vlan(0x0064, 0x8100, &vlan(0xb007, 0x0800, &echo)))],
            &[
                ("-n", &["IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16"]),
                (
                    "-ne",
                    &[
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype 802.1Q-QinQ (0x88a8), length 58: vlan 100, p 0, ethertype 802.1Q (0x8100), vlan 7, p 5, DEI, ethertype IPv4 (0x0800), 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                    ],
                ),
            ],
        ),
        case(
            "unknown type",
            LinkType::ETHERNET,
            vec![ethernet(0xabce, b"nobody knows \x1b[31m")],
            &[
                (
                    "-n",
                    &[
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype Unknown (0xabce), length 32: \n\t0x0000:  6e6f 626f 6479 206b 6e6f 7773 201b 5b33  nobody.knows..[3\n\t0x0010:  316d                                     1m",
                    ],
                ),
                ("-nq", &["02:00:00:00:00:01 > 02:00:00:00:00:02, Unknown Ethertype (0xabce), length 32: "]),
            ],
        ),
        case(
            "llc",
            LinkType::ETHERNET,
            vec![ethernet(6, &[0xf0, 0xf0, 0x03, 1, 2, 3, 0, 0])],
            &[
                (
                    "-n",
                    &[
                        "02:00:00:00:00:01 > 02:00:00:00:00:02 NetBeui Unnumbered, ui, Flags [Command], length 6\n\t0x0000:  f0f0 0301 0203                           ......",
                    ],
                ),
                (
                    "-ne",
                    &[
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, 802.3, length 6: LLC, dsap NetBeui (0xf0) Individual, ssap NetBeui (0xf0) Command, ctrl 0x03: Unnumbered, ui, Flags [Command], length 6\n\t0x0000:  f0f0 0301 0203                           ......",
                    ],
                ),
            ],
        ),
        case(
            "arp",
            LinkType::ETHERNET,
            vec![
                ethernet(0x0806, &arp(1, [0; 6])),
                ethernet(0x0806, &arp(2, [2, 0, 0, 0, 0, 2])),
                ethernet(0x8035, &arp(3, [2, 0, 0, 0, 0, 1])),
            ],
            &[
                (
                    "-nv",
                    &[
                        "ARP, Ethernet (len 6), IPv4 (len 4), Request who-has 10.0.0.2 tell 10.0.0.1, length 28",
                        "ARP, Ethernet (len 6), IPv4 (len 4), Reply 10.0.0.1 is-at 02:00:00:00:00:01, length 28",
                        "ARP, Ethernet (len 6), IPv4 (len 4), Reverse Request who-is 02:00:00:00:00:01 tell 02:00:00:00:00:01, length 28",
                    ],
                ),
                (
                    "-n",
                    &[
                        "ARP, Request who-has 10.0.0.2 tell 10.0.0.1, length 28",
                        "ARP, Reply 10.0.0.1 is-at 02:00:00:00:00:01, length 28",
                        "ARP, Reverse Request who-is 02:00:00:00:00:01 tell 02:00:00:00:00:01, length 28",
                    ],
                ),
                (
                    "-ne",
                    &[
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype ARP (0x0806), length 42: Request who-has 10.0.0.2 tell 10.0.0.1, length 28",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype ARP (0x0806), length 42: Reply 10.0.0.1 is-at 02:00:00:00:00:01, length 28",
                        "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype Reverse ARP (0x8035), length 42: Reverse Request who-is 02:00:00:00:00:01 tell 02:00:00:00:00:01, length 28",
                    ],
                ),
            ],
        ),
        case(
            "linux cooked, version 1",
            LinkType::LINUX_SLL,
            vec![[&[0, 4, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 8, 0], &echo[..]].concat()],
            &[
                ("-n", &["IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16"]),
                (
                    "-ne",
                    &[
                        "Out 02:00:00:00:00:01 ethertype IPv4 (0x0800), length 52: 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                    ],
                ),
            ],
        ),
        case(
            "linux cooked, version 2",
            LinkType::LINUX_SLL2,
            vec![sll2(0), sll2(1), sll2(4)],
            &[(
                "-n",
                &[
                    "?     In  IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                    "?     B   IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                    "?     Out IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                ],
            )],
        ),
        case(
            "bsd loopback",
            LinkType::NULL,
            vec![[&[2, 0, 0, 0], &echo[..]].concat()],
            &[
                ("-n", &["IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16"]),
                (
                    "-ne",
                    &[
                        "AF IPv4 (2), length 40: 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                    ],
                ),
            ],
        ),
        case(
            "raw",
            LinkType::RAW,
            vec![echo.clone(), vec![0x35, 0]],
            &[("-n", &["IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16", "unknown ip 3"])],
        ),
    ]
}
