//! The language's arithmetic in the machine's. Divisors are checked before.

use super::super::hir;
use super::code::{Code, SCRATCH, SCRATCH2};
use super::steps::Operand;
use crate::bpf::{AluOp, Cond, Insn, Reg, Source, Width};

impl Code<'_> {
    /// `dst = lhs op rhs`.
    pub(super) fn alu(&mut self, op: hir::AluOp, lhs: Operand, rhs: Operand, dst: Reg) {
        let rhs = self.source(rhs, SCRATCH2);
        // The left operand is copied to the destination first, which must not destroy the right one.
        let result = if rhs == Source::Reg(dst) { SCRATCH } else { dst };
        self.copy(result, lhs);
        if let (hir::AluOp::Shl | hir::AluOp::Shr, Source::Reg(count)) = (op, rhs) {
            // The machine takes the count modulo 32; the language shifts everything out.
            let small = self.asm.label();
            self.asm.jump_if(Width::W32, Cond::Lt, count, 32, small);
            self.asm.push(Insn::alu32(AluOp::Mov, result, 0));
            self.asm.bind(small);
        }
        self.asm.push(Insn::alu32(machine_op(op), result, rhs));
        if result != dst {
            self.asm.push(Insn::mov(dst, result));
        }
    }
}

fn machine_op(op: hir::AluOp) -> AluOp {
    match op {
        hir::AluOp::Add => AluOp::Add,
        hir::AluOp::Sub => AluOp::Sub,
        hir::AluOp::Mul => AluOp::Mul,
        hir::AluOp::Div => AluOp::Div,
        hir::AluOp::Mod => AluOp::Mod,
        hir::AluOp::And => AluOp::And,
        hir::AluOp::Or => AluOp::Or,
        hir::AluOp::Xor => AluOp::Xor,
        hir::AluOp::Shl => AluOp::Lsh,
        hir::AluOp::Shr => AluOp::Rsh,
    }
}
