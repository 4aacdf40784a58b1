//! `OpenFlow`: the messages between a controller and a switch.

pub mod v1_0;
pub mod v1_3;

use crate::decode::Payload;
use crate::decode::message::{message, part};

message! {
    /// A message of `OpenFlow`, and those behind it in the segment.
    OpenFlow {
        /// The version of the wire format: 1 is `OpenFlow` 1.0, 4 is `OpenFlow` 1.3.
        version: u8 = 0,
        /// The type, in the numbers of the version.
        kind: u8 = 1,
        /// Bytes of the message with its header.
        length: u16 = 2,
        /// What pairs a reply with its request.
        transaction: u32 = 4,
    }
}

impl<'a> OpenFlow<'a> {
    /// Bytes of the header.
    pub const HEADER_LEN: usize = 8;

    /// What is behind the header, as far as the length says, wherever the segment ends.
    pub fn body(&self) -> Payload<'a> {
        let len = u32::from(self.length().unwrap_or(0)).saturating_sub(Self::HEADER_LEN as u32);
        Payload::skip(self.whole(), Self::HEADER_LEN).with_claim(len)
    }

    /// The message behind this one, which ends where its length says; nothing where it does not end in the segment.
    pub fn behind(&self) -> Option<Self> {
        let len = self.length().filter(|len| usize::from(*len) >= Self::HEADER_LEN)?;
        let rest = Payload::skip(self.whole(), len.into());
        (u32::from(len) < self.whole().claimed()).then_some(Self::new(rest))
    }

    /// This message and those behind it.
    pub fn messages(&self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(*self), Self::behind)
    }
}

part! {
    /// What an error message holds.
    OpenFlowError {
        /// The type of the error.
        kind: u16 = 0,
        /// What of this type is wrong.
        code: u16 = 2,
    }
}

impl<'a> OpenFlowError<'a> {
    /// What was wrong, most often the message that was.
    pub fn data(&self) -> Payload<'a> {
        self.whole().skip(4)
    }
}

part! {
    /// How a switch treats packets.
    OpenFlowConfig {
        /// What it does with fragments: 0 nothing special, 1 drop, 2 reassemble.
        flags: u16 = 0,
        /// How many bytes of a packet the controller gets.
        miss_send_len: u16 = 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_follow_one_another_by_their_lengths() {
        let bytes = [1, 0, 0, 8, 0, 0, 0, 1, 1, 2, 0, 9, 0, 0, 0, 2, 7, 1, 3, 0, 7];
        let messages = OpenFlow::new(Payload::new(&bytes, 21));
        let kinds: Vec<_> = messages.messages().map(|message| message.kind()).collect();
        assert_eq!(kinds, [Some(0), Some(2), Some(3)]);
    }
}
