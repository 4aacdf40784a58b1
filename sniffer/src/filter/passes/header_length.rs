//! Most IPv4 headers have no options. Where positions depend on a header length, `(byte & 15) << 2`, a test for 20
//! bytes leads to a copy of what follows in which they are constants.

use std::collections::{HashMap, HashSet};

use super::super::hir::AluOp;
use super::super::ir::{Block, BlockId, End, Expr, Ir, Test, TestOp, Val, Values};
use super::rewrite::Rewrite;

/// The length field of a header without options, in units of 4 bytes (RFC 791 section 3.1).
const NO_OPTIONS: u32 = 5;

/// The most blocks that all copies together may add; beyond, positions stay computed.
const MAX_COPIES: usize = 8192;

/// Copies what depends on each header length.
pub(super) fn run(ir: &mut Ir) {
    let mut pass = Pass { todo: ir.order(), limit: ir.blocks.len() + MAX_COPIES, done: HashSet::new() };
    pass.todo.reverse();
    while let Some(block) = pass.todo.pop() {
        if let Some((guard, length)) = pass.first_length(ir, block) {
            pass.split(ir, block, guard, length);
        }
    }
}

/// A header length.
#[derive(Clone, Copy)]
struct Length {
    /// `(byte & 15) << 2`.
    bytes: Val,
    /// `byte & 15`.
    field: Val,
}

struct Pass {
    /// Blocks to look at, the next one last.
    todo: Vec<BlockId>,
    /// The number of blocks that copies may not exceed.
    limit: usize,
    /// Blocks and lengths that need no test: one lies before them.
    done: HashSet<(BlockId, Val)>,
}

impl Pass {
    /// The first guard of the block whose position depends on a length that is not tested yet.
    fn first_length(&self, ir: &Ir, block: BlockId) -> Option<(usize, Length)> {
        ir.blocks[block.index()].guards.iter().enumerate().find_map(|(number, guard)| {
            let length = length_in(&ir.values, guard.uses()?)?;
            (!self.done.contains(&(block, length.bytes))).then_some((number, length))
        })
    }

    /// Ends the block before that guard with a test of the length, and goes on to the rest or to a copy of it.
    fn split(&mut self, ir: &mut Ir, block: BlockId, guard: usize, length: Length) {
        let Block { mut guards, end } = ir.blocks[block.index()].clone();
        let rest = Block { guards: guards.split_off(guard), end };
        let general = push(ir, rest);
        let region = dependents(ir, general, length.bytes);
        if ir.blocks.len() + region.len() > self.limit {
            ir.blocks.pop();
            // Every block to come would be asked what depends on it, for nothing but a few of the last.
            self.todo.clear();
            return;
        }
        let twenty = ir.values.number(NO_OPTIONS << 2);
        let mut rewrite = Rewrite::of(length.bytes, twenty);
        let mut copies = HashMap::new();
        for old in region {
            let mut copy = rewrite.block(&mut ir.values, &ir.blocks[old.index()]);
            copy.end = copy.end.map_successors(|next| copies.get(&next).copied().unwrap_or(next));
            let copy = push(ir, copy);
            copies.insert(old, copy);
            self.done.insert((old, length.bytes));
            self.todo.push(copy);
        }
        self.todo.push(general);
        let rhs = ir.values.number(NO_OPTIONS);
        let test = Test { op: TestOp::Eq, lhs: length.field, rhs };
        let yes = copies.get(&general).copied().unwrap_or(general);
        ir.blocks[block.index()] = Block { guards, end: End::Branch { test, yes, no: general } };
    }
}

fn push(ir: &mut Ir, block: Block) -> BlockId {
    ir.blocks.push(block);
    BlockId(ir.blocks.len() as u32 - 1)
}

/// The header length that `value` is or depends on.
fn length_in(values: &Values, value: Val) -> Option<Length> {
    match values.expr(value) {
        Expr::Alu { op: AluOp::Shl, lhs: field, rhs } if values.as_number(rhs) == Some(2) => {
            is_nibble(values, field).then_some(Length { bytes: value, field })
        }
        Expr::Alu { lhs, rhs, .. } => length_in(values, lhs).or_else(|| length_in(values, rhs)),
        Expr::Swap { value, .. } | Expr::Load { index: Some(value), .. } => length_in(values, value),
        _ => None,
    }
}

fn is_nibble(values: &Values, value: Val) -> bool {
    match values.expr(value) {
        Expr::Alu { op: AluOp::And, lhs, rhs } => {
            values.as_number(rhs) == Some(15) && matches!(values.expr(lhs), Expr::Load { .. })
        }
        _ => false,
    }
}

/// The blocks from `start` on that use the value or lead to one that does, each after those that follow it.
fn dependents(ir: &Ir, start: BlockId, value: Val) -> Vec<BlockId> {
    let mut found = HashSet::new();
    let mut contains = HashMap::from([(value, true)]);
    let mut region = Vec::new();
    for id in ir.order_from(start).into_iter().rev() {
        let block = &ir.blocks[id.index()];
        let mut uses = block.guards.iter().filter_map(|guard| guard.uses()).chain(block.end.uses());
        if uses.any(|used| depends(&ir.values, used, &mut contains))
            || block.end.successors().any(|next| found.contains(&next))
        {
            found.insert(id);
            region.push(id);
        }
    }
    region
}

fn depends(values: &Values, value: Val, known: &mut HashMap<Val, bool>) -> bool {
    if let Some(answer) = known.get(&value) {
        return *answer;
    }
    let answer = values.expr(value).operands().any(|operand| depends(values, operand, known));
    known.insert(value, answer);
    answer
}
