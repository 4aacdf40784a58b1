//! How much of a disk is to stay free. Removes nothing.

use std::path::Path;

use rustix::fs::statvfs;

use crate::pcap::OsError;
use crate::sink::{Destination, Error};

/// A part of a filesystem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reserve {
    /// So many bytes.
    Bytes(u64),
    /// So many millionths of it.
    PerMillion(u32),
}

impl Reserve {
    /// What to say when less than this is free in the filesystem of that directory, for users other than root.
    pub(super) fn shortage(self, directory: &Path) -> Result<Option<Error>, Error> {
        let space = statvfs(directory).map_err(|error| Error::Open {
            destination: Destination::File(directory.to_owned()),
            source: OsError(error.into()),
        })?;
        let free = space.f_bavail.saturating_mul(space.f_frsize);
        let size = space.f_blocks.saturating_mul(space.f_frsize);
        let wanted = match self {
            Self::Bytes(bytes) => bytes,
            Self::PerMillion(share) => size / 1_000_000 * u64::from(share),
        };
        Ok((free < wanted).then(|| Error::DiskFull { directory: directory.to_owned(), free, wanted }))
    }
}
