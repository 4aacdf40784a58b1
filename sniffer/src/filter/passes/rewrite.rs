//! Replaces values throughout a graph.

use std::collections::HashMap;

use super::super::hir::Size;
use super::super::ir::{Block, BlockId, End, Expr, Guard, MAX_POSITION, Val, Values};

/// Values in place of others, and in everything that is computed from those.
pub(super) struct Rewrite {
    images: HashMap<Val, Val>,
    /// Improves a value whose operands are already replaced.
    rule: fn(&mut Values, Val) -> Val,
}

impl Rewrite {
    /// Replaces by a rule.
    pub(super) fn by_rule(rule: fn(&mut Values, Val) -> Val) -> Self {
        Self { images: HashMap::new(), rule }
    }

    /// Puts `to` in place of `from`.
    pub(super) fn of(from: Val, to: Val) -> Self {
        Self::of_all(HashMap::from([(from, to)]))
    }

    /// Puts other values in place of the keys.
    pub(super) fn of_all(images: HashMap<Val, Val>) -> Self {
        Self { images, rule: |_, value| value }
    }

    /// What stands in place of `value`; the same one when nothing in it is replaced.
    pub(super) fn value(&mut self, values: &mut Values, value: Val) -> Val {
        if let Some(image) = self.images.get(&value) {
            return *image;
        }
        let image = match values.expr(value) {
            Expr::Const(_) | Expr::Len | Expr::Meta(_) | Expr::Load { index: None, .. } => value,
            Expr::Load { index: Some(index), offset, size } => {
                let index = self.value(values, index);
                load(values, index, offset, size)
            }
            Expr::Swap { value, size } => {
                let value = self.value(values, value);
                values.swap(value, size)
            }
            Expr::Alu { op, lhs, rhs } => {
                let (lhs, rhs) = (self.value(values, lhs), self.value(values, rhs));
                values.alu(op, lhs, rhs)
            }
        };
        let image = (self.rule)(values, image);
        self.images.insert(value, image);
        image
    }

    /// The block with every value replaced.
    pub(super) fn block(&mut self, values: &mut Values, block: &Block) -> Block {
        let mut guards = Vec::with_capacity(block.guards.len());
        for guard in &block.guards {
            match self.guard(values, *guard) {
                Replaced::Guard(guard) => guards.push(guard),
                Replaced::Passed => {}
                Replaced::Rejected => return Block { guards: Vec::new(), end: End::Jump(BlockId::REJECT) },
            }
        }
        Block { guards, end: block.end.map_values(|value| self.value(values, value)) }
    }

    fn guard(&mut self, values: &mut Values, guard: Guard) -> Replaced {
        match guard {
            Guard::Captured { index: None, .. } => Replaced::Guard(guard),
            Guard::Captured { index: Some(index), end } => {
                let index = self.value(values, index);
                match values.as_number(index).map(|number| end.saturating_add(number)) {
                    None => Replaced::Guard(Guard::Captured { index: Some(index), end }),
                    Some(end) if end <= MAX_POSITION => Replaced::Guard(Guard::Captured { index: None, end }),
                    Some(_) => Replaced::Rejected,
                }
            }
            Guard::NonZero(value) => {
                let value = self.value(values, value);
                match values.as_number(value) {
                    None => Replaced::Guard(Guard::NonZero(value)),
                    Some(0) => Replaced::Rejected,
                    Some(_) => Replaced::Passed,
                }
            }
        }
    }
}

/// What became of a guard.
enum Replaced {
    Guard(Guard),
    /// It always holds.
    Passed,
    /// It never does.
    Rejected,
}

fn load(values: &mut Values, index: Val, offset: u32, size: Size) -> Val {
    values.intern(match values.as_number(index) {
        Some(number) => Expr::Load { index: None, offset: offset.saturating_add(number), size },
        None => Expr::Load { index: Some(index), offset, size },
    })
}
