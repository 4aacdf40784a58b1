//! How many bytes each guard asks for. Reads by copy ask for what the guard says; reads in place may ask for more,
//! because a frame that fails is judged again by copy, and one comparison then serves several loads.

use std::collections::HashMap;

use super::super::ir::{BlockId, Guard, Ir, Val};

/// The shortest whole frames that are common, in bytes: ARP over Ethernet or UDP over IPv4 without payload, and UDP over
/// IPv6 without payload. A guard is raised up to the next of them but not beyond, so that they never fail it.
const SHORT_FRAMES: [u32; 2] = [42, 62];

/// How far a guard at a computed position is raised: from the source port to the destination port.
const COMPUTED_SLACK: u32 = 4;

/// The guards that remain, with the ends they ask for.
pub(super) struct Checks {
    ends: Ends,
    /// How many bytes are captured behind each block's guards, as far as constants say; 0 for exact ones.
    captured: Vec<u32>,
}

impl Checks {
    /// Those of the graph, as they are.
    pub(super) fn exact(ir: &Ir, order: &[BlockId]) -> Self {
        Self { ends: own_ends(ir, order), captured: vec![0; ir.blocks.len()] }
    }

    /// Those of the graph, raised and merged.
    pub(super) fn raised(ir: &Ir, order: &[BlockId]) -> Self {
        let own = own_ends(ir, order);
        let mut indexes: Vec<_> = own.keys().map(|(_, index)| *index).collect();
        indexes.sort_unstable();
        indexes.dedup();
        let (mut ends, mut captured) = (HashMap::new(), vec![0; ir.blocks.len()]);
        for index in indexes {
            let behind = raise(ir, order, index, &own, &mut ends);
            if index.is_none() {
                captured = behind;
            }
        }
        Self { ends, captured }
    }

    /// The number of bytes captured behind each block's guards.
    pub(super) fn captured(&self) -> &[u32] {
        &self.captured
    }

    /// The end to be checked at this index in this block, if anything is to be checked.
    pub(super) fn end(&self, block: BlockId, index: Option<Val>) -> Option<u32> {
        self.ends.get(&(block, index)).copied()
    }
}

type Ends = HashMap<(BlockId, Option<Val>), u32>;

fn own_ends(ir: &Ir, order: &[BlockId]) -> Ends {
    let mut ends = HashMap::new();
    for id in order {
        for guard in &ir.blocks[id.index()].guards {
            if let Guard::Captured { index, end } = *guard {
                let known = ends.entry((*id, index)).or_insert(end);
                *known = end.max(*known);
            }
        }
    }
    ends
}

/// Raises the guards at one index and notes those that earlier ones do not cover; returns what is captured behind each
/// block's.
fn raise(ir: &Ir, order: &[BlockId], index: Option<Val>, own: &Ends, ends: &mut Ends) -> Vec<u32> {
    let own = |id: BlockId| own.get(&(id, index)).copied().unwrap_or(0);
    // The most that any way from each block on asks for.
    let mut greatest = vec![0; ir.blocks.len()];
    for id in order.iter().rev() {
        let behind = ir.blocks[id.index()].end.successors().map(|next| greatest[next.index()]).max();
        greatest[id.index()] = behind.unwrap_or(0).max(own(*id));
    }
    let mut known = vec![u32::MAX; ir.blocks.len()];
    known[ir.entry.index()] = 0;
    for id in order {
        let mut now = known[id.index()];
        if own(*id) > now {
            now = own(*id).max(greatest[id.index()].min(ceiling(index, own(*id))));
            ends.insert((*id, index), now);
        }
        known[id.index()] = now;
        for next in ir.blocks[id.index()].end.successors() {
            known[next.index()] = known[next.index()].min(now);
        }
    }
    known
}

fn ceiling(index: Option<Val>, end: u32) -> u32 {
    match index {
        None => SHORT_FRAMES.into_iter().find(|short| *short >= end).unwrap_or(end),
        Some(_) => end.saturating_add(COMPUTED_SLACK),
    }
}
