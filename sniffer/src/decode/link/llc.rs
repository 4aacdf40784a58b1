//! IEEE 802.2 logical link control: service access points and the control field.

use crate::decode::walk::{Next, View};
use crate::decode::{EtherType, Payload, Protocol, StopReason};

/// Offsets of the fields.
mod field {
    pub(super) const DSAP: usize = 0;
    pub(super) const SSAP: usize = 1;
    pub(super) const CONTROL: usize = 2;
}

/// Bytes of the shortest header: both access points and one byte of control.
const HEADER_LEN: usize = 3;
/// The access point of SNAP.
const SAP_SNAP: u8 = 0xaa;
/// The access point of the spanning tree protocols.
const SAP_STP: u8 = 0x42;
/// The access point of the protocols of OSI.
const SAP_OSI: u8 = 0xfe;
/// The access point of IP.
const SAP_IP: u8 = 0x06;
/// The access point of IPX.
const SAP_IPX: u8 = 0xe0;
/// The access point of Novell's raw 802.3 frames: no LLC at all, an IPX checksum.
const SAP_GLOBAL: u8 = 0xff;
/// Control field of unnumbered information.
const UI: u8 = 0x03;

/// An LLC header.
#[derive(Clone, Copy, Debug)]
pub struct Llc<'a> {
    header: &'a [u8; HEADER_LEN],
    whole: Payload<'a>,
}

/// The three forms of the control field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LlcControl {
    /// One byte: a command without sequence numbers. The poll/final bit is kept.
    Unnumbered(u8),
    /// Two bytes: acknowledgements.
    Supervisory(u16),
    /// Two bytes: numbered data.
    Information(u16),
}

impl<'a> Llc<'a> {
    /// The header at the start of `at`, if it was captured whole.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, _) = at.split()?;
        Some(Self { header, whole: at }).filter(|llc| at.bytes().len() >= llc.header_len())
    }

    /// Destination access point with its group bit.
    pub fn dsap(&self) -> u8 {
        self.header[field::DSAP]
    }

    /// Source access point with its response bit.
    pub fn ssap(&self) -> u8 {
        self.header[field::SSAP]
    }

    /// The control field; two-byte forms have their first byte in the low half.
    pub fn control(&self) -> LlcControl {
        let first = self.header[field::CONTROL];
        let both = u16::from_le_bytes([first, self.whole.bytes().get(HEADER_LEN).copied().unwrap_or(0)]);
        match first & 3 {
            3 => LlcControl::Unnumbered(first),
            1 => LlcControl::Supervisory(both),
            _ => LlcControl::Information(both),
        }
    }

    /// Whether a packet of IPX follows.
    pub fn is_ipx(&self) -> bool {
        (self.dsap(), self.ssap(), self.header[field::CONTROL]) == (SAP_IPX, SAP_IPX, UI)
    }

    /// Whether this is no header at all, but the start of a packet of IPX.
    pub fn is_raw_ipx(&self) -> bool {
        self.dsap() == SAP_GLOBAL && self.ssap() == SAP_GLOBAL
    }

    /// Bytes of the header: 3 for unnumbered frames, 4 for the others.
    pub fn header_len(&self) -> usize {
        if self.is_raw_ipx() {
            return 0;
        }
        if self.header[field::CONTROL] & 3 == 3 { HEADER_LEN } else { HEADER_LEN + 1 }
    }

    /// The frame from the first access point on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }

    /// What the header is followed by.
    pub fn payload(&self) -> Payload<'a> {
        self.whole.skip(self.header_len())
    }
}

impl<'a> View<'a> for Llc<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        match (self.dsap(), self.ssap(), self.header[field::CONTROL]) {
            (SAP_SNAP, SAP_SNAP, UI) => (Next::Decode(Protocol::Snap), self.payload()),
            (SAP_STP, SAP_STP, UI) => (Next::Decode(Protocol::SpanningTree), self.payload()),
            (SAP_OSI, SAP_OSI, UI) => (Next::Decode(Protocol::Osi), self.payload()),
            (SAP_IP, SAP_IP, UI) => (Next::Decode(Protocol::EtherType(EtherType::Ipv4)), self.payload()),
            (SAP_IPX, SAP_IPX, UI) => (Next::Decode(Protocol::Ipx), self.payload()),
            (SAP_GLOBAL, SAP_GLOBAL, _) => (Next::Decode(Protocol::Ipx), self.whole),
            _ => (Next::Stop(StopReason::Unsupported, Protocol::Payload), self.payload()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_control_field_is_one_or_two_bytes() {
        let check = |bytes: &[u8], control: LlcControl, payload: &[u8]| {
            let llc = Llc::new(Payload::new(bytes, bytes.len() as u32)).unwrap();
            assert_eq!((llc.control(), llc.payload().bytes()), (control, payload));
        };
        check(&[0x42, 0x42, 0x03, 7], LlcControl::Unnumbered(0x03), &[7]);
        check(&[0xf0, 0xf0, 0x01, 0x06, 7], LlcControl::Supervisory(0x0601), &[7]);
        check(&[0xf0, 0xf0, 0x02, 0x06, 7], LlcControl::Information(0x0602), &[7]);
        assert!(Llc::new(Payload::new(&[0xf0, 0xf0, 0x02], 3)).is_none());
    }
}
