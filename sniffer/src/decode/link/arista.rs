//! The header with a time stamp that Arista's switches put in front of an EtherType.

use super::ethernet::by_type_or_length;
use crate::decode::bytes::be16;
use crate::decode::walk::{Next, View};
use crate::decode::{EtherType, Payload, Protocol, StopReason};

/// Offsets of the fields.
mod field {
    pub(super) const SUBTYPE: usize = 0;
    pub(super) const TIMESCALE: usize = 2;
    pub(super) const FORMAT: usize = 3;
    pub(super) const TIME: usize = 4;
}

/// Bytes in front of the time stamp, of which the first two tell whether there is one.
const HEADER_LEN: usize = 2;

/// Arista's header.
#[derive(Clone, Copy, Debug)]
pub struct Arista<'a> {
    header: &'a [u8; HEADER_LEN],
    whole: Payload<'a>,
}

/// A time stamp: seconds, of which 48 bits have the lowest 16 alone, and nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AristaTime {
    /// The form of 64 bits.
    Full {
        /// Seconds since 1970.
        seconds: u32,
        /// Nanoseconds.
        nanos: u32,
    },
    /// The form of 48 bits.
    Short {
        /// The lowest 16 bits of the seconds.
        seconds: u16,
        /// Nanoseconds.
        nanos: u32,
    },
}

impl<'a> Arista<'a> {
    /// The kind of header that has a time stamp.
    pub const TIME_STAMP: u16 = 1;

    /// The header at the start of `at`, if its kind was captured.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, _) = at.split()?;
        Some(Self { header, whole: at })
    }

    /// What kind of header it is.
    pub fn subtype(&self) -> u16 {
        be16(self.header, field::SUBTYPE)
    }

    /// What the time counts: 0 international atomic time, 1 coordinated universal time.
    pub fn timescale(&self) -> Option<u8> {
        self.whole.get(field::TIMESCALE)
    }

    /// The form of the time stamp: 1 of 64 bits, 2 of 48.
    pub fn format(&self) -> Option<u8> {
        self.whole.get(field::FORMAT).map(|byte: u8| byte >> 4)
    }

    /// The family of switches.
    pub fn hardware(&self) -> Option<u8> {
        self.whole.get(field::FORMAT).map(|byte: u8| byte & 0x0f)
    }

    /// The time stamp; nothing in a form that is not known.
    pub fn time(&self) -> Option<AristaTime> {
        match self.format()? {
            1 => Some(AristaTime::Full {
                seconds: self.whole.get(field::TIME)?,
                nanos: self.whole.get(field::TIME + 4)?,
            }),
            2 => Some(AristaTime::Short {
                seconds: self.whole.get(field::TIME)?,
                nanos: self.whole.get(field::TIME + 2)?,
            }),
            _ => None,
        }
    }

    /// Whether kind and form are known, so that it is known where the header ends.
    pub fn is_known(&self) -> bool {
        self.subtype() == Self::TIME_STAMP && matches!(self.format(), None | Some(1 | 2))
    }

    /// The EtherType that follows.
    pub fn ether_type(&self) -> Option<u16> {
        self.behind()?.get(0)
    }

    /// The header from its first byte on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }

    fn behind(&self) -> Option<Payload<'a>> {
        let time = match self.time()? {
            AristaTime::Full { .. } => 8,
            AristaTime::Short { .. } => 6,
        };
        Some(self.whole.skip(field::TIME + time))
    }
}

impl<'a> View<'a> for Arista<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        let stop = |reason| Next::Stop(reason, Protocol::EtherType(EtherType::Arista));
        if !self.is_known() {
            return (stop(StopReason::Unsupported), self.whole);
        }
        match (self.ether_type(), self.behind()) {
            (Some(ether_type), Some(behind)) => by_type_or_length(ether_type, behind.skip(2)),
            _ => (stop(StopReason::Truncated), self.whole),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_tells_where_the_header_ends() {
        let bytes = [0, 1, 0, 0x11, 0x5c, 0xee, 0xee, 0x17, 0, 0, 0, 9, 8, 0, 0x45];
        let header = Arista::new(Payload::new(&bytes, 15)).unwrap();
        assert_eq!(header.time(), Some(AristaTime::Full { seconds: 0x5cee_ee17, nanos: 9 }));
        assert_eq!((header.ether_type(), header.next().1.bytes()), (Some(0x0800), &[0x45][..]));
        let bytes = [0, 1, 1, 0x20, 0xee, 0x17, 0, 0, 0, 9, 0x08, 0x06];
        let header = Arista::new(Payload::new(&bytes, 12)).unwrap();
        assert_eq!(header.time(), Some(AristaTime::Short { seconds: 0xee17, nanos: 9 }));
        assert_eq!(header.ether_type(), Some(0x0806));
        assert!(!Arista::new(Payload::new(&[0, 1, 0, 0x30], 4)).unwrap().is_known());
    }
}
