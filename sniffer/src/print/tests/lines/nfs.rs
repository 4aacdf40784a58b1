//! Calls and replies of NFS.

use super::super::Case;
use super::super::build::*;
use super::case;
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    [calls(), names(), streams()].concat()
}

/// A call with credentials of five bytes.
fn call(version: u32, procedure: u32, arguments: &[u8]) -> Vec<u8> {
    let head = [7_u32, 0, 2, 100_003, version, procedure, 1, 5].map(u32::to_be_bytes).concat();
    [&head[..], &[1, 2, 3, 4, 5, 0, 0, 0], &[0; 8], arguments].concat()
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

/// A handle of eight bytes, or of the fixed length of version 2; tcpdump knows neither.
fn handle(version: u32) -> Vec<u8> {
    if version == 3 { [&[0, 0, 0, 8][..], &[0xab; 8]].concat() } else { vec![0xab; 32] }
}

fn name(name: &[u8]) -> Vec<u8> {
    let mut bytes = words(&[name.len() as u32]);
    bytes.extend(name);
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

fn request(version: u32, procedure: u32, arguments: &[Vec<u8>]) -> Vec<u8> {
    ipv4(17, &udp(900, 2049, &call(version, procedure, &arguments.concat())))
}

fn calls() -> Vec<Case> {
    let access = |bits: u32| request(3, 4, &[handle(3), words(&[bits])]);
    vec![case(
        "nfs",
        LinkType::RAW,
        vec![
            request(3, 0, &[]),
            request(3, 1, &[handle(3)]),
            access(0x3f),
            access(0x0d),
            access(0x40),
            request(3, 6, &[handle(3), words(&[1, 2, 4096])]),
            request(3, 7, &[handle(3), words(&[0, 8, 512, 2, 512])]),
            request(3, 16, &[handle(3), words(&[0, 9, 1, 2, 1024])]),
            request(3, 17, &[handle(3), words(&[0xffff_ffff, 0xffff_fffe, 1, 2, 1024, 2048])]),
            request(3, 21, &[handle(3), words(&[0, 9, 64])]),
            request(3, 99, &[]),
            request(2, 6, &[handle(2), words(&[16, 4096, 0])]),
            request(2, 8, &[handle(2), words(&[0, 16, 32, 64])]),
            request(2, 16, &[handle(2), words(&[3, 1024])]),
            request(2, 17, &[handle(2)]),
            request(2, 3, &[]),
            ipv4(17, &udp(900, 2049, &words(&[7, 0, 2, 100_003, 3]))),
        ],
        &[
            (
                "-n",
                &[
                    "IP 10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 48 null",
                    "IP 10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 60 getattr fh Un/ABABABABABABABAB",
                    "IP 10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 64 access fh Un/ABABABABABABABAB NFS_ACCESS_FULL",
                    "IP 10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 64 access fh Un/ABABABABABABABAB NFS_ACCESS_READ|NFS_ACCESS_MODIFY|NFS_ACCESS_EXTEND",
                    "IP 10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 64 access fh Un/ABABABABABABABAB 0040",
                    "IP 10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 72 read fh Un/ABABABABABABABAB 4096 bytes @ 4294967298",
                    "IP 10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 80 write fh Un/ABABABABABABABAB 512 (512) bytes @ 8",
                    "IP 10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 80 readdir fh Un/ABABABABABABABAB 1024 bytes @ 9",
                    "IP 10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 84 readdirplus fh Un/ABABABABABABABAB 1024 bytes @ -2",
                    "IP 10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 72 commit fh Un/ABABABABABABABAB 64 bytes @ 9",
                    "IP 10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 48 proc-99",
                    "IP 10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 92 read fh Unknown/ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB 4096 bytes @ 16",
                    "IP 10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 96 write fh Unknown/ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB 64 (32) bytes @ 16 (0)",
                    "IP 10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 88 readdir fh Unknown/ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB 1024 bytes @ 3",
                    "IP 10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 80 fsstat fh Unknown/ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB",
                    "IP 10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 48 nop",
                    "IP 10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 20 [|nfs]",
                ],
            ),
            (
                "-nv",
                &[
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 76, bad cksum 0 (->146b)!)\n    10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 48 null",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 88, bad cksum 0 (->145f)!)\n    10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 60 getattr fh Un/ABABABABABABABAB",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 92, bad cksum 0 (->145b)!)\n    10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 64 access fh Un/ABABABABABABABAB NFS_ACCESS_FULL",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 92, bad cksum 0 (->145b)!)\n    10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 64 access fh Un/ABABABABABABABAB NFS_ACCESS_READ|NFS_ACCESS_MODIFY|NFS_ACCESS_EXTEND",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 92, bad cksum 0 (->145b)!)\n    10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 64 access fh Un/ABABABABABABABAB 0040",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 100, bad cksum 0 (->1453)!)\n    10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 72 read fh Un/ABABABABABABABAB 4096 bytes @ 4294967298",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 108, bad cksum 0 (->144b)!)\n    10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 80 write fh Un/ABABABABABABABAB 512 (512) bytes @ 8 <filesync>",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 108, bad cksum 0 (->144b)!)\n    10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 80 readdir fh Un/ABABABABABABABAB 1024 bytes @ 9 verf 0000000100000002",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 112, bad cksum 0 (->1447)!)\n    10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 84 readdirplus fh Un/ABABABABABABABAB 1024 bytes @ -2 max 2048 verf 0000000100000002",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 100, bad cksum 0 (->1453)!)\n    10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 72 commit fh Un/ABABABABABABABAB 64 bytes @ 9",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 76, bad cksum 0 (->146b)!)\n    10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 48 proc-99",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 120, bad cksum 0 (->143f)!)\n    10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 92 read fh Unknown/ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB 4096 bytes @ 16",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 124, bad cksum 0 (->143b)!)\n    10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 96 write fh Unknown/ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB 64 (32) bytes @ 16 (0)",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 116, bad cksum 0 (->1443)!)\n    10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 88 readdir fh Unknown/ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB 1024 bytes @ 3",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 108, bad cksum 0 (->144b)!)\n    10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 80 fsstat fh Unknown/ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 76, bad cksum 0 (->146b)!)\n    10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 48 nop",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 48, bad cksum 0 (->1487)!)\n    10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 20 [|nfs]",
                ],
            ),
        ],
    )]
}

fn names() -> Vec<Case> {
    let attributes = words(&[1, 0o644, 1, 5, 1, 6, 0, 2, 10, 20, 2, 30, 40]);
    let nothing = words(&[0, 0, 0, 0, 0, 0]);
    vec![case(
        "names in nfs",
        LinkType::RAW,
        vec![
            request(3, 3, &[handle(3), name(b"a\x1b[2Jb")]),
            request(2, 4, &[handle(2), name(b"passwd")]),
            request(3, 10, &[handle(3), name(b"link"), attributes.clone(), name(b"target")]),
            request(3, 11, &[handle(3), name(b"null"), words(&[4]), attributes, words(&[1, 3])]),
            request(3, 11, &[handle(3), name(b"fifo"), words(&[7]), nothing]),
            request(3, 14, &[handle(3), name(b"from"), handle(3), name(b"to")]),
            request(3, 15, &[handle(3), handle(3), name(b"other")]),
            request(3, 12, &[handle(3)]),
        ],
        &[
            (
                "-n",
                &[
                    "IP 10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 72 lookup fh Un/ABABABABABABABAB \"a^[[2Jb\"",
                    "IP 10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 92 lookup fh Unknown/ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB \"passwd\"",
                    "IP 10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 132 symlink fh Un/ABABABABABABABAB \"link\" ->\"target\"",
                    "IP 10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 132 mknod fh Un/ABABABABABABABAB \"null\" CHR",
                    "IP 10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 96 mknod fh Un/ABABABABABABABAB \"fifo\" FIFO",
                    "IP 10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 88 rename fh Un/ABABABABABABABAB \"from\" -> fh Un/ABABABABABABABAB \"to\"",
                    "IP 10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 84 link fh Un/ABABABABABABABAB -> fh Un/ABABABABABABABAB \"other\"",
                    "IP 10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 60 remove fh Un/ABABABABABABABAB  [|nfs]",
                ],
            ),
            (
                "-nvv",
                &[
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 100, bad cksum 0 (->1453)!)\n    10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 72 lookup fh Un/ABABABABABABABAB \"a^[[2Jb\"",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 120, bad cksum 0 (->143f)!)\n    10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 92 lookup fh Unknown/ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB \"passwd\"",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 160, bad cksum 0 (->1417)!)\n    10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 132 symlink fh Un/ABABABABABABABAB \"link\" ->\"target\" mode 644 uid 5 gid 6 atime 10.000020 mtime 30.000040",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 160, bad cksum 0 (->1417)!)\n    10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 132 mknod fh Un/ABABABABABABABAB \"null\" CHR 1/3 mode 644 uid 5 gid 6 atime 10.000020 mtime 30.000040",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 124, bad cksum 0 (->143b)!)\n    10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 96 mknod fh Un/ABABABABABABABAB \"fifo\" FIFO",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 116, bad cksum 0 (->1443)!)\n    10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 88 rename fh Un/ABABABABABABABAB \"from\" -> fh Un/ABABABABABABABAB \"to\"",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 112, bad cksum 0 (->1447)!)\n    10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 84 link fh Un/ABABABABABABABAB -> fh Un/ABABABABABABABAB \"other\"",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 88, bad cksum 0 (->145f)!)\n    10.0.0.1.900 > 10.0.0.2.2049: NFS request xid 7 60 remove fh Un/ABABABABABABABAB  [|nfs]",
                ],
            ),
        ],
    )]
}

fn streams() -> Vec<Case> {
    let segment = |ports: [u16; 2], mark: u32, payload: &[u8]| {
        let payload = [&mark.to_be_bytes()[..], payload].concat();
        let sequence = 1;
        Tcp { ports, sequence, acknowledgement: 1, flags: 0x18, options: &[], payload: &payload }.bytes()
    };
    let lookup = call(3, 3, &[handle(3), name(b"passwd")].concat());
    // The answer to a call that tcpdump has seen has more in its line there: no case has one.
    let reply = |words_behind: &[u32]| words(&[&[7, 1][..], words_behind].concat());
    vec![case(
        "nfs in streams",
        LinkType::RAW,
        vec![
            ipv4(6, &segment([900, 2049], 0x8000_0000 | lookup.len() as u32, &lookup)),
            ipv4(6, &segment([900, 2049], 0x8000_0fff, &lookup)),
            reversed(ipv4(6, &segment([2049, 900], 0x8000_0018, &words(&[9, 1, 0, 0, 0, 0])))),
            reversed(ipv4(17, &udp(2049, 900, &reply(&[1, 0, 2, 2])))),
            reversed(ipv4(17, &udp(2049, 900, &reply(&[1, 1, 5])))),
            reversed(ipv4(17, &udp(2049, 900, &reply(&[1, 1, 99])))),
            reversed(ipv4(17, &udp(2049, 900, &reply(&[1, 9])))),
            reversed(ipv4(17, &udp(2049, 900, &reply(&[9])))),
            reversed(ipv4(17, &udp(2049, 900, &reply(&[])))),
            ipv4(17, &udp(900, 2049, &reply(&[0]))),
        ],
        &[(
            "-n",
            &[
                "IP 10.0.0.1.900 > 10.0.0.2.2049: Flags [P.], seq 1:77, ack 1, win 64240, length 76: NFS request xid 7 72 lookup fh Un/ABABABABABABABAB \"passwd\"",
                "IP 10.0.0.1.900 > 10.0.0.2.2049: Flags [P.], seq 0:76, ack 1, win 64240, length 76: NFS request xid 7 72 lookup fh Un/ABABABABABABABAB \"passwd\"",
                "IP 10.0.0.2.2049 > 10.0.0.1.900: Flags [P.], seq 1:29, ack 0, win 64240, length 28: NFS reply xid 9 reply ok 24",
                "IP 10.0.0.2.2049 > 10.0.0.1.900: NFS reply xid 7 reply ERR 24: RPC Version mismatch (2-2)",
                "IP 10.0.0.2.2049 > 10.0.0.1.900: NFS reply xid 7 reply ERR 20: Auth Credentials are too weak",
                "IP 10.0.0.2.2049 > 10.0.0.1.900: NFS reply xid 7 reply ERR 20: Auth Invalid failure code 99",
                "IP 10.0.0.2.2049 > 10.0.0.1.900: NFS reply xid 7 reply ERR 16: Unknown reason for rejecting rpc message 9",
                "IP 10.0.0.2.2049 > 10.0.0.1.900: NFS reply xid 7 reply Unknown rpc response code=9 12",
                "IP 10.0.0.2.2049 > 10.0.0.1.900: NFS reply xid 7  [|nfs]",
                "IP 10.0.0.1.900 > 10.0.0.2.2049: UDP, length 12",
            ],
        )],
    )]
}
