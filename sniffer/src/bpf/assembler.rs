//! Instructions with labels in, instructions with offsets out. Must not know what the program does.

use thiserror::Error;

use super::insn::{Cond, Insn, Reg, Source, Width};

/// A place in a program, to be bound once and jumped to any number of times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Label(usize);

/// Why a program could not be assembled.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum AssembleError {
    /// Jump offsets have 16 bits; only kernels from 6.6 know a longer form.
    #[error("a jump over {distance} instructions is too far: at most {} are allowed", i16::MAX)]
    JumpTooFar {
        /// How far, in slots.
        distance: usize,
    },
    /// A label was jumped to but never bound.
    #[error("label {0} was never placed")]
    UnboundLabel(usize),
}

/// Collects instructions and resolves jumps at the end.
#[derive(Clone, Debug, Default)]
pub struct Assembler {
    /// Instructions; those that jump to labels have offset 0 until [`Assembler::finish`].
    insns: Vec<Insn>,
    /// Index into `insns` and label of each jump.
    jumps: Vec<(usize, Label)>,
    /// The index into `insns` that each label stands for, and how many jumps go there.
    labels: Vec<(Option<usize>, usize)>,
    /// The last of those.
    last_bound: Option<usize>,
}

impl Assembler {
    /// Makes a label that is not yet bound.
    pub fn label(&mut self) -> Label {
        self.labels.push((None, 0));
        Label(self.labels.len() - 1)
    }

    /// Lets `label` stand for the next instruction. A jump to it directly before is dropped.
    pub fn bind(&mut self, label: Label) {
        debug_assert!(!self.is_bound(label), "a label stands for one place");
        let last = self.insns.len().wrapping_sub(1);
        if self.jumps.last() == Some(&(last, label))
            && self.insns[last] == (Insn::Jump { offset: 0 })
            && self.last_bound < Some(self.insns.len())
        {
            self.insns.pop();
            self.jumps.pop();
            self.labels[label.0].1 -= 1;
        }
        self.last_bound = Some(self.insns.len());
        self.labels[label.0].0 = self.last_bound;
    }

    /// Whether `label` stands for a place.
    pub fn is_bound(&self, label: Label) -> bool {
        self.labels[label.0].0.is_some()
    }

    /// Whether anything jumps to `label`.
    pub fn is_used(&self, label: Label) -> bool {
        self.labels[label.0].1 > 0
    }

    /// The number of instructions so far.
    #[expect(clippy::len_without_is_empty, reason = "an assembler is no collection")]
    pub fn len(&self) -> usize {
        self.insns.len()
    }

    /// Appends an instruction.
    pub fn push(&mut self, insn: Insn) {
        self.insns.push(insn);
    }

    /// Appends an unconditional jump.
    pub fn jump(&mut self, to: Label) {
        self.note_jump(to);
        self.push(Insn::Jump { offset: 0 });
    }

    /// Appends a conditional jump.
    pub fn jump_if(&mut self, width: Width, cond: Cond, lhs: Reg, rhs: impl Into<Source>, to: Label) {
        self.note_jump(to);
        self.push(Insn::JumpIf { width, cond, lhs, rhs: rhs.into(), offset: 0 });
    }

    /// Takes note that the next instruction jumps there.
    fn note_jump(&mut self, to: Label) {
        self.jumps.push((self.insns.len(), to));
        self.labels[to.0].1 += 1;
    }

    /// The instructions with every jump resolved.
    ///
    /// # Errors
    /// When a label was not bound or lies too far away.
    pub fn finish(mut self) -> Result<Vec<Insn>, AssembleError> {
        let starts = slot_numbers(&self.insns);
        for (at, label) in self.jumps {
            let target = self.labels[label.0].0.ok_or(AssembleError::UnboundLabel(label.0))?;
            let (from, to) = (starts[at] + 1, starts[target]);
            let distance = to.abs_diff(from);
            let offset = i16::try_from(to as isize - from as isize)
                .map_err(|_| AssembleError::JumpTooFar { distance })?;
            match &mut self.insns[at] {
                Insn::Jump { offset: place } | Insn::JumpIf { offset: place, .. } => *place = offset,
                other => debug_assert!(false, "{other:?} is not a jump"),
            }
        }
        Ok(self.insns)
    }
}

/// The slot at which each instruction begins, and one more for the end.
fn slot_numbers(insns: &[Insn]) -> Vec<usize> {
    let mut next = 0;
    let mut starts: Vec<usize> = insns
        .iter()
        .map(|insn| {
            let start = next;
            next += insn.slots();
            start
        })
        .collect();
    starts.push(next);
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offsets(insns: &[Insn]) -> Vec<i16> {
        insns
            .iter()
            .filter_map(|insn| match insn {
                Insn::Jump { offset } | Insn::JumpIf { offset, .. } => Some(*offset),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn jumps_count_slots_forward_and_backward() {
        let mut asm = Assembler::default();
        let (start, end) = (asm.label(), asm.label());
        asm.bind(start);
        asm.jump_if(Width::W32, Cond::Eq, Reg::R1, 0, end);
        asm.push(Insn::LoadMap { dst: Reg::R2, fd: 3 });
        asm.jump(start);
        asm.bind(end);
        asm.push(Insn::Exit);
        // Over the two slots of the map load and the jump; back over all four.
        assert_eq!(offsets(&asm.finish().unwrap()), [3, -4]);
    }

    #[test]
    fn jumps_to_the_next_instruction_are_dropped() {
        let mut asm = Assembler::default();
        let (next, other) = (asm.label(), asm.label());
        asm.jump_if(Width::W32, Cond::Eq, Reg::R1, 0, other);
        asm.jump(next);
        asm.bind(next);
        asm.push(Insn::Exit);
        asm.bind(other);
        asm.push(Insn::Exit);
        assert_eq!(offsets(&asm.finish().unwrap()), [1]);
    }

    #[test]
    fn far_jumps_and_missing_labels_are_errors() {
        let far = |between: usize| {
            let mut asm = Assembler::default();
            let end = asm.label();
            asm.jump(end);
            (0..between).for_each(|_| asm.push(Insn::Exit));
            asm.bind(end);
            asm.finish().map(|insns| offsets(&insns))
        };
        assert_eq!(far(32_767), Ok(vec![i16::MAX]));
        assert_eq!(far(32_768), Err(AssembleError::JumpTooFar { distance: 32_768 }));

        let mut asm = Assembler::default();
        let nowhere = asm.label();
        asm.jump(nowhere);
        assert_eq!(asm.finish(), Err(AssembleError::UnboundLabel(0)));
    }
}
