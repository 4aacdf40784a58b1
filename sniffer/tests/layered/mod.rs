//! Packets inside packets, built field by field: every encapsulation that filters see through, alone and nested, IPv6
//! extension headers, and fragments in and out of order. The expressions for them are data, `filters.txt`.

mod fragments;
mod headers;

use self::headers::*;
use crate::corpus::Sample;
use crate::support::frames::{IPV4, IPV6, TCP, UDP, ipv6, tagged, tcp, udp};

/// The expressions of `filters.txt`, one a line; `#` begins a comment. What stands behind `|` is the same as a display
/// filter of tshark, where there is one.
pub(crate) fn expressions() -> Vec<(&'static str, Option<&'static str>)> {
    let lines = include_str!("filters.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| line.split_once(" | ").map_or((line, None), |(ours, theirs)| (ours, Some(theirs))))
        .collect()
}

/// Whole Ethernet frames of all shapes. `round` is in the identification of every fragment, since a capture remembers those
/// of earlier rounds.
pub(crate) fn frames(round: u16) -> Vec<Sample> {
    [encapsulated(), nested(), extended(), fragments::fragments(round)].concat()
}

fn sample(name: &str, data: Vec<u8>) -> Sample {
    Sample::whole(name, data)
}

/// What tunnels carry.
fn carried() -> Vec<(&'static str, Packet)> {
    vec![
        ("tcp", (IPV4, v4(INNER, TCP, &tcp(40000, 443, b"payload")))),
        ("udp6", (IPV6, ipv6(INNER6.0, INNER6.1, UDP, &udp(40001, 1053, b"payload")))),
        ("icmp", (IPV4, v4(INNER, ICMP, &[8, 0, 0, 0, 0, 1, 0, 1]))),
        ("icmp6", (IPV6, ipv6(INNER6.0, INNER6.1, ICMP6, &[128, 0, 0, 0, 0, 1, 0, 1]))),
    ]
}

/// Ways of putting a packet into another, by name.
fn tunnels((ethertype, packet): &Packet) -> Vec<(String, Packet)> {
    let bridged = inner_frame(&(*ethertype, packet.clone()));
    let bridged_tagged = tagged(0x8100, 100, &bridged);
    let ip_number = if *ethertype == IPV4 { IP_IN_IP } else { IP6_IN_IP };
    let inner = packet.as_slice();
    let over_udp = |port: u16, bytes: &[u8]| (UDP, udp(50000, port, bytes));
    let ways: Vec<(&str, (u8, Vec<u8>))> = vec![
        ("ip", (ip_number, inner.to_vec())),
        ("gre", (GRE, gre(0, *ethertype, inner))),
        ("gre with key", (GRE, gre(0x2000, *ethertype, inner))),
        ("gre with all fields", (GRE, gre(0xb000, *ethertype, inner))),
        ("gre bridged", (GRE, gre(0, BRIDGED, &bridged))),
        ("gre bridged tagged", (GRE, gre(0x2000, BRIDGED, &bridged_tagged))),
        ("gre mpls", (GRE, gre(0, MPLS, &mpls(&[17], inner)))),
        ("gre version 1", (GRE, gre(0x0001, *ethertype, inner))),
        ("vxlan", over_udp(4789, &vxlan(0x08, &bridged))),
        ("vxlan on the old port", over_udp(8472, &vxlan(0x08, &bridged_tagged))),
        ("vxlan with a policy", over_udp(4789, &vxlan(0x88, &bridged))),
        ("vxlan without a network", over_udp(4789, &vxlan(0x00, &bridged))),
        ("vxlan on another port", over_udp(4444, &vxlan(0x08, &bridged))),
        ("geneve", over_udp(6081, &geneve(0, BRIDGED, &bridged))),
        ("geneve with options", over_udp(6081, &geneve(3, BRIDGED, &bridged))),
        ("geneve bare", over_udp(6081, &geneve(0, *ethertype, inner))),
        ("gtp", over_udp(2152, &gtp(0x30, &[], inner))),
        ("gtp with sequence", over_udp(2152, &gtp(0x32, &[0, 1, 0, 0], inner))),
        ("gtp with extension", over_udp(2152, &gtp(0x34, &[0, 0, 0, 0x85, 1, 0, 9, 0], inner))),
        (
            "gtp with extensions",
            over_udp(2152, &gtp(0x34, &[0, 0, 0, 0x85, 1, 0, 9, 0xc0, 2, 0, 1, 2, 3, 4, 5, 0], inner)),
        ),
        (
            "gtp signalling",
            over_udp(2152, &[&[0x32, 1, 0, 4, 0, 0, 0, 0], &[0, 1, 0, 0][..], inner].concat()),
        ),
    ];
    let named = |(way, (protocol, payload)): (&str, (u8, Vec<u8>))| {
        over_ip(protocol, &payload).map(|(outer, packet)| (format!("{way} over {outer}"), packet))
    };
    ways.into_iter().flat_map(named).collect()
}

/// Every packet in every tunnel, and behind link-layer headers.
fn encapsulated() -> Vec<Sample> {
    let mut frames = Vec::new();
    for (name, packet) in carried() {
        let plain = framed(&packet);
        frames.push(sample(name, plain.clone()));
        frames.push(sample(&format!("{name} tagged"), tagged(0x8100, 100, &plain)));
        frames.push(sample(&format!("{name} tagged twice"), tagged(0x88a8, 7, &tagged(0x8100, 100, &plain))));
        let labels = |labels: &[u32]| framed(&(MPLS, mpls(labels, &packet.1)));
        frames.push(sample(&format!("{name} behind a label"), labels(&[16])));
        frames.push(sample(&format!("{name} behind labels"), labels(&[16, 17, 18])));
        frames.push(sample(&format!("{name} in pppoe"), framed(&(PPPOE, pppoe(&packet)))));
        let tunnelled = tunnels(&packet);
        frames
            .extend(tunnelled.iter().map(|(way, outer)| sample(&format!("{name} in {way}"), framed(outer))));
    }
    frames
}

/// Tunnels in tunnels, more than are looked into, and what is not IP inside.
fn nested() -> Vec<Sample> {
    let (_, tcp) = carried().remove(0);
    let mut frames = Vec::new();
    for (first, once) in tunnels(&tcp) {
        for (second, twice) in
            tunnels(&once).into_iter().filter(|(way, _)| way.ends_with("over ip")).step_by(3)
        {
            frames.push(sample(&format!("tcp in {first} in {second}"), framed(&twice)));
        }
    }
    let mut packet = tcp;
    for depth in 1..7 {
        packet = (IPV4, v4(OUTER, IP_IN_IP, &packet.1));
        frames.push(sample(&format!("tcp {depth} deep"), framed(&packet)));
    }
    let arp = [&[0, 1, 8, 0, 6, 4, 0, 1], &INNER_SENDER[..], &INNER.0.octets(), &[0; 6], &INNER.1.octets()]
        .concat();
    for (name, inner) in [("arp", (ARP, arp)), ("lldp", (LLDP, vec![2, 7, 4, 2, 0, 0, 7, 0, 1, 0, 0]))] {
        let in_vxlan = udp(50000, 4789, &vxlan(0x08, &inner_frame(&inner)));
        frames.push(sample(&format!("{name} in vxlan"), framed(&(IPV4, v4(OUTER, UDP, &in_vxlan)))));
    }
    frames
}

/// Extension headers of IPv6, and AH.
fn extended() -> Vec<Sample> {
    let segment = tcp(40000, 443, b"payload");
    let chains: [(&str, &[u8]); 8] = [
        ("hop-by-hop", &[HOP_BY_HOP]),
        ("routing", &[ROUTING]),
        ("destination", &[DESTINATION]),
        ("fragment", &[FRAGMENT]),
        ("ah", &[AH]),
        ("many", &[HOP_BY_HOP, DESTINATION, ROUTING, FRAGMENT, AH, DESTINATION]),
        ("eight", &[DESTINATION; 8]),
        ("too many", &[DESTINATION; 40]),
    ];
    let mut frames: Vec<Sample> = Vec::new();
    for (name, chain) in chains {
        let packet = extensions(chain, TCP, &segment);
        frames.push(sample(&format!("tcp behind {name}"), framed(&(IPV6, packet.clone()))));
        let inside = v4(OUTER, IP6_IN_IP, &packet);
        frames.push(sample(&format!("tcp behind {name} in ip"), framed(&(IPV4, inside))));
    }
    let authenticated = [&ah(TCP)[..], &segment].concat();
    frames.push(sample("tcp behind ah over ip", framed(&(IPV4, v4(INNER, AH, &authenticated)))));
    let mut options = v4(INNER, TCP, &[&[1; 8][..], &segment].concat());
    options[0] = 0x47;
    frames.push(sample("tcp with ip options", framed(&(IPV4, options.clone()))));
    options[0] = 0x44;
    frames.push(sample("tcp with an impossible header length", framed(&(IPV4, options))));
    frames
}
