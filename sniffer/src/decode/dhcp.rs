//! BOOTP (RFC 951) and DHCP (RFC 2131).

use std::net::Ipv4Addr;

use super::Payload;
use super::walk::Next;

/// Offsets of the fields.
mod field {
    pub(super) const OPERATION: usize = 0;
    pub(super) const HARDWARE_TYPE: usize = 1;
    pub(super) const HARDWARE_LEN: usize = 2;
    pub(super) const HOPS: usize = 3;
    pub(super) const TRANSACTION: usize = 4;
    pub(super) const SECONDS: usize = 8;
    pub(super) const FLAGS: usize = 10;
    pub(super) const CLIENT: usize = 12;
    pub(super) const YOUR: usize = 16;
    pub(super) const SERVER: usize = 20;
    pub(super) const GATEWAY: usize = 24;
    pub(super) const HARDWARE_ADDRESS: usize = 28;
    pub(super) const SERVER_NAME: usize = 44;
    pub(super) const FILE: usize = 108;
    pub(super) const VENDOR: usize = 236;
}

/// A BOOTP or DHCP message. Clients may leave its tail away, and captures cut it, so that every field may be missing.
#[derive(Clone, Copy, Debug)]
pub struct Dhcp<'a> {
    operation: u8,
    whole: Payload<'a>,
}

impl<'a> Dhcp<'a> {
    /// A request of a client.
    pub const REQUEST: u8 = 1;
    /// A reply of a server.
    pub const REPLY: u8 = 2;

    /// The message at the start of `at`, if its first byte was captured.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let operation = *at.bytes().get(field::OPERATION)?;
        Some(Self { operation, whole: at })
    }

    /// [`Dhcp::REQUEST`], [`Dhcp::REPLY`], or anything else.
    pub fn operation(&self) -> u8 {
        self.operation
    }

    /// The kind of hardware address (1 is Ethernet).
    pub fn hardware_type(&self) -> Option<u8> {
        self.byte(field::HARDWARE_TYPE)
    }

    /// Bytes of a hardware address.
    pub fn hardware_len(&self) -> Option<u8> {
        self.byte(field::HARDWARE_LEN)
    }

    /// How many relays the message has passed.
    pub fn hops(&self) -> Option<u8> {
        self.byte(field::HOPS)
    }

    /// The identifier that ties a reply to its request.
    pub fn transaction(&self) -> Option<u32> {
        self.array(field::TRANSACTION).map(u32::from_be_bytes)
    }

    /// Seconds since the client began.
    pub fn seconds(&self) -> Option<u16> {
        self.array(field::SECONDS).map(u16::from_be_bytes)
    }

    /// Flags: the top bit asks for a broadcast reply.
    pub fn flags(&self) -> Option<u16> {
        self.array(field::FLAGS).map(u16::from_be_bytes)
    }

    /// The address that the client has.
    pub fn client(&self) -> Option<Ipv4Addr> {
        self.array::<4>(field::CLIENT).map(Ipv4Addr::from)
    }

    /// The address that the client is given.
    pub fn your(&self) -> Option<Ipv4Addr> {
        self.array::<4>(field::YOUR).map(Ipv4Addr::from)
    }

    /// The server to go on with.
    pub fn server(&self) -> Option<Ipv4Addr> {
        self.array::<4>(field::SERVER).map(Ipv4Addr::from)
    }

    /// The relay.
    pub fn gateway(&self) -> Option<Ipv4Addr> {
        self.array::<4>(field::GATEWAY).map(Ipv4Addr::from)
    }

    /// The client's hardware address as a MAC address.
    pub fn hardware_address(&self) -> Option<[u8; 6]> {
        self.array(field::HARDWARE_ADDRESS)
    }

    /// The server's name, up to its terminator.
    pub fn server_name(&self) -> Option<&'a [u8]> {
        self.string(field::SERVER_NAME..field::FILE)
    }

    /// The boot file's name, up to its terminator.
    pub fn file(&self) -> Option<&'a [u8]> {
        self.string(field::FILE..field::VENDOR)
    }

    /// The vendor area, which begins with a magic number and holds the options of DHCP.
    pub fn vendor(&self) -> Payload<'a> {
        self.whole.skip(field::VENDOR)
    }

    /// The message from its operation on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }

    pub(super) fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.vendor())
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.whole.bytes().get(at).copied()
    }

    fn array<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        self.whole.bytes().get(at..)?.first_chunk().copied()
    }

    fn string(&self, range: std::ops::Range<usize>) -> Option<&'a [u8]> {
        let bytes = self.whole.bytes();
        let field = bytes.get(range.start..bytes.len().min(range.end))?;
        field.split(|byte| *byte == 0).next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_where_rfc_951_puts_them_and_may_be_missing() {
        let mut bytes = vec![1, 1, 6, 2, 0xaa, 0xbb, 0xcc, 0xdd, 0, 9, 0x80, 0];
        bytes.extend([10, 0, 0, 1, 10, 0, 0, 2, 10, 0, 0, 3, 10, 0, 0, 4]);
        bytes.extend([2, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        bytes.extend(b"boot\0rest");
        let dhcp = Dhcp::new(Payload::new(&bytes, 300)).unwrap();
        assert_eq!(
            (dhcp.operation(), dhcp.hardware_type(), dhcp.hardware_len()),
            (Dhcp::REQUEST, Some(1), Some(6))
        );
        assert_eq!((dhcp.hops(), dhcp.transaction(), dhcp.seconds()), (Some(2), Some(0xaabb_ccdd), Some(9)));
        assert_eq!((dhcp.flags(), dhcp.client()), (Some(0x8000), Some(Ipv4Addr::new(10, 0, 0, 1))));
        assert_eq!((dhcp.your(), dhcp.server()), (Some([10, 0, 0, 2].into()), Some([10, 0, 0, 3].into())));
        assert_eq!(
            (dhcp.gateway(), dhcp.hardware_address()),
            (Some([10, 0, 0, 4].into()), Some([2, 0, 0, 0, 0, 9]))
        );
        assert_eq!((dhcp.server_name(), dhcp.file()), (Some(&b"boot"[..]), None));
        assert!(dhcp.vendor().bytes().is_empty());
    }
}
