//! IP and its extension headers.

use super::super::Case;
use super::super::build::*;
use super::case;
use crate::packet::LinkType;

#[expect(clippy::too_many_lines, reason = "a table of packets and lines")]
pub(super) fn cases() -> Vec<Case> {
    let datagram = udp(1000, 2000, b"four");
    vec![
        case(
            "udp over ipv4",
            LinkType::RAW,
            vec![ipv4(17, &datagram), ipv4_with(17, 0, &[0x94, 4, 0, 0], &datagram)],
            &[
                (
                    "-nv",
                    &[
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 32, bad cksum 0 (->1497)!)\n    10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 4",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [none], proto UDP (17), length 36, options (RA), bad cksum 0 (->bf8e)!)\n    10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 4",
                    ],
                ),
                (
                    "-nvv",
                    &[
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 32, bad cksum 0 (->1497)!)\n    10.0.0.1.1000 > 10.0.0.2.2000: [no cksum] UDP, length 4",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [none], proto UDP (17), length 36, options (RA), bad cksum 0 (->bf8e)!)\n    10.0.0.1.1000 > 10.0.0.2.2000: [no cksum] UDP, length 4",
                    ],
                ),
                (
                    "-n",
                    &[
                        "IP 10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 4",
                        "IP 10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 4",
                    ],
                ),
            ],
        ),
        case(
            "ipv4 fragments",
            LinkType::RAW,
            vec![ipv4_with(17, 0x2000, &[], &datagram), ipv4_with(17, 0x0002, &[], b"12345678")],
            &[
                (
                    "-nv",
                    &[
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [+], proto UDP (17), length 32, bad cksum 0 (->3497)!)\n    10.0.0.1.1000 > 10.0.0.2.2000: UDP, length 4",
                        "IP (tos 0x0, ttl 64, id 4660, offset 16, flags [none], proto UDP (17), length 28, bad cksum 0 (->5499)!)\n    10.0.0.1 > 10.0.0.2: ip-proto-17",
                    ],
                ),
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
            &[
                (
                    "-nv",
                    &[
                        "IP6 (hlim 64, next-header UDP (17) payload length: 12) 2001:db8::1.1000 > 2001:db8::2.2000: [bad udp cksum 0x0000 -> 0xbcc7!] UDP, length 4",
                        "IP6 (hlim 64, next-header Options (0) payload length: 20) 2001:db8::1 > 2001:db8::2: HBH (rtalert: 0x0000) (padn) 1000 > 2000: [bad udp cksum 0x0000 -> 0xbcc7!] UDP, length 4",
                        "IP6 (hlim 64, next-header Fragment (44) payload length: 20) 2001:db8::1 > 2001:db8::2: frag (0x00000009:0|12) 1000 > 2000: UDP, length 4",
                        "IP6 (hlim 64, next-header Fragment (44) payload length: 12) 2001:db8::1 > 2001:db8::2: frag (0x00000009:8|4)",
                        "IP6 (hlim 64, next-header unknown (59) payload length: 0) 2001:db8::1 > 2001:db8::2: no next header",
                        "IP6 (hlim 64, next-header unknown (253) payload length: 2) 2001:db8::1 > 2001:db8::2:  ip-proto-253 2",
                    ],
                ),
                (
                    "-n",
                    &[
                        "IP6 2001:db8::1.1000 > 2001:db8::2.2000: UDP, length 4",
                        "IP6 2001:db8::1 > 2001:db8::2: HBH 1000 > 2000: UDP, length 4",
                        "IP6 2001:db8::1 > 2001:db8::2: frag (0|12) 1000 > 2000: UDP, length 4",
                        "IP6 2001:db8::1 > 2001:db8::2: frag (8|4)",
                        "IP6 2001:db8::1 > 2001:db8::2: no next header",
                        "IP6 2001:db8::1 > 2001:db8::2:  ip-proto-253 2",
                    ],
                ),
            ],
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
