//! The precision time protocol, IEEE 1588: over Ethernet and UDP.

use crate::decode::message::message;

message! {
    /// A message of the precision time protocol.
    Ptp {
        /// Bits that the transport defines, and in the lower half the type: 0 sync, 8 follow up, 11 announce.
        first: u8 = 0,
        /// The version; only 2 is understood.
        version: u8 = 1,
        /// Bytes of the message, as it claims.
        length: u16 = 2,
        /// The domain of clocks.
        domain: u8 = 4,
        /// A byte that is to be 0.
        reserved: u8 = 5,
        /// Flags, such as 0x200 two steps.
        flags: u16 = 6,
        /// Nanoseconds to be added to the time stamp.
        correction: [u8; 6] = 8,
        /// Parts of a nanosecond to be added, in units of 2⁻¹⁶.
        fine_correction: u16 = 14,
        /// What the type defines.
        specific: u32 = 16,
        /// The sender's clock.
        clock: u64 = 20,
        /// The sender's port.
        port: u16 = 28,
        /// The number of the message.
        sequence: u16 = 30,
        /// The type in the numbers of version 1.
        control: u8 = 32,
        /// The time between two messages, as a power of two.
        interval: u8 = 33,
    }
}

impl Ptp<'_> {
    /// Bytes of the header.
    pub const HEADER_LEN: usize = 34;

    /// The type: the lower half of the first byte.
    pub fn kind(&self) -> Option<u8> {
        self.first().map(|first| first & 0x0f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Payload;

    #[test]
    fn fields_are_where_ieee_1588_puts_them() {
        let mut bytes = [0; 44];
        bytes[..8].copy_from_slice(&[0x18, 2, 0, 44, 3, 0, 2, 0]);
        bytes[28..34].copy_from_slice(&[0, 7, 0, 9, 2, 1]);
        let ptp = Ptp::new(Payload::new(&bytes, 44));
        assert_eq!(
            (ptp.kind(), ptp.version(), ptp.length(), ptp.domain()),
            (Some(8), Some(2), Some(44), Some(3))
        );
        assert_eq!((ptp.flags(), ptp.port(), ptp.sequence()), (Some(0x200), Some(7), Some(9)));
        assert_eq!((ptp.control(), ptp.interval()), (Some(2), Some(1)));
        assert_eq!(Ptp::new(Payload::new(&bytes[..31], 44)).sequence(), None);
    }
}
