//! Joins neighbouring loads: bytes and half-words of one word that are asked for on the same way become parts of one
//! load, where it is known that the whole word is captured. For reads in place only, each of which the kernel guards.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::super::hir::{AluOp, Size};
use super::super::ir::{BlockId, Domination, Dominators, End, Expr, Ir, Test, TestOp, Val, Values};
use super::rewrite::Rewrite;

/// The graph with joined loads. `captured` gives the number of bytes that are captured behind each block's guards.
pub(crate) fn widen(ir: &Ir, captured: &[u32]) -> Ir {
    let order = ir.order();
    let loads = loads(ir, &order, captured);
    let domination = Dominators::of(ir, &order).number(&order);
    let mut wide = ir.clone();
    let parts = parts(&mut wide.values, &loads, &domination);
    if parts.is_empty() {
        return wide;
    }
    let mut rewrite = Rewrite::of_all(parts);
    for id in order {
        let mut block = rewrite.block(&mut wide.values, &wide.blocks[id.index()]);
        if let End::Branch { test, yes, no } = block.end {
            block.end = End::Branch { test: unshifted(&mut wide.values, test), yes, no };
        }
        wide.blocks[id.index()] = block;
    }
    wide
}

/// Loads at constant positions, in their order.
type Loads = BTreeMap<(u32, Size), Load>;

/// A load at a constant position.
struct Load {
    value: Val,
    /// The blocks that use it.
    blocks: BTreeSet<BlockId>,
    /// The bytes that are captured wherever it is used.
    captured: u32,
}

fn loads(ir: &Ir, order: &[BlockId], captured: &[u32]) -> Loads {
    let mut loads = Loads::new();
    for id in order {
        let block = &ir.blocks[id.index()];
        let uses = block.guards.iter().filter_map(|guard| guard.uses()).chain(block.end.uses());
        let mut todo: Vec<Val> = uses.collect();
        while let Some(value) = todo.pop() {
            let expr = ir.values.expr(value);
            if let Expr::Load { index: None, offset, size } = expr {
                let new = || Load { value, blocks: BTreeSet::new(), captured: u32::MAX };
                let load = loads.entry((offset, size)).or_insert_with(new);
                load.blocks.insert(*id);
                load.captured = load.captured.min(captured[id.index()]);
            }
            todo.extend(expr.operands());
        }
    }
    loads
}

/// What stands in place of each load that is joined with others.
fn parts(values: &mut Values, loads: &Loads, domination: &Domination) -> HashMap<Val, Val> {
    let mut parts = HashMap::new();
    let mut joined_to = 0;
    for &(start, _) in loads.keys() {
        let end = start.saturating_add(Size::Word as u32);
        let members: Vec<_> = loads
            .range((start, Size::Byte)..(end, Size::Byte))
            .filter(|((offset, size), load)| offset + *size as u32 <= end && load.captured >= end)
            .collect();
        let together = |a: &Load, b: &Load| {
            let pairs = a.blocks.iter().flat_map(|a| b.blocks.iter().map(move |b| (*a, *b)));
            pairs.into_iter().any(|(a, b)| domination.holds(a, b) || domination.holds(b, a))
        };
        let meets =
            |load: &Load| members.iter().any(|(_, other)| other.value != load.value && together(load, other));
        let members: Vec<_> = members.iter().filter(|(_, load)| meets(load)).collect();
        if start < joined_to || members.len() < 2 {
            continue;
        }
        joined_to = end;
        let word = values.intern(Expr::Load { index: None, offset: start, size: Size::Word });
        for ((offset, size), load) in members {
            parts.insert(load.value, part(values, word, offset - start, *size));
        }
    }
    parts
}

/// The bytes of a word that begin `at` bytes behind its own, as a load of them would give them.
fn part(values: &mut Values, word: Val, at: u32, size: Size) -> Val {
    let bytes = size as u32;
    let shift = if cfg!(target_endian = "little") { at } else { Size::Word as u32 - at - bytes };
    let (shift, mask) = (values.number(shift * 8), values.number(super::super::ir::max_of_size(size)));
    let moved = values.alu(AluOp::Shr, word, shift);
    values.alu(AluOp::And, moved, mask)
}

/// A test of shifted bits as one of the bits where they are.
fn unshifted(values: &mut Values, test: Test) -> Test {
    let Some(number) = values.as_number(test.rhs) else { return test };
    let masked = match (test.op, operation(values, test.lhs)) {
        (TestOp::Eq, Some((AluOp::And, inner, mask))) => Some((inner, mask)),
        (TestOp::AnyBit, Some((AluOp::And, inner, mask))) => return any_bit(values, inner, mask & number),
        (TestOp::AnyBit, Some((AluOp::Shr, ..))) => return any_bit(values, test.lhs, number),
        _ => None,
    };
    let Some((inner, mask)) = masked else { return test };
    let Some((AluOp::Shr, word, shift)) = operation(values, inner) else { return test };
    let in_place = |number: u32| number.checked_shl(shift).filter(|moved| moved >> shift == number);
    match (in_place(mask), in_place(number)) {
        (Some(mask), Some(number)) => {
            let mask = values.number(mask);
            Test { op: TestOp::Eq, lhs: values.alu(AluOp::And, word, mask), rhs: values.number(number) }
        }
        _ => test,
    }
}

fn any_bit(values: &mut Values, lhs: Val, mask: u32) -> Test {
    let (lhs, mask) = match operation(values, lhs) {
        Some((AluOp::Shr, word, shift)) if (mask << shift) >> shift == mask => (word, mask << shift),
        _ => (lhs, mask),
    };
    Test { op: TestOp::AnyBit, lhs, rhs: values.number(mask) }
}

/// The operation with a constant that a value is.
fn operation(values: &Values, value: Val) -> Option<(AluOp, Val, u32)> {
    match values.expr(value) {
        Expr::Alu { op, lhs, rhs } => Some((op, lhs, values.as_number(rhs)?)),
        _ => None,
    }
}
