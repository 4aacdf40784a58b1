//! A machine for tests that runs emitted programs without a kernel. Stricter than one: a read outside the linear bytes,
//! of a register that a call destroyed, or of stack that was never written, panics.

use std::ops::Range;

use crate::bpf::{AluOp, Cond, Helper, Insn, Reg, Size, Source, Width};
use crate::filter::Packet;
use crate::filter::emit::{DirectLayout, MAX_STACK, Program};

/// Made-up offsets and ids; equal ones would hide a confusion.
pub(super) const LAYOUT: DirectLayout = DirectLayout {
    len: 112,
    data_len: 116,
    data: 200,
    cast_to_kern_ctx: 1001,
    rdonly_cast: 1002,
    flex_struct: 1003,
    flex_bias: 16,
};

/// What the simulated tail call stands for: its slot is filled, and the program there returns this.
pub(super) const TAIL_CALLED: u32 = 77;

const CONTEXT: u64 = 1 << 32;
const SKB: u64 = 2 << 32;
const DATA: u64 = 3 << 32;
/// Apart from the border, since the stack grows downward.
const STACK_TOP: u64 = (4 << 32) + (1 << 16);
const MAP: u64 = 5 << 32;
/// The program's own maps, from this one on.
const OWN_MAPS: u64 = 6 << 32;
/// Where their values are, with the number of the map in the upper half.
const OWN_VALUES: u64 = 1 << 40;
const STACK: usize = MAX_STACK as usize;

/// What a run gave.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// What the program returned.
    pub(super) verdict: u32,
    /// Whether it copied packet bytes.
    pub(super) copied: bool,
    /// How many instructions it took.
    pub(super) steps: usize,
}

/// Runs a program on a packet of which the first `linear` bytes can be read in place.
pub(super) fn run(program: &Program, packet: &Packet<'_>, linear: usize) -> Run {
    let mut machine = Machine {
        program,
        packet,
        linear: linear.min(packet.data.len()),
        registers: [None; 11],
        stack: [None; STACK],
        copied: false,
        steps: 0,
    };
    machine.registers[Reg::R1 as usize] = Some(CONTEXT);
    machine.registers[Reg::R10 as usize] = Some(STACK_TOP);
    let verdict = machine.run(&program.insns) as u32;
    Run { verdict, copied: machine.copied, steps: machine.steps }
}

struct Machine<'a> {
    program: &'a Program,
    packet: &'a Packet<'a>,
    linear: usize,
    registers: [Option<u64>; 11],
    stack: [Option<u8>; STACK],
    copied: bool,
    steps: usize,
}

impl Machine<'_> {
    fn run(&mut self, insns: &[Insn]) -> u64 {
        let starts: Vec<usize> = insns
            .iter()
            .scan(0, |slot, insn| {
                let start = *slot;
                *slot += insn.slots();
                Some(start)
            })
            .collect();
        let target = |at: usize, offset: i16| {
            let slot = starts[at] as isize + 1 + isize::from(offset);
            starts.binary_search(&(slot as usize)).expect("a jump leads to an instruction")
        };
        let mut at = 0;
        loop {
            let insn = insns[at];
            self.steps += 1;
            let next = at + 1;
            at = match insn {
                Insn::Exit => return self.get(Reg::R0),
                Insn::Jump { offset } => target(at, offset),
                Insn::JumpIf { width, cond, lhs, rhs, offset } => {
                    let (lhs, rhs) = (self.operand(width, lhs.into()), self.operand(width, rhs));
                    if holds(cond, lhs, rhs) { target(at, offset) } else { next }
                }
                Insn::Call(Helper::TailCall) => {
                    let arguments = [Reg::R1, Reg::R2].map(|reg| self.get(reg));
                    assert_eq!(arguments, [CONTEXT, MAP]);
                    return TAIL_CALLED.into();
                }
                _ => {
                    self.step(insn);
                    next
                }
            };
        }
    }

    fn step(&mut self, insn: Insn) {
        match insn {
            Insn::Alu { width, op, dst, src } => {
                let src = self.operand(width, src);
                let old = if op == AluOp::Mov { 0 } else { self.operand(width, dst.into()) };
                self.set(dst, alu(width, op, old, src));
            }
            Insn::BigEndian { dst, size } => {
                let value = self.get(dst);
                let swapped = match size {
                    Size::Half => u64::from((value as u16).to_be()),
                    _ => u64::from((value as u32).to_be()),
                };
                self.set(dst, swapped);
            }
            Insn::Load { size, dst, base, offset } => {
                let address = self.get(base).wrapping_add_signed(offset.into());
                let value = self.load(address, size);
                self.set(dst, value);
            }
            Insn::Store { size, base, offset, src } => {
                let address = self.get(base).wrapping_add_signed(offset.into());
                let bytes = self.operand(Width::W64, src).to_ne_bytes();
                let range = stack(address, bytes_of(size));
                assert_eq!(range.start % bytes_of(size), 0, "stack accesses are aligned");
                for (slot, byte) in self.stack[range].iter_mut().zip(bytes) {
                    *slot = Some(byte);
                }
            }
            Insn::LoadMap { dst, .. } => self.set(dst, MAP),
            Insn::LoadOwnMap { dst, index } => self.set(dst, OWN_MAPS + u64::from(index)),
            Insn::LoadWide { dst, value } => self.set(dst, value),
            Insn::Call(Helper::MapLookup) => self.look_up(),
            Insn::Call(Helper::SkbLoadBytes) => self.load_bytes(),
            Insn::CallKernel { btf_id } => self.call_kernel(btf_id),
            Insn::Exit | Insn::Jump { .. } | Insn::JumpIf { .. } | Insn::Call(Helper::TailCall) => {}
        }
    }

    fn look_up(&mut self) {
        let map = self.get(Reg::R1) - OWN_MAPS;
        let image = &self.program.maps[map as usize];
        let key = self.load(self.get(Reg::R2), Size::Word);
        let found = key < image.len() as u64;
        let value = OWN_VALUES | map << 32 | (key * 8 * image.value_words as u64);
        self.returns(if found { value } else { 0 });
    }

    fn load_bytes(&mut self) {
        assert_eq!(self.get(Reg::R1), CONTEXT);
        let (offset, to, length) = (self.get(Reg::R2) as u32, self.get(Reg::R3), self.get(Reg::R4));
        assert!((1..=STACK as u64).contains(&length), "the verifier refuses a length of {length}");
        let end = u64::from(offset) + length;
        let missing = offset > i32::MAX as u32 || end > self.packet.data.len() as u64;
        let range = stack(to, length as usize);
        for (number, slot) in self.stack[range].iter_mut().enumerate() {
            *slot = Some(if missing { 0 } else { self.packet.data[offset as usize + number] });
        }
        self.copied = true;
        self.returns(if missing { -14_i64 as u64 } else { 0 });
    }

    fn call_kernel(&mut self, btf_id: u32) {
        let argument = self.get(Reg::R1);
        if btf_id == LAYOUT.cast_to_kern_ctx {
            assert_eq!(argument, CONTEXT);
            self.returns(SKB);
        } else {
            assert_eq!((btf_id, self.get(Reg::R2)), (LAYOUT.rdonly_cast, LAYOUT.flex_struct.into()));
            self.returns(argument);
        }
    }

    fn returns(&mut self, value: u64) {
        self.registers[1..=5].fill(None);
        self.set(Reg::R0, value);
    }

    fn load(&self, address: u64, size: Size) -> u64 {
        let bytes = bytes_of(size);
        if address & OWN_VALUES != 0 {
            let map = (address & !OWN_VALUES) >> 32;
            let start = address as u32 as usize;
            assert_eq!((bytes, start % 8), (8, 0), "values are read word by word");
            return self.program.maps[map as usize].words[start / 8];
        }
        match address & !(u64::from(u32::MAX)) {
            CONTEXT => self.context(address - CONTEXT),
            SKB => self.skb((address - SKB) as i16, size),
            DATA => {
                let start = (address - DATA) as usize;
                assert!(
                    start + bytes <= self.linear,
                    "read of {start} + {bytes} with {} linear",
                    self.linear
                );
                gather(self.packet.data[start..start + bytes].iter().copied())
            }
            _ => {
                let range = stack(address, bytes);
                assert_eq!(range.start % bytes, 0, "stack accesses are aligned");
                gather(
                    self.stack[range]
                        .iter()
                        .map(|slot| slot.expect("the stack is written before it is read")),
                )
            }
        }
    }

    fn context(&self, offset: u64) -> u64 {
        let metadata = &self.packet.metadata;
        u64::from(match offset {
            0 => self.packet.original_len,
            4 => metadata.packet_type.into(),
            16 => metadata.protocol.to_be().into(),
            20 => metadata.vlan_tci.is_some().into(),
            24 => metadata.vlan_tci.unwrap_or(0).into(),
            40 => metadata.ifindex,
            52..68 => metadata.layers[(offset as usize - 52) / 4].0,
            _ => panic!("the context has no field at {offset}"),
        })
    }

    fn skb(&self, offset: i16, size: Size) -> u64 {
        match (offset, size) {
            (112, Size::Word) => self.packet.data.len() as u64,
            (116, Size::Word) => (self.packet.data.len() - self.linear) as u64,
            (200, Size::Double) => DATA,
            _ => panic!("the structure has no {size:?} at {offset}"),
        }
    }

    fn operand(&self, width: Width, source: Source) -> u64 {
        let value = match source {
            Source::Reg(reg) => self.get(reg),
            Source::Imm(number) => i64::from(number) as u64,
        };
        if width == Width::W32 { u64::from(value as u32) } else { value }
    }

    fn get(&self, reg: Reg) -> u64 {
        self.registers[reg as usize].unwrap_or_else(|| panic!("{reg:?} is read before it is written"))
    }

    fn set(&mut self, reg: Reg, value: u64) {
        self.registers[reg as usize] = Some(value);
    }
}

fn gather(bytes: impl Iterator<Item = u8>) -> u64 {
    let mut all = [0; 8];
    for (place, byte) in all.iter_mut().zip(bytes) {
        *place = byte;
    }
    u64::from_le_bytes(all)
}

fn stack(address: u64, bytes: usize) -> Range<usize> {
    let below = STACK_TOP.checked_sub(address).expect("an address of the stack") as usize;
    let start = STACK.checked_sub(below).expect("the stack has 512 bytes");
    start..start + bytes
}

fn bytes_of(size: Size) -> usize {
    match size {
        Size::Byte => 1,
        Size::Half => 2,
        Size::Word => 4,
        Size::Double => 8,
    }
}

fn alu(width: Width, op: AluOp, a: u64, b: u64) -> u64 {
    let mask = if width == Width::W32 { 31 } else { 63 };
    let result = match op {
        AluOp::Add => a.wrapping_add(b),
        AluOp::Sub => a.wrapping_sub(b),
        AluOp::Mul => a.wrapping_mul(b),
        AluOp::Div => a.checked_div(b).unwrap_or(0),
        AluOp::Mod => a.checked_rem(b).unwrap_or(a),
        AluOp::Or => a | b,
        AluOp::And => a & b,
        AluOp::Xor => a ^ b,
        AluOp::Lsh => a << (b & mask),
        AluOp::Rsh => a >> (b & mask),
        AluOp::Mov => b,
    };
    if width == Width::W32 { u64::from(result as u32) } else { result }
}

fn holds(cond: Cond, a: u64, b: u64) -> bool {
    match cond {
        Cond::Eq => a == b,
        Cond::Ne => a != b,
        Cond::Gt => a > b,
        Cond::Ge => a >= b,
        Cond::Lt => a < b,
        Cond::Le => a <= b,
        Cond::Set => a & b != 0,
    }
}
