//! A series of savefiles: rotation by size and by time, limits, and a ring of the last ones. What is done with a finished
//! file is the [`Keeper`]'s.
//!
//! A frame goes into the file of the interval that its time stamp is in, and a file of that interval ends before the
//! frame that comes when it is above its size. Every frame is in exactly one file.

mod interval;
mod keeper;
mod names;
mod notice;
mod reserve;

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

pub use self::keeper::Keep;
pub use self::names::{NameError, Names};
pub use self::notice::Notice;
pub use self::reserve::Reserve;

use self::interval::Interval;
use self::keeper::{Job, Keeper, Member, Tell};
use super::{Destination, Error, Savefile, Sink, Written};
use crate::packet::{Frame, Timestamp};

/// How long frames may still be on their way when the clock says that their interval is over.
const LATE_NANOS: i128 = 250_000_000;

/// When a series goes on to its next file, and when it ends.
#[derive(Clone, Debug)]
pub struct SeriesConfig {
    /// What the files are called.
    pub names: Names,
    /// Bytes above which a file takes no frame any more (`-C`).
    pub file_size: Option<u64>,
    /// Seconds of an interval, which has files of its own (`-G`).
    pub interval: Option<u32>,
    /// How many files (`-W`): with sizes those that are there at a time, in each interval; else all.
    pub count: Option<u32>,
    /// When the first interval begins.
    pub start: Timestamp,
    /// Whether it begins with the first frame instead: a savefile knows no other time than that of its frames.
    pub starts_with_frame: bool,
    /// How many files there may be in all, written ones and removed ones.
    pub max_files: Option<u64>,
    /// Bytes of all files together above which no frame is taken any more.
    pub max_bytes: Option<u64>,
    /// What is done with finished files.
    pub keep: Keep,
}

/// Opens a file of the series.
pub type OpenFile = Box<dyn FnMut(Destination) -> Result<Savefile, Error> + Send>;

/// The files of one capture, one after the other.
pub struct Series {
    config: SeriesConfig,
    open: OpenFile,
    tell: Tell,
    keeper: Keeper,
    current: Option<Member>,
    interval: Option<Interval>,
    /// The number of the current file in its interval.
    number: u64,
    /// Files begun, the current one included.
    begun: u64,
    /// What the files took that were given away.
    given: Written,
}

impl Series {
    /// Opens the first file, if it is known when it begins. What is worth telling a user is told by `tell`, from any thread.
    ///
    /// # Errors
    /// As [`Savefile::create`].
    pub fn create(
        config: SeriesConfig,
        open: OpenFile,
        tell: impl Fn(Notice) + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        let tell: Tell = Arc::new(tell);
        let keeper = Keeper::start(config.keep.clone(), Arc::clone(&tell))?;
        let (current, interval, given) = (None, None, Written::default());
        let mut series = Self { config, open, tell, keeper, current, interval, number: 0, begun: 0, given };
        if !series.config.starts_with_frame {
            series.begin(series.config.start)?;
        }
        Ok(series)
    }

    /// Begins the first file.
    fn begin(&mut self, start: Timestamp) -> Result<(), Error> {
        self.interval = self.config.interval.map(|seconds| Interval::new(start, seconds));
        self.open_next(0)
    }

    /// Goes on to the interval that holds `time`.
    fn next_interval(&mut self, time: Timestamp) -> Result<(), Error> {
        self.close();
        let by_time_alone = self.config.count.filter(|_| self.config.file_size.is_none());
        if let Some(count) = by_time_alone.filter(|&count| self.begun >= count.into()) {
            return Err(self.complete(Notice::FileLimit(count.into())));
        }
        if let Some(interval) = &mut self.interval {
            interval.advance(time);
        }
        self.open_next(0)
    }

    /// Goes on to the next file of the interval.
    fn next_file(&mut self) -> Result<(), Error> {
        self.close();
        let next = self.number + 1;
        self.open_next(self.config.count.map_or(next, |count| next % u64::from(count)))
    }

    fn open_next(&mut self, number: u64) -> Result<(), Error> {
        if let Some(limit) = self.config.max_files.filter(|&limit| self.begun >= limit) {
            return Err(self.complete(Notice::FileLimit(limit)));
        }
        let start = self.interval.map(|interval| interval.start()).unwrap_or_default();
        let path = self.config.names.file(start, number).map_err(Error::Name)?;
        let replaced = if self.begun > 0 { self.make_way(&path) } else { None };
        self.keeper.give(Job::Begun { path: path.clone(), replaced });
        let file = (self.open)(Destination::File(path.clone()))?;
        self.current = Some(Member::new(path, file)?);
        (self.number, self.begun) = (number, self.begun + 1);
        Ok(())
    }

    /// Takes the name from a file that has it, so that a finished file never changes for those who have it open. Returns the
    /// file: the disk is freed when it is closed.
    fn make_way(&self, path: &Path) -> Option<File> {
        if !fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file()) {
            return None;
        }
        let file = File::open(path).ok();
        // Where it cannot be removed it is overwritten, as by tcpdump.
        fs::remove_file(path).ok()?;
        if self.config.count.is_none() || self.config.file_size.is_none() {
            (self.tell)(Notice::Replaced(path.to_owned()));
        }
        file
    }

    /// Gives the current file away, to be finished beside the capture.
    fn close(&mut self) {
        if let Some(member) = self.current.take() {
            self.given = self.given + member.file.written();
            self.keeper.give(Job::Ended(Box::new(member)));
        }
    }

    /// Ends the series, for good.
    fn complete(&mut self, notice: Notice) -> Error {
        self.close();
        (self.tell)(notice);
        Error::Complete
    }

    /// Makes sure that there is a file that a frame of that time may go into.
    #[inline]
    fn prepare(&mut self, time: Timestamp) -> Result<&mut Savefile, Error> {
        self.keeper.check()?;
        if self.begun == 0 {
            self.begin(time)?;
        }
        if self.current.is_some() && self.interval.is_some_and(|interval| interval.is_over(time)) {
            self.next_interval(time)?;
        }
        let bytes = self.current()?.bytes();
        if let Some(limit) = self.config.max_bytes.filter(|&limit| self.given.bytes + bytes > limit) {
            return Err(self.complete(Notice::SizeLimit(limit)));
        }
        if self.config.file_size.is_some_and(|size| bytes > size) {
            self.next_file()?;
        }
        self.current()
    }

    /// The file that is written; there is none any more when the series has ended.
    #[inline]
    fn current(&mut self) -> Result<&mut Savefile, Error> {
        self.current.as_mut().map(|member| &mut member.file).ok_or(Error::Complete)
    }

    fn each<T: Default>(
        &mut self,
        action: impl FnOnce(&mut Savefile) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.keeper.check()?;
        self.current.as_mut().map_or_else(|| Ok(T::default()), |member| action(&mut member.file))
    }
}

impl Sink for Series {
    #[inline]
    fn frame(&mut self, frame: &Frame<'_>) -> Result<(), Error> {
        self.prepare(frame.timestamp)?.frame(frame)
    }

    fn idle(&mut self) -> Result<Option<Duration>, Error> {
        self.each(Savefile::idle)
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.each(Savefile::flush)
    }

    /// Ends an interval without a frame, so that its file is complete soon after; and begins anew when the clock was set
    /// back, lest nothing be rotated until it is where it was.
    fn tick(&mut self, now: Timestamp) -> Result<(), Error> {
        self.keeper.check()?;
        let Some(interval) = self.interval.filter(|_| self.current.is_some()) else { return Ok(()) };
        if interval.is_over_since(now, LATE_NANOS) || interval.is_long_before(now) {
            self.next_interval(now)
        } else {
            Ok(())
        }
    }

    /// Waits until all files are on the disk and all commands have ended.
    fn finish(&mut self) -> Result<(), Error> {
        if self.begun == 0 {
            self.begin(self.config.start)?;
        }
        self.close();
        self.keeper.finish()
    }

    fn written(&self) -> Written {
        let current = self.current.as_ref().map(|member| member.file.written()).unwrap_or_default();
        let Written { frames, bytes, waits } = self.given + current;
        Written { frames: frames.saturating_sub(self.keeper.lost()), bytes, waits }
    }
}

#[cfg(test)]
mod tests;
