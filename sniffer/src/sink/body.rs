//! The bytes of a savefile on their way to an output: as they are, or compressed. Knows no format.
//!
//! Compressed bytes are one zstd frame, in blocks that a decoder reads up to the last whole one, whatever became of the
//! writer. A block is ended when it is full, and once a second when the source has nothing more; small ones compress badly.

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

/// How old bytes become before their block is ended although it is not full.
const PERIOD: Duration = Duration::from_secs(1);

/// Where a savefile's bytes go.
pub(super) enum Body {
    Plain(Output),
    Zstd(Compressed),
}

/// An output behind a compressor.
pub(super) struct Compressed {
    /// `None` once it is closed or has failed.
    encoder: Option<Encoder<'static, Output>>,
    destination: Destination,
    flushes_each_frame: bool,
    /// Since when bytes wait for the end of their block.
    waiting_since: Option<Instant>,
    /// What was taken, as of the end of the encoder.
    written: Written,
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
                compressed.encoder.as_ref().map_or(0, |encoder| encoder.get_ref().bytes())
            }
        }
    }

    pub(super) fn is_open(&self) -> bool {
        match self {
            Self::Plain(output) => output.is_open(),
            Self::Zstd(compressed) => compressed.encoder.is_some(),
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
            Self::Zstd(compressed) => compressed.end_block(),
        }
    }

    pub(super) fn close(&mut self) -> Result<(), Error> {
        match self {
            Self::Plain(output) => output.close(),
            Self::Zstd(compressed) => compressed.close(),
        }
    }
}

fn encoder(output: Output) -> io::Result<Encoder<'static, Output>> {
    let mut encoder = Encoder::new(output, LEVEL)?;
    encoder.include_checksum(true)?;
    encoder.multithread(THREADS)?;
    encoder.set_parameter(CParameter::JobSize(JOB_SIZE))?;
    Ok(encoder)
}

impl Compressed {
    fn written(&self) -> Written {
        self.encoder.as_ref().map_or(self.written, |encoder| encoder.get_ref().written())
    }

    fn frame_ends(&mut self) -> Result<(), Error> {
        let Some(encoder) = &mut self.encoder else { return Ok(()) };
        encoder.get_mut().frame_ends()?;
        if self.flushes_each_frame { self.end_block() } else { Ok(()) }
    }

    fn idle(&mut self) -> Result<Option<Duration>, Error> {
        let Some(since) = self.waiting_since else { return Ok(None) };
        let left = PERIOD.saturating_sub(since.elapsed());
        if left.is_zero() { self.end_block().map(|()| None) } else { Ok(Some(left)) }
    }

    /// Ends the block, so that everything taken so far can be read.
    fn end_block(&mut self) -> Result<(), Error> {
        let Some(encoder) = &mut self.encoder else { return Ok(()) };
        self.waiting_since = None;
        let ended = encoder.flush().map_err(|error| Error::of_write(&self.destination, error));
        ended.and_then(|()| encoder.get_mut().flush_all())
    }

    fn close(&mut self) -> Result<(), Error> {
        let Some(encoder) = self.encoder.take() else { return Ok(()) };
        self.written = encoder.get_ref().written();
        let mut output = encoder.finish().map_err(|error| Error::of_write(&self.destination, error))?;
        output.close()?;
        self.written = output.written();
        Ok(())
    }
}

impl Write for Compressed {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(encoder) = &mut self.encoder else { return Err(io::Error::other("the output is closed")) };
        self.waiting_since.get_or_insert_with(Instant::now);
        encoder.write(bytes)
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
