//! Reads in place, through the kernel functions that make `struct sk_buff` and its bytes readable.

use super::DirectLayout;
use super::code::{Code, SCRATCH, SCRATCH2, machine_size};
use super::steps::{DefId, Op, Operand};
use crate::bpf::{AluOp, Insn, Reg, Size};

impl Code<'_> {
    /// Computes what only reads in place have into `dst`.
    pub(super) fn direct(&mut self, op: Op, dst: Reg, layout: &DirectLayout) {
        match op {
            Op::CastContext => {
                self.context(Reg::R1);
                self.call_cast(layout.cast_to_kern_ctx, dst);
            }
            Op::LinearLength { skb } => {
                let skb = self.register(Operand::Def(skb), SCRATCH2);
                // The destination may be the register that holds the address.
                let length = if dst == skb { SCRATCH } else { dst };
                self.load(Size::Word, length, skb, layout.len);
                self.load(Size::Word, SCRATCH2, skb, layout.data_len);
                self.asm.push(Insn::alu32(AluOp::Sub, length, SCRATCH2));
                self.copy_register(dst, length);
            }
            Op::Data { skb } => {
                let skb = self.register(Operand::Def(skb), SCRATCH2);
                self.load(Size::Double, dst, skb, layout.data);
            }
            Op::Base { data, index, add } => self.base(data, index, add, dst, layout),
            Op::Read { base, offset, size } => {
                let base = self.register(Operand::Def(base), SCRATCH2);
                let offset = (u32::from(layout.flex_bias) + offset) as i16;
                self.load(machine_size(size), dst, base, offset);
            }
            _ => {}
        }
    }

    /// Only constants may be added to what the cast returns, so that the variable part goes into the address before.
    fn base(&mut self, data: DefId, index: Option<Operand>, add: u32, dst: Reg, layout: &DirectLayout) {
        let data = self.register(Operand::Def(data), SCRATCH2);
        match index {
            None => self.copy_register(Reg::R1, data),
            Some(index) => {
                self.copy(SCRATCH, index);
                self.asm.push(Insn::alu64(AluOp::Add, SCRATCH, data));
                self.asm.push(Insn::mov(Reg::R1, SCRATCH));
            }
        }
        self.add(Reg::R1, add as i32 - i32::from(layout.flex_bias));
        self.asm.push(Insn::alu32(AluOp::Mov, Reg::R2, layout.flex_struct));
        self.call_cast(layout.rdonly_cast, dst);
    }

    fn call_cast(&mut self, btf_id: u32, dst: Reg) {
        self.asm.push(Insn::CallKernel { btf_id });
        self.copy_register(dst, Reg::R0);
    }
}
