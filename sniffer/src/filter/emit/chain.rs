//! The loop along a chain of IP headers. Its state lies on the stack; the packet is read through the helper in either
//! way of reading, since positions are not known before.

use super::super::hir::{AH, MAX_CHAIN_HEADERS};
use super::super::ir::{BlockId, Walk};
use super::code::{Code, SCRATCH, SCRATCH2};
use super::steps::Operand;
use crate::bpf::{AluOp, Cond, Insn, Label, Reg, Size, Width};

/// Where the state of a walk lies; the same for all walks, of which each ends before another one begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct State {
    protocol: i16,
    position: i16,
    /// How many headers were looked at; eight bytes, so that the verifier follows its value and sees the loop end.
    count: i16,
}

impl Code<'_> {
    pub(super) fn chain(&mut self, walk: Walk, first: Operand, position: Operand, yes: BlockId, no: BlockId) {
        let state = self.chain_state();
        for (slot, value) in [(state.protocol, first), (state.position, position)] {
            self.copy(SCRATCH, value);
            // The verifier takes the copy for another number now: what it learns of it in the loop is nothing to the original.
            self.asm.push(Insn::alu64(AluOp::Or, SCRATCH, 0));
            self.store(slot, SCRATCH);
        }
        self.store(state.count, 0);
        let (top, done) = (self.asm.label(), self.asm.label());
        let (yes, no) = (self.label(yes), self.label(no));
        self.asm.bind(top);
        self.load(Size::Double, SCRATCH, Reg::R10, state.count);
        self.asm.jump_if(Width::W64, Cond::Ge, SCRATCH, MAX_CHAIN_HEADERS, no);
        self.add(SCRATCH, 1);
        self.store(state.count, SCRATCH);
        self.leave_unless_led_on(state, walk, done);
        self.advance(state, top);
        self.asm.bind(done);
        self.load(Size::Double, SCRATCH, Reg::R10, state.protocol);
        self.asm.jump_if(Width::W32, Cond::Eq, SCRATCH, walk.protocol, yes);
        self.asm.jump(no);
    }

    fn chain_state(&mut self) -> State {
        let frame = &mut *self.frame;
        *self.walked.get_or_insert_with(|| State {
            protocol: frame.slot(),
            position: frame.slot(),
            count: frame.slot(),
        })
    }

    /// Goes to `done` unless the protocol is walked over and not the wanted one. It is one branch for all of that, because the
    /// verifier follows each branch of each round by itself.
    fn leave_unless_led_on(&mut self, state: State, walk: Walk, done: Label) {
        let walked = walk.version.walked().iter().filter(|protocol| **protocol != walk.protocol);
        let bits = walked.fold(0, |bits, protocol| bits | 1_u64 << protocol);
        let (protocol, goes_on, is_small) = (SCRATCH2, SCRATCH, Reg::R3);
        self.load(Size::Double, protocol, Reg::R10, state.protocol);
        self.asm.push(Insn::mov(is_small, protocol));
        self.asm.push(Insn::alu64(AluOp::Sub, is_small, u64::BITS));
        self.asm.push(Insn::alu64(AluOp::Rsh, is_small, u64::BITS - 1));
        self.asm.push(Insn::alu64(AluOp::And, protocol, u64::BITS - 1));
        self.asm.push(Insn::LoadWide { dst: goes_on, value: bits });
        self.asm.push(Insn::alu64(AluOp::Rsh, goes_on, protocol));
        self.asm.push(Insn::alu64(AluOp::And, goes_on, is_small));
        self.asm.jump_if(Width::W64, Cond::Eq, goes_on, 0, done);
    }

    /// Goes on to the next header, [`ChainVersion::header_length`] bytes behind. That, too, without a branch:
    /// `(length + 1 + ah) << (3 - ah)`, where `ah` is 1 for an authentication header and 0 for others.
    fn advance(&mut self, state: State, top: Label) {
        let (length, ah, shift) = (SCRATCH, SCRATCH2, Reg::R3);
        let header = self.fetched();
        self.load(Size::Double, Reg::R2, Reg::R10, state.position);
        self.call_load_bytes(header, 2);
        self.load(Size::Double, ah, Reg::R10, state.protocol);
        self.load(Size::Byte, shift, Reg::R10, header);
        self.store(state.protocol, shift);
        self.asm.push(Insn::alu64(AluOp::Xor, ah, AH));
        self.asm.push(Insn::alu64(AluOp::Sub, ah, 1));
        self.asm.push(Insn::alu64(AluOp::Rsh, ah, u64::BITS - 1));
        self.asm.push(Insn::mov(shift, 3));
        self.asm.push(Insn::alu64(AluOp::Sub, shift, ah));
        self.load(Size::Byte, length, Reg::R10, header + 1);
        self.add(length, 1);
        self.asm.push(Insn::alu64(AluOp::Add, length, ah));
        self.asm.push(Insn::alu64(AluOp::Lsh, length, shift));
        self.load(Size::Double, Reg::R2, Reg::R10, state.position);
        self.asm.push(Insn::alu32(AluOp::Add, Reg::R2, length));
        self.store(state.position, Reg::R2);
        self.asm.jump(top);
    }
}
