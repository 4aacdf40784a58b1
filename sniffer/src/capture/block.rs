//! From the bytes of a block to frames. Works on any bytes: follows no offset out of the block.

use std::mem;

use super::Statistics;
use super::interface::own_link_type;
use super::tap::Tap;
use crate::packet::{ChecksumState, Frame, LinkType, PacketType, Timestamp};
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
    /// The link type of the frames given out; `None` when each has that of the interface which it was seen on.
    pub(super) link_type: Option<LinkType>,
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

/// Frames lent from a block of the ring, oldest first. What is not taken of them when this is dropped comes again.
#[derive(Debug)]
pub struct Block<'r> {
    tap: &'r mut Tap,
    until: Option<Timestamp>,
}

/// How far a block was walked.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    /// Where the next frame is.
    offset: usize,
    /// How many are to come.
    left: u32,
    /// How many were given out.
    delivered: u32,
    /// How many could not be found or read.
    malformed: u32,
    /// How many of those given out are not whole.
    truncated: u32,
}

/// The frames of a block, oldest first.
#[derive(Debug)]
pub struct Frames<'b> {
    rest: &'b mut [u8],
    cursor: &'b mut Cursor,
    shape: Shape,
    until: Option<Timestamp>,
}

impl<'r> Block<'r> {
    /// Those of the tap's present block up to a time, or all that are left of it.
    pub(super) fn new(tap: &'r mut Tap, until: Option<Timestamp>) -> Self {
        Self { tap, until }
    }

    /// The frames that were not given out yet: a walk that was ended early is resumed where it stood.
    pub fn frames(&mut self) -> Frames<'_> {
        let (block, cursor, shape) = self.tap.present();
        Frames::new(block, cursor, shape, self.until)
    }

    /// The place in its group of the socket that the frames came to, if it shares frames with others.
    pub fn member(&self) -> Option<usize> {
        self.tap.member()
    }

    /// Gives up the frames that are left, and says how many there were.
    pub fn discard(&mut self) -> u64 {
        self.frames().count() as u64
    }
}

impl Drop for Block<'_> {
    fn drop(&mut self) {
        self.tap.give_back_finished();
    }
}

impl Cursor {
    pub(super) fn new(block: &[u8]) -> Self {
        let header = BlockHeader::read(block).unwrap_or(BlockHeader { first_frame: 0, frame_count: 0 });
        let (offset, left) = (header.first_frame as usize, header.frame_count);
        Self { offset, left, delivered: 0, malformed: 0, truncated: 0 }
    }

    /// Whether every frame of the block was given out or given up.
    pub(super) fn is_finished(&self) -> bool {
        self.left == 0
    }

    /// The time of the next frame; that of the oldest one possible when it cannot be read, so that it is taken at once.
    pub(super) fn next_time(&self, block: &[u8]) -> Timestamp {
        let header = block.get(self.offset..).and_then(FrameHeader::read);
        header.map_or(Timestamp { seconds: 0, nanos: 0 }, |header| timestamp(&header))
    }

    /// Adds what became of the block's frames.
    pub(super) fn add_to(&self, statistics: &mut Statistics) {
        statistics.delivered += u64::from(self.delivered);
        statistics.malformed += u64::from(self.malformed);
        statistics.truncated += u64::from(self.truncated);
    }

    /// Gives up what is left of the block: the way to it is lost.
    fn give_up(&mut self) {
        self.malformed = self.malformed.saturating_add(mem::take(&mut self.left));
    }
}

impl<'b> Frames<'b> {
    fn new(block: &'b mut [u8], cursor: &'b mut Cursor, shape: Shape, until: Option<Timestamp>) -> Self {
        let rest = block.get_mut(cursor.offset..).unwrap_or_default();
        Self { rest, cursor, shape, until }
    }

    /// Whether the next frame is for later.
    #[inline]
    fn is_beyond(&self, header: &FrameHeader) -> bool {
        self.until.is_some_and(|until| timestamp(header) > until)
    }

    /// The bytes of the next frame, up to the one after it.
    fn next_slot(&mut self, header: &FrameHeader) -> Option<&'b mut [u8]> {
        let rest = mem::take(&mut self.rest);
        let len = if header.next_offset == 0 { rest.len() } else { header.next_offset as usize };
        let (slot, rest) = rest.split_at_mut_checked(len)?;
        self.rest = rest;
        self.cursor.left -= 1;
        self.cursor.offset += len;
        Some(slot)
    }
}

impl<'b> Iterator for Frames<'b> {
    type Item = Frame<'b>;

    #[inline]
    fn next(&mut self) -> Option<Frame<'b>> {
        while self.cursor.left > 0 {
            let Some(header) = FrameHeader::read(self.rest) else {
                self.cursor.give_up();
                return None;
            };
            if self.is_beyond(&header) {
                return None;
            }
            let Some(slot) = self.next_slot(&header) else {
                self.cursor.give_up();
                return None;
            };
            let Some(data) = self.shape.restore(slot, &header) else {
                self.cursor.malformed = self.cursor.malformed.saturating_add(1);
                continue;
            };
            let frame = frame(data, &header, self.shape);
            self.cursor.delivered += 1;
            self.cursor.truncated += u32::from(frame.data.len() < frame.original_len as usize);
            return Some(frame);
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

fn timestamp(header: &FrameHeader) -> Timestamp {
    Timestamp { seconds: header.seconds.into(), nanos: header.nanos }
}

fn frame<'b>(restored: Restored<'b>, header: &FrameHeader, shape: Shape) -> Frame<'b> {
    let Restored { data, added } = restored;
    Frame {
        timestamp: timestamp(header),
        link_type: shape.link_type.unwrap_or_else(|| own_link_type(header.address.hardware_type)),
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Where `tpacket_rcv` puts the bytes of an Ethernet frame with 4 bytes of reserve, and those of a cooked one.
    const ETHERNET_OFFSET: u16 = 86;
    const COOKED_OFFSET: u16 = 100;

    const TP_STATUS_CSUMNOTREADY: u32 = 1 << 3;
    const TP_STATUS_VLAN_VALID: u32 = 1 << 4;
    const TP_STATUS_VLAN_TPID_VALID: u32 = 1 << 6;
    const TP_STATUS_CSUM_VALID: u32 = 1 << 7;

    /// A frame as the kernel writes it.
    #[derive(Clone)]
    struct Slot {
        data: Vec<u8>,
        original_len: u32,
        status: u32,
        offset: u16,
        tag: (u32, u16),
    }

    impl Slot {
        fn new(data: &[u8]) -> Self {
            let offset = ETHERNET_OFFSET;
            Self { data: data.to_vec(), original_len: data.len() as u32, status: 1, offset, tag: (0, 0) }
        }

        fn tagged(self, control: u16, protocol: Option<u16>) -> Self {
            let valid = protocol.map_or(0, |_| TP_STATUS_VLAN_TPID_VALID);
            let tag = (control.into(), protocol.unwrap_or_default());
            Self { status: self.status | TP_STATUS_VLAN_VALID | valid, tag, ..self }
        }

        /// `struct tpacket3_hdr`, `struct sockaddr_ll`, the room and the bytes, padded to 8.
        fn bytes(&self) -> Vec<u8> {
            let mut slot = Vec::new();
            let captured_len = self.data.len() as u32;
            for word in [0, 1_700_000_000, 123_456_789, captured_len, self.original_len, self.status] {
                slot.extend(word.to_ne_bytes());
            }
            slot.extend(self.offset.to_ne_bytes());
            slot.extend([0; 6]);
            slot.extend(self.tag.0.to_ne_bytes());
            slot.extend(self.tag.1.to_ne_bytes());
            slot.resize(48, 0);
            slot.extend(17_u16.to_ne_bytes());
            slot.extend([0x08, 0x00]);
            slot.extend(7_u32.to_ne_bytes());
            slot.extend(772_u16.to_ne_bytes());
            slot.extend([4, 6, 2, 0, 0, 0, 0, 9, 0xaa, 0xbb]);
            slot.resize(self.offset.into(), 0xee);
            slot.extend(&self.data);
            slot.resize(slot.len().next_multiple_of(8), 0xee);
            slot
        }
    }

    /// A block with these frames in it and room behind them.
    fn block(slots: &[Slot]) -> Vec<u8> {
        let mut block = [1_u32, 48, 1, slots.len() as u32, 48, 0].map(u32::to_ne_bytes).concat();
        block.resize(48, 0);
        for (position, slot) in slots.iter().enumerate() {
            let start = block.len();
            block.extend(slot.bytes());
            if position + 1 < slots.len() {
                let next = (block.len() - start) as u32;
                block[start..start + 4].copy_from_slice(&next.to_ne_bytes());
            }
        }
        block.extend([0xee; 64]);
        block
    }

    fn shape(header: MissingHeader, snaplen: u32) -> Shape {
        let link_type =
            if header == MissingHeader::Cooked { LinkType::LINUX_SLL2 } else { LinkType::ETHERNET };
        Shape { link_type: Some(link_type), snaplen, header }
    }

    /// Walks a block; each frame as bytes and original length, and the number of those that could not be read.
    fn walk(block: &mut [u8], shape: Shape) -> (Vec<(Vec<u8>, u32)>, u32) {
        let mut cursor = Cursor::new(block);
        let frames = Frames::new(block, &mut cursor, shape, None);
        let frames = frames.map(|frame| (frame.data.to_vec(), frame.original_len)).collect();
        assert_eq!(cursor.left, 0);
        (frames, cursor.malformed)
    }

    /// The one frame of a block.
    #[track_caller]
    fn check(slot: &Slot, shape: Shape, data: &[u8], original_len: u32) {
        assert_eq!(
            walk(&mut block(std::slice::from_ref(slot)), shape),
            (vec![(data.to_vec(), original_len)], 0)
        );
    }

    /// 32 bytes that differ from each other.
    fn sample() -> Vec<u8> {
        (1..=32).collect()
    }

    /// The sample with a VLAN tag.
    fn tagged_sample(tag: [u8; 4]) -> Vec<u8> {
        [&sample()[..12], &tag, &sample()[12..]].concat()
    }

    #[test]
    fn frames_carry_what_the_kernel_said_of_them() {
        let mut long = Slot::new(&sample());
        long.original_len = 1500;
        let mut block = block(&[long, Slot::new(&[])]);
        let mut cursor = Cursor::new(&block);
        let mut frames = Frames::new(&mut block, &mut cursor, shape(MissingHeader::VlanTag, 1 << 18), None);

        let first = frames.next().unwrap();
        assert_eq!(first.timestamp, Timestamp { seconds: 1_700_000_000, nanos: 123_456_789 });
        assert_eq!((first.link_type, first.interface), (LinkType::ETHERNET, 7));
        assert_eq!((first.data, first.original_len), (&sample()[..], 1500));
        assert_eq!(first.packet_type, Some(PacketType::Outgoing));
        assert_eq!(frames.next().unwrap().data, &[0; 0]);
        assert!(frames.next().is_none());
    }

    #[test]
    fn checksum_states_come_from_the_status_bits() {
        for (status, expected) in [
            (0, ChecksumState::Unknown),
            (TP_STATUS_CSUMNOTREADY, ChecksumState::NotReady),
            (TP_STATUS_CSUM_VALID, ChecksumState::Valid),
        ] {
            let mut block = block(&[Slot { status: 1 | status, ..Slot::new(&sample()) }]);
            let mut cursor = Cursor::new(&block);
            let mut frames = Frames::new(&mut block, &mut cursor, shape(MissingHeader::None, 1 << 18), None);
            assert_eq!(frames.next().unwrap().checksum, expected);
        }
    }

    #[test]
    fn vlan_tags_are_put_back_behind_the_addresses() {
        let ethernet = shape(MissingHeader::VlanTag, 1 << 18);
        let slot = Slot::new(&sample());
        check(&slot, ethernet, &sample(), 32);
        check(&slot.clone().tagged(0xa005, None), ethernet, &tagged_sample([0x81, 0, 0xa0, 5]), 36);
        check(&slot.clone().tagged(5, Some(0x88a8)), ethernet, &tagged_sample([0x88, 0xa8, 0, 5]), 36);
        check(&slot.clone().tagged(0, Some(0x8100)), ethernet, &tagged_sample([0x81, 0, 0, 0]), 36);
        check(&slot.tagged(5, Some(0x8100)), shape(MissingHeader::None, 1 << 18), &sample(), 32);
    }

    #[test]
    fn a_frame_cut_off_in_its_addresses_goes_without_tag() {
        let ethernet = shape(MissingHeader::VlanTag, 1 << 18);
        let eleven = Slot { original_len: 60, ..Slot::new(&sample()[..11]) };
        check(&eleven.tagged(5, None), ethernet, &sample()[..11], 60);
        let twelve = Slot { original_len: 60, ..Slot::new(&sample()[..12]) };
        check(&twelve.tagged(5, None), ethernet, &[&sample()[..12], &[0x81, 0, 0, 5]].concat(), 64);
    }

    #[test]
    fn the_snapshot_length_counts_what_was_put_back() {
        let slot = Slot::new(&sample()).tagged(5, None);
        let tagged = tagged_sample([0x81, 0, 0, 5]);
        check(&slot, shape(MissingHeader::VlanTag, 32), &tagged[..32], 36);
        check(&slot, shape(MissingHeader::VlanTag, 14), &tagged[..14], 36);
    }

    #[test]
    fn cooked_frames_begin_with_a_made_up_header() {
        let slot = Slot { offset: COOKED_OFFSET, ..Slot::new(&sample()) };
        let header = [0x08, 0x00, 0, 0, 0, 0, 0, 7, 0x03, 0x04, 4, 6, 2, 0, 0, 0, 0, 9, 0xaa, 0xbb];
        let cooked = [&header[..], &sample()].concat();
        check(&slot, shape(MissingHeader::Cooked, 1 << 18), &cooked, 52);
        check(&slot.clone().tagged(5, None), shape(MissingHeader::Cooked, 1 << 18), &cooked, 52);
        check(&slot, shape(MissingHeader::Cooked, 21), &cooked[..21], 52);
    }

    #[test]
    fn a_walk_is_resumed_where_it_ended() {
        let slots = [1, 2, 3].map(|byte| Slot::new(&[byte; 20]).tagged(5, None));
        let mut block = block(&slots);
        let mut cursor = Cursor::new(&block);
        for byte in [1, 2, 3] {
            let mut frames =
                Frames::new(&mut block, &mut cursor, shape(MissingHeader::VlanTag, 1 << 18), None);
            assert_eq!(frames.next().unwrap().data[0], byte);
        }
        assert_eq!(cursor.left, 0);
    }

    #[test]
    fn frames_behind_a_time_are_left_for_later() {
        let mut block = block(&[1, 2, 3].map(|byte| Slot::new(&[byte; 20])));
        // The time stamps' nanoseconds, of frames that are 112 bytes long.
        for (position, nanos) in [10_u32, 20, 30].into_iter().enumerate() {
            let offset = 48 + 112 * position + 8;
            block[offset..offset + 4].copy_from_slice(&nanos.to_ne_bytes());
        }
        let mut cursor = Cursor::new(&block);
        let mut take = |block: &mut [u8], nanos| {
            let until = Timestamp { seconds: 1_700_000_000, nanos };
            let frames = Frames::new(block, &mut cursor, shape(MissingHeader::None, 1 << 18), Some(until));
            let taken: Vec<u8> = frames.map(|frame| frame.data[0]).collect();
            (taken, cursor.next_time(block).nanos, cursor.left)
        };
        assert_eq!(take(&mut block, 9), (vec![], 10, 3));
        assert_eq!(take(&mut block, 20), (vec![1, 2], 30, 1));
        assert_eq!(take(&mut block, 29), (vec![], 30, 1));
        assert_eq!(take(&mut block, 30), (vec![3], 0, 0));
        let expected = Statistics { delivered: 3, ..Statistics::default() };
        let mut statistics = Statistics::default();
        cursor.add_to(&mut statistics);
        assert_eq!(statistics, expected);
    }

    /// Overwrites a 32-bit field of a block with two frames, of which the second begins at 168, and says how many frames
    /// are given out and how many are not.
    #[track_caller]
    fn check_hostile(offset: usize, value: u32, expected: (usize, u32)) {
        let slot = Slot { offset: COOKED_OFFSET, ..Slot::new(&[7; 20]) };
        let mut block = block(&[slot.clone(), slot]);
        block[offset..offset + 4].copy_from_slice(&value.to_ne_bytes());
        let (frames, malformed) = walk(&mut block, shape(MissingHeader::Cooked, 1 << 18));
        assert_eq!((frames.len(), malformed), expected, "{value} at {offset}");
    }

    #[test]
    fn lies_of_a_header_lead_nowhere() {
        const FRAME_COUNT: usize = 12;
        const FIRST_FRAME: usize = 16;
        const NEXT_OFFSET: usize = 48;
        const CAPTURED_LEN: usize = 48 + 12;
        const DATA_OFFSET: usize = 48 + 24;
        check_hostile(FRAME_COUNT, 2, (2, 0));
        check_hostile(FRAME_COUNT, 1, (1, 0));
        check_hostile(FRAME_COUNT, u32::MAX, (2, u32::MAX - 2));
        check_hostile(FIRST_FRAME, 1 << 20, (0, 2));
        check_hostile(FIRST_FRAME, u32::MAX, (0, 2));
        check_hostile(NEXT_OFFSET, 1 << 20, (0, 2));
        check_hostile(NEXT_OFFSET, u32::MAX, (0, 2));
        check_hostile(NEXT_OFFSET, 0, (1, 1));
        check_hostile(CAPTURED_LEN, 20, (2, 0));
        check_hostile(CAPTURED_LEN, 21, (1, 1));
        check_hostile(CAPTURED_LEN, u32::MAX, (1, 1));
        check_hostile(DATA_OFFSET, 0, (1, 1));
        check_hostile(DATA_OFFSET, 68 + 19, (1, 1));
        check_hostile(DATA_OFFSET, 68 + 20, (2, 0));
        check_hostile(DATA_OFFSET, 0xffff, (1, 1));
    }

    #[test]
    fn every_frame_of_a_block_cut_off_anywhere_is_accounted_for() {
        let whole = block(&[Slot::new(&sample()), Slot::new(&sample()).tagged(5, None)]);
        for len in 0..whole.len() {
            let (frames, malformed) =
                walk(&mut whole[..len].to_vec(), shape(MissingHeader::VlanTag, 1 << 18));
            let claimed = if len < 48 { 0 } else { 2 };
            assert_eq!(frames.len() + malformed as usize, claimed, "{len}");
        }
    }

    #[test]
    fn garbage_is_walked_to_its_end() {
        // Knuth's 64-bit linear congruential generator: the same garbage in every run.
        let mut state = 1_u64;
        let mut random = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as u32
        };
        let whole = block(&vec![Slot::new(&sample()).tagged(5, None); 8]);
        for _ in 0..20_000 {
            let mut damaged = whole.clone();
            for _ in 0..4 {
                let position = 4 * (random() as usize % (damaged.len() / 4));
                let value = random() >> (random() % 32);
                damaged[position..position + 4].copy_from_slice(&value.to_ne_bytes());
            }
            let claimed = u32::from_ne_bytes(damaged[12..16].try_into().unwrap());
            for header in [MissingHeader::None, MissingHeader::VlanTag, MissingHeader::Cooked] {
                let (frames, malformed) = walk(&mut damaged.clone(), shape(header, 1 << 18));
                assert_eq!(frames.len() as u32 + malformed, claimed);
            }
        }
    }
}
