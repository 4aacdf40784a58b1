//! Packets from their fields, for tests. Checksums stay 0: lines without `-v` do not show them.

use std::net::{Ipv4Addr, Ipv6Addr};

const CLIENT_MAC: [u8; 6] = [2, 0, 0, 0, 0, 1];
const SERVER_MAC: [u8; 6] = [2, 0, 0, 0, 0, 2];

/// An Ethernet frame from client to server.
pub(super) fn ethernet(ether_type: u16, payload: &[u8]) -> Vec<u8> {
    [&SERVER_MAC[..], &CLIENT_MAC, &ether_type.to_be_bytes(), payload].concat()
}

/// A VLAN tag in front of a payload.
pub(super) fn vlan(tci: u16, ether_type: u16, payload: &[u8]) -> Vec<u8> {
    [&tci.to_be_bytes()[..], &ether_type.to_be_bytes(), payload].concat()
}

/// An IPv4 packet from 10.0.0.1 to 10.0.0.2.
pub(super) fn ipv4(protocol: u8, payload: &[u8]) -> Vec<u8> {
    ipv4_with(protocol, 0x4000, &[], payload)
}

/// An IPv4 packet with a fragment field and options.
pub(super) fn ipv4_with(protocol: u8, fragment: u16, options: &[u8], payload: &[u8]) -> Vec<u8> {
    let len = (20 + options.len() + payload.len()) as u16;
    let mut packet = vec![0x45 + (options.len() / 4) as u8, 0];
    packet.extend(len.to_be_bytes());
    packet.extend([0x12, 0x34]);
    packet.extend(fragment.to_be_bytes());
    packet.extend([64, protocol, 0, 0]);
    packet.extend(Ipv4Addr::new(10, 0, 0, 1).octets());
    packet.extend(Ipv4Addr::new(10, 0, 0, 2).octets());
    [&packet[..], options, payload].concat()
}

/// An IPv4 packet the other way round.
pub(super) fn reversed(mut packet: Vec<u8>) -> Vec<u8> {
    packet[12..20].rotate_left(4);
    packet
}

/// An IPv6 packet from `2001:db8::1` to `2001:db8::2`.
pub(super) fn ipv6(next_header: u8, payload: &[u8]) -> Vec<u8> {
    let address = |last| Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, last).octets();
    let len = (payload.len() as u16).to_be_bytes();
    [&[0x60, 0, 0, 0], &len[..], &[next_header, 64], &address(1), &address(2), payload].concat()
}

/// A UDP datagram.
pub(super) fn udp(source: u16, destination: u16, payload: &[u8]) -> Vec<u8> {
    let len = (8 + payload.len()) as u16;
    [&source.to_be_bytes()[..], &destination.to_be_bytes(), &len.to_be_bytes(), &[0, 0], payload].concat()
}

/// The fields of a TCP segment.
#[derive(Clone, Copy)]
pub(super) struct Tcp<'a> {
    pub(super) ports: [u16; 2],
    pub(super) sequence: u32,
    pub(super) acknowledgement: u32,
    pub(super) flags: u8,
    pub(super) options: &'a [u8],
    pub(super) payload: &'a [u8],
}

impl Tcp<'_> {
    pub(super) fn bytes(self) -> Vec<u8> {
        let mut segment = Vec::new();
        segment.extend(self.ports[0].to_be_bytes());
        segment.extend(self.ports[1].to_be_bytes());
        segment.extend(self.sequence.to_be_bytes());
        segment.extend(self.acknowledgement.to_be_bytes());
        segment.extend([(5 + self.options.len() as u8 / 4) << 4, self.flags, 0xfa, 0xf0, 0, 0, 0, 0]);
        [&segment[..], self.options, self.payload].concat()
    }
}

/// An ICMP or ICMPv6 message: type, code, the four bytes behind the checksum, and the rest.
pub(super) fn icmp(kind: u8, code: u8, rest: [u8; 4], payload: &[u8]) -> Vec<u8> {
    [&[kind, code, 0, 0], &rest[..], payload].concat()
}

/// An ARP packet for IPv4 over Ethernet.
pub(super) fn arp(operation: u16, target: [u8; 6]) -> Vec<u8> {
    let addresses = [&CLIENT_MAC[..], &[10, 0, 0, 1], &target, &[10, 0, 0, 2]].concat();
    [&[0, 1, 8, 0, 6, 4], &operation.to_be_bytes()[..], &addresses].concat()
}

/// A DNS message: header words, then the rest.
pub(super) fn dns(flags: u16, counts: [u16; 4], rest: &[u8]) -> Vec<u8> {
    let mut message = vec![0x12, 0x34];
    message.extend(flags.to_be_bytes());
    message.extend(counts.iter().flat_map(|count| count.to_be_bytes()));
    [&message[..], rest].concat()
}

/// A question for a name of labels, in the internet class.
pub(super) fn question(labels: &[&str], kind: u16) -> Vec<u8> {
    let mut bytes: Vec<u8> =
        labels.iter().flat_map(|label| [&[label.len() as u8], label.as_bytes()].concat()).collect();
    bytes.push(0);
    bytes.extend(kind.to_be_bytes());
    bytes.extend([0, 1]);
    bytes
}

/// A resource record whose owner is the name right behind the header.
pub(super) fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let len = (data.len() as u16).to_be_bytes();
    [&[0xc0, 12], &kind.to_be_bytes()[..], &[0, 1, 0, 0, 0, 60], &len, data].concat()
}

/// A TLS record with a handshake message.
pub(super) fn handshake(kind: u8, body: &[u8]) -> Vec<u8> {
    let len = body.len() as u16;
    let [high, low] = len.to_be_bytes();
    [&[22, 3, 1], &(len + 4).to_be_bytes()[..], &[kind, 0, high, low], body].concat()
}

/// The extensions of a TLS hello, with their length in front.
pub(super) fn extensions(extensions: &[(u16, &[u8])]) -> Vec<u8> {
    let one = |(kind, data): &(u16, &[u8])| {
        [&kind.to_be_bytes()[..], &(data.len() as u16).to_be_bytes(), data].concat()
    };
    let all: Vec<u8> = extensions.iter().flat_map(one).collect();
    [&(all.len() as u16).to_be_bytes()[..], &all].concat()
}
