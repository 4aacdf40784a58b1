//! Linux cooked capture, version 1: `LINKTYPE_LINUX_SLL`.

use crate::decode::bytes::{array, be16};
use crate::decode::walk::{Next, View};
use crate::decode::{EtherType, Payload, Protocol, StopReason};
use crate::packet::PacketType;

/// Offsets of the fields.
mod field {
    pub(super) const PACKET_TYPE: usize = 0;
    pub(super) const HARDWARE_TYPE: usize = 2;
    pub(super) const ADDRESS_LEN: usize = 4;
    pub(super) const ADDRESS: usize = 6;
    pub(super) const PROTOCOL: usize = 14;
}

/// Bytes of the header.
const HEADER_LEN: usize = 16;
/// Room for an address in the header.
const ADDRESS_ROOM: usize = 8;
/// `ETH_P_802_3` of `linux/if_ether.h`: Novell's frames without LLC.
const LINUX_802_3: u16 = 0x0001;
/// `ETH_P_802_2` of `linux/if_ether.h`: an LLC header follows.
const LINUX_802_2: u16 = 0x0004;

/// The header of a cooked frame.
#[derive(Clone, Copy, Debug)]
pub struct LinuxSll<'a> {
    header: &'a [u8; HEADER_LEN],
    payload: Payload<'a>,
}

impl<'a> LinuxSll<'a> {
    /// The header at the start of `at`, if it was captured whole.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, payload) = at.split()?;
        Some(Self { header, payload })
    }

    /// How the frame relates to the capturing host.
    pub fn packet_type(&self) -> PacketType {
        packet_type(be16(self.header, field::PACKET_TYPE))
    }

    /// The kind of device, an `ARPHRD_` value of `linux/if_arp.h`.
    pub fn hardware_type(&self) -> u16 {
        be16(self.header, field::HARDWARE_TYPE)
    }

    /// The length of the sender's address as the header claims it.
    pub fn address_len(&self) -> u16 {
        be16(self.header, field::ADDRESS_LEN)
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

    /// An EtherType, or a Linux protocol number below 0x0600.
    pub fn protocol(&self) -> u16 {
        be16(self.header, field::PROTOCOL)
    }

    /// What the header is followed by.
    pub fn payload(&self) -> Payload<'a> {
        self.payload
    }
}

impl<'a> View<'a> for LinuxSll<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (by_protocol(self.protocol()), self.payload)
    }
}

/// The packet type of a 16-bit field; what does not fit the kernel's byte is unknown.
fn packet_type(value: u16) -> PacketType {
    u8::try_from(value).map_or(PacketType::Unknown(u8::MAX), PacketType::from)
}

/// What follows the protocol field of a cooked header.
pub(super) fn by_protocol(protocol: u16) -> Next {
    match protocol {
        LINUX_802_2 => Next::Decode(Protocol::Llc),
        LINUX_802_3 => Next::Stop(StopReason::Unsupported, Protocol::LinuxProtocol(protocol)),
        other if other <= EtherType::MAX_LENGTH => Next::Decode(Protocol::LinuxProtocol(other)),
        other => Next::Decode(Protocol::EtherType(other.into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_longer_than_its_room_is_cut() {
        let mut bytes = [0; HEADER_LEN + 1];
        bytes[field::PACKET_TYPE + 1] = 4;
        bytes[field::ADDRESS_LEN + 1] = 20;
        bytes[field::ADDRESS] = 0xaa;
        bytes[field::PROTOCOL..].copy_from_slice(&[0x08, 0x06, 7]);
        let sll = LinuxSll::new(Payload::new(&bytes, 17)).unwrap();
        assert_eq!((sll.packet_type(), sll.address_len()), (PacketType::Outgoing, 20));
        assert_eq!(sll.address(), [0xaa, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!((sll.protocol(), sll.payload().bytes()), (0x0806, &[7][..]));
    }
}
