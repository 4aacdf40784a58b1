//! Signals as events.

use std::fs;
use std::io;
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{Signal, SignalKind, signal};

/// What a signal asks for, with tcpdump's meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// SIGINT, SIGTERM, SIGHUP: end, and deliver what was captured.
    Stop,
    /// One of these again: end without waiting for anybody.
    Abort,
    /// SIGUSR1: say how many frames there were.
    Report,
    /// SIGUSR2: write out what is buffered.
    Flush,
}

/// How long signals that end the program are one wish: timeout(1) sends its signal to the program and then to the group that
/// the program is in.
const ONE_WISH: Duration = Duration::from_millis(500);

/// The signals that are listened to, from the moment this is made.
pub(crate) struct Signals {
    ends: Option<Ends>,
    /// When the first of them came.
    stopped: Option<Instant>,
    report: Signal,
    flush: Signal,
    /// Not waited for: being listened to, it does not end the process, and the write that it comes with is an error.
    _file_size: Signal,
}

/// Those that end the program, at once as long as nobody listens to them.
struct Ends {
    interrupt: Signal,
    terminate: Signal,
    hangup: Option<Signal>,
}

/// The runtime of the main thread, which signals come to.
pub(crate) fn runtime() -> io::Result<Runtime> {
    // It makes a pair like these and up to four more descriptors, and panics where there is no room for the pair.
    drop([UnixStream::pair()?, UnixStream::pair()?, UnixStream::pair()?]);
    Builder::new_current_thread().enable_all().build()
}

impl Signals {
    /// Begins to listen to those that do not end the program, which others still do while there is nothing to be delivered.
    /// Must run inside a tokio runtime.
    pub(crate) fn listen_but_for_ends() -> io::Result<Self> {
        Ok(Self {
            ends: None,
            stopped: None,
            report: signal(SignalKind::user_defined1())?,
            flush: signal(SignalKind::user_defined2())?,
            _file_size: signal(SignalKind::from_raw(rustix::process::Signal::XFSZ.as_raw()))?,
        })
    }

    /// Begins to listen to the others.
    pub(crate) fn listen_to_ends(&mut self) -> io::Result<()> {
        // Who starts a program with nohup(1) wants it to outlive its terminal.
        let hangup =
            if is_ignored(SignalKind::hangup())? { None } else { Some(signal(SignalKind::hangup())?) };
        self.ends = Some(Ends {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hangup,
        });
        Ok(())
    }

    /// Waits for the next signal.
    pub(crate) async fn next(&mut self) -> Event {
        let end = async {
            match &mut self.ends {
                Some(ends) => ends.next(&mut self.stopped).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            event = end => event,
            _ = self.report.recv() => Event::Report,
            _ = self.flush.recv() => Event::Flush,
        }
    }
}

impl Ends {
    /// Waits for the next of them that is a wish of its own.
    async fn next(&mut self, stopped: &mut Option<Instant>) -> Event {
        loop {
            self.any().await;
            match stopped {
                None => {
                    *stopped = Some(Instant::now());
                    return Event::Stop;
                }
                Some(first) if first.elapsed() >= ONE_WISH => return Event::Abort,
                Some(_) => {}
            }
        }
    }

    async fn any(&mut self) {
        let hangup = async {
            match &mut self.hangup {
                Some(hangup) => hangup.recv().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            _ = hangup => {}
        }
    }
}

/// Whether the process was started with that signal ignored: `SigIgn` of proc(5), a mask with bit `number - 1` for each.
fn is_ignored(kind: SignalKind) -> io::Result<bool> {
    let status = fs::read_to_string("/proc/self/status")?;
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    let mask =
        mask.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "no SigIgn in /proc/self/status"))?;
    Ok(mask >> (kind.as_raw_value() - 1) & 1 == 1)
}
