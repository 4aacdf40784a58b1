//! From the bytes of a block to frames. Works on any bytes: follows no offset out of the block.

use std::mem;

use crate::packet::{ChecksumState, Frame, LinkType, PacketType, Timestamp};
use crate::sys::ring::UserBlock;
use crate::sys::tpacket::{BlockHeader, FRAME_HEADER_LEN, FrameHeader, LinkAddress, VlanTag};

/// Bytes of a VLAN tag.
pub(super) const VLAN_TAG_LEN: u32 = 4;

/// Bytes of a `LINUX_SLL2` header (<https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html>).
pub(super) const COOKED_HEADER_LEN: u32 = 20;

/// Where in an Ethernet header the tag belongs: behind the two addresses.
const VLAN_TAG_OFFSET: usize = 12;

/// What is made of the bytes that the kernel captured.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// The link type of the frames given out.
    pub(super) link_type: LinkType,
    /// Captured bytes beyond these are cut off.
    pub(super) snaplen: u32,
    /// What is put back in front of them.
    pub(super) header: MissingHeader,
}

/// What the kernel left out at the front of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MissingHeader {
    /// Nothing.
    None,
    /// A VLAN tag in the Ethernet header, when there was one.
    VlanTag,
    /// The whole link-layer header: a cooked one is made up.
    Cooked,
}

/// A block of frames lent from the ring; dropping it gives it back to the kernel.
#[derive(Debug)]
pub struct Block<'r> {
    bytes: UserBlock<'r>,
    cursor: Cursor,
    shape: Shape,
    malformed: &'r mut u64,
}

/// How far a block was walked.
#[derive(Debug, PartialEq, Eq)]
struct Cursor {
    /// Where the next frame is.
    offset: usize,
    /// How many are to come.
    left: u32,
    /// How many could not be found or read.
    malformed: u32,
}

/// The frames of a block, oldest first.
#[derive(Debug)]
pub struct Frames<'b> {
    rest: &'b mut [u8],
    cursor: &'b mut Cursor,
    shape: Shape,
}

impl<'r> Block<'r> {
    pub(super) fn new(mut bytes: UserBlock<'r>, shape: Shape, malformed: &'r mut u64) -> Self {
        let cursor = Cursor::new(bytes.bytes());
        Self { bytes, cursor, shape, malformed }
    }

    /// The frames that were not given out yet: a walk that was ended early is resumed where it stood.
    pub fn frames(&mut self) -> Frames<'_> {
        Frames::new(self.bytes.bytes(), &mut self.cursor, self.shape)
    }

    /// How many frames are still to be given out.
    pub fn remaining(&self) -> u32 {
        self.cursor.left
    }
}

impl Drop for Block<'_> {
    fn drop(&mut self) {
        *self.malformed += u64::from(self.cursor.malformed);
    }
}

impl Cursor {
    fn new(block: &[u8]) -> Self {
        match BlockHeader::read(block) {
            Some(header) => {
                Self { offset: header.first_frame as usize, left: header.frame_count, malformed: 0 }
            }
            None => Self { offset: 0, left: 0, malformed: 0 },
        }
    }

    /// Gives up what is left of the block: the way to it is lost.
    fn give_up(&mut self) {
        self.malformed = self.malformed.saturating_add(mem::take(&mut self.left));
    }
}

impl<'b> Frames<'b> {
    fn new(block: &'b mut [u8], cursor: &'b mut Cursor, shape: Shape) -> Self {
        let rest = block.get_mut(cursor.offset..).unwrap_or_default();
        Self { rest, cursor, shape }
    }

    /// The header of the next frame and the bytes up to the one after it.
    fn next_slot(&mut self) -> Option<(FrameHeader, &'b mut [u8])> {
        let rest = mem::take(&mut self.rest);
        let header = FrameHeader::read(rest)?;
        let len = if header.next_offset == 0 { rest.len() } else { header.next_offset as usize };
        let (slot, rest) = rest.split_at_mut_checked(len)?;
        self.rest = rest;
        self.cursor.left -= 1;
        self.cursor.offset += len;
        Some((header, slot))
    }
}

impl<'b> Iterator for Frames<'b> {
    type Item = Frame<'b>;

    #[inline]
    fn next(&mut self) -> Option<Frame<'b>> {
        while self.cursor.left > 0 {
            let Some((header, slot)) = self.next_slot() else {
                self.cursor.give_up();
                return None;
            };
            let Some(data) = self.shape.restore(slot, &header) else {
                self.cursor.malformed = self.cursor.malformed.saturating_add(1);
                continue;
            };
            return Some(frame(data, &header, self.shape));
        }
        None
    }
}

/// The bytes to give out, and by how much the header that was put back made them longer.
#[derive(Clone, Copy)]
struct Restored<'b> {
    data: &'b [u8],
    added: u32,
}

fn frame<'b>(restored: Restored<'b>, header: &FrameHeader, shape: Shape) -> Frame<'b> {
    let Restored { data, added } = restored;
    Frame {
        timestamp: Timestamp { seconds: header.seconds.into(), nanos: header.nanos },
        link_type: shape.link_type,
        data: data.get(..shape.snaplen as usize).unwrap_or(data),
        original_len: header.original_len.saturating_add(added),
        interface: header.address.interface,
        packet_type: Some(PacketType::from(header.address.packet_type)),
        checksum: match header.status {
            status if status.checksum_not_ready() => ChecksumState::NotReady,
            status if status.checksum_valid() => ChecksumState::Valid,
            _ => ChecksumState::Unknown,
        },
    }
}

impl Shape {
    /// Puts back what the kernel left out, in the room in front of the captured bytes. `None` when the header lies: the
    /// bytes are not within the slot, or there is no room in front of them.
    #[inline]
    fn restore<'b>(self, slot: &'b mut [u8], header: &FrameHeader) -> Option<Restored<'b>> {
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
