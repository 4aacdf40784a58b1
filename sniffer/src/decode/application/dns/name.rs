//! Names of DNS: labels, which compression pointers (RFC 1035 section 4.1.4) lead through the whole message.

/// The longest name that is followed, dots included (RFC 1035 section 3.1 allows 255 bytes on the wire).
const MAX_NAME_LEN: usize = 255;

/// A name within a message.
#[derive(Clone, Copy, Debug)]
pub struct DnsName<'a> {
    message: &'a [u8],
    at: usize,
}

/// Why a name cannot be read further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DnsNameError {
    /// The capture or the message ends.
    Truncated,
    /// A compression pointer does not point backwards.
    BadPointer,
    /// A label is of the reserved type `0b10`.
    BadLabel,
    /// A label of the abandoned extended type (RFC 6891 section 5), with its low six bits.
    Extended(u8),
    /// The name is longer than a name may be.
    TooLong,
}

impl<'a> DnsName<'a> {
    /// The name at `at` of a message.
    pub(super) fn new(message: &'a [u8], at: usize) -> Self {
        Self { message, at }
    }

    /// The labels from left to right, without the root's. Behind an error there are none.
    pub fn labels(self) -> DnsLabels<'a> {
        DnsLabels { message: self.message, at: Some(self.at), lowest: self.at, len: 0 }
    }

    /// Where the name ends in the message: behind its root label or its first compression pointer.
    pub fn end(self) -> Option<usize> {
        let mut at = self.at;
        loop {
            let len = *self.message.get(at)?;
            match len {
                0 => return Some(at + 1),
                0x01..=0x3f => at += 1 + len as usize,
                0xc0.. => return Some(at + 2),
                _ => return None,
            }
        }
    }
}

/// An iterator over the labels of a name; it follows compression pointers, which must point backwards.
#[derive(Clone, Debug)]
pub struct DnsLabels<'a> {
    message: &'a [u8],
    at: Option<usize>,
    lowest: usize,
    len: usize,
}

impl<'a> DnsLabels<'a> {
    fn label(&mut self, mut at: usize) -> Result<Option<&'a [u8]>, DnsNameError> {
        loop {
            let len = *self.message.get(at).ok_or(DnsNameError::Truncated)?;
            match len {
                0 => return Ok(None),
                0x01..=0x3f => return self.plain(at + 1, len as usize).map(Some),
                0xc0.. => {
                    let low = *self.message.get(at + 1).ok_or(DnsNameError::Truncated)?;
                    let target = usize::from(u16::from_be_bytes([len & 0x3f, low]));
                    if target >= self.lowest {
                        return Err(DnsNameError::BadPointer);
                    }
                    self.lowest = target;
                    at = target;
                }
                0x40..=0x7f => return Err(DnsNameError::Extended(len & 0x3f)),
                _ => return Err(DnsNameError::BadLabel),
            }
        }
    }

    fn plain(&mut self, at: usize, len: usize) -> Result<&'a [u8], DnsNameError> {
        let bytes = self.message.get(at..at + len).ok_or(DnsNameError::Truncated)?;
        if self.len > MAX_NAME_LEN {
            return Err(DnsNameError::TooLong);
        }
        self.len += len + 1;
        self.at = Some(at + len);
        Ok(bytes)
    }
}

impl<'a> Iterator for DnsLabels<'a> {
    type Item = Result<&'a [u8], DnsNameError>;

    fn next(&mut self) -> Option<Self::Item> {
        let at = self.at.take()?;
        self.label(at).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(message: &[u8]) -> Vec<Result<&[u8], DnsNameError>> {
        DnsName::new(message, 0).labels().collect()
    }

    #[test]
    fn names_that_cannot_be_read_say_why() {
        let check = |message: &[u8], expected: &[Result<&[u8], DnsNameError>]| {
            assert_eq!(labels(message), expected);
        };
        check(&[1, b'a'], &[Ok(b"a"), Err(DnsNameError::Truncated)]);
        check(&[5, b'a'], &[Err(DnsNameError::Truncated)]);
        check(&[0xc0, 0], &[Err(DnsNameError::BadPointer)]);
        check(&[1, b'a', 0xc0, 9], &[Ok(b"a"), Err(DnsNameError::BadPointer)]);
        check(&[0x80], &[Err(DnsNameError::BadLabel)]);
        check(&[0x41], &[Err(DnsNameError::Extended(1))]);
        let long: Vec<u8> = [10; 11].repeat(40);
        assert_eq!(labels(&long).last(), Some(&Err(DnsNameError::TooLong)));
    }
}
