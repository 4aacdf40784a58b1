//! UDP, RFC 768.

use crate::decode::bytes::be16;
use crate::decode::walk::{Next, View};
use crate::decode::{Application, ForcedType, Nfs, Payload, Protocol};

/// Offsets of the fields.
mod field {
    pub(super) const SOURCE_PORT: usize = 0;
    pub(super) const DESTINATION_PORT: usize = 2;
    pub(super) const LENGTH: usize = 4;
    pub(super) const CHECKSUM: usize = 6;
}

/// Bytes of the header.
const HEADER_LEN: usize = 8;

/// A UDP header.
#[derive(Clone, Copy, Debug)]
pub struct Udp<'a> {
    header: &'a [u8; HEADER_LEN],
    around: Payload<'a>,
    forced: Option<ForcedType>,
}

impl<'a> Udp<'a> {
    /// The header at the start of `at`, if it was captured whole.
    #[inline]
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, _) = at.split()?;
        Some(Self { header, around: at, forced: None })
    }

    /// The same where somebody says what it holds, if that is so.
    #[inline]
    #[must_use]
    pub(in crate::decode) fn of_type(self, forced: Option<ForcedType>) -> Self {
        Self { forced, ..self }
    }

    /// The sender's port.
    pub fn source_port(&self) -> u16 {
        be16(self.header, field::SOURCE_PORT)
    }

    /// The receiver's port.
    pub fn destination_port(&self) -> u16 {
        be16(self.header, field::DESTINATION_PORT)
    }

    /// Bytes of header and payload, as the header claims.
    pub fn length(&self) -> u16 {
        be16(self.header, field::LENGTH)
    }

    /// The checksum as sent; 0 means none over IPv4.
    pub fn checksum(&self) -> u16 {
        be16(self.header, field::CHECKSUM)
    }

    /// Whether the length field has room for the header.
    pub fn is_well_formed(&self) -> bool {
        self.length() as usize >= HEADER_LEN
    }

    /// Bytes of payload as the header claims, or as the IP layer does where the header says less than its own size.
    #[inline]
    pub fn payload_len(&self) -> u32 {
        u32::from(self.length()).checked_sub(HEADER_LEN as u32).unwrap_or(self.behind().claimed())
    }

    /// The protocol that somebody says is inside, where that has datagrams.
    #[inline]
    pub fn forced(&self) -> Option<Application> {
        self.forced?.datagram
    }

    /// The protocol that is said to be inside, or that the ports tell; of NFS with its first words.
    #[inline]
    pub fn application(&self) -> Option<Application> {
        if let Some(forced) = self.forced {
            return forced.datagram;
        }
        let (source, destination) = (self.source_port(), self.destination_port());
        if Nfs::is_message(source, destination, self.payload(), false) {
            return Some(Application::Nfs);
        }
        Application::by_udp_ports(source, destination)
    }

    /// What the IP layer has room for behind this header, whatever the length field says.
    pub fn behind(&self) -> Payload<'a> {
        self.around.skip(HEADER_LEN)
    }

    /// Header and payload, as header and IP packet agree.
    pub fn whole(&self) -> Payload<'a> {
        self.around.with_claim(self.payload().claimed() + HEADER_LEN as u32)
    }

    /// What the header is followed by: the smaller of its claim and the room in the IP packet.
    #[inline]
    pub fn payload(&self) -> Payload<'a> {
        self.behind().with_claim(self.payload_len().min(self.behind().claimed()))
    }
}

impl<'a> View<'a> for Udp<'a> {
    #[inline]
    fn next(&self) -> (Next, Payload<'a>) {
        if !self.is_well_formed() {
            return (Next::MALFORMED, self.behind());
        }
        let payload = self.payload();
        let by_content = || {
            let may_guess = self.forced.is_none();
            let (source, destination) = (self.source_port(), self.destination_port());
            may_guess.then(|| Application::by_udp_content(source, destination, payload.bytes()))?
        };
        match self.application().or_else(by_content) {
            Some(application) => (Next::Decode(Protocol::Application(application)), payload),
            None => (Next::END, payload),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_payload_is_bounded_by_both_lengths() {
        let check = |length: u8, claimed: u32, expected: (u32, &[u8])| {
            let bytes = [0, 7, 0x12, 0x34, 0, length, 0xab, 0xcd, 1, 2, 3];
            let udp = Udp::new(Payload::new(&bytes, claimed)).unwrap();
            assert_eq!((udp.source_port(), udp.destination_port(), udp.checksum()), (7, 0x1234, 0xabcd));
            assert_eq!((udp.payload().claimed(), udp.payload().bytes()), expected);
        };
        check(10, 11, (2, &[1, 2]));
        check(11, 11, (3, &[1, 2, 3]));
        check(20, 11, (3, &[1, 2, 3]));
        check(20, 20, (12, &[1, 2, 3]));
    }
}
