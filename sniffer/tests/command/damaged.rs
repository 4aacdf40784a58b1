//! Savefiles that are cut or damaged in the middle: what comes before is processed, then one line says where it ends.

use std::fs;

use crate::compressed::{filtered, varied};
use crate::scratch::Folder;
use crate::{expect_code, sniffer, stderr, stdout};

/// A damaged file.
struct Damaged {
    path: String,
    /// How many of its frames come before the damage.
    whole: usize,
    /// What is said of it, behind its name.
    message: String,
}

impl Damaged {
    /// Every way of reading gives the whole frames and the same last line.
    fn check(&self, folder: &Folder) {
        let copy = folder.path("copy.pcap");
        for (arguments, lines) in [
            (&["-ttn"][..], Some(self.whole)),
            (&["-ttnl"], Some(self.whole)),
            (&["--json"], Some(self.whole)),
            (&["--fields", "number,length"], Some(self.whole)),
            (&["--count"], None),
            (&["-w", &copy], None),
        ] {
            let output = sniffer(&[&["-r", &self.path], arguments].concat());
            expect_code(&output, 1);
            let (out, said) = (stdout(&output), stderr(&output));
            let said: Vec<&str> = said.lines().filter(|line| !line.starts_with("reading from")).collect();
            assert_eq!(said, [format!("sniffer: {}: {}", self.path, self.message)], "{arguments:?}");
            match (lines, arguments[0]) {
                (Some(lines), _) => assert_eq!(out.lines().count(), lines, "{arguments:?}"),
                (None, "-w") => assert_eq!(stdout(&sniffer(&["--count", "-r", &copy])), self.count()),
                (None, _) => assert_eq!(out, self.count(), "{arguments:?}"),
            }
        }
    }

    fn count(&self) -> String {
        format!("{} packets\n", self.whole)
    }
}

/// A savefile of 3000 frames of 600 bytes in that format.
fn whole(folder: &Folder, name: &str) -> Vec<u8> {
    let (input, path) = (folder.write("input.pcap", varied(3000)), folder.path(name));
    expect_code(&sniffer(&["-r", &input, "-w", &path]), 0);
    fs::read(path).expect("it was written")
}

#[test]
fn a_file_that_is_cut_in_a_frame_ends_where_the_frame_begins() {
    let folder = Folder::new("cut");
    for (name, head, record, message) in [
        ("x.pcap", 24, 616, "truncated dump file; tried to read 600 captured bytes, only got 84"),
        ("x.pcapng", 0, 632, "truncated pcapng dump file; tried to read 624 bytes, only got 92"),
    ] {
        let bytes = whole(&folder, name);
        // What stands before the first frame of a pcapng file depends on the host's name.
        let head = if head == 0 { bytes.len() - trailer(&bytes) - 3000 * record } else { head };
        let offset = head + 1000 * record;
        let path = folder.write(name, &bytes[..offset + 100]);
        Damaged { path, whole: 1000, message: format!("{message} (at byte {offset})") }.check(&folder);
    }
}

/// How many bytes of a pcapng file come behind its last frame.
fn trailer(bytes: &[u8]) -> usize {
    let length =
        |end: usize| u32::from_le_bytes(bytes[end - 4..end].try_into().expect("four bytes")) as usize;
    let kind = |start: usize| u32::from_le_bytes(bytes[start..start + 4].try_into().expect("four bytes"));
    let mut end = bytes.len();
    while kind(end - length(end)) != 6 {
        end -= length(end);
    }
    bytes.len() - end
}

#[test]
fn a_file_with_a_wrong_length_ends_there() {
    let folder = Folder::new("wrong");
    let mut bytes = whole(&folder, "x.pcap");
    let offset = 24 + 2000 * 616;
    bytes[offset + 8..offset + 12].copy_from_slice(&[0xff; 4]);
    let message = "invalid packet capture length 4294967295, bigger than snaplen of 262144";
    let message = format!("{message} (at byte {offset})");
    let path = folder.write("x.pcap", &bytes);
    Damaged { path, whole: 2000, message }.check(&folder);
    let mut bytes = whole(&folder, "x.pcapng");
    let offset = bytes.len() - trailer(&bytes) - 1000 * 632;
    bytes[offset + 628] ^= 1;
    let message = "block total length in header 632 and trailer 633 don't match";
    let message = format!("{message} (at byte {offset})");
    let path = folder.write("x.pcapng", &bytes);
    Damaged { path, whole: 2000, message }.check(&folder);
}

#[test]
fn what_was_packed_is_read_as_far_as_it_can_be_unpacked() {
    let folder = Folder::new("packed-cut");
    let plain = folder.write("input.pcap", varied(3000));
    for (program, argument, reason) in
        [("gzip", "-c", "incomplete deflate stream"), ("zstd", "-cq", "incomplete frame")]
    {
        let Some(packed) = filtered(program, argument, &plain) else { continue };
        let half = packed.len() / 2;
        let mut spoilt = packed.clone();
        spoilt[half..].fill(0xff);
        // What is noticed first of the other damage depends on the library.
        for (bytes, reason) in [(&packed[..half], reason), (&spoilt[..], "")] {
            let path = folder.write("packed", bytes);
            let read = sniffer(&["-ttnr", &path]);
            let whole = stdout(&read).lines().count();
            assert!((500..2500).contains(&whole), "{whole} of 3000 with {program}");
            let (said, place) = (stderr(&read), format!("(at byte {})", 24 + 616 * whole));
            let message = said.trim_end().rsplit_once("/packed: ").map(|(_, message)| message.to_owned());
            let message = message.unwrap_or_else(|| panic!("{said}"));
            assert!(message.starts_with("unpacked: ") && message.contains(&place), "{message}");
            assert!(message.ends_with(reason), "{message}");
            Damaged { path, whole, message }.check(&folder);
        }
    }
}

#[test]
fn files_behind_a_damaged_one_are_not_read() {
    let folder = Folder::new("behind");
    let bytes = whole(&folder, "x.pcap");
    let (damaged, sound) = (folder.write("a.pcap", &bytes[..1000]), folder.write("b.pcap", &bytes));
    let output = sniffer(&["--count", "-r", &damaged, "-r", &sound]);
    expect_code(&output, 1);
    assert_eq!(stdout(&output), "1 packet\n");
    assert!(stderr(&output).contains("a.pcap: truncated dump file"), "{}", stderr(&output));
}
