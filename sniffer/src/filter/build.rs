//! Conditions and values put together, with what is known now computed now. Order is kept: a load that may reject the
//! packet is never dropped, and never moved before or behind another.

use std::sync::Arc;

use super::hir::{AluOp, Hir, Member, Relation, Size, Value, Var};
use super::set::Set;

/// `lhs`, then, if it is true, `rhs`.
pub(super) fn and(lhs: Hir, rhs: Hir) -> Hir {
    match (lhs, rhs) {
        (Hir::Const(true), other) | (other, Hir::Const(true)) => other,
        (Hir::Const(false), _) => Hir::Const(false),
        (lhs, rhs) => {
            let mut items = match lhs {
                Hir::All(items) => items,
                lhs => vec![lhs],
            };
            // What stands behind a constant false is never reached.
            if items.last() != Some(&Hir::Const(false)) {
                match rhs {
                    Hir::All(more) => items.extend(more),
                    rhs => items.push(rhs),
                }
            }
            Hir::All(items)
        }
    }
}

/// `lhs`, then, if it is false, `rhs`.
pub(super) fn or(lhs: Hir, rhs: Hir) -> Hir {
    match (lhs, rhs) {
        (Hir::Const(false), other) | (other, Hir::Const(false)) => other,
        (Hir::Const(true), _) => Hir::Const(true),
        (lhs, rhs) => {
            let mut items = match lhs {
                Hir::Any(items) => items,
                lhs => vec![lhs],
            };
            if items.last() != Some(&Hir::Const(true)) {
                match rhs {
                    Hir::Any(more) => items.extend(more),
                    rhs => items.push(rhs),
                }
            }
            Hir::Any(items)
        }
    }
}

/// All of `items`, in order.
pub(super) fn all(items: impl IntoIterator<Item = Hir>) -> Hir {
    items.into_iter().fold(Hir::Const(true), and)
}

/// Any of `items`, in order.
pub(super) fn any(items: impl IntoIterator<Item = Hir>) -> Hir {
    items.into_iter().fold(Hir::Const(false), or)
}

/// The contrary.
pub(super) fn not(condition: Hir) -> Hir {
    match condition {
        Hir::Const(value) => Hir::Const(!value),
        Hir::Not(inner) => *inner,
        Hir::Compare { op, lhs, rhs } => Hir::Compare { op: contrary(op), lhs, rhs },
        other => Hir::Not(Box::new(other)),
    }
}

fn contrary(op: Relation) -> Relation {
    match op {
        Relation::Eq => Relation::Ne,
        Relation::Ne => Relation::Eq,
        Relation::Gt => Relation::Le,
        Relation::Le => Relation::Gt,
        Relation::Ge => Relation::Lt,
        Relation::Lt => Relation::Ge,
    }
}

/// `lhs op rhs`
pub(super) fn compare(op: Relation, lhs: Value, rhs: Value) -> Hir {
    match (&lhs, &rhs) {
        (Value::Const(lhs), Value::Const(rhs)) => Hir::Const(op.holds(*lhs, *rhs)),
        _ => Hir::Compare { op, lhs, rhs },
    }
}

/// `value = number`
pub(super) fn equal(value: Value, number: u32) -> Hir {
    compare(Relation::Eq, value, Value::Const(number))
}

/// `value & mask = number`; where the mask leaves nothing, the value is not even loaded.
pub(super) fn masked(value: Value, mask: u32, number: u32) -> Hir {
    match mask {
        0 => Hir::Const(number == 0),
        u32::MAX => equal(value, number),
        mask => equal(alu(AluOp::And, value, Value::Const(mask)), number),
    }
}

/// The key is an element of the set.
pub(super) fn member(key: Vec<Value>, set: &Arc<Set>) -> Hir {
    Hir::Member(Member { key, set: Arc::clone(set) })
}

/// `var := value`
pub(super) fn set(var: Var, value: Value) -> Hir {
    Hir::Set { var, value }
}

/// `lhs op rhs`. A division of numbers by zero stays as it is, to reject at run time.
pub(super) fn alu(op: AluOp, lhs: Value, rhs: Value) -> Value {
    match (&lhs, &rhs) {
        (Value::Const(a), Value::Const(b)) => match op.apply(*a, *b) {
            Some(number) => Value::Const(number),
            None => Value::Alu { op, lhs: Box::new(lhs), rhs: Box::new(rhs) },
        },
        (_, Value::Const(0)) if matches!(op, AluOp::Add | AluOp::Sub | AluOp::Or | AluOp::Xor) => lhs,
        (Value::Const(0), _) if matches!(op, AluOp::Add | AluOp::Or | AluOp::Xor) => rhs,
        _ => Value::Alu { op, lhs: Box::new(lhs), rhs: Box::new(rhs) },
    }
}

/// `lhs + rhs`
pub(super) fn add(lhs: Value, rhs: Value) -> Value {
    alu(AluOp::Add, lhs, rhs)
}

/// The bytes at `index + offset`.
pub(super) fn load(index: Option<Value>, offset: u32, size: Size) -> Value {
    let (index, offset) = match index {
        // A sum beyond 32 bits is beyond every packet; it must not wrap to a small one.
        Some(Value::Const(number)) => match offset.checked_add(number) {
            Some(sum) => (None, sum),
            None => (Some(Value::Const(number)), offset),
        },
        index => (index, offset),
    };
    Value::Load { index: index.map(Box::new), offset, size }
}
