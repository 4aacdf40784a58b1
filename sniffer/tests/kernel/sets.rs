//! Sets in the kernel's maps: the verdicts of the kernel on random keys are the evaluator's.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use sniffer::filter::{
    Entries, Filter, Metadata, NoNames, Options, Packet, Resolve, SetKind, compile, matches,
};
use sniffer::load::TestFrame;
use sniffer::packet::LinkType;

use crate::pipeline::pipelines;
use crate::support::frames::{self, Fragment, IPV4, IPV6, UDP};
use crate::support::skip;

/// One set, `@set`.
struct OneSet(Arc<Entries>);

impl OneSet {
    fn new(kind: SetKind, entries: &[String]) -> Self {
        Self(Arc::new(Entries::parse(&entries.join("\n"), kind, &NoNames).expect("entries are well-formed")))
    }

    fn compile(&self, expression: &str) -> Filter {
        let options =
            Options { link_type: LinkType::ETHERNET, live: true, netmask: None, see_through: false };
        compile(expression, &options, self).expect("the expression is well-formed")
    }
}

impl Resolve for OneSet {
    fn set(&self, name: &str, _kind: SetKind) -> Result<Option<Arc<Entries>>, String> {
        Ok((name == "set").then(|| Arc::clone(&self.0)))
    }
}

/// Numbers that look random and are the same in every run (Knuth, "MMIX").
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 ^ self.0 >> 32
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}

/// Compares verdicts on frames, of which the set must decide some either way.
#[track_caller]
fn check(expression: &str, set: &OneSet, frames: &[Vec<u8>]) {
    let filter = set.compile(expression);
    for mut pipeline in pipelines() {
        let path = pipeline.path();
        let program = filter.emit(&pipeline.target()).expect("a set has no limit");
        assert!(!program.maps.is_empty(), "a set with a name is in maps");
        pipeline.set_program(&program).expect("the kernel takes maps and program");
        let mut kept = 0;
        for data in frames {
            let frame = TestFrame::ethernet(data);
            let metadata = Metadata { protocol: frame.protocol, ifindex: 1, ..Metadata::default() };
            let packet = Packet { data, original_len: data.len() as u32, metadata };
            let expected = matches(filter.hir(), &packet);
            let verdict = pipeline.run(&frame).expect("the kernel takes the frame") != 0;
            assert_eq!(verdict, expected, "{path:?}: {expression} on {data:02x?}");
            kept += usize::from(expected);
        }
        assert!((1..frames.len()).contains(&kept), "{expression}: {kept} of {} kept", frames.len());
    }
}

fn udp4(src: u32, dst: u32, ports: (u16, u16)) -> Vec<u8> {
    let datagram = frames::udp(ports.0, ports.1, &[0; 8]);
    let packet = frames::ipv4(Ipv4Addr::from(src), Ipv4Addr::from(dst), UDP, Fragment::default(), &datagram);
    frames::ethernet([2, 0, 0, 0, 0, 2], [2, 0, 0, 0, 0, 1], IPV4, &packet)
}

fn udp6(src: u128, dst: u128) -> Vec<u8> {
    let packet = frames::ipv6(Ipv6Addr::from(src), Ipv6Addr::from(dst), UDP, &frames::udp(1, 2, &[]));
    frames::ethernet([2, 0, 0, 0, 0, 2], [2, 0, 0, 0, 0, 1], IPV6, &packet)
}

#[test]
fn ip_prefixes_of_all_lengths() {
    if !skip::is_root() {
        return;
    }
    let mut random = Random(1);
    let mut inside = Vec::new();
    let entries: Vec<_> = (0..3000)
        .map(|number| {
            let length = 33 - (random.below(1 << 24) as u32).leading_zeros().clamp(8, 32) + 7;
            let length = if number % 2 == 0 { 32 } else { length.clamp(9, 32) };
            let address = random.next() as u32 & u32::MAX << (32 - length);
            inside.push(address);
            format!("{}/{length}", Ipv4Addr::from(address))
        })
        .collect();
    let set = OneSet::new(SetKind::Address, &entries);
    let mut near = || {
        let address = inside[random.below(3000) as usize];
        // Next to an entry, in its /24, or anywhere.
        match random.below(4) {
            0 => address,
            1 => address.wrapping_add(random.below(3) as u32).wrapping_sub(1),
            2 => address ^ random.below(256) as u32,
            _ => random.next() as u32,
        }
    };
    let frames: Vec<_> = (0..2000).map(|_| udp4(near(), near(), (1, 2))).collect();
    check("src host in @set", &set, &frames);
    check("host in @set", &set, &frames);
    check("ip and not dst net in @set", &set, &frames);
}

#[test]
fn ip6_prefixes_of_all_lengths() {
    if !skip::is_root() {
        return;
    }
    let mut random = Random(2);
    let number = |random: &mut Random| {
        // Few values in the upper words, so that prefixes share them.
        let upper =
            0x2001_0db8_u128 << 96 | u128::from(random.below(4)) << 90 | u128::from(random.below(8)) << 64;
        upper | u128::from(random.next() & 0xffff_0000_0000_ffff)
    };
    let mut inside = Vec::new();
    let entries: Vec<_> = (0..2000)
        .map(|_| {
            let length = [128, 128, 127, 126, 120, 112, 65, 64, 63, 61][random.below(10) as usize];
            // The short ones would hold everything.
            let length = if length < 112 && random.below(40) > 0 { 128 } else { length };
            let address = number(&mut random) & u128::MAX << (128 - length);
            inside.push(address);
            format!("{}/{length}", Ipv6Addr::from(address))
        })
        .collect();
    let set = OneSet::new(SetKind::Address, &entries);
    let mut near = || {
        let address = inside[random.below(2000) as usize];
        match random.below(4) {
            0 => address,
            1 => address.wrapping_add(u128::from(random.below(3))).wrapping_sub(1),
            2 => address ^ 1 << random.below(128),
            _ => number(&mut random),
        }
    };
    let frames: Vec<_> = (0..2000).map(|_| udp6(near(), near())).collect();
    check("src host in @set", &set, &frames);
    check("host in @set", &set, &frames);
}

#[test]
fn ethernet_addresses_and_ports() {
    if !skip::is_root() {
        return;
    }
    let mut random = Random(3);
    let macs: Vec<[u8; 6]> = (0..5000)
        .map(|_| {
            let [_, _, mac @ ..] = (random.next() & 0xff_0000_ffff).to_be_bytes();
            mac
        })
        .collect();
    let text = |mac: &[u8; 6]| mac.map(|byte| format!("{byte:02x}")).join(":");
    let set = OneSet::new(SetKind::Ether, &macs.iter().map(text).collect::<Vec<_>>());
    let frame = udp4(1, 2, (3, 4));
    let near = |random: &mut Random| {
        let mut mac = macs[random.below(5000) as usize];
        mac[random.below(6) as usize] ^= random.below(2) as u8;
        mac
    };
    let frames: Vec<_> = (0..2000)
        .map(|_| frames::ethernet(near(&mut random), near(&mut random), IPV4, &frame[14..]))
        .collect();
    check("ether host in @set", &set, &frames);
    check("ether src in @set", &set, &frames);

    let ranges: Vec<_> =
        (0..300).map(|_| random.below(65_000)).map(|port| format!("{port}-{}", port + 20)).collect();
    let set = OneSet::new(SetKind::Port, &ranges);
    let mut port = || random.next() as u16;
    let frames: Vec<_> = (0..2000).map(|_| udp4(1, 2, (port(), port()))).collect();
    check("port in @set", &set, &frames);
    check("udp dst port in @set", &set, &frames);
}

/// A set that is empty now may have elements later, and keeps nothing until then.
#[test]
fn empty_sets_hold_nothing() {
    if !skip::is_root() {
        return;
    }
    let frames = [udp4(0, 0, (0, 0)), udp6(0, 0), udp6(u128::MAX, 1)];
    for (kind, expression) in [
        (SetKind::Address, "host in @set or ip6 src host ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        (SetKind::Port, "port in @set or ip6 src host ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        (SetKind::Ether, "ether host in @set or ip6 src host ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ] {
        check(expression, &OneSet::new(kind, &[]), &frames);
    }
}
