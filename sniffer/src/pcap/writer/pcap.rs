//! The pcap writer: version 2.4, in the byte order of this host, as tcpdump writes it. Knows nothing of pcapng.

use std::io::Write;

use super::{WriterOptions, readable, write_error};
use crate::packet::{Frame, Timestamp};
use crate::pcap::{Error, Format, MAGIC_MICROS, MAGIC_NANOS, Precision};

/// Writes a pcap file.
///
/// Each frame makes two calls of the destination's `write_all`, header and bytes: give it a
/// [`BufWriter`](std::io::BufWriter), and flush that as often as readers of the file need.
#[derive(Debug)]
pub struct PcapWriter<W> {
    out: W,
    options: WriterOptions,
}

impl<W: Write> PcapWriter<W> {
    /// Writes the file's header.
    ///
    /// # Errors
    /// [`Error::Write`] when the destination fails.
    pub fn new(mut out: W, options: WriterOptions) -> Result<Self, Error> {
        out.write_all(file_header(options).as_flattened()).map_err(write_error)?;
        Ok(Self { out, options })
    }

    /// Writes one frame.
    ///
    /// # Errors
    /// - [`Error::LinkType`] when the frame's link type is not the file's,
    /// - [`Error::Timestamp`] when its time is before 1970 or after 2106-02-07T06:28:15Z: the format has 32 bits for
    ///   seconds, which readers take as unsigned,
    /// - [`Error::Write`] when the destination fails.
    ///
    /// Nothing of the frame is written in the first two cases.
    #[inline]
    pub fn write(&mut self, frame: &Frame<'_>) -> Result<(), Error> {
        if frame.link_type != self.options.link_type {
            return Err(Error::LinkType { file: self.options.link_type, frame: frame.link_type });
        }
        let data = readable(frame);
        let (seconds, fraction) = self.time(frame.timestamp)?;
        let header = [seconds, fraction, data.len() as u32, frame.original_len].map(u32::to_ne_bytes);
        self.out.write_all(header.as_flattened()).map_err(write_error)?;
        self.out.write_all(data).map_err(write_error)
    }

    /// The destination.
    pub fn get_ref(&self) -> &W {
        &self.out
    }

    /// The destination, to flush it.
    pub fn get_mut(&mut self) -> &mut W {
        &mut self.out
    }

    /// Gives the destination back, without flushing it.
    pub fn into_inner(self) -> W {
        self.out
    }

    /// Seconds and fraction in the file's unit.
    #[inline]
    fn time(&self, Timestamp { seconds, nanos }: Timestamp) -> Result<(u32, u32), Error> {
        let Ok(fitting) = u32::try_from(seconds) else {
            return Err(Error::Timestamp { seconds, format: Format::Pcap, max: u32::MAX.into() });
        };
        Ok(match self.options.precision {
            Precision::Micros => (fitting, nanos / 1000),
            Precision::Nanos => (fitting, nanos),
        })
    }
}

fn file_header(options: WriterOptions) -> [[u8; 4]; 6] {
    let magic = match options.precision {
        Precision::Micros => MAGIC_MICROS,
        Precision::Nanos => MAGIC_NANOS,
    };
    let [major, minor] = [2_u16, 4].map(u16::to_ne_bytes);
    let version = u32::from_ne_bytes([major[0], major[1], minor[0], minor[1]]);
    let link_type = u32::from(options.link_type.0);
    [magic, version, 0, 0, options.snaplen, link_type].map(u32::to_ne_bytes)
}
