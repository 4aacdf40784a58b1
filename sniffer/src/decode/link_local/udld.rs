//! The unidirectional link detection protocol, RFC 5171, behind SNAP.

use crate::decode::CiscoElement;
use crate::decode::message::message;

message! {
    /// A message of unidirectional link detection.
    Udld {
        /// The version in the three highest bits, in the others what is said.
        first: u8 = 0,
        /// Flags: 1 recommended timeout, 2 resynchronise.
        flags: u8 = 1,
        /// The checksum as sent.
        checksum: u16 = 2,
    }
}

impl<'a> Udld<'a> {
    /// The element that names the device.
    pub const DEVICE: u16 = 1;
    /// The element that names the port.
    pub const PORT: u16 = 2;
    /// Bytes of the header.
    pub const HEADER_LEN: usize = 4;

    /// The elements that are captured, up to one whose length cannot be.
    pub fn elements(&self) -> impl Iterator<Item = CiscoElement<'a>> + use<'a> {
        CiscoElement::all(self.whole().skip(Self::HEADER_LEN))
    }

    /// The version.
    pub fn version(&self) -> Option<u8> {
        self.first().map(|first| first >> 5)
    }

    /// What is said: 1 probe, 2 echo, 3 flush.
    pub fn operation(&self) -> Option<u8> {
        self.first().map(|first| first & 0x1f)
    }
}
