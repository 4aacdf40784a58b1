//! L2TP version 2, RFC 2661: PPP in UDP, and the messages that set it up.

use crate::decode::walk::{Next, View};
use crate::decode::{Payload, Protocol};

/// A header of L2TP or of the L2F before it.
#[derive(Clone, Copy, Debug)]
pub struct L2tp<'a> {
    flags: u16,
    whole: Payload<'a>,
}

/// An attribute of a control message.
#[derive(Clone, Copy, Debug)]
pub struct L2tpAttribute<'a> {
    /// Whether the receiver must know it.
    pub is_mandatory: bool,
    /// Whether its value is encrypted.
    pub is_hidden: bool,
    /// Who defines the number, 0 the IETF.
    pub vendor: u16,
    /// What the value is.
    pub kind: u16,
    /// The value.
    pub value: Payload<'a>,
}

impl<'a> L2tp<'a> {
    /// The flag of a control message.
    pub const CONTROL: u16 = 0x8000;
    /// The flag that says that there is a length.
    pub const LENGTH: u16 = 0x4000;
    /// The flag that says that there are sequence numbers.
    pub const SEQUENCE: u16 = 0x0800;
    /// The flag that says that there is an offset.
    pub const OFFSET: u16 = 0x0200;
    /// The flag of data that should not wait.
    pub const PRIORITY: u16 = 0x0100;
    /// The version that is understood.
    pub const VERSION: u8 = 2;

    /// The header at the start of `at`, if its flags were captured.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        Some(Self { flags: at.get(0)?, whole: at })
    }

    /// The flags, without the version.
    pub fn flags(&self) -> u16 {
        self.flags & 0xfff0
    }

    /// The version: 2 L2TP, 1 L2F.
    pub fn version(&self) -> u8 {
        (self.flags & 0x000f) as u8
    }

    /// Whether this is a control message and not data.
    pub fn is_control(&self) -> bool {
        self.has(Self::CONTROL)
    }

    /// Bytes of the message, where it says so.
    pub fn length(&self) -> Option<u16> {
        self.has(Self::LENGTH).then(|| self.whole.get(2))?
    }

    /// The tunnel.
    pub fn tunnel(&self) -> Option<u16> {
        self.whole.get(self.ids_at())
    }

    /// The session in the tunnel.
    pub fn session(&self) -> Option<u16> {
        self.whole.get(self.ids_at() + 2)
    }

    /// The number of this message and of the next one that is expected, where they are told.
    pub fn sequence(&self) -> Option<(u16, u16)> {
        let at = self.ids_at() + 4;
        self.has(Self::SEQUENCE).then(|| Some((self.whole.get(at)?, self.whole.get(at + 2)?)))?
    }

    /// Bytes of the header with its offset; nothing where the offset was not captured.
    pub fn header_len(&self) -> Option<usize> {
        let fixed = self.ids_at() + if self.has(Self::SEQUENCE) { 8 } else { 4 };
        if !self.has(Self::OFFSET) {
            return Some(fixed);
        }
        let offset: u16 = self.whole.get(fixed)?;
        Some(fixed + 2 + usize::from(offset))
    }

    /// What is behind the header, as message and datagram agree; nothing where their lengths cannot be.
    pub fn body(&self) -> Option<Payload<'a>> {
        let (claimed, header_len) = (self.whole.claimed(), self.header_len()?);
        let length = if self.has(Self::LENGTH) { self.length()?.into() } else { claimed };
        let is_possible = length <= claimed && length as usize >= header_len;
        is_possible.then(|| self.whole.with_claim(length).skip(header_len))
    }

    /// The attributes of a control message that were captured whole.
    pub fn attributes(&self) -> impl Iterator<Item = L2tpAttribute<'a>> + use<'a> {
        let is_control = self.version() == Self::VERSION && self.is_control() && self.has(Self::LENGTH);
        let mut rest = self.body().filter(|_| is_control).unwrap_or(Payload::EMPTY);
        std::iter::from_fn(move || L2tpAttribute::read(&mut rest))
    }

    /// The message from its first byte on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }

    /// PPP, of a message that is data.
    pub fn data(&self) -> Option<Payload<'a>> {
        self.body().filter(|_| self.version() == Self::VERSION && !self.is_control())
    }

    fn has(&self, flag: u16) -> bool {
        self.flags & flag != 0
    }

    fn ids_at(&self) -> usize {
        if self.has(Self::LENGTH) { 4 } else { 2 }
    }
}

impl<'a> View<'a> for L2tp<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        match self.data() {
            Some(data) => (Next::Decode(Protocol::Ppp), data),
            None => (Next::END, self.whole),
        }
    }
}

impl<'a> L2tpAttribute<'a> {
    /// Bytes in front of the value.
    pub const HEADER_LEN: u16 = 6;

    /// The attribute at the start of `rest`, and steps over it; nothing where it was not captured whole or its length cannot
    /// be.
    pub fn read(rest: &mut Payload<'a>) -> Option<Self> {
        let (first, vendor, kind): (u16, _, _) = (rest.get(0)?, rest.get(2)?, rest.get(4)?);
        let len = first & 0x03ff;
        let whole = rest.with_claim(rest.claimed().min(len.into()));
        if len < Self::HEADER_LEN || u32::from(len) > rest.claimed() || whole.is_truncated() {
            return None;
        }
        *rest = rest.skip(len.into());
        let value = whole.skip(Self::HEADER_LEN.into());
        Some(Self { is_mandatory: first & 0x8000 != 0, is_hidden: first & 0x4000 != 0, vendor, kind, value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_tell_which_fields_there_are() {
        let bytes = [0x4a, 0x02, 0, 16, 0, 1, 0, 2, 0, 3, 0, 4, 0, 1, 9, 0x21];
        let message = L2tp::new(Payload::new(&bytes, 16)).unwrap();
        assert_eq!((message.length(), message.tunnel(), message.session()), (Some(16), Some(1), Some(2)));
        assert_eq!((message.sequence(), message.header_len()), (Some((3, 4)), Some(15)));
        assert_eq!(message.data().unwrap().bytes(), [0x21]);
        let bytes = [0, 2, 0, 1, 0, 2, 0x21];
        let message = L2tp::new(Payload::new(&bytes, 7)).unwrap();
        assert_eq!((message.length(), message.tunnel(), message.sequence()), (None, Some(1), None));
        assert_eq!(message.data().unwrap().bytes(), [0x21]);
    }

    #[test]
    fn attributes_end_where_one_does_not_fit() {
        let attributes = [0x80, 8, 0, 0, 0, 0, 0, 1, 0x40, 7, 0, 9, 0, 1, 5, 0, 20, 0, 0, 0, 1];
        let header = [0xc8, 2, 0, 33, 0, 1, 0, 0, 0, 0, 0, 0];
        let bytes = [&header[..], &attributes].concat();
        let message = L2tp::new(Payload::new(&bytes, 33)).unwrap();
        let found: Vec<_> =
            message.attributes().map(|one| (one.is_hidden, one.vendor, one.value.bytes())).collect();
        assert_eq!(found, [(false, 0, &[0, 1][..]), (true, 9, &[5])]);
    }
}
