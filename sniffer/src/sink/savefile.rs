//! `-w`: frames into a savefile or, as bare capture bytes, to standard output. Knows nothing of rotation.

use super::{Destination, Error, Flush, Output, Sink, Written};
use crate::packet::Frame;
use crate::pcap::{self, Format, NameOfInterface, PcapWriter, PcapngWriter, WriterOptions};

/// What a pcapng file says of its writer.
const APPLICATION: &str = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));

/// A savefile being written.
#[derive(Debug)]
pub struct Savefile {
    writer: Writer,
    frames: u64,
}

impl Savefile {
    /// Opens the destination and writes the header through to it, so that a reader of pcap knows the link type at once.
    ///
    /// The names of interfaces are asked for pcapng only.
    ///
    /// # Errors
    /// [`Error::Open`], or as [`Sink::flush`].
    pub fn create(
        destination: Destination,
        format: Format,
        header: WriterOptions,
        flush: Flush,
        name_of: NameOfInterface,
    ) -> Result<Self, Error> {
        Self::new(Output::open(destination, flush)?, format, header, name_of)
    }

    /// The same on an output that is open already.
    ///
    /// # Errors
    /// As [`Sink::flush`].
    pub fn new(
        output: Output,
        format: Format,
        header: WriterOptions,
        name_of: NameOfInterface,
    ) -> Result<Self, Error> {
        let destination = output.destination().clone();
        let writer = match format {
            Format::Pcap => PcapWriter::new(output, header).map(Writer::Pcap),
            Format::Pcapng => {
                let writer = PcapngWriter::new(output, header, APPLICATION, name_of);
                writer.map(|writer| Writer::Pcapng(Box::new(writer)))
            }
        };
        let writer = writer.map_err(|error| Error::of_savefile(&destination, error))?;
        let mut savefile = Self { writer, frames: 0 };
        savefile.writer.output_mut().flush_all()?;
        Ok(savefile)
    }

    fn check(&self, result: Result<(), pcap::Error>) -> Result<(), Error> {
        result.map_err(|error| Error::of_savefile(self.writer.output().destination(), error))
    }
}

impl Sink for Savefile {
    #[inline]
    fn frame(&mut self, frame: &Frame<'_>) -> Result<(), Error> {
        let result = self.writer.write(frame);
        self.check(result)?;
        self.frames += 1;
        self.writer.output_mut().frame_ends()
    }

    fn idle(&mut self) -> Result<(), Error> {
        self.writer.output_mut().idle()
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.writer.output_mut().flush_all()
    }

    fn finish(&mut self) -> Result<(), Error> {
        if let Writer::Pcapng(writer) = &mut self.writer {
            let result = writer.finish();
            self.check(result)?;
        }
        self.flush()
    }

    fn written(&self) -> Written {
        Written { frames: self.frames, bytes: self.writer.output().bytes() }
    }
}

#[derive(Debug)]
enum Writer {
    Pcap(PcapWriter<Output>),
    Pcapng(Box<PcapngWriter<Output>>),
}

impl Writer {
    #[inline]
    fn write(&mut self, frame: &Frame<'_>) -> Result<(), pcap::Error> {
        match self {
            Self::Pcap(writer) => writer.write(frame),
            Self::Pcapng(writer) => writer.write(frame),
        }
    }

    fn output(&self) -> &Output {
        match self {
            Self::Pcap(writer) => writer.get_ref(),
            Self::Pcapng(writer) => writer.get_ref(),
        }
    }

    #[inline]
    fn output_mut(&mut self) -> &mut Output {
        match self {
            Self::Pcap(writer) => writer.get_mut(),
            Self::Pcapng(writer) => writer.get_mut(),
        }
    }
}
