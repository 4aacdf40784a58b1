//! EAP over LANs, IEEE 802.1X, and the EAP in it, RFC 3748.

use crate::decode::Payload;
use crate::decode::message::message;

message! {
    /// A frame of EAP over LANs.
    Eapol {
        /// The version of IEEE 802.1X: 1, 2 or 3.
        version: u8 = 0,
        /// What the frame is: 0 EAP, 1 start, 2 logoff, 3 key.
        kind: u8 = 1,
        /// Bytes behind the header.
        length: u16 = 2,
    }
}

/// A packet of EAP, of which anything may be missing.
#[derive(Clone, Copy, Debug)]
pub struct Eap<'a> {
    whole: Payload<'a>,
}

impl<'a> Eapol<'a> {
    /// The kind of frame that holds EAP.
    pub const EAP: u8 = 0;
    /// Bytes of the header.
    pub const HEADER_LEN: usize = 4;

    /// The packet of EAP, of a frame that holds one.
    pub fn eap(&self) -> Option<Eap<'a>> {
        let packet = self.whole().skip(Self::HEADER_LEN);
        (self.kind()? == Self::EAP).then_some(Eap { whole: packet })
    }
}

impl<'a> Eap<'a> {
    /// The code of a request.
    pub const REQUEST: u8 = 1;
    /// The code of a response.
    pub const RESPONSE: u8 = 2;
    /// The method that asks who somebody is.
    pub const IDENTITY: u8 = 1;

    /// The packet at the start of `whole`.
    pub fn new(whole: Payload<'a>) -> Self {
        Self { whole }
    }

    /// Request, response, success or failure.
    pub fn code(&self) -> Option<u8> {
        self.whole.get(0)
    }

    /// What pairs a response with its request.
    pub fn id(&self) -> Option<u8> {
        self.whole.get(1)
    }

    /// Bytes of the packet, as it claims.
    pub fn length(&self) -> Option<u16> {
        self.whole.get(2)
    }

    /// The method, of a request or response.
    pub fn kind(&self) -> Option<u8> {
        self.whole.get(4)
    }

    /// The first byte of the method's data: flags of the methods with TLS, a subtype of SIM and AKA.
    pub fn flags(&self) -> Option<u8> {
        self.whole.get(5)
    }

    /// Bytes of the whole message of a method with TLS, where the flags say that it is there.
    pub fn tls_length(&self) -> Option<u32> {
        self.whole.get(6)
    }

    /// What is behind the method.
    pub fn data(&self) -> Payload<'a> {
        let whole = self.whole;
        whole.with_claim(u32::from(self.length().unwrap_or(0)).min(whole.claimed())).skip(5)
    }

    /// The packet from its first byte on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }

    /// Who somebody says to be.
    pub fn identity(&self) -> Option<&'a [u8]> {
        (self.code()? == Self::RESPONSE && self.kind()? == Self::IDENTITY).then(|| self.data().bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_ends_the_identity() {
        let bytes = [2, 0, 0, 8, 2, 9, 0, 8, 1, b'b', b'o', b'b', 0, 0];
        let eap = Eapol::new(Payload::new(&bytes, 14)).eap().unwrap();
        assert_eq!((eap.id(), eap.identity()), (Some(9), Some(&b"bob"[..])));
        assert!(Eapol::new(Payload::new(&[2, 1, 0, 0], 4)).eap().is_none());
    }
}
