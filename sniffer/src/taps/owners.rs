//! The processes that hold sockets, found by their descriptors in `/proc`.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::Path;

use serde::Serialize;

use super::Tap;

/// A process that holds a socket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Owner {
    /// Its number.
    pub pid: u32,
    /// What it calls itself.
    pub command: String,
}

/// Looks through the descriptors of all processes for the sockets, and writes down whose they are. Says how many processes
/// hide theirs from this one.
///
/// # Errors
/// When there is no `/proc`.
pub fn find<'a>(taps: impl IntoIterator<Item = &'a mut Tap>) -> io::Result<usize> {
    let mut by_inode: HashMap<u32, &mut Tap> = taps.into_iter().map(|tap| (tap.inode, tap)).collect();
    if by_inode.is_empty() {
        return Ok(0);
    }
    let processes = fs::read_dir("/proc")?;
    let mut processes: Vec<u32> =
        processes.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok()).collect();
    processes.sort_unstable();
    let mut hidden = 0;
    for pid in processes {
        match sockets(Path::new(&format!("/proc/{pid}/fd"))) {
            Ok(held) => {
                for inode in held {
                    if let Some(tap) = by_inode.get_mut(&inode) {
                        tap.add_owner(pid);
                    }
                }
            }
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => hidden += 1,
            // It has ended.
            Err(_) => {}
        }
    }
    Ok(hidden)
}

/// The sockets that a process has a descriptor of.
fn sockets(descriptors: &Path) -> io::Result<impl Iterator<Item = u32>> {
    let links = fs::read_dir(descriptors)?.filter_map(|entry| fs::read_link(entry.ok()?.path()).ok());
    Ok(links.filter_map(|link| link.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.parse().ok()))
}

impl Tap {
    /// A process may have several descriptors of a socket; they come one after the other.
    fn add_owner(&mut self, pid: u32) {
        if self.owners.last().is_some_and(|last| last.pid == pid) {
            return;
        }
        // A process that has just ended has no name any more.
        let command = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
        self.owners.push(Owner { pid, command: command.trim_end().to_owned() });
    }
}
