//! LLDP, IEEE 802.1AB: a list of type-length-value elements.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::decode::Payload;
use crate::decode::walk::{Next, View};

/// An LLDP frame.
#[derive(Clone, Copy, Debug)]
pub struct Lldp<'a> {
    whole: Payload<'a>,
}

/// One element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LldpElement<'a> {
    /// The type, 0 to 127; 0 ends the list, 5 is the system's name.
    pub kind: u8,
    /// Its value, which may be cut.
    pub value: Payload<'a>,
}

impl LldpElement<'_> {
    /// What the system is known by.
    pub const CHASSIS: u8 = 1;
    /// What the port is known by.
    pub const PORT: u8 = 2;
    /// For how many seconds all of it holds.
    pub const TIME_TO_LIVE: u8 = 3;
    /// What the port is for.
    pub const PORT_DESCRIPTION: u8 = 4;
    /// The system's name.
    pub const SYSTEM_NAME: u8 = 5;
    /// What the system is.
    pub const SYSTEM_DESCRIPTION: u8 = 6;
    /// What the system can do, and what of it is in use.
    pub const CAPABILITIES: u8 = 7;
    /// Where the system is managed.
    pub const MANAGEMENT_ADDRESS: u8 = 8;
    /// What an organisation has defined.
    pub const ORGANISATION: u8 = 127;
}

/// What a chassis or a port is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LldpIdentity<'a> {
    /// A hardware address.
    Mac([u8; 6]),
    /// An address of the network layer.
    Network(LldpAddress),
    /// A name.
    Text(Payload<'a>),
    /// Something in a form that is not known.
    Unknown,
}

impl<'a> LldpIdentity<'a> {
    /// The identity of an element of type `kind` whose form is in front of `value`; nothing where that is too short for it.
    pub fn new(kind: u8, form: u8, value: Payload<'a>) -> Option<Self> {
        const CHASSIS: u8 = LldpElement::CHASSIS;
        const PORT: u8 = LldpElement::PORT;
        Some(match (kind, form) {
            (CHASSIS, 4) | (PORT, 3) => Self::Mac(value.get(0)?),
            (CHASSIS, 5) | (PORT, 4) => Self::Network(LldpAddress::new(value)?),
            (CHASSIS | PORT, 1..=7) => Self::Text(value),
            _ => Self::Unknown,
        })
    }
}

/// An address behind the number of its family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LldpAddress {
    /// The family (<https://www.iana.org/assignments/address-family-numbers>).
    pub family: u8,
    /// The address.
    pub kind: LldpAddressKind,
}

/// An address, as far as its family is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LldpAddressKind {
    /// One of IPv4 or IPv6.
    Ip(IpAddr),
    /// A hardware address.
    Mac([u8; 6]),
    /// Another one.
    Other,
}

impl LldpAddress {
    /// The address in `value`, unless it is too short for its family.
    pub fn new(value: Payload<'_>) -> Option<Self> {
        let family: u8 = value.get(0)?;
        let kind = match family {
            1 => LldpAddressKind::Ip(value.get::<Ipv4Addr>(1)?.into()),
            2 => LldpAddressKind::Ip(value.get::<Ipv6Addr>(1)?.into()),
            6 => LldpAddressKind::Mac(value.get(1)?),
            _ => LldpAddressKind::Other,
        };
        Some(Self { family, kind })
    }
}

impl<'a> Lldp<'a> {
    /// The list at `at`, which may hold nothing.
    pub fn new(at: Payload<'a>) -> Self {
        Self { whole: at }
    }

    /// The elements up to the end of the list or of the capture.
    pub fn elements(&self) -> LldpElements<'a> {
        LldpElements { rest: self.whole }
    }

    /// The frame from its first element on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }
}

impl<'a> View<'a> for Lldp<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.whole)
    }
}

/// An iterator over elements. The last one may be cut.
#[derive(Clone, Debug)]
pub struct LldpElements<'a> {
    rest: Payload<'a>,
}

impl<'a> LldpElements<'a> {
    /// The elements of a list within an element, which have the same form.
    pub fn new(list: Payload<'a>) -> Self {
        Self { rest: list }
    }

    /// Whether there is no room for another element.
    pub fn is_at_end(&self) -> bool {
        self.rest.claimed() < 2
    }
}

impl<'a> Iterator for LldpElements<'a> {
    type Item = LldpElement<'a>;

    fn next(&mut self) -> Option<LldpElement<'a>> {
        let header: u16 = self.rest.read()?;
        let (kind, len) = ((header >> 9) as u8, header & 0x1ff);
        let value = self.rest.with_claim(len.into());
        self.rest = self.rest.skip(len.into());
        Some(LldpElement { kind, value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_have_seven_bits_of_type_and_nine_of_length() {
        let bytes = [0x02, 0x02, 7, 8, 0x0a, 0x03, b'a', b'b', b'c', 0x0b, 0xff, 1];
        let lldp = Lldp::new(Payload::new(&bytes, 12));
        let elements: Vec<_> = lldp
            .elements()
            .map(|element| (element.kind, element.value.claimed(), element.value.bytes()))
            .collect();
        assert_eq!(elements, [(1, 2, &[7, 8][..]), (5, 3, b"abc"), (5, 511, &[1])]);
    }
}
