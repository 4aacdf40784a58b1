//! pcapng blocks put together in memory, in the byte order of this host. Knows no block's meaning.

/// A block other than a frame's, collected in memory.
pub(super) struct Block(Vec<u8>);

impl Block {
    pub(super) fn new(kind: u32) -> Self {
        let mut block = Self(Vec::new());
        // The length is filled in at the end.
        block.u32(kind).u32(0);
        block
    }

    pub(super) fn u16(&mut self, value: u16) -> &mut Self {
        self.0.extend(value.to_ne_bytes());
        self
    }

    pub(super) fn u32(&mut self, value: u32) -> &mut Self {
        self.0.extend(value.to_ne_bytes());
        self
    }

    pub(super) fn u64(&mut self, value: u64) -> &mut Self {
        self.0.extend(value.to_ne_bytes());
        self
    }

    /// Ticks, the high half first in either byte order.
    pub(super) fn time(&mut self, ticks: u64) -> &mut Self {
        self.u32((ticks >> 32) as u32).u32(ticks as u32)
    }

    pub(super) fn time_option(&mut self, code: u16, ticks: u64) -> &mut Self {
        self.u16(code).u16(8).time(ticks)
    }

    /// A value, cut at the 65,535 bytes that an option can have, and padded.
    pub(super) fn option(&mut self, code: u16, value: &[u8]) -> &mut Self {
        let value = &value[..value.len().min(usize::from(u16::MAX))];
        self.u16(code).u16(value.len() as u16);
        self.0.extend(value);
        self.0.resize(self.0.len().next_multiple_of(4), 0);
        self
    }

    /// The value, if there is one.
    pub(super) fn optional(&mut self, code: u16, value: Option<&[u8]>) -> &mut Self {
        if let Some(value) = value { self.option(code, value) } else { self }
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        let length = self.0.len() as u32 + 4;
        self.u32(length);
        self.0[4..8].copy_from_slice(&length.to_ne_bytes());
        self.0
    }
}
