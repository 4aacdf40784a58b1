//! What a tap shows of a frame to a filter, on the interface that sends it and on the one that receives it.

use sniffer::filter::Metadata;
use sniffer::packet::LinkType;

use crate::support::lab::End;

/// Bytes of an Ethernet header.
const HEADER: usize = 14;

/// Bytes of a VLAN tag.
const TAG: usize = 4;

/// Values of `skb->pkt_type` (`linux/if_packet.h`).
mod packet_type {
    pub(super) const HOST: u8 = 0;
    pub(super) const BROADCAST: u8 = 1;
    pub(super) const MULTICAST: u8 = 2;
    pub(super) const OTHER_HOST: u8 = 3;
    pub(super) const OUTGOING: u8 = 4;
}

/// A frame as a filter sees it.
pub(super) struct Shown {
    /// Its bytes.
    pub(super) data: Vec<u8>,
    /// What the kernel knows beside them.
    pub(super) metadata: Metadata,
}

/// The bytes of an Ethernet frame that filters for the link type see: all, or those from the network header on.
pub(super) fn bytes(link_type: LinkType, frame: &[u8]) -> &[u8] {
    if link_type == LinkType::ETHERNET { frame } else { &frame[HEADER..] }
}

/// Ethertype or length.
pub(super) fn ethertype(frame: &[u8]) -> u16 {
    u16::from_be_bytes([frame[12], frame[13]])
}

/// On the sending end all bytes are in place.
pub(super) fn sent(link_type: LinkType, frame: &[u8], end: &End) -> Shown {
    let (protocol, packet_type) = (ethertype(frame), packet_type::OUTGOING);
    let metadata = Metadata { protocol, packet_type, ifindex: end.index, ..Metadata::default() };
    Shown { data: bytes(link_type, frame).to_vec(), metadata }
}

/// On the receiving end the outer VLAN tag is taken out (`skb_vlan_untag` of `net/core/skbuff.c`).
pub(super) fn received(link_type: LinkType, frame: &[u8], end: &End) -> Shown {
    let tci = is_tagged(frame).then(|| u16::from_be_bytes([frame[14], frame[15]]));
    let frame = if tci.is_some() { [&frame[..12], &frame[12 + TAG..]].concat() } else { frame.to_vec() };
    let (protocol, packet_type) = (protocol(&frame), addressee(&frame, end.mac));
    let metadata =
        Metadata { protocol, packet_type, ifindex: end.index, vlan_tci: tci, ..Metadata::default() };
    Shown { data: bytes(link_type, &frame).to_vec(), metadata }
}

/// Whether the receiving end gets the frame at all: the kernel drops one whose tag is not followed by an Ethertype and
/// what `skb_vlan_untag` wants to see behind it.
pub(super) fn is_receivable(frame: &[u8]) -> bool {
    !is_tagged(frame) || frame.len() >= HEADER + TAG + 2
}

/// Whether the frame has a VLAN tag in its bytes.
pub(super) fn is_tagged(frame: &[u8]) -> bool {
    [0x8100, 0x88a8].contains(&ethertype(frame))
}

/// `skb->protocol` of a received frame: 802.3 frames have numbers of the kernel's own (`eth_type_trans` of
/// `net/ethernet/eth.c`).
fn protocol(frame: &[u8]) -> u16 {
    const RAW_802_3: u16 = 1;
    const LLC: u16 = 4;
    match (ethertype(frame), frame.get(HEADER..HEADER + 2)) {
        (ethertype @ 0x0600.., _) => ethertype,
        (_, Some([0xff, 0xff])) => RAW_802_3,
        _ => LLC,
    }
}

/// `skb->pkt_type` of a frame received by the interface of that address.
fn addressee(frame: &[u8], own: [u8; 6]) -> u8 {
    match &frame[..6] {
        [0xff, 0xff, 0xff, 0xff, 0xff, 0xff] => packet_type::BROADCAST,
        [first, ..] if first & 1 == 1 => packet_type::MULTICAST,
        address if *address == own => packet_type::HOST,
        _ => packet_type::OTHER_HOST,
    }
}
