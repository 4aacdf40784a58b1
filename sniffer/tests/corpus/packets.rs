//! Network packets, each with the number that link layers call its protocol by.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::support::frames::{Fragment, IPV4, IPV6, TCP, UDP, ethernet, ipv4, ipv6, tcp, udp};

/// What a link layer carries.
#[derive(Clone, Debug)]
pub(super) struct Packet {
    pub(super) name: &'static str,
    /// An Ethertype.
    pub(super) protocol: u16,
    pub(super) bytes: Vec<u8>,
}

pub(super) const ARP: u16 = 0x0806;
const A: Ipv4Addr = Ipv4Addr::new(10, 0, 0, 1);
const B: Ipv4Addr = Ipv4Addr::new(10, 0, 0, 2);
const C: Ipv4Addr = Ipv4Addr::new(172, 16, 5, 9);
const A6: Ipv6Addr = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1);
const B6: Ipv6Addr = Ipv6Addr::new(0x2001, 0xdb8, 0, 1, 0, 0, 0, 2);
const LINK_LOCAL: Ipv6Addr = Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 9);
const GROUP6: Ipv6Addr = Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 0, 0xfb);
const SCTP: u8 = 132;
const ICMP: u8 = 1;
const ICMP6: u8 = 58;

/// Every packet.
pub(super) fn all() -> Vec<Packet> {
    [ip(), ip_fragments(), ip6(), tunnels(), others()].concat()
}

fn packet(name: &'static str, protocol: u16, bytes: Vec<u8>) -> Packet {
    Packet { name, protocol, bytes }
}

/// An IPv4 packet that is no fragment.
fn whole(src: Ipv4Addr, dst: Ipv4Addr, protocol: u8, payload: &[u8]) -> Vec<u8> {
    ipv4(src, dst, protocol, Fragment::default(), payload)
}

/// A TCP segment with other flags than SYN.
fn flags(mut segment: Vec<u8>, flags: u8) -> Vec<u8> {
    segment[13] = flags;
    segment
}

/// The packet with `words` words of options behind its header.
fn with_options(packet: &[u8], words: u8) -> Vec<u8> {
    let options = vec![1; usize::from(words) * 4];
    let mut packet = [&packet[..20], &options, &packet[20..]].concat();
    packet[0] += words;
    packet
}

/// The packet with another first byte.
fn first_byte(mut packet: Vec<u8>, byte: u8) -> Vec<u8> {
    packet[0] = byte;
    packet
}

fn ip() -> Vec<Packet> {
    let v4 = |name, bytes| packet(name, IPV4, bytes);
    let to_web = tcp(1234, 80, b"GET / HTTP/1.0\r\n\r\n");
    vec![
        v4("tcp syn to 80", whole(A, B, TCP, &to_web)),
        v4("tcp ack from 80", whole(B, A, TCP, &flags(tcp(80, 1234, b""), 0x10))),
        v4("tcp fin push 443", whole(C, A, TCP, &flags(tcp(443, 50_000, b"bye"), 0x19))),
        v4("tcp rst to 22", whole(A, C, TCP, &flags(tcp(6000, 22, b""), 0x04))),
        v4("tcp to itself", whole(A, A, TCP, &tcp(80, 80, b""))),
        v4("tcp with options", with_options(&whole(A, B, TCP, &to_web), 3)),
        v4("tcp with most options", with_options(&whole(A, B, TCP, &to_web), 10)),
        v4("tcp with no header length", first_byte(whole(A, B, TCP, &to_web), 0x40)),
        v4("tcp with version 5", first_byte(whole(A, B, TCP, &to_web), 0x55)),
        v4("dns query", whole(A, C, UDP, &udp(5353, 53, &[0; 12]))),
        v4("dns answer", whole(C, A, UDP, &udp(53, 5353, &[0; 12]))),
        v4("udp between 80 and 80", whole(A, B, UDP, &udp(80, 80, b"x"))),
        v4("udp port 0", whole(A, B, UDP, &udp(0, 65_535, b""))),
        v4("sctp 80", whole(A, B, SCTP, &[0, 80, 0x14, 0x51, 0, 0, 0, 1, 0, 0, 0, 0])),
        v4("echo request", whole(A, B, ICMP, &[8, 0, 0, 0, 0, 1, 0, 1, 1, 2, 3, 4])),
        v4("echo reply", whole(B, A, ICMP, &[0, 0, 0, 0, 0, 1, 0, 1, 1, 2, 3, 4])),
        v4(
            "port unreachable",
            whole(
                B,
                A,
                ICMP,
                &[[3, 3, 0, 0, 0, 0, 0, 0].as_slice(), &whole(A, B, UDP, &udp(9, 9, b""))].concat(),
            ),
        ),
        v4("igmp", whole(A, Ipv4Addr::new(224, 0, 0, 1), 2, &[0x16, 0, 0, 0, 224, 0, 0, 251])),
        v4("igrp", whole(A, B, 9, &[1; 12])),
        v4("pim", whole(A, Ipv4Addr::new(224, 0, 0, 13), 103, &[0x20, 0, 0, 0])),
        v4("vrrp", whole(A, Ipv4Addr::new(224, 0, 0, 18), 112, &[0x21, 191, 0xb0, 1, 0, 0, 0xb5, 0xc5])),
        v4("gre", whole(A, B, 47, &[[0, 0, 8, 0].as_slice(), &whole(C, A, TCP, &to_web)].concat())),
        v4("esp", whole(A, B, 50, &[0, 0, 1, 0, 0, 0, 0, 1, 9, 9, 9, 9])),
        v4(
            "ah with tcp",
            whole(
                A,
                B,
                51,
                &[
                    [6, 4, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0].as_slice(),
                    &to_web,
                ]
                .concat(),
            ),
        ),
        v4("ip in ip", whole(A, B, 4, &whole(C, A, UDP, &udp(53, 53, b"")))),
        v4("to broadcast", whole(A, Ipv4Addr::BROADCAST, UDP, &udp(68, 67, &[1; 20]))),
        v4("to class e", whole(A, Ipv4Addr::new(240, 0, 0, 1), UDP, &udp(68, 67, b""))),
        v4("from nowhere", whole(Ipv4Addr::UNSPECIFIED, Ipv4Addr::UNSPECIFIED, UDP, &udp(68, 67, b""))),
        v4("header only", whole(A, B, TCP, &[])),
        v4("long packet", whole(A, B, UDP, &udp(7, 7, &[7; 1400]))),
    ]
}

fn ip_fragments() -> Vec<Packet> {
    let fragment = |offset, more, payload: &[u8]| {
        packet("fragment", IPV4, ipv4(A, B, UDP, Fragment { offset, more }, payload))
    };
    vec![
        Packet { name: "first fragment", ..fragment(0, true, &udp(80, 53, &[1; 16])) },
        Packet { name: "middle fragment", ..fragment(24, true, &udp(80, 53, &[1; 16])) },
        Packet { name: "last fragment", ..fragment(48, false, &udp(80, 53, b"end")) },
    ]
}

/// An IPv6 extension header of eight bytes.
fn extension(next: u8, rest: [u8; 6], payload: &[u8]) -> Vec<u8> {
    [&[next, 0], &rest[..], payload].concat()
}

fn ip6() -> Vec<Packet> {
    let v6 = |name, bytes| packet(name, IPV6, bytes);
    let to_web = tcp(1234, 80, b"hello");
    let pad = [1, 4, 0, 0, 0, 0];
    let ah = |payload: &[u8]| {
        [[TCP, 4, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0].as_slice(), payload]
            .concat()
    };
    vec![
        v6("tcp over ipv6", ipv6(A6, B6, TCP, &to_web)),
        v6("udp over ipv6", ipv6(B6, A6, UDP, &udp(53, 4000, b"answer"))),
        v6("sctp over ipv6", ipv6(A6, B6, SCTP, &[0, 80, 0x14, 0x51, 0, 0, 0, 1, 0, 0, 0, 0])),
        v6("neighbour solicitation", ipv6(LINK_LOCAL, GROUP6, ICMP6, &[135, 0, 0, 0, 0, 0, 0, 0])),
        v6("ipv6 echo", ipv6(A6, LINK_LOCAL, ICMP6, &[128, 0, 0, 0, 0, 1, 0, 1])),
        v6("mdns", ipv6(LINK_LOCAL, GROUP6, UDP, &udp(5353, 5353, b""))),
        v6("hop by hop", ipv6(A6, B6, 0, &extension(UDP, pad, &udp(53, 53, b"")))),
        v6(
            "tcp behind ipv6 headers",
            ipv6(A6, B6, 0, &extension(43, pad, &extension(60, [0; 6], &extension(TCP, pad, &to_web)))),
        ),
        v6(
            "first ipv6 fragment",
            ipv6(A6, B6, 44, &extension(UDP, [0, 1, 0, 0, 0, 7], &udp(80, 53, &[1; 16]))),
        ),
        v6("last ipv6 fragment", ipv6(A6, B6, 44, &extension(UDP, [0, 24, 0, 0, 0, 7], &[3; 9]))),
        v6("ah over ipv6", ipv6(A6, B6, 51, &ah(&to_web))),
        v6("esp over ipv6", ipv6(A6, B6, 50, &[0, 0, 1, 0, 0, 0, 0, 1])),
        v6("no next header", ipv6(A6, B6, 59, &[])),
        v6("pim over ipv6", ipv6(LINK_LOCAL, GROUP6, 103, &[0x20, 0, 0, 0])),
        v6("endless hop by hop", ipv6(A6, B6, 0, &extension(0, pad, &extension(0, pad, &[0])))),
        v6("ipv6 with version 4", first_byte(ipv6(A6, B6, TCP, &to_web), 0x40)),
    ]
}

const INNER_MAC: [u8; 6] = [2, 0, 0, 0, 0, 0x11];

/// An Ethernet frame inside a tunnel. ARP goes to all.
fn inner(protocol: u16, packet: &[u8]) -> Vec<u8> {
    ethernet(if protocol == ARP { [0xff; 6] } else { INNER_MAC }, [2, 0, 0, 0, 0, 0x22], protocol, packet)
}

/// A Geneve header with `words` words of options.
fn geneve(first: u8, protocol: u16, vni: u32, words: u8, payload: &[u8]) -> Vec<u8> {
    let mut header = vec![first | words, 0];
    header.extend(protocol.to_be_bytes());
    header.extend((vni << 8).to_be_bytes());
    header.extend(vec![0xee; usize::from(words) * 4]);
    header.extend(payload);
    udp(33_333, 6081, &header)
}

fn vxlan(flags: u8, vni: u32, payload: &[u8]) -> Vec<u8> {
    udp(44_444, 4789, &[&[flags, 0, 0, 0], &(vni << 8).to_be_bytes()[..], payload].concat())
}

fn tunnels() -> Vec<Packet> {
    const BRIDGED: u16 = 0x6558;
    let v4 = |name, datagram: Vec<u8>| packet(name, IPV4, whole(A, B, UDP, &datagram));
    let tcp_inside = whole(C, A, TCP, &tcp(7, 80, b"in"));
    let frame = inner(IPV4, &tcp_inside);
    let tagged = crate::support::frames::tagged(0x8100, 100, &frame);
    vec![
        v4("geneve ethernet", geneve(0, BRIDGED, 5, 0, &frame)),
        v4("geneve ethernet with options", geneve(0, BRIDGED, 6, 2, &frame)),
        v4("geneve bare ip", geneve(0, IPV4, 5, 0, &tcp_inside)),
        v4("geneve bare ipv6", geneve(0, IPV6, 7, 1, &ipv6(A6, B6, TCP, &tcp(7, 80, b"in")))),
        v4("geneve tagged", geneve(0, BRIDGED, 5, 0, &tagged)),
        v4("geneve arp", geneve(0, BRIDGED, 5, 0, &inner(ARP, &arp(1, A, B)))),
        v4("geneve echo", geneve(0, BRIDGED, 5, 0, &inner(IPV4, &whole(B, A, ICMP, &[8, 0, 0, 0])))),
        v4("geneve of version 1", geneve(0x40, BRIDGED, 5, 0, &frame)),
        packet("geneve over ipv6", IPV6, ipv6(A6, B6, UDP, &geneve(0, BRIDGED, 5, 1, &frame))),
        v4(
            "geneve in geneve",
            geneve(0, BRIDGED, 5, 0, &inner(IPV4, &whole(B, A, UDP, &geneve(0, BRIDGED, 9, 1, &frame)))),
        ),
        v4("vxlan", vxlan(0x08, 100, &frame)),
        v4("vxlan arp", vxlan(0x08, 101, &inner(ARP, &arp(1, A, B)))),
        v4("vxlan with other flags", vxlan(0x0c, 100, &frame)),
        packet("vxlan over ipv6", IPV6, ipv6(A6, B6, UDP, &vxlan(0x08, 100, &frame))),
    ]
}

/// An ARP or RARP packet for Ethernet and IPv4.
pub(super) fn arp(operation: u8, sender: Ipv4Addr, target: Ipv4Addr) -> Vec<u8> {
    let head = [0, 1, 8, 0, 6, 4, 0, operation, 2, 0, 0, 0, 0, 1];
    [&head[..], &sender.octets(), &[2, 0, 0, 0, 0, 2], &target.octets()].concat()
}

/// A `DECnet` data packet from 1.5 to 63.1023, behind its length.
fn decnet(padded: bool, long: bool) -> Vec<u8> {
    let (from, to) = ((1_u16 << 10 | 5).to_le_bytes(), (63_u16 << 10 | 1023).to_le_bytes());
    let mut bytes = vec![0x20, 0];
    if padded {
        bytes.push(0x81);
    }
    if long {
        bytes.extend([
            0x26, 0, 0, 0xaa, 0, 4, 0, to[0], to[1], 0, 0, 0xaa, 0, 4, 0, from[0], from[1], 0, 0, 0, 0,
        ]);
    } else {
        bytes.extend([0x0a, to[0], to[1], from[0], from[1], 0]);
    }
    bytes.extend([0; 8]);
    bytes
}

/// An MPLS label stack entry.
fn label(label: u32, bottom: bool) -> [u8; 4] {
    (label << 12 | u32::from(bottom) << 8 | 64).to_be_bytes()
}

fn others() -> Vec<Packet> {
    const MPLS: u16 = 0x8847;
    const PPPOE_SESSION: u16 = 0x8864;
    let web = whole(A, B, TCP, &tcp(1234, 80, b""));
    let web6 = ipv6(A6, B6, TCP, &tcp(1234, 80, b""));
    let in_geneve = whole(A, B, UDP, &geneve(0, 0x6558, 5, 0, &inner(IPV4, &web)));
    let session = |protocol: u16, inner: &[u8]| {
        let len = inner.len() as u16 + 2;
        [&[0x11, 0, 0x12, 0x34], &len.to_be_bytes()[..], &protocol.to_be_bytes(), inner].concat()
    };
    vec![
        packet("arp request", ARP, arp(1, A, B)),
        packet("arp reply", ARP, arp(2, B, A)),
        packet("rarp", 0x8035, arp(3, C, B)),
        packet("one label", MPLS, [&label(100, true)[..], &web].concat()),
        packet("two labels", MPLS, [&label(100, false)[..], &label(1024, true), &web].concat()),
        packet("label and ipv6", MPLS, [&label(100, true)[..], &web6].concat()),
        packet("label without an end", MPLS, [&label(100, false)[..], &web].concat()),
        packet("mpls multicast", 0x8848, [&label(100, true)[..], &web].concat()),
        packet("label and geneve", MPLS, [&label(100, true)[..], &in_geneve].concat()),
        packet("pppoe discovery", 0x8863, vec![0x11, 9, 0, 0, 0, 4, 1, 1, 0, 0]),
        packet("pppoe session ip", PPPOE_SESSION, session(0x0021, &web)),
        packet("pppoe session ipv6", PPPOE_SESSION, session(0x0057, &web6)),
        packet("pppoe session lcp", PPPOE_SESSION, session(0xc021, &[9, 1, 0, 8, 0, 0, 0, 0])),
        packet("pppoe session mpls", PPPOE_SESSION, session(0x0281, &[&label(123, true)[..], &web].concat())),
        packet("decnet short", 0x6003, decnet(false, false)),
        packet("decnet short padded", 0x6003, decnet(true, false)),
        packet("decnet long", 0x6003, decnet(false, true)),
        packet("decnet long padded", 0x6003, decnet(true, true)),
        packet("lat", 0x6004, vec![4; 20]),
        packet("sca", 0x6007, vec![7; 20]),
        packet("mop dump", 0x6001, vec![1; 20]),
        packet("mop remote console", 0x6002, vec![2; 20]),
        packet("loopback test", 0x9000, vec![0; 20]),
        packet("lldp", 0x88cc, vec![2, 7, 4, 1, 2, 3, 4, 5, 6]),
        packet("slow protocols", 0x8809, vec![1, 1, 0, 0]),
        packet("appletalk", 0x809b, vec![9; 20]),
        packet("appletalk arp", 0x80f3, vec![3; 20]),
        packet("ipx", 0x8137, vec![0xff; 30]),
        packet("xns", 0x0600, vec![6; 20]),
        packet("just above a length", 1501, vec![5; 20]),
        packet("transparent bridging", 0x6558, inner(IPV4, &web)),
    ]
}
