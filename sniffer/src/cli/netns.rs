//! Another network namespace than the program's own: looked up by name, process or path, and entered for a moment. Knows
//! no interface.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::os::fd::AsFd as _;
use std::os::unix::fs::MetadataExt as _;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::Context as _;
use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};
use sniffer::pcap::OsError;

/// Where ip-netns(8) keeps namespaces by name.
const NAMED: &str = "/run/netns";

/// What the program's own namespace is called in lists.
pub(crate) const OWN: &str = "of this process";

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

/// The network namespaces of this host.
pub(crate) struct All {
    /// Each with what it may be called, the program's own first.
    pub(crate) namespaces: Vec<(String, Namespace)>,
    /// How many processes do not show theirs.
    pub(crate) hidden_processes: usize,
}

/// All network namespaces that have a name or a process.
///
/// # Errors
/// When there is no `/proc`.
pub(crate) fn all() -> io::Result<All> {
    let mut known = HashSet::new();
    let mut is_new = |path: &Path| fs::metadata(path).map(|file| known.insert((file.dev(), file.ino())));
    is_new(Path::new("/proc/self/ns/net"))?;
    let mut all = All { namespaces: vec![(OWN.to_owned(), Namespace(None))], hidden_processes: 0 };
    let named = entries(Path::new(NAMED)).into_iter().map(|name| (Path::new(NAMED).join(&name), name));
    let processes = entries(Path::new("/proc")).into_iter().filter(|name| name.parse::<u32>().is_ok());
    let of_process =
        processes.map(|pid| (Path::new("/proc").join(&pid).join("ns/net"), format!("of process {pid}")));
    for (path, name) in named.chain(of_process) {
        match is_new(&path).and_then(|is_new| is_new.then(|| File::open(&path)).transpose()) {
            Ok(Some(file)) => all.namespaces.push((name.clone(), Namespace(Some(Other { name, file })))),
            Err(error) if error.kind() == ErrorKind::PermissionDenied => all.hidden_processes += 1,
            // It is known, or has just gone.
            _ => {}
        }
    }
    Ok(all)
}

/// The names in a folder, in their order; none where there is no such folder.
fn entries(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> =
        entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    names
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
