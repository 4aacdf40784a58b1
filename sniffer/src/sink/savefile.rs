//! `-w`: frames into a savefile or, as bare capture bytes, to standard output. Knows nothing of rotation.

use std::time::Duration;

use super::{Destination, Error, Output, OutputOptions, Sink, Written};
use crate::packet::Frame;
use crate::pcap::{self, Format, PcapWriter, PcapngWriter, Provenance, WriterOptions};

/// A savefile being written.
#[derive(Debug)]
pub struct Savefile {
    writer: Writer,
}

impl Savefile {
    /// Opens the destination and writes the header through to it, so that a reader of pcap knows the link type at once.
    ///
    /// The provenance is asked for pcapng only.
    ///
    /// # Errors
    /// [`Error::Open`], [`Error::InUse`], or as [`Sink::flush`].
    pub fn create(
        destination: Destination,
        format: Format,
        header: WriterOptions,
        output: impl Into<OutputOptions>,
        provenance: Box<dyn Provenance>,
    ) -> Result<Self, Error> {
        Self::new(Output::open(destination, output)?, format, header, provenance)
    }

    /// The same on an output that is open already.
    ///
    /// # Errors
    /// As [`Sink::flush`].
    pub fn new(
        output: Output,
        format: Format,
        header: WriterOptions,
        provenance: Box<dyn Provenance>,
    ) -> Result<Self, Error> {
        let destination = output.destination().clone();
        let writer = match format {
            Format::Pcap => PcapWriter::new(output, header).map(Writer::Pcap),
            Format::Pcapng => {
                let writer = PcapngWriter::new(output, header, provenance);
                writer.map(Writer::Pcapng)
            }
        };
        let writer = writer.map_err(|error| Error::of_savefile(&destination, error))?;
        let mut savefile = Self { writer };
        savefile.writer.output_mut().flush_all()?;
        Ok(savefile)
    }

    /// Bytes taken so far.
    #[inline]
    pub(super) fn bytes(&self) -> u64 {
        self.writer.output().bytes()
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
        self.writer.output_mut().frame_ends()
    }

    fn idle(&mut self) -> Result<Option<Duration>, Error> {
        self.writer.output_mut().idle()
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.writer.output_mut().flush_all()
    }

    fn finish(&mut self) -> Result<(), Error> {
        if let Writer::Pcapng(writer) = &mut self.writer
            && writer.get_ref().is_open()
        {
            let result = writer.finish();
            self.check(result)?;
        }
        self.writer.output_mut().close()
    }

    fn written(&self) -> Written {
        self.writer.output().written()
    }
}

#[derive(Debug)]
enum Writer {
    Pcap(PcapWriter<Output>),
    Pcapng(PcapngWriter<Output>),
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
