//! Pure values of a packet and the table that gives equal ones one name. Constants are folded as values are made.

use std::collections::HashMap;

use super::super::hir::{AluOp, Meta, Size};

/// The name of an expression in [`Values`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Val(u32);

/// A 32-bit unsigned value, a function of the packet only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Expr {
    /// A number.
    Const(u32),
    /// Bytes of the packet as the machine's own load gives them: in host byte order.
    Load {
        /// The part of the position that is known only at run time.
        index: Option<Val>,
        /// The part that is known now.
        offset: u32,
        /// How many bytes.
        size: Size,
    },
    /// The value's lower 16 or 32 bits, converted between network and host byte order.
    Swap {
        /// What is converted; wider bits are zero.
        value: Val,
        /// [`Size::Half`] or [`Size::Word`].
        size: Size,
    },
    /// The packet's length on the wire.
    Len,
    /// A field of `struct __sk_buff`; [`Meta::Protocol`] is in network byte order there.
    Meta(Meta),
    /// `lhs op rhs`; of a commutative operation the constant stands on the right.
    Alu {
        /// The operator.
        op: AluOp,
        /// The left operand.
        lhs: Val,
        /// The right operand.
        rhs: Val,
    },
}

impl Expr {
    /// The values that the expression is computed from.
    pub(crate) fn operands(self) -> impl Iterator<Item = Val> {
        let (first, second) = match self {
            Self::Const(_) | Self::Len | Self::Meta(_) => (None, None),
            Self::Load { index, .. } => (index, None),
            Self::Swap { value, .. } => (Some(value), None),
            Self::Alu { lhs, rhs, .. } => (Some(lhs), Some(rhs)),
        };
        first.into_iter().chain(second)
    }
}

/// All expressions of a program.
#[derive(Clone, Debug, Default)]
pub(crate) struct Values {
    exprs: Vec<Expr>,
    names: HashMap<Expr, Val>,
}

impl Values {
    /// The expression of that name.
    pub(crate) fn expr(&self, value: Val) -> Expr {
        self.exprs[value.0 as usize]
    }

    /// The name of an expression, as it is.
    pub(crate) fn intern(&mut self, expr: Expr) -> Val {
        *self.names.entry(expr).or_insert_with(|| {
            self.exprs.push(expr);
            Val(self.exprs.len() as u32 - 1)
        })
    }

    /// The name of a number.
    pub(crate) fn number(&mut self, number: u32) -> Val {
        self.intern(Expr::Const(number))
    }

    /// The number behind the name, if it is one.
    pub(crate) fn as_number(&self, value: Val) -> Option<u32> {
        match self.expr(value) {
            Expr::Const(number) => Some(number),
            _ => None,
        }
    }

    /// A conversion between network and host byte order.
    pub(crate) fn swap(&mut self, value: Val, size: Size) -> Val {
        match self.expr(value) {
            Expr::Const(number) => self.number(swap_number(number, size)),
            Expr::Swap { value, size: inner } if inner == size => value,
            _ => self.intern(Expr::Swap { value, size }),
        }
    }

    /// `lhs op rhs`, folded. The divisor must not be the constant 0.
    pub(crate) fn alu(&mut self, op: AluOp, lhs: Val, rhs: Val) -> Val {
        let (lhs, rhs) = if commutes(op) && self.as_number(lhs).is_some() { (rhs, lhs) } else { (lhs, rhs) };
        match (self.as_number(lhs), self.as_number(rhs)) {
            (Some(a), Some(b)) if op.apply(a, b).is_some() => self.number(op.apply(a, b).unwrap_or(0)),
            (None, Some(b)) => self.alu_number(op, lhs, b),
            _ => self.intern(Expr::Alu { op, lhs, rhs }),
        }
    }

    /// The same with a constant on the right.
    fn alu_number(&mut self, op: AluOp, lhs: Val, number: u32) -> Val {
        use AluOp::{Add, And, Div, Mod, Mul, Or, Shl, Shr, Sub, Xor};
        match (op, number) {
            (Add | Sub | Or | Xor | Shl | Shr, 0) | (Mul | Div, 1) => return lhs,
            (Mul | And, 0) | (Shl | Shr, 32..) | (Mod, 1) => return self.number(0),
            (And, mask) if ones_below(self.max(lhs)) & !mask == 0 => return lhs,
            (Mul, factor) if factor.is_power_of_two() => return self.alu_number(Shl, lhs, factor.ilog2()),
            (Div, divisor) if divisor.is_power_of_two() => return self.alu_number(Shr, lhs, divisor.ilog2()),
            _ => {}
        }
        if let Expr::Alu { op: inner, lhs: value, rhs } = self.expr(lhs)
            && inner == op
            && let Some(first) = self.as_number(rhs)
        {
            match op {
                Add => return self.alu_number(op, value, first.wrapping_add(number)),
                And => return self.alu_number(op, value, first & number),
                _ => {}
            }
        }
        let rhs = self.number(number);
        self.intern(Expr::Alu { op, lhs, rhs })
    }

    /// A number that the value never exceeds.
    pub(crate) fn max(&self, value: Val) -> u32 {
        match self.expr(value) {
            Expr::Const(number) => number,
            Expr::Load { size, .. } | Expr::Swap { size, .. } => max_of_size(size),
            Expr::Meta(Meta::Protocol | Meta::VlanTci) => u32::from(u16::MAX),
            Expr::Meta(Meta::VlanPresent) => 1,
            Expr::Len | Expr::Meta(Meta::PacketType | Meta::IfIndex | Meta::Layer(_)) => u32::MAX,
            Expr::Alu { op, lhs, rhs } => self.max_of_alu(op, lhs, rhs),
        }
    }

    fn max_of_alu(&self, op: AluOp, lhs: Val, rhs: Val) -> u32 {
        let (max, number) = (self.max(lhs), self.as_number(rhs));
        match (op, number) {
            (AluOp::And, _) => max.min(self.max(rhs)),
            (AluOp::Add, _) => max.saturating_add(self.max(rhs)),
            (AluOp::Or | AluOp::Xor, _) => ones_below(max | self.max(rhs)),
            (AluOp::Mul, _) => max.saturating_mul(self.max(rhs)),
            (AluOp::Shl, Some(count)) => u32::try_from(u64::from(max) << count.min(32)).unwrap_or(u32::MAX),
            (AluOp::Shr, Some(count)) => max.checked_shr(count).unwrap_or(0),
            (AluOp::Mod, Some(divisor)) => max.min(divisor.saturating_sub(1)),
            (AluOp::Div | AluOp::Shr | AluOp::Mod, _) => max,
            (AluOp::Sub | AluOp::Shl, _) => u32::MAX,
        }
    }
}

/// The number's lower 16 or 32 bits, converted between network and host byte order.
pub(crate) fn swap_number(number: u32, size: Size) -> u32 {
    match size {
        Size::Byte => number & 0xff,
        Size::Half => u32::from((number as u16).to_be()),
        Size::Word => number.to_be(),
    }
}

/// The highest number that so many bytes hold.
pub(crate) fn max_of_size(size: Size) -> u32 {
    match size {
        Size::Byte => 0xff,
        Size::Half => 0xffff,
        Size::Word => u32::MAX,
    }
}

fn commutes(op: AluOp) -> bool {
    matches!(op, AluOp::Add | AluOp::Mul | AluOp::And | AluOp::Or | AluOp::Xor)
}

/// The number with every bit below its highest set.
fn ones_below(number: u32) -> u32 {
    u32::MAX.checked_shr(number.leading_zeros()).unwrap_or(0)
}
