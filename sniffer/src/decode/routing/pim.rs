//! PIM version 2, RFC 7761: the common start of its packets, and the forms that addresses have in them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::decode::Payload;
use crate::decode::walk::{Next, View};

/// Offsets of the fields.
mod field {
    pub(super) const VERSION_TYPE: usize = 0;
    pub(super) const RESERVED: usize = 1;
    pub(super) const CHECKSUM: usize = 2;
}

/// Bytes that a summary needs.
const SUMMARY_LEN: usize = 1;

/// A PIM packet.
#[derive(Clone, Copy, Debug)]
pub struct Pim<'a> {
    header: &'a [u8; SUMMARY_LEN],
    whole: Payload<'a>,
}

/// An option of a hello.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PimHello<'a> {
    /// Its type (<https://www.iana.org/assignments/pim-parameters>).
    pub kind: u16,
    /// Its value, which may be cut.
    pub value: Payload<'a>,
}

/// A group or a source with its mask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PimGroup {
    /// The flags; of a source sparse 4, wildcard 2, tree of the rendezvous point 1.
    pub flags: u8,
    /// How many bits count.
    pub mask_len: u8,
    /// The address.
    pub address: IpAddr,
}

impl<'a> Pim<'a> {
    /// Bytes of the header.
    pub const HEADER_LEN: usize = 4;

    /// The packet at the start of `at`, if its first fields were captured.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, _) = at.split()?;
        Some(Self { header, whole: at })
    }

    /// The version.
    pub fn version(&self) -> u8 {
        self.header[field::VERSION_TYPE] >> 4
    }

    /// The type (<https://www.iana.org/assignments/pim-parameters>).
    pub fn kind(&self) -> u8 {
        self.header[field::VERSION_TYPE] & 0x0f
    }

    /// The subtype, which the election of a designated forwarder has (RFC 5015).
    pub fn subtype(&self) -> Option<u8> {
        self.whole.get::<u8>(field::RESERVED).map(|byte| byte >> 4)
    }

    /// Bytes of an address by RFC 2117; 0 where each address tells its family.
    pub fn address_len(&self) -> Option<u8> {
        self.whole.get::<u8>(field::RESERVED).map(|byte| byte & 0x0f)
    }

    /// The checksum as sent.
    pub fn checksum(&self) -> Option<u16> {
        self.whole.get(field::CHECKSUM)
    }

    /// What is behind the header.
    pub fn body(&self) -> Payload<'a> {
        self.whole.skip(Self::HEADER_LEN)
    }

    /// The option of a hello at the start of `rest`, and steps over it.
    pub fn hello(rest: &mut Payload<'a>) -> Option<PimHello<'a>> {
        let (kind, len): (u16, u16) = (rest.read()?, rest.read()?);
        let value = rest.with_claim(len.into());
        *rest = rest.skip(len.into());
        Some(PimHello { kind, value })
    }

    /// The address at the start of `rest`, and steps over it.
    pub fn address(&self, rest: &mut Payload<'a>) -> Option<IpAddr> {
        if self.is_ipv6(rest)? { rest.read().map(IpAddr::V6) } else { rest.read().map(IpAddr::V4) }
    }

    /// The group or source at the start of `rest`, and steps over it.
    pub fn group(&self, rest: &mut Payload<'a>) -> Option<PimGroup> {
        let is_ipv6 = self.is_ipv6(rest)?;
        let (flags, mask_len) = (rest.read()?, rest.read()?);
        let address = if is_ipv6 { rest.read::<Ipv6Addr>()?.into() } else { rest.read::<Ipv4Addr>()?.into() };
        Some(PimGroup { flags, mask_len, address })
    }

    /// Whether an address is one of IPv6, by the length in the header or by the family in front of it.
    fn is_ipv6(&self, rest: &mut Payload<'a>) -> Option<bool> {
        match self.address_len()? {
            0 => match rest.read::<[u8; 2]>()? {
                [1, 0] => Some(false),
                [2, 0] => Some(true),
                _ => None,
            },
            4 => Some(false),
            _ => None,
        }
    }

    /// The packet from its first byte on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }
}

impl<'a> View<'a> for Pim<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.whole.skip(SUMMARY_LEN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_and_type_share_a_byte() {
        let pim = Pim::new(Payload::new(&[0x23, 0], 34)).unwrap();
        assert_eq!((pim.version(), pim.kind(), pim.whole().claimed()), (2, 3, 34));
    }

    #[test]
    fn addresses_tell_their_family_or_the_header_their_length() {
        let bytes = [0x23, 0, 0, 0, 1, 0, 10, 0, 0, 1, 2, 0, 4, 128];
        let bytes = [&bytes[..], &Ipv6Addr::LOCALHOST.octets()].concat();
        let pim = Pim::new(Payload::new(&bytes, 30)).unwrap();
        let mut rest = pim.body();
        assert_eq!(pim.address(&mut rest), Some(Ipv4Addr::new(10, 0, 0, 1).into()));
        let group = PimGroup { flags: 4, mask_len: 128, address: Ipv6Addr::LOCALHOST.into() };
        assert_eq!((pim.group(&mut rest), rest.bytes()), (Some(group), &[][..]));
        let old = Pim::new(Payload::new(&[0x23, 4, 0, 0, 10, 0, 0, 1], 8)).unwrap();
        assert_eq!(old.address(&mut old.body()), Some(Ipv4Addr::new(10, 0, 0, 1).into()));
    }
}
