//! BFD control packets, RFC 5880.

use super::walk::Next;
use super::{Application, Payload};

/// Offsets of the fields.
mod field {
    pub(super) const VERSION_DIAGNOSTIC: usize = 0;
    pub(super) const STATE_FLAGS: usize = 1;
    pub(super) const LENGTH: usize = 3;
}

/// Bytes that a summary needs.
const HEADER_LEN: usize = 4;

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

    /// The packet from its version on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }

    pub(super) fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.whole.skip(HEADER_LEN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn state_and_flags_share_a_byte() {
        let bfd = Bfd::new(Payload::new(&[0x20, 0xe0, 3, 24], 24), Application::BfdControl).unwrap();
        assert_eq!((bfd.version(), bfd.state(), bfd.flags(), bfd.length()), (1, 3, 0x20, 24));
    }
}
