//! The protocols by which PPP negotiates, RFC 1661 section 5: a code, an identifier, a length, and most often options.

use crate::decode::Payload;

/// A packet of such a protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PppControl<'a> {
    /// What is said: 1 to 4 about options, 5 and 6 ending, 9 and 10 echo.
    pub code: u8,
    /// The number that an answer repeats.
    pub id: u8,
    /// Bytes of the packet, as it claims; nothing where they were not captured.
    pub len: Option<u16>,
    /// What is behind the header, whatever the packet claims.
    pub data: Payload<'a>,
}

impl<'a> PppControl<'a> {
    /// Bytes of the header.
    pub const HEADER_LEN: u32 = 4;

    /// The packet in `payload`; nothing where it has no room for the header, or its start was not captured.
    pub fn new(payload: Payload<'a>) -> Option<Self> {
        let [code, id] = payload.get(0).filter(|_| payload.claimed() >= Self::HEADER_LEN)?;
        Some(Self { code, id, len: payload.get(2), data: payload.skip(Self::HEADER_LEN as usize) })
    }
}

/// An option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PppOption<'a> {
    /// The type, which means something else in each protocol.
    pub kind: u8,
    /// Bytes of type, length and value, as the option claims.
    pub len: u8,
    /// Type, length and value, of which anything may be missing.
    pub whole: Payload<'a>,
    /// What is behind it.
    pub behind: Payload<'a>,
}

impl<'a> PppOption<'a> {
    /// Bytes of type and length.
    pub const HEADER_LEN: u8 = 2;

    /// The option at the start of `rest`, and steps over it; nothing where its header was not captured.
    pub fn read(rest: &mut Payload<'a>) -> Option<Self> {
        let [kind, len] = rest.get(0)?;
        let whole = Payload::new(rest.bytes(), len.into());
        *rest = rest.skip(len.max(Self::HEADER_LEN).into());
        Some(Self { kind, len, whole, behind: *rest })
    }

    /// The value, of which anything may be missing.
    pub fn value(&self) -> Payload<'a> {
        self.whole.skip(Self::HEADER_LEN.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_count_their_headers() {
        let bytes = [1, 9, 0, 10, 5, 4, 1, 2, 7, 1];
        let control = PppControl::new(Payload::new(&bytes, 10)).unwrap();
        assert_eq!((control.code, control.id, control.len), (1, 9, Some(10)));
        let mut rest = control.data;
        let option = PppOption::read(&mut rest).unwrap();
        assert_eq!((option.kind, option.len, option.value().bytes()), (5, 4, &[1, 2][..]));
        assert_eq!(PppOption::read(&mut rest).unwrap().len, 1);
        assert_eq!(PppOption::read(&mut rest), None);
        assert_eq!(PppControl::new(Payload::new(&bytes, 3)), None);
    }
}
