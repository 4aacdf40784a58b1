//! Bytes written one behind the other by the thread that makes them: pipes, terminals, devices, and files of `-U`.

use std::fs::File;
use std::io::{self, Write as _};
use std::os::fd::AsFd as _;

use super::buffer::Buffer;
use super::destination::unlock;
use super::landed::Landed;
use crate::sys::wait::is_writable;

/// Bytes that a pipe usually has room for. More are written in parts, so that it is seen when it is full.
const PIPE_SIZE: usize = 64 * 1024;

/// An open file that is written in order.
#[derive(Debug)]
pub(super) struct Stream {
    file: File,
    landed: Landed,
    waits: u64,
    /// Whether the file can be cut to whole frames when it takes no more.
    is_disk: bool,
}

impl Stream {
    pub(super) fn new(file: File, is_disk: bool) -> Self {
        Self { file, landed: Landed::default(), waits: 0, is_disk }
    }

    /// Writes a buffer that begins at byte `start` of the output, and empties it. `is_whole`: no frame is cut by its end.
    pub(super) fn write(&mut self, buffer: &mut Buffer, start: u64, is_whole: bool) -> io::Result<()> {
        let (written, result) = self.write_all(buffer.bytes());
        self.landed.add(buffer, start, written);
        if result.is_ok() && is_whole {
            self.landed.bytes = start + written as u64;
        }
        if result.is_err() && self.is_disk {
            // What failed is told; that the cut frame stays where this fails too is told by every reader.
            let _ = self.file.set_len(self.landed.bytes);
        }
        buffer.clear();
        result
    }

    /// As `Write::write_all`, but says how far it came, and counts the waits for room.
    fn write_all(&mut self, bytes: &[u8]) -> (usize, io::Result<()>) {
        let mut written = 0;
        while written < bytes.len() {
            // Files on disk always have room, or fail.
            self.waits += u64::from(!self.is_disk && !is_writable(self.file.as_fd()));
            let end = bytes.len().min(written + PIPE_SIZE);
            match self.file.write(&bytes[written..end]) {
                Ok(0) => return (written, Err(io::ErrorKind::WriteZero.into())),
                Ok(count) => written += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return (written, Err(error)),
            }
        }
        (written, Ok(()))
    }

    /// Lets others write the file.
    pub(super) fn close(&mut self) {
        if self.is_disk {
            unlock(&self.file);
        }
    }

    /// What was written.
    pub(super) fn landed(&self) -> Landed {
        self.landed
    }

    /// How often a write had to wait.
    pub(super) fn waits(&self) -> u64 {
        self.waits
    }
}
