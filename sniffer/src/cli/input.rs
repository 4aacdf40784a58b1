//! A savefile as bytes, from a file or from standard input, that can be told to end. Knows no format.

use std::fs::File;
use std::io::{self, PipeReader, PipeWriter, Read};
use std::os::fd::AsFd;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// The bytes of a savefile, up to its end or to the moment when [`Stop::stop`] is called.
pub(crate) struct Input<W> {
    file: File,
    stop: PipeReader,
    on_wait: W,
}

/// Ends an input, even while it waits for the bytes of a pipe.
pub(crate) struct Stop {
    // Nothing is ever written: that it is closed is what the input sees.
    end: PipeWriter,
    stopped: Stopped,
}

/// Whether an input was told to end, for those who see it cut in the middle of a frame.
#[derive(Clone)]
pub(crate) struct Stopped(Arc<AtomicBool>);

impl Stop {
    pub(crate) fn stop(self) {
        self.stopped.0.store(true, Ordering::Release);
        drop(self.end);
    }
}

impl Stopped {
    pub(crate) fn is_set(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// An opened savefile that is not read yet.
pub(crate) struct Opened {
    file: File,
    stop: PipeReader,
}

impl Opened {
    /// Opens a file; `-` is standard input.
    pub(crate) fn open(path: &Path) -> io::Result<(Self, Stop, Stopped)> {
        let file = if path == Path::new("-") {
            File::from(io::stdin().as_fd().try_clone_to_owned()?)
        } else {
            File::open(path)?
        };
        let (stop, end) = io::pipe()?;
        let stopped = Stopped(Arc::default());
        Ok((Self { file, stop }, Stop { end, stopped: stopped.clone() }, stopped))
    }

    /// The bytes. `on_wait` is called whenever the next ones are not there yet.
    pub(crate) fn into_input<W: FnMut()>(self, on_wait: W) -> Input<W> {
        Input { file: self.file, stop: self.stop, on_wait }
    }
}

impl<W: FnMut()> Read for Input<W> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut fds = [PollFd::new(&self.file, PollFlags::IN), PollFd::new(&self.stop, PollFlags::IN)];
        if poll(&mut fds, Some(&Timespec::default()))? == 0 {
            (self.on_wait)();
            poll(&mut fds, None)?;
        }
        if fds[1].revents().is_empty() { self.file.read(buffer) } else { Ok(0) }
    }
}
