//! Whatever the bytes: no panic, nothing raw, in lines and in JSON.

use std::path::{Path, PathBuf};

use super::{lines, options};
use crate::decode::{ForcedType, decode_as};
use crate::packet::{ChecksumState, Frame, LinkType, Timestamp};
use crate::pcap::Reader;
use crate::print::{Json, Lines as _, Numbers, Printer};

/// Options that reach every part of the printers.
const FLAGS: &[&str] = &["-n", "-ne", "-nq", "-nv", "-nvv", "-nvvv", "-neX", "-nxx", "-nA"];

/// Frames of each capture of which every truncation is printed; of the others every one is, whole. With all of them the
/// test would take minutes.
const TRUNCATED: usize = 6;

/// Prints a frame with every set of options and checks that what comes out is text.
fn check(printers: &mut [Printer], frame: &Frame<'_>, forced: Option<ForcedType>, out: &mut Vec<u8>) {
    let layers = decode_as(frame, forced);
    for printer in printers {
        out.clear();
        printer.line(frame, &layers, out);
        let is_text = |byte: &u8| matches!(byte, b'\n' | b'\t' | b' '..=b'~');
        assert!(out.iter().all(is_text), "{}: {:02x?}", String::from_utf8_lossy(out), frame.data);
        assert!(out.ends_with(b"\n"), "{:02x?}", frame.data);
    }
    out.clear();
    Json::new(true, Box::new(Numbers)).line(frame, &layers, out);
    let json = str::from_utf8(out).expect("JSON is UTF-8");
    let object = json.strip_suffix('\n').expect("JSON is a line");
    assert!(!object.chars().any(char::is_control), "{object}");
}

fn printers() -> Vec<Printer> {
    FLAGS.iter().map(|flags| Printer::new(options(flags))).collect()
}

#[test]
fn every_truncation_of_every_packet_prints() {
    let (mut printers, mut out) = (printers(), Vec::new());
    for case in lines::cases() {
        for bytes in &case.frames {
            for len in 0..bytes.len() {
                let whole = case.frame(bytes);
                let cut = Frame { data: &bytes[..len], ..whole };
                check(&mut printers, &cut, case.forced(), &mut out);
                let short = Frame { original_len: len as u32, ..cut };
                check(&mut printers, &short, case.forced(), &mut out);
            }
        }
    }
}

#[test]
fn packets_with_changed_bytes_print() {
    let (mut printers, mut out) = (printers(), Vec::new());
    // A linear congruential generator: the same changes in every run.
    let mut state = 1_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for case in lines::cases() {
        for bytes in case.frames.iter().filter(|bytes| !bytes.is_empty()) {
            for _ in 0..200 {
                let mut changed = bytes.clone();
                for _ in 0..=random(3) {
                    let at = random(changed.len());
                    changed[at] = [0, 1, 0x7f, 0xff, random(256) as u8][random(5)];
                }
                check(&mut printers, &case.frame(&changed), case.forced(), &mut out);
            }
        }
    }
}

#[test]
fn noise_prints_on_every_link_type() {
    let (mut printers, mut out) = (printers(), Vec::new());
    let mut state = 7_u64;
    for link_type in [0, 1, 101, 108, 113, 228, 229, 276, 105, 9999] {
        for len in 0..300 {
            let bytes: Vec<u8> = (0..len)
                .map(|_| {
                    state =
                        state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    (state >> 56) as u8
                })
                .collect();
            let frame = Frame {
                timestamp: Timestamp::default(),
                link_type: LinkType(link_type),
                data: &bytes,
                original_len: len,
                interface: 0,
                packet_type: None,
                checksum: ChecksumState::default(),
            };
            check(&mut printers, &frame, None, &mut out);
        }
    }
}

/// The savefiles at or below a folder.
fn savefiles(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            savefiles(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "pcap" || extension == "pcapng") {
            found.push(path);
        }
    }
}

#[test]
fn every_truncation_of_every_capture_prints() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/captures");
    let mut files = Vec::new();
    savefiles(&folder, &mut files);
    if files.is_empty() {
        eprintln!("skipped: there are no captures at {}", folder.display());
    }
    let mut printers = ["-n", "-nevvvX"].map(|flags| Printer::new(options(flags)));
    let mut out = Vec::new();
    for file in files {
        let bytes = std::fs::read(&file).expect("a capture can be read");
        let Ok(mut reader) = Reader::new(bytes.as_slice()) else { continue };
        let mut frames = 0;
        while let Ok(Some(frame)) = reader.next_frame() {
            frames += 1;
            let most = if frames <= TRUNCATED { frame.data.len().min(400) } else { 0 };
            for len in 0..most {
                check(&mut printers, &Frame { data: &frame.data[..len], ..frame }, None, &mut out);
            }
            check(&mut printers, &frame, None, &mut out);
        }
    }
}
