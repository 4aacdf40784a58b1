//! Packets of each protocol and the lines that tcpdump prints of them.

use super::Case;
use super::build::*;
use crate::packet::LinkType;

/// Every case: a name, packets of one capture in order, and their lines by options.
pub(super) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    cases.extend(link_layer());
    cases.extend(network_layer());
    cases.extend(icmp_messages());
    cases.extend(multicast_listeners());
    cases.extend(tcp_segments());
    cases.extend(dns_messages());
    cases
}

fn case(
    name: &'static str,
    link_type: LinkType,
    frames: Vec<Vec<u8>>,
    lines: &[(&'static str, &[&'static str])],
) -> Case {
    Case {
        name,
        link_type,
        frames,
        lines: lines.iter().map(|(flags, lines)| (*flags, lines.to_vec())).collect(),
    }
}

fn link_layer() -> Vec<Case> {
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

fn network_layer() -> Vec<Case> {
    let datagram = udp(1000, 2000, b"four");
    vec![
        case(
            "udp over ipv4",
            LinkType::RAW,
            vec![ipv4(17, &datagram), ipv4_with(17, 0, &[0x94, 4, 0, 0], &datagram)],
            &[(
                "-n",
                &[
                    "IP 10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 4",
                    "IP 10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 4",
                ],
            )],
        ),
        case(
            "ipv4 fragments",
            LinkType::RAW,
            vec![ipv4_with(17, 0x2000, &[], &datagram), ipv4_with(17, 0x0002, &[], b"12345678")],
            &[
                (
                    "-n",
                    &[
                        "IP 10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 4",
                        "IP 10.0.0.1 > 10.0.0.2: ip-proto-17",
                    ],
                ),
                ("-nqq", &["IP 10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 4", "IP "]),
            ],
        ),
        case(
            "bad lengths",
            LinkType::RAW,
            vec![
                ipv4(17, &udp(1000, 2000, b"four")[..10]),
                [&ipv4(17, &datagram)[..2], &[0, 40], &ipv4(17, &datagram)[4..]].concat(),
                [&[0x44], &ipv4(17, &datagram)[1..]].concat(),
                [&ipv4(17, &datagram)[..2], &[0, 10], &ipv4(17, &datagram)[4..]].concat(),
            ],
            &[(
                "-n",
                &[
                    "IP 10.0.0.1.1000 > 10.0.0.2.2000: UDP, bad length 4 > 2",
                    "IP truncated-ip - 8 bytes missing! 10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 4",
                    "IP bad-hlen 16",
                    "IP bad-len 10",
                ],
            )],
        ),
        case(
            "ipv6",
            LinkType::RAW,
            vec![
                ipv6(17, &datagram),
                ipv6(0, &[&[17, 0, 5, 2, 0, 0, 1, 0], &datagram[..]].concat()),
                ipv6(44, &[&[17, 0, 0, 1, 0, 0, 0, 9], &datagram[..]].concat()),
                ipv6(44, &[17, 0, 0, 8, 0, 0, 0, 9, 1, 2, 3, 4]),
                ipv6(59, &[]),
                ipv6(253, b"12"),
            ],
            &[(
                "-n",
                &[
                    "IP6 2001:db8::1.1000 > 2001:db8::2.2000: UDP, length 4",
                    "IP6 2001:db8::1 > 2001:db8::2: HBH 1000 > 2000: UDP, length 4",
                    "IP6 2001:db8::1 > 2001:db8::2: frag (0|12) 1000 > 2000: UDP, length 4",
                    "IP6 2001:db8::1 > 2001:db8::2: frag (8|4)",
                    "IP6 2001:db8::1 > 2001:db8::2: no next header",
                    "IP6 2001:db8::1 > 2001:db8::2:  ip-proto-253 2",
                ],
            )],
        ),
        case(
            "ip in ip",
            LinkType::RAW,
            vec![ipv4(4, &ipv4(17, &datagram)), ipv4(41, &ipv6(17, &datagram))],
            &[(
                "-n",
                &[
                    "IP 10.0.0.1 > 10.0.0.2: IP 10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 4",
                    "IP 10.0.0.1 > 10.0.0.2: IP6 2001:db8::1.1000 > 2001:db8::2.2000: UDP, length 4",
                ],
            )],
        ),
    ]
}

fn icmp_messages() -> Vec<Case> {
    let quoted = ipv4(17, &udp(1000, 53, b"quoted"));
    let quoted6 = ipv6(17, &udp(1000, 53, b"quoted"));
    let error = |kind, code, rest| ipv4(1, &icmp(kind, code, rest, &quoted));
    let error6 = |kind, code, rest| ipv6(58, &icmp(kind, code, rest, &quoted6));
    let target = [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9];
    vec![
        case(
            "icmp errors",
            LinkType::RAW,
            vec![
                error(3, 3, [0; 4]),
                error(3, 1, [0; 4]),
                error(3, 4, [0, 0, 0x05, 0xdc]),
                error(3, 13, [0; 4]),
                error(5, 1, [10, 0, 0, 254]),
                error(11, 0, [0; 4]),
                error(12, 0, [20, 0, 0, 0]),
                ipv4(1, &icmp(3, 3, [0; 4], &quoted[..12])),
            ],
            &[(
                "-n",
                &[
                    "IP 10.0.0.1 > 10.0.0.2: ICMP 10.0.0.2 udp port 53 unreachable, length 42",
                    "IP 10.0.0.1 > 10.0.0.2: ICMP host 10.0.0.2 unreachable, length 42",
                    "IP 10.0.0.1 > 10.0.0.2: ICMP 10.0.0.2 unreachable - need to frag (mtu 1500), length 42",
                    "IP 10.0.0.1 > 10.0.0.2: ICMP host 10.0.0.2 unreachable - admin prohibited filter, length 42",
                    "IP 10.0.0.1 > 10.0.0.2: ICMP redirect 10.0.0.2 to host 10.0.0.254, length 42",
                    "IP 10.0.0.1 > 10.0.0.2: ICMP time exceeded in-transit, length 42",
                    "IP 10.0.0.1 > 10.0.0.2: ICMP parameter problem - octet 20, length 42",
                    "IP 10.0.0.1 > 10.0.0.2:  [|icmp]",
                ],
            )],
        ),
        case(
            "icmp information",
            LinkType::RAW,
            vec![
                ipv4(1, &icmp(0, 0, [0, 1, 0, 2], b"")),
                ipv4(1, &icmp(13, 0, [0, 1, 0, 2], &[0; 12])),
                ipv4(
                    1,
                    &icmp(14, 0, [0, 1, 0, 2], &[0x01, 0x49, 0x97, 0xf0, 0, 0, 0, 1, 0x05, 0x26, 0x5b, 0xff]),
                ),
                ipv4(1, &icmp(9, 0, [1, 2, 0x07, 0x08], &[10, 0, 0, 254, 0, 0, 0, 5])),
                ipv4(1, &icmp(18, 0, [0; 4], &[255, 255, 255, 0])),
                ipv4(1, &icmp(42, 0, [0; 4], b"")),
            ],
            &[(
                "-n",
                &[
                    "IP 10.0.0.1 > 10.0.0.2: ICMP echo reply, id 1, seq 2, length 8",
                    "IP 10.0.0.1 > 10.0.0.2: ICMP time stamp query id 1 seq 2, length 20",
                    "IP 10.0.0.1 > 10.0.0.2: ICMP time stamp reply id 1 seq 2: org 06:00:00.240, recv 00:00:00.001, xmit 23:59:59.999, length 20",
                    "IP 10.0.0.1 > 10.0.0.2: ICMP router advertisement lifetime 30:00 1: {10.0.0.254 5}, length 16",
                    "IP 10.0.0.1 > 10.0.0.2: ICMP address mask is 0xffffff00, length 12",
                    "IP 10.0.0.1 > 10.0.0.2: ICMP type-#42, length 8",
                ],
            )],
        ),
        case(
            "icmpv6",
            LinkType::RAW,
            vec![
                ipv6(58, &icmp(128, 0, [0, 1, 0, 2], b"payload!")),
                error6(1, 4, [0; 4]),
                error6(2, 0, [0, 0, 0x05, 0x00]),
                error6(3, 0, [0; 4]),
                error6(4, 1, [0, 0, 0, 6]),
                ipv6(58, &icmp(135, 0, [0; 4], &target)),
                ipv6(58, &icmp(136, 0, [0x60, 0, 0, 0], &target)),
                ipv6(58, &icmp(133, 0, [0; 4], b"")),
                ipv6(58, &icmp(137, 0, [0; 4], &[target, target].concat())),
            ],
            &[(
                "-n",
                &[
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, echo request, id 1, seq 2, length 16",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, destination unreachable, unreachable port, 2001:db8::2 udp port 53, length 62",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, packet too big, mtu 1280, length 62",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, time exceeded in-transit for 2001:db8::2, length 62",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, parameter problem, next header - octet 6, length 62",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, neighbor solicitation, who has fe80::9, length 24",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, neighbor advertisement, tgt is fe80::9, length 24",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, router solicitation, length 8",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, redirect, fe80::9 to fe80::9, length 40",
                ],
            )],
        ),
    ]
}

fn multicast_listeners() -> Vec<Case> {
    let group = [0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9];
    vec![
        case(
            "igmp",
            LinkType::RAW,
            vec![
                ipv4(2, &icmp(0x11, 0, [0; 4], b"")),
                ipv4(2, &icmp(0x11, 50, [224, 0, 0, 9], b"")),
                ipv4(2, &icmp(0x11, 0x8f, [224, 0, 0, 9], &[2, 125, 0, 1, 10, 0, 0, 9])),
                ipv4(2, &icmp(0x16, 0, [224, 0, 0, 9], b"")),
                ipv4(2, &icmp(0x17, 0, [224, 0, 0, 9], b"")),
                ipv4(2, &icmp(0x22, 0, [0, 0, 0, 1], &[4, 0, 0, 0, 224, 0, 0, 9])),
            ],
            &[(
                "-n",
                &[
                    "IP 10.0.0.1 > 10.0.0.2: igmp query v1",
                    "IP 10.0.0.1 > 10.0.0.2: igmp query v2 [max resp time 50] [gaddr 224.0.0.9]",
                    "IP 10.0.0.1 > 10.0.0.2: igmp query v3 [max resp time 24.8s] [gaddr 224.0.0.9, 1 source(s)]",
                    "IP 10.0.0.1 > 10.0.0.2: igmp v2 report 224.0.0.9",
                    "IP 10.0.0.1 > 10.0.0.2: igmp leave 224.0.0.9",
                    "IP 10.0.0.1 > 10.0.0.2: igmp v3 report, 1 group record(s)",
                ],
            )],
        ),
        case(
            "mld",
            LinkType::RAW,
            vec![
                ipv6(58, &icmp(130, 0, [0x27, 0x10, 0, 0], &group)),
                ipv6(58, &icmp(130, 0, [0x27, 0x10, 0, 0], &[&group[..], &[2, 125, 0, 1], &group].concat())),
                ipv6(58, &icmp(131, 0, [0; 4], &group)),
                ipv6(58, &icmp(143, 0, [0, 0, 0, 1], &[&[4, 0, 0, 0][..], &group].concat())),
            ],
            &[(
                "-n",
                &[
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, multicast listener querymax resp delay: 10000 addr: ff02::9, length 24",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, multicast listener query v2 [gaddr ff02::9, 1 source(s)], length 44",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, multicast listener reportmax resp delay: 0 addr: ff02::9, length 24",
                    "IP6 2001:db8::1 > 2001:db8::2: ICMP6, multicast listener report v2, 1 group record(s), length 28",
                ],
            )],
        ),
    ]
}

fn tcp_segments() -> Vec<Case> {
    let syn_options = [2, 4, 0x05, 0xb4, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7];
    let segment = |ports: [u16; 2], sequence, acknowledgement, flags, options, payload| {
        ipv4(6, &Tcp { ports, sequence, acknowledgement, flags, options, payload }.bytes())
    };
    let out = [40000, 9000];
    let reply = |sequence, acknowledgement, flags, options, payload| {
        reversed(segment([9000, 40000], sequence, acknowledgement, flags, options, payload))
    };
    let sack = [1, 1, 5, 10, 0, 0, 0x03, 0xe9, 0, 0, 0x07, 0xd1];
    vec![
        case(
            "tcp connection",
            LinkType::RAW,
            vec![
                segment(out, 1000, 0, 0x02, &syn_options, b""),
                reply(5000, 1001, 0x12, &syn_options, b""),
                segment(out, 1001, 5001, 0x10, &[], b""),
                segment(out, 1001, 5001, 0x18, &[1, 1, 8, 10, 0, 0, 0, 2, 0, 0, 0, 1], b"hello"),
                reply(5001, 1006, 0x10, &sack, b""),
                reply(5001, 1006, 0x11, &[], b""),
                segment(out, 1006, 5002, 0x14, &[], b""),
            ],
            &[
                (
                    "-n",
                    &[
                        "IP 10.0.0.1.40000 > 10.0.0.2.9000: Flags [S], seq 1000, win 64240, options [mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 7], length 0",
                        "IP 10.0.0.2.9000 > 10.0.0.1.40000: Flags [S.], seq 5000, ack 1001, win 64240, options [mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 7], length 0",
                        "IP 10.0.0.1.40000 > 10.0.0.2.9000: Flags [.], ack 1, win 64240, length 0",
                        "IP 10.0.0.1.40000 > 10.0.0.2.9000: Flags [P.], seq 1:6, ack 1, win 64240, options [nop,nop,TS val 2 ecr 1], length 5",
                        "IP 10.0.0.2.9000 > 10.0.0.1.40000: Flags [.], ack 6, win 64240, options [nop,nop,sack 1 {1:1001}], length 0",
                        "IP 10.0.0.2.9000 > 10.0.0.1.40000: Flags [F.], seq 1, ack 6, win 64240, length 0",
                        "IP 10.0.0.1.40000 > 10.0.0.2.9000: Flags [R.], seq 6, ack 2, win 64240, length 0",
                    ],
                ),
                (
                    "-nS",
                    &[
                        "IP 10.0.0.1.40000 > 10.0.0.2.9000: Flags [S], seq 1000, win 64240, options [mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 7], length 0",
                        "IP 10.0.0.2.9000 > 10.0.0.1.40000: Flags [S.], seq 5000, ack 1001, win 64240, options [mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 7], length 0",
                        "IP 10.0.0.1.40000 > 10.0.0.2.9000: Flags [.], ack 5001, win 64240, length 0",
                        "IP 10.0.0.1.40000 > 10.0.0.2.9000: Flags [P.], seq 1001:1006, ack 5001, win 64240, options [nop,nop,TS val 2 ecr 1], length 5",
                        "IP 10.0.0.2.9000 > 10.0.0.1.40000: Flags [.], ack 1006, win 64240, options [nop,nop,sack 1 {1001:2001}], length 0",
                        "IP 10.0.0.2.9000 > 10.0.0.1.40000: Flags [F.], seq 5001, ack 1006, win 64240, length 0",
                        "IP 10.0.0.1.40000 > 10.0.0.2.9000: Flags [R.], seq 1006, ack 5002, win 64240, length 0",
                    ],
                ),
                (
                    "-nq",
                    &[
                        "IP 10.0.0.1.40000 > 10.0.0.2.9000: tcp 0",
                        "IP 10.0.0.2.9000 > 10.0.0.1.40000: tcp 0",
                        "IP 10.0.0.1.40000 > 10.0.0.2.9000: tcp 0",
                        "IP 10.0.0.1.40000 > 10.0.0.2.9000: tcp 5",
                        "IP 10.0.0.2.9000 > 10.0.0.1.40000: tcp 0",
                        "IP 10.0.0.2.9000 > 10.0.0.1.40000: tcp 0",
                        "IP 10.0.0.1.40000 > 10.0.0.2.9000: tcp 0",
                    ],
                ),
            ],
        ),
        case(
            "tcp oddities",
            LinkType::RAW,
            vec![
                segment(out, 1, 0, 0x00, &[], b""),
                segment(
                    out,
                    1,
                    0,
                    0xe2,
                    &[34, 10, 1, 2, 3, 4, 5, 6, 7, 8, 28, 4, 0, 60, 253, 4, 1, 2, 0, 0],
                    b"",
                ),
                segment(out, 1, 0, 0x02, &[2, 9, 0, 0], b""),
                ipv4(6, &segment(out, 1, 0, 0x02, &[], b"")[20..30]),
            ],
            &[(
                "-n",
                &[
                    "IP 10.0.0.1.40000 > 10.0.0.2.9000: Flags [none], win 64240, length 0",
                    "IP 10.0.0.1.40000 > 10.0.0.2.9000: Flags [SUEW], seq 1, win 64240, urg 0, options [tfo  cookie 0102030405060708,uto 0x3c 30,unknown-253 0x0102,eol], length 0",
                    "IP 10.0.0.1.40000 > 10.0.0.2.9000: Flags [S], seq 1, win 64240, options [[bad opt]",
                    "IP 10.0.0.1.40000 > 10.0.0.2.9000:  [|tcp]",
                ],
            )],
        ),
    ]
}

fn dns_messages() -> Vec<Case> {
    let asked = question(&["www", "example", "com"], 1);
    let alias = [&[3][..], b"cdn", &[0xc0, 16]].concat();
    let answer = [&asked[..], &record(5, &alias), &record(1, &[10, 0, 0, 9])].concat();
    let text = [&question(&["a"], 16)[..], &record(16, b"\x05hello\x03\x1b[m")].concat();
    let mut multicast = question(&["printer", "local"], 28);
    let class = multicast.len() - 2;
    multicast[class] = 0x80;
    let over_tcp = |message: &[u8]| {
        let payload = [&(message.len() as u16).to_be_bytes()[..], message].concat();
        let ports = [40000, 53];
        ipv4(
            6,
            &Tcp { ports, sequence: 1, acknowledgement: 1, flags: 0x18, options: &[], payload: &payload }
                .bytes(),
        )
    };
    vec![
        case(
            "dns",
            LinkType::RAW,
            vec![
                ipv4(17, &udp(40000, 53, &dns(0x0100, [1, 0, 0, 0], &asked))),
                ipv4(17, &udp(53, 40000, &dns(0x8180, [1, 2, 0, 0], &answer))),
                ipv4(17, &udp(53, 40000, &dns(0x8583, [1, 0, 0, 0], &asked))),
                ipv4(17, &udp(53, 40000, &dns(0x8400, [1, 1, 0, 0], &text))),
                ipv6(
                    17,
                    &udp(
                        40000,
                        53,
                        &dns(
                            0x0110,
                            [1, 0, 0, 1],
                            &[&asked[..], &[0, 0, 41, 4, 208, 0, 0, 128, 0, 0, 0]].concat(),
                        ),
                    ),
                ),
                ipv4(17, &udp(40000, 53, &dns(0x0100, [1, 0, 0, 0], &asked)[..20])),
                over_tcp(&dns(0x0100, [1, 0, 0, 0], &asked)),
            ],
            &[
                (
                    "-n",
                    &[
                        "IP 10.0.0.1.40000 > 10.0.0.2.53: 4660+ A? www.example.com. (33)",
                        "IP 10.0.0.1.53 > 10.0.0.2.40000: 4660 2/0/0 CNAME cdn.example.com., A 10.0.0.9 (67)",
                        "IP 10.0.0.1.53 > 10.0.0.2.40000: 4660 NXDomain* 0/0/0 (33)",
                        "IP 10.0.0.1.53 > 10.0.0.2.40000: 4660*- 1/0/0 TXT \"hello\" \"^[[m\" (41)",
                        "IP6 2001:db8::1.40000 > 2001:db8::2.53: 4660+% [1au] A? www.example.com. (44)",
                        "IP 10.0.0.1.40000 > 10.0.0.2.53: 4660+ [|domain]",
                        "IP 10.0.0.1.40000 > 10.0.0.2.53: Flags [P.], seq 1:36, ack 1, win 64240, length 35 4660+ A? www.example.com. (33)",
                    ],
                ),
                (
                    "-nq",
                    &[
                        "IP 10.0.0.1.40000 > 10.0.0.2.53: UDP, length 33",
                        "IP 10.0.0.1.53 > 10.0.0.2.40000: UDP, length 67",
                        "IP 10.0.0.1.53 > 10.0.0.2.40000: UDP, length 33",
                        "IP 10.0.0.1.53 > 10.0.0.2.40000: UDP, length 41",
                        "IP6 2001:db8::1.40000 > 2001:db8::2.53: UDP, length 44",
                        "IP 10.0.0.1.40000 > 10.0.0.2.53: UDP, length 20",
                        "IP 10.0.0.1.40000 > 10.0.0.2.53: tcp 35",
                    ],
                ),
            ],
        ),
        case(
            "multicast dns",
            LinkType::RAW,
            vec![ipv4(17, &udp(5353, 5353, &dns(0, [1, 0, 0, 0], &multicast)))],
            &[("-n", &["IP 10.0.0.1.5353 > 10.0.0.2.5353: 4660 AAAA (QU)? printer.local. (31)"])],
        ),
    ]
}
