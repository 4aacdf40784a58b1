//! The headers that a radio puts in front of a frame of IEEE 802.11: radiotap, AVS and Prism.

use crate::decode::walk::{Next, View};
use crate::decode::{Payload, Protocol};

/// Bytes of radiotap's header in front of its fields, with the first word of presence.
const MIN_LEN: usize = 8;
/// The bit of a word of presence that says another follows.
const EXTENDED: u32 = 1 << 31;
/// The bit that begins a vendor's own fields.
const VENDOR: u32 = 1 << 30;
/// The bit that goes back to the common fields.
const COMMON: u32 = 1 << 29;

/// A radiotap header (<https://www.radiotap.org>).
#[derive(Clone, Copy, Debug)]
pub struct Radiotap<'a> {
    bytes: &'a [u8],
    payload: Payload<'a>,
}

/// One field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RadiotapField<'a> {
    /// The number of the field.
    pub kind: u32,
    /// Its bytes, little-endian; nothing where the header has no room for it, or its length is not known. It is the last
    /// field then.
    pub value: Option<&'a [u8]>,
    /// The word of presence that it is in.
    pub present: u32,
}

impl<'a> Radiotap<'a> {
    /// The field of flags.
    pub const FLAGS: u32 = 1;
    /// The field of the channel.
    pub const CHANNEL: u32 = 3;
    /// The flag that four bytes of checksum end the frame.
    const FLAG_FCS: u8 = 0x10;
    /// The flag that the frame's header is padded to four bytes.
    const FLAG_PADDED: u8 = 0x20;

    /// The header at the start of `at`, if it was captured whole.
    pub fn new(at: Payload<'a>) -> Option<Self> {
        let [low, high]: [u8; 2] = at.get(2)?;
        let len = usize::from(u16::from_le_bytes([low, high]));
        let bytes = at.bytes().get(..len).filter(|bytes| bytes.len() >= MIN_LEN)?;
        let header = Self { bytes, payload: at.skip(len) };
        (header.fields_at()? <= len).then_some(header)
    }

    /// The word of presence at an index.
    fn present(&self, index: usize) -> Option<u32> {
        let word = self.bytes.get(4 + index * 4..)?.first_chunk()?;
        Some(u32::from_le_bytes(*word))
    }

    /// Where the words of presence end; nothing where they do not.
    fn fields_at(&self) -> Option<usize> {
        let mut index = 0;
        while self.present(index)? & EXTENDED != 0 {
            index += 1;
        }
        Some(MIN_LEN + index * 4)
    }

    /// The fields in order.
    pub fn fields(&self) -> RadiotapFields<'a> {
        let at = self.fields_at().unwrap_or(self.bytes.len());
        let left = self.present(0).unwrap_or(0);
        RadiotapFields { header: *self, word: 0, left, first: 0, at, vendor_len: None }
    }

    /// The flags, where the header has them.
    pub fn flags(&self) -> Option<u8> {
        self.fields().find(|field| field.kind == Self::FLAGS)?.value?.first().copied()
    }

    /// The frequency in megahertz, where the header has it.
    pub fn frequency(&self) -> Option<u16> {
        let field = self.fields().find(|field| field.kind == Self::CHANNEL)?;
        field.value?.first_chunk().map(|bytes| u16::from_le_bytes(*bytes))
    }

    /// What the header is followed by, without a checksum.
    pub fn payload(&self) -> Payload<'a> {
        let has_checksum = self.flags().unwrap_or(0) & Self::FLAG_FCS != 0;
        let checksum_len = if has_checksum { 4 } else { 0 };
        self.payload.with_claim(self.payload.claimed().saturating_sub(checksum_len))
    }

    /// What is behind a header of AVS's, or of Prism's where that is meant as well; `None` where it was not captured whole.
    pub(in crate::decode) fn behind_other(at: Payload<'a>, may_be_prism: bool) -> Option<Payload<'a>> {
        /// What AVS headers begin with.
        const AVS: [u32; 2] = [0x8021_1001, 0x8021_1002];
        /// Bytes of a header of Prism's: it says nothing that is printed.
        const PRISM_LEN: usize = 144;
        let magic: u32 = at.get(0)?;
        let len = if may_be_prism && !AVS.contains(&magic) {
            PRISM_LEN
        } else {
            usize::try_from(at.get::<u32>(4)?).ok().filter(|len| *len >= 8)?
        };
        at.bytes().get(..len).map(|_| at.skip(len))
    }
}

impl<'a> View<'a> for Radiotap<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        let is_padded = self.flags().unwrap_or(0) & Self::FLAG_PADDED != 0;
        (Next::Decode(Protocol::Ieee80211 { is_padded }), self.payload())
    }
}

/// An iterator over fields.
#[derive(Clone, Debug)]
pub struct RadiotapFields<'a> {
    header: Radiotap<'a>,
    /// The word of presence that is being read, and which of its bits are left.
    word: usize,
    left: u32,
    /// The number of the word's first field.
    first: u32,
    /// Where the next field is, but for its alignment.
    at: usize,
    /// How many bytes a vendor's fields have, while the word is about these.
    vendor_len: Option<usize>,
}

impl<'a> RadiotapFields<'a> {
    /// The bytes of a field of this size and alignment, and steps over them.
    fn take(&mut self, size: usize, alignment: usize) -> Option<&'a [u8]> {
        let start = self.at.next_multiple_of(alignment);
        let value = self.header.bytes.get(start..start + size)?;
        self.at = start + size;
        Some(value)
    }

    /// Goes on with the next word of presence; nothing where there is none.
    fn next_word(&mut self) -> Option<()> {
        let present = self.header.present(self.word)?;
        if let Some(len) = self.vendor_len.take() {
            self.take(len, 1)?;
        }
        match present & (COMMON | VENDOR) {
            0 => self.first += 32,
            COMMON => self.first = 0,
            VENDOR => {
                self.first = 0;
                let [.., low, high] = *self.take(6, 2)? else { return None };
                self.vendor_len = Some(u16::from_le_bytes([low, high]).into());
            }
            _ => {}
        }
        if present & EXTENDED == 0 {
            return None;
        }
        self.word += 1;
        let next = self.header.present(self.word)?;
        self.left = if self.vendor_len.is_some() { 0 } else { next };
        Some(())
    }
}

impl<'a> Iterator for RadiotapFields<'a> {
    type Item = RadiotapField<'a>;

    fn next(&mut self) -> Option<RadiotapField<'a>> {
        while self.left & !(EXTENDED | VENDOR | COMMON) == 0 {
            if self.next_word().is_none() {
                self.left = 0;
                self.word = usize::MAX / 8;
                return None;
            }
        }
        let bit = self.left.trailing_zeros();
        self.left &= self.left - 1;
        let kind = self.first + bit;
        let present = self.header.present(self.word)?;
        let value = SIZES
            .iter()
            .find(|(known, ..)| *known == kind)
            .and_then(|(_, size, alignment)| self.take(*size, *alignment));
        if value.is_none() {
            self.left = 0;
            self.word = usize::MAX / 8;
        }
        Some(RadiotapField { kind, value, present })
    }
}

/// The fields with their sizes and alignments.
const SIZES: &[(u32, usize, usize)] = &[
    (0, 8, 8),
    (1, 1, 1),
    (2, 1, 1),
    (3, 4, 2),
    (4, 2, 1),
    (5, 1, 1),
    (6, 1, 1),
    (7, 2, 2),
    (8, 2, 2),
    (9, 1, 1),
    (10, 1, 1),
    (11, 1, 1),
    (12, 1, 1),
    (13, 1, 1),
    (14, 2, 2),
    (18, 8, 4),
    (19, 3, 1),
    (20, 8, 4),
    (21, 12, 2),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_aligned_to_their_sizes() {
        let bytes = [0, 0, 14, 0, 0x0e, 0, 0, 0, 0x10, 0x16, 0x6c, 0x09, 0xa0, 0, 1, 2, 3, 4, 5, 6];
        let radiotap = Radiotap::new(Payload::new(&bytes, 20)).unwrap();
        let fields: Vec<_> = radiotap.fields().map(|field| (field.kind, field.value.unwrap())).collect();
        assert_eq!(fields, [(1, &[0x10][..]), (2, &[0x16]), (3, &[0x6c, 0x09, 0xa0, 0])]);
        assert_eq!((radiotap.flags(), radiotap.frequency()), (Some(0x10), Some(2412)));
        assert_eq!(radiotap.payload().bytes(), [1, 2]);
    }

    #[test]
    fn words_of_presence_that_do_not_end_are_no_header() {
        let bytes = [0, 0, 12, 0, 0, 0, 0, 0x80, 0, 0, 0, 0x80];
        assert!(Radiotap::new(Payload::new(&bytes, 12)).is_none());
        let bytes = [0, 0, 12, 0, 2, 0, 0, 0xa0, 2, 0, 0, 0];
        let radiotap = Radiotap::new(Payload::new(&bytes, 12)).unwrap();
        let fields: Vec<_> = radiotap.fields().map(|field| (field.kind, field.value)).collect();
        assert_eq!(fields, [(1, None)]);
    }
}
