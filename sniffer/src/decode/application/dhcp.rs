//! BOOTP (RFC 951) and DHCP (RFC 2131).

use std::net::Ipv4Addr;

use crate::decode::Payload;
use crate::decode::walk::{Next, View};

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
    /// Bytes of the field with the server's name.
    pub const SERVER_NAME_LEN: usize = field::FILE - field::SERVER_NAME;
    /// Bytes of the field with the boot file's name.
    pub const FILE_LEN: usize = field::VENDOR - field::FILE;
    /// What the vendor area begins with where it holds the options of DHCP (RFC 2132).
    pub const MAGIC: u32 = 0x6382_5363;

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

    /// The options of DHCP; none where the vendor area is of another kind or was not captured.
    pub fn options(&self) -> DhcpOptions<'a> {
        let mut rest = self.vendor();
        let is_dhcp = rest.read::<u32>() == Some(Self::MAGIC);
        DhcpOptions { rest: if is_dhcp { rest } else { Payload::EMPTY } }
    }

    /// What kind of message of DHCP this is: 1 discover, 2 offer, 3 request, 5 acknowledgement …
    pub fn message_type(&self) -> Option<u8> {
        const MESSAGE_TYPE: u8 = 53;
        self.option(MESSAGE_TYPE)?.get(0)
    }

    /// The data of the first option with this code, which may be cut.
    pub fn option(&self, code: u8) -> Option<Payload<'a>> {
        let mut options = self.options().take_while(|option| option.code != DhcpOption::END);
        options.find(|option| option.code == code).map(|option| option.data)
    }

    /// The message from its operation on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
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

impl<'a> View<'a> for Dhcp<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.vendor())
    }
}

/// One option of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DhcpOption<'a> {
    /// Its code (<https://www.iana.org/assignments/bootp-dhcp-parameters>).
    pub code: u8,
    /// Its data, which may be cut.
    pub data: Payload<'a>,
}

impl DhcpOption<'_> {
    /// The code of a byte that fills up.
    pub const PAD: u8 = 0;
    /// The code behind which no option follows.
    pub const END: u8 = 255;
}

/// An iterator over options, padding, the end and what is behind it included. The last one may be cut.
#[derive(Clone, Debug)]
pub struct DhcpOptions<'a> {
    rest: Payload<'a>,
}

impl DhcpOptions<'_> {
    /// Whether all that was captured has been read.
    pub fn is_at_end(&self) -> bool {
        self.rest.bytes().is_empty()
    }

    /// Steps over padding and tells how many bytes of it there were.
    pub fn skip_padding(&mut self) -> usize {
        let count = self.rest.bytes().iter().take_while(|byte| **byte == DhcpOption::PAD).count();
        self.rest = self.rest.skip(count);
        count
    }
}

impl<'a> Iterator for DhcpOptions<'a> {
    type Item = DhcpOption<'a>;

    fn next(&mut self) -> Option<DhcpOption<'a>> {
        let code = self.rest.get(0)?;
        if matches!(code, DhcpOption::PAD | DhcpOption::END) {
            self.rest = self.rest.skip(1);
            return Some(DhcpOption { code, data: Payload::EMPTY });
        }
        let len: u8 = self.rest.get(1)?;
        let data = self.rest.skip(2);
        self.rest = data.skip(len.into());
        Some(DhcpOption { code, data: data.with_claim(len.into()) })
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
    #[test]
    fn options_stand_behind_the_magic_number_and_the_last_may_be_cut() {
        let mut bytes = vec![0; field::VENDOR];
        bytes.extend([0x63, 0x82, 0x53, 0x63, 53, 1, 3, 0, 0, 255, 12, 4, b'h', b'o']);
        let dhcp = Dhcp::new(Payload::new(&bytes, 300)).unwrap();
        assert_eq!(dhcp.message_type(), Some(3));
        let mut options = dhcp.options();
        let mut next = || options.next().map(|option| (option.code, option.data.bytes()));
        assert_eq!((next(), next()), (Some((53, &[3][..])), Some((0, &[][..]))));
        assert_eq!(options.skip_padding(), 1);
        let rest: Vec<_> = options.map(|option| (option.code, option.data.is_truncated())).collect();
        assert_eq!(rest, [(255, false), (12, true)]);
        let bootp = Dhcp::new(Payload::new(&bytes[..field::VENDOR + 3], 300)).unwrap();
        assert_eq!(bootp.options().next(), None);
    }
}
