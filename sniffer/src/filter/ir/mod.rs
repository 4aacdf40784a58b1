//! The intermediate form of the code generator: a decision graph over pure values of the packet.
//!
//! A [`Block`] first makes sure that what it reads exists (its guards reject the packet otherwise), then decides where
//! to go. Values have no place in the graph: a [`Val`] names an expression, equal expressions have one name, and where
//! each is computed is settled when code is emitted. Hence blocks can be copied, skipped and merged freely, and a load
//! that nothing uses any more vanishes while its guard remains. The graph has no cycles; a walk along IP headers is
//! one [`End::Chain`]. Must not know instructions or machine registers.
//!
//! Invariant: on every path, a load is used only behind a guard that covers its bytes, and a division or remainder
//! only behind one for its divisor.

mod build;
mod factor;
mod graph;
mod tree;
mod values;

#[cfg(test)]
pub(crate) mod interpret;

pub use build::{InCode, LimitError};

pub(crate) use build::{build, build_with};
pub(crate) use factor::factor;
pub(crate) use graph::{Domination, Dominators};
pub(crate) use values::{Expr, Val, Values, max_of_size, swap_number};

use std::sync::Arc;

use super::hir::{ChainVersion, MAX_KEY_WORDS};
use super::set::Set;

/// The highest byte position that can be captured plus one: the kernel keeps lengths in an `int`, and
/// `bpf_skb_load_bytes` refuses offsets above `INT_MAX` (`net/core/filter.c`).
pub(crate) const MAX_POSITION: u32 = i32::MAX as u32;

/// A compiled condition.
#[derive(Clone, Debug)]
pub(crate) struct Ir {
    pub(crate) values: Values,
    pub(crate) blocks: Vec<Block>,
    pub(crate) entry: BlockId,
    /// The sets that are looked up in the kernel's maps.
    pub(crate) sets: Vec<Arc<Set>>,
}

/// Index of a set in [`Ir::sets`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SetId(pub(crate) u32);

/// Index of a block in [`Ir::blocks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct BlockId(pub(crate) u32);

impl BlockId {
    /// The block that keeps the packet.
    pub(crate) const ACCEPT: Self = Self(0);
    /// The block that rejects it.
    pub(crate) const REJECT: Self = Self(1);

    /// The index into [`Ir::blocks`].
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// Guards, then a decision.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Block {
    /// Each rejects the packet unless it holds. Later ones may use values that earlier ones cover.
    pub(crate) guards: Vec<Guard>,
    /// Where to go.
    pub(crate) end: End,
}

/// What must hold of a packet for a block to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Guard {
    /// At least `index + end` bytes are captured; the sum does not wrap.
    Captured {
        /// The part known only at run time.
        index: Option<Val>,
        /// The part known now.
        end: u32,
    },
    /// The value is not 0.
    NonZero(Val),
}

/// How a block ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum End {
    /// Keeps the packet; [`BlockId::ACCEPT`] only.
    Accept,
    /// Rejects the packet; [`BlockId::REJECT`] only.
    Reject,
    /// Goes on.
    Jump(BlockId),
    /// Goes on in one of two ways.
    Branch {
        /// What decides.
        test: Test,
        /// Where to go when it holds.
        yes: BlockId,
        /// Where to go when not.
        no: BlockId,
    },
    /// Walks a chain of headers; a header outside the captured bytes rejects the packet.
    Chain {
        /// The walk.
        walk: Walk,
        /// Where to go when the protocol was met.
        yes: BlockId,
        /// Where to go when the chain ended without it.
        no: BlockId,
    },
    /// Looks a key up in a set.
    Lookup {
        /// What is looked up where.
        key: Key,
        /// Where to go when it is an element.
        yes: BlockId,
        /// Where to go when not.
        no: BlockId,
    },
}

/// A key, and the set it is looked up in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(crate) set: SetId,
    /// The words of the key; none behind its last.
    pub(crate) words: [Option<Val>; MAX_KEY_WORDS],
}

/// A walk along headers ([`super::hir::Chain`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Walk {
    pub(crate) version: ChainVersion,
    pub(crate) first: Val,
    pub(crate) position: Val,
    pub(crate) protocol: u32,
}

/// A comparison. A constant stands on the right, and not on both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Test {
    pub(crate) op: TestOp,
    pub(crate) lhs: Val,
    pub(crate) rhs: Val,
}

/// The relation of a [`Test`]; the others are these with the ways out exchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum TestOp {
    /// Equal.
    Eq,
    /// Greater, unsigned.
    Gt,
    /// Greater or equal, unsigned.
    Ge,
    /// A bit in common.
    AnyBit,
}

impl TestOp {
    /// Whether `lhs self rhs`.
    pub(crate) fn holds(self, lhs: u32, rhs: u32) -> bool {
        match self {
            Self::Eq => lhs == rhs,
            Self::Gt => lhs > rhs,
            Self::Ge => lhs >= rhs,
            Self::AnyBit => lhs & rhs != 0,
        }
    }
}

impl End {
    /// The blocks that can follow.
    pub(crate) fn successors(self) -> impl Iterator<Item = BlockId> {
        let (first, second) = match self {
            Self::Accept | Self::Reject => (None, None),
            Self::Jump(to) => (Some(to), None),
            Self::Branch { yes, no, .. } | Self::Chain { yes, no, .. } | Self::Lookup { yes, no, .. } => {
                (Some(yes), Some(no))
            }
        };
        first.into_iter().chain(second)
    }

    /// The same end with every successor replaced.
    pub(crate) fn map_successors(self, mut map: impl FnMut(BlockId) -> BlockId) -> Self {
        match self {
            Self::Accept | Self::Reject => self,
            Self::Jump(to) => Self::Jump(map(to)),
            Self::Branch { test, yes, no } => Self::Branch { test, yes: map(yes), no: map(no) },
            Self::Chain { walk, yes, no } => Self::Chain { walk, yes: map(yes), no: map(no) },
            Self::Lookup { key, yes, no } => Self::Lookup { key, yes: map(yes), no: map(no) },
        }
    }

    /// The same end with every value replaced.
    pub(crate) fn map_values(self, mut map: impl FnMut(Val) -> Val) -> Self {
        match self {
            Self::Accept | Self::Reject | Self::Jump(_) => self,
            Self::Branch { test, yes, no } => {
                let test = Test { lhs: map(test.lhs), rhs: map(test.rhs), ..test };
                Self::Branch { test, yes, no }
            }
            Self::Chain { walk, yes, no } => {
                let walk = Walk { first: map(walk.first), position: map(walk.position), ..walk };
                Self::Chain { walk, yes, no }
            }
            Self::Lookup { key, yes, no } => {
                let key = Key { words: key.words.map(|word| word.map(&mut map)), ..key };
                Self::Lookup { key, yes, no }
            }
        }
    }

    /// The values that the decision needs, in the order in which it computes them.
    pub(crate) fn uses(self) -> impl Iterator<Item = Val> {
        let values = match self {
            Self::Accept | Self::Reject | Self::Jump(_) => [None; MAX_KEY_WORDS],
            Self::Branch { test, .. } => [Some(test.lhs), Some(test.rhs), None, None],
            Self::Chain { walk, .. } => [Some(walk.first), Some(walk.position), None, None],
            Self::Lookup { key, .. } => key.words,
        };
        values.into_iter().flatten()
    }
}

impl Guard {
    /// The value that the guard needs.
    pub(crate) fn uses(self) -> Option<Val> {
        match self {
            Self::Captured { index, .. } => index,
            Self::NonZero(value) => Some(value),
        }
    }

    /// Whether a packet that passed `self` passes `other`.
    pub(crate) fn covers(self, other: Self) -> bool {
        match (self, other) {
            (Self::Captured { index: a, end: known }, Self::Captured { index: b, end: wanted }) => {
                a == b && known >= wanted
            }
            _ => self == other,
        }
    }
}
