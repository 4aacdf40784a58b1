//! The sets of a run: read from their files when an expression asks for them, changed by `sniffer set`. Knows no kernel and
//! no socket.

use std::collections::HashMap;
use std::fs;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, bail};
use sniffer::filter::{Entries, Resolve, Service, SetKind};
use sniffer::pcap::OsError;

use super::args::SetFile;
use super::control::{Order, Verb};
use super::names::SystemNames;

/// The sets that were named on the command line; also the names of the system, for the filter compiler. All clones are the
/// same sets.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sets {
    files: Arc<HashMap<String, PathBuf>>,
    /// The sets that an expression has asked for.
    used: Arc<Mutex<HashMap<String, Used>>>,
}

/// A set that an expression has asked for.
#[derive(Clone, Debug)]
struct Used {
    entries: Arc<Entries>,
    /// Whether the present expression has.
    is_asked_for: bool,
}

impl Sets {
    /// Reads nothing yet.
    ///
    /// # Errors
    /// When a name is given twice.
    pub(crate) fn new(sets: &[SetFile]) -> anyhow::Result<Self> {
        let mut files = HashMap::new();
        for SetFile { name, path } in sets {
            if files.insert(name.clone(), path.clone()).is_some() {
                bail!("--set {name} is given twice");
            }
        }
        Ok(Self { files: Arc::new(files), used: Arc::default() })
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Runs what puts another expression in the place of the present one. What was changed of sets stays, but a set may be
    /// asked for as one of another kind, and is read anew then. When it fails, all is as it was.
    pub(crate) fn with_another_expression<T>(
        &self,
        replace: impl FnOnce() -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        let before = self.used().clone();
        self.used().values_mut().for_each(|used| used.is_asked_for = false);
        replace().inspect_err(|_| *self.used() = before)
    }

    fn used(&self) -> MutexGuard<'_, HashMap<String, Used>> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn entries(&self, name: &str) -> Option<Arc<Entries>> {
        self.used().get(name).filter(|used| used.is_asked_for).map(|used| Arc::clone(&used.entries))
    }

    fn set_entries(&self, name: &str, entries: Arc<Entries>) {
        self.used().insert(name.to_owned(), Used { entries, is_asked_for: true });
    }

    /// Does what a user of the capture asks for: what to answer. A change is made whole or, when an entry is wrong or
    /// `renew` fails, which brings the sets to the kernel, not at all.
    pub(crate) fn obey(
        &self,
        order: &Order,
        mut renew: impl FnMut() -> anyhow::Result<()>,
    ) -> anyhow::Result<String> {
        let name = &order.name;
        let path = self.files.get(name).with_context(|| format!("this capture has no set '{name}'"))?;
        let entries = self.entries(name).with_context(|| format!("the expression does not use '@{name}'"))?;
        let (changed, answer) = match order.verb {
            Verb::List => return Ok(entries.texts().map(|entry| entry + "\n").collect()),
            Verb::Add => edited(&entries, &order.entries, "added", Entries::insert)?,
            Verb::Del => edited(&entries, &order.entries, "removed", Entries::remove)?,
            Verb::Reload => {
                let entries = read(path, entries.kind()).map_err(anyhow::Error::msg)?;
                let answer = format!("reloaded: {} entries\n", entries.len());
                (entries, answer)
            }
        };
        self.set_entries(name, Arc::new(changed));
        if let Err(error) = renew() {
            self.set_entries(name, entries);
            // Some of the programs may have the change already.
            return Err(match renew() {
                Ok(()) => error,
                Err(again) => error.context(format!("'{name}' is not even as it was ({again:#})")),
            });
        }
        Ok(answer)
    }
}

/// A copy of the entries with each of `texts` added or removed, and what came of it in words.
fn edited(
    entries: &Entries,
    texts: &[String],
    done: &str,
    edit: fn(&mut Entries, &str, &dyn Resolve) -> Result<bool, sniffer::filter::ErrorKind>,
) -> anyhow::Result<(Entries, String)> {
    let (mut changed, mut count) = (entries.clone(), 0);
    for text in texts {
        let is_new = edit(&mut changed, text, &SystemNames);
        count += usize::from(is_new.map_err(|problem| anyhow::anyhow!("{text}: {problem}"))?);
    }
    let answer = format!("{done} {count} of {}: {} entries\n", texts.len(), changed.len());
    Ok((changed, answer))
}

/// The entries of a file, or what is wrong with it.
fn read(path: &Path, kind: SetKind) -> Result<Entries, String> {
    let path_text = path.display();
    let text = fs::read_to_string(path).map_err(|error| format!("{path_text}: {}", OsError(error)))?;
    Entries::parse(&text, kind, &SystemNames).map_err(|error| format!("{path_text}:{error}"))
}

impl Resolve for Sets {
    fn host(&self, name: &str) -> Vec<IpAddr> {
        SystemNames.host(name)
    }

    fn network(&self, name: &str) -> Option<u32> {
        SystemNames.network(name)
    }

    fn service(&self, name: &str) -> Service {
        SystemNames.service(name)
    }

    fn protocol(&self, name: &str) -> Option<u8> {
        SystemNames.protocol(name)
    }

    fn ether(&self, name: &str) -> Option<[u8; 6]> {
        SystemNames.ether(name)
    }

    fn set(&self, name: &str, kind: SetKind) -> Result<Option<Arc<Entries>>, String> {
        let Some(path) = self.files.get(name) else { return Ok(None) };
        let known = self.used().get(name).cloned();
        let entries = match known {
            Some(used) if used.entries.kind() == kind => used.entries,
            Some(Used { is_asked_for: true, .. }) => {
                return Err("it is asked for addresses of one kind and of another, or for ports".to_owned());
            }
            _ => Arc::new(read(path, kind)?),
        };
        self.set_entries(name, Arc::clone(&entries));
        Ok(Some(entries))
    }
}

#[cfg(test)]
mod tests {
    use anyhow::ensure;

    use super::*;

    fn sets(text: &str) -> (Sets, PathBuf) {
        let path = std::env::temp_dir().join(format!("sniffer-sets-{}-{}", std::process::id(), text.len()));
        fs::write(&path, text).unwrap();
        (Sets::new(&[SetFile { name: "web".to_owned(), path: path.clone() }]).unwrap(), path)
    }

    fn order(verb: Verb, entries: &[&str]) -> Order {
        Order {
            verb,
            name: "web".to_owned(),
            entries: entries.iter().map(|&entry| entry.to_owned()).collect(),
        }
    }

    #[test]
    fn a_change_is_made_whole_or_not_at_all() {
        let (sets, path) = sets("10.0.0.0/8\n");
        let unused = sets.obey(&order(Verb::List, &[]), || Ok(())).unwrap_err().to_string();
        assert_eq!(unused, "the expression does not use '@web'");
        sets.set("web", SetKind::Address).unwrap();
        let list = || sets.obey(&order(Verb::List, &[]), || Ok(())).unwrap();
        let obey = |verb, entries: &[&str]| sets.obey(&order(verb, entries), || Ok(()));
        assert_eq!(obey(Verb::Add, &["192.0.2.1", "10.0.0.0/8"]).unwrap(), "added 1 of 2: 2 entries\n");
        assert_eq!(obey(Verb::Del, &["10.0.0.0/8"]).unwrap(), "removed 1 of 1: 1 entries\n");
        let wrong = obey(Verb::Add, &["192.0.2.2", "192.0.2.300"]).unwrap_err().to_string();
        assert_eq!(wrong, "192.0.2.300: invalid IPv4 address '192.0.2.300'");
        assert_eq!(list(), "192.0.2.1\n");
        let mut renewals = 0;
        let failed = sets.obey(&order(Verb::Add, &["192.0.2.2"]), || {
            renewals += 1;
            ensure!(renewals > 1, "no memory");
            Ok(())
        });
        assert_eq!((failed.unwrap_err().to_string().as_str(), renewals), ("no memory", 2));
        assert_eq!(list(), "192.0.2.1\n");
        assert_eq!(obey(Verb::Reload, &[]).unwrap(), "reloaded: 1 entries\n");
        assert_eq!(list(), "10.0.0.0/8\n");
        fs::remove_file(path).unwrap();
    }

    #[test]
    fn another_expression_may_ask_for_another_kind() {
        let (sets, path) = sets("10-20\n");
        let len = |kind| sets.set("web", kind).map(|entries| entries.map_or(0, |entries| entries.len()));
        let list = || sets.obey(&order(Verb::List, &[]), || Ok(()));
        let replaced = |kind| sets.with_another_expression(|| len(kind).map_err(anyhow::Error::msg));
        assert_eq!(len(SetKind::Port), Ok(1));
        sets.obey(&order(Verb::Add, &["443"]), || Ok(())).unwrap();
        assert!(len(SetKind::Address).unwrap_err().contains("of another"));
        // What was changed is kept where the kind is the same, and where it comes to nothing.
        assert_eq!(replaced(SetKind::Port).unwrap(), 2);
        assert!(replaced(SetKind::Address).unwrap_err().to_string().contains("10-20"));
        assert_eq!(list().unwrap(), "10-20\n443\n");
        sets.with_another_expression(|| Ok(())).unwrap();
        assert_eq!(list().unwrap_err().to_string(), "the expression does not use '@web'");
        fs::write(&path, "10.0.0.0/8\n").unwrap();
        assert_eq!(replaced(SetKind::Address).unwrap(), 1);
        fs::remove_file(path).unwrap();
    }

    #[test]
    fn files_say_what_is_wrong_with_them_and_where() {
        let (sets, path) = sets("# web\n\n 10.0.0.300 # router\n");
        let error = sets.set("web", SetKind::Address).unwrap_err();
        assert_eq!(error, format!("{}:3:2: invalid IPv4 address '10.0.0.300'", path.display()));
        fs::remove_file(&path).unwrap();
        let error = sets.set("web", SetKind::Address).unwrap_err();
        assert_eq!(error, format!("{}: No such file or directory", path.display()));
        assert_eq!(sets.set("other", SetKind::Address), Ok(None));
    }
}
