//! Sound of the programs vat and vt, which were before RTP.

use crate::decode::message::message;

message! {
    /// A datagram of vat or vt.
    Vat {
        /// What tells the two apart; of vt, the time in the lower ten bits.
        first: u16 = 0,
        /// Flags, format, source and conference of vat.
        head: u32 = 0,
        /// When it was taken, of vat.
        timestamp: u32 = 4,
    }
}

impl Vat<'_> {
    /// Bytes of vat's header.
    pub const HEADER_LEN: u32 = 8;

    /// Whether this is rather vt.
    pub fn is_vt(&self) -> Option<bool> {
        self.first().map(|first| first & 0xf060 != 0)
    }

    /// The conference.
    pub fn conference(&self) -> Option<u16> {
        self.head().map(|head| head as u16)
    }

    /// Whether talk begins.
    pub fn is_start(&self) -> Option<bool> {
        self.head().map(|head| head & 0x0080_0000 != 0)
    }

    /// How the sound is coded.
    pub fn format(&self) -> Option<u8> {
        self.head().map(|head| (head >> 16) as u8 & 0x1f)
    }

    /// How many sources were mixed.
    pub fn sources(&self) -> Option<u8> {
        self.head().map(|head| (head >> 24) as u8 & 0x3f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Payload;

    #[test]
    fn vat_is_told_from_vt_by_its_first_bits() {
        let vat = Vat::new(Payload::new(&[0x0a, 0x9f, 0, 1, 0, 0, 0, 7], 8));
        assert_eq!((vat.is_vt(), vat.conference(), vat.is_start()), (Some(false), Some(1), Some(true)));
        assert_eq!((vat.format(), vat.sources(), vat.timestamp()), (Some(31), Some(10), Some(7)));
        assert_eq!(Vat::new(Payload::new(&[0xf3, 0xff], 2)).is_vt(), Some(true));
    }
}
