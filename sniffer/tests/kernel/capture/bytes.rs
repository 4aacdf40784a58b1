//! Frames come out of the ring as they went over the wire, and as tcpdump gives them.

use sniffer::packet::{Frame, LinkType, PacketType};
use sniffer::pcap::Reader;

use super::{drain, start, wait_until_counted};
use crate::support::lab::{End, Lab};
use crate::support::process::{self, Running};
use crate::support::sender::RawSender;
use crate::support::traffic::{Version, tcp_exchange, udp_to_itself};
use crate::support::{frames, netlink, skip};

/// A frame's link type, bytes and length on the wire.
type Captured = (LinkType, Vec<u8>, u32);

fn captured(frame: &Frame<'_>) -> Captured {
    (frame.link_type, frame.data.to_vec(), frame.original_len)
}

/// What tcpdump wrote on its standard output.
fn tcpdump_frames(tcpdump: Running) -> Vec<Captured> {
    let outcome = tcpdump.wait();
    outcome.expect_code(0);
    let mut reader = Reader::new(outcome.stdout.as_slice()).expect("tcpdump writes savefiles");
    let mut frames = Vec::new();
    while let Some(frame) = reader.next_frame().expect("the file is whole") {
        frames.push(captured(&frame));
    }
    frames
}

/// Frames of many lengths, to this host and to others, with and without VLAN tags.
fn varied_frames(lab: &Lab) -> Vec<Vec<u8>> {
    let (to, from) = (lab.right.mac, lab.left.mac);
    let payload: Vec<u8> = (0..60_000_u32).map(|position| position as u8).collect();
    let mut sent = Vec::new();
    for len in [0, 1, 46, 47, 1500, 1501, 9000, 60_000] {
        sent.push(frames::ethernet(to, from, 0x88b5, &payload[..len]));
    }
    for receiver in [[0xff; 6], [1, 0, 0x5e, 0, 0, 1], [2, 0, 0, 0, 0, 99]] {
        sent.push(frames::ethernet(receiver, from, 0x88b5, &payload[..46]));
    }
    for len in [4, 46, 9000] {
        let plain = frames::ethernet(to, from, 0x88b5, &payload[..len]);
        let customer = frames::tagged(0x8100, 0xa005, &plain);
        sent.extend([frames::tagged(0x88a8, 6, &plain), frames::tagged(0x88a8, 7, &customer), customer]);
    }
    sent
}

/// Sends the frames from left to right; the frames seen at that end must be tcpdump's byte for byte.
fn check_bytes(lab: &Lab, end: &End, snaplen: u32) {
    let sent = varied_frames(lab);
    let (count, snaplen_text) = (sent.len().to_string(), snaplen.to_string());
    let args =
        ["-i", end.name, "-w", "-", "--immediate-mode", "-B", "32768", "-c", &count, "-s", &snaplen_text];
    let Some(tcpdump) = process::tcpdump("the same bytes as tcpdump", &end.namespace, &args) else { return };
    let mut source = start(end, end.name, |config| config.snaplen = snaplen);
    let sender = RawSender::open(&lab.left);
    for frame in &sent {
        if end.name == lab.left.name { sender.send(frame) } else { sender.deliver(&lab.left, frame) }
    }

    let theirs = tcpdump_frames(tcpdump);
    wait_until_counted(&mut source, sent.len() as u64);
    let ours = drain(&mut source, |frame| Some(captured(frame)));
    assert_eq!(ours, theirs, "at {} with -s {snaplen}", end.name);
    if snaplen == 262_144 {
        assert!(theirs.iter().map(|(_, data, _)| data).eq(&sent), "the wire's bytes");
    }
}

#[test]
fn both_ends_see_the_bytes_that_tcpdump_sees() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    for snaplen in [262_144, 96, 16, 13, 1] {
        check_bytes(&lab, &lab.left, snaplen);
        check_bytes(&lab, &lab.right, snaplen);
    }
}

/// Whether a frame is the copy of a loopback frame on its way out, which tcpdump leaves out of a capture on all
/// interfaces, and the sniffer's program does.
fn is_sent_on_loopback(frame: &Frame<'_>) -> bool {
    frame.interface == 1 && frame.packet_type == Some(PacketType::Outgoing)
}

#[test]
fn all_interfaces_together_give_the_cooked_bytes_that_tcpdump_gives() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    for link_type in [LinkType::LINUX_SLL, LinkType::LINUX_SLL2] {
        check_cooked_bytes(&lab, link_type);
    }
}

fn check_cooked_bytes(lab: &Lab, link_type: LinkType) {
    let sent = varied_frames(lab);
    let count = (sent.len() + 1).to_string();
    let name = link_type.name().expect("it has one");
    let args = ["-i", "any", "-y", name, "-w", "-", "--immediate-mode", "-B", "32768", "-c", &count];
    let Some(tcpdump) = process::tcpdump("cooked bytes", &lab.right.namespace, &args) else { return };
    let mut source = start(&lab.right, "any", |config| {
        config.interface = config.interface.clone().with_link_type(link_type).expect("frames are cooked");
    });
    let sender = RawSender::open(&lab.left);
    for frame in &sent {
        sender.deliver(&lab.left, frame);
    }
    // It may be received by another processor, and comes last all the same.
    wait_until_counted(&mut source, sent.len() as u64);
    udp_to_itself(&lab.right, 0, b"datagram");

    let theirs = tcpdump_frames(tcpdump);
    let ours = drain(&mut source, |frame| (!is_sent_on_loopback(frame)).then(|| captured(frame)));
    assert_eq!(ours, theirs);
}

#[test]
fn frames_that_are_never_cut_on_the_wire_come_whole() {
    const SENT: usize = 4 << 20;
    if !skip::is_root() {
        return;
    }
    let lab = Lab::new();
    // Kernels before 5.19 refuse sizes above 64 KiB.
    let is_big = lab.left.namespace.run(|| netlink::set_gso_max_size(lab.left.index, 200_000)).is_ok();
    let mut source = start(&lab.left, lab.left.name, |_| ());
    tcp_exchange(&lab, Version::V6, 7, &vec![0x5a; SENT]);
    let (mut payload, mut longest) = (0, 0);
    drain(&mut source, |frame| {
        assert_eq!(frame.data.len(), frame.original_len as usize);
        if frame.packet_type == Some(PacketType::Outgoing) {
            payload += frame.data.iter().map(|&byte| usize::from(byte == 0x5a)).sum::<usize>();
        }
        longest = longest.max(frame.data.len());
        None::<()>
    });
    assert!(payload >= SENT, "{payload} bytes of {SENT}");
    assert!(longest > if is_big { 100_000 } else { 30_000 }, "the longest frame has {longest} bytes");
    assert_eq!(source.statistics().expect("counts can be read").truncated, 0);
}

#[test]
fn loopback_frames_come_once() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let mut source = start(&lab.right, "lo", |_| ());
    (0..3).for_each(|_| udp_to_itself(&lab.right, 0, b"datagram"));
    let seen = drain(&mut source, |frame| frame.packet_type);
    assert_eq!(seen, [PacketType::Host; 3]);
}

#[test]
fn both_ends_see_the_same_frames_in_their_own_light() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let mut sending = start(&lab.left, lab.left.name, |_| ());
    let mut receiving = start(&lab.right, lab.right.name, |_| ());
    let sent = frames::udp_frame(&lab.left, &lab.right, 1000, 2000, b"datagram");
    RawSender::open(&lab.left).deliver(&lab.left, &sent);
    wait_until_counted(&mut receiving, 1);
    for (source, end, packet_type) in
        [(&mut sending, &lab.left, PacketType::Outgoing), (&mut receiving, &lab.right, PacketType::Host)]
    {
        let mut seen = drain(source, |frame| Some((frame.data.to_vec(), frame.interface, frame.packet_type)));
        // The sending side has it as often as it took.
        seen.dedup();
        assert_eq!(seen, [(sent.clone(), end.index, Some(packet_type))]);
    }
}
