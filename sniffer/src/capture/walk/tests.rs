//! Blocks as the kernel writes them and as it never would, walked.

use super::*;
use crate::packet::LinkType;

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
    let link_type = match header {
        MissingHeader::None | MissingHeader::VlanTag => LinkType::ETHERNET,
        MissingHeader::LinuxSll => LinkType::LINUX_SLL,
        MissingHeader::LinuxSll2 => LinkType::LINUX_SLL2,
    };
    Shape { link_type: Some(link_type), snaplen, is_cut_by_programs: false, header }
}

/// Walks a block; each frame as bytes and original length, and the number of those that could not be read.
fn walk(block: &mut [u8], shape: Shape) -> (Vec<(Vec<u8>, u32)>, u32) {
    let mut cursor = Cursor::new(block);
    let frames = Walk::new(block, &mut cursor, shape);
    let frames = frames.map(|frame| (frame.data.to_vec(), frame.original_len)).collect();
    assert_eq!(cursor.left, 0);
    (frames, cursor.malformed)
}

/// The one frame of a block.
#[track_caller]
fn check(slot: &Slot, shape: Shape, data: &[u8], original_len: u32) {
    assert_eq!(walk(&mut block(std::slice::from_ref(slot)), shape), (vec![(data.to_vec(), original_len)], 0));
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
    let mut frames = Walk::new(&mut block, &mut cursor, shape(MissingHeader::VlanTag, 1 << 18));

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
        let mut frames = Walk::new(&mut block, &mut cursor, shape(MissingHeader::None, 1 << 18));
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
    let sll = [0, 4, 0x03, 0x04, 0, 6, 2, 0, 0, 0, 0, 9, 0xaa, 0xbb, 0x08, 0x00];
    let sll2 = [0x08, 0x00, 0, 0, 0, 0, 0, 7, 0x03, 0x04, 4, 6, 2, 0, 0, 0, 0, 9, 0xaa, 0xbb];
    for (missing, header) in [(MissingHeader::LinuxSll, &sll[..]), (MissingHeader::LinuxSll2, &sll2)] {
        let cooked = [header, &sample()].concat();
        check(&slot, shape(missing, 1 << 18), &cooked, cooked.len() as u32);
        let cut = header.len() + 1;
        check(&slot, shape(missing, cut as u32), &cooked[..cut], cooked.len() as u32);
    }
    let tagged = slot.tagged(5, None);
    check(&tagged, shape(MissingHeader::LinuxSll2, 1 << 18), &[&sll2, &sample()[..]].concat(), 52);
    let sll_tagged = [&sll[..14], &[0x81, 0, 0, 5], &sll[14..], &sample()].concat();
    check(&tagged, shape(MissingHeader::LinuxSll, 1 << 18), &sll_tagged, 52);
    let thirteen = Slot { offset: COOKED_OFFSET, ..Slot::new(&sample()[..13]) };
    let untagged = [&sll[..], &sample()[..13]].concat();
    check(&thirteen.tagged(5, None), shape(MissingHeader::LinuxSll, 1 << 18), &untagged, 29);
}

/// How many frames are truncated and shortened when the kernel cut one to `captured` bytes.
fn cuts(captured: usize, shape: Shape) -> [u32; 2] {
    let slot = Slot { original_len: 300_000, ..Slot::new(&vec![7; captured]) };
    let mut block = block(&[slot]);
    let mut cursor = Cursor::new(&block);
    assert_eq!(Walk::new(&mut block, &mut cursor, shape).count(), 1);
    [cursor.truncated, cursor.shortened]
}

#[test]
fn frames_cut_as_was_wanted_are_told_from_those_that_are_too_long() {
    const MOST: usize = 1 << 18;
    let ethernet = |snaplen| shape(MissingHeader::VlanTag, snaplen);
    assert_eq!(cuts(MOST, ethernet(1 << 18)), [1, 0]);
    assert_eq!(cuts(96, ethernet(96)), [0, 1]);
    assert_eq!(cuts(90, ethernet(96)), [1, 0], "shorter than anybody asked for");
    let with_rules = Shape { is_cut_by_programs: true, ..ethernet(1 << 18) };
    assert_eq!(cuts(90, with_rules), [0, 1]);
    assert_eq!(cuts(MOST, with_rules), [1, 0]);
    let whole = Slot::new(&sample());
    let (frames, _) = walk(&mut block(&[whole]), ethernet(96));
    assert_eq!(frames, [(sample(), 32)]);
}

#[test]
fn a_walk_is_resumed_where_it_ended() {
    let slots = [1, 2, 3].map(|byte| Slot::new(&[byte; 20]).tagged(5, None));
    let mut block = block(&slots);
    let mut cursor = Cursor::new(&block);
    for byte in [1, 2, 3] {
        let mut frames = Walk::new(&mut block, &mut cursor, shape(MissingHeader::VlanTag, 1 << 18));
        assert_eq!(frames.next().unwrap().data[0], byte);
    }
    assert_eq!(cursor.left, 0);
}

/// A block of frames with these nanoseconds in their time stamps, each of which is the frame's bytes too.
fn timed_block(nanos: &[u8]) -> Vec<u8> {
    let mut block = block(&nanos.iter().map(|&byte| Slot::new(&[byte; 20])).collect::<Vec<_>>());
    for (position, &nanos) in nanos.iter().enumerate() {
        // Of frames that are 112 bytes long.
        let offset = 48 + 112 * position + 8;
        block[offset..offset + 4].copy_from_slice(&u32::from(nanos).to_ne_bytes());
    }
    block
}

#[test]
fn frames_behind_a_time_are_left_for_later() {
    let mut block = timed_block(&[10, 20, 30]);
    let mut cursor = Cursor::new(&block);
    let mut take = |block: &mut [u8], nanos| {
        let mut walk = Walk::new(block, &mut cursor, shape(MissingHeader::None, 1 << 18));
        walk.set_until(Some(Timestamp { seconds: 1_700_000_000, nanos }));
        let taken: Vec<u8> = walk.by_ref().map(|frame| frame.data[0]).collect();
        (taken, walk.next_time().nanos, cursor.left)
    };
    assert_eq!(take(&mut block, 9), (vec![], 10, 3));
    assert_eq!(take(&mut block, 20), (vec![10, 20], 30, 1));
    assert_eq!(take(&mut block, 29), (vec![], 30, 1));
    assert_eq!(take(&mut block, 30), (vec![30], 0, 0));
    let expected = Statistics { delivered: 3, ..Statistics::default() };
    let mut statistics = Statistics::default();
    cursor.add_to(&mut statistics);
    assert_eq!(statistics, expected);
}

/// Takes up to `count` frames of several blocks together, and says how many each has left.
fn merge(blocks: &mut [(Vec<u8>, Cursor)], count: usize) -> (Vec<u8>, Vec<u32>) {
    let walks = blocks
        .iter_mut()
        .map(|(block, cursor)| Walk::new(block, cursor, shape(MissingHeader::None, 1 << 18)));
    let taken = Frames::new(walks).take(count).map(|frame| frame.data[0]).collect();
    (taken, blocks.iter().map(|(_, cursor)| cursor.left).collect())
}

#[test]
fn blocks_are_merged_until_one_of_them_has_no_more() {
    let contents: [&[u8]; 4] = [&[5, 6, 40], &[1, 20, 21, 30], &[2, 7, 29], &[20, 50]];
    let mut blocks = contents.map(|nanos| {
        let block = timed_block(nanos);
        let cursor = Cursor::new(&block);
        (block, cursor)
    });
    // Taken up again where it was left.
    assert_eq!(merge(&mut blocks, 3), (vec![1, 2, 5], vec![2, 3, 2, 2]));
    let (taken, left) = merge(&mut blocks, usize::MAX);
    assert_eq!((taken, left), (vec![6, 7, 20, 20, 21, 29], vec![1, 1, 0, 1]));
    // The third ring's next block may begin with 30.
    assert_eq!(merge(&mut blocks, usize::MAX), (vec![], vec![1, 1, 0, 1]));
    assert_eq!(merge(&mut [], usize::MAX), (vec![], vec![]));
}

/// Frames of a ring stay in the order in which they were queued, whatever their stamps say, and each is given out.
#[test]
fn a_clock_that_is_set_back_costs_no_frame_and_no_order() {
    let with_cursor = |nanos: &[u8]| {
        let block = timed_block(nanos);
        let cursor = Cursor::new(&block);
        (block, cursor)
    };
    let mut blocks = [with_cursor(&[50, 60, 10, 20]), with_cursor(&[55, 56, 12, 13])];
    assert_eq!(merge(&mut blocks, usize::MAX), (vec![50, 55, 56, 12, 13], vec![3, 0]));
    // The next block of the second ring, and then none: the first one's turn comes at last.
    blocks[1] = with_cursor(&[14]);
    assert_eq!(merge(&mut blocks, usize::MAX), (vec![14], vec![3, 0]));
    assert_eq!(merge(&mut blocks[..1], usize::MAX), (vec![60, 10, 20], vec![0]));
}

#[test]
fn an_overdue_block_goes_before_older_frames() {
    for (overdue, taken) in [(1, &[60, 70][..]), (0, &[10, 20])] {
        let (mut blocks, mut walks) = ([[10, 20], [60, 70]].map(|nanos| timed_block(&nanos)), Vec::new());
        let mut cursors = blocks.each_ref().map(|block| Cursor::new(block));
        for (block, cursor) in blocks.iter_mut().zip(&mut cursors) {
            walks.push(Walk::new(block, cursor, shape(MissingHeader::None, 1 << 18)));
        }
        walks[overdue].set_overdue();
        let frames: Vec<u8> = Frames::new(walks.into_iter()).map(|frame| frame.data[0]).collect();
        assert_eq!(frames, taken);
    }
}

/// Overwrites a 32-bit field of a block with two frames, of which the second begins at 168, and says how many frames
/// are given out and how many are not.
#[track_caller]
fn check_hostile(offset: usize, value: u32, expected: (usize, u32)) {
    let slot = Slot { offset: COOKED_OFFSET, ..Slot::new(&[7; 20]) };
    let mut block = block(&[slot.clone(), slot]);
    block[offset..offset + 4].copy_from_slice(&value.to_ne_bytes());
    let (frames, malformed) = walk(&mut block, shape(MissingHeader::LinuxSll2, 1 << 18));
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
        let (frames, malformed) = walk(&mut whole[..len].to_vec(), shape(MissingHeader::VlanTag, 1 << 18));
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
        for header in [MissingHeader::None, MissingHeader::VlanTag, MissingHeader::LinuxSll2] {
            let (frames, malformed) = walk(&mut damaged.clone(), shape(header, 1 << 18));
            assert_eq!(frames.len() as u32 + malformed, claimed);
        }
    }
}
