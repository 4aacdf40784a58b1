//! Counting.
#![forbid(unsafe_code)]

use sniffer_common::{Fault, Note, Stage};

use crate::{
    access::{self, Frame},
    maps,
};

/// Adds the frame to its cell of a stage's matrix. False when there is no such cell.
///
/// The cell is read out of the frame's notes even where it has just been put there: without `CAP_PERFMON` the verifier takes
/// only a number as an index that it knows as much about on one path as on every other.
#[inline(always)]
pub(crate) fn frame(stage: Stage, frame: &Frame) -> bool {
    let cell = frame.note(Note::Cell);
    let counted = access::with_value(&maps::COUNTERS, stage as u32, |matrix| {
        let Some(cell) = matrix.cells.get_mut(cell as usize) else { return false };
        cell.frames += 1;
        cell.bytes += u64::from(frame.len());
        true
    });
    counted == Some(true)
}

/// Counts a fault. Where even that fails there is nowhere left to note it.
#[inline(always)]
pub(crate) fn fault(fault: Fault) {
    access::with_value(&maps::FAULTS, fault as u32, |count| *count += 1);
}
