//! Frames with bytes of their own, for other threads.

use std::ops::Range;

use crate::packet::Frame;

/// How many frames are handed over at once: enough that handing over costs nothing a frame, few enough that a batch and
/// its layers stay in a processor's cache.
const FRAMES: usize = 256;

/// How many bytes, so that long frames do not make batches long.
const BYTES: usize = 256 * 1024;

/// Some frames in order.
#[derive(Default)]
pub(super) struct Batch {
    /// The place of the batch among all.
    pub(super) number: u64,
    frames: Vec<(Frame<'static>, Range<usize>)>,
    bytes: Vec<u8>,
}

impl Batch {
    pub(super) fn push(&mut self, frame: &Frame<'_>) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(frame.data);
        let &Frame { timestamp, link_type, original_len, interface, packet_type, checksum, .. } = frame;
        let frame = Frame { timestamp, link_type, data: &[], original_len, interface, packet_type, checksum };
        self.frames.push((frame, start..self.bytes.len()));
    }

    pub(super) fn frames(&self) -> impl Iterator<Item = Frame<'_>> {
        self.frames.iter().map(|(frame, range)| Frame { data: &self.bytes[range.clone()], ..*frame })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }

    pub(super) fn is_full(&self) -> bool {
        self.frames.len() >= FRAMES || self.bytes.len() >= BYTES
    }

    /// The same room without frames.
    pub(super) fn cleared(mut self) -> Self {
        self.frames.clear();
        self.bytes.clear();
        self
    }
}
