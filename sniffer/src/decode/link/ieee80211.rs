//! IEEE 802.11: the header of a frame.

use crate::decode::walk::{Next, View};
use crate::decode::{Payload, Protocol, StopReason};

/// A frame of IEEE 802.11.
#[derive(Clone, Copy, Debug)]
pub struct Ieee80211<'a> {
    control: u16,
    whole: Payload<'a>,
    header_len: usize,
}

/// The types of frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ieee80211Kind {
    /// Beacons, probes, associations.
    Management,
    /// Acknowledgements and the like.
    Control,
    /// Data.
    Data,
    /// A type of its own.
    Extension,
}

impl<'a> Ieee80211<'a> {
    /// The element with the name of a network.
    pub const NAME: u8 = 0;
    /// The element with the channel of a network.
    pub const CHANNEL: u8 = 3;

    /// The frame at the start of `at`, if its header was captured whole; some radios pad it to four bytes.
    pub fn new(at: Payload<'a>, is_padded: bool) -> Option<Self> {
        let control = u16::from_le_bytes(at.get(0)?);
        let mut frame = Self { control, whole: at, header_len: 0 };
        let len = frame.known_header_len().unwrap_or(0);
        frame.header_len = if is_padded { len.next_multiple_of(4) } else { len };
        (at.bytes().len() >= frame.header_len).then_some(frame)
    }

    /// The type.
    pub fn kind(&self) -> Ieee80211Kind {
        match self.control >> 2 & 3 {
            0 => Ieee80211Kind::Management,
            1 => Ieee80211Kind::Control,
            2 => Ieee80211Kind::Data,
            _ => Ieee80211Kind::Extension,
        }
    }

    /// The subtype, in the numbers of the type.
    pub fn subtype(&self) -> u8 {
        (self.control >> 4) as u8 & 0x0f
    }

    /// Whether the frame goes to the distribution system: 802.11's name for what joins access points.
    pub fn to_distribution(&self) -> bool {
        self.control & 0x0100 != 0
    }

    /// Whether the frame comes from the distribution system.
    pub fn from_distribution(&self) -> bool {
        self.control & 0x0200 != 0
    }

    /// Whether what follows the header is encrypted.
    pub fn is_protected(&self) -> bool {
        self.control & 0x4000 != 0
    }

    /// Whether a data frame has no data.
    pub fn is_null(&self) -> bool {
        self.subtype() & 4 != 0
    }

    /// Whether a data frame has a field for the quality of service.
    pub fn has_quality(&self) -> bool {
        self.subtype() & 8 != 0
    }

    /// The control field, little-endian on the wire.
    pub fn control(&self) -> u16 {
        self.control
    }

    /// Bytes of the header by its type; nothing where the type is not known.
    pub fn known_header_len(&self) -> Option<usize> {
        Some(match self.kind() {
            Ieee80211Kind::Management => 24,
            Ieee80211Kind::Data => {
                let has_four = self.to_distribution() && self.from_distribution();
                let quality_len = if self.has_quality() { 2 } else { 0 };
                if has_four { 30 + quality_len } else { 24 + quality_len }
            }
            Ieee80211Kind::Control => match self.subtype() {
                8 => 20,
                7 | 10 | 11 | 14 | 15 => 16,
                9 | 12 | 13 => 10,
                _ => return None,
            },
            Ieee80211Kind::Extension => return None,
        })
    }

    /// The address at an offset of the header, where the header has it.
    pub fn address(&self, offset: usize) -> Option<[u8; 6]> {
        self.whole.get(offset)
    }

    /// Sender and receiver of management and data, by the flags of the distribution system.
    pub fn source_and_destination(&self) -> Option<([u8; 6], [u8; 6])> {
        let (source, destination) = match (self.to_distribution(), self.from_distribution()) {
            _ if self.kind() == Ieee80211Kind::Management => (10, 4),
            (false, false) => (10, 4),
            (false, true) => (16, 4),
            (true, false) => (10, 16),
            (true, true) => (24, 16),
        };
        Some((self.address(source)?, self.address(destination)?))
    }

    /// The frame from its first byte on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }

    /// What the header is followed by.
    pub fn payload(&self) -> Payload<'a> {
        self.whole.skip(self.header_len)
    }

    /// The network that the frame belongs to, by the address of its access point; none between access points.
    pub fn network(&self) -> Option<[u8; 6]> {
        let offset = match (self.kind(), self.to_distribution(), self.from_distribution()) {
            (Ieee80211Kind::Management, ..) | (Ieee80211Kind::Data, false, false) => 16,
            (Ieee80211Kind::Data, false, true) => 10,
            (Ieee80211Kind::Data, true, false) => 4,
            _ => return None,
        };
        self.address(offset)
    }

    /// Bytes in front of the elements in the body of a management frame that has some.
    fn fixed_len(&self) -> Option<usize> {
        match self.subtype() {
            _ if self.kind() != Ieee80211Kind::Management || self.is_protected() => None,
            0 => Some(4),
            1 | 3 | 11 => Some(6),
            2 => Some(10),
            4 => Some(0),
            5 | 8 => Some(12),
            _ => None,
        }
    }

    /// The elements of a management frame as type and value; `None` for one that does not fit or was not captured whole,
    /// which is the last. Nothing where the frame has no elements, or what is in front of them was not captured.
    pub fn elements(&self) -> Option<impl Iterator<Item = Option<(u8, &'a [u8])>> + use<'a>> {
        let fixed_len = self.fixed_len()?;
        self.payload().bytes().get(..fixed_len)?;
        let mut rest = self.payload().skip(fixed_len);
        Some(std::iter::from_fn(move || {
            if rest.claimed() == 0 {
                return None;
            }
            let element = element(&mut rest);
            if element.is_none() {
                rest = Payload::EMPTY;
            }
            Some(element)
        }))
    }
}

impl<'a> View<'a> for Ieee80211<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        let is_clear = self.kind() == Ieee80211Kind::Data && !self.is_null() && !self.is_protected();
        let next = if is_clear {
            Next::Decode(Protocol::Llc)
        } else {
            Next::Stop(StopReason::End, Protocol::Payload)
        };
        (next, self.payload())
    }
}

fn element<'a>(rest: &mut Payload<'a>) -> Option<(u8, &'a [u8])> {
    let [kind, len]: [u8; 2] = rest.read()?;
    let value = rest.bytes().get(..len.into())?;
    *rest = rest.skip(len.into());
    Some((kind, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_control_field_tells_where_addresses_are() {
        let mut bytes = [0; 30];
        bytes[..2].copy_from_slice(&[0x08, 0x03]);
        (bytes[16], bytes[24]) = (7, 9);
        let frame = Ieee80211::new(Payload::new(&bytes, 30), false).unwrap();
        assert_eq!(frame.kind(), Ieee80211Kind::Data);
        assert_eq!(frame.source_and_destination(), Some(([9, 0, 0, 0, 0, 0], [7, 0, 0, 0, 0, 0])));
        assert!(Ieee80211::new(Payload::new(&bytes[..29], 30), false).is_none());
    }

    #[test]
    fn elements_end_where_one_does_not_fit() {
        let mut bytes = vec![0x40, 0];
        bytes.resize(24, 0);
        bytes.extend([0, 2, b'a', b'b', 1, 9, 1]);
        let frame = Ieee80211::new(Payload::new(&bytes, 31), false).unwrap();
        assert_eq!(frame.elements().unwrap().collect::<Vec<_>>(), [Some((0, &b"ab"[..])), None]);
        // A beacon has twelve bytes in front of them.
        bytes[0] = 0x80;
        let frame = Ieee80211::new(Payload::new(&bytes, 31), false).unwrap();
        assert!(frame.elements().is_none());
    }
}
