//! The first bytes of a packet, copied to the stack once.

use super::super::hir::Size;
use super::access::Reads;
use super::code::{Code, SCRATCH};
use super::steps::{DefId, Operand};
use crate::bpf::{self, AluOp, Cond, Insn, Label, Reg, Width};

/// A place at which a frame shorter than the window is copied as far as it goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Short {
    start: Label,
    back: Label,
    captured: DefId,
    bytes: u32,
    /// The position of the step that this belongs to.
    position: u32,
}

impl Code<'_> {
    /// Copies the window. Behind it, checks of the frame's length keep loads within what was copied.
    pub(super) fn fill_window(&mut self, captured: DefId) {
        let Some(bytes) = self.window_bytes() else { return };
        let short = Short {
            start: self.asm.label(),
            back: self.asm.label(),
            captured,
            bytes,
            position: self.position,
        };
        let length = self.register(Operand::Def(captured), SCRATCH);
        self.asm.jump_if(Width::W64, Cond::Lt, length, bytes, short.start);
        self.asm.push(Insn::alu32(AluOp::Mov, Reg::R2, 0));
        let to = self.frame.window(0);
        self.call_load_bytes(to, bytes);
        self.asm.bind(short.back);
        self.outlined.push(short);
    }

    /// The helper may be given a length that varies only when the stack it writes to is initialised, and only when the
    /// length is known not to be 0; kernels before 6.8 learn that from `<` but not from `==`.
    pub(super) fn short_window(&mut self, short: Short) {
        let Short { start, back, captured, bytes, position } = short;
        self.position = position;
        self.asm.bind(start);
        let (first, end) = (self.frame.window(0), self.frame.window(bytes));
        for at in (first.div_euclid(8) * 8..end).step_by(8) {
            self.store(at, 0);
        }
        self.copy(SCRATCH, Operand::Def(captured));
        self.asm.jump_if(Width::W64, Cond::Lt, SCRATCH, 1, back);
        // The comparison that led here may have been of another register, of which the verifier knew more.
        self.asm.jump_if(Width::W64, Cond::Ge, SCRATCH, bytes, back);
        self.asm.push(Insn::alu32(AluOp::Mov, Reg::R2, 0));
        self.call_load_bytes(first, SCRATCH);
        self.asm.jump(back);
    }

    /// Reads from the window in pieces that are aligned on the stack, as the verifier demands.
    pub(super) fn pick(&mut self, offset: u32, size: Size, dst: Reg) {
        let at = self.frame.window(offset);
        let (piece, bytes) = match (size, at.rem_euclid(4)) {
            (Size::Byte, _) | (_, 1 | 3) => (bpf::Size::Byte, 1),
            (Size::Half, _) | (_, 2) => (bpf::Size::Half, 2),
            _ => (bpf::Size::Word, 4),
        };
        self.load(piece, dst, Reg::R10, at);
        for number in 1..size as i16 / bytes {
            // Reads by copy never use R0 between steps.
            self.load(piece, Reg::R0, Reg::R10, at + number * bytes);
            let shift = i32::from(number * bytes * 8);
            let (moved, by) =
                if cfg!(target_endian = "little") { (Reg::R0, shift) } else { (dst, i32::from(bytes * 8)) };
            self.asm.push(Insn::alu32(AluOp::Lsh, moved, by));
            self.asm.push(Insn::alu32(AluOp::Or, dst, Reg::R0));
        }
    }

    fn window_bytes(&self) -> Option<u32> {
        match self.reads() {
            Reads::Copy { window } => Some(*window),
            Reads::Direct(_) => None,
        }
    }
}
