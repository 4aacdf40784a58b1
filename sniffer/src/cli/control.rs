//! The socket by which a running capture is spoken to: `PID.sock` in the runtime directory of the user who started it. Knows
//! what can be asked, not what comes of it.
//!
//! A request is text: a line with the verb, one with the name of the set, and one for each entry, up to the end of what
//! the caller sends. The answer is `ok` or `error` on a line, and text.

use std::env;
use std::fs::{self, DirBuilder, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, anyhow, bail};
use clap::ValueEnum;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use super::summary;

/// Bytes of a request: more than a command line can have.
const LONGEST: u64 = 16 << 20;

/// How long a caller may take to say what it wants.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the first line of an answer says.
pub(crate) const OK: &str = "ok";
pub(crate) const ERROR: &str = "error";

/// What a set can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Verb {
    /// Add entries.
    Add,
    /// Take entries away.
    Del,
    /// Print the entries.
    List,
    /// Read the file of the set again.
    Reload,
}

/// What is to be done with which set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    pub(crate) verb: Verb,
    pub(crate) name: String,
    pub(crate) entries: Vec<String>,
}

impl Order {
    /// The request for it.
    pub(crate) fn request(&self) -> String {
        let verb = self.verb.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
        let lines = [&verb, &self.name].into_iter().chain(&self.entries);
        lines.flat_map(|line| [line.as_str(), "\n"]).collect()
    }

    fn of_request(request: &str) -> Option<Self> {
        let mut lines = request.lines();
        let verb = Verb::from_str(lines.next()?, false).ok()?;
        Some(Self { verb, name: lines.next()?.to_owned(), entries: lines.map(str::to_owned).collect() })
    }
}

/// An order, and the one who waits for its answer.
pub(crate) struct Request {
    order: Order,
    answer: oneshot::Sender<String>,
}

impl Request {
    /// Does what was ordered and says what came of it.
    pub(crate) fn answer(self, obey: impl FnOnce(&Order) -> anyhow::Result<String>) {
        let answer = match obey(&self.order) {
            Ok(text) => format!("{OK}\n{text}"),
            Err(error) => format!("{ERROR}\n{}\n", super::message(&error)),
        };
        // Who asked may have gone.
        let _ = self.answer.send(answer);
    }
}

/// The socket of this capture, gone when this is dropped.
pub(crate) struct Control {
    path: Option<PathBuf>,
    requests: mpsc::Receiver<Request>,
}

impl Control {
    /// A capture that cannot be spoken to.
    fn none() -> Self {
        Self { path: None, requests: mpsc::channel(1).1 }
    }

    /// The socket of a capture that may have sets to be changed, which takes that it keeps its rights. Must run inside a tokio
    /// runtime.
    pub(crate) fn open(has_sets: bool, keeps_rights: bool) -> Self {
        if !has_sets {
            return Self::none();
        }
        let control = if keeps_rights {
            Self::listen()
        } else {
            Err(anyhow!("-Z gives up the rights to replace its filter"))
        };
        control.unwrap_or_else(|error| {
            summary::no_control(&error);
            Self::none()
        })
    }

    /// Makes the socket. Must run inside a tokio runtime.
    ///
    /// # Errors
    /// When there is no directory that belongs to this user alone, or it cannot be written to.
    fn listen() -> anyhow::Result<Self> {
        let directory = directories().into_iter().next().context("there is no runtime directory")?;
        prepare(&directory).with_context(|| directory.display().to_string())?;
        let path = directory.join(format!("{}.sock", std::process::id()));
        // Of another process that had this number.
        let _ = fs::remove_file(&path);
        let listener = UnixListener::bind(&path).with_context(|| path.display().to_string())?;
        fs::set_permissions(&path, Permissions::from_mode(0o600))?;
        let (sender, requests) = mpsc::channel(1);
        tokio::spawn(accept(listener, sender));
        Ok(Self { path: Some(path), requests })
    }

    /// Waits for the next request; for ever where none can come.
    pub(crate) async fn next(&mut self) -> Request {
        match self.requests.recv().await {
            Some(request) => request,
            None => std::future::pending().await,
        }
    }
}

impl Drop for Control {
    fn drop(&mut self) {
        if let Some(path) = &self.path {
            // One that cannot be removed is left to the next `sniffer set`.
            let _ = fs::remove_file(path);
        }
    }
}

/// Takes callers for as long as the capture lives, each in its own time.
async fn accept(listener: UnixListener, requests: mpsc::Sender<Request>) {
    while let Ok((stream, _)) = listener.accept().await {
        let requests = requests.clone();
        tokio::spawn(async move {
            // What becomes of one caller is no matter of the capture's.
            let _ = serve(stream, &requests).await;
        });
    }
}

async fn serve(mut stream: UnixStream, requests: &mpsc::Sender<Request>) -> io::Result<()> {
    let mut text = String::new();
    timeout(PATIENCE, (&mut stream).take(LONGEST).read_to_string(&mut text)).await??;
    let answer = match Order::of_request(&text) {
        None => format!("{ERROR}\nthis is no request\n"),
        Some(order) => {
            let (answer, answered) = oneshot::channel();
            let is_sent = requests.send(Request { order, answer }).await.is_ok();
            let ended = || format!("{ERROR}\nthe capture ended\n");
            if is_sent { answered.await.unwrap_or_else(|_| ended()) } else { ended() }
        }
    };
    timeout(PATIENCE, stream.write_all(answer.as_bytes())).await?
}

/// Where sockets of this user may be, the place for a new one first.
pub(crate) fn directories() -> Vec<PathBuf> {
    let of_user = env::var_os("XDG_RUNTIME_DIR").filter(|directory| !directory.is_empty());
    let of_system = rustix::process::geteuid().is_root().then(|| PathBuf::from("/run"));
    let places = of_user.map(PathBuf::from).into_iter().chain(of_system);
    places.map(|place| place.join("sniffer")).collect()
}

/// Makes the directory, or makes sure that it belongs to this user alone.
fn prepare(directory: &Path) -> anyhow::Result<()> {
    match DirBuilder::new().mode(0o700).create(directory) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        result => result?,
    }
    let found = fs::symlink_metadata(directory)?;
    if !found.is_dir() || found.uid() != rustix::process::geteuid().as_raw() || found.mode() & 0o077 != 0 {
        bail!("it is not a directory of this user alone");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_read_as_they_are_written() {
        let entries = vec!["10.0.0.0/8".to_owned(), "::1".to_owned()];
        let order = Order { verb: Verb::Add, name: "web".to_owned(), entries };
        assert_eq!(order.request(), "add\nweb\n10.0.0.0/8\n::1\n");
        assert_eq!(Order::of_request(&order.request()), Some(order));
        for nonsense in ["", "add", "shout\nweb\n", "add web"] {
            assert_eq!(Order::of_request(nonsense), None, "{nonsense:?}");
        }
    }
}
