//! The address resolution protocols: ARP (RFC 826), Reverse ARP (RFC 903) and Inverse ARP (RFC 2390).

use crate::decode::bytes::be16;
use crate::decode::number::wire_numbers;
use crate::decode::walk::{Next, View};
use crate::decode::{EtherType, Payload};

/// Offsets of the fields of fixed place.
mod field {
    pub(super) const HARDWARE_TYPE: usize = 0;
    pub(super) const PROTOCOL_TYPE: usize = 2;
    pub(super) const HARDWARE_LEN: usize = 4;
    pub(super) const PROTOCOL_LEN: usize = 5;
    pub(super) const OPERATION: usize = 6;
}

/// Bytes in front of the addresses.
const HEADER_LEN: usize = 8;

wire_numbers! {
    /// What an ARP packet asks or answers (<https://www.iana.org/assignments/arp-parameters>).
    ArpOperation: u16 {
        /// Who has this protocol address?
        Request = 1,
        /// The answer to a request.
        Reply = 2,
        /// Which protocol address belongs to this hardware address?
        ReverseRequest = 3,
        /// The answer to a reverse request.
        ReverseReply = 4,
        /// Which protocol address is at the other end of this circuit?
        InverseRequest = 8,
        /// The answer to an inverse request.
        InverseReply = 9,
        /// The refusal of ATM ARP.
        Nack = 10,
    }
}

/// An ARP packet.
#[derive(Clone, Copy, Debug)]
pub struct Arp<'a> {
    header: &'a [u8; HEADER_LEN],
    whole: Payload<'a>,
}

impl<'a> Arp<'a> {
    /// The packet at the start of `at`, if its fixed part was captured whole. Addresses may be missing.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, _) = at.split()?;
        Some(Self { header, whole: at })
    }

    /// The kind of hardware address (1 is Ethernet).
    pub fn hardware_type(&self) -> u16 {
        be16(self.header, field::HARDWARE_TYPE)
    }

    /// The kind of protocol address, an EtherType.
    pub fn protocol_type(&self) -> EtherType {
        be16(self.header, field::PROTOCOL_TYPE).into()
    }

    /// Bytes of a hardware address.
    pub fn hardware_len(&self) -> u8 {
        self.header[field::HARDWARE_LEN]
    }

    /// Bytes of a protocol address.
    pub fn protocol_len(&self) -> u8 {
        self.header[field::PROTOCOL_LEN]
    }

    /// What is asked or answered.
    pub fn operation(&self) -> ArpOperation {
        be16(self.header, field::OPERATION).into()
    }

    /// The sender's hardware address, if it was captured whole.
    pub fn sender_hardware(&self) -> Option<&'a [u8]> {
        self.address(0, self.hardware_len())
    }

    /// The sender's protocol address, if it was captured whole.
    pub fn sender_protocol(&self) -> Option<&'a [u8]> {
        self.address(self.hardware_len() as usize, self.protocol_len())
    }

    /// The target's hardware address, if it was captured whole.
    pub fn target_hardware(&self) -> Option<&'a [u8]> {
        let before = self.hardware_len() as usize + self.protocol_len() as usize;
        self.address(before, self.hardware_len())
    }

    /// The target's protocol address, if it was captured whole.
    pub fn target_protocol(&self) -> Option<&'a [u8]> {
        let before = 2 * self.hardware_len() as usize + self.protocol_len() as usize;
        self.address(before, self.protocol_len())
    }

    /// Bytes from the hardware type to the end of the frame, padding included, as the frame claims them.
    pub fn claimed_len(&self) -> u32 {
        self.whole.claimed()
    }

    /// The packet from the hardware type on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }

    /// Whether all four addresses were captured.
    pub fn is_complete(&self) -> bool {
        self.target_protocol().is_some()
    }

    fn address(&self, offset: usize, len: u8) -> Option<&'a [u8]> {
        self.whole.bytes().get(HEADER_LEN + offset..HEADER_LEN + offset + len as usize)
    }
}

impl<'a> View<'a> for Arp<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        let addresses = 2 * (self.hardware_len() as usize + self.protocol_len() as usize);
        (Next::END, self.whole.skip(HEADER_LEN + addresses))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REQUEST: [u8; 28] =
        [0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, 1, 10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 10, 0, 0, 2];

    #[test]
    fn the_four_addresses_have_the_lengths_that_the_header_gives() {
        let arp = Arp::new(Payload::new(&REQUEST, 46)).unwrap();
        assert_eq!((arp.hardware_type(), arp.protocol_type()), (1, EtherType::Ipv4));
        assert_eq!(arp.operation(), ArpOperation::Request);
        assert_eq!(arp.sender_hardware(), Some(&[2, 0, 0, 0, 0, 1][..]));
        assert_eq!(arp.sender_protocol(), Some(&[10, 0, 0, 1][..]));
        assert_eq!(arp.target_hardware(), Some(&[0; 6][..]));
        assert_eq!(arp.target_protocol(), Some(&[10, 0, 0, 2][..]));
        assert_eq!((arp.claimed_len(), arp.is_complete()), (46, true));
    }

    #[test]
    fn an_address_that_was_not_captured_is_missing() {
        let arp = Arp::new(Payload::new(&REQUEST[..24], 28)).unwrap();
        assert_eq!((arp.target_hardware(), arp.target_protocol()), (Some(&[0; 6][..]), None));
        let mut long = REQUEST;
        long[field::HARDWARE_LEN] = 255;
        assert_eq!(Arp::new(Payload::new(&long, 28)).unwrap().sender_protocol(), None);
    }
}
