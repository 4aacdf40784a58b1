//! Typed eBPF instructions, as far as this project emits them. Must not know their encoding.

/// A machine register. `R10` is the read-only frame pointer; calls return in `R0`, take their arguments in `R1` to
/// `R5`, destroy those, and preserve `R6` to `R9` (`Documentation/bpf/standardization/instruction-set.rst`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say all")]
pub enum Reg {
    R0,
    R1,
    R2,
    R3,
    R4,
    R5,
    R6,
    R7,
    R8,
    R9,
    R10,
}

/// How many bits of its operands an instruction uses. 32-bit arithmetic clears the upper half of its destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// The lower 32 bits.
    W32,
    /// All 64 bits; immediates are sign-extended.
    W64,
}

/// Width of a memory access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// One byte.
    Byte,
    /// Two bytes.
    Half,
    /// Four bytes.
    Word,
    /// Eight bytes.
    Double,
}

/// An arithmetic operation; `Mov` copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say all")]
pub enum AluOp {
    Add,
    Sub,
    Mul,
    /// Unsigned; by zero it gives 0.
    Div,
    Or,
    And,
    /// The count is taken modulo the width.
    Lsh,
    /// The count is taken modulo the width; zeros come in.
    Rsh,
    /// Unsigned; by zero it leaves the dividend.
    Mod,
    Xor,
    Mov,
}

/// The condition of a jump; comparisons are unsigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say all")]
pub enum Cond {
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
    /// The operands have a bit in common (`JSET`).
    Set,
}

/// The second operand of an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A register.
    Reg(Reg),
    /// A constant.
    Imm(i32),
}

impl From<Reg> for Source {
    fn from(reg: Reg) -> Self {
        Self::Reg(reg)
    }
}

impl From<i32> for Source {
    fn from(value: i32) -> Self {
        Self::Imm(value)
    }
}

impl From<u32> for Source {
    /// The same 32 bits; [`Width::W64`] instructions sign-extend them.
    fn from(value: u32) -> Self {
        Self::Imm(value as i32)
    }
}

/// A kernel helper function; the value is its number in `include/uapi/linux/bpf.h`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Helper {
    /// `bpf_map_lookup_elem(map, key)`: the address of the value, or 0.
    MapLookup = 1,
    /// `bpf_tail_call(ctx, map, slot)`: returns only when the slot is empty.
    TailCall = 12,
    /// `bpf_skb_load_bytes(ctx, offset, to, length)`: 0, or negative when bytes are missing.
    SkbLoadBytes = 26,
}

/// One instruction. Jump offsets count 8-byte slots from the following instruction, as the kernel does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Insn {
    /// `dst = dst op src`, or `dst = src` for [`AluOp::Mov`].
    Alu {
        /// 32 or 64 bits.
        width: Width,
        /// The operation.
        op: AluOp,
        /// First operand and destination.
        dst: Reg,
        /// Second operand.
        src: Source,
    },
    /// Converts the lower 16 or 32 bits of `dst` between the host's byte order and big-endian, clearing the others.
    BigEndian {
        /// The register.
        dst: Reg,
        /// [`Size::Half`] or [`Size::Word`].
        size: Size,
    },
    /// `dst = *(base + offset)`, zero-extended.
    Load {
        /// How many bytes.
        size: Size,
        /// The destination.
        dst: Reg,
        /// The address.
        base: Reg,
        /// Added to the address, in bytes.
        offset: i16,
    },
    /// `*(base + offset) = src`.
    Store {
        /// How many bytes.
        size: Size,
        /// The address.
        base: Reg,
        /// Added to the address, in bytes.
        offset: i16,
        /// What is stored.
        src: Source,
    },
    /// `dst = map`, by the map's file descriptor in the loading process. Takes two slots.
    LoadMap {
        /// The destination.
        dst: Reg,
        /// The file descriptor.
        fd: i32,
    },
    /// `dst = map`, by the map's place among those of the program. To be replaced by [`Insn::LoadMap`] when the maps are
    /// made. Takes two slots.
    LoadOwnMap {
        /// The destination.
        dst: Reg,
        /// The place.
        index: u32,
    },
    /// `dst = value`, all 64 bits. Takes two slots.
    LoadWide {
        /// The destination.
        dst: Reg,
        /// The number.
        value: u64,
    },
    /// An unconditional jump.
    Jump {
        /// In slots from the next instruction.
        offset: i16,
    },
    /// A jump taken when `lhs cond rhs`.
    JumpIf {
        /// Whether the lower halves or the whole registers are compared.
        width: Width,
        /// The condition.
        cond: Cond,
        /// First operand.
        lhs: Reg,
        /// Second operand.
        rhs: Source,
        /// In slots from the next instruction.
        offset: i16,
    },
    /// Calls a helper.
    Call(Helper),
    /// Calls a kernel function by the id of its `FUNC` type in the kernel's BTF.
    CallKernel {
        /// The type id.
        btf_id: u32,
    },
    /// Returns `R0`.
    Exit,
}

impl Insn {
    /// `dst = src` for 64 bits.
    pub fn mov(dst: Reg, src: impl Into<Source>) -> Self {
        Self::Alu { width: Width::W64, op: AluOp::Mov, dst, src: src.into() }
    }

    /// `dst = dst op src` for 64 bits.
    pub fn alu64(op: AluOp, dst: Reg, src: impl Into<Source>) -> Self {
        Self::Alu { width: Width::W64, op, dst, src: src.into() }
    }

    /// `dst = dst op src` for 32 bits.
    pub fn alu32(op: AluOp, dst: Reg, src: impl Into<Source>) -> Self {
        Self::Alu { width: Width::W32, op, dst, src: src.into() }
    }

    /// How many 8-byte slots the instruction takes.
    pub fn slots(&self) -> usize {
        if matches!(self, Self::LoadMap { .. } | Self::LoadOwnMap { .. } | Self::LoadWide { .. }) {
            2
        } else {
            1
        }
    }
}
