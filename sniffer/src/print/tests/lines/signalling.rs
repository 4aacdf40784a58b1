//! Routing with RIP, tunnels of L2TP and OTV, paths of MPLS, access points, and the rarer protocols over IP.

use super::super::Case;
use super::super::build::*;
use super::case;
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    [rip(), tunnels(), l2tp_attributes(), mpls(), access_points(), over_ip()].concat()
}

/// A datagram with both ports the same.
fn datagram(port: u16, payload: &[u8]) -> Vec<u8> {
    ipv4(17, &udp(port, port, payload))
}

/// A route of RIP, or something of another family.
fn route(family: u16, tag: u16, numbers: [u32; 4]) -> Vec<u8> {
    let [family, tag] = [family.to_be_bytes(), tag.to_be_bytes()];
    [&family[..], &tag, &numbers.map(u32::to_be_bytes).concat()].concat()
}

#[expect(clippy::too_many_lines, reason = "a table of packets and lines")]
fn rip() -> Vec<Case> {
    let network = 0x0a14_0000;
    let message = |version: u8, entries: &[Vec<u8>]| {
        datagram(520, &[&[2, version, 0, 0][..], &entries.concat()].concat())
    };
    let ripng_route =
        |metric: u8, tag: u8| [&[0x20, 1, 0x0d, 0xb8][..], &[0; 12], &[0, tag, 32, metric]].concat();
    let ripng =
        |command: u8, body: &[u8]| ipv6(17, &udp(521, 521, &[&[command, 1, 0, 0][..], body].concat()));
    let password = [&[0xff, 0xff, 0, 2][..], b"secret\x1b[2J\0abcde"].concat();
    let key = [&[0xff, 0xff, 0, 3, 0, 44, 1, 16, 0, 0, 0, 9][..], &[0; 8]].concat();
    let trailer = [&[0xff, 0xff, 0, 1][..], &[7; 16]].concat();
    vec![
        case(
            "rip",
            LinkType::RAW,
            vec![
                message(1, &[route(2, 0, [network, 0, 0, 3]), route(0, 0, [0, 0, 0, 16])]),
                message(1, &[route(2, 9, [network, 0, 0, 3]), route(30, 0, [1, 2, 3, 4])]),
                message(
                    2,
                    &[
                        route(2, 7, [network, 0xffff_0000, 0x0a00_0009, 2]),
                        route(0, 0, [1, 0xff00_ff00, 0, 1]),
                    ],
                ),
                message(2, &[password, route(2, 0, [network, 0xff00_0000, 0, 2])]),
                message(2, &[key, route(7, 0, [1, 2, 3, 4]), trailer]),
                message(2, &[route(2, 0, [network, 0xff00_0000, 0, 2])[..18].to_vec()]),
                message(2, &[route(7, 0, [network, 0xff00_0000, 0, 2])[..18].to_vec()]),
                message(2, &[vec![0xff, 0xff, 0, 9, 1, 2, 3]]),
                message(3, &[]),
                message(0, &[]),
                datagram(520, &[9, 2, 0, 0, 1]),
                datagram(520, &[5, 2, 0, 0, 1]),
                datagram(520, &[1, 2]),
            ],
            &[
                (
                    "-n",
                    &[
                        "IP 10.0.0.1.520 > 10.0.0.2.520: RIPv1, Response, length: 44",
                        "IP 10.0.0.1.520 > 10.0.0.2.520: RIPv1, Response, length: 44",
                        "IP 10.0.0.1.520 > 10.0.0.2.520: RIPv2, Response, length: 44",
                        "IP 10.0.0.1.520 > 10.0.0.2.520: RIPv2, Response, length: 44",
                        "IP 10.0.0.1.520 > 10.0.0.2.520: RIPv2, Response, length: 64",
                        "IP 10.0.0.1.520 > 10.0.0.2.520: RIPv2, Response, length: 22",
                        "IP 10.0.0.1.520 > 10.0.0.2.520: RIPv2, Response, length: 22",
                        "IP 10.0.0.1.520 > 10.0.0.2.520: RIPv2, Response, length: 11",
                        "IP 10.0.0.1.520 > 10.0.0.2.520: RIPv3, Response, length: 4",
                        "IP 10.0.0.1.520 > 10.0.0.2.520: RIPv0\n\t0x0000:  0200 0000",
                        "IP 10.0.0.1.520 > 10.0.0.2.520: RIPv2, unknown command (9), length: 5",
                        "IP 10.0.0.1.520 > 10.0.0.2.520: RIPv2, Poll, length: 5",
                        "IP 10.0.0.1.520 > 10.0.0.2.520:  [|rip]",
                    ],
                ),
                (
                    "-nv",
                    &[
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 72, bad cksum 0 (->146f)!)\n    10.0.0.1.520 > 10.0.0.2.520: \n\tRIPv1, Response, length: 44, routes: 2\n\t  10.20.0.0, metric: 3\n\t  AFI 0, 0.0.0.0, metric: 16",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 72, bad cksum 0 (->146f)!)\n    10.0.0.1.520 > 10.0.0.2.520: \n\tRIPv1, Response, length: 44, routes: 2\n\t  0x0000:  0002 0009 0a14 0000 0000 0000 0000 0000\n\t  0x0010:  0000 0003\n\t AFI IPv6, \n\t  0x0000:  0000 0001 0000 0002 0000 0003 0000 0004",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 72, bad cksum 0 (->146f)!)\n    10.0.0.1.520 > 10.0.0.2.520: \n\tRIPv2, Response, length: 44, routes: 2 or less\n\t  AFI IPv4,       10.20.0.0/16, tag 0x0007, metric: 2, next-hop: 10.0.0.9\n\t  AFI 0,         0.0.0.1/-1, tag 0x0000, metric: 1, next-hop: self",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 72, bad cksum 0 (->146f)!)\n    10.0.0.1.520 > 10.0.0.2.520: \n\tRIPv2, Response, length: 44, routes: 2 or less\n\t  Simple Text Authentication data: secret^[[2J\n\t  AFI IPv4,       10.20.0.0/8 , tag 0x0000, metric: 2, next-hop: self",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 92, bad cksum 0 (->145b)!)\n    10.0.0.1.520 > 10.0.0.2.520: \n\tRIPv2, Response, length: 64, routes: 3 or less\n\t  Auth header: Packet Len 44, Key-ID 1, Auth Data Len 16, SeqNo 9, MBZ 0, MBZ 0\n\t  AFI ISO\n\t  0x0000:  0000 0001 0000 0002 0000 0003 0000 0004\n\t  Auth trailer:\n\t  0x0000:  0707 0707 0707 0707 0707 0707 0707 0707",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 50, bad cksum 0 (->1485)!)\n    10.0.0.1.520 > 10.0.0.2.520: \n\tRIPv2, Response, length: 22, routes: 1 or less [|rip]",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 50, bad cksum 0 (->1485)!)\n    10.0.0.1.520 > 10.0.0.2.520: \n\tRIPv2, Response, length: 22, routes: 1 or less\n\t  AFI ISO\n\t  0x0000:  0a14 0000 ff00 0000 0000 0000 0000 [remaining entries length 18 < 20] (invalid)",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 39, bad cksum 0 (->1490)!)\n    10.0.0.1.520 > 10.0.0.2.520: \n\tRIPv2, Response, length: 11, routes: 0 or less\n\t  Unknown (9) Authentication data:\n\t  0x0000:  0102 03",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 32, bad cksum 0 (->1497)!)\n    10.0.0.1.520 > 10.0.0.2.520: \n\tRIPv3, Response, length: 4, unknown version",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 32, bad cksum 0 (->1497)!)\n    10.0.0.1.520 > 10.0.0.2.520: \n\tRIPv0\n\t0x0000:  0200 0000",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 33, bad cksum 0 (->1496)!)\n    10.0.0.1.520 > 10.0.0.2.520: \n\tRIPv2, unknown command (9), length: 5\n\t0x0000:  0902 0000 01",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 33, bad cksum 0 (->1496)!)\n    10.0.0.1.520 > 10.0.0.2.520: \n\tRIPv2, Poll, length: 5",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 30, bad cksum 0 (->1499)!)\n    10.0.0.1.520 > 10.0.0.2.520:  [|rip]",
                    ],
                ),
                (
                    "-nvv",
                    &[
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 72, bad cksum 0 (->146f)!)\n    10.0.0.1.520 > 10.0.0.2.520: [no cksum] \n\tRIPv1, Response, length: 44, routes: 2\n\t  10.20.0.0, metric: 3\n\t  AFI 0, 0.0.0.0, metric: 16\n\t0x0000:  0201 0000 0002 0000 0a14 0000 0000 0000\n\t0x0010:  0000 0000 0000 0003 0000 0000 0000 0000\n\t0x0020:  0000 0000 0000 0000 0000 0010",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 72, bad cksum 0 (->146f)!)\n    10.0.0.1.520 > 10.0.0.2.520: [no cksum] \n\tRIPv1, Response, length: 44, routes: 2\n\t  0x0000:  0002 0009 0a14 0000 0000 0000 0000 0000\n\t  0x0010:  0000 0003\n\t AFI IPv6, \n\t  0x0000:  0000 0001 0000 0002 0000 0003 0000 0004\n\t0x0000:  0201 0000 0002 0009 0a14 0000 0000 0000\n\t0x0010:  0000 0000 0000 0003 001e 0000 0000 0001\n\t0x0020:  0000 0002 0000 0003 0000 0004",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 72, bad cksum 0 (->146f)!)\n    10.0.0.1.520 > 10.0.0.2.520: [no cksum] \n\tRIPv2, Response, length: 44, routes: 2 or less\n\t  AFI IPv4,       10.20.0.0/16, tag 0x0007, metric: 2, next-hop: 10.0.0.9\n\t  AFI 0,         0.0.0.1/-1, tag 0x0000, metric: 1, next-hop: self\n\t0x0000:  0202 0000 0002 0007 0a14 0000 ffff 0000\n\t0x0010:  0a00 0009 0000 0002 0000 0000 0000 0001\n\t0x0020:  ff00 ff00 0000 0000 0000 0001",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 72, bad cksum 0 (->146f)!)\n    10.0.0.1.520 > 10.0.0.2.520: [no cksum] \n\tRIPv2, Response, length: 44, routes: 2 or less\n\t  Simple Text Authentication data: secret^[[2J\n\t  AFI IPv4,       10.20.0.0/8 , tag 0x0000, metric: 2, next-hop: self\n\t0x0000:  0202 0000 ffff 0002 7365 6372 6574 1b5b\n\t0x0010:  324a 0061 6263 6465 0002 0000 0a14 0000\n\t0x0020:  ff00 0000 0000 0000 0000 0002",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 92, bad cksum 0 (->145b)!)\n    10.0.0.1.520 > 10.0.0.2.520: [no cksum] \n\tRIPv2, Response, length: 64, routes: 3 or less\n\t  Auth header: Packet Len 44, Key-ID 1, Auth Data Len 16, SeqNo 9, MBZ 0, MBZ 0\n\t  AFI ISO\n\t  0x0000:  0000 0001 0000 0002 0000 0003 0000 0004\n\t  Auth trailer:\n\t  0x0000:  0707 0707 0707 0707 0707 0707 0707 0707\n\t0x0000:  0202 0000 ffff 0003 002c 0110 0000 0009\n\t0x0010:  0000 0000 0000 0000 0007 0000 0000 0001\n\t0x0020:  0000 0002 0000 0003 0000 0004 ffff 0001\n\t0x0030:  0707 0707 0707 0707 0707 0707 0707 0707",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 50, bad cksum 0 (->1485)!)\n    10.0.0.1.520 > 10.0.0.2.520: [no cksum] \n\tRIPv2, Response, length: 22, routes: 1 or less [|rip]\n\t0x0000:  0202 0000 0002 0000 0a14 0000 ff00 0000\n\t0x0010:  0000 0000 0000",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 50, bad cksum 0 (->1485)!)\n    10.0.0.1.520 > 10.0.0.2.520: [no cksum] \n\tRIPv2, Response, length: 22, routes: 1 or less\n\t  AFI ISO\n\t  0x0000:  0a14 0000 ff00 0000 0000 0000 0000 [remaining entries length 18 < 20] (invalid)\n\t0x0000:  0202 0000 0007 0000 0a14 0000 ff00 0000\n\t0x0010:  0000 0000 0000",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 39, bad cksum 0 (->1490)!)\n    10.0.0.1.520 > 10.0.0.2.520: [no cksum] \n\tRIPv2, Response, length: 11, routes: 0 or less\n\t  Unknown (9) Authentication data:\n\t  0x0000:  0102 03\n\t0x0000:  0202 0000 ffff 0009 0102 03",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 32, bad cksum 0 (->1497)!)\n    10.0.0.1.520 > 10.0.0.2.520: [no cksum] \n\tRIPv3, Response, length: 4, unknown version\n\t0x0000:  0203 0000",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 32, bad cksum 0 (->1497)!)\n    10.0.0.1.520 > 10.0.0.2.520: [no cksum] \n\tRIPv0\n\t0x0000:  0200 0000",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 33, bad cksum 0 (->1496)!)\n    10.0.0.1.520 > 10.0.0.2.520: [no cksum] \n\tRIPv2, unknown command (9), length: 5\n\t0x0000:  0902 0000 01",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 33, bad cksum 0 (->1496)!)\n    10.0.0.1.520 > 10.0.0.2.520: [no cksum] \n\tRIPv2, Poll, length: 5\n\t0x0000:  0502 0000 01",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 30, bad cksum 0 (->1499)!)\n    10.0.0.1.520 > 10.0.0.2.520: [no cksum]  [|rip]",
                    ],
                ),
            ],
        ),
        case(
            "ripng",
            LinkType::RAW,
            vec![
                ripng(1, &[&[0; 19][..], &[16]].concat()),
                ripng(1, &ripng_route(16, 0)),
                ripng(2, &[ripng_route(3, 9), ripng_route(0, 0)].concat()),
                ripng(2, &[&ripng_route(3, 0)[..], &[1, 2]].concat()),
                ripng(3, &[]),
                ipv6(17, &udp(521, 521, &[1, 2, 0, 0])),
                ipv6(17, &udp(521, 521, &[1, 1])),
            ],
            &[
                (
                    "-n",
                    &[
                        "IP6 2001:db8::1.521 > 2001:db8::2.521:  ripng-req dump",
                        "IP6 2001:db8::1.521 > 2001:db8::2.521:  ripng-req 1: 2001:db8::/32",
                        "IP6 2001:db8::1.521 > 2001:db8::2.521:  ripng-resp 2: 2001:db8::/32 [9] (3) 2001:db8::/32",
                        "IP6 2001:db8::1.521 > 2001:db8::2.521:  ripng-resp 1[26]: 2001:db8::/32 (3) (invalid)",
                        "IP6 2001:db8::1.521 > 2001:db8::2.521:  ripng-3 ?? 4 (invalid)",
                        "IP6 2001:db8::1.521 > 2001:db8::2.521:  [vers 2] (invalid)",
                        "IP6 2001:db8::1.521 > 2001:db8::2.521:  (invalid)",
                    ],
                ),
                (
                    "-nvv",
                    &[
                        "IP6 (hlim 64, next-header UDP (17) payload length: 32) 2001:db8::1.521 > 2001:db8::2.521: [bad udp cksum 0x0000 -> 0x9f16!]  ripng-req dump",
                        "IP6 (hlim 64, next-header UDP (17) payload length: 32) 2001:db8::1.521 > 2001:db8::2.521: [bad udp cksum 0x0000 -> 0x515d!]  ripng-req 1:\n\t2001:db8::/32",
                        "IP6 (hlim 64, next-header UDP (17) payload length: 52) 2001:db8::1.521 > 2001:db8::2.521: [bad udp cksum 0x0000 -> 0x0280!]  ripng-resp 2:\n\t2001:db8::/32 [9] (3)\n\t2001:db8::/32",
                        "IP6 (hlim 64, next-header UDP (17) payload length: 34) 2001:db8::1.521 > 2001:db8::2.521: [bad udp cksum 0x0000 -> 0x4f64!]  ripng-resp 1[26]:\n\t2001:db8::/32 (3) (invalid)",
                        "IP6 (hlim 64, next-header UDP (17) payload length: 12) 2001:db8::1.521 > 2001:db8::2.521: [bad udp cksum 0x0000 -> 0x9d4e!]  ripng-3 ?? 4 (invalid)",
                        "IP6 (hlim 64, next-header UDP (17) payload length: 12) 2001:db8::1.521 > 2001:db8::2.521: [bad udp cksum 0x0000 -> 0x9f4d!]  [vers 2] (invalid)",
                        "IP6 (hlim 64, next-header UDP (17) payload length: 10) 2001:db8::1.521 > 2001:db8::2.521: [bad udp cksum 0x0000 -> 0x9f52!]  (invalid)",
                    ],
                ),
            ],
        ),
    ]
}

fn tunnels() -> Vec<Case> {
    let inner = ipv4(1, &icmp(8, 0, [0, 1, 0, 2], b"pingpong"));
    let data = |header: &[u8], protocol: &[u8]| datagram(1701, &[header, protocol, &inner].concat());
    vec![
        case(
            "l2tp",
            LinkType::RAW,
            vec![
                data(&[0, 2, 0, 1, 0, 2], &[0xff, 3, 0, 0x21]),
                data(&[0x4b, 2, 0, 52, 0, 1, 0, 2, 0, 3, 0, 4, 0, 1, 9], &[0x21]),
                data(&[0x40, 2, 0, 52, 0, 1, 0, 2], &[0xff, 3, 0, 0x21]),
                data(&[0, 2, 0, 1, 0, 2], &[0xc0, 0x21, 9, 1, 0, 4]),
                datagram(1701, &[0x40, 2, 0, 7, 0, 1, 0, 2]),
                datagram(1701, &[0xc8, 2, 0, 12, 0, 1, 0, 0, 0, 3, 0, 4]),
                datagram(1701, &[0x80, 2, 0, 1, 0, 0]),
                datagram(1701, &[0x40, 2, 0, 99, 0, 1, 0, 2]),
                datagram(1701, &[0x40, 1, 0, 99, 0, 1, 0, 2]),
                datagram(1701, &[0x40, 3, 0, 99, 0, 1, 0, 2]),
                datagram(1701, &[0x02, 2, 0, 1, 0, 2, 0, 9, 1]),
                datagram(1701, &[0x40]),
            ],
            &[(
                "-n",
                &[
                    "IP 10.0.0.1.1701 > 10.0.0.2.1701:  l2tp:[](1/2) {IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16}",
                    "IP 10.0.0.1.1701 > 10.0.0.2.1701:  l2tp:[LSOP](1/2)Ns=3,Nr=4 {IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16}",
                    "IP 10.0.0.1.1701 > 10.0.0.2.1701:  l2tp:[L](1/2) Length 52 larger than packet",
                    "IP 10.0.0.1.1701 > 10.0.0.2.1701:  l2tp:[](1/2) {LCP, Echo-Request (0x09), id 1, length 42}",
                    "IP 10.0.0.1.1701 > 10.0.0.2.1701:  l2tp:[L](1/2) Length 7 smaller than header length",
                    "IP 10.0.0.1.1701 > 10.0.0.2.1701:  l2tp:[TLS](1/0)Ns=3,Nr=4 ZLB",
                    "IP 10.0.0.1.1701 > 10.0.0.2.1701:  l2tp:[T](1/0) No length",
                    "IP 10.0.0.1.1701 > 10.0.0.2.1701:  l2tp:[L](1/2) Length 99 larger than packet",
                    "IP 10.0.0.1.1701 > 10.0.0.2.1701:  l2f:",
                    "IP 10.0.0.1.1701 > 10.0.0.2.1701:  Unknown Version, neither L2F(1) nor L2TP(2)",
                    "IP 10.0.0.1.1701 > 10.0.0.2.1701:  l2tp:[O](1/2) [|l2tp]",
                    "IP 10.0.0.1.1701 > 10.0.0.2.1701:  [|l2tp]",
                ],
            )],
        ),
        case(
            "mpls in udp",
            LinkType::RAW,
            vec![datagram(6635, &[&[0, 1, 0x01, 0x40][..], &inner].concat()), datagram(6635, &[0, 1, 1])],
            &[(
                "-n",
                &[
                    "IP 10.0.0.1.6635 > 10.0.0.2.6635: MPLS (label 16, tc 0, [S], ttl 64) IP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                    "IP 10.0.0.1.6635 > 10.0.0.2.6635: MPLS (invalid)",
                ],
            )],
        ),
        case(
            "overlay transport",
            LinkType::RAW,
            vec![
                datagram(8472, &[&[8, 0, 0, 0, 0, 0, 100, 0][..], &ethernet(0x0800, &inner)].concat()),
                datagram(8472, &[0, 0, 0, 9, 0, 0, 100]),
            ],
            &[(
                "-n",
                &[
                    "IP 10.0.0.1.8472 > 10.0.0.2.8472: OTV, flags [I] (0x08), overlay 0, instance 100\nIP 10.0.0.1 > 10.0.0.2: ICMP echo request, id 1, seq 2, length 16",
                    "IP 10.0.0.1.8472 > 10.0.0.2.8472: OTV, [length 7 < 8] (invalid)",
                ],
            )],
        ),
    ]
}

fn l2tp_attributes() -> Vec<Case> {
    let control = |attributes: &[(u8, u16, &[u8])]| {
        let one = |(flags, kind, value): &(u8, u16, &[u8])| {
            let [high, low] = kind.to_be_bytes();
            [&[*flags, value.len() as u8 + 6, 0, 0, high, low][..], value].concat()
        };
        let all: Vec<u8> = attributes.iter().flat_map(one).collect();
        let len = (12 + all.len()) as u16;
        let [high, low] = len.to_be_bytes();
        datagram(1701, &[&[0xc8, 2, high, low, 0, 1, 0, 0, 0, 3, 0, 4][..], &all].concat())
    };
    let foreign = [&[0xc8, 2, 0, 21, 0, 1, 0, 0, 0, 3, 0, 4][..], &[0x80, 9, 0, 9, 0, 1, 7, 8, 9]].concat();
    vec![case(
        "attributes of l2tp",
        LinkType::RAW,
        vec![
            control(&[
                (0x80, 0, &[0, 1]),
                (0x80, 2, &[1, 0]),
                (0x80, 3, &[0, 0, 0, 3]),
                (0, 4, &[0, 0, 0, 2]),
            ]),
            control(&[
                (0x80, 7, b"lac\x1b[2J"),
                (0, 5, &[1, 2, 3, 4, 5, 6, 7, 8]),
                (0, 6, &[1, 4]),
                (0x40, 11, &[1]),
            ]),
            control(&[
                (0x80, 1, &[0, 2, 0, 6, b'n', b'o']),
                (0, 1, &[0, 2, 0, 6]),
                (0, 1, &[0, 2]),
                (0, 1, &[0, 2, 0]),
            ]),
            control(&[
                (0, 12, &[0, 16, 5, b'x']),
                (0, 13, &[9; 16]),
                (0, 15, &[0, 0, 1, 0]),
                (0, 18, &[0, 0, 0, 1]),
            ]),
            control(&[
                (0, 20, &[0, 1]),
                (0, 26, &[1, 4]),
                (0, 29, &[0, 2]),
                (0, 29, &[0, 9]),
                (0, 32, &[1, 7]),
                (0, 39, &[]),
            ]),
            control(&[(
                0,
                34,
                &[0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 6],
            )]),
            control(&[
                (0, 35, &[0, 0, 0, 0, 0, 1, 0, 0, 0, 2]),
                (0, 46, &[0, 9, 0xc0, 0x21, 1, b'w']),
                (0, 46, &[0]),
            ]),
            control(&[(0, 99, &[1]), (0, 0, &[0, 99]), (0, 9, &[1]), (0, 35, &[0, 0, 0, 0, 0, 1])]),
            datagram(1701, &foreign),
            datagram(1701, &[0xc8, 2, 0, 18, 0, 1, 0, 0, 0, 3, 0, 4, 0x80, 9, 0, 0, 0, 0]),
        ],
        &[(
            "-n",
            &[
                "IP 10.0.0.1.1701 > 10.0.0.2.1701:  l2tp:[TLS](1/0)Ns=3,Nr=4 *MSGTYPE(SCCRQ) *PROTO_VER(1.0) *FRAMING_CAP(AS) BEARER_CAP(A)",
                "IP 10.0.0.1.1701 > 10.0.0.2.1701:  l2tp:[TLS](1/0)Ns=3,Nr=4 *HOST_NAME(lac^[[2J) TIE_BREAKER(0102030405060708) FIRM_VER(260) ?CHALLENGE(???)",
                "IP 10.0.0.1.1701 > 10.0.0.2.1701:  l2tp:[TLS](1/0)Ns=3,Nr=4 *RESULT_CODE(2/6 no) RESULT_CODE(2/6) RESULT_CODE(2) RESULT_CODE(2 AVP too short)",
                "IP 10.0.0.1.1701 > 10.0.0.2.1701:  l2tp:[TLS](1/0)Ns=3,Nr=4 Q931_CC(16, 05 x) CHALLENGE_RESP(09090909090909090909090909090909) CALL_SER_NUM(256) BEARER_TYPE(D)",
                "IP 10.0.0.1.1701 > 10.0.0.2.1701:  l2tp:[TLS](1/0)Ns=3,Nr=4 PACKET_PROC_DELAY(obsolete) INI_RECV_LCP(0104) PROXY_AUTH_TYPE(CHAP) PROXY_AUTH_TYPE(AuthType-#9) PROXY_AUTH_ID(7) SEQ_REQUIRED()",
                "IP 10.0.0.1.1701 > 10.0.0.2.1701:  l2tp:[TLS](1/0)Ns=3,Nr=4 CALL_ERRORS(CRCErr=1 FrameErr=2 HardOver=3 BufOver=4 Timeout=5 AlignErr=6 )",
                "IP 10.0.0.1.1701 > 10.0.0.2.1701:  l2tp:[TLS](1/0)Ns=3,Nr=4 ACCM(send=00000001 recv=00000002 ) PPP_DISCON_CC(0009, c021 at peer w) PPP_DISCON_CC(AVP too short)",
                "IP 10.0.0.1.1701 > 10.0.0.2.1701:  l2tp:[TLS](1/0)Ns=3,Nr=4 AVP-#99() MSGTYPE(MSGTYPE-#99) ASSND_TUN_ID(AVP too short) ACCM(send=00000001 AVP too short)",
                "IP 10.0.0.1.1701 > 10.0.0.2.1701:  l2tp:[TLS](1/0)Ns=3,Nr=4 *VENDOR0009:ATTR0001(070809)",
                "IP 10.0.0.1.1701 > 10.0.0.2.1701:  l2tp:[TLS](1/0)Ns=3,Nr=4  [|l2tp]",
            ],
        )],
    )]
}

fn mpls() -> Vec<Case> {
    let hello = [&[0, 1, 0, 30, 10, 0, 0, 1, 0, 0, 1, 0, 0, 20][..], &[0; 20]].concat();
    let segment = Tcp {
        ports: [646, 40000],
        sequence: 1,
        acknowledgement: 1,
        flags: 0x18,
        options: &[],
        payload: &hello,
    };
    let mut ping = vec![0, 1, 0, 0, 1, 2, 0, 0, 0, 0, 0, 9, 0, 0, 0, 7];
    ping.resize(36, 0);
    let other = |message: &[u8], at: usize, value: u8| {
        let mut changed = message.to_vec();
        changed[at] = value;
        changed
    };
    vec![case(
        "paths of mpls",
        LinkType::RAW,
        vec![
            datagram(646, &hello),
            datagram(646, &other(&hello, 1, 2)),
            datagram(646, &other(&hello, 3, 5)),
            datagram(646, &hello[..18]),
            ipv4(6, &segment.bytes()),
            ipv4(46, &[0x10, 1, 0, 0, 64, 0, 0, 12, 0, 4, 1, 1]),
            ipv4(46, &[0x10, 99, 0, 0, 64, 0, 0, 8]),
            ipv4(46, &[0x20, 1, 0, 0, 64, 0, 0, 8]),
            datagram(701, &[0x10, 0, 0, 4, 0, 8, 0, 0]),
            datagram(701, &[0x10, 0, 0, 99, 0, 8, 0, 0]),
            datagram(701, &[0x20, 0, 0, 4, 0, 8, 0, 0]),
            datagram(3503, &ping),
            datagram(3503, &other(&ping, 4, 9)),
            datagram(3503, &other(&ping, 1, 2)),
        ],
        &[(
            "-n",
            &[
                "IP 10.0.0.1.646 > 10.0.0.2.646: LDP, Label-Space-ID: 10.0.0.1:0, pdu-length: 30",
                "IP 10.0.0.1.646 > 10.0.0.2.646: LDP version 2 packet not supported",
                "IP 10.0.0.1.646 > 10.0.0.2.646: LDP, pdu-length: 5 (too short, < 6)",
                "IP 10.0.0.1.646 > 10.0.0.2.646: ",
                "IP 10.0.0.1.646 > 10.0.0.2.40000: Flags [P.], seq 1:35, ack 1, win 64240, length 34LDP, Label-Space-ID: 10.0.0.1:0, pdu-length: 30",
                "IP 10.0.0.1 > 10.0.0.2: RSVPv1 Path Message, length: 12",
                "IP 10.0.0.1 > 10.0.0.2: RSVPv1 unknown (99) Message, length: 8",
                "IP 10.0.0.1 > 10.0.0.2: ERROR: RSVP version 2 packet not supported",
                "IP 10.0.0.1.701 > 10.0.0.2.701: LMPv1 Hello Message, length: 8",
                "IP 10.0.0.1.701 > 10.0.0.2.701: LMPv1 unknown (99) Message, length: 8",
                "IP 10.0.0.1.701 > 10.0.0.2.701: LMP version 2 packet not supported",
                "IP 10.0.0.1.3503 > 10.0.0.2.3503: LSP-PINGv1, MPLS Echo Request, seq 7, length: 36",
                "IP 10.0.0.1.3503 > 10.0.0.2.3503: LSP-PINGv1, unknown (9), seq 7, length: 36",
                "IP 10.0.0.1.3503 > 10.0.0.2.3503: LSP-PING version 2 packet not supported",
            ],
        )],
    )]
}

fn access_points() -> Vec<Case> {
    let control = [0x0c, 1, 0, 10, 0, 0, 1, 9, 0, 2, 0, 0, 0, 7, 5, 6];
    let past = [0x04, 1, 0, 12, 0, 0, 99, 9, 0, 9, 0, 0, 0, 7, 5, 6, 0, 0];
    let to = |message: &[u8]| ipv4(17, &udp(40000, 12223, &[&[2, 0, 0, 0, 0, 9][..], message].concat()));
    vec![case(
        "access points",
        LinkType::RAW,
        vec![
            to(&control),
            ipv4(17, &udp(12223, 40000, &control)),
            ipv4(17, &udp(12223, 40000, &past)),
            datagram(12222, &[0x13, 1, 0, 9, 0, 0, 8, 9, 0x1b]),
            datagram(12222, &[0x03, 1, 0, 5, 0, 0]),
            datagram(12222, &[0x40, 1, 0, 5, 0, 0]),
            to(&[0x80, 1, 0, 0, 0, 0]),
        ],
        &[
            (
                "-n",
                &[
                    "IP 10.0.0.1.40000 > 10.0.0.2.12223: LWAPPv0, Control frame, Flags [Control Bit], length 22",
                    "IP 10.0.0.1.12223 > 10.0.0.2.40000: LWAPPv0, Control frame, Flags [Control Bit], length 16",
                    "IP 10.0.0.1.12223 > 10.0.0.2.40000: LWAPPv0, Control frame, Flags [Control Bit], length 18",
                    "IP 10.0.0.1.12222 > 10.0.0.2.12222: LWAPPv0, Data frame, Flags [Last Fragment Bit, Fragment Bit], length 9",
                    "IP 10.0.0.1.12222 > 10.0.0.2.12222: LWAPPv0, Data frame, Flags [Last Fragment Bit, Fragment Bit], length 6",
                    "IP 10.0.0.1.12222 > 10.0.0.2.12222: LWAPP version 1 packet not supported",
                    "IP 10.0.0.1.40000 > 10.0.0.2.12223: LWAPP version 2 packet not supported",
                ],
            ),
            (
                "-nv",
                &[
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 50, bad cksum 0 (->1485)!)\n    10.0.0.1.40000 > 10.0.0.2.12223: LWAPPv0, Control frame, Radio-id 1, Flags [Control Bit], Frag-id 1, length 10\n\tAP identity: 02:00:00:00:00:09\n\t  Msg type: Discovery req (1), Seqnum: 9, Msg len: 2, Session: 0x00000007",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 44, bad cksum 0 (->148b)!)\n    10.0.0.1.12223 > 10.0.0.2.40000: LWAPPv0, Control frame, Radio-id 1, Flags [Control Bit], Frag-id 1, length 10\n\t  Msg type: Discovery req (1), Seqnum: 9, Msg len: 2, Session: 0x00000007",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 46, bad cksum 0 (->1489)!)\n    10.0.0.1.12223 > 10.0.0.2.40000: LWAPPv0, Control frame, Radio-id 0, Flags [Control Bit], Frag-id 1, length 12\n\t  Msg goes past end of PDU",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 37, bad cksum 0 (->1492)!)\n    10.0.0.1.12222 > 10.0.0.2.12222: LWAPPv0, Data frame, Radio-id  2, Flags [Last Fragment Bit, Fragment Bit], Frag-id  1, length 9\n\t0x0000:  0809 1b",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 34, bad cksum 0 (->1495)!)\n    10.0.0.1.12222 > 10.0.0.2.12222: LWAPPv0, Data frame, Radio-id  0, Flags [Last Fragment Bit, Fragment Bit], length 5 < transport header length",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 34, bad cksum 0 (->1495)!)\n    10.0.0.1.12222 > 10.0.0.2.12222: LWAPP version 1 packet not supported",
                    "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto UDP (17), length 40, bad cksum 0 (->148f)!)\n    10.0.0.1.40000 > 10.0.0.2.12223: LWAPP version 2 packet not supported",
                ],
            ),
        ],
    )]
}

#[expect(clippy::too_many_lines, reason = "a table of packets and lines")]
fn over_ip() -> Vec<Case> {
    let mobility = |kind: u8, rest: &[u8]| {
        let units = (6 + rest.len()).div_ceil(8) as u8 - 1;
        ipv6(135, &[&[59, units, kind, 0, 0, 0][..], rest].concat())
    };
    let words = |count: usize| [&[0, 7][..], &vec![1; count]].concat();
    let address = [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9];
    let update = [&[0, 9, 0xd0, 0, 0, 5, 3, 16][..], &address, &[4, 4, 0, 1, 0, 2]].concat();
    let acknowledged = [0, 0x80, 0, 9, 0, 5, 2, 2, 0, 3];
    let dccp = |kind: u8, rest: &[u8]| {
        let offset = ((16 + rest.len()) / 4) as u8;
        ipv4(
            33,
            &[&[0, 7, 0x13, 0x89, offset, 0x30, 0, 0, kind << 1 | 1, 0, 0, 0, 0, 0, 0, 9][..], rest].concat(),
        )
    };
    let acknowledgement = [0, 0, 0, 0, 0, 0, 0, 8];
    vec![
        case(
            "mobility",
            LinkType::RAW,
            vec![
                mobility(0, &[0, 0]),
                mobility(1, &words(8)),
                mobility(4, &words(16)),
                mobility(5, &update),
                mobility(6, &acknowledged),
                mobility(7, &[&[2, 0][..], &address].concat()),
                mobility(9, &[0, 0]),
                mobility(5, &[0, 9]),
                ipv6(62, &[59, 0, 0, 0, 0, 0, 0, 0]),
            ],
            &[
                (
                    "-n",
                    &[
                        "IP6 2001:db8::1 > 2001:db8::2: mobility: BRR",
                        "IP6 2001:db8::1 > 2001:db8::2: mobility: HoTI",
                        "IP6 2001:db8::1 > 2001:db8::2: mobility: CoT nonce id=0x7",
                        "IP6 2001:db8::1 > 2001:db8::2: mobility: BU seq#=9 AHK lifetime=20",
                        "IP6 2001:db8::1 > 2001:db8::2: mobility: BA status=0 K seq#=9 lifetime=20",
                        "IP6 2001:db8::1 > 2001:db8::2: mobility: BE status=2 homeaddr 2001:db8::9",
                        "IP6 2001:db8::1 > 2001:db8::2: mobility: type-#9 len=0",
                        "IP6 2001:db8::1 > 2001:db8::2: (header length 8 is too small for type 5) [|mobility]",
                        "IP6 2001:db8::1 > 2001:db8::2: mobility: BRR",
                    ],
                ),
                (
                    "-nv",
                    &[
                        "IP6 (hlim 64, next-header Mobility (135) payload length: 8) 2001:db8::1 > 2001:db8::2: mobility: BRR",
                        "IP6 (hlim 64, next-header Mobility (135) payload length: 16) 2001:db8::1 > 2001:db8::2: mobility: HoTI Home Init Cookie=01010101:01010101",
                        "IP6 (hlim 64, next-header Mobility (135) payload length: 24) 2001:db8::1 > 2001:db8::2: mobility: CoT nonce id=0x7 Care-of Init Cookie=01010101:01010101 Care-of Keygen Token=01010101:01010101",
                        "IP6 (hlim 64, next-header Mobility (135) payload length: 36) 2001:db8::1 > 2001:db8::2: mobility: BU seq#=9 AHK lifetime=20(alt-CoA: 2001:db8::9) [|mobility]",
                        "IP6 (hlim 64, next-header Mobility (135) payload length: 16) 2001:db8::1 > 2001:db8::2: mobility: BA status=0 K seq#=9 lifetime=20 [|mobility]",
                        "IP6 (hlim 64, next-header Mobility (135) payload length: 24) 2001:db8::1 > 2001:db8::2: mobility: BE status=2 homeaddr 2001:db8::9",
                        "IP6 (hlim 64, next-header Mobility (135) payload length: 8) 2001:db8::1 > 2001:db8::2: mobility: type-#9 len=0",
                        "IP6 (hlim 64, next-header Mobility (135) payload length: 8) 2001:db8::1 > 2001:db8::2: (header length 8 is too small for type 5) [|mobility]",
                        "IP6 (hlim 64, next-header Mobile IP (old) (62) payload length: 8) 2001:db8::1 > 2001:db8::2: mobility: BRR",
                    ],
                ),
            ],
        ),
        case(
            "dccp",
            LinkType::RAW,
            vec![
                dccp(0, &[0, 0, 0, 42]),
                dccp(1, &[&acknowledgement[..], &[0, 0, 0, 42]].concat()),
                dccp(2, b"data"),
                dccp(3, &acknowledgement),
                dccp(7, &[&acknowledgement[..], &[1, 0, 0, 0]].concat()),
                dccp(7, &[&acknowledgement[..], &[99, 0, 0, 0]].concat()),
                dccp(4, &[0, 0]),
                dccp(12, &acknowledgement),
                ipv4(33, &[0, 7, 0, 8, 4, 0x32, 0, 0, 6, 0, 0, 9, 0, 0, 0, 8, 1, 2, 3, 4]),
                ipv4(33, &[0, 7, 0, 8, 4, 0x32, 0, 0]),
            ],
            &[
                (
                    "-n",
                    &[
                        "IP 10.0.0.1.7 > 10.0.0.2.5001: DCCP DCCP-Request (service=42) ",
                        "IP 10.0.0.1.7 > 10.0.0.2.5001: DCCP DCCP-Response (service=42) (ack=8) ",
                        "IP 10.0.0.1.7 > 10.0.0.2.5001: DCCP DCCP-Data ",
                        "IP 10.0.0.1.7 > 10.0.0.2.5001: DCCP DCCP-Ack (ack=8) ",
                        "IP 10.0.0.1.7 > 10.0.0.2.5001: DCCP DCCP-Reset (code=closed) (ack=8) ",
                        "IP 10.0.0.1.7 > 10.0.0.2.5001: DCCP DCCP-Reset (code=invalid) (ack=8) ",
                        "IP 10.0.0.1.7 > 10.0.0.2.5001: DCCP truncated-DCCP-DataAck - 6 bytes missing!",
                        "IP 10.0.0.1.7 > 10.0.0.2.5001: DCCP unknown-type-12 (ack=8) ",
                        "IP 10.0.0.1.7 > 10.0.0.2.8: DCCP DCCP-Ack (ack=8) ",
                        "IP  [|dccp]",
                    ],
                ),
                (
                    "-nv",
                    &[
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto DCCP (33), length 40, bad cksum 0 (->147f)!)\n    10.0.0.1.7 > 10.0.0.2.5001: DCCP (CCVal 3, CsCov 0, cksum 0x0000 (incorrect -> 0xd1d4)) DCCP-Request (service=42) ",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto DCCP (33), length 48, bad cksum 0 (->1477)!)\n    10.0.0.1.7 > 10.0.0.2.5001: DCCP (CCVal 3, CsCov 0, cksum 0x0000 (incorrect -> 0xcdc4)) DCCP-Response (service=42) (ack=8) ",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto DCCP (33), length 40, bad cksum 0 (->147f)!)\n    10.0.0.1.7 > 10.0.0.2.5001: DCCP (CCVal 3, CsCov 0, cksum 0x0000 (incorrect -> 0xf53b)) DCCP-Data ",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto DCCP (33), length 44, bad cksum 0 (->147b)!)\n    10.0.0.1.7 > 10.0.0.2.5001: DCCP (CCVal 3, CsCov 0, cksum 0x0000 (incorrect -> 0xcaf2)) DCCP-Ack (ack=8) ",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto DCCP (33), length 48, bad cksum 0 (->1477)!)\n    10.0.0.1.7 > 10.0.0.2.5001: DCCP (CCVal 3, CsCov 0, cksum 0x0000 (incorrect -> 0xc0ee)) DCCP-Reset (code=closed) (ack=8) ",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto DCCP (33), length 48, bad cksum 0 (->1477)!)\n    10.0.0.1.7 > 10.0.0.2.5001: DCCP (CCVal 3, CsCov 0, cksum 0x0000 (incorrect -> 0x5eee)) DCCP-Reset (code=invalid) (ack=8) ",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto DCCP (33), length 38, bad cksum 0 (->1481)!)\n    10.0.0.1.7 > 10.0.0.2.5001: DCCP (CCVal 3, CsCov 0, cksum 0x0000 (incorrect -> 0xcb00)) truncated-DCCP-DataAck - 6 bytes missing!",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto DCCP (33), length 44, bad cksum 0 (->147b)!)\n    10.0.0.1.7 > 10.0.0.2.5001: DCCP (CCVal 3, CsCov 0, cksum 0x0000 (incorrect -> 0xb8f2)) unknown-type-12 (ack=8) ",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto DCCP (33), length 40, bad cksum 0 (->147f)!)\n    10.0.0.1.7 > 10.0.0.2.8: DCCP (CCVal 3, CsCov 2, cksum 0x0000 (incorrect -> 0xdd6f)) DCCP-Ack (ack=8) ",
                        "IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto DCCP (33), length 28, bad cksum 0 (->148b)!)\n     [|dccp]",
                    ],
                ),
                (
                    "-nq",
                    &[
                        "IP 10.0.0.1.7 > 10.0.0.2.5001: DCCP 0",
                        "IP 10.0.0.1.7 > 10.0.0.2.5001: DCCP 0",
                        "IP 10.0.0.1.7 > 10.0.0.2.5001: DCCP 0",
                        "IP 10.0.0.1.7 > 10.0.0.2.5001: DCCP 0",
                        "IP 10.0.0.1.7 > 10.0.0.2.5001: DCCP 0",
                        "IP 10.0.0.1.7 > 10.0.0.2.5001: DCCP 0",
                        "IP 10.0.0.1.7 > 10.0.0.2.5001: DCCP 2",
                        "IP 10.0.0.1.7 > 10.0.0.2.5001: DCCP 0",
                        "IP 10.0.0.1.7 > 10.0.0.2.8: DCCP 4",
                        "IP  [|dccp]",
                    ],
                ),
            ],
        ),
        case(
            "pgm and compression",
            LinkType::RAW,
            vec![
                ipv4(113, &[0, 7, 0, 8, 4, 0, 0, 0, 1, 2, 3, 4, 5, 6, 0, 99]),
                ipv4(113, &[0, 7, 0, 8, 4]),
                ipv4(113, &[0, 7]),
                ipv4(108, &[6, 0, 0x12, 0x34, 9]),
                ipv6(108, &[6, 0, 0x12, 0x34, 9]),
                ipv4(108, &[6, 0, 0x12]),
            ],
            &[(
                "-n",
                &[
                    "IP 10.0.0.1 > 10.0.0.2: 10.0.0.1.7 > 10.0.0.2.8: PGM, length 99",
                    "IP 10.0.0.1 > 10.0.0.2: 10.0.0.1.7 > 10.0.0.2.8:  [|pgm]",
                    "IP 10.0.0.1 > 10.0.0.2: 10.0.0.1 > 10.0.0.2: [|pgm]",
                    "IP 10.0.0.1 > 10.0.0.2: IPComp(cpi=0x1234)",
                    "IP6 2001:db8::1 > 2001:db8::2: IPComp(cpi=0x1234)",
                    "IP 10.0.0.1 > 10.0.0.2:  [|ipcomp]",
                ],
            )],
        ),
    ]
}
