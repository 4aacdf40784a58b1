//! NTP, RFC 5905.

use crate::decode::Payload;
use crate::decode::walk::{Next, View};

/// An NTP message.
#[derive(Clone, Copy, Debug)]
pub struct Ntp<'a> {
    flags: u8,
    whole: Payload<'a>,
}

impl<'a> Ntp<'a> {
    /// The message at the start of `at`, if its first byte was captured.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let flags = *at.bytes().first()?;
        Some(Self { flags, whole: at })
    }

    /// The leap indicator: 0 to 3, of which 3 is an unsynchronised clock.
    pub fn leap(&self) -> u8 {
        self.flags >> 6
    }

    /// The version.
    pub fn version(&self) -> u8 {
        self.flags >> 3 & 7
    }

    /// The mode: 1 and 2 symmetric, 3 client, 4 server, 5 broadcast, 6 control.
    pub fn mode(&self) -> u8 {
        self.flags & 7
    }

    /// The message from its first byte on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }
}

impl<'a> View<'a> for Ntp<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_holds_leap_version_and_mode() {
        let ntp = Ntp::new(Payload::new(&[0xe3; 48], 48)).unwrap();
        assert_eq!((ntp.leap(), ntp.version(), ntp.mode(), ntp.whole().claimed()), (3, 4, 3, 48));
    }
}
