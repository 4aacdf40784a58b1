//! Compressed savefiles, written and read, beside the programs that others use for them.

use std::fs;
use std::process::Command;

use sniffer::packet::Frame;

use crate::savefiles::{frame, packet, pcap};
use crate::scratch::Folder;
use crate::{expect_code, sniffer, stderr, stdout};

/// A savefile whose frames do not compress to nothing.
pub(crate) fn varied(count: u32) -> Vec<u8> {
    let mut state = 1_u32;
    let packets: Vec<Vec<u8>> = (0..count)
        .map(|number| {
            let mut bytes = packet(number as u8, 600);
            // Numerical Recipes' generator, for half of each packet.
            bytes[300..].fill_with(|| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            });
            bytes
        })
        .collect();
    let frames: Vec<Frame<'_>> =
        packets.iter().zip(0..).map(|(packet, second)| frame(second, 0, packet)).collect();
    pcap(&frames)
}

/// What a program makes of a file; `None`, and a line, where there is none.
pub(crate) fn filtered(program: &str, argument: &str, file: &str) -> Option<Vec<u8>> {
    let output = Command::new(program).args([argument, file]).output();
    let output = output.map_err(|error| eprintln!("skipped: {program} does not start: {error}")).ok()?;
    assert!(output.status.success(), "{}", stderr(&output));
    Some(output.stdout)
}

#[test]
fn a_name_in_zst_is_the_same_file_compressed() {
    let folder = Folder::new("zst");
    let input = folder.write("input", varied(3000));
    for name in ["x.pcap", "x.pcapng"] {
        let (plain, packed) = (folder.path(name), folder.path(&format!("{name}.zst")));
        expect_code(&sniffer(&["-r", &input, "-w", &plain]), 0);
        expect_code(&sniffer(&["-r", &input, "-w", &packed]), 0);
        let bytes = fs::read(&plain).expect("it was written");
        let size = fs::metadata(&packed).expect("it was written").len();
        assert!(size < bytes.len() as u64 * 2 / 3, "{size} of {}", bytes.len());
        let read = sniffer(&["-ttnr", &packed]);
        expect_code(&read, 0);
        assert_eq!(stdout(&read), stdout(&sniffer(&["-ttnr", &plain])));
        let Some(unpacked) = filtered("zstd", "-dcq", &packed) else { return };
        assert!(unpacked == bytes, "{name}: other bytes");
    }
}

#[test]
fn files_that_others_have_compressed_are_read() {
    let folder = Folder::new("packed");
    let input = folder.write("input", varied(100));
    let expected = stdout(&sniffer(&["-ttnr", &input]));
    assert_eq!(expected.lines().count(), 100);
    for (program, argument) in [("gzip", "-c"), ("zstd", "-cq")] {
        let Some(packed) = filtered(program, argument, &input) else { continue };
        // Their kind is seen from the bytes, not from the name.
        let once = folder.write("packed", &packed);
        let read = sniffer(&["-ttnr", &once]);
        expect_code(&read, 0);
        assert_eq!(stdout(&read), expected, "{program}");
        assert_eq!(
            stdout(&sniffer(&["-d", "-r", &once, "ip"])),
            stdout(&sniffer(&["-d", "-r", &input, "ip"]))
        );
    }
}

#[test]
fn each_file_of_a_series_is_compressed_by_itself() {
    let folder = Folder::new("series");
    let input = folder.write("input", varied(20_000));
    let out = folder.folder("out");
    expect_code(&sniffer(&["-r", &input, "-C", "2", "-W", "20", "-w", &format!("{out}/f.pcap.zst")]), 0);
    let mut files: Vec<_> =
        fs::read_dir(&out).expect("a folder").map(|file| file.expect("an entry").path()).collect();
    files.sort();
    assert!(files.len() > 2, "{files:?}");
    assert!(files[0].ends_with("f.pcap00.zst") && files[1].ends_with("f.pcap01.zst"), "{files:?}");
    let files: Vec<&str> = files.iter().map(|file| file.to_str().expect("a plain path")).collect();
    let arguments: Vec<&str> = files.iter().flat_map(|file| ["-r", *file]).collect();
    let all = sniffer(&[&["-ttn"], &arguments[..]].concat());
    expect_code(&all, 0);
    assert!(stdout(&all) == stdout(&sniffer(&["-ttnr", &input])), "frames are missing or in another order");
}
