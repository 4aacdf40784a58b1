//! The bytes of a savefile on their way to an output: as they are, or compressed. Knows no format.
//!
//! Compressed bytes are one zstd frame, in blocks that a decoder reads up to the last whole one, whatever became of the
//! writer. A block is ended when it is full, and once a second when the source has nothing more; small ones compress badly.
//!
//! Only the end of a block says where frames are among compressed bytes. There they are counted, and to there a file is cut
//! that takes no more.

use std::fmt;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use zstd::Encoder;
use zstd::zstd_safe::CParameter;

use super::{Destination, Error, Flush, Output, OutputOptions, Written};

/// The fastest level that still finds most of what repeats.
const LEVEL: i32 = 1;

/// Threads that compress, beside the one that makes the bytes.
const THREADS: u32 = 1;

/// Bytes that a thread compresses at once: about as much is held back, and the least is half of this.
const JOB_SIZE: u32 = 1 << 20;

/// Bytes behind which a block is ended although more follow: as many are lost at most when a file takes no more.
const MARK_SIZE: u64 = 4 << 20;

/// How old bytes become before their block is ended although it is not full.
const PERIOD: Duration = Duration::from_secs(1);

/// Where a savefile's bytes go.
pub(super) enum Body {
    Plain(Output),
    Zstd(Compressed),
}

/// An output behind a compressor.
pub(super) struct Compressed {
    /// `None` once it is closed.
    encoder: Option<Encoder<'static, Unflushed>>,
    destination: Destination,
    flushes_each_frame: bool,
    /// Frames and bytes taken since a block was ended.
    unmarked: Unmarked,
    /// Since when bytes wait for the end of their block.
    waiting_since: Option<Instant>,
    /// What was taken, as of the end of the encoder.
    written: Written,
}

/// What is on its way through the compressor.
#[derive(Clone, Copy, Default)]
struct Unmarked {
    frames: u64,
    bytes: u64,
}

/// An output as a compressor sees it, which flushes it whenever it is told to end a block.
struct Unflushed(Output);

impl Write for Unflushed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Body {
    /// Bytes to that output: compressed when its name says so.
    pub(super) fn open(destination: Destination, options: OutputOptions) -> Result<Self, Error> {
        if !destination.is_compressed() {
            return Output::open(destination, options).map(Self::Plain);
        }
        let flushes_each_frame = options.flush == Flush::EachFrame;
        // When something is to be written is decided here: the output has nothing before a block ends.
        let output = Output::open(destination.clone(), OutputOptions { flush: Flush::WhenFull, ..options })?;
        let encoder = encoder(output).map_err(|error| Error::of_write(&destination, error))?;
        Ok(Self::Zstd(Compressed {
            encoder: Some(encoder),
            destination,
            flushes_each_frame,
            unmarked: Unmarked::default(),
            waiting_since: None,
            written: Written::default(),
        }))
    }

    pub(super) fn destination(&self) -> &Destination {
        match self {
            Self::Plain(output) => output.destination(),
            Self::Zstd(compressed) => &compressed.destination,
        }
    }

    /// Bytes that the output has taken: of compressed ones, those that have left the compressor.
    #[inline]
    pub(super) fn bytes(&self) -> u64 {
        match self {
            Self::Plain(output) => output.bytes(),
            Self::Zstd(compressed) => {
                compressed.encoder.as_ref().map_or(0, |encoder| encoder.get_ref().0.bytes())
            }
        }
    }

    pub(super) fn is_open(&self) -> bool {
        match self {
            Self::Plain(output) => output.is_open(),
            Self::Zstd(compressed) => compressed.is_open(),
        }
    }

    pub(super) fn written(&self) -> Written {
        match self {
            Self::Plain(output) => output.written(),
            Self::Zstd(compressed) => compressed.written(),
        }
    }

    #[inline]
    pub(super) fn frame_ends(&mut self) -> Result<(), Error> {
        match self {
            Self::Plain(output) => output.frame_ends(),
            Self::Zstd(compressed) => compressed.frame_ends(),
        }
    }

    pub(super) fn idle(&mut self) -> Result<Option<Duration>, Error> {
        match self {
            Self::Plain(output) => output.idle(),
            Self::Zstd(compressed) => compressed.idle(),
        }
    }

    pub(super) fn flush_all(&mut self) -> Result<(), Error> {
        match self {
            Self::Plain(output) => output.flush_all(),
            Self::Zstd(compressed) => compressed.flush_all(),
        }
    }

    pub(super) fn close(&mut self) -> Result<(), Error> {
        match self {
            Self::Plain(output) => output.close(),
            Self::Zstd(compressed) => compressed.close(),
        }
    }
}

fn encoder(output: Output) -> io::Result<Encoder<'static, Unflushed>> {
    let mut encoder = Encoder::new(Unflushed(output), LEVEL)?;
    encoder.include_checksum(true)?;
    encoder.multithread(THREADS)?;
    encoder.set_parameter(CParameter::JobSize(JOB_SIZE))?;
    Ok(encoder)
}

impl Compressed {
    fn is_open(&self) -> bool {
        self.encoder.as_ref().is_some_and(|encoder| encoder.get_ref().0.is_open())
    }

    /// As [`Output::written`]: what is on its way counts as taken until something fails.
    fn written(&self) -> Written {
        let Some(encoder) = &self.encoder else { return self.written };
        let written = encoder.get_ref().0.written();
        let on_their_way = if self.is_open() { self.unmarked.frames } else { 0 };
        Written { frames: written.frames + on_their_way, ..written }
    }

    #[inline]
    fn frame_ends(&mut self) -> Result<(), Error> {
        self.unmarked.frames += 1;
        if self.flushes_each_frame {
            self.flush_all()
        } else if self.unmarked.bytes >= MARK_SIZE {
            self.end_block()
        } else {
            Ok(())
        }
    }

    fn idle(&mut self) -> Result<Option<Duration>, Error> {
        let Some(since) = self.waiting_since else { return Ok(None) };
        let left = PERIOD.saturating_sub(since.elapsed());
        if left.is_zero() { self.flush_all().map(|()| None) } else { Ok(Some(left)) }
    }

    /// Ends the block, so that everything taken so far can be read.
    fn end_block(&mut self) -> Result<(), Error> {
        let Some(encoder) = &mut self.encoder else { return Ok(()) };
        self.waiting_since = None;
        encoder.flush().map_err(|error| Error::of_write(&self.destination, error))?;
        encoder.get_mut().0.frames_end(std::mem::take(&mut self.unmarked).frames)
    }

    /// The same, and waits until the operating system has it.
    fn flush_all(&mut self) -> Result<(), Error> {
        self.end_block()?;
        self.encoder.as_mut().map_or(Ok(()), |encoder| encoder.get_mut().0.flush_all())
    }

    fn close(&mut self) -> Result<(), Error> {
        let result = self.finish();
        // What came of it is known of the output alone, which the encoder no longer needs.
        self.written = self.written();
        self.encoder = None;
        result
    }

    fn finish(&mut self) -> Result<(), Error> {
        if !self.is_open() {
            return Ok(());
        }
        self.end_block()?;
        let Some(encoder) = &mut self.encoder else { return Ok(()) };
        encoder.do_finish().map_err(|error| Error::of_write(&self.destination, error))?;
        encoder.get_mut().0.close()
    }
}

impl Write for Compressed {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(encoder) = &mut self.encoder else { return Err(io::Error::other("the output is closed")) };
        self.waiting_since.get_or_insert_with(Instant::now);
        let taken = encoder.write(bytes)?;
        self.unmarked.bytes += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.encoder.as_mut().map_or(Ok(()), Encoder::flush)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if matches!(self, Self::Plain(_)) { "Plain" } else { "Zstd" };
        f.debug_tuple(kind).field(self.destination()).finish()
    }
}

impl Write for Body {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Plain(output) => output.write_all(bytes),
            Self::Zstd(compressed) => compressed.write_all(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(output) => output.flush(),
            Self::Zstd(compressed) => compressed.flush(),
        }
    }
}
