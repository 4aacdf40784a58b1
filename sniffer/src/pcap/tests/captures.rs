//! Captures of many kinds, where they lie beside the checkout, as tcpdump and tshark read them.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Owned, oracle, read_all};
use crate::pcap::{Format, Reader};

#[test]
fn captures_beside_the_checkout_read_as_tcpdump_and_tshark_do() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/captures");
    let mut files = Vec::new();
    find_files(&folder, &mut files);
    if files.is_empty() {
        eprintln!("skipped: there are no captures in {}", folder.display());
        return;
    }
    let mut compared = [0, 0];
    for path in &files {
        let bytes = fs::read(path).unwrap();
        let (frames, error) = read_all(&bytes);
        compared[0] += usize::from(compare_with_tcpdump(path, &bytes, &frames, error.is_some()));
        compared[1] += usize::from(compare_with_tshark(path, &bytes, &frames));
    }
    let [tcpdump, tshark] = compared;
    eprintln!("{} captures, {tcpdump} compared with tcpdump, {tshark} with tshark", files.len());
}

fn find_files(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() { find_files(&path, files) } else { files.push(path) }
    }
}

/// Every byte, length, time and link type; what comes before an error, and whether there is one.
fn compare_with_tcpdump(path: &Path, bytes: &[u8], frames: &[Owned], damaged: bool) -> bool {
    let Some(copy) = oracle::tcpdump_copy(bytes) else { return false };
    let complaint = String::from_utf8_lossy(&copy.stderr).into_owned();
    if ["different from the", "different byte orders"].iter().any(|said| complaint.contains(said)) {
        eprintln!("{} is not compared with tcpdump: {complaint}", path.display());
        return false;
    }
    assert_eq!(damaged, !copy.status.success(), "{}: {complaint}", path.display());
    oracle::assert_is_copy(&read_all(&copy.stdout).0, frames, &path.display().to_string());
    assert_eq!(file_facts(bytes), file_facts(&copy.stdout), "{}", path.display());
    true
}

/// Link type and snapshot length.
fn file_facts(file: &[u8]) -> Option<(u16, u32)> {
    let reader = Reader::new(file).ok()?;
    Some((reader.link_type().0, reader.snaplen()))
}

/// Only pcapng: there it is the better judge, with several interfaces and link types, and it takes long to start.
fn compare_with_tshark(path: &Path, bytes: &[u8], frames: &[Owned]) -> bool {
    if Reader::new(bytes).is_ok_and(|reader| reader.format() == Format::Pcap) {
        return false;
    }
    let Some(output) = oracle::tshark_lines(bytes) else { return false };
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        eprintln!("{} is not compared with tshark: {said}", path.display());
        return false;
    }
    let expected: String = frames.iter().map(oracle::tshark_line).collect();
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "{}", path.display());
    true
}
