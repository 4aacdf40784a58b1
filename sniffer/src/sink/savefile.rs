//! `-w`: frames into a savefile or, as bare capture bytes, to standard output. Knows nothing of rotation.

use std::time::Duration;

use super::body::Body;
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
    /// The bytes are compressed when the destination's name ends in `.zst`. The provenance is asked for pcapng only.
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
        Self::to(Body::open(destination, output.into())?, format, header, provenance)
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
        Self::to(Body::Plain(output), format, header, provenance)
    }

    fn to(
        body: Body,
        format: Format,
        header: WriterOptions,
        provenance: Box<dyn Provenance>,
    ) -> Result<Self, Error> {
        let destination = body.destination().clone();
        let writer = match format {
            Format::Pcap => PcapWriter::new(body, header).map(Writer::Pcap),
            Format::Pcapng => {
                let writer = PcapngWriter::new(body, header, provenance);
                writer.map(Writer::Pcapng)
            }
        };
        let writer = writer.map_err(|error| Error::of_savefile(&destination, error))?;
        let mut savefile = Self { writer };
        savefile.writer.body_mut().flush_all()?;
        Ok(savefile)
    }

    /// Bytes taken so far.
    #[inline]
    pub(super) fn bytes(&self) -> u64 {
        self.writer.body().bytes()
    }

    fn check(&self, result: Result<(), pcap::Error>) -> Result<(), Error> {
        result.map_err(|error| Error::of_savefile(self.writer.body().destination(), error))
    }
}

impl Sink for Savefile {
    #[inline]
    fn frame(&mut self, frame: &Frame<'_>) -> Result<(), Error> {
        let result = self.writer.write(frame);
        self.check(result)?;
        self.writer.body_mut().frame_ends()
    }

    fn idle(&mut self) -> Result<Option<Duration>, Error> {
        self.writer.body_mut().idle()
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.writer.body_mut().flush_all()
    }

    fn finish(&mut self) -> Result<(), Error> {
        if let Writer::Pcapng(writer) = &mut self.writer
            && writer.get_ref().is_open()
        {
            let result = writer.finish();
            self.check(result)?;
        }
        self.writer.body_mut().close()
    }

    fn written(&self) -> Written {
        self.writer.body().written()
    }
}

#[derive(Debug)]
enum Writer {
    Pcap(PcapWriter<Body>),
    Pcapng(PcapngWriter<Body>),
}

impl Writer {
    #[inline]
    fn write(&mut self, frame: &Frame<'_>) -> Result<(), pcap::Error> {
        match self {
            Self::Pcap(writer) => writer.write(frame),
            Self::Pcapng(writer) => writer.write(frame),
        }
    }

    fn body(&self) -> &Body {
        match self {
            Self::Pcap(writer) => writer.get_ref(),
            Self::Pcapng(writer) => writer.get_ref(),
        }
    }

    #[inline]
    fn body_mut(&mut self) -> &mut Body {
        match self {
            Self::Pcap(writer) => writer.get_mut(),
            Self::Pcapng(writer) => writer.get_mut(),
        }
    }
}
