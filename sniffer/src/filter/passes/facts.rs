//! What is known of a packet at a place of the graph: the guards it has passed and the tests that went one way.

use super::super::hir::AluOp;
use super::super::ir::{Expr, Guard, Test, TestOp, Val, Values};

/// How far back a look-up goes. Long lists of alternatives would otherwise take time in the square of their length.
const HORIZON: usize = 64;

/// One thing known.
#[derive(Clone, Copy, Debug)]
enum Fact {
    Passed(Guard),
    Tested(Test, bool),
}

/// Facts at one place: the newest one, which leads to those known before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Known(Option<usize>);

/// All facts, each with those known before it.
#[derive(Default)]
pub(super) struct Facts {
    nodes: Vec<(Fact, Known)>,
}

impl Facts {
    /// `known` and that the guard was passed.
    pub(super) fn passed(&mut self, known: Known, guard: Guard) -> Known {
        self.push(known, Fact::Passed(guard))
    }

    /// `known` and how the test went.
    pub(super) fn tested(&mut self, known: Known, test: Test, outcome: bool) -> Known {
        self.push(known, Fact::Tested(test, outcome))
    }

    /// Whether a packet of which `known` holds passes the guard.
    pub(super) fn covers(&self, known: Known, guard: Guard) -> bool {
        self.back(known).any(|fact| matches!(fact, Fact::Passed(passed) if passed.covers(guard)))
    }

    /// How the test goes for every packet of which `known` holds, if that can be said.
    pub(super) fn outcome(&self, known: Known, test: Test, values: &Values) -> Option<bool> {
        if test.lhs == test.rhs {
            return (test.op != TestOp::AnyBit).then_some(test.op != TestOp::Gt);
        }
        let number = values.as_number(test.rhs);
        let mut range = Range { min: values.as_number(test.lhs).unwrap_or(0), max: values.max(test.lhs) };
        for fact in self.back(known) {
            let Fact::Tested(earlier, outcome) = fact else { continue };
            if earlier == test {
                return Some(outcome);
            }
            if outcome && let Some(outcome) = masks(earlier, test, values) {
                return Some(outcome);
            }
            if earlier.lhs == test.lhs
                && let Some(limit) = values.as_number(earlier.rhs)
            {
                range.narrow(earlier.op, limit, outcome);
            }
        }
        if let Some(derived) = self.derived_number(known, test.lhs, values) {
            range = Range { min: derived, max: derived };
        }
        range.outcome(test.op, number?)
    }

    /// The number that `value` must have because a value it is computed from is known.
    fn derived_number(&self, known: Known, value: Val, values: &Values) -> Option<u32> {
        let Expr::Alu { op, lhs, rhs } = values.expr(value) else { return None };
        let rhs = values.as_number(rhs)?;
        let lhs = self.back(known).find_map(|fact| match fact {
            Fact::Tested(Test { op: TestOp::Eq, lhs: of, rhs }, true) if of == lhs => values.as_number(rhs),
            _ => None,
        })?;
        op.apply(lhs, rhs)
    }

    fn push(&mut self, known: Known, fact: Fact) -> Known {
        self.nodes.push((fact, known));
        Known(Some(self.nodes.len() - 1))
    }

    fn back(&self, known: Known) -> impl Iterator<Item = Fact> {
        let mut at = known;
        let steps = std::iter::from_fn(move || {
            let (fact, before) = self.nodes[at.0?];
            at = before;
            Some(fact)
        });
        steps.take(HORIZON)
    }
}

/// How a comparison of masked bits goes where another one of bits of the same value holds.
fn masks(holds: Test, test: Test, values: &Values) -> Option<bool> {
    let (of, known_mask, known) = masked(holds, values)?;
    let (value, mask, wanted) = masked(test, values)?;
    if of != value {
        return None;
    }
    if (known ^ wanted) & known_mask & mask != 0 {
        return Some(false);
    }
    (mask & !known_mask == 0 && wanted & !mask == 0).then_some(true)
}

/// `value & mask = number` as its parts.
fn masked(test: Test, values: &Values) -> Option<(Val, u32, u32)> {
    let number = values.as_number(test.rhs).filter(|_| test.op == TestOp::Eq)?;
    let masked = match values.expr(test.lhs) {
        Expr::Alu { op: AluOp::And, lhs, rhs } => values.as_number(rhs).map(|mask| (lhs, mask)),
        _ => None,
    };
    let (value, mask) = masked.unwrap_or((test.lhs, u32::MAX));
    Some((value, mask, number))
}

/// Bounds of a value, both inclusive.
struct Range {
    min: u32,
    max: u32,
}

impl Range {
    fn narrow(&mut self, op: TestOp, limit: u32, outcome: bool) {
        match (op, outcome) {
            (TestOp::Eq, true) => {
                self.min = self.min.max(limit);
                self.max = self.max.min(limit);
            }
            (TestOp::Gt, true) => self.min = self.min.max(limit.saturating_add(1)),
            (TestOp::Gt, false) => self.max = self.max.min(limit),
            (TestOp::Ge, true) => self.min = self.min.max(limit),
            (TestOp::Ge, false) => self.max = self.max.min(limit.saturating_sub(1)),
            (TestOp::Eq | TestOp::AnyBit, _) => {}
        }
    }

    fn outcome(&self, op: TestOp, number: u32) -> Option<bool> {
        let (low, high) = (op.holds(self.min, number), op.holds(self.max, number));
        match op {
            TestOp::Eq if number < self.min || number > self.max => Some(false),
            TestOp::Gt | TestOp::Ge if low == high => Some(low),
            _ if self.min == self.max => Some(low),
            _ => None,
        }
    }
}
