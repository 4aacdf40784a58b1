//! VQP, by which switches ask which VLAN a station belongs to.

use crate::decode::Payload;
use crate::decode::message::message;

message! {
    /// A message of VQP.
    Vqp {
        /// The version, 1.
        version: u8 = 0,
        /// What the message is.
        kind: u8 = 1,
        /// What went wrong.
        error: u8 = 2,
        /// The number of objects.
        count: u8 = 3,
        /// The number of the question.
        sequence: u32 = 4,
    }
}

impl<'a> Vqp<'a> {
    /// Bytes of the header.
    pub const HEADER_LEN: usize = 8;

    /// The objects.
    pub fn body(&self) -> Payload<'a> {
        self.whole().skip(Self::HEADER_LEN)
    }
}

/// An object.
#[derive(Clone, Copy, Debug)]
pub struct VqpObject<'a> {
    /// What it is.
    pub kind: u32,
    /// What is in it, as far as it claims.
    pub value: Payload<'a>,
}

impl<'a> VqpObject<'a> {
    /// Bytes of type and length.
    pub const HEADER_LEN: usize = 6;

    /// The object at the start of `rest`, which then begins behind it; `None` where its header was not captured.
    pub fn next(rest: &mut Payload<'a>) -> Option<Self> {
        let (kind, len) = (rest.get(0)?, rest.get::<u16>(4)?);
        let value = rest.skip(Self::HEADER_LEN).with_claim(len.into());
        *rest = rest.skip(Self::HEADER_LEN + usize::from(len));
        Some(Self { kind, value })
    }
}
