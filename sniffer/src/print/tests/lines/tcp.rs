//! TCP.

use super::super::Case;
use super::super::build::*;
use super::case;
use crate::packet::LinkType;

#[expect(clippy::too_many_lines, reason = "a table of packets and lines")]
pub(super) fn cases() -> Vec<Case> {
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
                    "-nv",
                    &[
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 60, bad cksum 0 (->1486)!)\n    10.0.0.1.40000 > 10.0.0.2.9000: Flags [S], cksum 0x0000 (incorrect -> 0x75bb), seq 1000, win 64240, options [mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 7], length 0",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 60, bad cksum 0 (->1486)!)\n    10.0.0.2.9000 > 10.0.0.1.40000: Flags [S.], cksum 0x0000 (incorrect -> 0x6222), seq 5000, ack 1001, win 64240, options [mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 7], length 0",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 40, bad cksum 0 (->149a)!)\n    10.0.0.1.40000 > 10.0.0.2.9000: Flags [.], cksum 0x0000 (incorrect -> 0xca06), ack 1, win 64240, length 0",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 57, bad cksum 0 (->1489)!)\n    10.0.0.1.40000 > 10.0.0.2.9000: Flags [P.], cksum 0x0000 (incorrect -> 0x4d0d), seq 1:6, ack 1, win 64240, options [nop,nop,TS val 2 ecr 1], length 5",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 52, bad cksum 0 (->148e)!)\n    10.0.0.2.9000 > 10.0.0.1.40000: Flags [.], cksum 0x0000 (incorrect -> 0x8830), ack 6, win 64240, options [nop,nop,sack 1 {1:1001}], length 0",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 40, bad cksum 0 (->149a)!)\n    10.0.0.2.9000 > 10.0.0.1.40000: Flags [F.], cksum 0x0000 (incorrect -> 0xca00), seq 1, ack 6, win 64240, length 0",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 40, bad cksum 0 (->149a)!)\n    10.0.0.1.40000 > 10.0.0.2.9000: Flags [R.], cksum 0x0000 (incorrect -> 0xc9fc), seq 6, ack 2, win 64240, length 0",
                    ],
                ),
                (
                    "-nvv",
                    &[
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 60, bad cksum 0 (->1486)!)\n    10.0.0.1.40000 > 10.0.0.2.9000: Flags [S], cksum 0x0000 (incorrect -> 0x75bb), seq 1000, win 64240, options [mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 7], length 0",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 60, bad cksum 0 (->1486)!)\n    10.0.0.2.9000 > 10.0.0.1.40000: Flags [S.], cksum 0x0000 (incorrect -> 0x6222), seq 5000, ack 1001, win 64240, options [mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 7], length 0",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 40, bad cksum 0 (->149a)!)\n    10.0.0.1.40000 > 10.0.0.2.9000: Flags [.], cksum 0x0000 (incorrect -> 0xca06), seq 1, ack 1, win 64240, length 0",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 57, bad cksum 0 (->1489)!)\n    10.0.0.1.40000 > 10.0.0.2.9000: Flags [P.], cksum 0x0000 (incorrect -> 0x4d0d), seq 1:6, ack 1, win 64240, options [nop,nop,TS val 2 ecr 1], length 5",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 52, bad cksum 0 (->148e)!)\n    10.0.0.2.9000 > 10.0.0.1.40000: Flags [.], cksum 0x0000 (incorrect -> 0x8830), seq 1, ack 6, win 64240, options [nop,nop,sack 1 {1:1001}], length 0",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 40, bad cksum 0 (->149a)!)\n    10.0.0.2.9000 > 10.0.0.1.40000: Flags [F.], cksum 0x0000 (incorrect -> 0xca00), seq 1, ack 6, win 64240, length 0",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 40, bad cksum 0 (->149a)!)\n    10.0.0.1.40000 > 10.0.0.2.9000: Flags [R.], cksum 0x0000 (incorrect -> 0xc9fc), seq 6, ack 2, win 64240, length 0",
                    ],
                ),
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
        case(
            "multipath tcp",
            LinkType::RAW,
            vec![
                segment(out, 1, 0, 0x02, &[30, 4, 0x01, 0x81], b""),
                segment(
                    out,
                    1,
                    1,
                    0x10,
                    &[30, 20, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
                    b"",
                ),
                segment(out, 1, 0, 0x02, &[30, 12, 0x11, 7, 1, 2, 3, 4, 5, 6, 7, 8], b""),
                segment(out, 1, 1, 0x10, &[30, 8, 0x20, 1, 0, 0, 0, 9], b""),
                segment(out, 1, 1, 0x10, &[30, 8, 0x34, 1, 10, 0, 0, 9], b""),
                segment(out, 1, 1, 0x10, &[30, 3, 0x20, 1], b""),
            ],
            &[(
                "-n",
                &[
                    "IP 10.0.0.1.40000 > 10.0.0.2.9000: Flags [S], seq 1, win 64240, options [mptcp 4 capable v1 csum], length 0",
                    "IP 10.0.0.1.40000 > 10.0.0.2.9000: Flags [.], ack 1, win 64240, options [mptcp 20 capable v0 {0x102030405060708,0x90a0b0c0d0e0f10}], length 0",
                    "IP 10.0.0.1.40000 > 10.0.0.2.9000: Flags [S], seq 1, win 64240, options [mptcp 12 join backup id 7 token 0x1020304 nonce 0x5060708], length 0",
                    "IP 10.0.0.1.40000 > 10.0.0.2.9000: Flags [.], ack 1, win 64240, options [mptcp 8 dss ack 9], length 0",
                    "IP 10.0.0.1.40000 > 10.0.0.2.9000: Flags [.], ack 1, win 64240, options [mptcp 8 add-addr v0-ip4 id 1 10.0.0.9], length 0",
                    "IP 10.0.0.1.40000 > 10.0.0.2.9000: Flags [.], ack 1, win 64240, options [mptcp 3 dss[bad opt]",
                ],
            )],
        ),
    ]
}
