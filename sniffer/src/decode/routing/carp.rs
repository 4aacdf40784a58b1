//! CARP: how hosts of the BSDs share an address. It has VRRP's number.

use crate::decode::message::message;

message! {
    /// A packet of CARP.
    Carp {
        /// Version, and type in the lower half.
        version_type: u8 = 0,
        /// The virtual host.
        host: u8 = 1,
        /// How much later than others the sender advertises, in 256ths of a second.
        skew: u8 = 2,
        /// Words of what counter and digest take.
        authentication_len: u8 = 3,
        /// Seconds between advertisements.
        base: u8 = 5,
        /// The checksum as sent.
        checksum: u16 = 6,
        /// What keeps advertisements from being repeated by others.
        counter: u64 = 8,
    }
}

impl Carp<'_> {
    /// The version.
    pub fn version(&self) -> Option<u8> {
        self.version_type().map(|both| both >> 4)
    }

    /// The type; 1 is an advertisement, and there is no other.
    pub fn kind(&self) -> Option<u8> {
        self.version_type().map(|both| both & 0x0f)
    }

    /// Whether this is an advertisement of the version that there is.
    pub fn is_advertisement(&self) -> bool {
        (self.version(), self.kind()) == (Some(2), Some(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Payload;

    #[test]
    fn fields_are_where_hosts_put_them() {
        let bytes = [0x21, 7, 100, 7, 0, 1, 0x12, 0x34, 0, 0, 0, 0, 0, 0, 1, 2, 9];
        let carp = Carp::new(Payload::new(&bytes, 36));
        assert!(carp.is_advertisement());
        assert_eq!((carp.host(), carp.skew(), carp.base()), (Some(7), Some(100), Some(1)));
        assert_eq!((carp.checksum(), carp.counter()), (Some(0x1234), Some(0x102)));
    }
}
