//! Frames lent from the rings of a capture. Knows no bytes of a block.

use super::tap::Tap;
use super::walk::Frames;

/// Frames lent from a block of the ring, or from one of each ring that has any. What is not taken of them when this is
/// dropped comes again.
#[derive(Debug)]
pub struct Block<'r> {
    taps: &'r mut [Tap],
}

impl<'r> Block<'r> {
    /// Those of the blocks that the taps have taken.
    pub(super) fn new(taps: &'r mut [Tap]) -> Self {
        Self { taps }
    }

    /// The frames that were not given out yet: a walk that was ended early is resumed where it stood.
    pub fn frames(&mut self) -> Frames<'_> {
        Frames::new(self.taps.iter_mut().filter_map(Tap::walk))
    }

    /// Gives up the frames that are left, and says how many there were.
    pub fn discard(&mut self) -> u64 {
        self.frames().count() as u64
    }
}

impl Drop for Block<'_> {
    fn drop(&mut self) {
        let finished = self.taps.iter_mut().map(|tap| u32::from(tap.give_back_finished())).sum();
        self.taps.iter_mut().for_each(|tap| tap.pass_over(finished));
    }
}
