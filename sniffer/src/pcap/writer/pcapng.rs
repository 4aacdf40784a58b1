//! The pcapng writer: one section in the byte order of this host (draft-ietf-opsawg-pcapng). Knows nothing of pcap.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::io::Write;

use super::block::Block;
use super::{InterfaceCounts, InterfaceDescription, Origin, Provenance, readable, write_error};
use crate::packet::{Frame, LinkType, Timestamp};
use crate::pcap::block::{
    BYTE_ORDER_MAGIC, COMMENT, END_OF_OPTIONS, ENHANCED_PACKET, FILTER_EXPRESSION, IF_FILTER, IF_NAME, IF_OS,
    IF_SPEED, IF_TSRESOL, INTERFACE_DESCRIPTION, INTERFACE_STATISTICS, ISB_ENDTIME, ISB_FILTERACCEPT,
    ISB_IFDROP, ISB_IFRECV, ISB_OSDROP, ISB_STARTTIME, ISB_USRDELIV, PACKET_FLAGS, SECTION_HEADER,
    SHB_HARDWARE, SHB_OS, SHB_USERAPPL, encode_flags,
};
use crate::pcap::{Error, Format, WriterOptions};

/// Writes a pcapng file with time stamps in nanoseconds.
///
/// An interface is described before its first frame, by its number and link type, so that one file holds frames of any
/// interfaces and link types. What is known of a frame's direction and checksums is kept.
///
/// Each frame makes three calls of the destination's `write_all`: give it a [`BufWriter`](std::io::BufWriter).
///
/// ```
/// use sniffer::packet::{Frame, LinkType, PacketType, Timestamp};
/// use sniffer::pcap::{PcapngWriter, Precision, Reader, WriterOptions};
///
/// let options = WriterOptions { link_type: LinkType::RAW, snaplen: 262_144, precision: Precision::Nanos };
/// let name = |interface: u32| Some(format!("tun{interface}"));
/// let mut writer = PcapngWriter::new(Vec::new(), options, Box::new(name))?;
/// let frame = Frame {
///     timestamp: Timestamp { seconds: 1, nanos: 5 },
///     link_type: LinkType::RAW,
///     data: &[0x45, 0, 0, 20],
///     original_len: 20,
///     interface: 7,
///     packet_type: Some(PacketType::Outgoing),
///     checksum: Default::default(),
/// };
/// writer.write(&frame)?;
/// writer.finish()?;
///
/// let file = writer.into_inner();
/// let mut reader = Reader::new(file.as_slice())?;
/// assert_eq!(reader.interface_names().get(0).as_deref(), Some("tun7"));
/// let read = reader.next_frame()?.expect("one frame was written");
/// assert_eq!((read.interface, read.packet_type), (0, Some(PacketType::Outgoing)));
/// # Ok::<(), sniffer::pcap::Error>(())
/// ```
pub struct PcapngWriter<W> {
    out: W,
    options: WriterOptions,
    provenance: Box<dyn Provenance>,
    /// The place of each in `interfaces`.
    places: HashMap<Described, usize>,
    /// The capture's numbers of all interfaces that are described.
    numbers: HashSet<u32>,
    interfaces: Vec<Interface>,
    /// Where the last frame was from: most often the next one is, too.
    last: Option<(Described, usize)>,
}

/// What an interface description says, so that frames which differ in it have descriptions of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Described {
    interface: u32,
    link_type: LinkType,
    /// The file's, or 0 (no limit) for frames above it.
    snaplen: u32,
}

/// What the file tells of an interface at its end.
#[derive(Debug)]
struct Interface {
    /// The capture's number of it, if this is the first description of it.
    number: Option<u32>,
    frames: u64,
    /// The ticks of the first and the last frame.
    times: Option<(u64, u64)>,
}

impl<W: Write> PcapngWriter<W> {
    /// Writes the section header, which says who writes the file.
    ///
    /// Of the options, `precision` is not used, and `link_type` only for a file without frames, which tcpdump would not
    /// read if it described no interface.
    ///
    /// # Errors
    /// [`Error::Write`] when the destination fails.
    pub fn new(out: W, options: WriterOptions, provenance: Box<dyn Provenance>) -> Result<Self, Error> {
        let (places, numbers, interfaces) = (HashMap::new(), HashSet::new(), Vec::new());
        let origin = provenance.origin();
        let mut writer = Self { out, options, provenance, places, numbers, interfaces, last: None };
        let mut block = Block::new(SECTION_HEADER);
        block.u32(BYTE_ORDER_MAGIC).u16(1).u16(0);
        // The length of the section is not known, which is said by all ones.
        block.u64(u64::MAX);
        let Origin { application, hardware, os, comments } = &origin;
        for comment in comments {
            block.option(COMMENT, comment.as_bytes());
        }
        block.optional(SHB_HARDWARE, hardware.as_deref().map(str::as_bytes));
        block.optional(SHB_OS, os.as_deref().map(str::as_bytes));
        block.option(SHB_USERAPPL, application.as_bytes()).option(END_OF_OPTIONS, &[]);
        writer.put(block)?;
        Ok(writer)
    }

    /// Writes one frame, after the description of its interface if it is the first one of that.
    ///
    /// # Errors
    /// - [`Error::Timestamp`] when its time is before 1970 or after 2554-07-21T23:34:32Z, which is as far as 64 bits of
    ///   nanoseconds reach,
    /// - [`Error::Write`] when the destination fails.
    ///
    /// Nothing of the frame is written in the first case.
    #[inline]
    pub fn write(&mut self, frame: &Frame<'_>) -> Result<(), Error> {
        let ticks = ticks(frame.timestamp)?;
        let data = readable(frame);
        let snaplen = if data.len() <= self.options.snaplen as usize { self.options.snaplen } else { 0 };
        let (interface, link_type) = (frame.interface, frame.link_type);
        let number = self.place(Described { interface, link_type, snaplen })?;
        let interface = &mut self.interfaces[number];
        interface.frames += 1;
        interface.times = Some((interface.times.map_or(ticks, |(first, _)| first), ticks));
        let mut tail = Tail::new(frame, data.len());
        let length = (PACKET_OVERHEAD + data.len() + tail.bytes().len()) as u32;
        let header = [
            ENHANCED_PACKET,
            length,
            number as u32,
            (ticks >> 32) as u32,
            ticks as u32,
            data.len() as u32,
            frame.original_len,
        ];
        self.out.write_all(header.map(u32::to_ne_bytes).as_flattened()).map_err(write_error)?;
        self.out.write_all(data).map_err(write_error)?;
        self.out.write_all(tail.with_length(length)).map_err(write_error)
    }

    /// Writes the statistics of each interface: its frames in this file, the times of the first and the last one, and what
    /// else is known of its frames since the capture began.
    ///
    /// # Errors
    /// [`Error::Write`] when the destination fails.
    pub fn finish(&mut self) -> Result<(), Error> {
        if self.interfaces.is_empty() {
            let WriterOptions { link_type, snaplen, .. } = self.options;
            self.describe(Described { interface: 0, link_type, snaplen })?;
        }
        for (number, interface) in self.interfaces.iter().enumerate() {
            let (first, last) = interface.times.unwrap_or_default();
            let mut block = Block::new(INTERFACE_STATISTICS);
            block.u32(number as u32).time(last);
            if interface.frames > 0 {
                block.time_option(ISB_STARTTIME, first).time_option(ISB_ENDTIME, last);
            }
            let counts = interface.number.map(|number| self.provenance.counts(number)).unwrap_or_default();
            let InterfaceCounts { received, accepted, interface_dropped, dropped } = counts;
            let counts = [
                (ISB_IFRECV, received),
                (ISB_IFDROP, interface_dropped),
                (ISB_FILTERACCEPT, accepted),
                (ISB_OSDROP, dropped),
                (ISB_USRDELIV, Some(interface.frames)),
            ];
            for (option, count) in counts {
                block.optional(option, count.map(u64::to_ne_bytes).as_ref().map(<[u8; 8]>::as_slice));
            }
            block.option(END_OF_OPTIONS, &[]);
            self.out.write_all(&block.finish()).map_err(write_error)?;
        }
        Ok(())
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

    /// The place of an interface, described if it was not.
    #[inline]
    fn place(&mut self, interface: Described) -> Result<usize, Error> {
        if let Some((last, place)) = self.last
            && last == interface
        {
            return Ok(place);
        }
        let place = match self.places.get(&interface) {
            Some(&place) => place,
            None => self.describe(interface)?,
        };
        self.last = Some((interface, place));
        Ok(place)
    }

    fn describe(&mut self, interface: Described) -> Result<usize, Error> {
        let mut block = Block::new(INTERFACE_DESCRIPTION);
        block.u16(interface.link_type.0).u16(0).u32(interface.snaplen);
        let InterfaceDescription { name, speed, filter, os } = self.provenance.describe(interface.interface);
        let filter = filter.map(|filter| [&[FILTER_EXPRESSION], filter.as_bytes()].concat());
        block.optional(IF_NAME, name.as_deref().map(str::as_bytes));
        block.optional(IF_SPEED, speed.map(u64::to_ne_bytes).as_ref().map(<[u8; 8]>::as_slice));
        block.option(IF_TSRESOL, &[9]);
        block.optional(IF_FILTER, filter.as_deref());
        block.optional(IF_OS, os.as_deref().map(str::as_bytes));
        block.option(END_OF_OPTIONS, &[]);
        self.put(block)?;
        let place = self.interfaces.len();
        let number = self.numbers.insert(interface.interface).then_some(interface.interface);
        self.interfaces.push(Interface { number, frames: 0, times: None });
        self.places.insert(interface, place);
        Ok(place)
    }

    fn put(&mut self, block: Block) -> Result<(), Error> {
        self.out.write_all(&block.finish()).map_err(write_error)
    }
}

impl<W: fmt::Debug> fmt::Debug for PcapngWriter<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PcapngWriter")
            .field("out", &self.out)
            .field("options", &self.options)
            .field("interfaces", &self.interfaces)
            .finish_non_exhaustive()
    }
}

/// An enhanced packet block without the captured bytes and what follows them.
const PACKET_OVERHEAD: usize = 28;

/// Nanoseconds since the epoch.
#[inline]
fn ticks(timestamp: Timestamp) -> Result<u64, Error> {
    let Timestamp { seconds, nanos } = timestamp;
    let whole = u64::try_from(seconds).ok().and_then(|seconds| seconds.checked_mul(1_000_000_000));
    whole.and_then(|whole| whole.checked_add(nanos.into())).ok_or(Error::Timestamp {
        seconds,
        format: Format::Pcapng,
        max: u64::MAX / 1_000_000_000,
    })
}

/// What follows the captured bytes: padding, the flags where there are any, and the block's length again.
struct Tail {
    bytes: [u8; 19],
    len: usize,
}

impl Tail {
    #[inline]
    fn new(frame: &Frame<'_>, captured: usize) -> Self {
        let padding = captured.next_multiple_of(4) - captured;
        let mut tail = Self { bytes: [0; 19], len: padding };
        if let Some(flags) = encode_flags(frame.packet_type, frame.checksum) {
            tail.push(&PACKET_FLAGS.to_ne_bytes());
            tail.push(&4_u16.to_ne_bytes());
            tail.push(&flags.to_ne_bytes());
            tail.push(&[0; 4]);
        }
        // Room for the length, which is not known before.
        tail.push(&[0; 4]);
        tail
    }

    fn push(&mut self, bytes: &[u8]) {
        self.bytes[self.len..self.len + bytes.len()].copy_from_slice(bytes);
        self.len += bytes.len();
    }

    fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    fn with_length(&mut self, length: u32) -> &[u8] {
        self.bytes[self.len - 4..self.len].copy_from_slice(&length.to_ne_bytes());
        self.bytes()
    }
}
