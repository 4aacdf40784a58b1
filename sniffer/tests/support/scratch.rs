//! Files and folders of one test, removed when dropped.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs, process};

/// A folder that is removed with its files.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    /// Makes one of its own for each call; the name tells tests apart.
    pub(crate) fn new(name: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!("sniffer-{name}-{}-{number}", process::id()));
        fs::create_dir_all(&path).expect("a temporary folder can be made");
        Self(path)
    }

    /// The path of a file in it.
    pub(crate) fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("a plain path").to_owned()
    }

    /// Writes a file and gives its path.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        fs::write(self.0.join(name), content).expect("the folder can be written");
        self.path(name)
    }

    /// Makes a folder in it and gives its path.
    pub(crate) fn folder(&self, name: &str) -> String {
        fs::create_dir(self.0.join(name)).expect("the folder can be written");
        self.path(name)
    }

    /// The files in it, by name.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.0).expect("a folder").map(|entry| entry.expect("an entry").path());
        let mut files: Vec<PathBuf> = entries.collect();
        files.sort();
        files
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Nothing depends on it, and a failing test must not fail twice.
        fs::remove_dir_all(&self.0).ok();
    }
}

/// The place of a file that is removed, should there be one.
pub(crate) struct Scratch(pub(crate) PathBuf);

impl Scratch {
    /// The place; the name tells tests apart and gives the file its extension.
    pub(crate) fn new(name: &str) -> Self {
        Self(env::temp_dir().join(format!("sniffer-{}-{name}", process::id())))
    }

    pub(crate) fn path(&self) -> &str {
        self.0.to_str().expect("a plain path")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Nothing depends on it, and a failing test must not fail twice.
        fs::remove_file(&self.0).ok();
    }
}
