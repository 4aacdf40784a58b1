//! The laboratory itself: what the other tests build on holds.

use crate::support::frames;
use crate::support::lab::Lab;
use crate::support::sender::RawSender;
use crate::support::skip;
use crate::support::traffic::{self, Version};

#[test]
fn sockets_and_ping_cross_the_pair_in_both_ip_versions() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::new();
    for version in [Version::V4, Version::V6] {
        traffic::tcp_exchange(&lab, version, 8080, b"request");
        traffic::udp_exchange(&lab, version, 5353, b"datagram");
        traffic::ping("laboratory ping", &lab, version, 3);
    }
}

#[test]
fn a_quiet_pair_carries_the_frames_of_the_test_and_no_other() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let frame = frames::tcp_frame(&lab.left, &lab.right, 1000, 80, b"payload");

    let flood = RawSender::open(&lab.left).flood(&[frame.clone(), frames::tagged(0x8100, 5, &frame)], 10_001);

    assert_eq!(flood.sent, 10_001);
    let (left, right) = (lab.left.counters(), lab.right.counters());
    // The queue between the ends is shared with all other traffic of the processor.
    assert_eq!(left.tx_packets + left.tx_dropped, flood.sent);
    assert_eq!((right.rx_packets, right.tx_packets, left.rx_packets), (left.tx_packets, 0, 0));
}
