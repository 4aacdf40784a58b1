//! Compared masks become one test for bits in common.

use super::super::hir::AluOp;
use super::super::ir::{End, Expr, Ir, Test, TestOp, Val, Values};

/// Rewrites every test that asks whether masked bits are all clear, or whether a single one is set.
pub(super) fn run(ir: &mut Ir) {
    for id in ir.order() {
        let block = &mut ir.blocks[id.index()];
        if let End::Branch { test, yes, no } = block.end {
            block.end = match any_bit(&ir.values, test) {
                Some((test, true)) => End::Branch { test, yes, no },
                Some((test, false)) => End::Branch { test, yes: no, no: yes },
                None => block.end,
            };
        }
    }
}

/// The test for bits in common, and whether its outcome is that of `test` or the negated one.
fn any_bit(values: &Values, test: Test) -> Option<(Test, bool)> {
    let (lhs, mask) = masked(values, test.lhs)?;
    let number = values.as_number(test.rhs)?;
    let test_bits = Test { op: TestOp::AnyBit, lhs, rhs: mask };
    match (test.op, number) {
        (TestOp::Eq, 0) => Some((test_bits, false)),
        (TestOp::Gt, 0) | (TestOp::Ge, 1) => Some((test_bits, true)),
        (TestOp::Eq, bit) if bit.is_power_of_two() && values.as_number(mask) == Some(bit) => {
            Some((test_bits, true))
        }
        _ => None,
    }
}

fn masked(values: &Values, value: Val) -> Option<(Val, Val)> {
    match values.expr(value) {
        Expr::Alu { op: AluOp::And, lhs, rhs } => Some((lhs, rhs)),
        _ => None,
    }
}
