//! Removes what decides nothing: blocks from which no packet can be kept, tests with one way out, jumps to jumps, and
//! copies of the same block.

use std::collections::HashMap;

use super::super::ir::{Block, BlockId, End, Ir};

/// Simplifies every block after those that follow it, then joins each jump with the only block it leads to.
pub(super) fn run(ir: &mut Ir) {
    shrink(ir);
    join(ir);
}

fn shrink(ir: &mut Ir) {
    let order = ir.order();
    let mut stands_for: Vec<BlockId> = (0..ir.blocks.len() as u32).map(BlockId).collect();
    let mut known: HashMap<Block, BlockId> = HashMap::new();
    for id in order.into_iter().rev() {
        let block = &mut ir.blocks[id.index()];
        block.end = block.end.map_successors(|next| stands_for[next.index()]);
        if let End::Branch { yes, no, .. } = block.end
            && yes == no
        {
            block.end = End::Jump(yes);
        }
        stands_for[id.index()] =
            replacement(block).unwrap_or_else(|| *known.entry(block.clone()).or_insert(id));
    }
    ir.entry = stands_for[ir.entry.index()];
}

/// The block that does the same, when it is another one for sure.
fn replacement(block: &Block) -> Option<BlockId> {
    let kept_by_none =
        !matches!(block.end, End::Accept) && block.end.successors().all(|next| next == BlockId::REJECT);
    match block.end {
        _ if kept_by_none => Some(BlockId::REJECT),
        End::Accept => Some(BlockId::ACCEPT),
        End::Jump(to) if block.guards.is_empty() => Some(to),
        _ => None,
    }
}

fn join(ir: &mut Ir) {
    let order = ir.order();
    let incoming = ir.incoming(&order);
    // Backward, so that what is appended is already joined with what follows it.
    for id in order.into_iter().rev() {
        if let End::Jump(to) = ir.blocks[id.index()].end
            && incoming[to.index()] == 1
            && to > BlockId::REJECT
        {
            let Block { guards, end } = ir.blocks[to.index()].clone();
            let block = &mut ir.blocks[id.index()];
            block.guards.extend(guards);
            block.end = end;
        }
    }
}
