//! Counting.
#![forbid(unsafe_code)]

use sniffer_common::{Fault, FlowEvent, FragmentCount, Stage, Table, TableEvent};

use crate::{
    access::{self, Frame},
    maps,
};

/// Adds the frame to a cell of a stage's matrix. False when there is no such cell.
#[inline(always)]
pub(crate) fn frame(stage: Stage, cell: u32, frame: &Frame) -> bool {
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

/// Counts a fragment.
#[inline(always)]
pub(crate) fn fragment(what: FragmentCount) {
    access::with_value(&maps::FRAGMENT_COUNTS, what as u32, |count| *count += 1);
}

/// Counts an event of the flow limit; it decides about no frame.
#[inline(always)]
pub(crate) fn flow_event(event: FlowEvent) {
    access::with_value(&maps::FLOW_EVENTS, event as u32, |count| *count += 1);
}

/// Counts an event of a table of the tally.
#[inline(always)]
pub(crate) fn table_event(table: Table, event: TableEvent) {
    access::with_value(&maps::TALLY_EVENTS, table.event(event), |count| *count += 1);
}
