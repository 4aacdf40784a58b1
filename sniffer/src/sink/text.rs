//! Frames as lines of text. Knows no protocol: what a line says is decided by who makes it.

use std::time::Duration;

use super::{Destination, Error, Flush, Output, Sink, Written};
use crate::decode::decode_as;
use crate::packet::Frame;
use crate::print::Lines;

/// Prints a text that is whole on standard output.
///
/// # Errors
/// [`Error::ClosedPipe`] when nobody reads it any more, and others when it cannot be written.
pub fn print(text: &str) -> Result<(), Error> {
    let mut output = Output::open(Destination::Stdout, Flush::WhenFull)?;
    output.put(text.as_bytes())?;
    output.close()
}

/// Lines of text, one a frame.
pub struct Text<P> {
    output: Output,
    lines: P,
    /// The line being made; kept for its room.
    line: Vec<u8>,
}

impl<P: Lines> Text<P> {
    /// Lines as `lines` makes them.
    pub fn new(output: Output, lines: P) -> Self {
        Self { output, lines, line: Vec::new() }
    }
}

impl<P: Lines> Sink for Text<P> {
    #[inline]
    fn frame(&mut self, frame: &Frame<'_>) -> Result<(), Error> {
        self.line.clear();
        let layers = decode_as(frame, self.lines.forced_type());
        self.lines.line(frame, &layers, &mut self.line);
        self.output.put(&self.line)?;
        self.output.frame_ends()
    }

    fn idle(&mut self) -> Result<Option<Duration>, Error> {
        self.output.idle()
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.output.flush_all()
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.output.close()
    }

    fn written(&self) -> Written {
        self.output.written()
    }
}
