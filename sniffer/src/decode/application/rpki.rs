//! How routers learn who may announce which prefix: the RPKI to router protocol, RFC 6810.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::decode::Payload;
use crate::decode::message::message;

message! {
    /// A message, and whatever follows it in its segment.
    Rpki {
        /// The version; only 0 is understood.
        version: u8 = 0,
        /// What is said: 0 and 1 about changes, 4 and 6 prefixes, 10 an error.
        kind: u8 = 1,
        /// The session, or the number of an error.
        session: u16 = 2,
        /// Bytes of the message.
        length: u32 = 4,
        /// The number of a change.
        serial: u32 = 8,
    }
}

/// Who may announce a prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RpkiPrefix {
    /// Flags: 1 may, 0 may no longer.
    pub flags: u8,
    /// Bits of the prefix.
    pub len: u8,
    /// Bits of the longest prefix in it that may be announced.
    pub longest: u8,
    /// The prefix.
    pub address: IpAddr,
    /// The autonomous system that may.
    pub system: u32,
}

/// What an error is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RpkiError<'a> {
    /// The message that it is about, and what is behind that.
    pub about: Payload<'a>,
    /// Bytes of that message.
    pub about_len: u32,
}

impl<'a> Rpki<'a> {
    /// Bytes of a message at least.
    pub const HEADER_LEN: u32 = 8;

    /// The prefix of a message that has one.
    pub fn prefix(&self) -> Option<RpkiPrefix> {
        let mut rest = self.whole().skip(Self::HEADER_LEN as usize);
        let [flags, len, longest, _] = rest.read()?;
        let address = match self.kind()? {
            4 => rest.read::<Ipv4Addr>()?.into(),
            6 => rest.read::<Ipv6Addr>()?.into(),
            _ => return None,
        };
        Some(RpkiPrefix { flags, len, longest, address, system: rest.read()? })
    }

    /// What an error is about.
    pub fn error(&self) -> Option<RpkiError<'a>> {
        let mut about = self.whole().skip(Self::HEADER_LEN as usize);
        let about_len = about.read()?;
        Some(RpkiError { about, about_len })
    }

    /// The messages that were captured, at least by their headers.
    pub fn messages(&self) -> impl Iterator<Item = Rpki<'a>> + use<'a> {
        let mut rest = self.whole();
        std::iter::from_fn(move || {
            let message = Rpki::new(rest);
            let len = message.length()?.max(Self::HEADER_LEN);
            rest = rest.skip(len as usize);
            Some(Rpki::new(message.whole().with_claim(len.min(message.whole().claimed()))))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_follow_one_another() {
        let reset = [0, 2, 0, 0, 0, 0, 0, 8];
        let prefix = [0, 4, 0, 0, 0, 0, 0, 20, 1, 16, 24, 0, 10, 1, 0, 0, 0, 0, 0xfd, 0xe8];
        let bytes = [&reset[..], &prefix, &reset[..5]].concat();
        let rpki = Rpki::new(Payload::new(&bytes, bytes.len() as u32));
        let messages: Vec<_> = rpki.messages().map(|message| (message.kind(), message.prefix())).collect();
        let address = Ipv4Addr::new(10, 1, 0, 0).into();
        let expected = RpkiPrefix { flags: 1, len: 16, longest: 24, address, system: 65_000 };
        assert_eq!(messages, [(Some(2), None), (Some(4), Some(expected))]);
    }
}
