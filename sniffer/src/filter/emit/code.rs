//! Steps → instructions, for definitions that have their places. Must not know the graph's values.

use std::collections::HashMap;

use sniffer_common::Note;

use super::super::hir::{Meta, Size};
use super::super::ir::{BlockId, TestOp};
use super::access::Reads;
use super::allocate::Location;
use super::chain::State;
use super::frame::Frame;
use super::lookup::{Sets, Slots};
use super::steps::{Action, DefId, Exit, Op, Operand, Schedule};
use super::window;
use crate::bpf::{self, AluOp, Assembler, Cond, Helper, Insn, Label, Reg, Source, Width};

/// Free within a step.
pub(super) const SCRATCH: Reg = Reg::R4;
/// Free within a step.
pub(super) const SCRATCH2: Reg = Reg::R5;

/// The two ends of a program.
#[derive(Clone, Copy, Debug)]
pub(super) struct Labels {
    /// Keeps the frame.
    pub(super) accept: Label,
    /// Drops it.
    pub(super) reject: Label,
}

/// Emits the code for one way of reading.
pub(super) struct Code<'a> {
    pub(super) asm: &'a mut Assembler,
    schedule: &'a Schedule,
    pub(super) sets: &'a Sets<'a>,
    locations: &'a [Location],
    pub(super) frame: &'a mut Frame,
    reads: &'a Reads,
    pub(super) labels: Labels,
    /// Where frames go on that do not pass a check.
    missing: Label,
    blocks: HashMap<BlockId, Label>,
    /// Whether this is the first step of a program, which has its context still where it got it.
    context_is_in_r1: bool,
    /// The position of the step that is being emitted.
    pub(super) position: u32,
    /// Eight bytes of the stack that bytes are fetched to.
    fetched: Option<i16>,
    /// Where look-ups keep what calls must not destroy.
    pub(super) slots: Option<Slots>,
    /// Where walks keep how far they are.
    pub(super) walked: Option<State>,
    /// Code that short frames need, kept out of the way of the others.
    pub(super) outlined: Vec<window::Short>,
}

impl<'a> Code<'a> {
    #[expect(clippy::too_many_arguments, reason = "it is made in one place")]
    pub(super) fn new(
        asm: &'a mut Assembler,
        schedule: &'a Schedule,
        sets: &'a Sets<'a>,
        locations: &'a [Location],
        frame: &'a mut Frame,
        reads: &'a Reads,
        labels: Labels,
        missing: Label,
    ) -> Self {
        let mut blocks = HashMap::from([(BlockId::ACCEPT, labels.accept), (BlockId::REJECT, labels.reject)]);
        blocks.extend(schedule.blocks.iter().map(|block| (block.id, asm.label())));
        // All that comes before is the store of the context.
        let context_is_in_r1 = asm.len() == 1;
        Self {
            asm,
            schedule,
            sets,
            locations,
            frame,
            reads,
            labels,
            missing,
            blocks,
            context_is_in_r1,
            position: 0,
            fetched: None,
            slots: None,
            walked: None,
            outlined: Vec::new(),
        }
    }

    /// Appends all blocks.
    pub(super) fn emit(mut self) {
        let schedule = self.schedule;
        let next = schedule.blocks.iter().skip(1).map(|block| Some(block.id)).chain([None]);
        for (block, next) in schedule.blocks.iter().zip(next) {
            self.asm.bind(self.blocks[&block.id]);
            for (position, action) in &block.actions {
                self.position = *position;
                self.action(*action);
                self.context_is_in_r1 = false;
            }
            self.context_is_in_r1 = false;
            self.position = block.end;
            self.exit(block.exit, next);
        }
        for short in std::mem::take(&mut self.outlined) {
            self.short_window(short);
        }
    }

    pub(super) fn reads(&self) -> &Reads {
        self.reads
    }

    pub(super) fn label(&self, block: BlockId) -> Label {
        self.blocks[&block]
    }

    fn action(&mut self, action: Action) {
        match action {
            Action::Compute(def) => self.compute(def),
            Action::NonZero(operand) => {
                let value = self.register(operand, SCRATCH);
                self.asm.jump_if(Width::W32, Cond::Eq, value, 0, self.labels.reject);
            }
            Action::Check { captured, index, end } => self.check(captured, index, end),
        }
    }

    /// The sum of index and end has up to 33 bits.
    fn check(&mut self, captured: DefId, index: Option<Operand>, end: u32) {
        let captured = self.register(Operand::Def(captured), SCRATCH2);
        match index {
            None => self.asm.jump_if(Width::W32, Cond::Lt, captured, end, self.missing),
            Some(index) => {
                self.copy(SCRATCH, index);
                self.add(SCRATCH, end as i32);
                self.asm.jump_if(Width::W64, Cond::Gt, SCRATCH, captured, self.missing);
            }
        }
    }

    fn exit(&mut self, exit: Exit, next: Option<BlockId>) {
        match exit {
            Exit::Jump(to) => self.asm.jump(self.label(to)),
            Exit::Chain { walk, first, position, yes, no } => self.chain(walk, first, position, yes, no),
            Exit::Lookup { set, words, yes, no } => self.lookup(set, words, yes, no),
            Exit::Branch { op, lhs, rhs, yes, no } => {
                let lhs = self.register(lhs, SCRATCH);
                let rhs = self.source(rhs, SCRATCH2);
                let falls_into_yes = next == Some(yes);
                let (yes, no) = (self.label(yes), self.label(no));
                let (cond, negated) = condition(op);
                match negated {
                    Some(negated) if falls_into_yes => self.asm.jump_if(Width::W32, negated, lhs, rhs, no),
                    _ => {
                        self.asm.jump_if(Width::W32, cond, lhs, rhs, yes);
                        self.asm.jump(no);
                    }
                }
            }
        }
    }

    /// Computes a definition where it is kept; one that is kept nowhere is computed at its uses.
    fn compute(&mut self, def: DefId) {
        let op = self.schedule.defs[def.index()].op;
        let Location { register, slot } = self.locations[def.index()];
        let register = register.map(|(reg, _)| reg);
        match (op, register.or(slot.map(|_| SCRATCH))) {
            (Op::FillWindow { captured }, _) => self.fill_window(captured),
            (_, None) => {}
            (_, Some(reg)) => {
                self.op(op, reg);
                if let Some(slot) = slot {
                    self.store(slot, reg);
                }
            }
        }
    }

    /// Computes into `dst`.
    fn op(&mut self, op: Op, dst: Reg) {
        match op {
            Op::CastContext
            | Op::Base { .. }
            | Op::LinearLength { .. }
            | Op::Data { .. }
            | Op::Read { .. } => {
                if let Reads::Direct(layout) = *self.reads {
                    self.direct(op, dst, &layout);
                }
            }
            Op::Pick { offset, size } => self.pick(offset, size, dst),
            Op::Fetch { index, offset, size } => self.fetch(index, offset, size, dst),
            Op::Length => self.context_field(CONTEXT_LEN, dst),
            Op::Field(meta) => self.context_field(context_offset(meta), dst),
            Op::Swap { value, size } => {
                self.copy(dst, value);
                self.asm.push(Insn::BigEndian { dst, size: machine_size(size) });
            }
            Op::Alu { op, lhs, rhs } => self.alu(op, lhs, rhs, dst),
            Op::FillWindow { captured } => self.fill_window(captured),
        }
    }

    /// One load through the helper, behind a check that the bytes exist.
    fn fetch(&mut self, index: Option<Operand>, offset: u32, size: Size, dst: Reg) {
        match index {
            None => self.asm.push(Insn::alu32(AluOp::Mov, Reg::R2, offset)),
            Some(index) => {
                self.copy(Reg::R2, index);
                self.add(Reg::R2, offset as i32);
            }
        }
        let place = self.fetched();
        self.call_load_bytes(place, size as i32);
        self.load(machine_size(size), dst, Reg::R10, place);
    }

    /// Where fetched bytes go.
    pub(super) fn fetched(&mut self) -> i16 {
        let frame = &mut *self.frame;
        *self.fetched.get_or_insert_with(|| frame.slot())
    }

    /// Copies packet bytes from the position in `R2` to the stack; rejects the frame when they are missing.
    pub(super) fn call_load_bytes(&mut self, to: i16, length: impl Into<Source>) {
        self.context(Reg::R1);
        self.asm.push(Insn::mov(Reg::R3, Reg::R10));
        self.add(Reg::R3, to.into());
        let length = length.into();
        if length != Source::Reg(Reg::R4) {
            self.asm.push(Insn::alu32(AluOp::Mov, Reg::R4, length));
        }
        self.asm.push(Insn::Call(Helper::SkbLoadBytes));
        self.asm.jump_if(Width::W64, Cond::Ne, Reg::R0, 0, self.labels.reject);
    }

    /// The operand in a register: its own, or `scratch`.
    pub(super) fn register(&mut self, operand: Operand, scratch: Reg) -> Reg {
        match self.source(operand, scratch) {
            Source::Reg(reg) => reg,
            Source::Imm(number) => {
                self.asm.push(Insn::alu32(AluOp::Mov, scratch, number));
                scratch
            }
        }
    }

    /// The operand as an instruction can take it, in `scratch` where it has no register.
    pub(super) fn source(&mut self, operand: Operand, scratch: Reg) -> Source {
        let def = match operand {
            Operand::Number(number) => return number.into(),
            Operand::Def(def) => def.index(),
        };
        match self.locations[def] {
            Location { register: Some((reg, end)), .. } if self.position <= end => return reg.into(),
            Location { slot: Some(slot), .. } => self.load(bpf::Size::Double, scratch, Reg::R10, slot),
            Location { .. } => self.op(self.schedule.defs[def].op, scratch),
        }
        scratch.into()
    }

    /// `dst = operand`.
    pub(super) fn copy(&mut self, dst: Reg, operand: Operand) {
        match self.source(operand, dst) {
            Source::Reg(reg) => self.copy_register(dst, reg),
            number @ Source::Imm(_) => self.asm.push(Insn::alu32(AluOp::Mov, dst, number)),
        }
    }

    /// `dst = src`.
    pub(super) fn copy_register(&mut self, dst: Reg, src: Reg) {
        if dst != src {
            self.asm.push(Insn::mov(dst, src));
        }
    }

    /// `dst += number`, in 64 bits.
    pub(super) fn add(&mut self, dst: Reg, number: i32) {
        if number != 0 {
            self.asm.push(Insn::alu64(AluOp::Add, dst, number));
        }
    }

    /// The context, in `scratch` unless it is still where the program got it: a value that was just stored comes back
    /// late, and everything waits for this one.
    pub(super) fn context(&mut self, scratch: Reg) -> Reg {
        if self.context_is_in_r1 {
            return Reg::R1;
        }
        self.load(bpf::Size::Double, scratch, Reg::R10, Frame::CONTEXT);
        scratch
    }

    fn context_field(&mut self, offset: i16, dst: Reg) {
        let context = self.context(dst);
        self.load(bpf::Size::Word, dst, context, offset);
    }

    pub(super) fn load(&mut self, size: bpf::Size, dst: Reg, base: Reg, offset: i16) {
        self.asm.push(Insn::Load { size, dst, base, offset });
    }

    pub(super) fn store(&mut self, offset: i16, src: impl Into<Source>) {
        let (size, base) = (bpf::Size::Double, Reg::R10);
        self.asm.push(Insn::Store { size, base, offset, src: src.into() });
    }
}

/// Offset of `len` in `struct __sk_buff` (`include/uapi/linux/bpf.h`), as those of [`context_offset`].
const CONTEXT_LEN: i16 = 0;

fn context_offset(meta: Meta) -> i16 {
    match meta {
        Meta::PacketType => 4,
        Meta::Protocol => 16,
        Meta::VlanPresent => 20,
        Meta::VlanTci => 24,
        Meta::IfIndex => 40,
        Meta::Layer(layer) => 48 + 4 * (Note::LAYERS as i16 + i16::from(layer)),
    }
}

/// The condition of a jump, and the opposite one if there is one.
fn condition(op: TestOp) -> (Cond, Option<Cond>) {
    match op {
        TestOp::Eq => (Cond::Eq, Some(Cond::Ne)),
        TestOp::Gt => (Cond::Gt, Some(Cond::Le)),
        TestOp::Ge => (Cond::Ge, Some(Cond::Lt)),
        TestOp::AnyBit => (Cond::Set, None),
    }
}

/// The width of a load.
pub(super) fn machine_size(size: Size) -> bpf::Size {
    match size {
        Size::Byte => bpf::Size::Byte,
        Size::Half => bpf::Size::Half,
        Size::Word => bpf::Size::Word,
    }
}
