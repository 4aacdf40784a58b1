//! Which class the kernel side counts a frame in, for frames of every kind, in both ways of reading packets.

use std::net::{Ipv4Addr, Ipv6Addr};

use sniffer::counters::{Cell, Counters, Link, Matrix, Snapshot, Transport};
use sniffer::load::{Config, LinkHeader, Pipeline, TestFrame};
use sniffer::packet::PacketType;

use crate::pipeline::{config, counters, pipelines_of};
use crate::support::frames::{self, Fragment};
use crate::support::skip;

const ARP: u16 = 0x0806;
const VLAN: u16 = 0x8100;
const QINQ: u16 = 0x88a8;

const HOP_BY_HOP: u8 = 0;
const ROUTING: u8 = 43;
const FRAGMENT: u8 = 44;
const AH: u8 = 51;
const NO_NEXT: u8 = 59;
const DESTINATION: u8 = 60;

/// A loaded pipeline and its counters.
struct Stages {
    pipeline: Pipeline,
    counters: Counters,
}

fn stages(link_header: LinkHeader) -> Vec<Stages> {
    let load = |mut pipeline| Stages { counters: counters(&mut pipeline), pipeline };
    pipelines_of(&Config { link_header, ..config() }).into_iter().map(load).collect()
}

impl Stages {
    /// What one frame adds to the counters.
    fn count(&self, frame: &TestFrame<'_>) -> Snapshot {
        let before = self.counters.read().expect("the counters can be read");
        self.pipeline.run(frame).expect("the kernel takes the frame");
        self.counters.read().expect("the counters can be read").since(&before)
    }

    /// The classes that a frame is counted in; it must be counted once, with its length, as seen and as matched.
    #[track_caller]
    fn classify(&self, frame: &TestFrame<'_>) -> (Link, Transport) {
        let counted = self.count(frame);
        let path = self.pipeline.path();
        assert_eq!(counted.seen, counted.matched, "{path:?}: without a filter every frame matches");
        assert_eq!(counted.kept_on_error, 0, "{path:?}");
        let once = Cell { frames: 1, bytes: frame.data.len() as u64 };
        assert_eq!(counted.seen.total(), once, "{path:?}");
        only_class(&counted.seen)
    }
}

fn only_class(matrix: &Matrix) -> (Link, Transport) {
    let link = Link::ALL.into_iter().find(|link| matrix.link(*link).frames > 0);
    let transport = Transport::ALL.into_iter().find(|class| matrix.transport(*class).frames > 0);
    (link.expect("the frame has a link class"), transport.expect("the frame has a transport class"))
}

/// A frame outside of any device: the kernel's own idea of its protocol is not to matter.
fn raw(data: &[u8]) -> TestFrame<'_> {
    const LOCAL_EXPERIMENT: u16 = 0x88b5;
    TestFrame { data, protocol: LOCAL_EXPERIMENT, packet_type: PacketType::Host }
}

fn ethernet(ethertype: u16, payload: &[u8]) -> Vec<u8> {
    frames::ethernet([2, 0, 0, 0, 0, 1], [2, 0, 0, 0, 0, 2], ethertype, payload)
}

fn v4(protocol: u8, fragment: Fragment) -> Vec<u8> {
    frames::ipv4(Ipv4Addr::LOCALHOST, Ipv4Addr::BROADCAST, protocol, fragment, &[0; 24])
}

fn v6(next_header: u8, payload: &[u8]) -> Vec<u8> {
    frames::ipv6(Ipv6Addr::LOCALHOST, Ipv6Addr::UNSPECIFIED, next_header, payload)
}

/// An IPv6 extension header of `8 + 8 * more` bytes in front of what follows.
fn extension(next_header: u8, more: u8, rest: &[u8]) -> Vec<u8> {
    let mut header = vec![0xff; 8 + 8 * usize::from(more)];
    (header[0], header[1]) = (next_header, more);
    header.extend(rest);
    header
}

/// The fragment header of IPv6 in front of what follows; `offset` in bytes.
fn fragment6(next_header: u8, offset: u16, rest: &[u8]) -> Vec<u8> {
    // The reserved byte may have any value.
    let place = (offset | 1).to_be_bytes();
    [&[next_header, 0xff, place[0], place[1], 0, 0, 0, 9], rest].concat()
}

/// The frame with room for options behind the fixed part of its IPv4 header.
fn with_options(mut packet: Vec<u8>) -> Vec<u8> {
    packet[0] = 0x4f;
    packet.splice(20..20, [1; 40]);
    packet
}

/// Ethernet frames and what they are to be counted as.
fn corpus() -> Vec<(&'static str, Vec<u8>, Link, Transport)> {
    let whole = Fragment::default();
    let first = Fragment { offset: 0, more: true };
    let later = Fragment { offset: 1480, more: true };
    let last = Fragment { offset: 8, more: false };
    let tcp4 = ethernet(frames::IPV4, &v4(frames::TCP, whole));
    let udp6 = ethernet(frames::IPV6, &v6(frames::UDP, &frames::udp(1, 2, &[])));
    let mut corpus = vec![
        ("options", ethernet(frames::IPV4, &with_options(v4(17, whole))), Link::Ipv4, Transport::Udp),
        ("first fragment", ethernet(frames::IPV4, &v4(17, first)), Link::Ipv4, Transport::Udp),
        ("later fragment", ethernet(frames::IPV4, &v4(17, later)), Link::Ipv4, Transport::Fragment),
        ("last fragment", ethernet(frames::IPV4, &v4(6, last)), Link::Ipv4, Transport::Fragment),
        ("arp", ethernet(ARP, &[0; 28]), Link::Arp, Transport::None),
        ("mpls", ethernet(0x8847, &v4(6, whole)), Link::Mpls, Transport::None),
        ("mpls multicast", ethernet(0x8848, &[0; 46]), Link::Mpls, Transport::None),
        ("stp", ethernet(38, &[0x42; 46]), Link::Llc, Transport::None),
        ("longest 802.3 length", ethernet(1500, &[0; 1500]), Link::Llc, Transport::None),
        ("lldp", ethernet(0x88cc, &[0; 46]), Link::Other, Transport::None),
        ("smallest type", ethernet(0x0600, &[0; 46]), Link::Other, Transport::None),
        ("vlan", frames::tagged(VLAN, 5, &tcp4), Link::Vlan, Transport::Tcp),
        ("vlan, ipv6", frames::tagged(VLAN, 5, &udp6), Link::Vlan, Transport::Udp),
        ("service tag", frames::tagged(QINQ, 5, &tcp4), Link::Vlan, Transport::Tcp),
        ("old service tag", frames::tagged(0x9100, 5, &tcp4), Link::Vlan, Transport::Tcp),
        ("two tags", frames::tagged(QINQ, 5, &frames::tagged(VLAN, 6, &udp6)), Link::Vlan, Transport::Udp),
        ("vlan, arp", frames::tagged(VLAN, 5, &ethernet(ARP, &[0; 28])), Link::Vlan, Transport::None),
        ("no next header", ethernet(frames::IPV6, &v6(NO_NEXT, &[])), Link::Ipv6, Transport::Other),
        ("nothing but addresses", ethernet(frames::IPV4, &[])[..12].to_vec(), Link::Llc, Transport::None),
    ];
    corpus.extend(protocols());
    corpus.extend(chains());
    corpus
}

/// Every IP protocol that has a class of its own, and one that has not, over both versions.
fn protocols() -> impl Iterator<Item = (&'static str, Vec<u8>, Link, Transport)> {
    let classes = [
        (6, Transport::Tcp),
        (17, Transport::Udp),
        (132, Transport::Sctp),
        (1, Transport::Icmp),
        (58, Transport::Icmpv6),
        (2, Transport::Igmp),
        (47, Transport::Gre),
        (50, Transport::Esp),
        (AH, Transport::Ah),
        (4, Transport::IpInIp),
        (41, Transport::IpInIp),
        (89, Transport::Other),
    ];
    classes.into_iter().flat_map(|(protocol, class)| {
        let over_v4 = ethernet(frames::IPV4, &v4(protocol, Fragment::default()));
        let over_v6 = ethernet(frames::IPV6, &v6(protocol, &[0; 24]));
        [("over ipv4", over_v4, Link::Ipv4, class), ("over ipv6", over_v6, Link::Ipv6, class)]
    })
}

/// IPv6 packets with extension headers.
fn chains() -> impl Iterator<Item = (&'static str, Vec<u8>, Link, Transport)> {
    let udp = frames::udp(1, 2, &[0; 8]);
    let padded =
        |count: usize| (1..count).fold(extension(17, 0, &udp), |inner, _| extension(DESTINATION, 0, &inner));
    let long = extension(ROUTING, 2, &extension(DESTINATION, 0, &extension(6, 30, &frames::tcp(1, 2, &[]))));
    let chains = [
        ("hop by hop", v6(HOP_BY_HOP, &extension(17, 0, &udp)), Transport::Udp),
        ("long headers", v6(HOP_BY_HOP, &long), Transport::Tcp),
        ("first fragment", v6(FRAGMENT, &fragment6(17, 0, &udp)), Transport::Udp),
        ("later fragment", v6(FRAGMENT, &fragment6(17, 1448, &udp)), Transport::Fragment),
        (
            "fragment behind options",
            v6(HOP_BY_HOP, &extension(FRAGMENT, 1, &fragment6(6, 8, &udp))),
            Transport::Fragment,
        ),
        ("ah ends the walk", v6(DESTINATION, &extension(AH, 0, &[17; 24])), Transport::Ah),
        ("sixteen headers", v6(DESTINATION, &padded(16)), Transport::Udp),
        ("seventeen headers", v6(DESTINATION, &padded(17)), Transport::Other),
        ("chain beyond the end", v6(HOP_BY_HOP, &extension(17, 0, &[])[..1]), Transport::Other),
    ];
    chains.into_iter().map(|(name, packet, class)| (name, ethernet(frames::IPV6, &packet), Link::Ipv6, class))
}

#[test]
fn frames_count_in_the_class_of_their_protocols() {
    if !skip::is_root() {
        return;
    }
    for stages in stages(LinkHeader::Ethernet) {
        for (name, frame, link, transport) in corpus() {
            assert_eq!(
                stages.classify(&raw(&frame)),
                (link, transport),
                "{name} with {:?} reads",
                stages.pipeline.path()
            );
        }
    }
}

#[test]
fn both_ways_of_reading_agree_on_frames_cut_anywhere() {
    if !skip::is_root() {
        return;
    }
    let [direct, compat] = &stages(LinkHeader::Ethernet)[..] else { return };
    for (name, frame, ..) in corpus() {
        for length in 1..frame.len().min(128) {
            let cut = raw(&frame[..length]);
            assert_eq!(direct.classify(&cut), compat.classify(&cut), "{name}, the first {length} bytes");
        }
    }
}

#[test]
fn cooked_frames_count_by_what_the_kernel_takes_them_for() {
    if !skip::is_root() {
        return;
    }
    let tcp4 = v4(frames::TCP, Fragment::default());
    let later = v4(frames::TCP, Fragment { offset: 8, more: false });
    let udp6 = v6(HOP_BY_HOP, &extension(17, 0, &frames::udp(1, 2, &[])));
    let arp = [0; 28];
    let cases: [(u16, &[u8], Link, Transport); 10] = [
        (frames::IPV4, &tcp4, Link::Ipv4, Transport::Tcp),
        (frames::IPV4, &later, Link::Ipv4, Transport::Fragment),
        (frames::IPV6, &udp6, Link::Ipv6, Transport::Udp),
        (ARP, &arp, Link::Arp, Transport::None),
        (0x8847, &arp, Link::Mpls, Transport::None),
        (0x88cc, &arp, Link::Other, Transport::None),
        // A tag in the bytes: the kernel has gone past it, but tells its type only.
        (VLAN, &tcp4, Link::Vlan, Transport::Tcp),
        (QINQ, &udp6, Link::Vlan, Transport::Udp),
        (VLAN, &arp, Link::Vlan, Transport::None),
        // ETH_P_802_2, which the kernel makes of every 802.3 length.
        (100, &arp, Link::Llc, Transport::None),
    ];
    for stages in stages(LinkHeader::None) {
        for (protocol, data, link, transport) in cases {
            let frame = TestFrame { data, protocol, packet_type: PacketType::Host };
            let path = stages.pipeline.path();
            assert_eq!(stages.classify(&frame), (link, transport), "{protocol:#06x} with {path:?} reads");
        }
    }
}

#[test]
fn frames_of_links_that_are_not_known_are_taken_for_nothing_else() {
    if !skip::is_root() {
        return;
    }
    let looks_like_tcp = ethernet(frames::IPV4, &v4(frames::TCP, Fragment::default()));
    for stages in stages(LinkHeader::Other) {
        for length in [1, 13, 14, 34, looks_like_tcp.len()] {
            let class = stages.classify(&raw(&looks_like_tcp[..length]));
            assert_eq!(class, (Link::Other, Transport::None), "{length} bytes, {:?}", stages.pipeline.path());
        }
    }
}
