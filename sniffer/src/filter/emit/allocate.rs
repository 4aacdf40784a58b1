//! Registers and stack slots for definitions. Only registers that calls destroy are given out, because a program pays
//! for each other one on every frame, where calls are few and mostly far from the common path; what must survive a
//! call lies on the stack. `R4`, `R5` and, when reading by copy, `R0` are free for the code of single steps.
//!
//! Every definition is made once and before its uses on all ways, so that a walk in the order of emission finds at each
//! place what is alive there with its register, and needs no more registers than values are alive at once.

use super::frame::Frame;
use super::steps::{Action, Def, DefId, Op, Operand, Schedule, Steps};
use crate::bpf::Reg;

/// The registers for definitions.
const REGISTERS: &[Reg] = &[Reg::R1, Reg::R2, Reg::R3];

/// Where a definition is kept; nowhere when it is computed again at each use or has no value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Location {
    /// The register, and the last position at which it holds the definition.
    pub(super) register: Option<(Reg, u32)>,
    /// Eight bytes of the stack, by offset from the frame pointer.
    pub(super) slot: Option<i16>,
}

/// A location for every definition; slots are taken from `frame`.
pub(super) fn allocate(schedule: &Schedule, frame: &mut Frame) -> Vec<Location> {
    let defs = &schedule.defs;
    let mut walk = Walk { defs, registers: vec![None; defs.len()], active: Vec::new() };
    for block in &schedule.blocks {
        walk.block(block);
    }
    let registers = defs.iter().zip(walk.registers).map(|(def, reg)| reg.map(|reg| (reg, served(def))));
    locations(defs, registers, frame)
}

/// The position up to which a register serves the definition.
fn served(def: &Def) -> u32 {
    if def.crosses_call { def.near_end } else { def.end }
}

struct Walk<'a> {
    defs: &'a [Def],
    /// The register of each definition that has one.
    registers: Vec<Option<Reg>>,
    /// The definitions that hold a register at the place reached, and where in this block they cease to.
    active: Vec<(DefId, u32)>,
}

impl Walk<'_> {
    fn block(&mut self, block: &Steps) {
        let kept = block.live_in.iter().filter(|def| !self.defs[def.index()].crosses_call);
        self.active = kept.map(|def| (*def, self.end(*def, block))).collect();
        for (at, action) in &block.actions {
            if let Action::Compute(def) = action {
                // A register that is read for the last time where another value comes into being can take that one.
                self.active.retain(|(_, end)| end > at);
                self.place(*def, self.end(*def, block));
            }
        }
    }

    /// Where in the block the definition ceases to need its register.
    fn end(&self, def: DefId, block: &Steps) -> u32 {
        let Def { crosses_call, near_end, .. } = self.defs[def.index()];
        if crosses_call { near_end } else { block.last_uses.get(&def).copied().unwrap_or(u32::MAX) }
    }

    fn place(&mut self, id: DefId, end: u32) {
        let def = &self.defs[id.index()];
        if matches!(def.op, Op::FillWindow { .. }) || end <= def.start {
            return;
        }
        let usable = usable(def);
        let free = usable.clone().find(|reg| self.holder(*reg).is_none());
        let chosen = self.inherited(def).or(free).or_else(|| self.evict(def, usable));
        if chosen.is_some() {
            self.registers[id.index()] = chosen;
            self.active.push((id, end));
        }
    }

    fn holder(&self, reg: Reg) -> Option<DefId> {
        let mut holders = self.active.iter().map(|(def, _)| *def);
        holders.find(|def| self.registers[def.index()] == Some(reg))
    }

    /// The register of an operand that is not needed any more and that the definition would overwrite in place.
    fn inherited(&self, def: &Def) -> Option<Reg> {
        let (Op::Alu { lhs: operand, .. } | Op::Swap { value: operand, .. }) = def.op else { return None };
        let Operand::Def(operand) = operand else { return None };
        let reg = self.registers[operand.index()]?;
        (self.holder(reg).is_none() && REGISTERS.contains(&reg)).then_some(reg)
    }

    /// Takes the register of the usable holder that is needed longest, if that is longer than `def` is.
    fn evict(&mut self, def: &Def, usable: impl Iterator<Item = Reg>) -> Option<Reg> {
        let holders = usable.filter_map(|reg| Some((reg, self.holder(reg)?)));
        let (reg, holder) = holders.max_by_key(|(_, holder)| served(&self.defs[holder.index()]))?;
        if served(&self.defs[holder.index()]) <= served(def) {
            return None;
        }
        self.registers[holder.index()] = None;
        self.active.retain(|(other, _)| *other != holder);
        Some(reg)
    }
}

/// The registers that can hold the definition, best first: what a cast returns stays where it was returned.
fn usable(def: &Def) -> impl Iterator<Item = Reg> + Clone + use<> {
    let cast = matches!(def.op, Op::CastContext | Op::Base { .. });
    let result: &[Reg] = if cast { &[Reg::R0] } else { &[] };
    result.iter().chain(REGISTERS).copied()
}

/// Gives slots to those that a register does not serve to the end; a slot is free again behind its last use.
fn locations(
    defs: &[Def],
    registers: impl Iterator<Item = Option<(Reg, u32)>>,
    frame: &mut Frame,
) -> Vec<Location> {
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
    let location = |(def, register): (&Def, Option<(Reg, u32)>)| {
        let served = register.is_some_and(|(_, end)| end >= def.end);
        let valueless = matches!(def.op, Op::FillWindow { .. });
        let slot = (!served && !valueless && !def.op.repeats()).then(|| place(def));
        Location { register, slot }
    };
    defs.iter().zip(registers).map(location).collect()
}
