//! What of an output the operating system has taken. Knows no file.

use super::buffer::Buffer;

/// How far an output is written, in whole frames.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Landed {
    /// Frames that were written to their last byte.
    pub(super) frames: u64,
    /// Where the last of them ends, or what was written between frames: nothing up to here is cut.
    pub(super) bytes: u64,
}

impl Landed {
    /// Notes that so many bytes of a buffer that begins at `start` were written.
    pub(super) fn add(&mut self, buffer: &Buffer, start: u64, len: usize) {
        let (frames, last_end) = buffer.frames_within(len);
        self.frames += frames as u64;
        if let Some(end) = last_end {
            self.bytes = start + u64::from(end);
        }
    }
}
