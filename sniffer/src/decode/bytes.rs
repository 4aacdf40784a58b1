//! Big-endian reads from fixed headers and from lists of options. Knows no protocol.

/// The 16-bit big-endian number at `at`; `at` is a constant below `N - 1` in every caller, so that no check remains.
#[inline]
pub(super) const fn be16<const N: usize>(header: &[u8; N], at: usize) -> u16 {
    u16::from_be_bytes([header[at], header[at + 1]])
}

/// The 32-bit big-endian number at `at`; `at` is a constant below `N - 3` in every caller.
#[inline]
pub(super) const fn be32<const N: usize>(header: &[u8; N], at: usize) -> u32 {
    u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
}

/// The `M` bytes from `at` on; `at` is a constant below `N - M + 1` in every caller.
#[inline]
pub(super) fn array<const M: usize, const N: usize>(header: &[u8; N], at: usize) -> [u8; M] {
    let mut out = [0; M];
    out.copy_from_slice(&header[at..at + M]);
    out
}

/// The 16-bit big-endian numbers of a list; half a number at the end is none.
pub(super) fn words(bytes: &[u8]) -> impl Iterator<Item = u16> {
    bytes.as_chunks::<2>().0.iter().map(|word| u16::from_be_bytes(*word))
}

/// Reads fields of any length from the start of a message. What lies beyond the end is empty or 0, and remembered as missing:
/// a message that was cut gives what there is of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a> {
    rest: &'a [u8],
    is_short: bool,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, is_short: false }
    }

    /// The next `len` bytes, or those of them that are there.
    pub(super) fn take(&mut self, len: usize) -> &'a [u8] {
        self.is_short |= len > self.rest.len();
        let (taken, rest) = self.rest.split_at(len.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    /// The big-endian number in the next `len` bytes, which are eight at most.
    pub(super) fn number(&mut self, len: usize) -> u64 {
        let bytes = self.take(len);
        if bytes.len() < len { 0 } else { bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)) }
    }

    /// The bytes behind a length of `len` bytes.
    pub(super) fn vector(&mut self, len: usize) -> &'a [u8] {
        let len = self.number(len) as usize;
        self.take(len)
    }

    /// What has not been read.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Whether something that was asked for was missing.
    pub(super) fn is_short(&self) -> bool {
        self.is_short
    }
}
