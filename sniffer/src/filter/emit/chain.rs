//! The loop along a chain of IP headers. Its state lies on the stack; the packet is read through the helper in either
//! way of reading, since positions are not known before.

use super::super::hir::{AH, MAX_CHAIN_HEADERS};
use super::super::ir::{BlockId, Walk};
use super::code::{Code, SCRATCH, SCRATCH2};
use super::steps::Operand;
use crate::bpf::{AluOp, Cond, Insn, Label, Reg, Size, Width};

/// Where the state of a walk lies.
struct State {
    protocol: i16,
    position: i16,
    /// How many headers were looked at; eight bytes, so that the verifier follows its value and sees the loop end.
    count: i16,
}

impl Code<'_> {
    pub(super) fn chain(&mut self, walk: Walk, first: Operand, position: Operand, yes: BlockId, no: BlockId) {
        let frame = &mut *self.frame;
        let state = State { protocol: frame.slot(), position: frame.slot(), count: frame.slot() };
        for (slot, value) in [(state.protocol, first), (state.position, position)] {
            self.copy(SCRATCH, value);
            self.store(slot, SCRATCH);
        }
        self.store(state.count, 0);
        let (top, step) = (self.asm.label(), self.asm.label());
        let (yes, no) = (self.label(yes), self.label(no));
        self.asm.bind(top);
        self.load(Size::Double, SCRATCH, Reg::R10, state.count);
        self.asm.jump_if(Width::W64, Cond::Ge, SCRATCH, MAX_CHAIN_HEADERS, no);
        self.add(SCRATCH, 1);
        self.store(state.count, SCRATCH);
        self.load(Size::Double, SCRATCH2, Reg::R10, state.protocol);
        self.asm.jump_if(Width::W32, Cond::Eq, SCRATCH2, walk.protocol, yes);
        for walked in walk.version.walked() {
            self.asm.jump_if(Width::W32, Cond::Eq, SCRATCH2, *walked, step);
        }
        self.asm.jump(no);
        self.asm.bind(step);
        self.advance(&state, top);
    }

    /// Goes on to the next header: [`super::super::hir::ChainVersion::header_length`].
    fn advance(&mut self, state: &State, top: Label) {
        let (authentication, moved) = (self.asm.label(), self.asm.label());
        let header = self.fetched();
        self.load(Size::Double, Reg::R2, Reg::R10, state.position);
        self.call_load_bytes(header, 2);
        self.load(Size::Double, SCRATCH2, Reg::R10, state.protocol);
        self.load(Size::Byte, SCRATCH, Reg::R10, header);
        self.store(state.protocol, SCRATCH);
        self.load(Size::Byte, SCRATCH, Reg::R10, header + 1);
        self.asm.jump_if(Width::W32, Cond::Eq, SCRATCH2, AH, authentication);
        self.scale(1, 3);
        self.asm.jump(moved);
        self.asm.bind(authentication);
        self.scale(2, 2);
        self.asm.bind(moved);
        self.load(Size::Double, SCRATCH2, Reg::R10, state.position);
        self.asm.push(Insn::alu32(AluOp::Add, SCRATCH2, SCRATCH));
        self.store(state.position, SCRATCH2);
        self.asm.jump(top);
    }

    /// `(length + more) << shift`.
    fn scale(&mut self, more: i32, shift: i32) {
        self.asm.push(Insn::alu32(AluOp::Add, SCRATCH, more));
        self.asm.push(Insn::alu32(AluOp::Lsh, SCRATCH, shift));
    }
}
