//! TCP, RFC 9293.

use crate::decode::bytes::{be16, be32};
use crate::decode::walk::{Next, View};
use crate::decode::{Application, ForcedType, Nfs, Payload, Protocol, StopReason, TcpOptions};

/// Offsets of the fields.
mod field {
    pub(super) const SOURCE_PORT: usize = 0;
    pub(super) const DESTINATION_PORT: usize = 2;
    pub(super) const SEQUENCE: usize = 4;
    pub(super) const ACKNOWLEDGEMENT: usize = 8;
    pub(super) const DATA_OFFSET: usize = 12;
    pub(super) const FLAGS: usize = 13;
    pub(super) const WINDOW: usize = 14;
    pub(super) const CHECKSUM: usize = 16;
    pub(super) const URGENT: usize = 18;
}

/// Bytes of the header without options.
const HEADER_LEN: usize = 20;

/// The flags of a TCP header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TcpFlags(pub u8);

impl TcpFlags {
    /// No more data from the sender.
    pub const FIN: Self = Self(0x01);
    /// Synchronise sequence numbers.
    pub const SYN: Self = Self(0x02);
    /// Reset the connection.
    pub const RST: Self = Self(0x04);
    /// Push the data to the application.
    pub const PSH: Self = Self(0x08);
    /// The acknowledgement number counts.
    pub const ACK: Self = Self(0x10);
    /// The urgent pointer counts.
    pub const URG: Self = Self(0x20);
    /// ECN echo, RFC 3168.
    pub const ECE: Self = Self(0x40);
    /// Congestion window reduced, RFC 3168.
    pub const CWR: Self = Self(0x80);

    /// Whether any flag of `other` is set.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// A TCP header.
#[derive(Clone, Copy, Debug)]
pub struct Tcp<'a> {
    header: &'a [u8; HEADER_LEN],
    whole: Payload<'a>,
    forced: Option<ForcedType>,
}

impl<'a> Tcp<'a> {
    /// Bytes of the header without options.
    pub const MIN_HEADER_LEN: usize = HEADER_LEN;

    /// The header at the start of `at`, if its fixed part was captured whole.
    #[inline]
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, _) = at.split()?;
        Some(Self { header, whole: at, forced: None })
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

    /// The sequence number of the first byte of data, or of the SYN.
    pub fn sequence(&self) -> u32 {
        be32(self.header, field::SEQUENCE)
    }

    /// The next sequence number that the sender expects, where the ACK flag is set.
    pub fn acknowledgement(&self) -> u32 {
        be32(self.header, field::ACKNOWLEDGEMENT)
    }

    /// Bytes of the header with options, as the header claims: 0 to 60.
    #[inline]
    pub fn header_len(&self) -> usize {
        (self.header[field::DATA_OFFSET] >> 4) as usize * 4
    }

    /// The flags.
    pub fn flags(&self) -> TcpFlags {
        TcpFlags(self.header[field::FLAGS])
    }

    /// The flag of accurate ECN (RFC 9768), the lowest of the four bits beside the data offset.
    pub fn accurate_ecn(&self) -> bool {
        self.header[field::DATA_OFFSET] & 1 != 0
    }

    /// The window, not scaled.
    pub fn window(&self) -> u16 {
        be16(self.header, field::WINDOW)
    }

    /// The checksum as sent.
    pub fn checksum(&self) -> u16 {
        be16(self.header, field::CHECKSUM)
    }

    /// The urgent pointer.
    pub fn urgent(&self) -> u16 {
        be16(self.header, field::URGENT)
    }

    /// The options as far as they were captured.
    pub fn options(&self) -> TcpOptions<'a> {
        let room = self.header_len().max(HEADER_LEN) - HEADER_LEN;
        TcpOptions::new(self.whole.skip(HEADER_LEN).with_claim(room as u32))
    }

    /// The protocol that is said to be inside, or that the ports tell, of a segment that has data enough for it; of NFS
    /// with its first words.
    #[inline]
    pub fn application(&self) -> Option<Application> {
        if let Some(forced) = self.forced {
            return forced.segment.filter(|_| self.payload().claimed() > 0);
        }
        let (source, destination) = (self.source_port(), self.destination_port());
        let nfs =
            || Nfs::is_message(source, destination, self.payload(), true).then_some(Application::NfsOverTcp);
        let application = Application::by_tcp_ports(source, destination).or_else(nfs)?;
        let least = if application == Application::DnsOverTcp { 3 } else { 1 };
        (self.payload().claimed() >= least).then_some(application)
    }

    /// Header and payload.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }

    /// What the header is followed by.
    #[inline]
    pub fn payload(&self) -> Payload<'a> {
        self.whole.skip(self.header_len())
    }
}

impl<'a> View<'a> for Tcp<'a> {
    #[inline]
    fn next(&self) -> (Next, Payload<'a>) {
        let payload = self.payload();
        if self.header_len() < HEADER_LEN || self.header_len() as u64 > u64::from(self.whole.claimed()) {
            return (Next::MALFORMED, self.whole.skip(HEADER_LEN));
        }
        if self.whole.bytes().len() < self.header_len() {
            return (Next::Stop(StopReason::Truncated, Protocol::Payload), payload);
        }
        let by_content = || {
            let may_guess = self.forced.is_none();
            let (source, destination) = (self.source_port(), self.destination_port());
            may_guess.then(|| Application::by_tcp_content(source, destination, payload.bytes()))?
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
    fn fields_are_where_rfc_9293_puts_them() {
        let bytes = [
            0, 80, 0xc3, 0x50, 1, 2, 3, 4, 5, 6, 7, 8, 0x61, 0x12, 0xff, 0xfe, 0xab, 0xcd, 0, 9, 2, 4, 5,
            0xb4, 42,
        ];
        let tcp = Tcp::new(Payload::new(&bytes, 25)).unwrap();
        assert_eq!((tcp.source_port(), tcp.destination_port()), (80, 50000));
        assert_eq!((tcp.sequence(), tcp.acknowledgement()), (0x0102_0304, 0x0506_0708));
        assert_eq!((tcp.header_len(), tcp.accurate_ecn()), (24, true));
        assert!(
            tcp.flags().has(TcpFlags::SYN)
                && tcp.flags().has(TcpFlags::ACK)
                && !tcp.flags().has(TcpFlags::FIN)
        );
        assert_eq!((tcp.window(), tcp.checksum(), tcp.urgent()), (0xfffe, 0xabcd, 9));
        assert_eq!((tcp.options().count(), tcp.payload().bytes()), (1, &[42][..]));
    }

    #[test]
    fn an_impossible_data_offset_leaves_no_options() {
        let mut bytes = [0; 20];
        bytes[field::DATA_OFFSET] = 0x40;
        assert_eq!(Tcp::new(Payload::new(&bytes, 20)).unwrap().options().count(), 0);
    }
}
