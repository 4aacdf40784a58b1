//! What a user should know of a series that is no reason to end the capture.

use std::path::PathBuf;

use crate::pcap::OsError;

/// Something worth telling.
#[derive(Debug, thiserror::Error)]
pub enum Notice {
    /// The series ends, because it has as many files as were asked for. In tcpdump's words.
    #[error("Maximum file limit reached: {0}")]
    FileLimit(u64),
    /// The series ends, because its files are as large as was asked for.
    #[error("Maximum file size reached: {0} bytes")]
    SizeLimit(u64),
    /// The name of a file came again.
    #[error("{}: replaced, because the next file has the same name", .0.display())]
    Replaced(PathBuf),
    /// A file that is too many is still there.
    #[error("{}: cannot be removed: {source}", .path.display())]
    NotRemoved {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: OsError,
    },
    /// The command for a finished file did not begin.
    #[error("{command} {}: cannot be started: {source}", .path.display())]
    CommandNotStarted {
        /// The command.
        command: String,
        /// The file.
        path: PathBuf,
        /// Why not.
        source: OsError,
    },
    /// The command for a finished file failed.
    #[error("{command} {}: {how}", .path.display())]
    CommandFailed {
        /// The command.
        command: String,
        /// The file.
        path: PathBuf,
        /// How it ended.
        how: String,
    },
}
