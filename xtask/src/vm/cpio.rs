//! The memory image that Linux unpacks as its first file system: a cpio archive in the `newc` format
//! (Documentation/driver-api/early-userspace/buffer-format.rst). Written as any user, device nodes included.

use std::collections::BTreeSet;
use std::path::Path;

const DIRECTORY: u32 = 0o040_755;
const EXECUTABLE: u32 = 0o100_755;
const CHARACTER_DEVICE: u32 = 0o020_600;

/// An archive that grows entry by entry.
#[derive(Default)]
pub(super) struct Archive {
    bytes: Vec<u8>,
    folders: BTreeSet<String>,
    entries: u32,
}

impl Archive {
    /// Appends a folder and those above it, each once.
    pub(super) fn folder(&mut self, path: &str) {
        let path = path.trim_matches('/');
        if path.is_empty() || self.folders.contains(path) {
            return;
        }
        self.parent(path);
        self.entry(path, DIRECTORY, [0, 0], &[]);
        self.folders.insert(path.to_owned());
    }

    /// Appends an executable file, after the folders it is in.
    pub(super) fn file(&mut self, path: &str, data: &[u8]) {
        self.parent(path);
        self.entry(path.trim_start_matches('/'), EXECUTABLE, [0, 0], data);
    }

    /// Appends a character device, after the folders it is in.
    pub(super) fn character_device(&mut self, path: &str, major: u32, minor: u32) {
        self.parent(path);
        self.entry(path.trim_start_matches('/'), CHARACTER_DEVICE, [major, minor], &[]);
    }

    /// The whole archive.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.entry("TRAILER!!!", 0, [0, 0], &[]);
        self.bytes
    }

    fn parent(&mut self, path: &str) {
        if let Some(parent) = Path::new(path.trim_start_matches('/')).parent() {
            self.folder(&parent.to_string_lossy());
        }
    }

    fn entry(&mut self, name: &str, mode: u32, [major, minor]: [u32; 2], data: &[u8]) {
        self.entries += 1;
        let (owner, group, links, time, device) = (0, 0, 1, 0, [0, 0]);
        let name_len = name.len() as u32 + 1;
        let fields =
            [self.entries, mode, owner, group, links, time, data.len() as u32, device[0], device[1], major];
        self.bytes.extend_from_slice(b"070701");
        for field in fields.into_iter().chain([minor, name_len, 0]) {
            self.bytes.extend_from_slice(format!("{field:08X}").as_bytes());
        }
        self.bytes.extend_from_slice(name.as_bytes());
        self.bytes.push(0);
        self.align();
        self.bytes.extend_from_slice(data);
        self.align();
    }

    /// The header with its name, and the data, each end on a multiple of four bytes.
    fn align(&mut self) {
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::process::{Command, Stdio};

    use super::*;

    #[test]
    fn folders_precede_what_is_in_them_once() {
        let mut archive = Archive::default();
        archive.file("/usr/bin/a", b"1");
        archive.file("/usr/bin/b", b"2");
        archive.character_device("/dev/console", 5, 1);
        let image = archive.finish();
        let text = String::from_utf8_lossy(&image);
        let places =
            ["usr\0", "usr/bin\0", "usr/bin/a\0", "usr/bin/b\0", "dev\0", "dev/console\0", "TRAILER!!!\0"];
        let found: Vec<_> = places.iter().map(|name| text.matches(name).count()).collect();
        assert_eq!(found, [1; 7]);
        assert!(places.map(|name| text.find(name)).is_sorted());
        assert_eq!(image.len() % 4, 0);
    }

    #[test]
    fn an_installed_cpio_reads_it() {
        let Ok(mut cpio) = Command::new("cpio")
            .args(["--list", "--verbose", "--numeric-uid-gid"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
        else {
            eprintln!("skipped: there is no cpio");
            return;
        };
        let mut archive = Archive::default();
        archive.file("/init", b"12345");
        archive.character_device("/dev/console", 5, 1);
        let mut stdin = cpio.stdin.take().expect("stdin is a pipe");
        stdin.write_all(&archive.finish()).expect("cpio reads");
        drop(stdin);
        let output = cpio.wait_with_output().expect("cpio ends");
        let listing = String::from_utf8_lossy(&output.stdout).into_owned();
        let modes: Vec<_> = listing.lines().filter_map(|line| line.split_whitespace().next()).collect();
        assert_eq!(modes, ["-rwxr-xr-x", "drwxr-xr-x", "crw-------"], "{listing}");
    }
}
