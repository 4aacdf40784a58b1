//! Link layers around network packets, and frames that only one link layer has.

use sniffer::packet::LinkType;

use super::Sample;
use super::packets::{ARP, arp};
use crate::support::frames::{Fragment, IPV4, IPV6, TCP, ethernet, ipv4, tagged, tcp};

const HOST: [u8; 6] = [2, 0, 0, 0, 0, 1];
const PEER: [u8; 6] = [2, 0, 0, 0, 0, 2];
const THIRD: [u8; 6] = [2, 0, 0, 0, 0, 3];
const FOURTH: [u8; 6] = [2, 0, 0, 0, 0, 4];
const BROADCAST: [u8; 6] = [0xff; 6];
const GROUP: [u8; 6] = [1, 0, 0x5e, 0, 0, 1];
const SNAP: [u8; 6] = [0xaa, 0xaa, 3, 0, 0, 0];

/// The packet in a frame of the link type; `None` where the link type cannot carry it.
pub(super) fn in_link(link_type: LinkType, protocol: u16, packet: &[u8]) -> Option<Vec<u8>> {
    let is_ip = matches!(protocol, IPV4 | IPV6);
    let head = match link_type {
        LinkType::ETHERNET => ethernet(HOST, PEER, protocol, &[]),
        LinkType::LINUX_SLL => sll(0, protocol),
        LinkType::LINUX_SLL2 => sll2(2, 0, protocol),
        LinkType::RAW | LinkType::IPV4 | LinkType::IPV6 if is_ip => Vec::new(),
        LinkType::NULL if is_ip => family(protocol).to_le_bytes().to_vec(),
        LinkType::LOOP if is_ip => family(protocol).to_be_bytes().to_vec(),
        LinkType::PPP | LinkType::PPP_HDLC => [&[0xff, 3], &ppp(protocol)[..]].concat(),
        LinkType::PPP_ETHER => [&[0x11, 0, 0, 1, 0, 0], &ppp(protocol)[..]].concat(),
        LinkType::C_HDLC => [&[0x0f, 0], &protocol.to_be_bytes()[..]].concat(),
        LinkType::SLIP if is_ip => [&[1], &[0; 15][..]].concat(),
        LinkType::FDDI => [&[0x57], &HOST[..], &PEER, &SNAP, &protocol.to_be_bytes()].concat(),
        LinkType::IEEE802_5 => [&[0x10, 0x40], &HOST[..], &PEER, &SNAP, &protocol.to_be_bytes()].concat(),
        LinkType::IEEE802_11
        | LinkType::IEEE802_11_RADIOTAP
        | LinkType::IEEE802_11_AVS
        | LinkType::IEEE802_11_PRISM => {
            let llc = [&SNAP[..], &protocol.to_be_bytes()].concat();
            radio(link_type, &wlan(0x08, 0x01, &llc))
        }
        _ => return None,
    };
    Some([head, packet.to_vec()].concat())
}

/// A cooked header, version 1.
fn sll(packet_type: u16, protocol: u16) -> Vec<u8> {
    [&packet_type.to_be_bytes(), &[0, 1, 0, 6][..], &PEER, &[0, 0], &protocol.to_be_bytes()].concat()
}

/// A cooked header, version 2.
fn sll2(ifindex: u32, packet_type: u8, protocol: u16) -> Vec<u8> {
    [&protocol.to_be_bytes(), &[0, 0][..], &ifindex.to_be_bytes(), &[0, 1, packet_type, 6], &PEER, &[0, 0]]
        .concat()
}

/// The address family of FreeBSD.
fn family(protocol: u16) -> u32 {
    if protocol == IPV4 { 2 } else { 28 }
}

/// The PPP number of a protocol that has one.
fn ppp(protocol: u16) -> [u8; 2] {
    let number = match protocol {
        IPV4 => 0x0021,
        IPV6 => 0x0057,
        0x6003 => 0x0027,
        0x809b => 0x0029,
        0x8847 => 0x0281,
        other => other,
    };
    u16::to_be_bytes(number)
}

/// An 802.11 header with all four addresses, of which a frame with fewer uses the first bytes.
fn wlan(control: u8, direction: u8, rest: &[u8]) -> Vec<u8> {
    let mut frame = [&[control, direction, 0, 0], &HOST[..], &PEER, &THIRD, &[0, 0]].concat();
    if direction & 3 == 3 {
        frame.extend(FOURTH);
    }
    frame.extend(rest);
    frame
}

/// The frame behind the radio header of the link type.
fn radio(link_type: LinkType, frame: &[u8]) -> Vec<u8> {
    let head = match link_type {
        LinkType::IEEE802_11_RADIOTAP => vec![0, 0, 8, 0, 0, 0, 0, 0],
        LinkType::IEEE802_11_AVS => [&[0x80, 0x21, 0x10, 1, 0, 0, 0, 64][..], &[7; 56]].concat(),
        LinkType::IEEE802_11_PRISM => [&[0, 0, 0, 0x44][..], &[5; 140]].concat(),
        _ => Vec::new(),
    };
    [head, frame.to_vec()].concat()
}

/// Frames that only this link type has.
pub(super) fn special(link_type: LinkType) -> Vec<Sample> {
    match link_type {
        LinkType::ETHERNET => ethernet_frames(),
        LinkType::LINUX_SLL => vec![
            Sample::whole("sent", [sll(4, IPV4), web()].concat()),
            Sample::whole("cooked 802.2", [sll(0, 4), vec![0xfe, 0xfe, 3, 0x83, 0x1b, 1, 0, 24]].concat()),
            Sample::whole("cooked spanning tree", [sll(2, 4), vec![0x42, 0x42, 3, 0, 0]].concat()),
            Sample::whole("cooked raw 802.3", [sll(1, 1), vec![0xff; 10]].concat()),
            Sample::whole("cooked ipx", [sll(1, 4), vec![0xe0, 0xe0, 3, 0]].concat()),
            Sample::whole("cooked snap", [sll(1, 4), SNAP.to_vec(), vec![0x80, 0xf3, 1, 1]].concat()),
        ],
        LinkType::LINUX_SLL2 => vec![
            Sample::whole("sent", [sll2(7, 4, IPV4), web()].concat()),
            Sample::whole("cooked 802.2", [sll2(2, 1, 4), vec![0x42, 0x42, 3, 0, 0]].concat()),
        ],
        LinkType::NULL => [24_u32, 28, 30, 10]
            .map(|family| {
                Sample::whole("ipv6 of another system", [&family.to_le_bytes()[..], &[0x60; 60]].concat())
            })
            .to_vec(),
        LinkType::LOOP => [24_u32, 28, 30, 10]
            .map(|family| {
                Sample::whole("ipv6 of another system", [&family.to_be_bytes()[..], &[0x60; 60]].concat())
            })
            .to_vec(),
        LinkType::C_HDLC => vec![Sample::whole(
            "osi over hdlc",
            vec![0x8f, 0, 0xfe, 0xfe, 3, 0x83, 0x1b, 1, 0, 0x14, 1, 0, 0],
        )],
        LinkType::SLIP => vec![Sample::whole("received", [vec![0; 16], web()].concat())],
        LinkType::IEEE802_11
        | LinkType::IEEE802_11_RADIOTAP
        | LinkType::IEEE802_11_AVS
        | LinkType::IEEE802_11_PRISM => wlan_frames(link_type),
        _ => Vec::new(),
    }
}

/// The Ethernet frame with a VLAN tag.
pub(super) fn in_tag(sample: &Sample) -> Sample {
    Sample::whole(&format!("tagged {}", sample.name), tagged(0x8100, 100, &sample.data))
}

fn web() -> Vec<u8> {
    ipv4([10, 0, 0, 1].into(), [10, 0, 0, 2].into(), TCP, Fragment::default(), &tcp(1234, 80, b"x"))
}

/// An 802.3 frame: its length field is the payload's.
fn ieee802_3(dst: [u8; 6], payload: &[u8]) -> Vec<u8> {
    ethernet(dst, PEER, payload.len() as u16, payload)
}

fn ethernet_frames() -> Vec<Sample> {
    let plain = ethernet(HOST, PEER, IPV4, &web());
    let tag = |tpid, tci, frame: &[u8]| tagged(tpid, tci, frame);
    let llc = |name, payload: &[u8]| Sample::whole(name, ieee802_3(GROUP, payload));
    let isis = |kind| [&[0xfe, 0xfe, 3, 0x83, 0x1b, 1, 0, kind, 1, 0, 0][..], &[0; 20]].concat();
    vec![
        Sample::whole("tagged tcp", tag(0x8100, 100, &plain)),
        Sample::whole("tagged with priority", tag(0x8100, 0xe064, &plain)),
        Sample::whole("tagged 200", tag(0x8100, 200, &plain)),
        Sample::whole("two tags", tag(0x8100, 100, &tag(0x8100, 200, &plain))),
        Sample::whole("service tag", tag(0x88a8, 300, &tag(0x8100, 200, &plain))),
        Sample::whole("old service tag", tag(0x9100, 100, &plain)),
        Sample::whole("unknown tag", tag(0x9200, 100, &plain)),
        Sample::whole(
            "tagged arp",
            tag(0x8100, 100, &ethernet(HOST, PEER, ARP, &arp(1, [10, 0, 0, 1].into(), [10, 0, 0, 2].into()))),
        ),
        Sample::whole(
            "broadcast arp",
            ethernet(BROADCAST, PEER, ARP, &arp(1, [10, 0, 0, 1].into(), [10, 0, 0, 2].into())),
        ),
        Sample::whole("to itself", ethernet(HOST, HOST, IPV4, &web())),
        Sample::whole("to group", ethernet(GROUP, PEER, IPV4, &web())),
        Sample::whole("to third", ethernet(THIRD, HOST, IPV4, &web())),
        llc("spanning tree", &[0x42, 0x42, 3, 0, 0, 0, 0, 0]),
        llc("isis csnp", &isis(24)),
        llc("isis lsp", &isis(18)),
        llc("isis hello", &isis(17)),
        llc("isis psnp", &isis(27)),
        llc("isis with reserved bits", &isis(0xf4)),
        llc("esis", &[0xfe, 0xfe, 3, 0x82, 0, 0, 0, 0]),
        llc("clnp", &[0xfe, 0xfe, 3, 0x81, 0, 0, 0, 0]),
        llc("netbeui", &[0xf0, 0xf0, 3, 0x2c, 0, 0xff, 0xef]),
        llc("netware 802.3", &[0xff, 0xff, 0, 30, 0, 0, 0, 0]),
        llc("netware 802.2", &[0xe0, 0xe0, 3, 0xff, 0xff, 0, 30, 0]),
        llc("netware snap", &[&SNAP[..], &[0x81, 0x37], &[0xff; 10]].concat()),
        llc("snap ip", &[&SNAP[..], &[8, 0], &web()].concat()),
        llc("snap appletalk", &[&[0xaa, 0xaa, 3, 8, 0, 7, 0x80, 0x9b][..], &[1; 12]].concat()),
        llc("snap appletalk arp", &[&SNAP[..], &[0x80, 0xf3], &[1; 12]].concat()),
        llc("ip over llc", &[&[6, 6, 3][..], &web()].concat()),
        llc("receiver ready", &[0x04, 0x05, 0x01, 0x00]),
        llc("receiver not ready", &[0x04, 0x05, 0x05, 0x00]),
        llc("reject", &[0x04, 0x05, 0x09, 0x00]),
        llc("llc information", &[0x04, 0x04, 0x02, 0x00, 1, 2, 3]),
        llc("llc ua", &[0x04, 0x05, 0x73]),
        llc("llc sabme", &[0x04, 0x04, 0x7f]),
        llc("llc xid", &[0x04, 0x04, 0xaf, 0x81, 1, 0]),
        Sample::whole("ethernet header only", ethernet(HOST, PEER, IPV4, &[])),
    ]
}

fn wlan_frames(link_type: LinkType) -> Vec<Sample> {
    let snap_ip = [&SNAP[..], &[8, 0], &web()].concat();
    let frame = |name, control, direction, rest: &[u8]| {
        Sample::whole(name, radio(link_type, &wlan(control, direction, rest)))
    };
    let control = |name, control, len: usize| {
        let mut bytes = wlan(control, 0, &[]);
        bytes.truncate(len);
        Sample::whole(name, radio(link_type, &bytes))
    };
    let qos = [&[0, 0][..], &snap_ip].concat();
    let mut frames = vec![
        frame("wlan data without ds", 0x08, 0, &snap_ip),
        frame("wlan data from ds", 0x08, 2, &snap_ip),
        frame("wlan data between ds", 0x08, 3, &snap_ip),
        frame("wlan qos data", 0x88, 1, &qos),
        frame("wlan null", 0x48, 1, &[]),
        frame("beacon", 0x80, 0, &[0; 20]),
        frame("probe request", 0x40, 0, &[0; 8]),
        frame("deauthentication", 0xc0, 0, &[3, 0]),
        control("rts", 0xb4, 16),
        control("cts", 0xc4, 10),
        control("ack", 0xd4, 10),
        control("ps poll", 0xa4, 16),
        frame("wlan data to a group", 0x08, 2, &snap_ip),
    ];
    if let Some(last) = frames.last_mut() {
        let start = last.data.len() - snap_ip.len() - 24 + 4;
        last.data[start..start + 6].copy_from_slice(&GROUP);
    }
    if link_type == LinkType::IEEE802_11_RADIOTAP {
        // The flags field says that two bytes of padding make the QoS header a multiple of four.
        let flags_only =
            [&[0, 0, 9, 0, 2, 0, 0, 0, 0x20][..], &wlan(0x88, 1, &[&[0, 0, 0, 0][..], &snap_ip].concat())]
                .concat();
        frames.push(Sample::whole("padded", flags_only));
        let with_time = [
            &[0, 0, 17, 0, 3, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0x20][..],
            &wlan(0x88, 1, &[&[0; 7][..], &snap_ip].concat()),
        ]
        .concat();
        frames.push(Sample::whole("padded with time", with_time));
    }
    if link_type == LinkType::IEEE802_11_PRISM {
        let avs = [&[0x80, 0x21, 0x10, 1, 0, 0, 0, 64][..], &[7; 56], &wlan(0x08, 1, &snap_ip)].concat();
        frames.push(Sample::whole("avs under prism's name", avs));
    }
    frames
}
