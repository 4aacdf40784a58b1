//! What is done with the files of a series beside the capture, on a thread of its own: finishing them, syncing them and
//! their directory, a command for each, a ring of the last ones, a reserve of free disk.

use std::collections::VecDeque;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustix::process::{Pid, setpriority_process};

use super::Notice;
use super::reserve::Reserve;
use crate::pcap::OsError;
use crate::sink::{Destination, Error, Savefile, Sink as _};

/// Files that may wait to be finished. Behind them the capture waits, and the ring fills: memory stays bounded.
const QUEUE: usize = 8;

/// How often commands and the free disk are looked after.
const PERIOD: Duration = Duration::from_millis(250);

/// The priority of commands, tcpdump's: they must not disturb the capture.
const LOWEST_PRIORITY: i32 = 19;

/// What is done with finished files.
#[derive(Clone, Debug, Default)]
pub struct Keep {
    /// Started with the name of each finished file behind it (`-z`).
    pub command: Option<OsString>,
    /// How many files there may be, the one that is written included: the oldest ones of the series are removed.
    pub files: Option<usize>,
    /// Bytes that the files may have together; the one that is written counts with `headroom`.
    pub bytes: Option<u64>,
    /// Bytes that the file which is written may have.
    pub headroom: u64,
    /// What is left free of the disk. When there is a ring its oldest files are removed for it; else the capture ends.
    pub free: Option<Reserve>,
}

impl Keep {
    /// Whether there is nothing to be done.
    pub fn is_nothing(&self) -> bool {
        self.command.is_none() && self.free.is_none() && !self.is_ring()
    }

    fn is_ring(&self) -> bool {
        self.files.is_some() || self.bytes.is_some()
    }
}

/// What is to be done.
pub(super) enum Job {
    /// A file is written from now on, in place of one of that name if there was.
    Begun { path: PathBuf, replaced: Option<File> },
    /// A file has its last frame.
    Ended(Box<Member>),
}

/// A file of the series.
pub(super) struct Member {
    pub(super) path: PathBuf,
    pub(super) file: Savefile,
    /// The file itself, whose name may already be that of another; `None` when it is no regular file.
    inode: Option<File>,
}

impl Member {
    pub(super) fn new(path: PathBuf, file: Savefile) -> Result<Self, Error> {
        let is_regular = fs::metadata(&path).is_ok_and(|metadata| metadata.is_file());
        let inode = is_regular.then(|| File::open(&path)).transpose();
        let inode = inode.map_err(|error| Error::of_write(&Destination::File(path.clone()), error))?;
        Ok(Self { path, file, inode })
    }
}

/// Tells the user something.
pub(super) type Tell = Arc<dyn Fn(Notice) + Send + Sync>;

/// The thread as the capture sees it.
pub(super) struct Keeper {
    jobs: Option<SyncSender<Job>>,
    thread: Option<JoinHandle<()>>,
    failure: Arc<Failure>,
    lost: Arc<AtomicU64>,
}

/// The first error of the thread.
#[derive(Default)]
struct Failure {
    is_set: AtomicBool,
    error: Mutex<Option<Error>>,
}

impl Keeper {
    pub(super) fn start(keep: Keep, tell: Tell) -> Result<Self, Error> {
        let (jobs, receiver) = mpsc::sync_channel(QUEUE);
        let (failure, lost) = (Arc::<Failure>::default(), Arc::<AtomicU64>::default());
        let work = Work {
            keep,
            tell,
            failure: Arc::clone(&failure),
            lost: Arc::clone(&lost),
            ring: VecDeque::new(),
            commands: Vec::new(),
            current: None,
        };
        let thread = thread::Builder::new().name("files".to_owned()).spawn(move || work.run(&receiver));
        let thread = thread.map_err(Error::Threads)?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread), failure, lost })
    }

    /// Fails when something went wrong with a file that was given away, or when the disk is full enough.
    #[inline]
    pub(super) fn check(&self) -> Result<(), Error> {
        if self.failure.is_set.load(Ordering::Relaxed) { self.failure.take() } else { Ok(()) }
    }

    /// Frames of the files that were given away which these do not hold, because they could not be finished.
    pub(super) fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }

    /// Has a job done.
    pub(super) fn give(&self, job: Job) {
        if let Some(jobs) = &self.jobs {
            // The thread ends after this value does.
            let _ = jobs.send(job);
        }
    }

    /// Waits until everything is done, commands included.
    pub(super) fn finish(&mut self) -> Result<(), Error> {
        self.jobs = None;
        if let Some(thread) = self.thread.take()
            && let Err(panic) = thread.join()
        {
            std::panic::resume_unwind(panic);
        }
        self.check()
    }
}

impl Failure {
    fn set(&self, error: Error) {
        self.error.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
        self.is_set.store(true, Ordering::Relaxed);
    }

    /// The error when it is asked for first, and from then on that there is nothing more to do.
    #[cold]
    fn take(&self) -> Result<(), Error> {
        Err(self.error.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or(Error::Complete))
    }
}

/// What the thread owns.
struct Work {
    keep: Keep,
    tell: Tell,
    failure: Arc<Failure>,
    /// Frames of ended files that these do not hold.
    lost: Arc<AtomicU64>,
    /// Finished files that are still there, oldest first, with their sizes.
    ring: VecDeque<(PathBuf, u64)>,
    commands: Vec<(Child, PathBuf)>,
    /// The file that is written.
    current: Option<PathBuf>,
}

impl Work {
    fn run(mut self, jobs: &Receiver<Job>) {
        loop {
            let is_watching = self.keep.free.is_some() || !self.commands.is_empty();
            let job = if is_watching {
                jobs.recv_timeout(PERIOD)
            } else {
                jobs.recv().map_err(|_| RecvTimeoutError::Disconnected)
            };
            let done = match job {
                Ok(job) => self.job(job),
                Err(RecvTimeoutError::Timeout) => Ok(()),
                Err(RecvTimeoutError::Disconnected) => break,
            };
            self.reap();
            if let Err(error) = done.and_then(|()| self.keep_free()) {
                self.failure.set(error);
            }
        }
        for (mut child, path) in std::mem::take(&mut self.commands) {
            let status = child.wait();
            self.command_ended(status, path);
        }
    }

    fn job(&mut self, job: Job) -> Result<(), Error> {
        match job {
            Job::Begun { path, replaced } => {
                // Closing the last descriptor of a long file takes a while: here it may.
                drop(replaced);
                self.ring.retain(|(file, _)| *file != path);
                self.current = Some(path);
                self.trim();
                Ok(())
            }
            Job::Ended(member) => self.ended(*member),
        }
    }

    fn ended(&mut self, member: Member) -> Result<(), Error> {
        let Member { path, mut file, inode } = member;
        let taken = file.written().frames;
        let finished = file.finish();
        self.lost.fetch_add(taken.saturating_sub(file.written().frames), Ordering::Relaxed);
        finished?;
        // Closed before others are told of it.
        drop(file);
        if self.current.as_ref() == Some(&path) {
            self.current = None;
        }
        let Some(inode) = inode else { return Ok(()) };
        let synced = sync(&path, &inode);
        let synced = synced.map_err(|error| Error::of_write(&Destination::File(path.clone()), error))?;
        // The next file may have taken its name in the meantime.
        if let Some(size) = synced {
            self.ring.push_back((path.clone(), size));
            self.command(path);
        }
        Ok(())
    }

    /// Starts the command for a finished file.
    fn command(&mut self, path: PathBuf) {
        let Some(program) = &self.keep.command else { return };
        // In a process group of its own, so that the Ctrl-C which ends the capture does not end the command.
        match Command::new(program).arg(&path).stdin(Stdio::null()).process_group(0).spawn() {
            Ok(child) => {
                if let Some(pid) = Pid::from_raw(child.id() as i32) {
                    // It may have ended already.
                    let _ = setpriority_process(Some(pid), LOWEST_PRIORITY);
                }
                self.commands.push((child, path));
            }
            Err(source) => {
                let command = program.to_string_lossy().into_owned();
                (self.tell)(Notice::CommandNotStarted { command, path, source: OsError(source) });
            }
        }
    }

    /// Looks which commands have ended.
    fn reap(&mut self) {
        for (mut child, path) in std::mem::take(&mut self.commands) {
            match child.try_wait() {
                Ok(None) => self.commands.push((child, path)),
                Ok(Some(status)) => self.command_ended(Ok(status), path),
                Err(error) => self.command_ended(Err(error), path),
            }
        }
    }

    fn command_ended(&self, status: io::Result<ExitStatus>, path: PathBuf) {
        let how = match status {
            Ok(status) if status.success() => return,
            Ok(status) => status.to_string(),
            Err(error) => OsError(error).to_string(),
        };
        let command =
            self.keep.command.as_deref().map(OsStr::to_string_lossy).unwrap_or_default().into_owned();
        (self.tell)(Notice::CommandFailed { command, path, how });
    }

    /// Removes the oldest files until the ring, with the file that has begun, is within its limits.
    fn trim(&mut self) {
        let Keep { files, bytes, headroom, .. } = self.keep;
        let mut total: u64 = self.ring.iter().map(|(_, size)| size).sum::<u64>() + headroom;
        while let Some(&(_, size)) = self.ring.front() {
            let too_many = files.is_some_and(|limit| self.ring.len() + 1 > limit);
            if !too_many && bytes.is_none_or(|limit| total <= limit) {
                break;
            }
            total -= size;
            self.remove_oldest();
        }
    }

    /// Sees to it that as much of the disk is free as is wanted.
    fn keep_free(&mut self) -> Result<(), Error> {
        let (Some(reserve), Some(path)) = (self.keep.free, self.current.clone()) else { return Ok(()) };
        while let Some(shortage) = reserve.shortage(directory(&path))? {
            if !self.keep.is_ring() || !self.remove_oldest() {
                return Err(shortage);
            }
        }
        Ok(())
    }

    /// False when there is none.
    fn remove_oldest(&mut self) -> bool {
        let Some((path, _)) = self.ring.pop_front() else { return false };
        match fs::remove_file(&path) {
            // A command may have moved it away.
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                (self.tell)(Notice::NotRemoved { path, source: OsError(error) });
            }
            _ => {}
        }
        true
    }
}

/// Brings a finished file and its name to the disk; returns its size, or `None` when the name is that of another by now.
fn sync(path: &Path, file: &File) -> io::Result<Option<u64>> {
    file.sync_all()?;
    let metadata = file.metadata()?;
    match fs::metadata(path) {
        Ok(named) if (named.dev(), named.ino()) == (metadata.dev(), metadata.ino()) => {}
        _ => return Ok(None),
    }
    File::open(directory(path))?.sync_all()?;
    Ok(Some(metadata.len()))
}

fn directory(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
