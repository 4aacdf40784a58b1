//! The spanning tree protocols of IEEE 802.1D, 802.1w and 802.1s: configuration and topology change messages.

use super::Payload;
use super::bytes::{array, be16};
use super::walk::Next;

/// Offsets of the fields. Those behind the type are only in configuration messages.
mod field {
    pub(super) const PROTOCOL: usize = 0;
    pub(super) const VERSION: usize = 2;
    pub(super) const TYPE: usize = 3;
    pub(super) const FLAGS: usize = 4;
    pub(super) const BRIDGE: usize = 17;
    pub(super) const BRIDGE_ADDRESS: usize = 19;
    pub(super) const PORT: usize = 25;
}

/// Bytes of every message.
const HEADER_LEN: usize = 4;
/// Bytes of a configuration message up to its times.
const CONFIG_LEN: usize = 27;

/// A spanning tree message.
#[derive(Clone, Copy, Debug)]
pub struct Stp<'a> {
    header: &'a [u8; HEADER_LEN],
    whole: Payload<'a>,
}

impl<'a> Stp<'a> {
    /// The message at the start of `at`, if its type was captured.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, _) = at.split()?;
        Some(Self { header, whole: at })
    }

    /// The protocol: 0.
    pub fn protocol(&self) -> u16 {
        be16(self.header, field::PROTOCOL)
    }

    /// The version: 0 IEEE 802.1D, 2 rapid, 3 multiple, 4 shortest path.
    pub fn version(&self) -> u8 {
        self.header[field::VERSION]
    }

    /// The type: 0 configuration, 2 rapid, 0x80 topology change.
    pub fn kind(&self) -> u8 {
        self.header[field::TYPE]
    }

    /// The flags of a configuration message.
    pub fn flags(&self) -> Option<u8> {
        self.config().map(|config| config[field::FLAGS])
    }

    /// The sender's priority and MAC address.
    pub fn bridge(&self) -> Option<(u16, [u8; 6])> {
        self.config().map(|config| (be16(config, field::BRIDGE), array(config, field::BRIDGE_ADDRESS)))
    }

    /// The sender's port.
    pub fn port(&self) -> Option<u16> {
        self.config().map(|config| be16(config, field::PORT))
    }

    /// The message from its protocol on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }

    pub(super) fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.whole.skip(HEADER_LEN))
    }

    fn config(&self) -> Option<&'a [u8; CONFIG_LEN]> {
        self.whole.bytes().first_chunk()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_names_its_bridge_and_port() {
        let mut bytes = [0; 35];
        bytes[2..5].copy_from_slice(&[2, 2, 0x3c]);
        bytes[17..27].copy_from_slice(&[0x80, 1, 0, 0x19, 6, 0xea, 0xb8, 0x80, 0x80, 5]);
        let stp = Stp::new(Payload::new(&bytes, 35)).unwrap();
        assert_eq!((stp.protocol(), stp.version(), stp.kind(), stp.flags()), (0, 2, 2, Some(0x3c)));
        assert_eq!(stp.bridge(), Some((0x8001, [0, 0x19, 6, 0xea, 0xb8, 0x80])));
        assert_eq!(stp.port(), Some(0x8005));
        assert_eq!(Stp::new(Payload::new(&bytes[..26], 35)).unwrap().port(), None);
    }
}
