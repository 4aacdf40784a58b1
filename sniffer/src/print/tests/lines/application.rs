//! Protocols over UDP and TCP.

use super::super::Case;
use super::super::build::*;
use super::case;
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    [text_protocols(), datagrams()].concat()
}

/// A segment of a connection from or to the given port.
fn segment(ports: [u16; 2], payload: &[u8]) -> Vec<u8> {
    ipv4(6, &Tcp { ports, sequence: 1, acknowledgement: 1, flags: 0x18, options: &[], payload }.bytes())
}

fn text_protocols() -> Vec<Case> {
    vec![
        case(
            "http",
            LinkType::RAW,
            vec![
                segment([40000, 80], b"GET /index.html HTTP/1.1\r\nHost: example.com\r\n\r\n"),
                segment([80, 40000], b"HTTP/1.1 404 Not Found\r\n\r\n"),
                segment([8080, 40000], b"more of a page"),
                segment([40000, 80], b"GET /\x1b[2J HTTP/1.1\r\n"),
                segment([40000, 80], b"POST /without-an-end"),
            ],
            &[
                (
                    "-nv",
                    &[
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 87, bad cksum 0 (->146b)!)\n    10.0.0.1.40000 > 10.0.0.2.80: Flags [P.], cksum 0x0000 (incorrect -> 0xd856), seq 1:48, ack 1, win 64240, length 47: HTTP, length: 47\n\tGET /index.html HTTP/1.1\n\tHost: example.com\n\t",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 66, bad cksum 0 (->1480)!)\n    10.0.0.1.80 > 10.0.0.2.40000: Flags [P.], cksum 0x0000 (incorrect -> 0x11c7), seq 1:27, ack 1, win 64240, length 26: HTTP, length: 26\n\tHTTP/1.1 404 Not Found\n\t",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 54, bad cksum 0 (->148c)!)\n    10.0.0.1.8080 > 10.0.0.2.40000: Flags [P.], cksum 0x0000 (incorrect -> 0x45ad), seq 1:15, ack 1, win 64240, length 14: HTTP",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 60, bad cksum 0 (->1486)!)\n    10.0.0.1.40000 > 10.0.0.2.80: Flags [P.], cksum 0x0000 (incorrect -> 0x8d4e), seq 0:20, ack 1, win 64240, length 20: HTTP, length: 20",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 60, bad cksum 0 (->1486)!)\n    10.0.0.1.40000 > 10.0.0.2.80: Flags [P.], cksum 0x0000 (incorrect -> 0x73b3), seq 0:20, ack 1, win 64240, length 20: HTTP, length: 20\n\tPOST /without-an-end [|http]",
                    ],
                ),
                (
                    "-n",
                    &[
                        "IP 10.0.0.1.40000 > 10.0.0.2.80: Flags [P.], seq 1:48, ack 1, win 64240, length 47: HTTP: GET /index.html HTTP/1.1",
                        "IP 10.0.0.1.80 > 10.0.0.2.40000: Flags [P.], seq 1:27, ack 1, win 64240, length 26: HTTP: HTTP/1.1 404 Not Found",
                        "IP 10.0.0.1.8080 > 10.0.0.2.40000: Flags [P.], seq 1:15, ack 1, win 64240, length 14: HTTP",
                        "IP 10.0.0.1.40000 > 10.0.0.2.80: Flags [P.], seq 0:20, ack 1, win 64240, length 20: HTTP",
                        "IP 10.0.0.1.40000 > 10.0.0.2.80: Flags [P.], seq 0:20, ack 1, win 64240, length 20: HTTP: POST /without-an-end [|http]",
                    ],
                ),
                (
                    "-nq",
                    &[
                        "IP 10.0.0.1.40000 > 10.0.0.2.80: tcp 47",
                        "IP 10.0.0.1.80 > 10.0.0.2.40000: tcp 26",
                        "IP 10.0.0.1.8080 > 10.0.0.2.40000: tcp 14",
                        "IP 10.0.0.1.40000 > 10.0.0.2.80: tcp 20",
                        "IP 10.0.0.1.40000 > 10.0.0.2.80: tcp 20",
                    ],
                ),
            ],
        ),
        case(
            "mail and files",
            LinkType::RAW,
            vec![
                segment([25, 40000], b"220 mail.example.com ESMTP\r\n"),
                segment([40000, 21], b"USER anonymous\r\n"),
                segment([40000, 554], b"DESCRIBE rtsp://example.com/1 RTSP/1.0\r\n"),
                segment([179, 40000], &[0xff; 19]),
            ],
            &[(
                "-n",
                &[
                    "IP 10.0.0.1.25 > 10.0.0.2.40000: Flags [P.], seq 1:29, ack 1, win 64240, length 28: SMTP: 220 mail.example.com ESMTP",
                    "IP 10.0.0.1.40000 > 10.0.0.2.21: Flags [P.], seq 1:17, ack 1, win 64240, length 16: FTP: USER anonymous",
                    "IP 10.0.0.1.40000 > 10.0.0.2.554: Flags [P.], seq 1:41, ack 1, win 64240, length 40: RTSP: DESCRIBE rtsp://example.com/1 RTSP/1.0",
                    "IP 10.0.0.1.179 > 10.0.0.2.40000: Flags [P.], seq 1:20, ack 1, win 64240, length 19: BGP",
                ],
            )],
        ),
        case(
            "sip",
            LinkType::RAW,
            vec![
                ipv4(17, &udp(5060, 5060, b"INVITE sip:bob@example.com SIP/2.0\r\nVia: x\r\n")),
                ipv4(17, &udp(5060, 5060, b"SIP/2.0 180 Ringing\r\n")),
            ],
            &[(
                "-n",
                &[
                    "IP 10.0.0.1.5060 > 10.0.0.2.5060: SIP: INVITE sip:bob@example.com SIP/2.0",
                    "IP 10.0.0.1.5060 > 10.0.0.2.5060: SIP: SIP/2.0 180 Ringing",
                ],
            )],
        ),
    ]
}

#[expect(clippy::too_many_lines, reason = "a table of packets and lines")]
fn datagrams() -> Vec<Case> {
    let mut discover = vec![1, 1, 6, 0, 0xaa, 0xbb, 0xcc, 0xdd];
    discover.extend([0; 20]);
    discover.extend([2, 0, 0, 0, 0, 1]);
    discover.resize(240, 0);
    let mut reply = discover.clone();
    reply[0] = 2;
    let mut radius = vec![1, 0x46, 0, 20];
    radius.resize(20, 0);
    let between = |ports: [u16; 2], payload: &[u8]| ipv4(17, &udp(ports[0], ports[1], payload));
    vec![
        case(
            "dhcp",
            LinkType::RAW,
            vec![between([68, 67], &discover), between([67, 68], &reply), between([68, 67], &discover[..30])],
            &[
                (
                    "-n",
                    &[
                        "IP 10.0.0.1.68 > 10.0.0.2.67: BOOTP/DHCP, Request from 02:00:00:00:00:01, length 240",
                        "IP 10.0.0.1.67 > 10.0.0.2.68: BOOTP/DHCP, Reply, length 240",
                        "IP 10.0.0.1.68 > 10.0.0.2.67: BOOTP/DHCP, Request [|bootp]",
                    ],
                ),
                (
                    "-nq",
                    &[
                        "IP 10.0.0.1.68 > 10.0.0.2.67: UDP, length 240",
                        "IP 10.0.0.1.67 > 10.0.0.2.68: UDP, length 240",
                        "IP 10.0.0.1.68 > 10.0.0.2.67: UDP, length 30",
                    ],
                ),
            ],
        ),
        case(
            "dhcpv6",
            LinkType::RAW,
            vec![ipv6(17, &udp(546, 547, &[1, 0, 0, 9])), ipv6(17, &udp(547, 546, &[99, 0, 0, 9]))],
            &[(
                "-n",
                &[
                    "IP6 2001:db8::1.546 > 2001:db8::2.547: dhcp6 solicit",
                    "IP6 2001:db8::1.547 > 2001:db8::2.546: dhcp6 msgtype-99",
                ],
            )],
        ),
        case(
            "ntp",
            LinkType::RAW,
            vec![
                between([40000, 123], &[0x23; 48]),
                between([123, 40000], &[0x24; 48]),
                between([123, 123], &[0x1b; 6]),
            ],
            &[(
                "-n",
                &[
                    "IP 10.0.0.1.40000 > 10.0.0.2.123: NTPv4, Client, length 48",
                    "IP 10.0.0.1.123 > 10.0.0.2.40000: NTPv4, Server, length 48",
                    "IP 10.0.0.1.123 > 10.0.0.2.123: NTPv3, Client, length 6",
                ],
            )],
        ),
        case(
            "syslog",
            LinkType::RAW,
            vec![
                between([514, 514], b"<34>Oct 11 22:14:15 host su: failed"),
                between([514, 514], b"<191>local7 debug"),
                between([514, 514], b"no priority"),
            ],
            &[(
                "-n",
                &[
                    "IP 10.0.0.1.514 > 10.0.0.2.514: SYSLOG auth.critical, length: 35",
                    "IP 10.0.0.1.514 > 10.0.0.2.514: SYSLOG local7.debug, length: 17",
                    "IP 10.0.0.1.514 > 10.0.0.2.514:  (invalid)",
                ],
            )],
        ),
        case(
            "tftp",
            LinkType::RAW,
            vec![
                between([40000, 69], b"\0\x01boot.img\0octet\0"),
                between([40000, 69], b"\0\x02a\x1bb\0netascii\0blksize\x001428\0"),
                between([69, 40000], &[0, 3, 0, 1, 9, 9, 9]),
                between([69, 40000], &[0, 4, 0, 1]),
                between([69, 40000], b"\0\x05\0\x01File not found\0"),
            ],
            &[(
                "-n",
                &[
                    "IP 10.0.0.1.40000 > 10.0.0.2.69: TFTP, length 17, RRQ \"boot.img\" octet",
                    "IP 10.0.0.1.40000 > 10.0.0.2.69: TFTP, length 28, WRQ \"a^[b\" netascii blksize 1428",
                    "IP 10.0.0.1.69 > 10.0.0.2.40000: TFTP, length 7, DATA block 1",
                    "IP 10.0.0.1.69 > 10.0.0.2.40000: TFTP, length 4, ACK block 1",
                    "IP 10.0.0.1.69 > 10.0.0.2.40000: TFTP, length 19, ERROR ENOTFOUND \"File not found\"",
                ],
            )],
        ),
        case(
            "radius",
            LinkType::RAW,
            vec![between([40000, 1812], &radius), between([40000, 1812], &radius[..19])],
            &[(
                "-n",
                &[
                    "IP 10.0.0.1.40000 > 10.0.0.2.1812: RADIUS, Access-Request (1), id: 0x46 length: 20",
                    "IP 10.0.0.1.40000 > 10.0.0.2.1812:  [|radius]",
                ],
            )],
        ),
    ]
}
