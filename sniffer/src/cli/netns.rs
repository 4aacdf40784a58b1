//! Another network namespace than the program's own: looked up by name, process or path, and entered for a moment. Knows
//! no interface.

use std::fs::File;
use std::io::ErrorKind;
use std::os::fd::AsFd as _;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::Context as _;
use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};
use sniffer::pcap::OsError;

/// Where ip-netns(8) keeps namespaces by name.
const NAMED: &str = "/run/netns";

/// The network namespace in which interfaces are.
pub(crate) struct Namespace(Option<Other>);

/// One that is not the program's own.
struct Other {
    name: String,
    file: File,
}

impl Namespace {
    /// The namespace of that name, of the process of that number, or of that path; the program's own without one.
    pub(crate) fn open(name: Option<&str>) -> anyhow::Result<Self> {
        let Some(name) = name else { return Ok(Self(None)) };
        let open = |path: &Path| File::open(path);
        let named = Path::new(NAMED).join(name);
        let file = match open(&named) {
            Err(error) if error.kind() == ErrorKind::NotFound => open(&elsewhere(name).unwrap_or(named)),
            opened => opened,
        };
        let file = file.map_err(OsError).with_context(|| format!("network namespace {name}"))?;
        Ok(Self(Some(Other { name: name.to_owned(), file })))
    }

    /// Runs `work` inside the namespace. Sockets that it opens stay there.
    pub(crate) fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> anyhow::Result<T> {
        let Some(other) = &self.0 else { return Ok(work()) };
        // Only the thread that calls setns(2) enters the namespace, so that a short-lived one does it.
        let result = thread::scope(|scope| {
            let inside = scope.spawn(|| other.enter().map(|()| work()));
            inside.join().unwrap_or_else(|panic| resume_unwind(panic))
        });
        result.with_context(|| format!("cannot enter the network namespace {}", other.name))
    }
}

impl Other {
    fn enter(&self) -> Result<(), OsError> {
        let network = Some(LinkNameSpaceType::Network);
        move_into_link_name_space(self.file.as_fd(), network).map_err(|error| OsError(error.into()))
    }
}

/// What is no name: the number of a process or a path.
fn elsewhere(name: &str) -> Option<PathBuf> {
    if name.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Path::new("/proc").join(name).join("ns/net"));
    }
    name.contains('/').then(|| PathBuf::from(name))
}
