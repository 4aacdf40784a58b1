//! The buffered bytes behind every sink: a file or standard output, flushed by a policy. Knows no format.

use std::fmt;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::os::fd::AsFd;
use std::path::{Path, PathBuf};

use super::Error;
use crate::pcap::{Format, OsError};

/// Bytes collected before they are written.
const BUFFER_SIZE: usize = 256 * 1024;

/// Where bytes go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// Standard output.
    Stdout,
    /// A file, made or truncated.
    File(PathBuf),
}

impl Destination {
    /// What `-w` means by a name: `-` is standard output.
    pub fn from_argument(name: &Path) -> Self {
        if name == Path::new("-") { Self::Stdout } else { Self::File(name.to_owned()) }
    }

    /// The savefile format that the name asks for: pcapng when it ends in `.pcapng`.
    pub fn format(&self) -> Format {
        match self {
            Self::File(path) if path.extension().is_some_and(|extension| extension == "pcapng") => {
                Format::Pcapng
            }
            Self::File(_) | Self::Stdout => Format::Pcap,
        }
    }
}

impl fmt::Display for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdout => f.write_str("standard output"),
            Self::File(path) => path.display().fmt(f),
        }
    }
}

/// When collected bytes are written. They always are when the buffer is full and at the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Flush {
    /// Not before they must be.
    #[default]
    WhenFull,
    /// When the source has nothing more for now, so that a reader is never behind for longer than a block's time.
    WhenIdle,
    /// After every frame (`-U` and `-l`).
    EachFrame,
}

/// A destination with a buffer of 256 KiB before it.
#[derive(Debug)]
pub struct Output {
    buffer: BufWriter<File>,
    destination: Destination,
    flush: Flush,
    bytes: u64,
}

impl Output {
    /// Opens a destination. A file is truncated, or made with mode 0666 as the umask allows, as tcpdump does.
    ///
    /// # Errors
    /// [`Error::Open`].
    pub fn open(destination: Destination, flush: Flush) -> Result<Self, Error> {
        let file = match &destination {
            // Rust's own standard output looks for line ends in every write.
            Destination::Stdout => io::stdout().as_fd().try_clone_to_owned().map(File::from),
            Destination::File(path) => File::create(path),
        };
        match file {
            Ok(file) => Ok(Self::new(file, destination, flush)),
            Err(error) => Err(Error::Open { destination, source: OsError(error) }),
        }
    }

    /// An output to a file that is open already; the destination is what messages call it.
    pub fn new(file: File, destination: Destination, flush: Flush) -> Self {
        Self { buffer: BufWriter::with_capacity(BUFFER_SIZE, file), destination, flush, bytes: 0 }
    }

    pub(super) fn destination(&self) -> &Destination {
        &self.destination
    }

    /// Bytes taken so far.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// To be called behind each frame.
    #[inline]
    pub(super) fn frame_ends(&mut self) -> Result<(), Error> {
        if self.flush == Flush::EachFrame { self.flush_all() } else { Ok(()) }
    }

    pub(super) fn idle(&mut self) -> Result<(), Error> {
        if self.flush == Flush::WhenIdle { self.flush_all() } else { Ok(()) }
    }

    pub(super) fn flush_all(&mut self) -> Result<(), Error> {
        self.buffer.flush().map_err(|error| Error::of_write(&self.destination, error))
    }
}

impl Write for Output {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.buffer.write(bytes)?;
        self.bytes += written as u64;
        Ok(written)
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.buffer.write_all(bytes)?;
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.buffer.flush()
    }
}
