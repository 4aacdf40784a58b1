//! What the kernel left out at the front of a frame, put back in the room in front of the captured bytes.

use crate::capture::MAX_SNAPLEN;
use crate::packet::LinkType;
use crate::sys::tpacket::{FRAME_HEADER_LEN, FrameHeader, LinkAddress, VlanTag};

/// Bytes of a VLAN tag.
const VLAN_TAG_LEN: usize = 4;

/// Bytes of a `LINUX_SLL` header (<https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html>).
const SLL_HEADER_LEN: usize = 16;

/// Bytes of a `LINUX_SLL2` header (<https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html>).
const SLL2_HEADER_LEN: usize = 20;

/// Where in an Ethernet header the tag belongs: behind the two addresses.
const ETHERNET_TAG_OFFSET: usize = 12;

/// Where libpcap puts it in a `LINUX_SLL` header: before the protocol.
const SLL_TAG_OFFSET: usize = 14;

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
    /// The whole link-layer header: a cooked one of version 1 is made up, with the VLAN tag when there was one.
    LinuxSll,
    /// The same of version 2, which has no place for a tag.
    LinuxSll2,
}

impl MissingHeader {
    /// Bytes of the header that is made up, without a tag.
    pub(in crate::capture) const fn made_up_len(self) -> u32 {
        let len = match self {
            Self::None | Self::VlanTag => 0,
            Self::LinuxSll => SLL_HEADER_LEN,
            Self::LinuxSll2 => SLL2_HEADER_LEN,
        };
        len as u32
    }

    /// Bytes of room to ask the kernel for in front of a frame. It leaves 16 bytes, or the link-layer header if that is
    /// longer, by itself (`tpacket_rcv`); a header that is made up takes the place of the link-layer header.
    pub(in crate::capture) const fn reserve(self) -> u32 {
        let len = match self {
            Self::None => 0,
            Self::VlanTag => VLAN_TAG_LEN,
            Self::LinuxSll => SLL_HEADER_LEN + VLAN_TAG_LEN - 16,
            Self::LinuxSll2 => SLL2_HEADER_LEN - 16,
        };
        len as u32
    }

    /// Where a tag belongs.
    const fn tag_offset(self) -> Option<usize> {
        match self {
            Self::VlanTag => Some(ETHERNET_TAG_OFFSET),
            Self::LinuxSll => Some(SLL_TAG_OFFSET),
            Self::None | Self::LinuxSll2 => None,
        }
    }
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
        // As in libpcap what is cut off before that place goes without tag, even where the place is in a made-up header.
        let place = self.header.tag_offset().filter(|&offset| header.captured_len as usize >= offset);
        let tag = header.vlan_tag.zip(place);
        let tag_len = if tag.is_some() { VLAN_TAG_LEN } else { 0 };
        let added = self.header.made_up_len() + tag_len as u32;
        let first = start.checked_sub(added as usize).filter(|&first| first >= FRAME_HEADER_LEN)?;
        let data = slot.get_mut(first..end)?;
        match self.header {
            MissingHeader::None | MissingHeader::VlanTag => {}
            MissingHeader::LinuxSll => write_sll_header(data.get_mut(tag_len..)?, &header.address)?,
            MissingHeader::LinuxSll2 => write_sll2_header(data, &header.address)?,
        }
        if let Some((tag, offset)) = tag {
            insert_vlan_tag(data, offset, tag)?;
        }
        Some(Restored { data, added })
    }
}

/// Moves what is before the tag to the front, where there are 4 bytes of room, and writes the tag behind it.
fn insert_vlan_tag(data: &mut [u8], offset: usize, tag: VlanTag) -> Option<()> {
    let header = data.get_mut(..offset + VLAN_TAG_LEN)?;
    header.copy_within(VLAN_TAG_LEN.., 0);
    let [p, q] = tag.protocol.to_be_bytes();
    let [c, d] = tag.control.to_be_bytes();
    *header.last_chunk_mut()? = [p, q, c, d];
    Some(())
}

/// Writes a `LINUX_SLL` header at the front, where there is room for it.
fn write_sll_header(data: &mut [u8], address: &LinkAddress) -> Option<()> {
    let header = data.first_chunk_mut::<SLL_HEADER_LEN>()?;
    header[0..2].copy_from_slice(&u16::from(address.packet_type).to_be_bytes());
    header[2..4].copy_from_slice(&address.hardware_type.to_be_bytes());
    header[4..6].copy_from_slice(&u16::from(address.sender_len).to_be_bytes());
    header[6..14].copy_from_slice(&address.sender);
    header[14..16].copy_from_slice(&address.protocol);
    Some(())
}

/// Writes a `LINUX_SLL2` header at the front, where there is room for it.
fn write_sll2_header(data: &mut [u8], address: &LinkAddress) -> Option<()> {
    let header = data.first_chunk_mut::<SLL2_HEADER_LEN>()?;
    header[0..2].copy_from_slice(&address.protocol);
    header[2..4].fill(0);
    header[4..8].copy_from_slice(&address.interface.to_be_bytes());
    header[8..10].copy_from_slice(&address.hardware_type.to_be_bytes());
    header[10] = address.packet_type;
    header[11] = address.sender_len;
    header[12..20].copy_from_slice(&address.sender);
    Some(())
}
