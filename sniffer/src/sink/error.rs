//! What can go wrong with an output.

use std::io;

use super::Destination;
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
    /// The system has no threads left for making lines.
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
