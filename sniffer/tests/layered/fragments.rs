//! Datagrams in fragments, whole or inside of tunnels.

use super::headers::*;
use super::sample;
use crate::corpus::Sample;
use crate::support::frames::{Fragment, IPV4, IPV6, TCP, UDP, tcp, udp};

/// A frame with one fragment of a datagram, of which identification, place and bytes are given.
type Builder<'a> = &'a dyn Fn(u16, Fragment, &[u8]) -> Vec<u8>;

/// Fragmented datagrams: in order, with the first one last, without the first one, and as parts of tunnels.
pub(super) fn fragments(round: u16) -> Vec<Sample> {
    let segment = tcp(40000, 443, &[0x5a; 100]);
    let other = udp(40001, 1053, &[0x5a; 100]);
    let mut frames = Vec::new();
    let mut id = round.wrapping_mul(64);
    for (name, protocol, datagram) in [("tcp", TCP, &segment), ("udp", UDP, &other)] {
        let mut add = |order: &[usize], name: &str, build: Builder<'_>| {
            id += 1;
            let parts = [(0, true), (48, true), (96, false)];
            for part in order {
                let (offset, more) = parts[*part];
                let end = if more { offset + 48 } else { datagram.len() };
                let fragment = Fragment { offset: offset as u16, more };
                let data = build(id, fragment, &datagram[offset..end]);
                frames.push(sample(&format!("fragment {part} of {name}"), data));
            }
        };
        let plain = |id, fragment, bytes: &[u8]| framed(&(IPV4, fragment4(id, protocol, fragment, bytes)));
        let plain6 = |id, fragment, bytes: &[u8]| framed(&(IPV6, fragment6(id, protocol, fragment, bytes)));
        let inside = |id, fragment, bytes: &[u8]| {
            let inner = (IPV4, fragment4(id, protocol, fragment, bytes));
            framed(&(IPV4, v4(OUTER, UDP, &udp(50000, 4789, &vxlan(0x08, &inner_frame(&inner))))))
        };
        let inside6 = |id, fragment, bytes: &[u8]| {
            framed(&(IPV4, v4(OUTER, IP6_IN_IP, &fragment6(id, protocol, fragment, bytes))))
        };
        for (order, how) in
            [(&[0, 1, 2][..], "in order"), (&[0, 2, 1], "in another order"), (&[1, 2], "without a first")]
        {
            add(order, &format!("{name} {how}"), &plain);
            add(order, &format!("{name} over ip6 {how}"), &plain6);
            add(order, &format!("{name} in vxlan {how}"), &inside);
            add(order, &format!("{name} over ip6 in ip {how}"), &inside6);
        }
    }
    frames.extend(outer_fragments(id));
    frames
}

/// A tunnel's own datagrams in fragments, the second of which has nothing of the packet inside but its end; and a first
/// fragment inside a first fragment.
fn outer_fragments(id: u16) -> Vec<Sample> {
    let inner = (IPV4, v4(INNER, TCP, &tcp(40000, 443, &[0x5a; 100])));
    let datagram = udp(50000, 4789, &vxlan(0x08, &inner_frame(&inner)));
    let first = Fragment { offset: 0, more: true };
    let last = Fragment { offset: 96, more: false };
    let outer = |id, fragment, bytes: &[u8]| framed(&(IPV4, fragment4(id, UDP, fragment, bytes)));
    let inner_first = (IPV4, fragment4(id + 3, TCP, first, &tcp(40000, 443, &[0x5a; 28])));
    let nested = udp(50000, 4789, &vxlan(0x08, &inner_frame(&inner_first)));
    let inner_last = (IPV4, fragment4(id + 3, TCP, last, &[0x5a; 8]));
    vec![
        sample("first fragment of a tunnel", outer(id + 1, first, &datagram[..96])),
        sample("last fragment of a tunnel", outer(id + 1, last, &datagram[96..])),
        sample("first fragment in a first fragment", outer(id + 2, first, &nested[..96])),
        sample("last fragment of the outer one", outer(id + 2, last, &nested[..8])),
        sample("last fragment of the inner one", framed(&inner_last)),
    ]
}
