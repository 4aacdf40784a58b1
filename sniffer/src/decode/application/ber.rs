//! Elements of ASN.1 in the basic encoding rules (X.690), as SNMP uses them: tags of one byte, lengths that are known.

use crate::decode::Payload;

/// Why an element could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BerError {
    /// It was not captured whole.
    Truncated,
    /// There are no bytes left.
    Nothing,
    /// Its length is missing.
    NoLength,
    /// Its length has more bytes than there are.
    LongLength {
        /// Bytes that there are.
        left: u32,
        /// Bytes that the length is said to have.
        claimed: u32,
    },
    /// It claims more bytes than there are.
    TooLong {
        /// Bytes that there are.
        left: u32,
        /// Bytes that it claims.
        claimed: u32,
    },
}

/// An element.
#[derive(Clone, Copy, Debug)]
pub struct BerElement<'a> {
    tag: u8,
    whole_len: u32,
    content: Payload<'a>,
}

impl<'a> BerElement<'a> {
    /// The first byte: class, form and number.
    pub fn tag(&self) -> u8 {
        self.tag
    }

    /// The class: 0 universal, 1 application, 2 context, 3 private.
    pub fn class(&self) -> u8 {
        self.tag >> 6
    }

    /// Whether it is made of other elements.
    pub fn is_constructed(&self) -> bool {
        self.tag & 0x20 != 0
    }

    /// The number of its type within its class.
    pub fn number(&self) -> u8 {
        self.tag & 0x1f
    }

    /// Bytes of the element with tag and length.
    pub fn whole_len(&self) -> u32 {
        self.whole_len
    }

    /// What it holds.
    pub fn content(&self) -> &'a [u8] {
        self.content.bytes()
    }

    /// The elements that it is made of.
    pub fn elements(&self) -> BerReader<'a> {
        BerReader { rest: self.content }
    }

    /// Its content as a signed number, of which the lower 32 bits count.
    pub fn integer(&self) -> i32 {
        let negative = self.content().first().is_some_and(|first| first & 0x80 != 0);
        let start = if negative { -1 } else { 0 };
        self.content().iter().fold(start, |sum, byte| sum << 8 | i32::from(*byte))
    }

    /// Its content as an unsigned number, of which the lower 64 bits count.
    pub fn unsigned(&self) -> u64 {
        self.content().iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
    }

    /// The numbers of an object identifier (X.690 section 8.19).
    pub fn object(&self) -> impl Iterator<Item = u32> {
        let mut bytes = self.content().iter();
        let mut is_first = true;
        let mut waiting = None;
        std::iter::from_fn(move || {
            if let Some(second) = waiting.take() {
                return Some(second);
            }
            let mut number = 0_u32;
            loop {
                let byte = bytes.next()?;
                number = number.wrapping_shl(7).wrapping_add(u32::from(byte & 0x7f));
                if byte & 0x80 == 0 {
                    break;
                }
            }
            if !std::mem::take(&mut is_first) {
                return Some(number);
            }
            // The first byte holds two numbers, of which the first is 2 at most.
            let first = (number / 40).min(2);
            waiting = Some(number - first * 40);
            Some(first)
        })
    }
}

/// Reads one element after the other.
#[derive(Clone, Copy, Debug)]
pub struct BerReader<'a> {
    rest: Payload<'a>,
}

impl<'a> BerReader<'a> {
    /// From the start of `at`.
    pub fn new(at: Payload<'a>) -> Self {
        Self { rest: at }
    }

    /// Bytes that have not been read.
    pub fn left(&self) -> u32 {
        self.rest.claimed()
    }

    /// The next element.
    ///
    /// # Errors
    /// Why there is none; it is not skipped then.
    pub fn element(&mut self) -> Result<BerElement<'a>, BerError> {
        let start = self.rest;
        let tag = byte(start, BerError::Nothing)?;
        let first = byte(start.skip(1), BerError::NoLength)?;
        let mut content = start.skip(2);
        let mut claimed = u32::from(first);
        if first & 0x80 != 0 {
            let count = usize::from(first & 0x7f);
            let left = content.claimed();
            if left < count as u32 {
                return Err(BerError::LongLength { left, claimed: count as u32 });
            }
            let bytes = content.bytes().get(..count).ok_or(BerError::Truncated)?;
            claimed = bytes.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte));
            content = content.skip(count);
        }
        if content.claimed() < claimed {
            return Err(BerError::TooLong { left: content.claimed(), claimed });
        }
        let content = content.with_claim(claimed);
        if content.is_truncated() {
            return Err(BerError::Truncated);
        }
        let whole_len = content.offset() - start.offset() + claimed;
        self.rest = start.skip(whole_len as usize);
        Ok(BerElement { tag, whole_len, content })
    }
}

/// The first byte of `at`, or what is wrong where there is none.
fn byte(at: Payload<'_>, missing: BerError) -> Result<u8, BerError> {
    match at.bytes().first() {
        Some(byte) => Ok(*byte),
        None if at.claimed() > 0 => Err(BerError::Truncated),
        None => Err(missing),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], claimed: u32) -> Result<(u8, Vec<u8>, u32), BerError> {
        let mut reader = BerReader::new(Payload::new(bytes, claimed));
        reader.element().map(|element| (element.tag(), element.content().to_vec(), reader.left()))
    }

    #[test]
    fn elements_are_read_in_order() {
        assert_eq!(read(&[2, 1, 5, 9], 4), Ok((2, vec![5], 1)));
        assert_eq!(read(&[4, 0x81, 2, 7, 8], 5), Ok((4, vec![7, 8], 0)));
        assert_eq!(read(&[], 0), Err(BerError::Nothing));
        assert_eq!(read(&[2], 1), Err(BerError::NoLength));
        assert_eq!(read(&[2, 0x82, 1], 3), Err(BerError::LongLength { left: 1, claimed: 2 }));
        assert_eq!(read(&[2, 5, 1], 3), Err(BerError::TooLong { left: 1, claimed: 5 }));
        assert_eq!(read(&[2, 5, 1], 9), Err(BerError::Truncated));
        assert_eq!(read(&[2], 9), Err(BerError::Truncated));
    }

    #[test]
    fn numbers_and_objects_are_those_of_x690() {
        let element =
            |bytes: &'static [u8]| BerReader::new(Payload::new(bytes, bytes.len() as u32)).element().unwrap();
        assert_eq!(element(&[2, 2, 0xff, 0xfe]).integer(), -2);
        assert_eq!(element(&[2, 2, 1, 0]).integer(), 256);
        assert_eq!(element(&[0x46, 3, 0xff, 1, 2]).unsigned(), 0x00ff_0102);
        assert_eq!(element(&[6, 3, 0x2b, 6, 1]).object().collect::<Vec<_>>(), [1, 3, 6, 1]);
        assert_eq!(element(&[6, 3, 0x88, 0x37, 3]).object().collect::<Vec<_>>(), [2, 999, 3]);
        assert_eq!(element(&[6, 1, 0x88]).object().count(), 0);
    }
}
