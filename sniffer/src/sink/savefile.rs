//! `-w`: frames into a savefile or, as bare capture bytes, to standard output. Knows nothing of rotation.

use super::{Destination, Error, Flush, Output, Sink, Written};
use crate::packet::Frame;
use crate::pcap::{PcapWriter, WriterOptions};

/// A savefile being written.
#[derive(Debug)]
pub struct Savefile {
    writer: PcapWriter<Output>,
    frames: u64,
}

impl Savefile {
    /// Opens the destination and writes the header through to it, so that a reader knows the link type at once.
    ///
    /// # Errors
    /// [`Error::Open`], or as [`Sink::flush`].
    pub fn create(destination: Destination, options: WriterOptions, flush: Flush) -> Result<Self, Error> {
        Self::new(Output::open(destination, flush)?, options)
    }

    /// The same on an output that is open already.
    ///
    /// # Errors
    /// As [`Sink::flush`].
    pub fn new(output: Output, options: WriterOptions) -> Result<Self, Error> {
        let destination = output.destination().clone();
        let writer = PcapWriter::new(output, options);
        let mut writer = writer.map_err(|error| Error::of_savefile(&destination, error))?;
        writer.get_mut().flush_all()?;
        Ok(Self { writer, frames: 0 })
    }
}

impl Sink for Savefile {
    #[inline]
    fn frame(&mut self, frame: &Frame<'_>) -> Result<(), Error> {
        if let Err(error) = self.writer.write(frame) {
            return Err(Error::of_savefile(self.writer.get_mut().destination(), error));
        }
        self.frames += 1;
        self.writer.get_mut().frame_ends()
    }

    fn idle(&mut self) -> Result<(), Error> {
        self.writer.get_mut().idle()
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.writer.get_mut().flush_all()
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.flush()
    }

    fn written(&self) -> Written {
        Written { frames: self.frames, bytes: self.writer.get_ref().bytes() }
    }
}
