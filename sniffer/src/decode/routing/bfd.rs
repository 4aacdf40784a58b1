//! BFD control packets, RFC 5880.

use crate::decode::bytes::be32;
use crate::decode::walk::{Next, View};
use crate::decode::{Application, Payload};

/// Offsets of the fields.
mod field {
    pub(super) const VERSION_DIAGNOSTIC: usize = 0;
    pub(super) const STATE_FLAGS: usize = 1;
    pub(super) const MULTIPLIER: usize = 2;
    pub(super) const LENGTH: usize = 3;
    pub(super) const DISCRIMINATORS: usize = 4;
    pub(super) const INTERVALS: usize = 12;
}

/// Bytes that a summary needs.
const HEADER_LEN: usize = 24;

/// A BFD control packet.
#[derive(Clone, Copy, Debug)]
pub struct Bfd<'a> {
    application: Application,
    header: &'a [u8; HEADER_LEN],
    whole: Payload<'a>,
}

impl<'a> Bfd<'a> {
    /// The packet at the start of `at`, if its first fields were captured.
    pub fn new(at: Payload<'a>, application: Application) -> Option<Self> {
        let (header, _) = at.split()?;
        Some(Self { application, header, whole: at })
    }

    /// Which kind of session the port stands for.
    pub fn application(&self) -> Application {
        self.application
    }

    /// The version.
    pub fn version(&self) -> u8 {
        self.header[field::VERSION_DIAGNOSTIC] >> 5
    }

    /// The sender's state: 0 administratively down, 1 down, 2 init, 3 up.
    pub fn state(&self) -> u8 {
        self.header[field::STATE_FLAGS] >> 6
    }

    /// The flags: poll, final, control plane independent, authentication present, demand, multipoint from the top.
    pub fn flags(&self) -> u8 {
        self.header[field::STATE_FLAGS] & 0x3f
    }

    /// Bytes of the packet, as it claims.
    pub fn length(&self) -> u8 {
        self.header[field::LENGTH]
    }

    /// Why the session went down (RFC 5880 section 4.1).
    pub fn diagnostic(&self) -> u8 {
        self.header[field::VERSION_DIAGNOSTIC] & 0x1f
    }

    /// State and flags in one byte, which in version 0 is flags alone.
    pub fn state_and_flags(&self) -> u8 {
        self.header[field::STATE_FLAGS]
    }

    /// How many packets may be missing.
    pub fn multiplier(&self) -> u8 {
        self.header[field::MULTIPLIER]
    }

    /// The numbers of the session, the sender's and the other's.
    pub fn discriminators(&self) -> [u32; 2] {
        [be32(self.header, field::DISCRIMINATORS), be32(self.header, field::DISCRIMINATORS + 4)]
    }

    /// Microseconds: between packets as the sender wants it, as it can take it, and between echoes.
    pub fn intervals(&self) -> [u32; 3] {
        [0, 4, 8].map(|at| be32(self.header, field::INTERVALS + at))
    }

    /// What proves who sent the packet, where the flags tell of it.
    pub fn authentication(&self) -> Payload<'a> {
        self.whole.skip(HEADER_LEN)
    }

    /// The packet from its version on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }
}

impl<'a> View<'a> for Bfd<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.whole.skip(HEADER_LEN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn state_and_flags_share_a_byte() {
        let mut bytes = [0; 24];
        bytes[..8].copy_from_slice(&[0x21, 0xe0, 3, 24, 0, 0, 0, 7]);
        bytes[20..].copy_from_slice(&[0, 0, 0, 9]);
        let bfd = Bfd::new(Payload::new(&bytes, 24), Application::BfdControl).unwrap();
        assert_eq!((bfd.version(), bfd.state(), bfd.flags(), bfd.length()), (1, 3, 0x20, 24));
        assert_eq!((bfd.diagnostic(), bfd.multiplier()), (1, 3));
        assert_eq!((bfd.discriminators(), bfd.intervals()), ([7, 0], [0, 0, 9]));
    }
}
