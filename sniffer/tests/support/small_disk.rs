//! Small file systems of a test's own, to be filled.

use std::fs;
use std::process::Command;

use nix::sys::statvfs::statvfs;

use super::scratch::Folder;
use super::skip;

/// A file system that is mounted in a folder until this is dropped.
pub(crate) struct SmallDisk(pub(crate) Folder);

impl SmallDisk {
    /// One in memory, of so many mebibytes.
    pub(crate) fn tmpfs(mebibytes: u32) -> Option<Self> {
        let folder = Folder::new("tmpfs");
        let options = format!("size={mebibytes}m,mode=0777");
        Self::mounted(folder, &["-t", "tmpfs", "-o", &options, "none"])
    }

    /// One on a loop device.
    pub(crate) fn ext4(mebibytes: u64) -> Option<Self> {
        // The device has the image open when its name is gone.
        let images = Folder::new("images");
        Self::ext4_in(&images.path("image"), mebibytes)
    }

    /// The same, in a file of that name.
    pub(crate) fn ext4_in(image: &str, mebibytes: u64) -> Option<Self> {
        let test = "an ext4 of its own";
        let folder = Folder::new("ext4");
        let file = fs::File::create(image).expect("the folder is writable");
        file.set_len(mebibytes << 20).expect("files may have holes");
        let made = Command::new(skip::program(test, "mkfs.ext4")?).args(["-q", "-F", image]).status();
        assert!(made.expect("mkfs starts").success());
        let disk = Self::mounted(folder, &["-t", "ext4", "-o", "loop", image]);
        if disk.is_none() {
            skip::say(test, "there are no loop devices here");
        }
        disk
    }

    fn mounted(folder: Folder, args: &[&str]) -> Option<Self> {
        let status = Command::new(skip::program("a small disk", "mount")?).args(args).arg(&folder.0).status();
        status.expect("mount starts").success().then(|| Self(folder))
    }

    /// Bytes that are free for everybody.
    pub(crate) fn free(&self) -> u64 {
        let space = statvfs(&self.0.0).expect("it is there");
        space.blocks_available() * space.fragment_size()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Nothing depends on it, and a failing test, which may have files open here, must not fail twice.
        Command::new("umount").arg("-l").arg(&self.0.0).status().ok();
    }
}
