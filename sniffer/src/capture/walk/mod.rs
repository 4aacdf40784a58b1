//! From the bytes of blocks to frames. Works on any bytes: follows no offset out of the block.

mod merge;
mod shape;

#[cfg(test)]
mod tests;

use std::mem;

pub use merge::Frames;
pub(super) use shape::{MissingHeader, Shape};

use self::shape::Restored;
use super::Statistics;
use super::interface::own_link_type;
use crate::packet::{ChecksumState, Frame, PacketType, Timestamp};
use crate::sys::tpacket::{BlockHeader, FrameHeader};

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
    /// How many of those given out are cut although more was wanted of them.
    truncated: u32,
    /// How many are cut as was wanted.
    shortened: u32,
}

/// The frames of one ring's block, in the order in which they are in it.
#[derive(Debug)]
pub(super) struct Walk<'b> {
    rest: &'b mut [u8],
    cursor: &'b mut Cursor,
    shape: Shape,
    until: Option<Timestamp>,
    overdue: bool,
}

impl Cursor {
    pub(super) fn new(block: &[u8]) -> Self {
        let header = BlockHeader::read(block).unwrap_or(BlockHeader { first_frame: 0, frame_count: 0 });
        let (offset, left) = (header.first_frame as usize, header.frame_count);
        Self { offset, left, delivered: 0, malformed: 0, truncated: 0, shortened: 0 }
    }

    /// Whether every frame of the block was given out or given up.
    pub(super) fn is_finished(&self) -> bool {
        self.left == 0
    }

    /// Adds what became of the block's frames.
    pub(super) fn add_to(&self, statistics: &mut Statistics) {
        statistics.delivered += u64::from(self.delivered);
        statistics.malformed += u64::from(self.malformed);
        statistics.truncated += u64::from(self.truncated);
        statistics.shortened += u64::from(self.shortened);
    }

    /// Counts a frame that is given out.
    fn count(&mut self, frame: &Frame<'_>, shape: Shape) {
        self.delivered += 1;
        if frame.data.len() < frame.original_len as usize {
            let wanted = shape.cuts_at(frame.data.len());
            self.shortened += u32::from(wanted);
            self.truncated += u32::from(!wanted);
        }
    }

    /// Gives up what is left of the block: the way to it is lost.
    fn give_up(&mut self) {
        self.malformed = self.malformed.saturating_add(mem::take(&mut self.left));
    }
}

impl<'b> Walk<'b> {
    pub(super) fn new(block: &'b mut [u8], cursor: &'b mut Cursor, shape: Shape) -> Self {
        let rest = block.get_mut(cursor.offset..).unwrap_or_default();
        Self { rest, cursor, shape, until: None, overdue: false }
    }

    /// Leaves frames behind that time for later, unless the block is overdue.
    pub(super) fn set_until(&mut self, until: Option<Timestamp>) {
        self.until = until.filter(|_| !self.overdue);
    }

    /// Has all frames of the block taken before those of others.
    pub(super) fn set_overdue(&mut self) {
        self.overdue = true;
    }

    /// Whether the block has no more, whatever the time.
    pub(super) fn is_finished(&self) -> bool {
        self.cursor.is_finished()
    }

    /// The time of the next frame; when there is none or it cannot be read, the oldest possible, so that this is found out
    /// at once, and so it is when the block is overdue.
    pub(super) fn next_time(&self) -> Timestamp {
        let header = FrameHeader::read(self.rest).filter(|_| !self.is_finished() && !self.overdue);
        header.map_or(Timestamp { seconds: 0, nanos: 0 }, |header| timestamp(&header))
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

impl<'b> Iterator for Walk<'b> {
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
            self.cursor.count(&frame, self.shape);
            return Some(frame);
        }
        None
    }
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
