//! ICMP, ICMPv6, IGMP, MLD.

use super::super::Case;
use super::super::build::*;
use super::case;
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    [icmp_messages(), multicast_listeners()].concat()
}

#[expect(clippy::too_many_lines, reason = "a table of packets and lines")]
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
            &[
                (
                    "-nv",
                    &[
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto ICMP (1), length 62, bad cksum 0 (->1489)!)\n    10.0.0.1 > 10.0.0.2: ICMP 10.0.0.2 udp port 53 unreachable, length 42 (wrong icmp cksum 0 (->c718)!)\n\tIP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 34, bad cksum 0 (->1495)!)\n    10.0.0.1.1000 > 10.0.0.2.53: domain [length 6 < 12] (invalid)",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto ICMP (1), length 62, bad cksum 0 (->1489)!)\n    10.0.0.1 > 10.0.0.2: ICMP host 10.0.0.2 unreachable, length 42 (wrong icmp cksum 0 (->c71a)!)\n\tIP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 34, bad cksum 0 (->1495)!)\n    10.0.0.1.1000 > 10.0.0.2.53: domain [length 6 < 12] (invalid)",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto ICMP (1), length 62, bad cksum 0 (->1489)!)\n    10.0.0.1 > 10.0.0.2: ICMP 10.0.0.2 unreachable - need to frag (mtu 1500), length 42 (wrong icmp cksum 0 (->c13b)!)\n\tIP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 34, bad cksum 0 (->1495)!)\n    10.0.0.1.1000 > 10.0.0.2.53: domain [length 6 < 12] (invalid)",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto ICMP (1), length 62, bad cksum 0 (->1489)!)\n    10.0.0.1 > 10.0.0.2: ICMP host 10.0.0.2 unreachable - admin prohibited filter, length 42 (wrong icmp cksum 0 (->c70e)!)\n\tIP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 34, bad cksum 0 (->1495)!)\n    10.0.0.1.1000 > 10.0.0.2.53: domain [length 6 < 12] (invalid)",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto ICMP (1), length 62, bad cksum 0 (->1489)!)\n    10.0.0.1 > 10.0.0.2: ICMP redirect 10.0.0.2 to host 10.0.0.254, length 42 (wrong icmp cksum 0 (->ba1c)!)\n\tIP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 34, bad cksum 0 (->1495)!)\n    10.0.0.1.1000 > 10.0.0.2.53: domain [length 6 < 12] (invalid)",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto ICMP (1), length 62, bad cksum 0 (->1489)!)\n    10.0.0.1 > 10.0.0.2: ICMP time exceeded in-transit, length 42 (wrong icmp cksum 0 (->bf1b)!)\n\tIP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 34, bad cksum 0 (->1495)!)\n    10.0.0.1.1000 > 10.0.0.2.53: domain [length 6 < 12] (invalid)",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto ICMP (1), length 62, bad cksum 0 (->1489)!)\n    10.0.0.1 > 10.0.0.2: ICMP parameter problem - octet 20, length 42 (wrong icmp cksum 0 (->aa1b)!)\n\tIP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 34, bad cksum 0 (->1495)!)\n    10.0.0.1.1000 > 10.0.0.2.53: domain [length 6 < 12] (invalid)",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto ICMP (1), length 40, bad cksum 0 (->149f)!)\n    10.0.0.1 > 10.0.0.2:  [|icmp]",
                    ],
                ),
                (
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
                ),
            ],
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
            &[
                (
                    "-nv",
                    &[
                        "IP6 (hlim 64, next-header ICMPv6 (58) payload length: 16) 2001:db8::1 > 2001:db8::2: [bad icmp6 cksum 0x0000 -> 0x66ec!] ICMP6, echo request, id 1, seq 2",
                        "IP6 (hlim 64, next-header ICMPv6 (58) payload length: 62) 2001:db8::1 > 2001:db8::2: [bad icmp6 cksum 0x0000 -> 0x8bd1!] ICMP6, destination unreachable, unreachable port, 2001:db8::2 udp port 53",
                        "IP6 (hlim 64, next-header ICMPv6 (58) payload length: 62) 2001:db8::1 > 2001:db8::2: [bad icmp6 cksum 0x0000 -> 0x85d5!] ICMP6, packet too big, mtu 1280",
                        "IP6 (hlim 64, next-header ICMPv6 (58) payload length: 62) 2001:db8::1 > 2001:db8::2: [bad icmp6 cksum 0x0000 -> 0x89d5!] ICMP6, time exceeded in-transit for 2001:db8::2",
                        "IP6 (hlim 64, next-header ICMPv6 (58) payload length: 62) 2001:db8::1 > 2001:db8::2: [bad icmp6 cksum 0x0000 -> 0x88ce!] ICMP6, parameter problem, next header - octet 6",
                        "IP6 (hlim 64, next-header ICMPv6 (58) payload length: 24) 2001:db8::1 > 2001:db8::2: [bad icmp6 cksum 0x0000 -> 0x1eae!] ICMP6, neighbor solicitation, length 24, who has fe80::9",
                        "IP6 (hlim 64, next-header ICMPv6 (58) payload length: 24) 2001:db8::1 > 2001:db8::2: [bad icmp6 cksum 0x0000 -> 0xbdad!] ICMP6, neighbor advertisement, length 24, tgt is fe80::9, Flags [solicited, override]",
                        "IP6 (hlim 64, next-header ICMPv6 (58) payload length: 8) 2001:db8::1 > 2001:db8::2: [bad icmp6 cksum 0x0000 -> 0x1f48!] ICMP6, router solicitation, length 8",
                        "IP6 (hlim 64, next-header ICMPv6 (58) payload length: 40) 2001:db8::1 > 2001:db8::2: [bad icmp6 cksum 0x0000 -> 0x1e14!] ICMP6, redirect, length 40, fe80::9 to fe80::9",
                    ],
                ),
                (
                    "-nvv",
                    &[
                        "IP6 (hlim 64, next-header ICMPv6 (58) payload length: 16) 2001:db8::1 > 2001:db8::2: [bad icmp6 cksum 0x0000 -> 0x66ec!] ICMP6, echo request, id 1, seq 2",
                        "IP6 (hlim 64, next-header ICMPv6 (58) payload length: 62) 2001:db8::1 > 2001:db8::2: [bad icmp6 cksum 0x0000 -> 0x8bd1!] ICMP6, destination unreachable, unreachable port, 2001:db8::2 udp port 53",
                        "IP6 (hlim 64, next-header ICMPv6 (58) payload length: 62) 2001:db8::1 > 2001:db8::2: [bad icmp6 cksum 0x0000 -> 0x85d5!] ICMP6, packet too big, mtu 1280",
                        "IP6 (hlim 64, next-header ICMPv6 (58) payload length: 62) 2001:db8::1 > 2001:db8::2: [bad icmp6 cksum 0x0000 -> 0x89d5!] ICMP6, time exceeded in-transit for 2001:db8::2",
                        "IP6 (hlim 64, next-header ICMPv6 (58) payload length: 62) 2001:db8::1 > 2001:db8::2: [bad icmp6 cksum 0x0000 -> 0x88ce!] ICMP6, parameter problem, next header - octet 6",
                        "IP6 (hlim 64, next-header ICMPv6 (58) payload length: 24) 2001:db8::1 > 2001:db8::2: [bad icmp6 cksum 0x0000 -> 0x1eae!] ICMP6, neighbor solicitation, length 24, who has fe80::9",
                        "IP6 (hlim 64, next-header ICMPv6 (58) payload length: 24) 2001:db8::1 > 2001:db8::2: [bad icmp6 cksum 0x0000 -> 0xbdad!] ICMP6, neighbor advertisement, length 24, tgt is fe80::9, Flags [solicited, override]",
                        "IP6 (hlim 64, next-header ICMPv6 (58) payload length: 8) 2001:db8::1 > 2001:db8::2: [bad icmp6 cksum 0x0000 -> 0x1f48!] ICMP6, router solicitation, length 8",
                        "IP6 (hlim 64, next-header ICMPv6 (58) payload length: 40) 2001:db8::1 > 2001:db8::2: [bad icmp6 cksum 0x0000 -> 0x1e14!] ICMP6, redirect, length 40, fe80::9 to fe80::9",
                    ],
                ),
                (
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
                ),
            ],
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
            &[
                (
                    "-nv",
                    &[
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto IGMP (2), length 28, bad cksum 0 (->14aa)!)\n    10.0.0.1 > 10.0.0.2: igmp query v1 bad igmp cksum 0!",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto IGMP (2), length 28, bad cksum 0 (->14aa)!)\n    10.0.0.1 > 10.0.0.2: igmp query v2 [max resp time 50] [gaddr 224.0.0.9] bad igmp cksum 0!",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto IGMP (2), length 36, bad cksum 0 (->14a2)!)\n    10.0.0.1 > 10.0.0.2: igmp query v3 [max resp time 24.8s] [gaddr 224.0.0.9, 1 source(s)] bad igmp cksum 0!",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto IGMP (2), length 28, bad cksum 0 (->14aa)!)\n    10.0.0.1 > 10.0.0.2: igmp v2 report 224.0.0.9 bad igmp cksum 0!",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto IGMP (2), length 28, bad cksum 0 (->14aa)!)\n    10.0.0.1 > 10.0.0.2: igmp leave 224.0.0.9 bad igmp cksum 0!",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto IGMP (2), length 36, bad cksum 0 (->14a2)!)\n    10.0.0.1 > 10.0.0.2: igmp v3 report, 1 group record(s) [gaddr 224.0.0.9 to_ex, 0 source(s)] bad igmp cksum 0!",
                    ],
                ),
                (
                    "-nvv",
                    &[
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto IGMP (2), length 28, bad cksum 0 (->14aa)!)\n    10.0.0.1 > 10.0.0.2: igmp query v1 bad igmp cksum 0!",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto IGMP (2), length 28, bad cksum 0 (->14aa)!)\n    10.0.0.1 > 10.0.0.2: igmp query v2 [max resp time 50] [gaddr 224.0.0.9] bad igmp cksum 0!",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto IGMP (2), length 36, bad cksum 0 (->14a2)!)\n    10.0.0.1 > 10.0.0.2: igmp query v3 [max resp time 24.8s] [gaddr 224.0.0.9 { 10.0.0.9 }] bad igmp cksum 0!",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto IGMP (2), length 28, bad cksum 0 (->14aa)!)\n    10.0.0.1 > 10.0.0.2: igmp v2 report 224.0.0.9 bad igmp cksum 0!",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto IGMP (2), length 28, bad cksum 0 (->14aa)!)\n    10.0.0.1 > 10.0.0.2: igmp leave 224.0.0.9 bad igmp cksum 0!",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto IGMP (2), length 36, bad cksum 0 (->14a2)!)\n    10.0.0.1 > 10.0.0.2: igmp v3 report, 1 group record(s) [gaddr 224.0.0.9 to_ex { }] bad igmp cksum 0!",
                    ],
                ),
                (
                    "-n",
                    &[
                        "IP 10.0.0.1 > 10.0.0.2: igmp query v1",
                        "IP 10.0.0.1 > 10.0.0.2: igmp query v2 [max resp time 50] [gaddr 224.0.0.9]",
                        "IP 10.0.0.1 > 10.0.0.2: igmp query v3 [max resp time 24.8s] [gaddr 224.0.0.9, 1 source(s)]",
                        "IP 10.0.0.1 > 10.0.0.2: igmp v2 report 224.0.0.9",
                        "IP 10.0.0.1 > 10.0.0.2: igmp leave 224.0.0.9",
                        "IP 10.0.0.1 > 10.0.0.2: igmp v3 report, 1 group record(s)",
                    ],
                ),
            ],
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
            &[
                (
                    "-nv",
                    &[
                        "IP6 (hlim 64, next-header ICMPv6 (58) payload length: 24) 2001:db8::1 > 2001:db8::2: [bad icmp6 cksum 0x0000 -> 0xfc1b!] ICMP6, multicast listener querymax resp delay: 10000 addr: ff02::9",
                        "IP6 (hlim 64, next-header ICMPv6 (58) payload length: 44) 2001:db8::1 > 2001:db8::2: [bad icmp6 cksum 0x0000 -> 0xfa7d!] ICMP6, multicast listener query v2 [max resp delay=10000] [gaddr ff02::9 robustness=2 qqi=125, 1 source(s)]",
                        "IP6 (hlim 64, next-header ICMPv6 (58) payload length: 24) 2001:db8::1 > 2001:db8::2: [bad icmp6 cksum 0x0000 -> 0x222c!] ICMP6, multicast listener reportmax resp delay: 0 addr: ff02::9",
                        "IP6 (hlim 64, next-header ICMPv6 (58) payload length: 28) 2001:db8::1 > 2001:db8::2: [bad icmp6 cksum 0x0000 -> 0x1227!] ICMP6, multicast listener report v2, 1 group record(s) [gaddr ff02::9 to_ex, 0 source(s)]",
                    ],
                ),
                (
                    "-nvv",
                    &[
                        "IP6 (hlim 64, next-header ICMPv6 (58) payload length: 24) 2001:db8::1 > 2001:db8::2: [bad icmp6 cksum 0x0000 -> 0xfc1b!] ICMP6, multicast listener querymax resp delay: 10000 addr: ff02::9",
                        "IP6 (hlim 64, next-header ICMPv6 (58) payload length: 44) 2001:db8::1 > 2001:db8::2: [bad icmp6 cksum 0x0000 -> 0xfa7d!] ICMP6, multicast listener query v2 [max resp delay=10000] [gaddr ff02::9 robustness=2 qqi=125 { ff02::9 }]",
                        "IP6 (hlim 64, next-header ICMPv6 (58) payload length: 24) 2001:db8::1 > 2001:db8::2: [bad icmp6 cksum 0x0000 -> 0x222c!] ICMP6, multicast listener reportmax resp delay: 0 addr: ff02::9",
                        "IP6 (hlim 64, next-header ICMPv6 (58) payload length: 28) 2001:db8::1 > 2001:db8::2: [bad icmp6 cksum 0x0000 -> 0x1227!] ICMP6, multicast listener report v2, 1 group record(s) [gaddr ff02::9 to_ex { }]",
                    ],
                ),
                (
                    "-n",
                    &[
                        "IP6 2001:db8::1 > 2001:db8::2: ICMP6, multicast listener querymax resp delay: 10000 addr: ff02::9, length 24",
                        "IP6 2001:db8::1 > 2001:db8::2: ICMP6, multicast listener query v2 [gaddr ff02::9, 1 source(s)], length 44",
                        "IP6 2001:db8::1 > 2001:db8::2: ICMP6, multicast listener reportmax resp delay: 0 addr: ff02::9, length 24",
                        "IP6 2001:db8::1 > 2001:db8::2: ICMP6, multicast listener report v2, 1 group record(s), length 28",
                    ],
                ),
            ],
        ),
    ]
}
