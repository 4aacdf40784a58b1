//! `sniffer set`: looks at a set of a running capture, and changes it. Speaks to the capture and knows nothing of sets.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use sniffer::sink;

use super::control::{self, Order, Verb};

/// Options of `sniffer set`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The set, as --set of the capture names it
    name: String,

    /// What to do with it: add or take away entries, print them, or read their file again
    verb: Verb,

    /// Entries as in the set's file
    #[arg(value_name = "ENTRY")]
    entries: Vec<String>,

    /// The capture, when several run
    #[arg(long)]
    pid: Option<u32>,
}

/// Asks the capture and prints its answer.
///
/// # Errors
/// When there is no such capture, and what the capture says is wrong.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    match (args.verb, args.entries.is_empty()) {
        (Verb::Add | Verb::Del, true) => bail!("which entries?"),
        (Verb::List | Verb::Reload, false) => bail!("'list' and 'reload' take no entries"),
        _ => {}
    }
    let mut words = [&args.name].into_iter().chain(&args.entries);
    if let Some(word) = words.find(|word| word.trim().is_empty() || word.contains('\n')) {
        bail!("{word:?} is no name and no entry");
    }
    let mut stream = connect(args.pid)?;
    let order = Order { verb: args.verb, name: args.name.clone(), entries: args.entries.clone() };
    stream.write_all(order.request().as_bytes())?;
    stream.shutdown(Shutdown::Write)?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    match answer.split_once('\n') {
        Some((control::OK, text)) => Ok(sink::print(text)?),
        Some((control::ERROR, text)) => bail!("{}", text.trim_end()),
        _ => bail!("the capture ended"),
    }
}

/// The capture of that process, or the only one.
fn connect(pid: Option<u32>) -> anyhow::Result<UnixStream> {
    let sockets = control::directories().iter().flat_map(|directory| sockets(directory)).collect::<Vec<_>>();
    let wanted = sockets.into_iter().filter(|(owner, _)| pid.is_none_or(|pid| pid == *owner));
    let mut running: Vec<_> = wanted.filter_map(|(owner, path)| Some((owner, reach(&path)?))).collect();
    let (_, stream) = match (running.len(), pid) {
        (1, _) => running.remove(0),
        (0, Some(pid)) => bail!("process {pid} is no capture with sets of this user's"),
        (0, None) => bail!("no capture with sets of this user's is running"),
        _ => {
            let owners: Vec<_> = running.iter().map(|(owner, _)| owner.to_string()).collect();
            bail!("several captures have sets: choose one of {} with --pid", owners.join(", "))
        }
    };
    stream.context("the capture cannot be reached")
}

/// A connection; none, and the socket removed, where its process has gone.
fn reach(path: &Path) -> Option<io::Result<UnixStream>> {
    match UnixStream::connect(path) {
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
            let _ = fs::remove_file(path);
            None
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        result => Some(result),
    }
}

/// The sockets of a directory and the processes that made them.
fn sockets(directory: &Path) -> Vec<(u32, PathBuf)> {
    let Ok(entries) = fs::read_dir(directory) else { return Vec::new() };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    paths
        .filter_map(|path| Some((path.file_name()?.to_str()?.strip_suffix(".sock")?.parse().ok()?, path)))
        .collect()
}
