//! Bytes written one behind the other by the thread that makes them: pipes, terminals, devices, and files of `-U`.

use std::fs::File;
use std::io::{self, Write as _};
use std::os::fd::AsFd as _;

use rustix::io::ioctl_fionread;
use rustix::pipe::{PIPE_BUF, fcntl_getpipe_size};

use super::buffer::Buffer;
use super::destination::{sync, unlock};
use super::landed::Landed;
use crate::sys::wait::{is_writable, wait_to_write};

/// What is written at once where there is no telling how much there is room for.
const PART: usize = 64 * 1024;

/// An open file that is written in order.
#[derive(Debug)]
pub(super) struct Stream {
    file: File,
    landed: Landed,
    waits: u64,
    /// How many bytes the file can hold that nobody has read, if it is a pipe.
    pipe_size: Option<usize>,
    /// Whether the file can be cut to whole frames when it takes no more.
    is_disk: bool,
}

impl Stream {
    pub(super) fn new(file: File, is_disk: bool) -> Self {
        let pipe_size = fcntl_getpipe_size(&file).ok();
        Self { file, landed: Landed::default(), waits: 0, pipe_size, is_disk }
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
            let rest = &bytes[written..];
            let room = self.room(rest.len());
            self.waits += u64::from(room == 0);
            let part = if room == 0 { PART } else { room };
            match self.file.write(&rest[..part.min(rest.len())]) {
                Ok(0) => return (written, Err(io::ErrorKind::WriteZero.into())),
                Ok(count) => written += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // Who shares the pipe or terminal has set it not to wait.
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => wait_to_write(self.file.as_fd()),
                Err(error) => return (written, Err(error)),
            }
        }
        (written, Ok(()))
    }

    /// How many of so many bytes can be written without a wait. A write to a pipe waits until all of its bytes are in: were
    /// it given more than there is room for, it would wait unseen.
    fn room(&self, wanted: usize) -> usize {
        if self.is_disk {
            // A file on disk has room, or fails.
            return wanted;
        }
        if !is_writable(self.file.as_fd()) {
            return 0;
        }
        let Some(size) = self.pipe_size else { return PART };
        // A pipe that is writable has room for this much, and frames by themselves are seldom longer.
        if wanted <= PIPE_BUF {
            return wanted;
        }
        let unread = ioctl_fionread(&self.file).map_or(size, |unread| unread as usize);
        // A pipe holds pages: the first may be read in part, and the last one filled in part.
        size.saturating_sub(unread + 2 * PIPE_BUF).max(PIPE_BUF)
    }

    /// Brings a file to the disk, and lets others write it.
    pub(super) fn close(&mut self) -> io::Result<()> {
        if !self.is_disk {
            return Ok(());
        }
        let synced = sync(&self.file);
        unlock(&self.file);
        synced
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
