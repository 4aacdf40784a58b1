//! Names of hosts, asked of the system's resolver. A capture never waits for it: an address is a number until its name is
//! known. Reading a savefile does wait, so that its lines do not depend on how fast names come.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::{io, thread};

use super::cache::Cache;
use super::files::{lines, read};
use crate::cli::input::Stopped;

/// How many names are remembered at least, and unanswered questions among them.
const NAMES: usize = 65_536;

/// How many questions may wait for an answer. Further ones are asked when their address comes again.
const QUESTIONS: usize = 1024;

/// How many questions are asked at once.
const RESOLVERS: usize = 4;

/// A name, or that there is none.
pub(super) type Name = Option<Arc<str>>;

/// What asks for a name, and takes its time.
type Resolver = Arc<dyn Fn(IpAddr) -> Option<String> + Send + Sync>;

/// Which names of hosts are wanted, and in which form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct HostOptions {
    /// The networks and masks whose IPv4 hosts are named, if not all are (`-f`).
    pub(crate) local: Option<Vec<(Ipv4Addr, Ipv4Addr)>>,
    /// Whether names are cut at their first dot (`-N`).
    pub(crate) without_domain: bool,
}

/// What happens until a name is known.
pub(crate) enum Waiting {
    /// The number is printed.
    No,
    /// Whoever asks waits, unless the reading was told to end.
    Yes(Stopped),
}

/// Names of hosts, as far as they are known.
#[derive(Clone)]
pub(crate) struct Hosts(Arc<Shared>);

struct Shared {
    options: HostOptions,
    resolver: Resolver,
    answers: Mutex<Cache<IpAddr, Answer>>,
    answered: Condvar,
    way: Way,
}

/// Who resolves.
enum Way {
    /// Threads that take questions from a queue.
    Queue(SyncSender<IpAddr>),
    /// Whoever asks.
    Caller(Stopped),
}

#[derive(Clone)]
enum Answer {
    Pending,
    Known(Name),
}

impl Hosts {
    /// Names by the system's resolver. Those of `/etc/hosts` are known at once.
    pub(crate) fn new(options: HostOptions, waiting: Waiting) -> io::Result<Self> {
        let hosts = Self::by(Arc::new(system_name), options, waiting)?;
        if matches!(hosts.0.way, Way::Queue(_)) {
            hosts.learn(&read("/etc/hosts"));
        }
        Ok(hosts)
    }

    pub(super) fn by(resolver: Resolver, options: HostOptions, waiting: Waiting) -> io::Result<Self> {
        let (way, questions) = match waiting {
            Waiting::Yes(stopped) => (Way::Caller(stopped), None),
            Waiting::No => {
                let (sender, receiver) = mpsc::sync_channel(QUESTIONS);
                (Way::Queue(sender), Some(receiver))
            }
        };
        let answers = Mutex::new(Cache::new(NAMES));
        let shared = Arc::new(Shared { options, resolver, answers, answered: Condvar::new(), way });
        if let Some(questions) = questions {
            start_resolvers(&shared, questions)?;
        }
        Ok(Self(shared))
    }

    /// The name of a host, or that it has none; nothing when that is not known yet.
    pub(super) fn name(&self, address: IpAddr) -> Option<Name> {
        let shared = &*self.0;
        if !shared.is_wanted(address) {
            return Some(None);
        }
        match &shared.way {
            Way::Queue(questions) => shared.known_or_asked(address, questions),
            Way::Caller(stopped) if stopped.is_set() => None,
            Way::Caller(_) => Some(shared.resolved(address)),
        }
    }

    /// Takes the names of a file in the form of `hosts(5)`, the first of each address.
    fn learn(&self, text: &str) {
        let mut answers = self.0.answers();
        for words in lines(text) {
            let [address, name, ..] = words[..] else { continue };
            let Ok(address) = address.parse() else { continue };
            if answers.get(address).is_none() {
                answers.insert(address, Answer::Known(self.0.options.shown(name.to_owned())));
            }
        }
    }
}

impl Shared {
    fn is_wanted(&self, address: IpAddr) -> bool {
        match (&self.options.local, address) {
            (Some(local), IpAddr::V4(address)) => local.iter().any(|(net, mask)| address & mask == *net),
            _ => true,
        }
    }

    /// What is known; if nothing is, the question is asked.
    fn known_or_asked(&self, address: IpAddr, questions: &SyncSender<IpAddr>) -> Option<Name> {
        let mut answers = self.answers();
        match answers.get(address) {
            Some(Answer::Known(name)) => Some(name.clone()),
            Some(Answer::Pending) => None,
            None => {
                if questions.try_send(address).is_ok() {
                    answers.insert(address, Answer::Pending);
                }
                None
            }
        }
    }

    /// The answer, resolved here unless another thread is about to have it.
    fn resolved(&self, address: IpAddr) -> Name {
        let mut answers = self.answers();
        loop {
            match answers.get(address) {
                Some(Answer::Known(name)) => return name.clone(),
                Some(Answer::Pending) => {
                    answers = self.answered.wait(answers).unwrap_or_else(PoisonError::into_inner);
                }
                None => break,
            }
        }
        answers.insert(address, Answer::Pending);
        drop(answers);
        self.resolve(address)
    }

    fn resolve(&self, address: IpAddr) -> Name {
        let name = (self.resolver)(address).and_then(|name| self.options.shown(name));
        self.answers().insert(address, Answer::Known(name.clone()));
        self.answered.notify_all();
        name
    }

    fn answers(&self) -> MutexGuard<'_, Cache<IpAddr, Answer>> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HostOptions {
    /// The name as it is printed. One that no host should have is none: it might hold what a terminal obeys.
    fn shown(&self, mut name: String) -> Name {
        if self.without_domain {
            name.truncate(name.find('.').unwrap_or(name.len()));
        }
        let is_plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic());
        is_plain.then(|| name.into())
    }
}

/// Starts the threads that answer questions. They end with the process: one that waits for a name server cannot be told to.
fn start_resolvers(shared: &Arc<Shared>, questions: Receiver<IpAddr>) -> io::Result<()> {
    let questions = Arc::new(Mutex::new(questions));
    for _ in 0..RESOLVERS {
        let (shared, questions) = (Arc::clone(shared), Arc::clone(&questions));
        thread::Builder::new().name("resolver".to_owned()).spawn(move || {
            let next = || questions.lock().unwrap_or_else(PoisonError::into_inner).recv();
            while let Ok(address) = next() {
                shared.resolve(address);
            }
        })?;
    }
    Ok(())
}

/// The name that the system's name services have for an address.
fn system_name(address: IpAddr) -> Option<String> {
    /// getnameinfo(3): an address without a name is an error; the port stays a number (`<netdb.h>` of glibc and musl).
    const NI_NAMEREQD_NUMERICSERV: i32 = 8 | 2;
    let (name, _) = dns_lookup::getnameinfo(&SocketAddr::new(address, 0), NI_NAMEREQD_NUMERICSERV).ok()?;
    Some(name)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::sync::Barrier;

    use super::*;
    use crate::cli::input::Stop;

    fn address(number: u32) -> IpAddr {
        Ipv4Addr::from_bits(0x0a00_0000 + number).into()
    }

    /// Asserts that a host has a name, and that it is known.
    #[track_caller]
    fn expect_name(hosts: &Hosts, address: IpAddr, name: &str) {
        assert_eq!(hosts.name(address), Some(Some(name.into())));
    }

    #[test]
    fn whoever_does_not_wait_has_no_name_before_it_is_known() {
        let barrier = Arc::new(Barrier::new(2));
        let resolver = {
            let barrier = Arc::clone(&barrier);
            move |address: IpAddr| {
                barrier.wait();
                Some(format!("host-{address}"))
            }
        };
        let hosts = Hosts::by(Arc::new(resolver), HostOptions::default(), Waiting::No).unwrap();
        hosts.learn("10.0.0.7 seven.example seven # lucky\n10.0.0.7 other\nwrong line\n::1 one\n");
        expect_name(&hosts, address(7), "seven.example");
        expect_name(&hosts, "::1".parse().unwrap(), "one");
        assert_eq!(hosts.name(address(1)), None);
        assert_eq!(hosts.name(address(1)), None, "it is not asked for twice");
        barrier.wait();
        let mut answers = hosts.0.answers();
        while !matches!(answers.get(address(1)), Some(Answer::Known(_))) {
            answers = hosts.0.answered.wait(answers).unwrap();
        }
        drop(answers);
        expect_name(&hosts, address(1), "host-10.0.0.1");
    }

    #[test]
    fn questions_beyond_the_queue_are_forgotten_and_none_blocks() {
        let gate = Arc::new(Mutex::new(()));
        let closed = gate.lock().unwrap();
        let resolver = {
            let gate = Arc::clone(&gate);
            move |_: IpAddr| {
                drop(gate.lock());
                None
            }
        };
        let hosts = Hosts::by(Arc::new(resolver), HostOptions::default(), Waiting::No).unwrap();
        for number in 0..10_000 {
            assert_eq!(hosts.name(address(number)), None);
        }
        let pending = (0..10_000).filter(|&number| hosts.0.answers().get(address(number)).is_some()).count();
        assert!((QUESTIONS..=QUESTIONS + RESOLVERS).contains(&pending), "{pending}");
        drop(closed);
    }

    #[test]
    fn each_address_is_resolved_once_by_whoever_waits() {
        let (_stop, stopped) = Stop::new().unwrap();
        let asked = Arc::new(Mutex::new(HashSet::new()));
        let resolver = {
            let asked = Arc::clone(&asked);
            move |address: IpAddr| {
                assert!(asked.lock().unwrap().insert(address), "{address} is asked for twice");
                (address != self::address(3)).then(|| format!("{address}.example"))
            }
        };
        let hosts = Hosts::by(Arc::new(resolver), HostOptions::default(), Waiting::Yes(stopped)).unwrap();
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for number in 0..500 {
                        let expected =
                            (number != 3).then(|| format!("10.0.{}.{}.example", number >> 8, number & 255));
                        assert_eq!(hosts.name(address(number)), Some(expected.map(Into::into)));
                    }
                });
            }
        });
        assert_eq!(asked.lock().unwrap().len(), 500);
    }

    #[test]
    fn nobody_waits_for_names_when_the_reading_has_ended() {
        let (stop, stopped) = Stop::new().unwrap();
        let hosts = Hosts::by(Arc::new(|_| panic!()), HostOptions::default(), Waiting::Yes(stopped)).unwrap();
        stop.stop();
        assert_eq!(hosts.name(address(1)), None);
    }

    #[test]
    fn names_are_those_that_were_asked_for() {
        let (_stop, stopped) = Stop::new().unwrap();
        let options = HostOptions {
            local: Some(vec![(Ipv4Addr::new(10, 0, 0, 0), Ipv4Addr::new(255, 255, 255, 0))]),
            without_domain: true,
        };
        let resolver = |address: IpAddr| match address {
            IpAddr::V4(_) => Some("four.example".to_owned()),
            IpAddr::V6(address) if address.is_loopback() => Some("\x1b[2Jsix.example".to_owned()),
            IpAddr::V6(_) => Some("six.example".to_owned()),
        };
        let hosts = Hosts::by(Arc::new(resolver), options, Waiting::Yes(stopped)).unwrap();
        expect_name(&hosts, address(1), "four");
        assert_eq!(hosts.name(address(256)), Some(None), "foreign");
        expect_name(&hosts, "2001:db8::1".parse().unwrap(), "six");
        assert_eq!(hosts.name("::1".parse().unwrap()), Some(None), "with an escape sequence");
    }
}
