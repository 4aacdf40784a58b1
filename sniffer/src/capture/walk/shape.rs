//! What the kernel left out at the front of a frame, put back in the room in front of the captured bytes.

use crate::capture::MAX_SNAPLEN;
use crate::packet::LinkType;
use crate::sys::tpacket::{FRAME_HEADER_LEN, FrameHeader, LinkAddress, VlanTag};

/// Bytes of a VLAN tag.
pub(in crate::capture) const VLAN_TAG_LEN: u32 = 4;

/// Bytes of a `LINUX_SLL2` header (<https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html>).
pub(in crate::capture) const COOKED_HEADER_LEN: u32 = 20;

/// Where in an Ethernet header the tag belongs: behind the two addresses.
const VLAN_TAG_OFFSET: usize = 12;

/// What is made of the bytes that the kernel captured.
#[derive(Clone, Copy, Debug)]
pub(in crate::capture) struct Shape {
    /// The link type of the frames given out; `None` when each has that of the interface which it was seen on.
    pub(in crate::capture) link_type: Option<LinkType>,
    /// Captured bytes beyond these are cut off.
    pub(in crate::capture) snaplen: u32,
    /// Whether the programs cut frames before that as well.
    pub(in crate::capture) is_cut_by_programs: bool,
    /// What is put back in front of them.
    pub(in crate::capture) header: MissingHeader,
}

/// What the kernel left out at the front of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::capture) enum MissingHeader {
    /// Nothing.
    None,
    /// A VLAN tag in the Ethernet header, when there was one.
    VlanTag,
    /// The whole link-layer header: a cooked one is made up.
    Cooked,
}

/// The bytes to give out, and by how much the header that was put back made them longer.
#[derive(Clone, Copy)]
pub(super) struct Restored<'b> {
    pub(super) data: &'b [u8],
    pub(super) added: u32,
}

impl Shape {
    /// Whether frames that are cut to so many bytes are cut as was wanted: more than [`MAX_SNAPLEN`] cannot be asked for, and
    /// less is only given where it was.
    pub(super) fn cuts_at(self, len: usize) -> bool {
        len < MAX_SNAPLEN as usize && (self.is_cut_by_programs || len >= self.snaplen as usize)
    }

    /// Puts back what the kernel left out, in the room in front of the captured bytes. `None` when the header lies: the
    /// bytes are not within the slot, or there is no room in front of them.
    #[inline]
    pub(super) fn restore<'b>(self, slot: &'b mut [u8], header: &FrameHeader) -> Option<Restored<'b>> {
        let start = usize::from(header.data_offset);
        let end = start.checked_add(header.captured_len as usize)?;
        let has_tag_place = header.captured_len as usize >= VLAN_TAG_OFFSET;
        let added = match (self.header, header.vlan_tag) {
            (MissingHeader::Cooked, _) => COOKED_HEADER_LEN,
            (MissingHeader::VlanTag, Some(_)) if has_tag_place => VLAN_TAG_LEN,
            _ => 0,
        };
        let first = start.checked_sub(added as usize).filter(|&first| first >= FRAME_HEADER_LEN)?;
        let data = slot.get_mut(first..end)?;
        match (self.header, header.vlan_tag) {
            (MissingHeader::Cooked, _) => write_cooked_header(data, &header.address)?,
            (MissingHeader::VlanTag, Some(tag)) if has_tag_place => insert_vlan_tag(data, tag)?,
            _ => {}
        }
        Some(Restored { data, added })
    }
}

/// Moves the two addresses to the front, where there are 4 bytes of room, and writes the tag behind them.
fn insert_vlan_tag(data: &mut [u8], tag: VlanTag) -> Option<()> {
    let header = data.first_chunk_mut::<{ VLAN_TAG_OFFSET + VLAN_TAG_LEN as usize }>()?;
    header.copy_within(VLAN_TAG_LEN as usize.., 0);
    header[12..14].copy_from_slice(&tag.protocol.to_be_bytes());
    header[14..16].copy_from_slice(&tag.control.to_be_bytes());
    Some(())
}

/// Writes a `LINUX_SLL2` header at the front, where there is room for it.
fn write_cooked_header(data: &mut [u8], address: &LinkAddress) -> Option<()> {
    let header = data.first_chunk_mut::<{ COOKED_HEADER_LEN as usize }>()?;
    header[0..2].copy_from_slice(&address.protocol);
    header[2..4].fill(0);
    header[4..8].copy_from_slice(&address.interface.to_be_bytes());
    header[8..10].copy_from_slice(&address.hardware_type.to_be_bytes());
    header[10] = address.packet_type;
    header[11] = address.sender_len;
    header[12..20].copy_from_slice(&address.sender);
    Some(())
}
