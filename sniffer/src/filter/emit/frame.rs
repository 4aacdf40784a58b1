//! The stack frame of a program: offsets from the frame pointer, which grow downward.

use super::steps::{Op, Schedule};
use super::{EmitError, MAX_STACK};

/// What lies where on the stack.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// How many bytes are taken.
    used: u32,
    /// Where the window begins.
    window: i16,
}

impl Frame {
    /// Where every program keeps its context. A register that survives calls would be dearer.
    pub(super) const CONTEXT: i16 = -8;

    /// A frame that holds the context only.
    pub(super) fn new() -> Self {
        Self { used: 8, window: 0 }
    }

    /// A frame with room for a window. The verifier refuses stack accesses that are not aligned, so the window begins
    /// where most loads of the schedule are.
    pub(super) fn with_window(schedule: &Schedule, bytes: u32) -> Self {
        let aligned = |shift: u32| schedule.defs.iter().filter(|def| is_aligned(def.op, shift)).count();
        // The window begins at the lower end of the frame, `shift` bytes above a multiple of 8.
        let shift = (0..4).rev().max_by_key(|shift| aligned(*shift)).unwrap_or(0);
        let used = Self::new().used + (bytes + shift).next_multiple_of(8);
        Self { used, window: (shift as i16) - (used as i16) }
    }

    /// Where the byte at `offset` of the window lies.
    pub(super) fn window(&self, offset: u32) -> i16 {
        self.window + offset as i16
    }

    /// Eight more bytes, aligned.
    pub(super) fn slot(&mut self) -> i16 {
        self.used += 8;
        -(self.used as i16)
    }

    /// Whether the frame is not too large.
    pub(super) fn check(&self) -> Result<(), EmitError> {
        if self.used > MAX_STACK { Err(EmitError::TooMuchStack(self.used)) } else { Ok(()) }
    }
}

/// Whether the operation is a load that is aligned in a window which begins `shift` bytes above a multiple of 4.
fn is_aligned(op: Op, shift: u32) -> bool {
    matches!(op, Op::Pick { offset, size } if (offset + shift).is_multiple_of(size as u32))
}
