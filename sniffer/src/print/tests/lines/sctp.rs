//! SCTP and its chunks.

use super::super::Case;
use super::super::build::*;
use super::case;
use crate::packet::LinkType;

/// A packet of chunks from port 36412 to another.
fn packet(destination: u16, chunks: &[&[u8]]) -> Vec<u8> {
    let header =
        [&[0x8e, 0x3c][..], &destination.to_be_bytes(), &[1, 2, 3, 4, 0xaa, 0xbb, 0xcc, 0xdd]].concat();
    [&header[..], &chunks.concat()].concat()
}

fn ip(chunks: &[&[u8]]) -> Vec<u8> {
    ipv4(132, &packet(38412, chunks))
}

/// A chunk, padded.
fn chunk(kind: u8, flags: u8, value: &[u8]) -> Vec<u8> {
    let mut chunk = [&[kind, flags][..], &(4 + value.len() as u16).to_be_bytes(), value].concat();
    chunk.resize(chunk.len().next_multiple_of(4), 0);
    chunk
}

fn data(flags: u8, protocol: u8, payload: &[u8]) -> Vec<u8> {
    chunk(0, flags, &[&[0, 0, 1, 0, 0, 2, 0, 3, 0, 0, 0, protocol], payload].concat())
}

const INIT: [u8; 16] = [0, 0, 0, 9, 0, 1, 0, 0, 0, 10, 0xff, 0xff, 0, 0, 1, 0];

pub(super) fn cases() -> Vec<Case> {
    vec![chunks(), sacks(), damaged()]
}

fn chunks() -> Case {
    case(
        "sctp chunks",
        LinkType::RAW,
        vec![
            ip(&[&chunk(1, 0, &INIT)]),
            ip(&[&chunk(2, 0, &[&INIT[..], &[0, 7, 0, 8, 1, 2, 3, 4]].concat())]),
            ip(&[&chunk(10, 0, &[1; 8]), &data(3, 18, b"hello")]),
            ip(&[&data(2, 0, b"a"), &data(0, 60, b"bcd"), &data(5, 27, b"e")]),
            ip(&[&chunk(4, 0, &[0, 1, 0, 8, 1, 2, 3, 4]), &chunk(5, 0, &[]), &chunk(11, 0, &[])]),
            ip(&[&chunk(6, 1, &[]), &chunk(7, 0, &[0; 4]), &chunk(8, 0, &[]), &chunk(14, 0, &[])]),
            ip(&[
                &chunk(9, 0, &[0; 4]),
                &chunk(12, 0, &[0; 4]),
                &chunk(13, 0, &[0; 4]),
                &chunk(0xc0, 0, &[0; 4]),
            ]),
            ip(&[&chunk(0x82, 0, &[0; 4]), &chunk(0xc1, 0, &[0; 4])]),
            ip(&[]),
            ipv6(132, &packet(38412, &[&chunk(11, 0, &[])])),
            ipv4(132, &packet(6704, &[&chunk(11, 0, &[])])),
        ],
        &[
            (
                "-n",
                &[
                    "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [INIT] [init tag: 9] [rwnd: 65536] [OS: 10] [MIS: 65535] [init TSN: 256] ",
                    "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [INIT ACK] [init tag: 9] [rwnd: 65536] [OS: 10] [MIS: 65535] [init TSN: 256] ",
                    "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [COOKIE ECHO] , (2) [DATA] (B)(E) [TSN: 256] [SID: 2] [SSEQ 3] [PPID S1AP] ",
                    "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [DATA] (B) [TSN: 256] [SID: 2] [SSEQ 3] [PPID 0x0] , (2) [DATA] [TSN: 256] [SID: 2] [SSEQ 3] [PPID 0x3c] , (3) [DATA] (U)(E) [TSN: 256] [SID: 2] [SSEQ 3] [PPID X2AP] ",
                    "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [HB REQ] , (2) [HB ACK] , (3) [COOKIE ACK] ",
                    "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [ABORT] , (2) [SHUTDOWN] , (3) [SHUTDOWN ACK] , (4) [SHUTDOWN COMPLETE] ",
                    "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [OP ERR] , (2) [ECN ECHO] , (3) [ECN CWR] , (4) [FOR CUM TSN] ",
                    "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [Unknown chunk type: 0x82] , (2) [REL CTRL] ",
                    "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp",
                    "IP6 2001:db8::1.36412 > 2001:db8::2.38412: sctp (1) [COOKIE ACK] ",
                    "IP 10.0.0.1.36412 > 10.0.0.2.6704: sctp[ForCES HP] (1) [COOKIE ACK] ",
                ],
            ),
            (
                "-nv",
                &[
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto SCTP (132), length 52, bad cksum 0 (->1410)!)\n    10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [INIT] [init tag: 9] [rwnd: 65536] [OS: 10] [MIS: 65535] [init TSN: 256] ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto SCTP (132), length 60, bad cksum 0 (->1408)!)\n    10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [INIT ACK] [init tag: 9] [rwnd: 65536] [OS: 10] [MIS: 65535] [init TSN: 256] ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto SCTP (132), length 68, bad cksum 0 (->1400)!)\n    10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [COOKIE ECHO] , (2) [DATA] (B)(E) [TSN: 256] [SID: 2] [SSEQ 3] [PPID S1AP] ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto SCTP (132), length 92, bad cksum 0 (->13e8)!)\n    10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [DATA] (B) [TSN: 256] [SID: 2] [SSEQ 3] [PPID 0x0] , (2) [DATA] [TSN: 256] [SID: 2] [SSEQ 3] [PPID 0x3c] , (3) [DATA] (U)(E) [TSN: 256] [SID: 2] [SSEQ 3] [PPID X2AP] ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto SCTP (132), length 52, bad cksum 0 (->1410)!)\n    10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [HB REQ] , (2) [HB ACK] , (3) [COOKIE ACK] ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto SCTP (132), length 52, bad cksum 0 (->1410)!)\n    10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [ABORT] , (2) [SHUTDOWN] , (3) [SHUTDOWN ACK] , (4) [SHUTDOWN COMPLETE] ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto SCTP (132), length 64, bad cksum 0 (->1404)!)\n    10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [OP ERR] , (2) [ECN ECHO] , (3) [ECN CWR] , (4) [FOR CUM TSN] ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto SCTP (132), length 48, bad cksum 0 (->1414)!)\n    10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [Unknown chunk type: 0x82] , (2) [REL CTRL] ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto SCTP (132), length 32, bad cksum 0 (->1424)!)\n    10.0.0.1.36412 > 10.0.0.2.38412: sctp",
                    "IP6 (hlim 64, next-header SCTP (132) payload length: 16) 2001:db8::1.36412 > 2001:db8::2.38412: sctp (1) [COOKIE ACK] ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto SCTP (132), length 36, bad cksum 0 (->1420)!)\n    10.0.0.1.36412 > 10.0.0.2.6704: sctp[ForCES HP] (1) [COOKIE ACK] ",
                ],
            ),
            (
                "-nvv",
                &[
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto SCTP (132), length 52, bad cksum 0 (->1410)!)\n    10.0.0.1.36412 > 10.0.0.2.38412: sctp\n\t1) [INIT] [init tag: 9] [rwnd: 65536] [OS: 10] [MIS: 65535] [init TSN: 256] ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto SCTP (132), length 60, bad cksum 0 (->1408)!)\n    10.0.0.1.36412 > 10.0.0.2.38412: sctp\n\t1) [INIT ACK] [init tag: 9] [rwnd: 65536] [OS: 10] [MIS: 65535] [init TSN: 256] ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto SCTP (132), length 68, bad cksum 0 (->1400)!)\n    10.0.0.1.36412 > 10.0.0.2.38412: sctp\n\t1) [COOKIE ECHO] \n\t2) [DATA] (B)(E) [TSN: 256] [SID: 2] [SSEQ 3] [PPID S1AP] [Payload:\n\t0x0000:  6865 6c6c 6f                             hello]",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto SCTP (132), length 92, bad cksum 0 (->13e8)!)\n    10.0.0.1.36412 > 10.0.0.2.38412: sctp\n\t1) [DATA] (B) [TSN: 256] [SID: 2] [SSEQ 3] [PPID 0x0] [Payload:\n\t0x0000:  61                                       a]\n\t2) [DATA] [TSN: 256] [SID: 2] [SSEQ 3] [PPID 0x3c] [Payload:\n\t0x0000:  6263 64                                  bcd]\n\t3) [DATA] (U)(E) [TSN: 256] [SID: 2] [SSEQ 3] [PPID X2AP] [Payload:\n\t0x0000:  65                                       e]",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto SCTP (132), length 52, bad cksum 0 (->1410)!)\n    10.0.0.1.36412 > 10.0.0.2.38412: sctp\n\t1) [HB REQ] \n\t2) [HB ACK] \n\t3) [COOKIE ACK] ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto SCTP (132), length 52, bad cksum 0 (->1410)!)\n    10.0.0.1.36412 > 10.0.0.2.38412: sctp\n\t1) [ABORT] \n\t2) [SHUTDOWN] \n\t3) [SHUTDOWN ACK] \n\t4) [SHUTDOWN COMPLETE] ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto SCTP (132), length 64, bad cksum 0 (->1404)!)\n    10.0.0.1.36412 > 10.0.0.2.38412: sctp\n\t1) [OP ERR] \n\t2) [ECN ECHO] \n\t3) [ECN CWR] \n\t4) [FOR CUM TSN] ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto SCTP (132), length 48, bad cksum 0 (->1414)!)\n    10.0.0.1.36412 > 10.0.0.2.38412: sctp\n\t1) [Unknown chunk type: 0x82] \n\t2) [REL CTRL] ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto SCTP (132), length 32, bad cksum 0 (->1424)!)\n    10.0.0.1.36412 > 10.0.0.2.38412: sctp",
                    "IP6 (hlim 64, next-header SCTP (132) payload length: 16) 2001:db8::1.36412 > 2001:db8::2.38412: sctp\n\t1) [COOKIE ACK] ",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto SCTP (132), length 36, bad cksum 0 (->1420)!)\n    10.0.0.1.36412 > 10.0.0.2.6704: sctp[ForCES HP]\n\t1) [COOKIE ACK] ",
                ],
            ),
            (
                "-nq",
                &[
                    "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [INIT] [init tag: 9] [rwnd: 65536] [OS: 10] [MIS: 65535] [init TSN: 256] ",
                    "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [INIT ACK] [init tag: 9] [rwnd: 65536] [OS: 10] [MIS: 65535] [init TSN: 256] ",
                    "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [COOKIE ECHO] , (2) [DATA] (B)(E) [TSN: 256] [SID: 2] [SSEQ 3] [PPID S1AP] ",
                    "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [DATA] (B) [TSN: 256] [SID: 2] [SSEQ 3] [PPID 0x0] , (2) [DATA] [TSN: 256] [SID: 2] [SSEQ 3] [PPID 0x3c] , (3) [DATA] (U)(E) [TSN: 256] [SID: 2] [SSEQ 3] [PPID X2AP] ",
                    "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [HB REQ] , (2) [HB ACK] , (3) [COOKIE ACK] ",
                    "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [ABORT] , (2) [SHUTDOWN] , (3) [SHUTDOWN ACK] , (4) [SHUTDOWN COMPLETE] ",
                    "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [OP ERR] , (2) [ECN ECHO] , (3) [ECN CWR] , (4) [FOR CUM TSN] ",
                    "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [Unknown chunk type: 0x82] , (2) [REL CTRL] ",
                    "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp",
                    "IP6 2001:db8::1.36412 > 2001:db8::2.38412: sctp (1) [COOKIE ACK] ",
                    "IP 10.0.0.1.36412 > 10.0.0.2.6704: sctp[ForCES HP] (1) [COOKIE ACK] ",
                ],
            ),
        ],
    )
}

fn sacks() -> Case {
    let sack = |counts: [u8; 2], list: &[u8]| {
        chunk(3, 0, &[&[0xff, 0xff, 0xff, 0xff, 0, 1, 0, 0, 0, counts[0], 0, counts[1]], list].concat())
    };
    case(
        "sctp acknowledgements",
        LinkType::RAW,
        vec![
            ip(&[&sack([0, 0], &[])]),
            ip(&[&sack([2, 1], &[0, 2, 0, 3, 0, 5, 0, 6, 0, 0, 1, 2]), &chunk(11, 0, &[])]),
            ip(&[&sack([3, 1], &[0, 2, 0, 3]), &chunk(11, 0, &[])]),
            ip(&[&sack([2, 0], &[0, 2, 0, 3, 0, 5])]),
            ip(&[&sack([0, 2], &[0, 0, 1, 2, 9])]),
        ],
        &[(
            "-n",
            &[
                "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [SACK] [cum ack 4294967295] [a_rwnd 65536] [#gap acks 0] [#dup tsns 0] ",
                "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [SACK] [cum ack 4294967295] [a_rwnd 65536] [#gap acks 2] [#dup tsns 1] \n\t\t[gap ack block #1: start = 1, end = 2] \n\t\t[gap ack block #2: start = 4, end = 5] \n\t\t[dup TSN #1: 258] , (2) [COOKIE ACK] ",
                "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [SACK] [cum ack 4294967295] [a_rwnd 65536] [#gap acks 3] [#dup tsns 1] \n\t\t[gap ack block #1: start = 1, end = 2] , (2) [COOKIE ACK] ",
                "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [SACK] [cum ack 4294967295] [a_rwnd 65536] [#gap acks 2] [#dup tsns 0] \n\t\t[gap ack block #1: start = 1, end = 2] bogus chunk length 22]",
                "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [SACK] [cum ack 4294967295] [a_rwnd 65536] [#gap acks 0] [#dup tsns 2] \n\t\t[dup TSN #1: 258] bogus chunk length 21]",
            ],
        )],
    )
}

fn damaged() -> Case {
    case(
        "damaged sctp",
        LinkType::RAW,
        vec![
            ipv4(132, &[1, 2, 3]),
            ip(&[&[0, 0, 0]]),
            ip(&[&[11, 0, 0, 3]]),
            ip(&[&[11, 0, 0, 9]]),
            ip(&[&[11, 0, 0, 5, 1]]),
            ip(&[&chunk(0, 7, &[0; 11])]),
            ip(&[&data(0, 0, b"")]),
            ip(&[&chunk(1, 0, &[0; 15]), &chunk(11, 0, &[])]),
            ip(&[&chunk(3, 0, &[0; 11])]),
        ],
        &[(
            "-n",
            &[
                "IP truncated-sctp - 9 bytes missing!",
                "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [chunk descriptor cut off at end of packet]",
                "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [Bad chunk length 3, < size of chunk descriptor]",
                "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp [|sctp]",
                "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [COOKIE ACK]  [|sctp]",
                "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [DATA] (U)(B)(E) bogus chunk length 15]",
                "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [DATA] [TSN: 256] [SID: 2] [SSEQ 3] [PPID 0x0] bogus chunk length 16]",
                "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [INIT] bogus chunk length 19]",
                "IP 10.0.0.1.36412 > 10.0.0.2.38412: sctp (1) [SACK] bogus chunk length 15]",
            ],
        )],
    )
}
