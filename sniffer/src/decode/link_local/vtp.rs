//! Cisco's VLAN trunking protocol, behind SNAP: the VLANs of a domain.

use std::net::Ipv4Addr;

use crate::decode::Payload;
use crate::decode::message::message;

message! {
    /// A message of the VLAN trunking protocol.
    Vtp {
        /// The version.
        version: u8 = 0,
        /// What is said: 1 summary, 2 subset, 3 request, 4 join.
        kind: u8 = 1,
        /// How many subsets follow a summary, or the number of a subset.
        number: u8 = 2,
        /// Bytes of the domain's name.
        domain_len: u8 = 3,
        /// The revision of the VLANs, or the one from which on they are asked for.
        revision: u32 = 36,
        /// Who changed the VLANs last, in a summary.
        updater: Ipv4Addr = 40,
        /// When that was, as text, in a summary.
        updated: [u8; 12] = 44,
        /// A digest of the VLANs, in a summary.
        digest: [u8; 16] = 56,
    }
}

impl<'a> Vtp<'a> {
    /// Bytes of the header, with the name of the domain.
    pub const HEADER_LEN: usize = 36;
    /// Bytes of a domain's name at most.
    pub const MAX_DOMAIN_LEN: u8 = 32;

    /// The name of the domain; nothing where it can have no such length.
    pub fn domain(&self) -> Option<Payload<'a>> {
        let len = self.domain_len().filter(|len| (1..=Self::MAX_DOMAIN_LEN).contains(len))?;
        Some(self.whole().skip(4).with_claim(len.into()))
    }

    /// The VLANs of a subset.
    pub fn vlans(&self) -> Payload<'a> {
        self.whole().skip(Self::HEADER_LEN + 4)
    }
}

/// A VLAN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VtpVlan<'a> {
    /// 0 operational, 1 suspended.
    pub status: u8,
    /// The kind of network: 1 Ethernet, 2 FDDI, 3 and 5 token ring, 4 FDDI networks.
    pub kind: u8,
    /// The VLAN's number.
    pub id: u16,
    /// The largest packet.
    pub mtu: u16,
    /// The number of its security association, IEEE 802.10.
    pub said: u32,
    /// The name; nothing where the VLAN has no room for it.
    pub name: Option<Payload<'a>>,
    /// What else is said of it.
    pub elements: Payload<'a>,
}

/// Why there is no VLAN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VtpVlanError {
    /// The list ends here.
    End,
    /// It is too short to be one.
    Malformed,
    /// It was not captured whole.
    Truncated,
}

impl<'a> VtpVlan<'a> {
    /// Bytes in front of the name.
    const HEADER_LEN: u8 = 12;

    /// The VLAN at the start of `rest`, and steps over it.
    ///
    /// # Errors
    /// When the list ends, or the VLAN is too short or was not captured whole.
    pub fn read(rest: &mut Payload<'a>) -> Result<Self, VtpVlanError> {
        if rest.claimed() == 0 {
            return Err(VtpVlanError::End);
        }
        let len: u8 = rest.get(0).ok_or(VtpVlanError::Truncated)?;
        match len {
            0 => return Err(VtpVlanError::End),
            _ if rest.bytes().len() < len.into() => return Err(VtpVlanError::Truncated),
            1..Self::HEADER_LEN => return Err(VtpVlanError::Malformed),
            _ => {}
        }
        let vlan = Self::of(rest.with_claim(len.into())).ok_or(VtpVlanError::Truncated)?;
        *rest = rest.skip(len.into());
        Ok(vlan)
    }

    fn of(mut vlan: Payload<'a>) -> Option<Self> {
        let [_, status, kind, name_len] = vlan.read()?;
        let (id, mtu, said) = (vlan.read()?, vlan.read()?, vlan.read()?);
        let padded = u32::from(name_len).next_multiple_of(4);
        let name = (padded <= vlan.claimed()).then(|| vlan.with_claim(name_len.into()));
        Some(Self { status, kind, id, mtu, said, name, elements: vlan.skip(padded as usize) })
    }
}

/// What is said of a VLAN beside its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VtpElement<'a> {
    /// The type.
    pub kind: u8,
    /// How many numbers of 16 bits the value has, as it claims.
    pub words: u8,
    /// Type, length and value; nothing where the VLAN has no room for it.
    pub whole: Option<Payload<'a>>,
    /// The value, if it is one number.
    pub value: Option<u16>,
}

impl<'a> VtpElement<'a> {
    /// The element at the start of `rest`, and steps over it; nothing where there is half a header.
    pub fn read(rest: &mut Payload<'a>) -> Option<Self> {
        let [kind, words]: [u8; 2] = rest.get(0)?;
        let len = 2 + u32::from(words) * 2;
        let whole = (len <= rest.claimed()).then(|| rest.with_claim(len));
        let value = rest.get(2).filter(|_| words == 1);
        *rest = rest.skip(len as usize);
        Some(Self { kind, words, whole, value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_padded_to_four_bytes() {
        let bytes = [20, 0, 1, 3, 0, 7, 5, 0xdc, 0, 0, 0, 9, b'a', b'b', b'c', 0, 4, 1, 0, 5, 11];
        let mut rest = Payload::new(&bytes, 21);
        let vlan = VtpVlan::read(&mut rest).unwrap();
        assert_eq!((vlan.id, vlan.mtu, vlan.name.unwrap().bytes()), (7, 1500, &b"abc"[..]));
        let mut elements = vlan.elements;
        let element = VtpElement::read(&mut elements).unwrap();
        assert_eq!((element.kind, element.words, element.value), (4, 1, Some(5)));
        assert_eq!(VtpElement::read(&mut elements), None);
        assert_eq!(VtpVlan::read(&mut rest), Err(VtpVlanError::Truncated));
        assert_eq!(VtpVlan::read(&mut Payload::new(&[11; 11], 11)), Err(VtpVlanError::Malformed));
    }
}
