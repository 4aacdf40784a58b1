//! SOME/IP: calls and events between the control units of a car.

use crate::decode::message::message;

message! {
    /// A message of SOME/IP.
    SomeIp {
        /// The service.
        service: u16 = 0,
        /// The method, or the event where the highest bit is set.
        method_or_event: u16 = 2,
        /// Bytes behind this field.
        length: u32 = 4,
        /// The client.
        client: u16 = 8,
        /// The call of the client.
        session: u16 = 10,
        /// The version of SOME/IP.
        protocol_version: u8 = 12,
        /// The version of the service.
        interface_version: u8 = 13,
        /// What the message is.
        kind: u8 = 14,
        /// How a call went.
        return_code: u8 = 15,
    }
}

impl SomeIp<'_> {
    /// Bytes of the header.
    pub const HEADER_LEN: u32 = 16;

    /// Whether an event is told, and not a method called.
    pub fn is_event(&self) -> Option<bool> {
        self.method_or_event().map(|both| both & 0x8000 != 0)
    }

    /// The method or event without that bit.
    pub fn method(&self) -> Option<u16> {
        self.method_or_event().map(|both| both & 0x7fff)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Payload;

    #[test]
    fn the_highest_bit_tells_an_event() {
        let bytes = [0x12, 0x34, 0x80, 5, 0, 0, 0, 8, 0, 1, 0, 2, 1, 3, 2, 0];
        let message = SomeIp::new(Payload::new(&bytes, 16));
        assert_eq!(
            (message.service(), message.is_event(), message.method()),
            (Some(0x1234), Some(true), Some(5))
        );
        assert_eq!(
            (message.session(), message.interface_version(), message.kind()),
            (Some(2), Some(3), Some(2))
        );
    }
}
