//! A sliding window over a byte source: large reads, one buffer, nothing allocated once it has its size. Knows no
//! format.

use std::io::{ErrorKind, Read};
use std::ops::Range;

use crate::pcap::{Error, OsError};

/// Bytes asked from the source at once, and the buffer's first size.
const READ_SIZE: usize = 512 * 1024;

/// The bytes between what has been taken and what has been read.
pub(super) struct Window<R> {
    source: R,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    offset: u64,
    ended: bool,
}

impl<R: Read> Window<R> {
    pub(super) fn new(source: R) -> Self {
        Self { source, buffer: vec![0; READ_SIZE], start: 0, end: 0, offset: 0, ended: false }
    }

    /// Makes `wanted` bytes available, or all that are left; returns how many of the wanted there are.
    ///
    /// Never waits for a byte more than was asked for, so that a pipe's frames come through as they arrive.
    #[inline]
    pub(super) fn fill(&mut self, wanted: usize) -> Result<usize, Error> {
        if self.end - self.start < wanted {
            self.refill(wanted)?;
        }
        Ok(wanted.min(self.end - self.start))
    }

    /// The bytes that are available.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Where [`Self::bytes`] begins, counted from the beginning of the source.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Steps over `length` available bytes; returns the place in the buffer of the `part` of them, for [`Self::lend`].
    #[inline]
    pub(super) fn take(&mut self, length: usize, part: Range<usize>) -> Range<usize> {
        debug_assert!(part.end <= length && length <= self.end - self.start);
        let taken = self.start + part.start..self.start + part.end;
        self.start += length;
        self.offset += length as u64;
        taken
    }

    /// Bytes taken before, valid until the next [`Self::fill`].
    #[inline]
    pub(super) fn lend(&self, taken: Range<usize>) -> &[u8] {
        &self.buffer[taken]
    }

    #[cold]
    fn refill(&mut self, wanted: usize) -> Result<(), Error> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        while self.end < wanted && !self.ended {
            if self.end == self.buffer.len() {
                // Growing by what has really arrived keeps a claimed length from allocating anything.
                self.buffer.resize((2 * self.end).min(wanted.next_multiple_of(READ_SIZE)), 0);
            }
            match self.source.read(&mut self.buffer[self.end..]) {
                Ok(0) => self.ended = true,
                Ok(read) => self.end += read,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(Error::Read { source: OsError(error), offset: self.offset }),
            }
        }
        Ok(())
    }
}
