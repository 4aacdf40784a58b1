//! Frames as lines of text. Knows no protocol: what a line says is decided by who makes it.

use std::io::Write;
use std::time::Duration;

use super::{Error, Output, Sink, Written};
use crate::decode::decode;
use crate::packet::Frame;
use crate::print::Lines;

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
        self.lines.line(frame, &decode(frame), &mut self.line);
        if let Err(error) = self.output.write_all(&self.line) {
            return Err(Error::of_write(self.output.destination(), error));
        }
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
