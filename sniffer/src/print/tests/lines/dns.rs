//! DNS.

use super::super::Case;
use super::super::build::*;
use super::case;
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    let asked = question(&["www", "example", "com"], 1);
    let alias = [&[3][..], b"cdn", &[0xc0, 16]].concat();
    let answer = [&asked[..], &record(5, &alias), &record(1, &[10, 0, 0, 9])].concat();
    let text = [&question(&["a"], 16)[..], &record(16, b"\x05hello\x03\x1b[m")].concat();
    let mut multicast = question(&["printer", "local"], 28);
    let class = multicast.len() - 2;
    multicast[class] = 0x80;
    let over_tcp = |message: &[u8]| segment(message.len() as u16, message);
    vec![
        prefixes(&dns(0x0100, [1, 0, 0, 0], &asked)),
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
                    "-nv",
                    &[
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 61, bad cksum 0 (->147a)!)\n    10.0.0.1.40000 > 10.0.0.2.53: 4660+ A? www.example.com. (33)",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 95, bad cksum 0 (->1458)!)\n    10.0.0.1.53 > 10.0.0.2.40000: 4660 2/0/0 www.example.com. CNAME cdn.example.com., www.example.com. A 10.0.0.9 (67)",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 61, bad cksum 0 (->147a)!)\n    10.0.0.1.53 > 10.0.0.2.40000: 4660 NXDomain* 0/0/0 (33)",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 69, bad cksum 0 (->1472)!)\n    10.0.0.1.53 > 10.0.0.2.40000: 4660*- 1/0/0 a. TXT \"hello\" \"^[[m\" (41)",
                        "IP6 (hlim 64, next-header UDP (17) payload length: 52) 2001:db8::1.40000 > 2001:db8::2.53: [bad udp cksum 0x0000 -> 0x2601!] 4660+% [1au] A? www.example.com. (44)",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 48, bad cksum 0 (->1487)!)\n    10.0.0.1.40000 > 10.0.0.2.53: 4660+ [|domain]",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 75, bad cksum 0 (->1477)!)\n    10.0.0.1.40000 > 10.0.0.2.53: Flags [P.], cksum 0x0000 (incorrect -> 0xa78d), seq 1:36, ack 1, win 64240, length 35 4660+ A? www.example.com. (33)",
                    ],
                ),
                (
                    "-nvv",
                    &[
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 61, bad cksum 0 (->147a)!)\n    10.0.0.1.40000 > 10.0.0.2.53: [no cksum] 4660+ A? www.example.com. (33)",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 95, bad cksum 0 (->1458)!)\n    10.0.0.1.53 > 10.0.0.2.40000: [no cksum] 4660 q: A? www.example.com. 2/0/0 www.example.com. CNAME cdn.example.com., www.example.com. A 10.0.0.9 (67)",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 61, bad cksum 0 (->147a)!)\n    10.0.0.1.53 > 10.0.0.2.40000: [no cksum] 4660 NXDomain* q: A? www.example.com. 0/0/0 (33)",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 69, bad cksum 0 (->1472)!)\n    10.0.0.1.53 > 10.0.0.2.40000: [no cksum] 4660*- q: TXT? a. 1/0/0 a. TXT \"hello\" \"^[[m\" (41)",
                        "IP6 (hlim 64, next-header UDP (17) payload length: 52) 2001:db8::1.40000 > 2001:db8::2.53: [bad udp cksum 0x0000 -> 0x2601!] 4660+% [1au] A? www.example.com. ar: . OPT UDPsize=1232 DO (44)",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 48, bad cksum 0 (->1487)!)\n    10.0.0.1.40000 > 10.0.0.2.53: [no cksum] 4660+ [|domain]",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 75, bad cksum 0 (->1477)!)\n    10.0.0.1.40000 > 10.0.0.2.53: Flags [P.], cksum 0x0000 (incorrect -> 0xa78d), seq 1:36, ack 1, win 64240, length 35 4660+ A? www.example.com. (33)",
                    ],
                ),
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

/// A segment that begins with a length of a message.
fn segment(prefix: u16, message: &[u8]) -> Vec<u8> {
    let payload = [&prefix.to_be_bytes()[..], message].concat();
    let (ports, options, payload) = ([40000, 53], &[], &payload);
    ipv4(6, &Tcp { ports, sequence: 1, acknowledgement: 1, flags: 0x18, options, payload }.bytes())
}

/// Segments that do not end with their first message.
fn prefixes(message: &[u8]) -> Case {
    let frames = vec![segment(400, message), segment(5, b"hell"), segment(4, b"hell")];
    let lines: &[_] = &[
        "IP 10.0.0.1.40000 > 10.0.0.2.53: Flags [P.], seq 1:36, ack 1, win 64240, length 35 [prefix length(400) != length(33)] (invalid)",
        "IP 10.0.0.1.40000 > 10.0.0.2.53: Flags [P.], seq 1:7, ack 1, win 64240, length 6 [prefix length(5) != length(4)] (invalid)",
        "IP 10.0.0.1.40000 > 10.0.0.2.53: Flags [P.], seq 1:7, ack 1, win 64240, length 6 domain [length 4 < 12] (invalid)",
    ];
    case("dns over tcp in parts", LinkType::RAW, frames, &[("-nS", lines)])
}
