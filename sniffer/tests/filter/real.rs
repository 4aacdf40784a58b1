//! Frames of real captures, wherever they lie.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use sniffer::packet::LinkType;
use sniffer::pcap::Reader;

use crate::corpus::Sample;
use crate::tcpdump::Savefile;

/// One file for each link type that the savefiles at or below `path` hold.
pub(crate) fn savefiles(path: &Path) -> io::Result<Vec<Savefile>> {
    let mut frames = BTreeMap::new();
    collect(path, &mut frames)?;
    Ok(frames.into_iter().map(|(number, frames)| Savefile::new("real", LinkType(number), frames)).collect())
}

/// Whatever the savefiles hold up to their first damage, by link type.
fn collect(path: &Path, frames: &mut BTreeMap<u16, Vec<Sample>>) -> io::Result<()> {
    if path.is_dir() {
        return fs::read_dir(path)?.try_for_each(|entry| collect(&entry?.path(), frames));
    }
    let Ok(mut reader) = Reader::new(File::open(path)?) else { return Ok(()) };
    while let Ok(Some(frame)) = reader.next_frame() {
        let (data, original_len) = (frame.data.to_vec(), frame.original_len);
        let sample = Sample { name: path.display().to_string(), data, original_len };
        frames.entry(frame.link_type.0).or_default().push(sample);
    }
    Ok(())
}
