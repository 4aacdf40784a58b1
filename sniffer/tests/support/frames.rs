//! Frames built from the inside out, as bytes. Transport checksums are left zero: nothing here is meant for a socket.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::lab::End;

/// Ethertype of IPv4.
pub(crate) const IPV4: u16 = 0x0800;
/// Ethertype of IPv6.
pub(crate) const IPV6: u16 = 0x86dd;
/// IP protocol number of TCP.
pub(crate) const TCP: u8 = 6;
/// IP protocol number of UDP.
pub(crate) const UDP: u8 = 17;

/// A whole frame: a UDP datagram over IPv4 from one end of a lab to the other.
pub(crate) fn udp_frame(from: &End, to: &End, src_port: u16, dst_port: u16, payload: &[u8]) -> Vec<u8> {
    let packet = ipv4(from.v4, to.v4, UDP, Fragment::default(), &udp(src_port, dst_port, payload));
    ethernet(to.mac, from.mac, IPV4, &packet)
}

/// A whole frame: a TCP segment over IPv4 from one end of a lab to the other.
pub(crate) fn tcp_frame(from: &End, to: &End, src_port: u16, dst_port: u16, payload: &[u8]) -> Vec<u8> {
    let packet = ipv4(from.v4, to.v4, TCP, Fragment::default(), &tcp(src_port, dst_port, payload));
    ethernet(to.mac, from.mac, IPV4, &packet)
}

/// An Ethernet frame.
pub(crate) fn ethernet(dst: [u8; 6], src: [u8; 6], ethertype: u16, payload: &[u8]) -> Vec<u8> {
    [&dst[..], &src, &ethertype.to_be_bytes(), payload].concat()
}

/// The frame with an IEEE 802.1Q tag (`tpid` 0x8100, or 0x88a8 for a service tag) put in front of its Ethertype.
pub(crate) fn tagged(tpid: u16, tci: u16, frame: &[u8]) -> Vec<u8> {
    [&frame[..12], &tpid.to_be_bytes(), &tci.to_be_bytes(), &frame[12..]].concat()
}

/// Position of a datagram's bytes in a fragmented one.
#[derive(Clone, Copy, Default)]
pub(crate) struct Fragment {
    /// Where the payload belongs, in bytes; a multiple of 8.
    pub(crate) offset: u16,
    /// Whether others follow.
    pub(crate) more: bool,
}

/// An IPv4 packet without options.
pub(crate) fn ipv4(
    src: Ipv4Addr,
    dst: Ipv4Addr,
    protocol: u8,
    fragment: Fragment,
    payload: &[u8],
) -> Vec<u8> {
    let total_len = 20 + payload.len() as u16;
    let place = (fragment.offset / 8) | if fragment.more { 0x2000 } else { 0 };
    let mut header = [0x45, 0, 0, 0, 0x12, 0x34, 0, 0, 64, protocol, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    header[2..4].copy_from_slice(&total_len.to_be_bytes());
    header[6..8].copy_from_slice(&place.to_be_bytes());
    header[12..16].copy_from_slice(&src.octets());
    header[16..20].copy_from_slice(&dst.octets());
    let checksum = internet_checksum(&header);
    header[10..12].copy_from_slice(&checksum.to_be_bytes());
    [&header[..], payload].concat()
}

/// An IPv6 packet whose first header after the fixed one is `next_header`.
pub(crate) fn ipv6(src: Ipv6Addr, dst: Ipv6Addr, next_header: u8, payload: &[u8]) -> Vec<u8> {
    let mut header = vec![0x60, 0, 0, 0];
    header.extend((payload.len() as u16).to_be_bytes());
    header.extend([next_header, 64]);
    header.extend(src.octets());
    header.extend(dst.octets());
    header.extend(payload);
    header
}

/// A TCP segment with the SYN flag.
pub(crate) fn tcp(src_port: u16, dst_port: u16, payload: &[u8]) -> Vec<u8> {
    let mut segment = [src_port.to_be_bytes(), dst_port.to_be_bytes()].concat();
    segment.extend([0, 0, 0, 1, 0, 0, 0, 0, 0x50, 0x02, 0x04, 0, 0, 0, 0, 0]);
    segment.extend(payload);
    segment
}

/// A UDP datagram.
pub(crate) fn udp(src_port: u16, dst_port: u16, payload: &[u8]) -> Vec<u8> {
    let len = 8 + payload.len() as u16;
    let fields = [src_port, dst_port, len, 0].map(u16::to_be_bytes);
    [&fields.concat(), payload].concat()
}

/// RFC 1071.
fn internet_checksum(header: &[u8]) -> u16 {
    let mut sum: u32 =
        header.chunks_exact(2).map(|pair| u32::from(u16::from_be_bytes([pair[0], pair[1]]))).sum();
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !(sum as u16)
}
