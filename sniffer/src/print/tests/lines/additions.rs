//! Protocols that tcpdump does not print: its lines, and what stands under them with `-v`.

use super::super::Case;
use super::super::build::*;
use super::case;
use crate::packet::LinkType;

/// The cases with what `-v` adds to each line.
pub(crate) fn additions() -> Vec<(Case, Vec<&'static str>)> {
    vec![tls(), dtls(), quic(), ssh(), smb(), gtpu()]
}

pub(super) fn cases() -> Vec<Case> {
    additions().into_iter().map(|(case, _)| case).collect()
}

/// A segment from a client.
fn segment(payload: &[u8]) -> Vec<u8> {
    let ports = [40000, 8443];
    ipv4(6, &Tcp { ports, sequence: 1, acknowledgement: 1, flags: 0x18, options: &[], payload }.bytes())
}

fn tls() -> (Case, Vec<&'static str>) {
    let client = [
        &[3, 3][..],
        &[7; 32],
        &[0, 0, 6, 0x1a, 0x1a, 0x13, 0x02, 0xc0, 0x2f, 1, 0],
        &extensions(&[
            (0, b"\0\x0e\0\0\x0bexample.com"),
            (16, b"\0\x0c\x02h2\x08http/1.1"),
            (43, &[6, 0x2a, 0x2a, 3, 4, 3, 3]),
            (13, &[0, 4, 4, 3, 8, 4]),
        ]),
    ];
    let client = client.concat();
    let server = [&[3, 3][..], &[7; 32], &[0, 0xc0, 0x2f, 0], &extensions(&[(16, b"\0\x03\x02h2")])].concat();
    let named = [&[3, 3][..], &[7; 32], &[0, 0, 0, 1, 0], &extensions(&[(0, b"\0\x07\0\0\x04\x1b[2J")])];
    let cut = handshake(1, &client);
    let case = case(
        "tls",
        LinkType::RAW,
        vec![
            segment(&handshake(1, &client)),
            segment(&handshake(2, &server)),
            segment(&handshake(1, &named.concat())),
            segment(&cut[..60]),
            segment(&[23, 3, 3, 0, 4, 1, 2, 3, 4]),
        ],
        &[(
            "-n",
            &[
                "IP 10.0.0.1.40000 > 10.0.0.2.8443: Flags [P.], seq 1:116, ack 1, win 64240, length 115",
                "IP 10.0.0.1.40000 > 10.0.0.2.8443: Flags [P.], seq 0:58, ack 1, win 64240, length 58",
                "IP 10.0.0.1.40000 > 10.0.0.2.8443: Flags [P.], seq 0:63, ack 1, win 64240, length 63",
                "IP 10.0.0.1.40000 > 10.0.0.2.8443: Flags [P.], seq 0:60, ack 1, win 64240, length 60",
                "IP 10.0.0.1.40000 > 10.0.0.2.8443: Flags [P.], seq 0:9, ack 1, win 64240, length 9",
            ],
        )],
    );
    (
        case,
        vec![
            "\n\tTLS, ClientHello, versions 0x2a2a 1.3 1.2, server name example.com, ALPN h2 http/1.1, cipher suites 3, JA4 t13d0204h2_c87603f571f4_ef5f37ab036a",
            "\n\tTLS, ServerHello, version 1.2, ALPN h2, cipher suite TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "\n\tTLS, ClientHello, versions 1.2, server name ^[[2J, cipher suites 0, JA4 t12d000100_000000000000_000000000000",
            "\n\tTLS, ClientHello, versions 1.2, cipher suites 3 [|tls]",
            "",
        ],
    )
}

/// A hello, one that comes in parts, and what is encrypted.
fn dtls() -> (Case, Vec<&'static str>) {
    let body = [
        &[0xfe, 0xfd][..],
        &[7; 32],
        &[0, 2, 9, 9, 0, 2, 0xc0, 0x2b, 1, 0],
        &extensions(&[(0, b"\0\x0e\0\0\x0bexample.com")]),
    ];
    let body = body.concat();
    let record = |epoch: u8, content: &[u8]| {
        let head = [22, 0xfe, 0xfd, 0, epoch, 0, 0, 0, 0, 0, 7, 0, content.len() as u8];
        ipv4(17, &udp(40000, 4433, &[&head[..], content].concat()))
    };
    let hello = |fragment: &[u8]| {
        let (len, part) = (body.len() as u8, fragment.len() as u8);
        [&[1, 0, 0, len, 0, 0, 0, 0, 0, 0, 0, part][..], fragment].concat()
    };
    let case = case(
        "dtls",
        LinkType::RAW,
        vec![record(0, &hello(&body)), record(0, &hello(&body[..43])), record(1, &hello(&body))],
        &[(
            "-n",
            &[
                "IP 10.0.0.1.40000 > 10.0.0.2.4433: UDP, length 91",
                "IP 10.0.0.1.40000 > 10.0.0.2.4433: UDP, length 68",
                "IP 10.0.0.1.40000 > 10.0.0.2.4433: UDP, length 91",
            ],
        )],
    );
    (
        case,
        vec![
            "\n\tDTLS, ClientHello, versions 1.2, server name example.com, cipher suites 1, JA4 dd2d010100_648b5c445417_000000000000",
            "\n\tDTLS, ClientHello, versions 1.2, cipher suites 1 [|tls]",
            "",
        ],
    )
}

/// Headers alone: what Initial packets protect is in the tests of JSON and fields.
fn quic() -> (Case, Vec<&'static str>) {
    let datagram = |packet: &[u8]| ipv4(17, &udp(40000, 443, packet));
    let case = case(
        "quic",
        LinkType::RAW,
        vec![
            datagram(&[0xe5, 0, 0, 0, 1, 2, 7, 8, 1, 9, 0x41, 0, 1]),
            datagram(&[0xd0, 0x6b, 0x33, 0x43, 0xcf, 0, 0, 1, 5, 2, 1, 2]),
            datagram(&[0xf0, 0, 0, 0, 1, 0, 1, 9, 1, 2, 3]),
            datagram(&[0xd0, 0, 0, 0, 1, 0, 0]),
            datagram(&[0xd0, 0, 0, 0, 1, 2, 0]),
            datagram(&[0xd0, 0, 0, 0, 2, 0, 0]),
        ],
        &[(
            "-n",
            &[
                "IP 10.0.0.1.40000 > 10.0.0.2.443: UDP, length 13",
                "IP 10.0.0.1.40000 > 10.0.0.2.443: UDP, length 12",
                "IP 10.0.0.1.40000 > 10.0.0.2.443: UDP, length 11",
                "IP 10.0.0.1.40000 > 10.0.0.2.443: UDP, length 7",
                "IP 10.0.0.1.40000 > 10.0.0.2.443: UDP, length 7",
                "IP 10.0.0.1.40000 > 10.0.0.2.443: UDP, length 7",
            ],
        )],
    );
    (
        case,
        vec![
            "\n\tQUICv1, Handshake, dcid 0x0708, scid 0x09, length 256",
            "\n\tQUICv2, Initial, token length 1, length 2",
            "\n\tQUICv1, Retry, scid 0x09",
            "\n\tQUICv1, 0-RTT [|quic]",
            "",
            "",
        ],
    )
}

fn ssh() -> (Case, Vec<&'static str>) {
    let case = case(
        "ssh",
        LinkType::RAW,
        vec![
            segment(b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"),
            segment(b"SSH-2.0-Open"),
            segment(b"SSH-2.0-\x1b[2J\r\n"),
            segment(b"\0\0\x05\x14\x0a\x14"),
        ],
        &[(
            "-n",
            &[
                "IP 10.0.0.1.40000 > 10.0.0.2.8443: Flags [P.], seq 1:33, ack 1, win 64240, length 32",
                "IP 10.0.0.1.40000 > 10.0.0.2.8443: Flags [P.], seq 0:12, ack 1, win 64240, length 12",
                "IP 10.0.0.1.40000 > 10.0.0.2.8443: Flags [P.], seq 0:14, ack 1, win 64240, length 14",
                "IP 10.0.0.1.40000 > 10.0.0.2.8443: Flags [P.], seq 0:6, ack 1, win 64240, length 6",
            ],
        )],
    );
    (case, vec!["\n\tSSH: SSH-2.0-OpenSSH_9.2p1 Debian-2", "\n\tSSH: SSH-2.0-Open [|ssh]", "", ""])
}

fn smb() -> (Case, Vec<&'static str>) {
    let header = |first: u8, fields: &[(usize, u8)]| {
        let mut bytes = vec![0; 68];
        bytes[3..8].copy_from_slice(&[64, first, b'S', b'M', b'B']);
        for (at, value) in fields {
            bytes[4 + at] = *value;
        }
        bytes
    };
    let create = header(0xfe, &[(12, 5), (24, 9), (36, 7), (40, 3)]);
    let denied = header(0xfe, &[(8, 0x22), (11, 0xc0), (12, 5), (16, 1), (24, 9), (36, 7), (40, 3)]);
    let later = header(0xfe, &[(8, 3), (9, 1), (12, 15), (16, 3), (24, 10)]);
    let old = header(0xff, &[(4, 0x72)]);
    let case = case(
        "smb",
        LinkType::RAW,
        vec![
            segment(&create),
            segment(&denied),
            segment(&later),
            segment(&old),
            segment(&header(0xfd, &[])),
            segment(&create[..15]),
        ],
        &[(
            "-n",
            &[
                "IP 10.0.0.1.40000 > 10.0.0.2.8443: Flags [P.], seq 1:69, ack 1, win 64240, length 68",
                "IP 10.0.0.1.40000 > 10.0.0.2.8443: Flags [P.], seq 0:68, ack 1, win 64240, length 68",
                "IP 10.0.0.1.40000 > 10.0.0.2.8443: Flags [P.], seq 0:68, ack 1, win 64240, length 68",
                "IP 10.0.0.1.40000 > 10.0.0.2.8443: Flags [P.], seq 0:68, ack 1, win 64240, length 68",
                "IP 10.0.0.1.40000 > 10.0.0.2.8443: Flags [P.], seq 0:68, ack 1, win 64240, length 68",
                "IP 10.0.0.1.40000 > 10.0.0.2.8443: Flags [P.], seq 0:15, ack 1, win 64240, length 15",
            ],
        )],
    );
    (
        case,
        vec![
            "\n\tSMB2, Create request, message 9, tree 0x7, session 0x3",
            "\n\tSMB2, Create response, ACCESS_DENIED, message 9, tree 0x7, session 0x3",
            "\n\tSMB2, ChangeNotify response, PENDING, message 10",
            "\n\tSMB1, Negotiate request",
            "\n\tSMB3, encrypted",
            "\n\tSMB2,  [|smb]",
        ],
    )
}

/// The TCP segment inside is counted from its connection's first as any other, but only where it is shown.
fn gtpu() -> (Case, Vec<&'static str>) {
    let inner =
        Tcp { ports: [1000, 80], sequence: 7, acknowledgement: 1, flags: 0x10, options: &[], payload: b"" };
    let inner = ipv4(6, &inner.bytes());
    let datagram = |message: &[u8]| ipv4(17, &udp(2152, 2152, message));
    let packet = [&[0x34, 255, 0, 48, 0, 0, 0, 7, 0, 0, 0, 0x85, 1, 0x10, 9, 0][..], &inner].concat();
    let case = case(
        "gtp-u",
        LinkType::RAW,
        vec![
            datagram(&packet),
            datagram(&[0x32, 1, 0, 4, 0, 0, 0, 0, 0, 9, 0, 0]),
            datagram(&packet[..14]),
            datagram(&[0x30, 255, 0, 4]),
            datagram(&[0x20, 255, 0, 4, 0, 0, 0, 7]),
        ],
        &[(
            "-n",
            &[
                "IP 10.0.0.1.2152 > 10.0.0.2.2152: UDP, length 56",
                "IP 10.0.0.1.2152 > 10.0.0.2.2152: UDP, length 12",
                "IP 10.0.0.1.2152 > 10.0.0.2.2152: UDP, length 14",
                "IP 10.0.0.1.2152 > 10.0.0.2.2152: UDP, length 4",
                "IP 10.0.0.1.2152 > 10.0.0.2.2152: UDP, length 8",
            ],
        )],
    );
    (
        case,
        vec![
            "\n\tGTP-U, teid 0x00000007, length 48: IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 40, bad cksum 0 (->149a)!)\n    10.0.0.1.1000 > 10.0.0.2.80: Flags [.], cksum 0x0000 (incorrect -> 0x9ca1), ack 1, win 64240, length 0",
            "\n\tGTP-U, teid 0x00000000, type 1, seq 9, length 4",
            "\n\tGTP-U, teid 0x00000007, length 48: ",
            "",
            "",
        ],
    )
}
