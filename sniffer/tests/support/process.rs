//! A capturing program under test, or tcpdump beside it as the oracle: started inside a namespace, watched, ended.

use std::fs;
use std::io::Read;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, Once};
use std::thread::{self, JoinHandle};

use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;
use tokio::signal::unix::{SignalKind, signal};

use super::namespace::Namespace;
use super::{skip, wait};

/// The program under test.
// Examples that use other parts of the laboratory have no program beside them.
pub(crate) const SNIFFER: &str = match option_env!("CARGO_BIN_EXE_sniffer") {
    Some(path) => path,
    None => "sniffer",
};

/// A running program; killed when dropped.
pub(crate) struct Running {
    child: Child,
    stdout: Option<Stream>,
    stderr: Stream,
}

/// What a program left behind.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// How it ended.
    pub(crate) status: ExitStatus,
    /// Its whole standard output.
    pub(crate) stdout: Vec<u8>,
    /// Its whole standard error.
    pub(crate) stderr: String,
}

/// The three counts that tcpdump and the sniffer end with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Summary {
    /// `packets captured`
    pub(crate) captured: u64,
    /// `packets received by filter`
    pub(crate) received: u64,
    /// `packets dropped by kernel`
    pub(crate) dropped: u64,
}

/// Starts the sniffer and waits until it captures.
pub(crate) fn sniffer(namespace: &Namespace, args: &[&str]) -> Running {
    let running = Running::start(Path::new(SNIFFER), namespace, args);
    running.wait_until_ready();
    running
}

/// Runs the sniffer to its end.
pub(crate) fn run_sniffer(namespace: &Namespace, args: &[&str]) -> Outcome {
    Running::start(Path::new(SNIFFER), namespace, args).wait()
}

/// Starts tcpdump and waits until it captures; without one, says that `test` is skipped.
pub(crate) fn tcpdump(test: &str, namespace: &Namespace, args: &[&str]) -> Option<Running> {
    let running = Running::start(&skip::program(test, "tcpdump")?, namespace, args);
    running.wait_until_ready();
    Some(running)
}

impl Running {
    /// Starts a program, its input empty.
    pub(crate) fn start(program: &Path, namespace: &Namespace, args: &[&str]) -> Self {
        Self::start_command(namespace, Command::new(program).args(args).stdin(Stdio::null()))
    }

    /// Starts a command as it is but for its outputs, which are collected.
    pub(crate) fn start_command(namespace: &Namespace, command: &mut Command) -> Self {
        Self::start_into(namespace, command, Stdio::piped())
    }

    /// Starts a command whose standard output is the caller's business.
    pub(crate) fn start_into(namespace: &Namespace, command: &mut Command, stdout: Stdio) -> Self {
        static DISPOSITIONS: Once = Once::new();
        DISPOSITIONS.call_once(restore_dispositions);
        let command = command.stdout(stdout).stderr(Stdio::piped());
        let mut child = namespace.start(command).expect("the program can be started");
        let stdout = child.stdout.take().map(Stream::collect);
        let stderr = Stream::collect(child.stderr.take().expect("a pipe"));
        Self { child, stdout, stderr }
    }

    /// Waits for the line that says that capturing began.
    pub(crate) fn wait_until_ready(&self) {
        wait::until_true("the program says `listening on`", || {
            let text = self.stderr_so_far();
            let ended = self.has_ended();
            // What tcpdump counts behind this line ends no line.
            let mut whole = text.split_inclusive('\n').filter(|line| line.ends_with('\n'));
            let ready = whole.any(|line| line.contains("listening on "));
            assert!(ready || !ended, "the program ended before it captured: {text}");
            ready
        });
    }

    /// Whether the program has ended, or closed its standard error.
    pub(crate) fn has_ended(&self) -> bool {
        self.stderr.collector.is_finished()
    }

    /// The process's number.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What it wrote on standard output until now.
    pub(crate) fn stdout_so_far(&self) -> Vec<u8> {
        self.stdout.as_ref().map(Stream::so_far).unwrap_or_default()
    }

    /// What it wrote on standard error until now.
    pub(crate) fn stderr_so_far(&self) -> String {
        String::from_utf8_lossy(&self.stderr.so_far()).into_owned()
    }

    /// Sends a signal.
    pub(crate) fn signal(&self, signal: Signal) {
        kill(Pid::from_raw(self.child.id() as i32), signal).expect("the process can be signalled");
    }

    /// Stops all its threads, until `SIGCONT`.
    pub(crate) fn stop(&self) {
        self.signal(Signal::SIGSTOP);
        let status = waitpid(Pid::from_raw(self.child.id() as i32), Some(WaitPidFlag::WUNTRACED));
        assert!(matches!(status, Ok(WaitStatus::Stopped(..))), "{status:?}");
    }

    /// Asks for the statistics of `--stats=json` in the middle of a capture, and waits for the answer.
    pub(crate) fn statistics_so_far(&self) -> serde_json::Value {
        let answers = |text: &str| text.split_inclusive('\n').filter(|line| is_whole_json(line)).count();
        let before = answers(&self.stderr_so_far());
        self.signal(Signal::SIGUSR1);
        wait::until("the program tells its statistics", || {
            let text = self.stderr_so_far();
            (answers(&text) > before).then(|| last_json(&text))?
        })
    }

    /// Asks the program to end, as Ctrl-C does, and waits for it.
    pub(crate) fn interrupt(self) -> Outcome {
        self.signal(Signal::SIGINT);
        self.wait()
    }

    /// Waits for the program to end.
    pub(crate) fn wait(mut self) -> Outcome {
        let status =
            wait::until("the program ends", || self.child.try_wait().expect("a child can be waited for"));
        let stdout = self.stdout.as_ref().map(Stream::finish).unwrap_or_default();
        let stderr = String::from_utf8_lossy(&self.stderr.finish()).into_owned();
        Outcome { status, stdout, stderr }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // A test that fails leaves its program running; one that has ended already makes these two calls fail.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Outcome {
    /// Standard output, line by line.
    pub(crate) fn lines(&self) -> Vec<String> {
        String::from_utf8_lossy(&self.stdout).lines().map(str::to_owned).collect()
    }

    /// Asserts how the program ended; shows its standard error if otherwise.
    #[track_caller]
    pub(crate) fn expect_code(&self, code: i32) -> &Self {
        let signal = self.status.signal();
        assert_eq!((self.status.code(), signal), (Some(code), None), "stderr: {}", self.stderr);
        self
    }

    /// The counts at the end of standard error.
    #[track_caller]
    pub(crate) fn summary(&self) -> Summary {
        let count = |words: &str| {
            let number = self.stderr.lines().find_map(|line| {
                let (number, rest) = line.split_once(' ')?;
                (rest.replacen("packets", "packet", 1) == words).then(|| number.parse().ok())?
            });
            number.unwrap_or_else(|| panic!("no line `N {words}` in: {}", self.stderr))
        };
        Summary {
            captured: count("packet captured"),
            received: count("packet received by filter"),
            dropped: count("packet dropped by kernel"),
        }
    }

    /// What `--stats=json` printed last.
    #[track_caller]
    pub(crate) fn statistics(&self) -> serde_json::Value {
        last_json(&self.stderr).unwrap_or_else(|| panic!("no JSON in: {}", self.stderr))
    }
}

/// Sees to it that programs start with the signals that end them as usual. Under nohup(1), or in the background of a shell, these
/// tests are started with some ignored, and so would be what they start; a signal that is handled here is not.
fn restore_dispositions() {
    let status = fs::read_to_string("/proc/self/status").expect("it can be read");
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).expect("the field is there");
    let ignored = u64::from_str_radix(ignored.trim(), 16).expect("a mask");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    for kind in [SignalKind::hangup(), SignalKind::interrupt()] {
        if ignored >> (kind.as_raw_value() - 1) & 1 == 1 {
            runtime.block_on(async { signal(kind).map(drop) }).expect("it can be handled");
        }
    }
}

/// The last whole line that is JSON.
fn last_json(text: &str) -> Option<serde_json::Value> {
    let line = text.split_inclusive('\n').rfind(|line| is_whole_json(line))?;
    Some(serde_json::from_str(line).expect("the line is JSON"))
}

/// Whether that is a line of JSON which is not being written still.
fn is_whole_json(line: &str) -> bool {
    line.starts_with('{') && line.ends_with('\n')
}

/// An output stream that a thread of its own collects, so that the program never waits for the test.
struct Stream {
    bytes: Arc<Mutex<Vec<u8>>>,
    collector: JoinHandle<()>,
}

impl Stream {
    fn collect(mut source: impl Read + Send + 'static) -> Self {
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&bytes);
        let collector = thread::spawn(move || {
            let mut buffer = vec![0; 65_536];
            while let Ok(len @ 1..) = source.read(&mut buffer) {
                shared.lock().expect("no holder panics").extend_from_slice(&buffer[..len]);
            }
        });
        Self { bytes, collector }
    }

    fn so_far(&self) -> Vec<u8> {
        self.bytes.lock().expect("no holder panics").clone()
    }

    /// The whole stream: waits until its writer has closed it.
    fn finish(&self) -> Vec<u8> {
        wait::until_true("the program closes its output", || self.collector.is_finished());
        self.so_far()
    }
}
