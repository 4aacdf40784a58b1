//! Where an output goes, as the command line names it.

use std::fmt;
use std::fs::{File, TryLockError};
use std::io;
use std::os::fd::AsFd as _;
use std::path::{Path, PathBuf};

use super::Error;
use crate::pcap::{Format, OsError};

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

    /// The savefile format that the name asks for: pcapng when it ends in `.pcapng`, or in that and `.zst`.
    pub fn format(&self) -> Format {
        let Self::File(path) = self else { return Format::Pcap };
        let name = if self.is_compressed() { path.file_stem().map(Path::new) } else { Some(path.as_path()) };
        match name.and_then(Path::extension) {
            Some(extension) if extension == "pcapng" => Format::Pcapng,
            _ => Format::Pcap,
        }
    }

    /// Whether the name asks for compression: when it ends in `.zst`.
    pub fn is_compressed(&self) -> bool {
        matches!(self, Self::File(path) if path.extension().is_some_and(|extension| extension == "zst"))
    }

    /// Opens it. A file is made with mode 0666 as the umask allows, as tcpdump does, or emptied, unless somebody else is
    /// at it: two captures would overwrite each other.
    pub(super) fn open(&self) -> Result<Opened, Error> {
        match self {
            // Rust's own standard output looks for line ends in every write.
            Self::Stdout => io::stdout().as_fd().try_clone_to_owned().map(|fd| Opened::Stream(fd.into())),
            Self::File(path) => open_file(path),
        }
        .map_err(|error| self.open_error(error))
    }

    fn open_error(&self, error: io::Error) -> Error {
        let destination = self.clone();
        match error.kind() {
            io::ErrorKind::WouldBlock => Error::InUse(destination),
            _ => Error::Open { destination, source: OsError(error) },
        }
    }
}

/// An open destination.
#[derive(Debug)]
pub(super) enum Opened {
    /// Bytes go one behind the other, and who reads them may wait for each.
    Stream(File),
    /// An empty file on disk, locked.
    Disk(File),
}

fn open_file(path: &Path) -> io::Result<Opened> {
    let file = File::options().write(true).create(true).truncate(false).open(path)?;
    if !file.metadata()?.is_file() {
        return Ok(Opened::Stream(file));
    }
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => return Err(io::ErrorKind::WouldBlock.into()),
        // There are file systems without locks.
        Ok(()) | Err(TryLockError::Error(_)) => {}
    }
    file.set_len(0)?;
    Ok(Opened::Disk(file))
}

/// Brings a file to the disk: what the page cache could not write there is told by nothing else.
pub(super) fn sync(file: &File) -> io::Result<()> {
    match file.sync_data() {
        // There are file systems that have nothing to bring anywhere.
        Err(error) if is_refusal(&error) => Ok(()),
        result => result,
    }
}

/// Whether the error is about what was asked of the file, and not about the file.
pub(super) fn is_refusal(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported)
}

/// Gives the lock of a file back. Closing the file does not when a program is being started in this moment: its process has
/// a copy of all descriptors until it becomes the program.
pub(super) fn unlock(file: &File) {
    // Where there are no locks there is none to be given back.
    let _ = file.unlock();
}

impl fmt::Display for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdout => f.write_str("standard output"),
            Self::File(path) => path.display().fmt(f),
        }
    }
}
