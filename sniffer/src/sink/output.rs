//! The bytes behind every sink: collected, and handed to a file or standard output by a policy. Knows no format.

use std::fs::File;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use super::buffer::Buffer;
use super::destination::{Destination, Opened};
use super::disk::{Disk, Progress};
use super::landed::Landed;
use super::stream::Stream;
use super::{Error, Written};
use crate::pcap::OsError;
use crate::sys::direct;

/// Bytes collected before a stream is written.
const STREAM_BUFFER_SIZE: usize = 256 * 1024;

/// How old bytes become with [`Flush::EachSecond`].
const SECOND: Duration = Duration::from_secs(1);

/// When collected bytes are written. They always are when the buffer is full and at the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flush {
    /// Not before they must be.
    #[default]
    WhenFull,
    /// When the source has nothing more for now and they are a second old. Where a reader may wait for them, in anything
    /// but a file on disk, this is as [`Self::WhenIdle`].
    EachSecond,
    /// When the source has nothing more for now, so that a reader is never behind for longer than a block's time.
    WhenIdle,
    /// After every frame (`-U` and `-l`).
    EachFrame,
}

/// How an output is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct OutputOptions {
    /// When.
    pub flush: Flush,
    /// Whether files on disk go through the page cache, too.
    pub buffered: bool,
    /// Hears why a file goes through the page cache that need not have.
    pub on_fallback: Option<fn(&Destination, io::Error)>,
}

impl From<Flush> for OutputOptions {
    /// The usual way, at these times.
    fn from(flush: Flush) -> Self {
        Self { flush, ..Self::default() }
    }
}

/// A destination and the bytes that are collected for it.
///
/// When it fails, what it holds is cut to whole frames where that is possible, and nothing is written any more.
#[derive(Debug)]
pub struct Output {
    buffer: Buffer,
    writer: Writer,
    destination: Destination,
    flush: Flush,
    /// Where the buffer begins in the output.
    start: u64,
    frames: u64,
    /// Since when bytes wait, as far as that was noticed.
    waiting_since: Option<Instant>,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Open,
    Closed,
    Failed,
}

#[derive(Debug)]
enum Writer {
    Stream(Stream),
    Disk(Disk),
}

impl Output {
    /// Opens a destination. A file is made, or emptied unless another capture is writing it.
    ///
    /// Files on disk are written by a thread of their own, past the page cache where the file system can. Other things are
    /// written by the thread that makes the bytes, and so are files that are flushed after each frame.
    ///
    /// # Errors
    /// [`Error::Open`], [`Error::InUse`].
    pub fn open(destination: Destination, options: impl Into<OutputOptions>) -> Result<Self, Error> {
        let options = options.into();
        let opened = destination.open()?;
        let made = match opened {
            Opened::Disk(file) if options.flush == Flush::EachFrame => {
                Self::streaming(Stream::new(file, true), destination.clone(), options.flush)
            }
            Opened::Disk(file) => Self::on_disk(file, destination.clone(), options),
            Opened::Stream(file) => {
                let flush = if options.flush == Flush::EachSecond { Flush::WhenIdle } else { options.flush };
                Self::streaming(Stream::new(file, false), destination.clone(), flush)
            }
        };
        made.map_err(|error| Error::Open { destination, source: OsError(error) })
    }

    /// An output to a stream that is open already; the destination is what messages call it.
    ///
    /// # Errors
    /// [`Error::Open`] when there is no memory for its buffer.
    pub fn to_stream(file: File, destination: Destination, flush: Flush) -> Result<Self, Error> {
        let made = Self::streaming(Stream::new(file, false), destination.clone(), flush);
        made.map_err(|error| Error::Open { destination, source: OsError(error) })
    }

    fn streaming(stream: Stream, destination: Destination, flush: Flush) -> io::Result<Self> {
        Ok(Self::new(Buffer::new(STREAM_BUFFER_SIZE)?, Writer::Stream(stream), destination, flush))
    }

    fn on_disk(file: File, destination: Destination, options: OutputOptions) -> io::Result<Self> {
        let name = destination.clone();
        let on_fallback = move |error: io::Error| {
            if let Some(on_fallback) = options.on_fallback {
                on_fallback(&name, error);
            }
        };
        let alignment =
            if options.buffered { None } else { direct::alignment(&file).map_err(&on_fallback).ok() };
        let disk = Disk::new(file, alignment, Box::new(on_fallback))?;
        Ok(Self::new(disk.buffer()?, Writer::Disk(disk), destination, options.flush))
    }

    fn new(buffer: Buffer, writer: Writer, destination: Destination, flush: Flush) -> Self {
        let state = State::Open;
        Self { buffer, writer, destination, flush, start: 0, frames: 0, waiting_since: None, state }
    }

    pub(super) fn destination(&self) -> &Destination {
        &self.destination
    }

    /// Whether it takes bytes: not when it is closed or has failed.
    pub(super) fn is_open(&self) -> bool {
        self.state == State::Open
    }

    /// Bytes taken so far.
    #[inline]
    pub(super) fn bytes(&self) -> u64 {
        self.start + self.buffer.len() as u64
    }

    /// What was taken so far; once it has failed, what was written of that.
    pub(super) fn written(&self) -> Written {
        let (landed, waits) = match &self.writer {
            Writer::Stream(stream) => (stream.landed(), stream.waits()),
            Writer::Disk(disk) => (disk.landed(), disk.waits()),
        };
        let taken = Landed { frames: self.frames, bytes: self.bytes() };
        let Landed { frames, bytes } = if self.state == State::Failed { landed } else { taken };
        Written { frames, bytes, waits }
    }

    /// Takes bytes as [`Write::write_all`] does, and says of a failure what could not be written.
    #[inline]
    pub(super) fn put(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.write_all(bytes).map_err(|error| Error::of_write(&self.destination, error))
    }

    /// To be called where so many frames have come to their end together.
    pub(super) fn frames_end(&mut self, count: u64) -> Result<(), Error> {
        (0..count).try_for_each(|_| self.frame_ends())
    }

    /// To be called behind each frame.
    #[inline]
    pub(super) fn frame_ends(&mut self) -> Result<(), Error> {
        self.frames += 1;
        self.buffer.end_frame();
        if self.flush == Flush::EachFrame { self.flush_all() } else { Ok(()) }
    }

    /// To be called between frames, when the source has nothing more for now; says after how long it should be called
    /// again even if nothing comes.
    pub(super) fn idle(&mut self) -> Result<Option<Duration>, Error> {
        match self.flush {
            Flush::WhenFull | Flush::EachFrame => Ok(None),
            Flush::WhenIdle => self.flush_all().map(|()| None),
            Flush::EachSecond => self.idle_for_a_second(),
        }
    }

    /// Hands over everything taken so far and waits until the operating system has it. To be called between frames.
    pub(super) fn flush_all(&mut self) -> Result<(), Error> {
        let result = self.hand_over(true).and_then(|()| self.wait());
        result.map_err(|error| Error::of_write(&self.destination, error))
    }

    /// The same, brings a file to the disk, and closes the output: another may be opened in its place. No bytes may follow.
    pub(super) fn close(&mut self) -> Result<(), Error> {
        if self.state != State::Open {
            return Ok(());
        }
        self.flush_all()?;
        self.state = State::Closed;
        let closed = match &mut self.writer {
            Writer::Stream(stream) => stream.close(),
            Writer::Disk(disk) => disk.close(),
        };
        let destination = || self.destination.clone();
        closed.map_err(|error| Error::Sync { destination: destination(), source: OsError(error) })
    }

    fn idle_for_a_second(&mut self) -> Result<Option<Duration>, Error> {
        let progress = match &mut self.writer {
            Writer::Stream(_) => Ok(Progress::Idle),
            Writer::Disk(disk) => disk.progress(),
        };
        let progress = self.checked(progress).map_err(|error| Error::of_write(&self.destination, error))?;
        if self.buffer.has_nothing_new() {
            self.waiting_since = None;
            // How a write ends is looked after although nothing follows it.
            return Ok((progress != Progress::Idle).then_some(SECOND));
        }
        let age = self.waiting_since.get_or_insert_with(Instant::now).elapsed();
        let left = SECOND.saturating_sub(age);
        if !left.is_zero() {
            return Ok(Some(left));
        }
        self.waiting_since = None;
        // Where all buffers are on their way to the disk it is not for this thread to wait: the bytes follow them.
        if progress != Progress::Full {
            self.hand_over(true).map_err(|error| Error::of_write(&self.destination, error))?;
        }
        Ok(Some(SECOND))
    }

    /// Hands the buffer over. `is_whole`: no frame is cut by its end.
    fn hand_over(&mut self, is_whole: bool) -> io::Result<()> {
        if self.state != State::Open {
            return Err(io::Error::other("the output is closed"));
        }
        if self.buffer.has_nothing_new() {
            return Ok(());
        }
        let start = self.bytes();
        let result = match &mut self.writer {
            Writer::Stream(stream) => stream.write(&mut self.buffer, self.start, is_whole).map(|()| start),
            Writer::Disk(disk) => disk.write(&mut self.buffer, self.start, is_whole),
        };
        self.start = self.checked(result)?;
        Ok(())
    }

    fn wait(&mut self) -> io::Result<()> {
        let result = match &mut self.writer {
            Writer::Stream(_) => Ok(()),
            Writer::Disk(disk) => disk.wait(),
        };
        self.checked(result)
    }

    /// Notes a failure.
    fn checked<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        if result.is_err() {
            self.state = State::Failed;
        }
        result
    }

    /// Takes bytes for which the buffer has no room.
    #[cold]
    fn write_in_parts(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        loop {
            bytes = self.buffer.push_some(bytes);
            if bytes.is_empty() {
                return Ok(());
            }
            self.hand_over(false)?;
        }
    }
}

impl Write for Output {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.buffer.push(bytes) { Ok(()) } else { self.write_in_parts(bytes) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.hand_over(true)?;
        self.wait()
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        // Who wants to know whether all was written closes it before.
        let _ = self.close();
    }
}
