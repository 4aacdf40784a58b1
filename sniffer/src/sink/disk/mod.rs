//! A file on disk, filled by a thread of its own from large buffers, so that the thread of the ring never waits for the
//! disk. Knows no format.

mod writer;

use std::fs::File;
use std::io;
use std::mem;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

use rustix::fs::{Mode, OFlags};

use self::writer::Writer;
use super::buffer::Buffer;
use super::landed::Landed;
use crate::pcap::OsError;
use crate::sys::direct;

/// Bytes of a buffer that goes to the disk: direct I/O waits for it, so that the way there must be worth it.
const DIRECT_SIZE: usize = 4 << 20;

/// Bytes of a buffer that goes to the page cache: the thread that copies it there finds it in the processor's caches.
const CACHED_SIZE: usize = 64 << 10;

/// The most bytes of a file in buffers: one being filled, one being written, and others that wait for a disk that is late for
/// as long as it takes to fill them. Behind them it is the ring that waits.
const MAX_BYTES: usize = 24 << 20;

/// Hears why a file that should have been is not written past the page cache.
pub(super) type OnFallback = Box<dyn Fn(io::Error) + Send>;

/// A file and the thread that writes it.
#[derive(Debug)]
pub(super) struct Disk {
    /// `None` when it is closed.
    jobs: Option<Sender<Job>>,
    thread: Option<JoinHandle<io::Result<()>>>,
    done: Receiver<Done>,
    spare: Vec<Buffer>,
    /// Buffers that the writing thread has.
    in_flight: usize,
    /// Buffers that were made, the one that is being filled included.
    made: usize,
    /// Bytes of each.
    buffer_size: usize,
    /// Every buffer begins at a multiple of it.
    alignment: usize,
    landed: Landed,
    waits: u64,
}

/// What direct I/O asks of the files of that folder: bytes that offsets and lengths are multiples of. Found out with a file
/// that never has a name.
///
/// # Errors
/// When files there have no direct I/O, and when none can be made.
pub fn direct_io(folder: &Path) -> Result<usize, OsError> {
    let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
    let file = rustix::fs::open(folder, flags, Mode::RUSR | Mode::WUSR).map_err(io::Error::from);
    file.and_then(|file| direct::alignment(&file.into())).map_err(OsError)
}

/// What the writing thread has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// Nothing.
    Idle,
    /// Something.
    Writing,
    /// So much that [`Disk::write`] would wait for it.
    Full,
}

/// A buffer for the writing thread.
#[derive(Debug)]
struct Job {
    buffer: Buffer,
    /// Where in the file it begins.
    start: u64,
    /// No frame is cut by its end.
    is_whole: bool,
}

/// The buffer back, emptied.
#[derive(Debug)]
struct Done {
    buffer: Buffer,
    landed: Landed,
    result: io::Result<()>,
}

impl Disk {
    /// Starts the thread. The file is empty; a first [`Self::buffer`] is for the caller to fill. Blocks of `alignment` bytes
    /// go past the page cache, if that is given.
    pub(super) fn new(file: File, alignment: Option<usize>, on_fallback: OnFallback) -> io::Result<Self> {
        let (jobs, job_receiver) = mpsc::channel();
        let (done_sender, done) = mpsc::channel();
        let writer = Writer::new(file, alignment, on_fallback);
        let (alignment, buffer_size) =
            alignment.map_or((1, CACHED_SIZE), |alignment| (alignment, DIRECT_SIZE));
        // It ends when there are no more jobs.
        let thread = thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || writer.run(&job_receiver, &done_sender))?;
        let (spare, landed) = (Vec::with_capacity(MAX_BYTES / buffer_size), Landed::default());
        Ok(Self {
            jobs: Some(jobs),
            thread: Some(thread),
            done,
            spare,
            in_flight: 0,
            made: 1,
            buffer_size,
            alignment,
            landed,
            waits: 0,
        })
    }

    /// A buffer of the size that suits the file.
    pub(super) fn buffer(&self) -> io::Result<Buffer> {
        Buffer::new(self.buffer_size)
    }

    /// Hands a buffer over that begins at byte `start`, and puts another in its place; says where that one begins. Waits
    /// when all buffers are on their way.
    ///
    /// The bytes behind the last whole block are handed over and kept as well, so that what follows them begins at one.
    pub(super) fn write(&mut self, buffer: &mut Buffer, start: u64, is_whole: bool) -> io::Result<u64> {
        let mut next = self.empty_buffer()?;
        let blocks = buffer.len() - buffer.len() % self.alignment;
        next.begin_with(&buffer.bytes()[blocks..]);
        let buffer = mem::replace(buffer, next);
        let job = Job { buffer, start, is_whole };
        self.jobs.as_ref().ok_or_else(ended)?.send(job).map_err(|_| ended())?;
        self.in_flight += 1;
        Ok(start + blocks as u64)
    }

    /// Looks what has been written, and says what has not.
    pub(super) fn progress(&mut self) -> io::Result<Progress> {
        while let Ok(done) = self.done.try_recv() {
            self.take_back(done)?;
        }
        Ok(match self.in_flight {
            0 => Progress::Idle,
            _ if self.spare.is_empty() && self.made * self.buffer_size >= MAX_BYTES => Progress::Full,
            _ => Progress::Writing,
        })
    }

    /// Waits until all that was handed over is written.
    pub(super) fn wait(&mut self) -> io::Result<()> {
        while self.in_flight > 0 {
            self.receive()?;
        }
        Ok(())
    }

    /// The same, brings the file to the disk and closes it.
    pub(super) fn close(&mut self) -> io::Result<()> {
        let written = self.wait();
        self.jobs = None;
        // The thread has closed the file when it has ended.
        let synced =
            self.thread.take().map_or(Ok(()), |thread| thread.join().unwrap_or_else(|_| Err(ended())));
        written.and(synced)
    }

    /// What was written, of what has come back.
    pub(super) fn landed(&self) -> Landed {
        self.landed
    }

    /// How often [`Self::write`] had to wait for the thread.
    pub(super) fn waits(&self) -> u64 {
        self.waits
    }

    fn empty_buffer(&mut self) -> io::Result<Buffer> {
        if self.progress()? == Progress::Full {
            self.waits += 1;
            self.receive()?;
        }
        if let Some(buffer) = self.spare.pop() {
            return Ok(buffer);
        }
        self.made += 1;
        self.buffer()
    }

    fn receive(&mut self) -> io::Result<()> {
        let done = self.done.recv().map_err(|_| ended())?;
        self.take_back(done)
    }

    /// Once a buffer could not be written, those behind it are not either: it waits for them to come back.
    fn take_back(&mut self, done: Done) -> io::Result<()> {
        self.in_flight -= 1;
        self.landed = done.landed;
        self.spare.push(done.buffer);
        if done.result.is_err() {
            while self.in_flight > 0 && self.done.recv().is_ok() {
                self.in_flight -= 1;
            }
        }
        done.result
    }
}

/// The thread is gone, which it never is before its jobs are.
fn ended() -> io::Error {
    io::Error::other("the writing thread has ended")
}

#[cfg(test)]
mod tests;
