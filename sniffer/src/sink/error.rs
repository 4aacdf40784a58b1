//! What can go wrong with an output.

use std::io;
use std::path::PathBuf;

use super::{Destination, NameError};
use crate::pcap::{self, OsError};

/// Why an output could not be opened or written.
///
/// The sources complete the messages: `x.pcap` and then `No such file or directory`, as tcpdump says it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The output does not open.
    #[error("{destination}")]
    Open {
        /// What was to be opened.
        destination: Destination,
        /// Why it does not.
        source: OsError,
    },
    /// Another capture is writing the file, and each would overwrite the other's frames.
    #[error("{0}: another capture is writing this file")]
    InUse(Destination),
    /// Nobody reads the output any more (`EPIPE`): no failure for a program in a pipeline.
    #[error("{0}: nobody reads it any more")]
    ClosedPipe(Destination),
    /// The output takes no more bytes.
    #[error("{destination}")]
    Write {
        /// What was being written.
        destination: Destination,
        /// Why it failed.
        source: OsError,
    },
    /// Every byte was taken, but the disk has not got all of them: how many is not known.
    #[error("{destination}: it was written, but not all of it came to the disk")]
    Sync {
        /// What was written.
        destination: Destination,
        /// What the disk said.
        source: OsError,
    },
    /// No frame is taken any more, because as much was written as was asked for: no failure.
    #[error("as much was written as was asked for")]
    Complete,
    /// The disk has less room than is to be left free.
    #[error(
        "{}: {free} bytes of the disk are free, less than the {wanted} to be kept free: the capture ends",
        .directory.display()
    )]
    DiskFull {
        /// Where the files are.
        directory: PathBuf,
        /// How much is free.
        free: u64,
        /// How much was to be.
        wanted: u64,
    },
    /// The name of a file cannot be made.
    #[error(transparent)]
    Name(#[from] NameError),
    /// The system has no threads left.
    #[error("cannot start a thread")]
    Threads(#[source] io::Error),
    /// The format cannot hold the frame.
    #[error("{destination}")]
    Format {
        /// What was being written.
        destination: Destination,
        /// What does not fit.
        source: pcap::Error,
    },
}

impl Error {
    pub(super) fn of_write(destination: &Destination, error: io::Error) -> Self {
        let destination = destination.clone();
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe(destination),
            _ => Self::Write { destination, source: OsError(error) },
        }
    }

    pub(super) fn of_savefile(destination: &Destination, error: pcap::Error) -> Self {
        match error {
            pcap::Error::Write(OsError(error)) => Self::of_write(destination, error),
            source => Self::Format { destination: destination.clone(), source },
        }
    }
}
