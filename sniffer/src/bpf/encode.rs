//! The wire form of instructions (`include/uapi/linux/bpf.h`, `struct bpf_insn`): the one place that knows opcodes.

use super::insn::{AluOp, Cond, Insn, Reg, Size, Source, Width};

/// `BPF_LD`: only the 16-byte immediate load is of this class here.
const CLASS_LD: u8 = 0x00;
const CLASS_LDX: u8 = 0x01;
const CLASS_ST: u8 = 0x02;
const CLASS_STX: u8 = 0x03;
const CLASS_ALU: u8 = 0x04;
const CLASS_JMP: u8 = 0x05;
const CLASS_JMP32: u8 = 0x06;
const CLASS_ALU64: u8 = 0x07;

const MODE_IMM: u8 = 0x00;
const MODE_MEM: u8 = 0x60;

/// `BPF_X`: the second operand is a register, not the immediate.
const SOURCE_REG: u8 = 0x08;
/// `BPF_END` with `BPF_TO_BE`.
const TO_BIG_ENDIAN: u8 = 0xd0 | SOURCE_REG;

const JUMP_ALWAYS: u8 = 0x00;
const CALL: u8 = 0x80;
const EXIT: u8 = 0x90;

/// `BPF_PSEUDO_MAP_FD`: the immediate of a 16-byte load is a map's file descriptor.
const PSEUDO_MAP_FD: u8 = 1;
/// `BPF_PSEUDO_MAP_IDX`: it is an index into an array of file descriptors that comes with the program.
const PSEUDO_MAP_INDEX: u8 = 5;
/// `BPF_PSEUDO_KFUNC_CALL`: the immediate of a call is a BTF id.
const PSEUDO_KFUNC_CALL: u8 = 2;

/// One slot as the kernel reads it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RawInsn {
    /// Class, operation and source or mode.
    pub code: u8,
    /// Destination register, 0 to 10.
    pub dst: u8,
    /// Source register, 0 to 10, or a pseudo source.
    pub src: u8,
    /// Offset of jumps and memory accesses.
    pub off: i16,
    /// Immediate.
    pub imm: i32,
}

impl RawInsn {
    /// The slot's 8 bytes in the host's byte order.
    pub fn to_bytes(self) -> [u8; 8] {
        // The register nibbles are bit fields, which lie the other way round on big-endian hosts.
        let registers =
            if cfg!(target_endian = "little") { self.src << 4 | self.dst } else { self.dst << 4 | self.src };
        let [o0, o1] = self.off.to_ne_bytes();
        let [i0, i1, i2, i3] = self.imm.to_ne_bytes();
        [self.code, registers, o0, o1, i0, i1, i2, i3]
    }
}

/// The slots of a sequence of instructions.
pub fn encode(insns: &[Insn]) -> Vec<RawInsn> {
    let mut slots = Vec::with_capacity(insns.len() + 2);
    for insn in insns {
        slots.push(first_slot(insn));
        if insn.slots() == 2 {
            slots.push(RawInsn { imm: upper_half(insn), ..RawInsn::default() });
        }
    }
    slots
}

/// The immediate of the second slot.
fn upper_half(insn: &Insn) -> i32 {
    match insn {
        Insn::LoadWide { value, .. } => (value >> u32::BITS) as i32,
        _ => 0,
    }
}

/// The 16-byte load of a constant, as far as it is in the first slot.
fn load_constant(dst: Reg, src: u8, imm: i32) -> RawInsn {
    RawInsn { code: CLASS_LD | MODE_IMM | size_code(Size::Double), dst: number(dst), src, off: 0, imm }
}

fn first_slot(insn: &Insn) -> RawInsn {
    match *insn {
        Insn::Alu { width, op, dst, src } => {
            let class = if width == Width::W64 { CLASS_ALU64 } else { CLASS_ALU };
            with_source(class | alu_code(op), dst, src, 0)
        }
        Insn::BigEndian { dst, size } => {
            let bits = if size == Size::Half { 16 } else { 32 };
            RawInsn { code: CLASS_ALU | TO_BIG_ENDIAN, dst: number(dst), imm: bits, ..RawInsn::default() }
        }
        Insn::Load { size, dst, base, offset } => RawInsn {
            code: CLASS_LDX | MODE_MEM | size_code(size),
            dst: number(dst),
            src: number(base),
            off: offset,
            imm: 0,
        },
        Insn::Store { size, base, offset, src } => store(size, base, offset, src),
        Insn::LoadMap { dst, fd } => load_constant(dst, PSEUDO_MAP_FD, fd),
        Insn::LoadOwnMap { dst, index } => load_constant(dst, PSEUDO_MAP_INDEX, index as i32),
        Insn::LoadWide { dst, value } => load_constant(dst, 0, value as i32),
        Insn::Jump { offset } => RawInsn { code: CLASS_JMP | JUMP_ALWAYS, off: offset, ..RawInsn::default() },
        Insn::JumpIf { width, cond, lhs, rhs, offset } => {
            let class = if width == Width::W64 { CLASS_JMP } else { CLASS_JMP32 };
            with_source(class | cond_code(cond), lhs, rhs, offset)
        }
        Insn::Call(helper) => RawInsn { code: CLASS_JMP | CALL, imm: helper as i32, ..RawInsn::default() },
        Insn::CallKernel { btf_id } => RawInsn {
            code: CLASS_JMP | CALL,
            src: PSEUDO_KFUNC_CALL,
            imm: btf_id as i32,
            ..RawInsn::default()
        },
        Insn::Exit => RawInsn { code: CLASS_JMP | EXIT, ..RawInsn::default() },
    }
}

fn with_source(code: u8, dst: Reg, src: Source, off: i16) -> RawInsn {
    match src {
        Source::Reg(src) => {
            RawInsn { code: code | SOURCE_REG, dst: number(dst), src: number(src), off, imm: 0 }
        }
        Source::Imm(imm) => RawInsn { code, dst: number(dst), src: 0, off, imm },
    }
}

fn store(size: Size, base: Reg, off: i16, src: Source) -> RawInsn {
    let dst = number(base);
    match src {
        Source::Reg(src) => {
            RawInsn { code: CLASS_STX | MODE_MEM | size_code(size), dst, src: number(src), off, imm: 0 }
        }
        Source::Imm(imm) => RawInsn { code: CLASS_ST | MODE_MEM | size_code(size), dst, src: 0, off, imm },
    }
}

fn number(reg: Reg) -> u8 {
    reg as u8
}

fn size_code(size: Size) -> u8 {
    match size {
        Size::Word => 0x00,
        Size::Half => 0x08,
        Size::Byte => 0x10,
        Size::Double => 0x18,
    }
}

fn alu_code(op: AluOp) -> u8 {
    match op {
        AluOp::Add => 0x00,
        AluOp::Sub => 0x10,
        AluOp::Mul => 0x20,
        AluOp::Div => 0x30,
        AluOp::Or => 0x40,
        AluOp::And => 0x50,
        AluOp::Lsh => 0x60,
        AluOp::Rsh => 0x70,
        AluOp::Mod => 0x90,
        AluOp::Xor => 0xa0,
        AluOp::Mov => 0xb0,
    }
}

fn cond_code(cond: Cond) -> u8 {
    match cond {
        Cond::Eq => 0x10,
        Cond::Gt => 0x20,
        Cond::Ge => 0x30,
        Cond::Set => 0x40,
        Cond::Ne => 0x50,
        Cond::Lt => 0xa0,
        Cond::Le => 0xb0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::insn::Helper;
    use super::*;

    fn check(insn: Insn, expected: &[[u8; 8]]) {
        let bytes: Vec<_> = encode(&[insn]).into_iter().map(RawInsn::to_bytes).collect();
        assert_eq!(bytes, expected, "{insn:?}");
    }

    /// The expected bytes are what `llvm-mc -triple=bpfel -mattr=+alu32 -show-encoding` prints for the assembly in
    /// the comment; of the bit test and the store of a constant, which it cannot assemble, what
    /// `include/uapi/linux/bpf.h` says.
    #[test]
    #[cfg(target_endian = "little")]
    fn encodings_are_those_of_llvm() {
        use Reg::{R0, R1, R2, R3, R6, R8, R10};
        // r6 = r1
        check(Insn::mov(R6, R1), &[[0xbf, 0x16, 0, 0, 0, 0, 0, 0]]);
        // r3 += -16
        check(Insn::alu64(AluOp::Add, R3, -16), &[[0x07, 0x03, 0, 0, 0xf0, 0xff, 0xff, 0xff]]);
        // w8 -= w2
        check(Insn::alu32(AluOp::Sub, R8, R2), &[[0x1c, 0x28, 0, 0, 0, 0, 0, 0]]);
        // r1 = be16 r1
        check(Insn::BigEndian { dst: R1, size: Size::Half }, &[[0xdc, 0x01, 0, 0, 0x10, 0, 0, 0]]);
        // r1 = *(u16 *)(r0 + 28)
        let load = Insn::Load { size: Size::Half, dst: R1, base: R0, offset: 28 };
        check(load, &[[0x69, 0x01, 0x1c, 0, 0, 0, 0, 0]]);
        // *(u64 *)(r10 - 8) = r1
        let store = Insn::Store { size: Size::Double, base: R10, offset: -8, src: R1.into() };
        check(store, &[[0x7b, 0x1a, 0xf8, 0xff, 0, 0, 0, 0]]);
        // *(u32 *)(r10 - 4) = 7
        let store = Insn::Store { size: Size::Word, base: R10, offset: -4, src: 7.into() };
        check(store, &[[0x62, 0x0a, 0xfc, 0xff, 7, 0, 0, 0]]);
        // if w1 & 65311 goto +3
        let jump =
            Insn::JumpIf { width: Width::W32, cond: Cond::Set, lhs: R1, rhs: 0xff1f_u32.into(), offset: 3 };
        check(jump, &[[0x46, 0x01, 3, 0, 0x1f, 0xff, 0, 0]]);
        // if r2 > r8 goto -1
        let jump = Insn::JumpIf { width: Width::W64, cond: Cond::Gt, lhs: R2, rhs: R8.into(), offset: -1 };
        check(jump, &[[0x2d, 0x82, 0xff, 0xff, 0, 0, 0, 0]]);
        // r3 = 0x1122334455667788 ll
        let wide = Insn::LoadWide { dst: R3, value: 0x1122_3344_5566_7788 };
        check(wide, &[[0x18, 0x03, 0, 0, 0x88, 0x77, 0x66, 0x55], [0, 0, 0, 0, 0x44, 0x33, 0x22, 0x11]]);
        // call 26
        check(Insn::Call(Helper::SkbLoadBytes), &[[0x85, 0, 0, 0, 26, 0, 0, 0]]);
        // exit
        check(Insn::Exit, &[[0x95, 0, 0, 0, 0, 0, 0, 0]]);
    }

    /// These two are not assembly of LLVM; `kernel/bpf/verifier.c` names the pseudo sources.
    #[test]
    #[cfg(target_endian = "little")]
    fn pseudo_sources_stand_in_the_source_register() {
        let map = Insn::LoadMap { dst: Reg::R2, fd: 5 };
        check(map, &[[0x18, 0x12, 0, 0, 5, 0, 0, 0], [0; 8]]);
        let map = Insn::LoadOwnMap { dst: Reg::R1, index: 2 };
        check(map, &[[0x18, 0x51, 0, 0, 2, 0, 0, 0], [0; 8]]);
        check(Insn::CallKernel { btf_id: 0x1234 }, &[[0x85, 0x20, 0, 0, 0x34, 0x12, 0, 0]]);
    }
}
