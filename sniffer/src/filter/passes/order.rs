//! Byte order: values that are only masked and compared with numbers stay in the order in which they lie in the
//! packet, and the numbers are converted instead.

use super::super::hir::{AluOp, Size};
use super::super::ir::{End, Expr, Ir, Test, TestOp, Val, Values, max_of_size, swap_number};
use super::rewrite::Rewrite;

/// Moves conversions out of masks, then out of tests.
pub(super) fn run(ir: &mut Ir) {
    let mut rewrite = Rewrite::by_rule(swap_outward);
    for id in ir.order() {
        let mut block = rewrite.block(&mut ir.values, &ir.blocks[id.index()]);
        block.end = match block.end {
            End::Branch { test, yes, no } => match without_swap(&mut ir.values, test) {
                Some((test, true)) => End::Branch { test, yes, no },
                Some((test, false)) => End::Branch { test, yes: no, no: yes },
                None => block.end,
            },
            end => end,
        };
        ir.blocks[id.index()] = block;
    }
}

/// `swap(x) & number` becomes `swap(x & swap(number))`; so do `|` and `^`, which also work bit by bit.
fn swap_outward(values: &mut Values, value: Val) -> Val {
    let Expr::Alu { op: op @ (AluOp::And | AluOp::Or | AluOp::Xor), lhs, rhs } = values.expr(value) else {
        return value;
    };
    let (Some((bytes, size)), Some(number)) = (swapped(values, lhs), values.as_number(rhs)) else {
        return value;
    };
    if op != AluOp::And && number > max_of_size(size) {
        return value;
    }
    let number = values.number(swap_number(number, size));
    let bytes = values.alu(op, bytes, number);
    values.swap(bytes, size)
}

/// The same test on bytes as they lie in the packet, and whether its outcome is kept or negated.
fn without_swap(values: &mut Values, test: Test) -> Option<(Test, bool)> {
    let (lhs, size) = swapped(values, test.lhs)?;
    let Some(number) = values.as_number(test.rhs) else {
        let (rhs, other) = swapped(values, test.rhs)?;
        return (test.op == TestOp::Eq && size == other).then_some((Test { lhs, rhs, ..test }, true));
    };
    let (op, number, kept) = match (test.op, number) {
        (TestOp::Eq, number) if number <= max_of_size(size) => (TestOp::Eq, number, true),
        (TestOp::AnyBit, number) => (TestOp::AnyBit, number, true),
        (TestOp::Gt, 0) | (TestOp::Ge, 1) => (TestOp::Eq, 0, false),
        _ => return None,
    };
    let rhs = values.number(swap_number(number, size));
    Some((Test { op, lhs, rhs }, kept))
}

fn swapped(values: &Values, value: Val) -> Option<(Val, Size)> {
    match values.expr(value) {
        Expr::Swap { value, size } => Some((value, size)),
        _ => None,
    }
}
