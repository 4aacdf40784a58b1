//! SMB in streams, by the headers of its messages: version 1 ([MS-CIFS]) and versions 2 and 3 ([MS-SMB2]). Knows no key.

use crate::decode::Payload;
use crate::decode::walk::{Next, View};

/// Bytes in front of a message: a type, which is 0, and the message's length.
const FRAME_LEN: usize = 4;

/// Which header a message has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmbForm {
    /// Version 1.
    V1,
    /// Versions 2 and 3.
    V2,
    /// Version 3, encrypted.
    Encrypted,
    /// Version 3, compressed.
    Compressed,
}

/// The first message of a segment. Its numbers are little-endian.
#[derive(Clone, Copy, Debug)]
pub struct Smb<'a> {
    form: SmbForm,
    message: Payload<'a>,
}

impl SmbForm {
    fn of(bytes: &[u8]) -> Option<Self> {
        match *bytes {
            [0, _, _, _, first, b'S', b'M', b'B', ..] => match first {
                0xff => Some(Self::V1),
                0xfe => Some(Self::V2),
                0xfd => Some(Self::Encrypted),
                0xfc => Some(Self::Compressed),
                _ => None,
            },
            _ => None,
        }
    }
}

impl<'a> Smb<'a> {
    /// Whether bytes begin as a message does.
    #[inline]
    pub(super) fn is_message(bytes: &[u8]) -> bool {
        SmbForm::of(bytes).is_some()
    }

    /// The message at the start of `at`, if it is one of a known form.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let form = SmbForm::of(at.bytes())?;
        let [_, a, b, c] = at.get(0)?;
        let behind = at.skip(FRAME_LEN);
        let message = behind.with_claim(behind.claimed().min(u32::from_be_bytes([0, a, b, c])));
        Some(Self { form, message })
    }

    /// Which header the message has.
    pub fn form(&self) -> SmbForm {
        self.form
    }

    /// What is asked or answered, in the numbers of the form.
    pub fn command(&self) -> Option<u16> {
        match self.form {
            SmbForm::V1 => self.message.get::<u8>(4).map(u16::from),
            SmbForm::V2 => self.message.get(12).map(u16::from_le_bytes),
            SmbForm::Encrypted | SmbForm::Compressed => None,
        }
    }

    /// Whether the message is an answer.
    pub fn is_response(&self) -> Option<bool> {
        match self.form {
            SmbForm::V1 => self.message.get::<u8>(9).map(|flags| flags & 0x80 != 0),
            SmbForm::V2 => self.message.get::<u8>(16).map(|flags| flags & 0x01 != 0),
            SmbForm::Encrypted | SmbForm::Compressed => None,
        }
    }

    /// How it went, of an answer.
    pub fn status(&self) -> Option<u32> {
        let at = if self.form == SmbForm::V1 { 5 } else { 8 };
        self.message.get(at).map(u32::from_le_bytes).filter(|_| self.is_response() == Some(true))
    }

    /// What pairs an answer with its question, of versions 2 and 3.
    pub fn message_id(&self) -> Option<u64> {
        self.v2(24).map(u64::from_le_bytes)
    }

    /// The share that is meant, unless the answer comes later, of versions 2 and 3.
    pub fn tree(&self) -> Option<u32> {
        let flags: u8 = self.v2(16).map(|[flags]: [u8; 1]| flags)?;
        self.v2(36).map(u32::from_le_bytes).filter(|_| flags & 0x02 == 0)
    }

    /// The session, of versions 2 and 3 and of what is encrypted.
    pub fn session(&self) -> Option<u64> {
        match self.form {
            SmbForm::Encrypted => self.message.get(44).map(u64::from_le_bytes),
            _ => self.v2(40).map(u64::from_le_bytes),
        }
    }

    fn v2<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        self.message.get(at).filter(|_| self.form == SmbForm::V2)
    }
}

impl<'a> View<'a> for Smb<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_version_2_are_little_endian() {
        let mut bytes = vec![0, 0, 0, 64, 0xfe, b'S', b'M', b'B', 64, 0];
        bytes.resize(68, 0);
        bytes[12..16].copy_from_slice(&[0x22, 0, 0, 0xc0]);
        (bytes[16], bytes[20], bytes[28], bytes[40], bytes[44]) = (5, 1, 9, 7, 3);
        let smb = Smb::new(Payload::new(&bytes, 68)).unwrap();
        assert_eq!((smb.form(), smb.command(), smb.is_response()), (SmbForm::V2, Some(5), Some(true)));
        assert_eq!((smb.status(), smb.message_id()), (Some(0xc000_0022), Some(9)));
        assert_eq!((smb.tree(), smb.session()), (Some(7), Some(3)));
    }

    #[test]
    fn version_1_has_another_header_and_encryption_none() {
        let bytes = [0, 0, 0, 32, 0xff, b'S', b'M', b'B', 0x72, 0, 0, 0, 0, 0x18, 0, 0];
        let smb = Smb::new(Payload::new(&bytes, 16)).unwrap();
        assert_eq!((smb.command(), smb.is_response(), smb.status()), (Some(0x72), Some(false), None));
        let bytes = [0, 0, 0, 32, 0xfd, b'S', b'M', b'B', 1, 2, 3];
        assert_eq!(Smb::new(Payload::new(&bytes, 36)).unwrap().command(), None);
        assert!(!Smb::is_message(b"\x81\0\0\x44 EFEF") && !Smb::is_message(&bytes[..7]));
    }
}
