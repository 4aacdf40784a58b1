//! A network namespace that lives as long as its value and what runs inside it.

use std::fs::{self, File};
use std::io;
use std::panic::resume_unwind;
use std::process::{Child, Command};
use std::thread::{self, ScopedJoinHandle};

use nix::sched::{CloneFlags, setns, unshare};

/// A network namespace. It has no name and no mount: the kernel removes it, with its veth links, when this value is
/// dropped and the last program inside has ended, whatever way the test ends.
pub(crate) struct Namespace(File);

impl Namespace {
    /// Makes an empty namespace: nothing but `lo`, which is down.
    pub(crate) fn new() -> io::Result<Self> {
        // Only the thread that calls unshare enters the new namespace, so that a short-lived one does it.
        let made = thread::spawn(|| {
            unshare(CloneFlags::CLONE_NEWNET)?;
            File::open("/proc/thread-self/ns/net")
        });
        made.join().unwrap_or_else(|panic| resume_unwind(panic)).map(Self)
    }

    /// The same namespace again.
    pub(crate) fn try_clone(&self) -> io::Result<Self> {
        self.0.try_clone().map(Self)
    }

    /// The file that names the namespace to system calls.
    pub(crate) fn file(&self) -> &File {
        &self.0
    }

    /// Runs `work` on a thread inside the namespace and waits for it. A panic in it is the caller's.
    pub(crate) fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        thread::scope(|scope| join(self.spawn(scope, work)))
    }

    /// Runs `work` beside the caller on a thread inside the namespace.
    pub(crate) fn spawn<'scope, T: Send + 'scope>(
        &'scope self,
        scope: &'scope thread::Scope<'scope, '_>,
        work: impl FnOnce() -> T + Send + 'scope,
    ) -> ScopedJoinHandle<'scope, T> {
        scope.spawn(move || {
            setns(&self.0, CloneFlags::CLONE_NEWNET).expect("a namespace can be entered");
            work()
        })
    }

    /// Starts a program inside the namespace.
    pub(crate) fn start(&self, command: &mut Command) -> io::Result<Child> {
        self.run(|| command.spawn())
    }

    /// Sets a sysctl of this namespace: `path` is below `/proc/sys/net`.
    pub(crate) fn set_sysctl(&self, path: &str, value: &str) -> io::Result<()> {
        self.run(|| fs::write(format!("/proc/sys/net/{path}"), value))
    }
}

/// The value of a thread; its panic becomes the caller's.
pub(crate) fn join<T>(handle: ScopedJoinHandle<'_, T>) -> T {
    handle.join().unwrap_or_else(|panic| resume_unwind(panic))
}
