//! `--count`: the number of frames and nothing else.

use std::time::Duration;

use super::{Error, Output, Sink, Written};
use crate::packet::Frame;

/// Counts frames and says at the end how many there were, as tcpdump does: `1 packet`, `2 packets`.
#[derive(Debug)]
pub struct Count {
    output: Output,
    frames: u64,
}

impl Count {
    /// Counts from zero.
    pub fn new(output: Output) -> Self {
        Self { output, frames: 0 }
    }
}

impl Sink for Count {
    #[inline]
    fn frame(&mut self, _: &Frame<'_>) -> Result<(), Error> {
        self.frames += 1;
        Ok(())
    }

    fn idle(&mut self) -> Result<Option<Duration>, Error> {
        Ok(None)
    }

    fn flush(&mut self) -> Result<(), Error> {
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Error> {
        let plural = if self.frames == 1 { "" } else { "s" };
        self.output.put(format!("{} packet{plural}\n", self.frames).as_bytes())?;
        self.output.close()
    }

    fn written(&self) -> Written {
        Written { frames: self.frames, ..self.output.written() }
    }
}
