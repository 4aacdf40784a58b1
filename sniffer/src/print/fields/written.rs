//! Text that is put together from numbers, without the heap.

use arrayvec::ArrayVec;

/// The longest text; an object identifier has 128 numbers at most.
const MAX_LEN: usize = 128 * 11;

/// Text as far as it has been written.
#[derive(Default)]
pub(super) struct Written {
    text: ArrayVec<u8, MAX_LEN>,
    has_overflowed: bool,
}

impl Written {
    pub(super) fn push(&mut self, text: &[u8]) {
        self.has_overflowed |= self.text.try_extend_from_slice(text).is_err();
    }

    pub(super) fn push_number(&mut self, number: impl itoa::Integer) {
        self.push(itoa::Buffer::new().format(number).as_bytes());
    }

    /// Numbers with a separator between.
    pub(super) fn push_separated(&mut self, numbers: impl Iterator<Item = u32>, separator: &[u8]) {
        for (index, number) in numbers.enumerate() {
            self.push(if index == 0 { b"" } else { separator });
            self.push_number(number);
        }
    }

    /// The text, unless it is too long: half of it would mean something else.
    pub(super) fn finish(&self) -> Option<&[u8]> {
        (!self.has_overflowed).then_some(&self.text)
    }
}
