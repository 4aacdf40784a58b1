//! NFS versions 2 to 4, as calls and replies of remote procedures: RFC 5531, RFC 1094, RFC 1813, RFC 7530.

use crate::decode::Payload;
use crate::decode::walk::{Next, View};

/// Offsets of the fields behind the record mark.
mod field {
    pub(super) const XID: usize = 0;
    pub(super) const DIRECTION: usize = 4;
    pub(super) const VERSION: usize = 16;
    pub(super) const PROCEDURE: usize = 20;
    pub(super) const CREDENTIALS: usize = 24;
    pub(super) const REPLY_STATUS: usize = 8;
    pub(super) const REJECTION: usize = 12;
}

/// A call or reply of NFS: the first of a segment, or the one of a datagram.
#[derive(Clone, Copy, Debug)]
pub struct Nfs<'a> {
    is_stream: bool,
    message: Payload<'a>,
}

impl<'a> Nfs<'a> {
    /// The port of servers.
    pub const PORT: u16 = 2049;
    /// Bytes of the mark in front of a message in a stream.
    const MARK_LEN: usize = 4;

    /// Whether bytes between these ports are a call or a reply.
    #[inline]
    pub(in crate::decode) fn is_message(
        source: u16,
        destination: u16,
        at: Payload<'_>,
        is_stream: bool,
    ) -> bool {
        if source != Self::PORT && destination != Self::PORT {
            return false;
        }
        let mark_len = if is_stream { Self::MARK_LEN } else { 0 };
        match at.get::<u32>(mark_len + field::DIRECTION) {
            Some(0) => destination == Self::PORT,
            Some(1) => source == Self::PORT,
            _ => false,
        }
    }

    /// The message at the start of `at`, behind its record mark in a stream; nothing where that was not captured.
    pub fn new(at: Payload<'a>, is_stream: bool) -> Option<Self> {
        if !is_stream {
            return Some(Self { is_stream, message: at });
        }
        let mark: u32 = at.get(0)?;
        let behind = at.skip(Self::MARK_LEN);
        let message = behind.with_claim(behind.claimed().min(mark & 0x7fff_ffff));
        Some(Self { is_stream, message })
    }

    /// Whether the message is one of a stream.
    pub fn is_stream(&self) -> bool {
        self.is_stream
    }

    /// The message without its record mark.
    pub fn message(&self) -> Payload<'a> {
        self.message
    }

    /// What pairs a reply with its call.
    pub fn xid(&self) -> Option<u32> {
        self.message.get(field::XID)
    }

    /// Whether this is a reply and not a call.
    pub fn is_reply(&self) -> bool {
        self.message.get::<u32>(field::DIRECTION) == Some(1)
    }

    /// The version of NFS, of a call.
    pub fn version(&self) -> Option<u32> {
        self.of_call(field::VERSION)
    }

    /// The procedure in the numbers of the version, of a call.
    pub fn procedure(&self) -> Option<u32> {
        self.of_call(field::PROCEDURE)
    }

    /// The procedure in the numbers of version 3, which has all that are in version 2; of a call of these versions.
    pub fn procedure_3(&self) -> Option<u32> {
        match (self.version()?, self.procedure()?) {
            (4.., _) => None,
            (3, procedure) => Some(procedure),
            (_, procedure) => Some(VERSION_2.get(procedure as usize).copied().map_or(procedure, u32::from)),
        }
    }

    /// Whether the server has taken a call, 0, or not, 1; of a reply.
    pub fn reply_status(&self) -> Option<u32> {
        self.of_reply(field::REPLY_STATUS)
    }

    /// Why the server has not taken a call: 0 its version, 1 who calls.
    pub fn rejection(&self) -> Option<u32> {
        self.of_reply(field::REJECTION).filter(|_| self.reply_status() == Some(1))
    }

    /// What is behind the rejection: two versions, or a reason.
    pub fn rejection_data(&self) -> Payload<'a> {
        self.message.skip(field::REJECTION + 4)
    }

    /// The arguments of a call, behind what says who calls.
    pub fn arguments(&self) -> Option<Payload<'a>> {
        let mut rest = self.message.skip(field::CREDENTIALS);
        for _ in 0..2 {
            rest.read::<u32>()?;
            opaque(&mut rest)?;
        }
        Some(rest).filter(|_| !self.is_reply())
    }

    /// The handle at the start of arguments of versions 2 and 3, and steps over it.
    pub fn handle(&self, arguments: &mut Payload<'a>) -> Option<&'a [u8]> {
        /// Bytes of a handle of version 2.
        const FIXED: usize = 32;
        if self.version() == Some(3) {
            return opaque(arguments);
        }
        let handle = arguments.bytes().get(..FIXED)?;
        *arguments = arguments.skip(FIXED);
        Some(handle)
    }

    /// The name at the start of arguments, and steps over it.
    pub fn name(arguments: &mut Payload<'a>) -> Option<&'a [u8]> {
        opaque(arguments)
    }

    /// The name of a file that a call of versions 2 and 3 is about, where it is not its handle alone.
    pub fn file_name(&self) -> Option<&'a [u8]> {
        let has_name = matches!(self.procedure_3()?, 3 | 8..=14);
        let mut arguments = self.arguments().filter(|_| has_name)?;
        self.handle(&mut arguments)?;
        Self::name(&mut arguments)
    }

    fn of_call(&self, at: usize) -> Option<u32> {
        self.message.get(at).filter(|_| !self.is_reply())
    }

    fn of_reply(&self, at: usize) -> Option<u32> {
        self.message.get(at).filter(|_| self.is_reply())
    }
}

impl<'a> View<'a> for Nfs<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.message)
    }
}

/// Bytes behind their length, padded to words of 32 bits, and steps over them.
fn opaque<'a>(rest: &mut Payload<'a>) -> Option<&'a [u8]> {
    let len = rest.get::<u32>(0)? as usize;
    let padded = len.checked_next_multiple_of(4)?;
    let bytes = rest.bytes().get(4..)?.get(..padded)?;
    *rest = rest.skip(4 + padded);
    Some(&bytes[..len])
}

/// The procedures of version 2 by the numbers of version 3; 25 is one that there is no more.
const VERSION_2: &[u8] =
    &[0, 1, 2, 25, 3, 5, 6, 25, 7, 8, 12, 14, 15, 10, 9, 13, 16, 18, 25, 25, 25, 25, 25, 25, 25, 25];

#[cfg(test)]
mod tests {
    use super::*;

    /// A call with credentials of five bytes.
    fn call(version: u32, procedure: u32, arguments: &[u8]) -> Vec<u8> {
        let head = [7_u32, 0, 2, 100_003, version, procedure, 1, 5].map(u32::to_be_bytes).concat();
        [&head[..], &[1, 2, 3, 4, 5, 0, 0, 0], &[0; 8], arguments].concat()
    }

    #[test]
    fn arguments_are_behind_credentials_and_verifier() {
        let arguments = [&[0, 0, 0, 4, 9, 9, 9, 9, 0, 0, 0, 3][..], b"abc\0"].concat();
        let bytes = call(3, 3, &arguments);
        let nfs = Nfs::new(Payload::new(&bytes, bytes.len() as u32), false).unwrap();
        assert_eq!((nfs.xid(), nfs.version(), nfs.procedure()), (Some(7), Some(3), Some(3)));
        assert_eq!(nfs.file_name(), Some(&b"abc"[..]));
        let nfs = Nfs::new(Payload::new(&bytes[..bytes.len() - 1], 100), false).unwrap();
        assert_eq!(nfs.file_name(), None);
    }

    #[test]
    fn procedures_of_version_2_have_other_numbers() {
        let procedure = |version, procedure| {
            let bytes = call(version, procedure, &[]);
            Nfs::new(Payload::new(&bytes, bytes.len() as u32), false).unwrap().procedure_3()
        };
        assert_eq!((procedure(2, 4), procedure(3, 4), procedure(4, 1)), (Some(3), Some(4), None));
    }

    #[test]
    fn ports_and_direction_tell_a_message() {
        let bytes = call(3, 0, &[]);
        let is_message =
            |source, destination| Nfs::is_message(source, destination, Payload::new(&bytes, 64), false);
        assert!(is_message(900, 2049) && !is_message(2049, 900) && !is_message(900, 901));
    }
}
