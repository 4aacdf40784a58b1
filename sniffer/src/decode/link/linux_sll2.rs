//! Linux cooked capture, version 2: `LINKTYPE_LINUX_SLL2`, which names the interface.

use super::linux_sll::by_protocol;
use crate::decode::Payload;
use crate::decode::bytes::{array, be16, be32};
use crate::decode::walk::{Next, View};
use crate::packet::PacketType;

/// Offsets of the fields.
mod field {
    pub(super) const PROTOCOL: usize = 0;
    pub(super) const INTERFACE: usize = 4;
    pub(super) const HARDWARE_TYPE: usize = 8;
    pub(super) const PACKET_TYPE: usize = 10;
    pub(super) const ADDRESS_LEN: usize = 11;
    pub(super) const ADDRESS: usize = 12;
}

/// Bytes of the header.
const HEADER_LEN: usize = 20;
/// Room for an address in the header.
const ADDRESS_ROOM: usize = 8;

/// The header of a cooked frame.
#[derive(Clone, Copy, Debug)]
pub struct LinuxSll2<'a> {
    header: &'a [u8; HEADER_LEN],
    payload: Payload<'a>,
}

impl<'a> LinuxSll2<'a> {
    /// The header at the start of `at`, if it was captured whole.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, payload) = at.split()?;
        Some(Self { header, payload })
    }

    /// An EtherType, or a Linux protocol number below 0x0600.
    pub fn protocol(&self) -> u16 {
        be16(self.header, field::PROTOCOL)
    }

    /// The kernel's index of the interface.
    pub fn interface(&self) -> u32 {
        be32(self.header, field::INTERFACE)
    }

    /// The kind of device, an `ARPHRD_` value of `linux/if_arp.h`.
    pub fn hardware_type(&self) -> u16 {
        be16(self.header, field::HARDWARE_TYPE)
    }

    /// How the frame relates to the capturing host.
    pub fn packet_type(&self) -> PacketType {
        self.header[field::PACKET_TYPE].into()
    }

    /// The length of the sender's address as the header claims it.
    pub fn address_len(&self) -> u8 {
        self.header[field::ADDRESS_LEN]
    }

    /// The sender's link-layer address, of which the header holds eight bytes at most.
    pub fn address(&self) -> &'a [u8] {
        let room = &self.header[field::ADDRESS..field::ADDRESS + ADDRESS_ROOM];
        &room[..ADDRESS_ROOM.min(self.address_len() as usize)]
    }

    /// The address as a MAC address, whatever its length says.
    pub fn mac_address(&self) -> [u8; 6] {
        array(self.header, field::ADDRESS)
    }

    /// What the header is followed by.
    pub fn payload(&self) -> Payload<'a> {
        self.payload
    }
}

impl<'a> View<'a> for LinuxSll2<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (by_protocol(self.protocol()), self.payload)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_names_interface_and_direction() {
        let bytes = [0x08, 0, 0, 0, 0, 0, 0, 7, 0, 1, 4, 6, 2, 0, 0, 0, 0, 9, 0, 0, 0x45];
        let sll2 = LinuxSll2::new(Payload::new(&bytes, 21)).unwrap();
        assert_eq!((sll2.protocol(), sll2.interface(), sll2.hardware_type()), (0x0800, 7, 1));
        assert_eq!((sll2.packet_type(), sll2.address()), (PacketType::Outgoing, &[2, 0, 0, 0, 0, 9][..]));
        assert_eq!(sll2.payload().bytes(), [0x45]);
    }
}
