//! What the scheduler leaves for registers and code: steps over definitions, each with its position. Must not know
//! registers.

use std::collections::HashMap;

use super::super::hir::{AluOp, MAX_KEY_WORDS, Meta, Size};
use super::super::ir::{BlockId, SetId, TestOp, Val, Walk};

/// The name of a definition in [`Schedule::defs`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct DefId(pub(super) u32);

impl DefId {
    /// The index into [`Schedule::defs`].
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// Something that is computed and kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// The address of the kernel's `struct sk_buff`.
    Skb,
    /// How many bytes can be read: the linear length in place, the whole length by copy.
    Captured,
    /// The address of the first byte, as a number.
    Data,
    /// The address of a position, readable.
    Base(Option<Val>, u32),
    /// The first bytes on the stack.
    Window,
    /// A value of the packet.
    Value(Val),
}

/// An operand: a definition, or a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operand {
    /// What was computed before.
    Def(DefId),
    /// A constant.
    Number(u32),
}

/// How a definition is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op {
    /// `bpf_cast_to_kern_ctx` of the context.
    CastContext,
    /// `len - data_len` of the `struct sk_buff`.
    LinearLength { skb: DefId },
    /// `data` of the `struct sk_buff`.
    Data { skb: DefId },
    /// `bpf_rdonly_cast` of `data + index + add` less the bias.
    Base { data: DefId, index: Option<Operand>, add: u32 },
    /// `bpf_skb_load_bytes` of the first bytes.
    FillWindow { captured: DefId },
    /// A load in place, `offset` behind the base's position.
    Read { base: DefId, offset: u32, size: Size },
    /// A load from the window.
    Pick { offset: u32, size: Size },
    /// `bpf_skb_load_bytes` of these bytes only.
    Fetch { index: Option<Operand>, offset: u32, size: Size },
    /// `len` of the context.
    Length,
    /// Another field of the context.
    Field(Meta),
    /// A conversion of byte order.
    Swap { value: Operand, size: Size },
    /// Arithmetic.
    Alu { op: AluOp, lhs: Operand, rhs: Operand },
}

impl Op {
    /// Whether registers that calls destroy are lost.
    pub(super) fn calls(self) -> bool {
        matches!(self, Self::CastContext | Self::Base { .. } | Self::FillWindow { .. } | Self::Fetch { .. })
    }

    /// Whether computing it again takes one instruction and nothing that another definition holds.
    pub(super) fn repeats(self) -> bool {
        matches!(self, Self::Pick { .. } | Self::Length | Self::Field(_))
    }
}

/// What is done at a position.
#[derive(Clone, Copy, Debug)]
pub(super) enum Action {
    /// Computes a definition.
    Compute(DefId),
    /// Leaves unless `index + end` bytes can be read.
    Check { captured: DefId, index: Option<Operand>, end: u32 },
    /// Rejects when the operand is 0.
    NonZero(Operand),
}

/// How a block ends, with operands in place of values.
#[derive(Clone, Copy, Debug)]
pub(super) enum Exit {
    /// Goes on.
    Jump(BlockId),
    /// Decides.
    Branch { op: TestOp, lhs: Operand, rhs: Operand, yes: BlockId, no: BlockId },
    /// Walks.
    Chain { walk: Walk, first: Operand, position: Operand, yes: BlockId, no: BlockId },
    /// Looks up.
    Lookup { set: SetId, words: [Option<Operand>; MAX_KEY_WORDS], yes: BlockId, no: BlockId },
}

/// A definition and the positions between which it is needed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Def {
    pub(super) op: Op,
    /// Where it is computed.
    pub(super) start: u32,
    /// Where it is used last.
    pub(super) end: u32,
    /// Whether something is called between the two on the way to some use.
    pub(super) crosses_call: bool,
    /// The last use before the first call behind `start`, in the same block.
    pub(super) near_end: u32,
}

/// The steps of a block.
#[derive(Clone, Debug)]
pub(super) struct Steps {
    pub(super) id: BlockId,
    /// With their positions.
    pub(super) actions: Vec<(u32, Action)>,
    pub(super) exit: Exit,
    /// The position of the exit.
    pub(super) end: u32,
    /// The definitions made before that are used here or behind.
    pub(super) live_in: Vec<DefId>,
    /// Where those that no later block uses are used last.
    pub(super) last_uses: HashMap<DefId, u32>,
}

/// A whole program, blocks in the order in which they are emitted.
#[derive(Clone, Debug)]
pub(super) struct Schedule {
    pub(super) blocks: Vec<Steps>,
    pub(super) defs: Vec<Def>,
}
