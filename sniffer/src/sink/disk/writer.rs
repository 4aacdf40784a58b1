//! The writing thread: buffers to a file, past the page cache as far as they are whole blocks. Writes in order, one buffer
//! at a time, so that the file never has a hole, whatever ends the process.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::sync::mpsc::{Receiver, Sender};

use super::{Done, Job, Landed, OnFallback};
use crate::sink::destination::{is_refusal, sync, unlock};
use crate::sys::direct;

/// What the thread owns.
pub(super) struct Writer {
    file: File,
    /// Bytes of a block; `None` when everything goes through the page cache.
    alignment: Option<usize>,
    /// How the file is set now.
    is_direct: bool,
    on_fallback: OnFallback,
    landed: Landed,
    has_failed: bool,
}

impl Writer {
    pub(super) fn new(file: File, alignment: Option<usize>, on_fallback: OnFallback) -> Self {
        Self { file, alignment, is_direct: false, on_fallback, landed: Landed::default(), has_failed: false }
    }

    /// Writes what comes until nothing more does. Behind a failure nothing is written any more: the file ends with the last
    /// whole frame before it.
    /// At the end the file is brought to the disk.
    pub(super) fn run(mut self, jobs: &Receiver<Job>, done: &Sender<Done>) -> io::Result<()> {
        for mut job in jobs {
            let result = if self.has_failed { Ok(()) } else { self.write(&job) };
            job.buffer.clear();
            if done.send(Done { buffer: job.buffer, landed: self.landed, result }).is_err() {
                break;
            }
        }
        // What failed was told.
        let synced = if self.has_failed { Ok(()) } else { sync(&self.file) };
        unlock(&self.file);
        synced
    }

    fn write(&mut self, job: &Job) -> io::Result<()> {
        let (written, result) = self.write_all(job.buffer.bytes(), job.start);
        self.landed.add(&job.buffer, job.start, written);
        if result.is_err() {
            self.has_failed = true;
            // What failed is told; that the cut frame stays where this fails too is told by every reader.
            let _ = self.file.set_len(self.landed.bytes);
        } else if job.is_whole {
            self.landed.bytes = job.start + written as u64;
        }
        result
    }

    /// As `FileExt::write_all_at`, but says how far it came.
    fn write_all(&mut self, bytes: &[u8], start: u64) -> (usize, io::Result<()>) {
        let mut written = 0;
        while written < bytes.len() {
            match self.write_some(&bytes[written..], start + written as u64) {
                Ok(0) => return (written, Err(io::ErrorKind::WriteZero.into())),
                Ok(count) => written += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return (written, Err(error)),
            }
        }
        (written, Ok(()))
    }

    /// Writes whole blocks directly, and what is less than one through the page cache, which makes the file end exactly
    /// there. The block is written directly when it is whole.
    fn write_some(&mut self, bytes: &[u8], offset: u64) -> io::Result<usize> {
        if let Some(alignment) = self.alignment {
            let blocks = bytes.len() - bytes.len() % alignment;
            if blocks > 0 && offset.is_multiple_of(alignment as u64) {
                match self.write_at(&bytes[..blocks], offset, true) {
                    Err(error) if is_refusal(&error) => {
                        (self.on_fallback)(error);
                        self.alignment = None;
                    }
                    result => return result,
                }
            }
        }
        self.write_at(bytes, offset, false)
    }

    fn write_at(&mut self, bytes: &[u8], offset: u64, is_direct: bool) -> io::Result<usize> {
        if self.is_direct != is_direct {
            direct::set(&self.file, is_direct)?;
            self.is_direct = is_direct;
        }
        self.file.write_at(bytes, offset)
    }
}
