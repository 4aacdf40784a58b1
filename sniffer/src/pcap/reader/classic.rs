//! pcap: one header, then records (<https://www.tcpdump.org/manpages/pcap-savefile.5.html>). Knows nothing of pcapng.

use std::io::Read;

use super::Record;
use super::bytes::{ByteOrder, Fields};
use super::window::Window;
use crate::packet::{ChecksumState, LinkType, Timestamp};
use crate::pcap::link::{canonical, effective_snaplen, maximum_snaplen};
use crate::pcap::{Damage, Error, MAGIC_MICROS, MAGIC_NANOS, Part, Precision};

/// What a pcap file's magic number tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Variant {
    Micros,
    Nanos,
    /// Alexey Kuznetzov's patch: microseconds, and eight bytes more in each record's header.
    Kuznetzov,
}

impl Variant {
    pub(super) fn from_magic(magic: u32) -> Option<Self> {
        match magic {
            MAGIC_MICROS => Some(Self::Micros),
            MAGIC_NANOS => Some(Self::Nanos),
            0xa1b2_cd34 => Some(Self::Kuznetzov),
            _ => None,
        }
    }

    /// Bytes before the captured ones.
    fn record_header_len(self) -> usize {
        match self {
            Self::Micros | Self::Nanos => 16,
            Self::Kuznetzov => 24,
        }
    }
}

/// In which order a record's header has the captured and the original length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lengths {
    CapturedFirst,
    OriginalFirst,
    /// Version 2.3 exists with both: the captured length is the smaller one.
    SmallerIsCaptured,
}

/// What the header says of all records.
#[derive(Debug)]
pub(super) struct File {
    order: ByteOrder,
    variant: Variant,
    lengths: Lengths,
    link_type: LinkType,
    snaplen: u32,
    max_captured: u32,
}

const FILE_HEADER_LEN: usize = 24;

impl File {
    /// Takes the file header, whose magic number gave the order and the variant, out of the window.
    pub(super) fn open<R: Read>(
        window: &mut Window<R>,
        order: ByteOrder,
        variant: Variant,
    ) -> Result<Self, Error> {
        let got = window.fill(FILE_HEADER_LEN)?;
        let file = Self::parse(Fields::new(window.bytes(), order), order, variant)
            .unwrap_or(Err(Damage::Truncated { wanted: FILE_HEADER_LEN, part: Part::FileHeader, got }));
        let file = file.map_err(|damage| Error::Damaged { damage, offset: 0 })?;
        window.take(FILE_HEADER_LEN, 0..0);
        Ok(file)
    }

    /// The next record, taken out of the window; `None` at the end of the file.
    #[inline]
    pub(super) fn next_record<R: Read>(&self, window: &mut Window<R>) -> Result<Option<Record>, Error> {
        let header_len = self.variant.record_header_len();
        let got = window.fill(header_len)?;
        let header = if got == header_len { self.record_header(window.bytes()) } else { None };
        let Some(header) = header else {
            let cut = Damage::Truncated { wanted: header_len, part: Part::RecordHeader, got };
            return if got == 0 { Ok(None) } else { Err(damaged(window, cut)) };
        };
        let kept = self.kept_length(header.captured).map_err(|damage| damaged(window, damage))?;
        let record_len = header_len + header.captured as usize;
        let got = window.fill(record_len)?;
        if got < record_len {
            return Err(damaged(window, captured_bytes_missing(kept, header.captured, got - header_len)));
        }
        let data = window.take(record_len, header_len..header_len + kept as usize);
        Ok(Some(Record {
            timestamp: header.timestamp,
            link_type: self.link_type,
            data,
            original_len: header.original,
            interface: 0,
            packet_type: None,
            checksum: ChecksumState::Unknown,
        }))
    }

    pub(super) fn link_type(&self) -> LinkType {
        self.link_type
    }

    pub(super) fn snaplen(&self) -> u32 {
        self.snaplen
    }

    pub(super) fn precision(&self) -> Precision {
        match self.variant {
            Variant::Nanos => Precision::Nanos,
            Variant::Micros | Variant::Kuznetzov => Precision::Micros,
        }
    }

    /// `None` when the header is cut.
    fn parse(mut fields: Fields<'_>, order: ByteOrder, variant: Variant) -> Option<Result<Self, Damage>> {
        let _magic = fields.u32()?;
        let (major, minor) = (fields.u16()?, fields.u16()?);
        let (_zone, _accuracy) = (fields.u32()?, fields.u32()?);
        let (snaplen, link_type) = (fields.u32()?, fields.u32()?);
        Some(Self::check(order, variant, (major, minor), snaplen, link_type))
    }

    fn check(
        order: ByteOrder,
        variant: Variant,
        version: (u16, u16),
        snaplen: u32,
        link_type: u32,
    ) -> Result<Self, Damage> {
        let lengths = Lengths::of_version(version)?;
        let link_type = split_link_type(link_type)?;
        let mut snaplen = effective_snaplen(link_type, snaplen);
        if variant == Variant::Kuznetzov && link_type == LinkType::ETHERNET {
            // In cooked mode this patch put an Ethernet header before what the snapshot length had cut.
            snaplen = (snaplen + 14).min(i32::MAX as u32);
        }
        let max_captured = maximum_snaplen(link_type);
        Ok(Self { order, variant, lengths, link_type, snaplen, max_captured })
    }

    /// The part of the header that all variants have.
    #[inline]
    fn record_header(&self, bytes: &[u8]) -> Option<RecordHeader> {
        let mut fields = Fields::new(bytes, self.order);
        let [seconds, fraction, first, second] = [fields.u32()?, fields.u32()?, fields.u32()?, fields.u32()?];
        let (units, scale) = match self.variant {
            Variant::Micros | Variant::Kuznetzov => (1_000_000, 1000),
            Variant::Nanos => (1_000_000_000, 1),
        };
        let mut timestamp = Timestamp { seconds: seconds.into(), nanos: fraction };
        if fraction >= units {
            timestamp.seconds += i64::from(fraction / units);
            timestamp.nanos = fraction % units;
        }
        timestamp.nanos *= scale;
        let captured_first = match self.lengths {
            Lengths::CapturedFirst => true,
            Lengths::OriginalFirst => false,
            Lengths::SmallerIsCaptured => first <= second,
        };
        let (captured, original) = if captured_first { (first, second) } else { (second, first) };
        Some(RecordHeader { timestamp, captured, original })
    }

    /// How many of the captured bytes are delivered: like libpcap at most the snapshot length, and nothing of a frame
    /// that cannot be.
    #[inline]
    fn kept_length(&self, captured: u32) -> Result<u32, Damage> {
        if captured <= self.max_captured {
            Ok(captured.min(self.snaplen))
        } else if captured > self.snaplen {
            Err(Damage::AboveSnaplen { length: captured, snaplen: self.snaplen })
        } else {
            Err(Damage::AboveMaximum { length: captured, maximum: self.max_captured })
        }
    }
}

struct RecordHeader {
    timestamp: Timestamp,
    captured: u32,
    original: u32,
}

impl Lengths {
    /// Versions 2.0 to 2.4, and 543.0, which DG/UX wrote.
    fn of_version((major, minor): (u16, u16)) -> Result<Self, Damage> {
        match (major, minor) {
            (0 | 1, _) => Err(Damage::Archaic),
            (2, 0..=2) | (543, 0) => Ok(Self::OriginalFirst),
            (2, 3) => Ok(Self::SmallerIsCaptured),
            (2, 4) => Ok(Self::CapturedFirst),
            _ => Err(Damage::PcapVersion { major, minor }),
        }
    }
}

/// The link type in the low 16 bits. The high six tell of the frame check sequence, which no reader here needs.
fn split_link_type(word: u32) -> Result<LinkType, Damage> {
    if word & 0x03ff_0000 != 0 {
        return Err(Damage::ReservedLinkTypeBits(word));
    }
    Ok(canonical(word as u16))
}

fn captured_bytes_missing(kept: u32, captured: u32, got: usize) -> Damage {
    // libpcap reads what it keeps first and what it drops after that, which its words show.
    let wanted = if got < kept as usize { kept } else { captured };
    Damage::Truncated { wanted: wanted as usize, part: Part::Captured, got }
}

fn damaged<R: Read>(window: &Window<R>, damage: Damage) -> Error {
    Error::Damaged { damage, offset: window.offset() }
}
