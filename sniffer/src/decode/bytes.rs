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
