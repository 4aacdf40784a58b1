//! Registers and stack slots for definitions: a linear scan over their intervals. `R6` holds the context throughout,
//! `R4`, `R5` and, when reading by copy, `R0` are free for the code of single steps.

use super::frame::Frame;
use super::schedule::{Def, Op, Operand, Schedule};
use crate::bpf::Reg;

/// Registers that calls destroy.
const VOLATILE: &[Reg] = &[Reg::R1, Reg::R2, Reg::R3];

/// Registers that calls preserve; a program pays for each that it uses, so they come last.
const PRESERVED: &[Reg] = &[Reg::R9, Reg::R8, Reg::R7];

/// Where a definition is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Location {
    /// In a register.
    Register(Reg),
    /// In eight bytes of the stack, by offset from the frame pointer.
    Slot(i16),
    /// Nowhere: it is computed again at each use, or has no value.
    Nowhere,
}

/// A location for every definition; slots are taken from `frame`.
pub(super) fn allocate(schedule: &Schedule, frame: &mut Frame) -> Vec<Location> {
    let mut scan = Scan {
        defs: &schedule.defs,
        calls: &schedule.calls,
        registers: vec![None; schedule.defs.len()],
        active: Vec::new(),
    };
    for number in 0..schedule.defs.len() {
        scan.place(number);
    }
    locations(&schedule.defs, &scan.registers, frame)
}

struct Scan<'a> {
    defs: &'a [Def],
    calls: &'a [u32],
    /// The register of each definition that has one.
    registers: Vec<Option<Reg>>,
    /// The definitions that hold a register at the place reached.
    active: Vec<usize>,
}

impl Scan<'_> {
    fn place(&mut self, number: usize) {
        let def = self.defs[number];
        // A register that is read for the last time where another value comes into being can take that one.
        self.active.retain(|other| self.defs[*other].end > def.start);
        if matches!(def.op, Op::FillWindow { .. }) {
            return;
        }
        let usable = self.usable(&def);
        let free = usable.clone().find(|reg| self.holder(*reg).is_none());
        let chosen = self.inherited(&def).filter(|reg| usable.clone().any(|usable| usable == *reg)).or(free);
        let chosen = chosen.or_else(|| self.evict(&def, usable));
        if chosen.is_some() {
            self.registers[number] = chosen;
            self.active.push(number);
        }
    }

    /// The registers that can hold the definition for as long as it is needed, best first.
    fn usable(&self, def: &Def) -> impl Iterator<Item = Reg> + Clone + use<> {
        let first = self.calls.partition_point(|call| *call <= def.start);
        let crosses = self.calls.get(first).is_some_and(|call| *call < def.end);
        // What a cast returns stays where it was returned.
        let cast = matches!(def.op, Op::CastContext | Op::Base { .. });
        let result: &[Reg] = if cast && !crosses { &[Reg::R0] } else { &[] };
        let volatile = if crosses { &[] } else { VOLATILE };
        result.iter().chain(volatile).chain(PRESERVED).copied()
    }

    fn holder(&self, reg: Reg) -> Option<usize> {
        self.active.iter().copied().find(|other| self.registers[*other] == Some(reg))
    }

    /// The register of an operand that is not needed any more and that the definition would overwrite in place.
    fn inherited(&self, def: &Def) -> Option<Reg> {
        let (Op::Alu { lhs: operand, .. } | Op::Swap { value: operand, .. }) = def.op else { return None };
        let Operand::Def(operand) = operand else { return None };
        let reg = self.registers[operand.0 as usize]?;
        self.holder(reg).is_none().then_some(reg)
    }

    /// Takes the register of the usable holder that is needed longest, if that is longer than `def` is.
    fn evict(&mut self, def: &Def, usable: impl Iterator<Item = Reg>) -> Option<Reg> {
        let holders = usable.filter_map(|reg| Some((reg, self.holder(reg)?)));
        let (reg, holder) = holders.max_by_key(|(_, holder)| self.defs[*holder].end)?;
        if self.defs[holder].end <= def.end {
            return None;
        }
        self.registers[holder] = None;
        self.active.retain(|other| *other != holder);
        Some(reg)
    }
}

/// Gives slots to those without a register; a slot is free again behind its last use.
fn locations(defs: &[Def], registers: &[Option<Reg>], frame: &mut Frame) -> Vec<Location> {
    let mut slots: Vec<(i16, u32)> = Vec::new();
    let mut place = |def: &Def| {
        if let Some((slot, end)) = slots.iter_mut().find(|(_, end)| *end < def.start) {
            *end = def.end;
            return *slot;
        }
        let slot = frame.slot();
        slots.push((slot, def.end));
        slot
    };
    let location = |(def, reg): (&Def, &Option<Reg>)| match reg {
        Some(reg) => Location::Register(*reg),
        None if def.op.repeats() || matches!(def.op, Op::FillWindow { .. }) => Location::Nowhere,
        None => Location::Slot(place(def)),
    };
    defs.iter().zip(registers).map(location).collect()
}
