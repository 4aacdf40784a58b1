//! Headers of packets inside packets, field by field.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::support::frames::{Fragment, IPV4, IPV6, ethernet, ipv4, ipv6};

pub(super) const OUTER: (Ipv4Addr, Ipv4Addr) = (Ipv4Addr::new(10, 0, 0, 1), Ipv4Addr::new(10, 0, 0, 2));
pub(super) const INNER: (Ipv4Addr, Ipv4Addr) = (Ipv4Addr::new(192, 168, 7, 1), Ipv4Addr::new(192, 168, 7, 2));
pub(super) const OUTER6: (Ipv6Addr, Ipv6Addr) =
    (Ipv6Addr::new(0xfd00, 0, 0, 0, 0, 0, 0, 1), Ipv6Addr::new(0xfd00, 0, 0, 0, 0, 0, 0, 2));
pub(super) const INNER6: (Ipv6Addr, Ipv6Addr) =
    (Ipv6Addr::new(0xfd07, 0, 0, 0, 0, 0, 0, 1), Ipv6Addr::new(0xfd07, 0, 0, 0, 0, 0, 0, 2));
/// The interfaces of both ends of a lab, so that frames pass the wire.
pub(super) const SENDER: [u8; 6] = [2, 0, 0, 0, 0, 1];
pub(super) const RECEIVER: [u8; 6] = [2, 0, 0, 0, 0, 2];
pub(super) const INNER_SENDER: [u8; 6] = [2, 0, 0, 7, 0, 1];
pub(super) const INNER_RECEIVER: [u8; 6] = [2, 0, 0, 7, 0, 2];

pub(super) const ICMP: u8 = 1;
pub(super) const IP_IN_IP: u8 = 4;
pub(super) const IP6_IN_IP: u8 = 41;
pub(super) const GRE: u8 = 47;
pub(super) const AH: u8 = 51;
pub(super) const ICMP6: u8 = 58;
pub(super) const HOP_BY_HOP: u8 = 0;
pub(super) const ROUTING: u8 = 43;
pub(super) const FRAGMENT: u8 = 44;
pub(super) const DESTINATION: u8 = 60;
pub(super) const ARP: u16 = 0x0806;
pub(super) const MPLS: u16 = 0x8847;
pub(super) const PPPOE: u16 = 0x8864;
pub(super) const BRIDGED: u16 = 0x6558;
pub(super) const LLDP: u16 = 0x88cc;

/// What is inside: its Ethertype and its bytes.
pub(super) type Packet = (u16, Vec<u8>);

pub(super) fn framed((ethertype, packet): &Packet) -> Vec<u8> {
    ethernet(RECEIVER, SENDER, *ethertype, packet)
}

pub(super) fn inner_frame((ethertype, packet): &Packet) -> Vec<u8> {
    ethernet(INNER_RECEIVER, INNER_SENDER, *ethertype, packet)
}

pub(super) fn v4(ends: (Ipv4Addr, Ipv4Addr), protocol: u8, payload: &[u8]) -> Vec<u8> {
    ipv4(ends.0, ends.1, protocol, Fragment::default(), payload)
}

/// A packet in an outer IPv4 or IPv6 packet.
pub(super) fn over_ip(protocol: u8, payload: &[u8]) -> [(&'static str, Packet); 2] {
    [
        ("ip", (IPV4, v4(OUTER, protocol, payload))),
        ("ip6", (IPV6, ipv6(OUTER6.0, OUTER6.1, protocol, payload))),
    ]
}

/// An IPv6 packet with these extension headers before the payload.
pub(super) fn extensions(chain: &[u8], protocol: u8, payload: &[u8]) -> Vec<u8> {
    let (mut next, mut bytes) = (protocol, payload.to_vec());
    for header in chain.iter().rev() {
        let extension = match *header {
            AH => ah(next).to_vec(),
            FRAGMENT => fragment_header(next, Fragment::default(), 1).to_vec(),
            ROUTING => vec![next, 0, 0, 0, 0, 0, 0, 0],
            _ => vec![next, 0, 1, 4, 0, 0, 0, 0],
        };
        bytes = [extension, bytes].concat();
        next = *header;
    }
    ipv6(INNER6.0, INNER6.1, next, &bytes)
}

pub(super) fn fragment4(id: u16, protocol: u8, fragment: Fragment, bytes: &[u8]) -> Vec<u8> {
    let mut packet = ipv4(INNER.0, INNER.1, protocol, fragment, bytes);
    packet[4..6].copy_from_slice(&id.to_be_bytes());
    packet
}

pub(super) fn fragment6(id: u16, protocol: u8, fragment: Fragment, bytes: &[u8]) -> Vec<u8> {
    let header = fragment_header(protocol, fragment, id);
    let behind = [&[FRAGMENT, 0, 1, 4, 0, 0, 0, 0], &header[..], bytes].concat();
    ipv6(INNER6.0, INNER6.1, HOP_BY_HOP, &behind)
}

pub(super) fn fragment_header(next: u8, fragment: Fragment, id: u16) -> [u8; 8] {
    let [high, low] = (fragment.offset | u16::from(fragment.more)).to_be_bytes();
    let [first, second] = id.to_be_bytes();
    [next, 0, high, low, 0, 0, first, second]
}

/// An authentication header with a check value of 12 bytes.
pub(super) fn ah(next: u8) -> [u8; 24] {
    let mut header = [0; 24];
    (header[0], header[1]) = (next, 4);
    header
}

/// GRE with the fields that the flags announce.
pub(super) fn gre(flags: u16, protocol: u16, payload: &[u8]) -> Vec<u8> {
    let fields = [0x8000, 0x2000, 0x1000].iter().filter(|flag| flags & **flag != 0).count();
    [&flags.to_be_bytes(), &protocol.to_be_bytes()[..], &vec![0; fields * 4], payload].concat()
}

pub(super) fn vxlan(flags: u8, frame: &[u8]) -> Vec<u8> {
    [&[flags, 0, 0, 0, 0, 0, 42, 0], frame].concat()
}

pub(super) fn geneve(option_words: u8, protocol: u16, payload: &[u8]) -> Vec<u8> {
    let options = vec![0; usize::from(option_words) * 4];
    [&[option_words, 0], &protocol.to_be_bytes()[..], &[0, 0, 42, 0], &options, payload].concat()
}

/// GTP-U user data; `optional` is what the flags announce.
pub(super) fn gtp(flags: u8, optional: &[u8], packet: &[u8]) -> Vec<u8> {
    let len = (optional.len() + packet.len()) as u16;
    [&[flags, 0xff], &len.to_be_bytes()[..], &[0, 0, 0, 7], optional, packet].concat()
}

pub(super) fn mpls(labels: &[u32], packet: &[u8]) -> Vec<u8> {
    let last = labels.len() - 1;
    let entry =
        |(number, label): (usize, &u32)| (label << 12 | u32::from(number == last) << 8 | 64).to_be_bytes();
    [&labels.iter().enumerate().flat_map(entry).collect::<Vec<u8>>()[..], packet].concat()
}

pub(super) fn pppoe((ethertype, packet): &Packet) -> Vec<u8> {
    let protocol: u16 = if *ethertype == IPV4 { 0x0021 } else { 0x0057 };
    let len = packet.len() as u16 + 2;
    [&[0x11, 0, 0, 1], &len.to_be_bytes()[..], &protocol.to_be_bytes(), packet].concat()
}
