//! Reading: finds the format by its magic and lends frames. Knows no sinks.

mod bytes;
mod classic;
mod interface;
mod packet;
mod pcapng;
mod window;

use std::fmt;
use std::io::Read;
use std::ops::Range;

use self::bytes::ByteOrder;
use self::window::Window;
use super::{Damage, Error, Format, Part, Precision};
use crate::packet::{ChecksumState, Frame, LinkType, PacketType, Timestamp};

pub use self::interface::{InterfaceNames, MAX_INTERFACES};

/// Reads the frames of a savefile of any format.
///
/// Read are: pcap of versions 2.0 to 2.4 and 543.0 in microseconds and nanoseconds and with Kuznetzov's longer record
/// header, and pcapng with any number of sections and interfaces, each in both byte orders.
///
/// The source is read in pieces of 512 KiB, so that it needs no buffer of its own. The buffer grows to the longest
/// record, which is at most [`maximum_snaplen`](super::maximum_snaplen) bytes and its header in pcap, and 16 MiB (or
/// that and 128 KiB of options, where it is larger) in pcapng; a longer one is an error, and a length that the file
/// only claims allocates nothing.
///
/// Time stamps of pcap files count seconds as unsigned numbers, until the year 2106; a fraction of more than a second
/// is carried over. Frames are lent exactly as they are stored, so that a pseudo-header in the byte order of the host
/// that wrote it (`LINKTYPE_NULL` and some of USB, CAN and NFLOG) still is.
///
/// ```no_run
/// use std::fs::File;
/// use sniffer::pcap::Reader;
///
/// let mut reader = Reader::new(File::open("capture.pcapng")?)?;
/// while let Some(frame) = reader.next_frame()? {
///     println!("{} {} bytes", frame.link_type, frame.data.len());
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Reader<R> {
    window: Window<R>,
    decoder: Decoder,
    finished: bool,
}

impl<R: Read> Reader<R> {
    /// Reads the file's header; for pcapng, everything up to the first interface description.
    ///
    /// # Errors
    /// [`Error::UnknownFormat`] when the source is no savefile, [`Error::Damaged`] when its header is cut or wrong,
    /// [`Error::Read`] when the source fails.
    pub fn new(source: R) -> Result<Self, Error> {
        let mut window = Window::new(source);
        let decoder = Decoder::detect(&mut window)?;
        Ok(Self { window, decoder, finished: false })
    }

    /// The next frame, or `None` at the end of the file.
    ///
    /// # Errors
    /// When the file is damaged or the source fails. Every frame before that point has been returned, and the reader is
    /// at its end after it: further calls return `None`.
    #[inline]
    pub fn next_frame(&mut self) -> Result<Option<Frame<'_>>, Error> {
        if self.finished {
            return Ok(None);
        }
        let record = match &mut self.decoder {
            Decoder::Classic(file) => file.next_record(&mut self.window),
            Decoder::Pcapng(file) => file.next_record(&mut self.window),
        };
        match record {
            Ok(Some(record)) => Ok(Some(record.frame(&self.window))),
            end => {
                self.finished = true;
                end.map(|_| None)
            }
        }
    }

    /// The file's format.
    pub fn format(&self) -> Format {
        match self.decoder {
            Decoder::Classic(_) => Format::Pcap,
            Decoder::Pcapng(_) => Format::Pcapng,
        }
    }

    /// The link type of the file, or of its first interface; a pcapng file may hold frames of others.
    pub fn link_type(&self) -> LinkType {
        match &self.decoder {
            Decoder::Classic(file) => file.link_type(),
            Decoder::Pcapng(file) => file.link_type(),
        }
    }

    /// The snapshot length of the file, or of its first interface, in bytes.
    pub fn snaplen(&self) -> u32 {
        match &self.decoder {
            Decoder::Classic(file) => file.snaplen(),
            Decoder::Pcapng(file) => file.snaplen(),
        }
    }

    /// The coarsest precision that loses nothing of the time stamps of the file, or of its first interface; times finer
    /// than a nanosecond are cut to it.
    pub fn precision(&self) -> Precision {
        match &self.decoder {
            Decoder::Classic(file) => file.precision(),
            Decoder::Pcapng(file) => file.precision(),
        }
    }

    /// A handle on the names of the interfaces read so far, by [`Frame::interface`]. It stays valid beside the reader
    /// and sees the names that follow.
    pub fn interface_names(&self) -> InterfaceNames {
        match &self.decoder {
            Decoder::Classic(_) => InterfaceNames::default(),
            Decoder::Pcapng(file) => file.interface_names(),
        }
    }
}

impl<R> fmt::Debug for Reader<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("decoder", &self.decoder).finish_non_exhaustive()
    }
}

#[derive(Debug)]
enum Decoder {
    Classic(classic::File),
    Pcapng(pcapng::File),
}

impl Decoder {
    fn detect<R: Read>(window: &mut Window<R>) -> Result<Self, Error> {
        let got = window.fill(4)?;
        let Some(&magic) = window.bytes().first_chunk::<4>() else {
            let damage = Damage::Truncated { wanted: 4, part: Part::FileHeader, got };
            return Err(Error::Damaged { damage, offset: 0 });
        };
        if magic == pcapng::MAGIC {
            return pcapng::File::open(window).map(Self::Pcapng);
        }
        for order in [ByteOrder::Little, ByteOrder::Big] {
            if let Some(variant) = classic::Variant::from_magic(order.u32(magic)) {
                return classic::File::open(window, order, variant).map(Self::Classic);
            }
        }
        Err(Error::UnknownFormat)
    }
}

/// A frame whose bytes are still a place in the window's buffer, so that finding it and lending it can be two steps.
struct Record {
    timestamp: Timestamp,
    link_type: LinkType,
    data: Range<usize>,
    original_len: u32,
    interface: u32,
    packet_type: Option<PacketType>,
    checksum: ChecksumState,
}

impl Record {
    #[inline]
    fn frame<R: Read>(self, window: &Window<R>) -> Frame<'_> {
        Frame {
            timestamp: self.timestamp,
            link_type: self.link_type,
            data: window.lend(self.data),
            original_len: self.original_len,
            interface: self.interface,
            packet_type: self.packet_type,
            checksum: self.checksum,
        }
    }
}
