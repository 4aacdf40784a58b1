//! HSRP version 0, RFC 2281.

use std::net::Ipv4Addr;

use crate::decode::Payload;
use crate::decode::walk::{Next, View};

/// Offsets of the fields.
mod field {
    pub(super) const VERSION: usize = 0;
    pub(super) const OPERATION: usize = 1;
    pub(super) const STATE: usize = 2;
    pub(super) const HELLO_TIME: usize = 3;
    pub(super) const HOLD_TIME: usize = 4;
    pub(super) const PRIORITY: usize = 5;
    pub(super) const AUTHENTICATION: usize = 8;
    pub(super) const GROUP: usize = 6;
    pub(super) const RESERVED: usize = 7;
    pub(super) const VIRTUAL_ADDRESS: usize = 16;
}

/// A message of the hot standby router protocol.
#[derive(Clone, Copy, Debug)]
pub struct Hsrp<'a> {
    version: u8,
    whole: Payload<'a>,
}

impl<'a> Hsrp<'a> {
    /// The message at the start of `at`, if its version was captured.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let version = *at.bytes().get(field::VERSION)?;
        Some(Self { version, whole: at })
    }

    /// The version; only 0 is understood.
    pub fn version(&self) -> u8 {
        self.version
    }

    /// What is said: 0 hello, 1 coup, 2 resign.
    pub fn operation(&self) -> Option<u8> {
        self.byte(field::OPERATION)
    }

    /// The sender's state.
    pub fn state(&self) -> Option<u8> {
        self.byte(field::STATE)
    }

    /// Seconds between two hellos.
    pub fn hello_time(&self) -> Option<u8> {
        self.byte(field::HELLO_TIME)
    }

    /// Seconds for which a hello holds.
    pub fn hold_time(&self) -> Option<u8> {
        self.byte(field::HOLD_TIME)
    }

    /// The priority: the highest becomes active.
    pub fn priority(&self) -> Option<u8> {
        self.byte(field::PRIORITY)
    }

    /// The password, padded with zeros.
    pub fn authentication(&self) -> Option<[u8; 8]> {
        self.whole.get(field::AUTHENTICATION)
    }

    /// The group of routers.
    pub fn group(&self) -> Option<u8> {
        self.byte(field::GROUP)
    }

    /// A byte that is to be 0.
    pub fn reserved(&self) -> Option<u8> {
        self.byte(field::RESERVED)
    }

    /// The address that the group shares.
    pub fn virtual_address(&self) -> Option<Ipv4Addr> {
        let bytes = self.whole.bytes().get(field::VIRTUAL_ADDRESS..)?.first_chunk::<4>()?;
        Some(Ipv4Addr::from(*bytes))
    }

    /// The message from its version on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.whole.bytes().get(at).copied()
    }
}

impl<'a> View<'a> for Hsrp<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_where_rfc_2281_puts_them() {
        let bytes = [0, 1, 16, 3, 10, 100, 7, 0, b'c', b'i', b's', b'c', b'o', 0, 0, 0, 192, 168, 0, 1];
        let hsrp = Hsrp::new(Payload::new(&bytes, 20)).unwrap();
        assert_eq!((hsrp.version(), hsrp.operation(), hsrp.state()), (0, Some(1), Some(16)));
        assert_eq!((hsrp.group(), hsrp.virtual_address()), (Some(7), Some(Ipv4Addr::new(192, 168, 0, 1))));
        assert_eq!(Hsrp::new(Payload::new(&bytes[..19], 20)).unwrap().virtual_address(), None);
    }
}
