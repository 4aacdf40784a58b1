//! Merges the guards that ask for a constant number of captured bytes. A packet with fewer bytes than any way to be
//! kept needs is rejected on every way, so that the first guard can ask for all of them at once.

use super::super::ir::{End, Guard, Ir};

/// Raises guards to what every kept packet needs from there on, then drops those that earlier ones cover.
pub(super) fn run(ir: &mut Ir) {
    let order = ir.order();
    let mut needed = vec![0; ir.blocks.len()];
    for id in order.iter().rev() {
        let block = &ir.blocks[id.index()];
        let behind = block.end.successors().map(|next| needed[next.index()]).min();
        let behind = behind.unwrap_or(if block.end == End::Reject { u32::MAX } else { 0 });
        needed[id.index()] = behind.max(constant_end(&block.guards));
    }
    let mut captured = vec![u32::MAX; ir.blocks.len()];
    captured[ir.entry.index()] = 0;
    for id in order {
        let block = &mut ir.blocks[id.index()];
        let mut known = captured[id.index()];
        let own = constant_end(&block.guards);
        block.guards.retain(|guard| !matches!(guard, Guard::Captured { index: None, .. }));
        if own > known {
            known = needed[id.index()];
            block.guards.insert(0, Guard::Captured { index: None, end: known });
        }
        for next in block.end.successors() {
            let entry = &mut captured[next.index()];
            *entry = known.min(*entry);
        }
    }
}

/// The most bytes that the guards ask for by constants.
fn constant_end(guards: &[Guard]) -> u32 {
    let ends = guards.iter().map(|guard| match guard {
        Guard::Captured { index: None, end } => *end,
        _ => 0,
    });
    ends.max().unwrap_or(0)
}
