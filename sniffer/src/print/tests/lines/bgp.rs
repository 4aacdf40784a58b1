//! BGP: its messages, as far as they are printed as tcpdump prints them.

use super::super::Case;
use super::super::build::*;
use super::case;
use crate::packet::LinkType;

fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    [&[0xff; 16][..], &[0, 19 + body.len() as u8, kind], body].concat()
}

fn segment(messages: &[&[u8]]) -> Vec<u8> {
    let payload = messages.concat();
    let segment = Tcp {
        ports: [40000, 179],
        sequence: 1,
        acknowledgement: 1,
        flags: 0x18,
        options: &[],
        payload: &payload,
    };
    ipv4(6, &segment.bytes())
}

pub(super) fn cases() -> Vec<Case> {
    let open = message(1, &[4, 0xfd, 0xe9, 0, 90, 10, 0, 0, 1, 0]);
    let keepalive = message(4, &[]);
    vec![case(
        "bgp",
        LinkType::RAW,
        vec![
            segment(&[&open]),
            segment(&[&keepalive, &keepalive]),
            segment(&[&[1, 2, 3], &keepalive]),
            segment(&[&keepalive, &open[..25]]),
            segment(&[&[0xff; 16], &[0, 18, 4]]),
            segment(&[b"nothing of BGP"]),
        ],
        &[
            (
                "-n",
                &[
                    "IP 10.0.0.1.40000 > 10.0.0.2.179: Flags [P.], seq 1:30, ack 1, win 64240, length 29: BGP",
                    "IP 10.0.0.1.40000 > 10.0.0.2.179: Flags [P.], seq 0:38, ack 1, win 64240, length 38: BGP",
                    "IP 10.0.0.1.40000 > 10.0.0.2.179: Flags [P.], seq 0:22, ack 1, win 64240, length 22: BGP",
                    "IP 10.0.0.1.40000 > 10.0.0.2.179: Flags [P.], seq 0:44, ack 1, win 64240, length 44: BGP",
                    "IP 10.0.0.1.40000 > 10.0.0.2.179: Flags [P.], seq 0:19, ack 1, win 64240, length 19: BGP",
                    "IP 10.0.0.1.40000 > 10.0.0.2.179: Flags [P.], seq 0:14, ack 1, win 64240, length 14: BGP",
                ],
            ),
            (
                "-nv",
                &[
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 69, bad cksum 0 (->147d)!)\n    10.0.0.1.40000 > 10.0.0.2.179: Flags [P.], cksum 0x0000 (incorrect -> 0xfa60), seq 1:30, ack 1, win 64240, length 29: BGP\n\tOpen Message (1), length: 29\n\t  Version 4, my AS 65001, Holdtime 90s, ID 10.0.0.1\n\t  Optional parameters, length: 0",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 78, bad cksum 0 (->1474)!)\n    10.0.0.1.40000 > 10.0.0.2.179: Flags [P.], cksum 0x0000 (incorrect -> 0xeca6), seq 0:38, ack 1, win 64240, length 38: BGP\n\tKeepalive Message (4), length: 19\n\tKeepalive Message (4), length: 19",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 62, bad cksum 0 (->1484)!)\n    10.0.0.1.40000 > 10.0.0.2.179: Flags [P.], cksum 0x0000 (incorrect -> 0xecc7), seq 0:22, ack 1, win 64240, length 22: BGP [|bgp]\n\tKeepalive Message (4), length: 19",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 84, bad cksum 0 (->146e)!)\n    10.0.0.1.40000 > 10.0.0.2.179: Flags [P.], cksum 0x0000 (incorrect -> 0x9a9b), seq 0:44, ack 1, win 64240, length 44: BGP\n\tKeepalive Message (4), length: 19\n[|BGP Open]",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 59, bad cksum 0 (->1487)!)\n    10.0.0.1.40000 > 10.0.0.2.179: Flags [P.], cksum 0x0000 (incorrect -> 0xffbe), seq 0:19, ack 1, win 64240, length 19: BGP\nmessage length 18 < 19 (invalid)",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 54, bad cksum 0 (->148c)!)\n    10.0.0.1.40000 > 10.0.0.2.179: Flags [P.], cksum 0x0000 (incorrect -> 0x7976), seq 0:14, ack 1, win 64240, length 14: BGP",
                ],
            ),
            (
                "-nq",
                &[
                    "IP 10.0.0.1.40000 > 10.0.0.2.179: tcp 29",
                    "IP 10.0.0.1.40000 > 10.0.0.2.179: tcp 38",
                    "IP 10.0.0.1.40000 > 10.0.0.2.179: tcp 22",
                    "IP 10.0.0.1.40000 > 10.0.0.2.179: tcp 44",
                    "IP 10.0.0.1.40000 > 10.0.0.2.179: tcp 19",
                    "IP 10.0.0.1.40000 > 10.0.0.2.179: tcp 14",
                ],
            ),
        ],
    )]
}
