//! Programs as text: readable assembly in the notation of the kernel's verifier, a C array, decimal numbers.

use std::fmt;

use super::encode::{RawInsn, encode};
use super::insn::{AluOp, Cond, Helper, Insn, Reg, Size, Source, Width};

/// One instruction a line, numbered by slot; jumps name the slot they lead to.
#[derive(Clone, Copy, Debug)]
pub struct Listing<'a>(pub &'a [Insn]);

/// The initialiser of a C array of `struct bpf_insn`: one slot a line as `{ code, dst, src, off, imm },`.
#[derive(Clone, Copy, Debug)]
pub struct CArray<'a>(pub &'a [Insn]);

/// The number of slots, then one slot a line as `code dst src off imm` in decimal.
#[derive(Clone, Copy, Debug)]
pub struct Decimal<'a>(pub &'a [Insn]);

impl fmt::Display for Listing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut slot = 0;
        for insn in self.0 {
            write!(f, "({slot:03}) ")?;
            slot += insn.slots();
            match *insn {
                Insn::Jump { offset } => writeln!(f, "goto {}", target(slot, offset))?,
                Insn::JumpIf { width, cond, lhs, rhs, offset } => {
                    let (lhs, rhs) = (Register(width, lhs), Operand(width, rhs));
                    writeln!(f, "if {lhs} {} {rhs} goto {}", cond_sign(cond), target(slot, offset))?;
                }
                _ => writeln!(f, "{insn}")?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for CArray<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for RawInsn { code, dst, src, off, imm } in encode(self.0) {
            writeln!(f, "{{ {code:#04x}, {dst}, {src}, {off}, {imm:#010x} }},")?;
        }
        Ok(())
    }
}

impl fmt::Display for Decimal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let slots = encode(self.0);
        writeln!(f, "{}", slots.len())?;
        for RawInsn { code, dst, src, off, imm } in slots {
            writeln!(f, "{code} {dst} {src} {off} {imm}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Insn {
    /// Jumps show their offset.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Alu { width, op, dst, src } => {
                write!(f, "{} {} {}", Register(width, dst), alu_sign(op), Operand(width, src))
            }
            Self::BigEndian { dst, size } => {
                let bits = if size == Size::Half { 16 } else { 32 };
                let dst = Register(Width::W64, dst);
                write!(f, "{dst} = be{bits} {dst}")
            }
            Self::Load { size, dst, base, offset } => {
                write!(f, "{} = {}", Register(Width::W64, dst), Memory(size, base, offset))
            }
            Self::Store { size, base, offset, src } => {
                write!(f, "{} = {}", Memory(size, base, offset), Operand(Width::W64, src))
            }
            Self::LoadMap { dst, fd } => write!(f, "{} = map[fd:{fd}]", Register(Width::W64, dst)),
            Self::LoadOwnMap { dst, index } => write!(f, "{} = map[{index}]", Register(Width::W64, dst)),
            Self::LoadWide { dst, value } => write!(f, "{} = {value:#x} ll", Register(Width::W64, dst)),
            Self::Jump { offset } => write!(f, "goto {offset:+}"),
            Self::JumpIf { width, cond, lhs, rhs, offset } => {
                let (lhs, rhs) = (Register(width, lhs), Operand(width, rhs));
                write!(f, "if {lhs} {} {rhs} goto {offset:+}", cond_sign(cond))
            }
            Self::Call(Helper::MapLookup) => f.write_str("call bpf_map_lookup_elem"),
            Self::Call(Helper::TailCall) => f.write_str("call bpf_tail_call"),
            Self::Call(Helper::SkbLoadBytes) => f.write_str("call bpf_skb_load_bytes"),
            Self::CallKernel { btf_id } => write!(f, "call kernel function {btf_id}"),
            Self::Exit => f.write_str("exit"),
        }
    }
}

fn target(next_slot: usize, offset: i16) -> isize {
    next_slot as isize + isize::from(offset)
}

struct Register(Width, Reg);

impl fmt::Display for Register {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.0 == Width::W32 { 'w' } else { 'r' }, self.1 as u8)
    }
}

struct Operand(Width, Source);

impl fmt::Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.1 {
            Source::Reg(reg) => Register(self.0, reg).fmt(f),
            Source::Imm(value @ -4096..=-1) => value.fmt(f),
            Source::Imm(value) => write!(f, "{value:#x}"),
        }
    }
}

struct Memory(Size, Reg, i16);

impl fmt::Display for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bits = match self.0 {
            Size::Byte => 8,
            Size::Half => 16,
            Size::Word => 32,
            Size::Double => 64,
        };
        write!(f, "*(u{bits} *)({} {:+})", Register(Width::W64, self.1), self.2)
    }
}

fn alu_sign(op: AluOp) -> &'static str {
    match op {
        AluOp::Add => "+=",
        AluOp::Sub => "-=",
        AluOp::Mul => "*=",
        AluOp::Div => "/=",
        AluOp::Or => "|=",
        AluOp::And => "&=",
        AluOp::Lsh => "<<=",
        AluOp::Rsh => ">>=",
        AluOp::Mod => "%=",
        AluOp::Xor => "^=",
        AluOp::Mov => "=",
    }
}

fn cond_sign(cond: Cond) -> &'static str {
    match cond {
        Cond::Eq => "==",
        Cond::Ne => "!=",
        Cond::Gt => ">",
        Cond::Ge => ">=",
        Cond::Lt => "<",
        Cond::Le => "<=",
        Cond::Set => "&",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROGRAM: &[Insn] = &[
        Insn::Alu { width: Width::W64, op: AluOp::Mov, dst: Reg::R6, src: Source::Reg(Reg::R1) },
        Insn::Load { size: Size::Word, dst: Reg::R8, base: Reg::R6, offset: 0 },
        Insn::JumpIf { width: Width::W32, cond: Cond::Lt, lhs: Reg::R8, rhs: Source::Imm(38), offset: 4 },
        Insn::LoadMap { dst: Reg::R2, fd: 7 },
        Insn::Alu { width: Width::W32, op: AluOp::Mov, dst: Reg::R3, src: Source::Imm(1) },
        Insn::Call(Helper::TailCall),
        Insn::Alu { width: Width::W64, op: AluOp::Mov, dst: Reg::R0, src: Source::Imm(-1) },
        Insn::Exit,
    ];

    #[test]
    fn listings_number_slots_and_name_jump_targets() {
        let expected = "\
(000) r6 = r1
(001) r8 = *(u32 *)(r6 +0)
(002) if w8 < 0x26 goto 7
(003) r2 = map[fd:7]
(005) w3 = 0x1
(006) call bpf_tail_call
(007) r0 = -1
(008) exit
";
        assert_eq!(Listing(PROGRAM).to_string(), expected);
    }

    #[test]
    fn arrays_and_numbers_hold_every_slot() {
        let array = CArray(PROGRAM).to_string();
        assert_eq!(array.lines().count(), 9);
        assert_eq!(array.lines().nth(2), Some("{ 0xa6, 8, 0, 4, 0x00000026 },"));
        let decimal = Decimal(PROGRAM).to_string();
        assert_eq!(decimal.lines().next(), Some("9"));
        assert_eq!(decimal.lines().nth(3), Some("166 8 0 4 38"));
        assert_eq!(decimal.lines().nth(8), Some("183 0 0 0 -1"));
    }
}
