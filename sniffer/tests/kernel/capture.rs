//! The ring: frames come out of it as they went over the wire, and none is lost without being counted.

use std::time::Duration;

use sniffer::capture::{Config, Error, Event, Interface, LiveSource, Socket};
use sniffer::packet::{LinkType, PacketType};

use crate::support::lab::{End, Lab};
use crate::support::sender::RawSender;
use crate::support::{frames, skip, wait};

/// A capture without a filter on `end`, or on all interfaces of its namespace.
fn open(end: &End, interface: &str, adjust: impl FnOnce(&mut Config) + Send) -> LiveSource {
    end.namespace.run(|| {
        let mut config = Config::new(Interface::find(interface).expect("the interface is there"));
        adjust(&mut config);
        Socket::open(&config).and_then(Socket::bind).expect("root can capture")
    })
}

/// A captured frame, copied out of the ring.
#[derive(Debug, PartialEq, Eq)]
struct Copy {
    data: Vec<u8>,
    original_len: u32,
    interface: u32,
    packet_type: Option<PacketType>,
    link_type: LinkType,
}

/// Everything that is in the ring, after which nothing more comes in.
fn drain(source: &mut LiveSource) -> Vec<Copy> {
    let mut copies = Vec::new();
    while let Some(mut block) = source.drain_block().expect("the ring can be drained") {
        copies.extend(block.frames().map(|frame| Copy {
            data: frame.data.to_vec(),
            original_len: frame.original_len,
            interface: frame.interface,
            packet_type: frame.packet_type,
            link_type: frame.link_type,
        }));
    }
    copies
}

/// Frames with no tag, one tag and two, of different lengths.
fn wire_frames(lab: &Lab) -> Vec<Vec<u8>> {
    let plain = frames::udp_frame(&lab.left, &lab.right, 1000, 2000, b"plain");
    let long = frames::tcp_frame(&lab.left, &lab.right, 1000, 2000, &[7; 9000]);
    let tagged = frames::tagged(0x8100, 0x6005, &plain);
    let twice = frames::tagged(0x88a8, 100, &frames::tagged(0x8100, 7, &long));
    vec![plain, long, tagged, twice]
}

#[test]
fn frames_come_out_as_they_went_over_the_wire_on_either_side() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let mut sending = open(&lab.left, "left0", |_| ());
    let mut receiving = open(&lab.right, "right0", |_| ());
    let sent = wire_frames(&lab);
    RawSender::open(&lab.left).flood(&sent, sent.len() as u64);
    wait::until_true("the frames arrive", || lab.right.counters().rx_packets == sent.len() as u64);
    for (source, end, packet_type) in
        [(&mut sending, &lab.left, PacketType::Outgoing), (&mut receiving, &lab.right, PacketType::Host)]
    {
        let expected: Vec<Copy> = sent
            .iter()
            .map(|frame| Copy {
                data: frame.clone(),
                original_len: frame.len() as u32,
                interface: end.index,
                packet_type: Some(packet_type),
                link_type: LinkType::ETHERNET,
            })
            .collect();
        assert_eq!(drain(source), expected, "{packet_type:?}");
    }
}

#[test]
fn a_snapshot_length_cuts_the_bytes_and_keeps_the_length() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let sent = wire_frames(&lab);
    for snaplen in [1, 14, 18, 60, 1000] {
        let mut source = open(&lab.left, "left0", |config| config.snaplen = snaplen);
        RawSender::open(&lab.left).flood(&sent, sent.len() as u64);
        for (copy, frame) in drain(&mut source).iter().zip(&sent) {
            assert_eq!(copy.data, frame[..frame.len().min(snaplen as usize)], "{snaplen}");
            assert_eq!(copy.original_len as usize, frame.len(), "{snaplen}");
        }
    }
}

#[test]
fn all_interfaces_together_give_cooked_frames_with_the_interface_in_them() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let mut source = open(&lab.right, "any", |_| ());
    let frame = frames::udp_frame(&lab.left, &lab.right, 1000, 2000, b"plain");
    RawSender::open(&lab.left).send(&frame);
    wait::until_true("the frame arrives", || lab.right.counters().rx_packets == 1);
    let copies = drain(&mut source);
    let [copy] = &copies[..] else { panic!("one frame expected: {copies:?}") };
    assert_eq!((copy.link_type, copy.interface), (LinkType::LINUX_SLL2, lab.right.index));
    // Protocol, two bytes reserved, interface index, ARPHRD_ETHER, PACKET_HOST, address length, padded address.
    let mut expected = vec![0x08, 0x00, 0, 0];
    expected.extend(lab.right.index.to_be_bytes());
    expected.extend([0, 1, 0, 6]);
    expected.extend(lab.left.mac);
    expected.extend([0, 0]);
    expected.extend(&frame[14..]);
    assert_eq!(copy.data, expected);
}

#[test]
fn what_a_full_ring_loses_is_counted() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let mut source = open(&lab.left, "left0", |config| config.buffer_size = 1 << 20);
    let frame = frames::udp_frame(&lab.left, &lab.right, 1000, 2000, &[0; 1000]);
    // Nobody reads meanwhile.
    let sent = RawSender::open(&lab.left).flood(&[frame], 10_000).sent;
    let delivered = drain(&mut source).len() as u64;
    let statistics = source.statistics().expect("the counts can be read");
    assert!(statistics.drops > 0 && delivered > 0, "{statistics:?}");
    assert_eq!((statistics.packets, statistics.malformed), (sent, 0));
    assert_eq!(delivered + statistics.drops, sent);
}

#[test]
fn an_interface_that_vanishes_ends_the_capture_after_its_last_frame() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let mut source = open(&lab.left, "left0", |_| ());
    let frame = frames::udp_frame(&lab.left, &lab.right, 1000, 2000, b"the last");
    RawSender::open(&lab.left).send(&frame);
    let Lab { left, right } = lab;
    // The pair goes with the namespace of either end.
    drop(right);
    let mut received = 0;
    let error =
        wait::until("the capture ends", || match source.next_block(Some(Duration::from_millis(50))) {
            Ok(Event::Block(mut block)) => {
                received += block.frames().count();
                None
            }
            Ok(Event::Idle | Event::InterfaceDown) => None,
            Err(error) => Some(error),
        });
    assert!(matches!(&error, Error::InterfaceVanished { name } if name == left.name), "{error}");
    assert_eq!(received, 1);
}
