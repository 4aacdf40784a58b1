//! OSPF: version 2 (RFC 2328) and version 3 (RFC 5340), the common start of their packets.

mod lsa;
mod opaque;
mod packet;
mod v3;

pub use self::lsa::{OspfLsa, OspfMetric, OspfRouterLink, OspfVertex};
pub use self::opaque::{OspfElement, OspfLinkValue};
pub use self::packet::{OspfDescription, OspfHello, OspfRequest};
pub use self::v3::{
    Ospf3Authentication, Ospf3Description, Ospf3External, Ospf3Hello, Ospf3IntraArea, Ospf3Kind, Ospf3Link,
    Ospf3Lsa, Ospf3Prefix, Ospf3PrefixError, Ospf3Request, Ospf3RouterLink, Ospf3Signalling,
};

use std::net::Ipv4Addr;

use crate::decode::Payload;
use crate::decode::walk::{Next, View};

/// Offsets of the fields.
mod field {
    pub(super) const VERSION: usize = 0;
    pub(super) const TYPE: usize = 1;
    pub(super) const LENGTH: usize = 2;
    pub(super) const ROUTER: usize = 4;
    pub(super) const AREA: usize = 8;
    pub(super) const INSTANCE: usize = 14;
    pub(super) const AUTHENTICATION_TYPE: usize = 14;
    pub(super) const AUTHENTICATION: usize = 16;
}

/// Bytes that a summary needs.
const HEADER_LEN: usize = 2;

/// An OSPF packet.
#[derive(Clone, Copy, Debug)]
pub struct Ospf<'a> {
    header: &'a [u8; HEADER_LEN],
    whole: Payload<'a>,
}

impl<'a> Ospf<'a> {
    /// The authentication by a digest behind the packet.
    pub const DIGEST: u16 = 2;
    /// Bytes of the header in version 2.
    pub const V2_HEADER_LEN: usize = 24;
    /// Bytes of the header in version 3.
    pub const V3_HEADER_LEN: usize = 16;

    /// The packet at the start of `at`, if its first fields were captured.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let (header, _) = at.split()?;
        Some(Self { header, whole: at })
    }

    /// The version.
    pub fn version(&self) -> u8 {
        self.header[field::VERSION]
    }

    /// The type: 1 hello, 2 database description, 3 to 5 link state request, update, acknowledgement.
    pub fn kind(&self) -> u8 {
        self.header[field::TYPE]
    }

    /// Bytes of the packet, as it claims; a digest behind it does not count.
    pub fn length(&self) -> Option<u16> {
        self.whole.get(field::LENGTH)
    }

    /// The router that sends.
    pub fn router(&self) -> Option<Ipv4Addr> {
        self.whole.get(field::ROUTER)
    }

    /// The area; the backbone is 0.
    pub fn area(&self) -> Option<Ipv4Addr> {
        self.whole.get(field::AREA)
    }

    /// The instance of version 3.
    pub fn instance(&self) -> Option<u8> {
        self.whole.get(field::INSTANCE)
    }

    /// How the sender proves itself in version 2: 0 not, 1 by a password, 2 by a digest.
    pub fn authentication_kind(&self) -> Option<u16> {
        self.whole.get(field::AUTHENTICATION_TYPE)
    }

    /// The password of version 2, or the numbers of key and packet.
    pub fn authentication(&self) -> Option<[u8; 8]> {
        self.whole.get(field::AUTHENTICATION)
    }

    /// A packet of version 2 without the digest behind it.
    pub fn without_digest(&self) -> Payload<'a> {
        const DIGEST_LEN: usize = 16;
        if self.authentication_kind() != Some(Self::DIGEST) {
            return self.whole;
        }
        let bytes = self.whole.bytes();
        let captured = &bytes[..bytes.len().saturating_sub(DIGEST_LEN)];
        Payload::new(captured, self.whole.claimed().saturating_sub(DIGEST_LEN as u32))
    }

    /// The packet from its first byte on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }
}

impl<'a> View<'a> for Ospf<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.whole.skip(HEADER_LEN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_and_type_come_first() {
        let ospf = Ospf::new(Payload::new(&[2, 4, 0, 44], 44)).unwrap();
        assert_eq!((ospf.version(), ospf.kind(), ospf.whole().claimed()), (2, 4, 44));
    }

    #[test]
    fn a_digest_behind_the_packet_does_not_belong_to_it() {
        let mut bytes = [0; 24 + 20 + 16];
        bytes[..4].copy_from_slice(&[2, 5, 0, 44]);
        bytes[7] = 9;
        bytes[15] = 2;
        bytes[24..28].copy_from_slice(&[0, 7, 2, 1]);
        bytes[43] = 20;
        let ospf = Ospf::new(Payload::new(&bytes, 60)).unwrap();
        assert_eq!(
            (ospf.length(), ospf.router(), ospf.area()),
            (Some(44), Some([0, 0, 0, 9].into()), Some([0; 4].into()))
        );
        let packet = ospf.without_digest();
        assert_eq!((packet.bytes().len(), packet.claimed()), (44, 44));
        let lsa = OspfLsa::new(packet.skip(Ospf::V2_HEADER_LEN)).unwrap();
        assert_eq!((lsa.age, lsa.options, lsa.kind, lsa.length), (7, 2, 1, 20));
    }
}
