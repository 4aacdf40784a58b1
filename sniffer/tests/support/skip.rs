//! What a test needs and the machine may lack: one line on stderr says what was skipped and why.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Once;
use std::{env, io};

use nix::unistd::Uid;

/// True when the tests may make namespaces and load programs; says once, for all tests, when not.
pub(crate) fn is_root() -> bool {
    static SAID: Once = Once::new();
    let root = Uid::effective().is_root();
    if !root {
        SAID.call_once(|| say("kernel tests", "they need root"));
    }
    root
}

/// The path of a program of `$PATH`; without one, says that `test` is skipped.
pub(crate) fn program(test: &str, name: &str) -> Option<PathBuf> {
    let found = find(name);
    if found.is_none() {
        say(test, &format!("there is no {name}"));
    }
    found
}

/// Writes the line. Past the test harness, which hides what a passing test prints.
pub(crate) fn say(test: &str, why: &str) {
    writeln!(io::stderr(), "skipped {test}: {why}").expect("stderr is writable");
}

fn find(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    // An ordinary user's PATH lacks the directories of administration, where nft and tcpdump live on some systems.
    let directories = env::split_paths(&path).chain(["/usr/sbin", "/sbin"].map(PathBuf::from));
    directories.map(|directory| directory.join(name)).find(|candidate| is_file(candidate))
}

fn is_file(path: &Path) -> bool {
    path.metadata().is_ok_and(|metadata| metadata.is_file())
}
