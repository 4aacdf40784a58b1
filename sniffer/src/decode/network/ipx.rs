//! Novell's IPX: addresses of networks, stations and sockets.

use crate::decode::Payload;
use crate::decode::message::message;

message! {
    /// A packet of IPX.
    Ipx {
        /// The checksum; 0xffff for none.
        checksum: u16 = 0,
        /// Bytes of the packet, as it claims.
        length: u16 = 2,
        /// How many routers it went through.
        hops: u8 = 4,
        /// The type: 1 RIP, 4 and 5 packets, 17 NCP, 20 to all networks.
        kind: u8 = 5,
        /// The receiver.
        destination: [u8; 12] = 6,
        /// The sender.
        source: [u8; 12] = 18,
    }
}

/// A place in IPX networks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IpxAddress {
    /// The network.
    pub network: [u8; 4],
    /// The station, by its hardware address.
    pub station: [u8; 6],
    /// The socket, which is what a port is elsewhere.
    pub socket: u16,
}

impl IpxAddress {
    /// The address in these bytes.
    pub fn new([n0, n1, n2, n3, s0, s1, s2, s3, s4, s5, p0, p1]: [u8; 12]) -> Self {
        Self {
            network: [n0, n1, n2, n3],
            station: [s0, s1, s2, s3, s4, s5],
            socket: u16::from_be_bytes([p0, p1]),
        }
    }
}

impl<'a> Ipx<'a> {
    /// Bytes of the header.
    pub const HEADER_LEN: u16 = 30;

    /// What is behind the header, as long as that says.
    pub fn data(&self) -> Payload<'a> {
        let len = self.length().unwrap_or(0).saturating_sub(Self::HEADER_LEN);
        let data = self.whole().skip(Self::HEADER_LEN.into());
        Payload::new(data.bytes(), len.into())
    }
}
