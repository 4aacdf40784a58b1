//! VRRP: version 2 (RFC 3768) and version 3 (RFC 5798).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::decode::Payload;
use crate::decode::bytes::be16;
use crate::decode::walk::{Next, View};

/// Offsets of the fields.
mod field {
    pub(super) const VERSION_TYPE: usize = 0;
    pub(super) const ROUTER: usize = 1;
    pub(super) const PRIORITY: usize = 2;
    pub(super) const COUNT: usize = 3;
    pub(super) const AUTHENTICATION: usize = 4;
    pub(super) const INTERVAL: usize = 4;
    pub(super) const ADDRESSES: usize = 8;
}

/// Bytes that a summary needs.
const HEADER_LEN: usize = 6;

/// A VRRP packet.
#[derive(Clone, Copy, Debug)]
pub struct Vrrp<'a> {
    header: &'a [u8; HEADER_LEN],
    whole: Payload<'a>,
}

impl<'a> Vrrp<'a> {
    /// The packet at the start of `at`, if its first fields were captured.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, _) = at.split()?;
        Some(Self { header, whole: at })
    }

    /// The version.
    pub fn version(&self) -> u8 {
        self.header[field::VERSION_TYPE] >> 4
    }

    /// The type; 1 is an advertisement, and there is no other.
    pub fn kind(&self) -> u8 {
        self.header[field::VERSION_TYPE] & 0x0f
    }

    /// The virtual router.
    pub fn router(&self) -> u8 {
        self.header[field::ROUTER]
    }

    /// The sender's priority.
    pub fn priority(&self) -> u8 {
        self.header[field::PRIORITY]
    }

    /// The kind of authentication of version 2.
    pub fn authentication(&self) -> u8 {
        self.header[field::AUTHENTICATION]
    }

    /// The advertisement interval: seconds in version 2, hundredths of a second in version 3.
    pub fn interval(&self) -> u16 {
        let field = be16(self.header, field::INTERVAL);
        if self.version() == 2 { field & 0x00ff } else { field & 0x0fff }
    }

    /// The addresses of the virtual router, as far as they were captured. Version 3 does not say of which family they are, but the
    /// packet has room for no others.
    pub fn addresses(&self) -> impl Iterator<Item = IpAddr> + use<'a> {
        let (count, mut rest) = (self.header[field::COUNT], self.whole.skip(field::ADDRESSES));
        let is_ipv6 = self.version() == 3 && rest.claimed() == u32::from(count) * 16;
        (0..count).map_while(move |_| {
            if is_ipv6 {
                rest.read::<Ipv6Addr>().map(IpAddr::V6)
            } else {
                rest.read::<Ipv4Addr>().map(IpAddr::V4)
            }
        })
    }

    /// The packet from its first byte on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }
}

impl<'a> View<'a> for Vrrp<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.whole.skip(HEADER_LEN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_depends_on_the_version() {
        let check = |version: u8, interval: u16| {
            let bytes = [version << 4 | 1, 7, 100, 1, 0x13, 0xe8];
            let vrrp = Vrrp::new(Payload::new(&bytes, 20)).unwrap();
            assert_eq!((vrrp.version(), vrrp.kind(), vrrp.router(), vrrp.priority()), (version, 1, 7, 100));
            assert_eq!((vrrp.interval(), vrrp.authentication()), (interval, 0x13));
        };
        check(2, 0xe8);
        check(3, 0x3e8);
    }
}
