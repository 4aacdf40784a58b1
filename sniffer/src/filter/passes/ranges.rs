//! A pair of tests for a range becomes one, of the distance from the lower bound. The kernel's verifier follows both ways
//! in which a pair can fail, and gives up on long lists of them.

use super::super::hir::AluOp;
use super::super::ir::{Block, BlockId, End, Ir, Test, TestOp, Val};

/// Joins every `x >= low` that is followed by nothing but `x > high`.
pub(super) fn run(ir: &mut Ir) {
    for id in ir.order() {
        if let Some(end) = joined(ir, id) {
            ir.blocks[id.index()].end = end;
        }
    }
}

fn joined(ir: &mut Ir, id: BlockId) -> Option<End> {
    let End::Branch { test: lower, yes: second, no: outside } = ir.blocks[id.index()].end else {
        return None;
    };
    let Block { guards, end: End::Branch { test: upper, yes, no } } = &ir.blocks[second.index()] else {
        return None;
    };
    let (upper, yes, no) = (*upper, *yes, *no);
    if !guards.is_empty() || yes != outside {
        return None;
    }
    let (value, low, high) = bounds(ir, lower, upper)?;
    let low = ir.values.number(low);
    let distance = ir.values.alu(AluOp::Sub, value, low);
    let span = high.checked_sub(ir.values.as_number(low)?)?;
    let test = Test { op: TestOp::Gt, lhs: distance, rhs: ir.values.number(span) };
    Some(End::Branch { test, yes: outside, no })
}

/// The value and the inclusive bounds that it has when `lower` holds and `upper` does not.
fn bounds(ir: &Ir, lower: Test, upper: Test) -> Option<(Val, u32, u32)> {
    let (low, high) = (ir.values.as_number(lower.rhs)?, ir.values.as_number(upper.rhs)?);
    let pair = lower.lhs == upper.lhs && (lower.op, upper.op) == (TestOp::Ge, TestOp::Gt);
    (pair && low > 0).then_some((lower.lhs, low, high))
}
