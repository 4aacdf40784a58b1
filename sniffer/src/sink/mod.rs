//! Outputs, one file each. Knows no capture, no loading, no filters.
//!
//! A [`Sink`] takes frames one by one. When its bytes reach the operating system is a [`Flush`] policy, which its owner
//! helps along by telling it when the source has nothing more for now.
#![forbid(unsafe_code)]

mod count;
mod parallel;
mod savefile;
mod series;
mod text;

mod destination;
mod error;
mod output;

mod body;
mod buffer;
mod disk;
mod landed;
mod stream;

use std::ops::Add;
use std::time::Duration;

pub use self::count::Count;
pub use self::destination::Destination;
pub use self::disk::direct_io;
pub use self::error::Error;
pub use self::output::{Flush, Output, OutputOptions};
pub use self::parallel::ParallelText;
pub use self::savefile::Savefile;
pub use self::series::{Keep, NameError, Names, Notice, OpenFile, Reserve, Series, SeriesConfig};
pub use self::text::{Text, print};

use crate::packet::{Frame, Timestamp};

/// An output that takes frames.
pub trait Sink {
    /// Takes one frame, which is counted as written when this returns.
    ///
    /// # Errors
    /// [`Error::ClosedPipe`] when nobody reads the output any more, [`Error::Complete`] when the frame was not taken since
    /// as much was written as was asked for; others when it cannot be written or when the format
    /// cannot hold the frame.
    fn frame(&mut self, frame: &Frame<'_>) -> Result<(), Error>;

    /// Says that the source has nothing more for now: the end of a block of the ring, or a reader that would wait. Gives
    /// the time after which the sink wants to be told so again even if nothing comes, if it does.
    ///
    /// # Errors
    /// As [`Self::flush`].
    fn idle(&mut self) -> Result<Option<Duration>, Error>;

    /// Says what time it is, now and then.
    ///
    /// # Errors
    /// As [`Self::frame`].
    fn tick(&mut self, _now: Timestamp) -> Result<(), Error> {
        Ok(())
    }

    /// Hands everything taken so far to the operating system, whatever the policy.
    ///
    /// # Errors
    /// [`Error::ClosedPipe`] and [`Error::Write`].
    fn flush(&mut self) -> Result<(), Error>;

    /// Writes what the output ends with, and closes it. No frame may follow.
    ///
    /// # Errors
    /// As [`Self::flush`].
    fn finish(&mut self) -> Result<(), Error>;

    /// What has been taken so far; once the output has failed, what it holds of that.
    fn written(&self) -> Written;
}

/// What a sink has taken, for the last line of the loss ledger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Frames.
    pub frames: u64,
    /// Bytes of output that they and the format around them have made.
    pub bytes: u64,
    /// How often the source had to wait because what writes the output was late.
    pub waits: u64,
}

impl Add for Written {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            frames: self.frames + other.frames,
            bytes: self.bytes + other.bytes,
            waits: self.waits + other.waits,
        }
    }
}

#[cfg(test)]
mod tests;
