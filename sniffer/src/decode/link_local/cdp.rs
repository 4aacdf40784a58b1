//! The Cisco discovery protocol, behind SNAP: a list of elements, and what is in those that hold more than a text.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::decode::message::message;
use crate::decode::{CiscoElement, Payload};

message! {
    /// A message of the Cisco discovery protocol.
    Cdp {
        /// The version: 1 or 2.
        version: u8 = 0,
        /// Seconds for which the message holds.
        ttl: u8 = 1,
        /// The checksum as sent.
        checksum: u16 = 2,
    }
}

impl<'a> Cdp<'a> {
    /// The element that names the device.
    pub const DEVICE: u16 = 0x01;
    /// The device's addresses.
    pub const ADDRESSES: u16 = 0x02;
    /// The port that the message left by.
    pub const PORT: u16 = 0x03;
    /// What the device can do.
    pub const CAPABILITIES: u16 = 0x04;
    /// The device's software.
    pub const SOFTWARE: u16 = 0x05;
    /// What the device is.
    pub const PLATFORM: u16 = 0x06;
    /// The VTP domain.
    pub const DOMAIN: u16 = 0x09;
    /// The VLAN of untagged frames.
    pub const NATIVE_VLAN: u16 = 0x0a;
    /// The name that the device has been given.
    pub const SYSTEM_NAME: u16 = 0x14;
    /// The addresses at which the device is managed.
    pub const MANAGEMENT_ADDRESSES: u16 = 0x16;
    /// Bytes of the header.
    pub const HEADER_LEN: usize = 4;

    /// What is behind the header.
    pub fn body(&self) -> Payload<'a> {
        self.whole().skip(Self::HEADER_LEN)
    }

    /// The elements that are captured, up to one whose length cannot be.
    pub fn elements(&self) -> impl Iterator<Item = CiscoElement<'a>> + use<'a> {
        CiscoElement::all(self.body())
    }
}

/// An address of a device: any protocol may be named in several ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CdpAddress<'a> {
    /// How the protocol is named: 1 by one byte of ISO's, 2 by an LLC header.
    pub naming: u8,
    /// The name of the protocol.
    pub protocol: Payload<'a>,
    /// Bytes of the address, as it claims.
    pub len: u16,
    /// The address, where the element has room for it.
    pub address: Option<Payload<'a>>,
}

/// Where the addresses of an element end before they are all there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CdpAddressError {
    /// In front of how the protocol is named.
    Naming,
    /// Within the name of the protocol, or the length behind it.
    Protocol,
    /// Within the address.
    Address,
    /// The bytes were not captured.
    Truncated,
}

impl<'a> CdpAddress<'a> {
    /// The address at the start of `rest`, and steps over it.
    ///
    /// # Errors
    /// When the element has no room for what is in front of the address, or that was not captured.
    pub fn read(rest: &mut Payload<'a>) -> Result<Self, CdpAddressError> {
        if rest.claimed() < 2 {
            return Err(CdpAddressError::Naming);
        }
        let [naming, protocol_len] = rest.read().ok_or(CdpAddressError::Truncated)?;
        if rest.claimed() < u32::from(protocol_len) + 2 {
            return Err(CdpAddressError::Protocol);
        }
        let protocol = rest.with_claim(protocol_len.into());
        let mut behind = rest.skip(protocol_len.into());
        let len: u16 = behind.read().ok_or(CdpAddressError::Truncated)?;
        let address = (u32::from(len) <= behind.claimed()).then(|| behind.with_claim(len.into()));
        *rest = behind.skip(len.into());
        Ok(Self { naming, protocol, len, address })
    }

    /// The addresses of an element behind their count, up to the first that it has no room for.
    pub fn all(mut rest: Payload<'a>) -> impl Iterator<Item = Self> {
        let count = rest.read::<u32>().unwrap_or(0);
        (0..count).map_while(move |_| Self::read(&mut rest).ok())
    }

    /// The address, where it is one of IP.
    pub fn ip(&self) -> Option<IpAddr> {
        let address = self.address?;
        if self.is_ipv6() {
            return address.get::<Ipv6Addr>(0).map(IpAddr::V6);
        }
        address.get::<Ipv4Addr>(0).filter(|_| self.is_ipv4()).map(IpAddr::V4)
    }

    /// Whether this is an address of IPv4.
    pub fn is_ipv4(&self) -> bool {
        self.naming == 1 && self.protocol.bytes() == [0xcc] && self.len == 4
    }

    /// Whether this is an address of IPv6.
    pub fn is_ipv6(&self) -> bool {
        const SNAP_IPV6: [u8; 8] = [0xaa, 0xaa, 3, 0, 0, 0, 0x86, 0xdd];
        self.naming == 2 && self.protocol.bytes() == SNAP_IPV6 && self.len == 16
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_their_protocol_first() {
        let bytes = [1, 1, 0xcc, 0, 4, 10, 0, 0, 1, 7, 2, 1, 2, 0, 3, 9];
        let mut rest = Payload::new(&bytes, 16);
        let first = CdpAddress::read(&mut rest).unwrap();
        assert!(first.is_ipv4() && !first.is_ipv6());
        assert_eq!(first.address.unwrap().bytes(), [10, 0, 0, 1]);
        let second = CdpAddress::read(&mut rest).unwrap();
        assert_eq!((second.naming, second.protocol.bytes(), second.address), (7, &[1, 2][..], None));
        assert_eq!(CdpAddress::read(&mut rest), Err(CdpAddressError::Naming));
    }
}
