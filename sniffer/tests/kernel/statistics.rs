//! Counting by protocol in the kernel, of frames that the filter rejects too.

use std::net::Ipv6Addr;

use crate::pipeline::path_options;
use crate::support::frames::{self, Fragment, IPV4, IPV6};
use crate::support::lab::Lab;
use crate::support::process::{Summary, sniffer};
use crate::support::sender::RawSender;
use crate::support::skip;

/// Frames by the class that they are to be counted in: link class, transport class, frame.
fn classes(lab: &Lab) -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let link = |ethertype, payload: &[u8]| frames::ethernet(lab.right.mac, lab.left.mac, ethertype, payload);
    let v4 = |protocol, fragment, payload: &[u8]| {
        link(IPV4, &frames::ipv4(lab.left.v4, lab.right.v4, protocol, fragment, payload))
    };
    let v6 = |next: u8, payload: &[u8]| link(IPV6, &frames::ipv6(lab.left.v6, lab.right.v6, next, payload));
    let whole = Fragment::default();
    let segment = frames::tcp(1000, 80, b"payload");
    let datagram = frames::udp(1000, 53, b"payload");
    let inner = frames::ipv6(Ipv6Addr::LOCALHOST, Ipv6Addr::LOCALHOST, frames::UDP, &datagram);
    // Destination options of 8 bytes, then TCP.
    let extended = [&[frames::TCP, 0, 1, 4, 0, 0, 0, 0], &segment[..]].concat();
    let tcp = v4(frames::TCP, whole, &segment);
    vec![
        ("ipv4", "tcp", tcp.clone()),
        ("ipv4", "udp", v4(frames::UDP, whole, &datagram)),
        ("ipv4", "sctp", v4(132, whole, &[0; 12])),
        ("ipv4", "icmp", v4(1, whole, &[8, 0, 0, 0, 0, 1, 0, 1])),
        ("ipv4", "igmp", v4(2, whole, &[0; 8])),
        ("ipv4", "gre", v4(47, whole, &[0; 8])),
        ("ipv4", "esp", v4(50, whole, &[0; 16])),
        ("ipv4", "ah", v4(51, whole, &[0; 24])),
        ("ipv4", "ipip", v4(41, whole, &inner)),
        ("ipv4", "udp", v4(frames::UDP, Fragment { offset: 0, more: true }, &datagram)),
        ("ipv4", "fragment", v4(frames::UDP, Fragment { offset: 16, more: true }, &[0; 16])),
        ("ipv4", "fragment", v4(frames::UDP, Fragment { offset: 32, more: false }, &[0; 16])),
        ("ipv4", "other", v4(89, whole, &[0; 24])),
        ("ipv6", "tcp", v6(frames::TCP, &segment)),
        ("ipv6", "udp", v6(frames::UDP, &datagram)),
        ("ipv6", "icmpv6", v6(58, &[128, 0, 0, 0, 0, 1, 0, 1])),
        ("ipv6", "tcp", v6(60, &extended)),
        ("arp", "none", link(0x0806, &[0; 28])),
        ("mpls", "none", link(0x8847, &[0; 40])),
        ("llc", "none", link(0x0026, &[0; 38])),
        ("other", "none", link(0x88cc, &[0; 40])),
        ("vlan", "tcp", frames::tagged(0x8100, 100, &tcp)),
        ("vlan", "tcp", frames::tagged(0x88a8, 100, &frames::tagged(0x8100, 7, &tcp))),
        ("vlan", "none", frames::tagged(0x8100, 100, &link(0x0806, &[0; 28]))),
    ]
}

#[test]
fn rejected_frames_are_counted_by_protocol_and_never_reach_the_ring() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let sender = RawSender::open(&lab.left);
    for path in path_options() {
        let args = ["-n", "-i", "left0", "--stats=json", "--kernel-path", path, "tcp port 9"];
        let running = sniffer(&lab.left.namespace, &args);
        // Class number N is sent N + 1 times, so that no two are mistaken for each other.
        let classes = classes(&lab);
        for (number, (.., frame)) in classes.iter().enumerate() {
            (0..=number).for_each(|_| sender.send(frame));
        }
        let outcome = running.interrupt();
        assert_eq!(outcome.expect_code(0).lines(), [""; 0]);
        assert_eq!(outcome.summary(), Summary { captured: 0, received: 0, dropped: 0 });
        let statistics = outcome.statistics();
        let expected = |select: &dyn Fn(&str, &str) -> bool| {
            let chosen =
                classes.iter().enumerate().filter(|(_, (link, transport, _))| select(link, transport));
            chosen.fold((0, 0), |(frames, bytes), (number, (.., frame))| {
                (frames + number as u64 + 1, bytes + (number + 1) * frame.len())
            })
        };
        let counted = |kind: &str, name: &str| {
            let cell = &statistics["seen"][kind][name];
            let number = |field: &str| cell[field].as_u64().unwrap_or_default();
            (number("frames"), number("bytes") as usize)
        };
        for name in ["ipv4", "ipv6", "arp", "vlan", "mpls", "llc", "other"] {
            assert_eq!(
                counted("link", name),
                expected(&|link, _| link == name),
                "{path} {name}: {statistics}"
            );
        }
        for name in [
            "tcp", "udp", "sctp", "icmp", "icmpv6", "igmp", "gre", "esp", "ah", "ipip", "fragment", "other",
            "none",
        ] {
            let expected = expected(&|_, transport| transport == name);
            assert_eq!(counted("transport", name), expected, "{path} {name}: {statistics}");
        }
    }
}
