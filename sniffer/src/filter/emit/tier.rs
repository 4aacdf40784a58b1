//! Puts a program together: the graph once for each way of reading, and the two ends that they share.

use super::super::ir::{BlockId, Ir};
use super::super::passes::widen;
use super::super::set::table::Table;
use super::access::Reads;
use super::allocate::allocate;
use super::checks::Checks;
use super::code::{Code, Labels};
use super::frame::Frame;
use super::lookup::Sets;
use super::schedule::schedule;
use super::{Access, DirectLayout, EmitError, OnMatch};
use crate::bpf::{AluOp, Assembler, Cond, Helper, Insn, Label, Reg, Size, Width};

/// The offset of `cb` in `struct __sk_buff` (`include/uapi/linux/bpf.h`).
const CONTROL_BUFFER: i16 = 48;

/// What a program returns to keep a frame whole: more bytes than any frame has.
const WHOLE_FRAME: u32 = u32::MAX;

/// The instructions for graphs that are tried in turn: what follows the first match, or what follows none. `tables` are
/// those of the sets of all graphs, one after the other.
pub(super) fn emit(
    rules: &[(Ir, OnMatch)],
    tables: &[Table],
    otherwise: OnMatch,
    access: Access,
) -> Result<Vec<Insn>, EmitError> {
    let mut asm = Assembler::default();
    asm.push(Insn::Store { size: Size::Double, base: Reg::R10, offset: Frame::CONTEXT, src: Reg::R1.into() });
    let mut first_set = 0;
    for (number, (ir, on_match)) in rules.iter().enumerate() {
        let labels = Labels { accept: asm.label(), reject: asm.label() };
        let is_last = number + 1 == rules.len();
        let ends = Ends { labels, on_match: *on_match, on_reject: is_last.then_some(otherwise) };
        rule(&mut asm, ir, &Sets { tables, first: first_set }, access, &ends)?;
        first_set += ir.sets.len();
        if !asm.is_used(labels.reject) {
            // The kernel refuses programs with parts that nothing leads to.
            break;
        }
        if !is_last {
            asm.bind(labels.reject);
        }
    }
    Ok(asm.finish()?)
}

/// The instructions for one graph.
fn rule(asm: &mut Assembler, ir: &Ir, sets: &Sets<'_>, access: Access, ends: &Ends) -> Result<(), EmitError> {
    let labels = ends.labels;
    let order: Vec<_> = ir.order().into_iter().filter(|id| *id > BlockId::REJECT).collect();
    let graph = Graph { ir, order: &order, sets };
    match (ir.entry, access) {
        (BlockId::ACCEPT, _) => asm.jump(labels.accept),
        (BlockId::REJECT, _) => asm.jump(labels.reject),
        (_, Access::Direct(layout)) => {
            let again = asm.label();
            in_place(asm, &graph, layout, labels, again)?;
            ends.emit(asm);
            if asm.is_used(again) {
                asm.bind(again);
                by_copy(asm, &graph, labels)?;
            }
        }
        (_, Access::Compat) => by_copy(asm, &graph, labels)?,
    }
    ends.emit(asm);
    Ok(())
}

/// What is emitted.
#[derive(Clone, Copy)]
struct Graph<'a> {
    ir: &'a Ir,
    order: &'a [BlockId],
    sets: &'a Sets<'a>,
}

fn in_place(
    asm: &mut Assembler,
    graph: &Graph<'_>,
    layout: DirectLayout,
    labels: Labels,
    missing: Label,
) -> Result<(), EmitError> {
    let wide = widen(graph.ir, Checks::raised(graph.ir, graph.order).captured());
    let checks = Checks::raised(&wide, graph.order);
    part(asm, &Graph { ir: &wide, ..*graph }, &Reads::Direct(layout), &checks, labels, missing)
}

fn by_copy(asm: &mut Assembler, graph: &Graph<'_>, labels: Labels) -> Result<(), EmitError> {
    let (reads, checks) = (Reads::copy(graph.ir, graph.order), Checks::exact(graph.ir, graph.order));
    part(asm, graph, &reads, &checks, labels, labels.reject)
}

/// The graph for one way of reading; frames that do not pass a check go on at `missing`.
fn part(
    asm: &mut Assembler,
    graph: &Graph<'_>,
    reads: &Reads,
    checks: &Checks,
    labels: Labels,
    missing: Label,
) -> Result<(), EmitError> {
    let schedule = schedule(graph.ir, graph.order, reads, checks);
    let mut frame = match reads {
        Reads::Direct(_) => Frame::new(),
        Reads::Copy { window } => Frame::with_window(&schedule, *window),
    };
    let locations = allocate(&schedule, &mut frame);
    Code::new(asm, &schedule, graph.sets, &locations, &mut frame, reads, labels, missing).emit();
    frame.check()
}

/// How a graph ends.
struct Ends {
    labels: Labels,
    on_match: OnMatch,
    /// None where another graph follows.
    on_reject: Option<OnMatch>,
}

impl Ends {
    /// Those that something jumps to and that are not there yet.
    fn emit(&self, asm: &mut Assembler) {
        let is_wanted = |asm: &Assembler, label| asm.is_used(label) && !asm.is_bound(label);
        if let Some(on_reject) = self.on_reject
            && is_wanted(asm, self.labels.reject)
        {
            asm.bind(self.labels.reject);
            end(asm, on_reject);
        }
        if is_wanted(asm, self.labels.accept) {
            asm.bind(self.labels.accept);
            end(asm, self.on_match);
        }
    }
}

fn end(asm: &mut Assembler, how: OnMatch) {
    let context = Insn::Load { size: Size::Double, dst: Reg::R1, base: Reg::R10, offset: Frame::CONTEXT };
    let kept = match how {
        OnMatch::Return(bytes) => bytes,
        OnMatch::TailCall { map_fd, slot } => {
            asm.push(context);
            asm.push(Insn::LoadMap { dst: Reg::R2, fd: map_fd });
            asm.push(Insn::alu32(AluOp::Mov, Reg::R3, slot));
            asm.push(Insn::Call(Helper::TailCall));
            WHOLE_FRAME
        }
        OnMatch::ReturnNoted { word, more, at_most } => {
            let (offset, exit) = (CONTROL_BUFFER + 4 * i16::from(word), asm.label());
            asm.push(context);
            asm.push(Insn::Load { size: Size::Word, dst: Reg::R0, base: Reg::R1, offset });
            // Both sides of the comparison have fewer than 64 bits, and the sum has 33 at most.
            asm.push(Insn::alu32(AluOp::Mov, Reg::R1, more));
            asm.push(Insn::alu64(AluOp::Add, Reg::R0, Reg::R1));
            asm.push(Insn::alu32(AluOp::Mov, Reg::R1, at_most));
            asm.jump_if(Width::W64, Cond::Le, Reg::R0, Reg::R1, exit);
            asm.push(Insn::mov(Reg::R0, Reg::R1));
            asm.bind(exit);
            asm.push(Insn::Exit);
            return;
        }
    };
    asm.push(Insn::alu32(AluOp::Mov, Reg::R0, kept));
    asm.push(Insn::Exit);
}
