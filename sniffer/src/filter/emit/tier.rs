//! Puts a program together: the graph once for each way of reading, and the two ends that they share.

use super::super::ir::{BlockId, Ir};
use super::super::passes::widen;
use super::access::Reads;
use super::allocate::allocate;
use super::checks::Checks;
use super::code::{Code, Labels};
use super::frame::Frame;
use super::schedule::schedule;
use super::{Access, DirectLayout, EmitError, OnMatch, Target};
use crate::bpf::{AluOp, Assembler, Helper, Insn, Label, Reg, Size};

/// What a program returns to keep a frame whole: more bytes than any frame has.
const WHOLE_FRAME: u32 = u32::MAX;

/// The instructions for a graph.
pub(super) fn emit(ir: &Ir, target: &Target) -> Result<Vec<Insn>, EmitError> {
    let mut asm = Assembler::default();
    let labels = Labels { accept: asm.label(), reject: asm.label() };
    let order: Vec<_> = ir.order().into_iter().filter(|id| *id > BlockId::REJECT).collect();
    asm.push(Insn::Store { size: Size::Double, base: Reg::R10, offset: Frame::CONTEXT, src: Reg::R1.into() });
    match (ir.entry, target.access) {
        (BlockId::ACCEPT, _) => asm.jump(labels.accept),
        (BlockId::REJECT, _) => asm.jump(labels.reject),
        (_, Access::Direct(layout)) => {
            let again = asm.label();
            in_place(&mut asm, ir, &order, layout, labels, again)?;
            ends(&mut asm, labels, target.on_match);
            if asm.is_used(again) {
                asm.bind(again);
                by_copy(&mut asm, ir, &order, labels)?;
            }
        }
        (_, Access::Compat) => by_copy(&mut asm, ir, &order, labels)?,
    }
    ends(&mut asm, labels, target.on_match);
    Ok(asm.finish()?)
}

fn in_place(
    asm: &mut Assembler,
    ir: &Ir,
    order: &[BlockId],
    layout: DirectLayout,
    labels: Labels,
    missing: Label,
) -> Result<(), EmitError> {
    let wide = widen(ir, Checks::raised(ir, order).captured());
    let checks = Checks::raised(&wide, order);
    part(asm, &wide, order, &Reads::Direct(layout), &checks, labels, missing)
}

fn by_copy(asm: &mut Assembler, ir: &Ir, order: &[BlockId], labels: Labels) -> Result<(), EmitError> {
    let (reads, checks) = (Reads::copy(ir, order), Checks::exact(ir, order));
    part(asm, ir, order, &reads, &checks, labels, labels.reject)
}

/// The graph for one way of reading; frames that do not pass a check go on at `missing`.
fn part(
    asm: &mut Assembler,
    ir: &Ir,
    order: &[BlockId],
    reads: &Reads,
    checks: &Checks,
    labels: Labels,
    missing: Label,
) -> Result<(), EmitError> {
    let schedule = schedule(ir, order, reads, checks);
    let mut frame = match reads {
        Reads::Direct(_) => Frame::new(),
        Reads::Copy { window } => Frame::with_window(&schedule, *window),
    };
    let locations = allocate(&schedule, &mut frame);
    Code::new(asm, &schedule, &locations, &mut frame, reads, labels, missing).emit();
    frame.check()
}

/// The ends that something jumps to and that are not there yet.
fn ends(asm: &mut Assembler, labels: Labels, on_match: OnMatch) {
    let wanted = |asm: &Assembler, label| asm.is_used(label) && !asm.is_bound(label);
    if wanted(asm, labels.reject) {
        asm.bind(labels.reject);
        asm.push(Insn::alu32(AluOp::Mov, Reg::R0, 0));
        asm.push(Insn::Exit);
    }
    if wanted(asm, labels.accept) {
        asm.bind(labels.accept);
        accept(asm, on_match);
    }
}

fn accept(asm: &mut Assembler, on_match: OnMatch) {
    let kept = match on_match {
        OnMatch::Return(bytes) => bytes,
        OnMatch::TailCall { map_fd, slot } => {
            asm.push(Insn::Load { size: Size::Double, dst: Reg::R1, base: Reg::R10, offset: Frame::CONTEXT });
            asm.push(Insn::LoadMap { dst: Reg::R2, fd: map_fd });
            asm.push(Insn::alu32(AluOp::Mov, Reg::R3, slot));
            asm.push(Insn::Call(Helper::TailCall));
            WHOLE_FRAME
        }
    };
    asm.push(Insn::alu32(AluOp::Mov, Reg::R0, kept));
    asm.push(Insn::Exit);
}
