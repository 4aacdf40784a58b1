//! Savefiles as bytes, from files or from standard input, that can be told to end; unpacked if they are packed. Knows no
//! savefile format.

use std::fs::File;
use std::io::{self, PipeReader, PipeWriter, Read};
use std::os::fd::AsFd;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use flate2::read::MultiGzDecoder;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use sniffer::pcap::{self, OsError};

use super::progress::Progress;

/// The bytes of a savefile, up to its end or to the moment when [`Stop::stop`] is called.
pub(crate) struct Input<W> {
    file: File,
    stopped: Stopped,
    on_wait: W,
    progress: Option<Progress>,
}

/// Ends all inputs, even one that waits for the bytes of a pipe.
pub(crate) struct Stop {
    // Nothing is ever written: that it is closed is what the input sees.
    end: PipeWriter,
    flag: Arc<AtomicBool>,
}

/// Whether inputs were told to end, for them and for those who see one cut in the middle of a frame.
#[derive(Clone)]
pub(crate) struct Stopped {
    flag: Arc<AtomicBool>,
    pipe: Arc<PipeReader>,
}

impl Stop {
    /// What ends inputs, and what they are given to see it.
    pub(crate) fn new() -> io::Result<(Self, Stopped)> {
        let (pipe, end) = io::pipe()?;
        let flag = Arc::<AtomicBool>::default();
        Ok((Self { end, flag: Arc::clone(&flag) }, Stopped { flag, pipe: Arc::new(pipe) }))
    }

    pub(crate) fn stop(self) {
        self.flag.store(true, Ordering::Release);
        drop(self.end);
    }
}

impl Stopped {
    pub(crate) fn is_set(&self) -> bool {
        self.flag.load(Ordering::Acquire)
    }
}

/// Opens a savefile; `-` is standard input.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    if path == Path::new("-") {
        return io::stdin().as_fd().try_clone_to_owned().map(File::from);
    }
    File::open(path)
}

impl<W: FnMut()> Input<W> {
    /// The bytes of an opened file. `on_wait` is called whenever the next ones are not there yet, `progress` shown if there
    /// is one.
    pub(crate) fn new(file: File, stopped: Stopped, on_wait: W, progress: Option<Progress>) -> Self {
        Self { file, stopped, on_wait, progress }
    }
}

/// The bytes of an input, and whether they were packed.
pub(crate) struct Unpacked<'a> {
    pub(crate) bytes: Box<dyn Read + 'a>,
    pub(crate) was_packed: bool,
}

/// The bytes that zstd or gzip were given, when the input begins as theirs does; else the input.
pub(crate) fn unpacked<'a>(mut input: impl Read + 'a) -> Result<Unpacked<'a>, pcap::Error> {
    let read_error = |error| pcap::Error::Read { source: OsError(error), offset: 0 };
    let mut magic = Vec::new();
    input.by_ref().take(4).read_to_end(&mut magic).map_err(read_error)?;
    let kind = magic.clone();
    let input = io::Cursor::new(magic).chain(input);
    let (bytes, was_packed): (Box<dyn Read + 'a>, bool) = match kind[..] {
        [0x28, 0xb5, 0x2f, 0xfd] => (Box::new(zstd::Decoder::new(input).map_err(read_error)?), true),
        [0x1f, 0x8b, ..] => (Box::new(MultiGzDecoder::new(input)), true),
        _ => (Box::new(input), false),
    };
    Ok(Unpacked { bytes, was_packed })
}

impl<W: FnMut()> Read for Input<W> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut fds =
            [PollFd::new(&self.file, PollFlags::IN), PollFd::new(&*self.stopped.pipe, PollFlags::IN)];
        if poll(&mut fds, Some(&Timespec::default()))? == 0 {
            (self.on_wait)();
            poll(&mut fds, None)?;
        }
        if !fds[1].revents().is_empty() {
            return Ok(0);
        }
        let read = self.file.read(buffer)?;
        if let Some(progress) = &mut self.progress {
            progress.advance(read);
        }
        Ok(read)
    }
}
