//! Settles where each value is computed: where it is first needed, and again wherever that place does not dominate.
//! What comes out is a list of steps for each block, in which every definition is made once and positions grow along
//! every path. Must not know registers.

use std::collections::HashMap;

use super::super::hir::Size;
use super::super::ir::{Block, BlockId, Domination, Dominators, End, Expr, Guard, Ir, Val};
use super::access::Reads;
use super::checks::Checks;
use super::liveness;
use super::steps::{Action, Def, DefId, Exit, Key, Op, Operand, Schedule, Steps};

/// The schedule for one way of reading.
pub(super) fn schedule(ir: &Ir, order: &[BlockId], reads: &Reads, checks: &Checks) -> Schedule {
    let domination = Dominators::of(ir, order).number(order);
    let mut scheduler = Scheduler {
        ir,
        reads,
        checks,
        domination,
        made: HashMap::new(),
        block: ir.entry,
        actions: Vec::new(),
        position: 0,
        log: Log::default(),
        out: Schedule { blocks: Vec::new(), defs: Vec::new() },
    };
    for id in order {
        scheduler.block(*id);
    }
    let Scheduler { mut out, log, .. } = scheduler;
    liveness::analyse(&mut out, &log, ir);
    out
}

/// What happened where, in ascending order of positions.
#[derive(Default)]
pub(super) struct Log {
    /// Uses of definitions.
    pub(super) uses: Vec<(u32, DefId)>,
    /// Calls.
    pub(super) calls: Vec<u32>,
}

struct Scheduler<'a> {
    ir: &'a Ir,
    reads: &'a Reads,
    checks: &'a Checks,
    domination: Domination,
    /// The definitions of each key, with the blocks they stand in.
    made: HashMap<Key, Vec<(BlockId, DefId)>>,
    block: BlockId,
    actions: Vec<(u32, Action)>,
    position: u32,
    log: Log,
    out: Schedule,
}

impl Scheduler<'_> {
    fn block(&mut self, id: BlockId) {
        self.block = id;
        let Block { guards, end } = &self.ir.blocks[id.index()];
        for guard in guards {
            self.guard(*guard);
        }
        let (end, exit) = match *end {
            // The two ends are labels, not blocks.
            End::Accept | End::Reject => return,
            End::Jump(to) => (self.step(&[]), Exit::Jump(to)),
            End::Branch { test, yes, no } => {
                let (lhs, rhs) = (self.operand(test.lhs), self.operand(test.rhs));
                let at = self.step(&[Some(lhs), Some(rhs)]);
                (at, Exit::Branch { op: test.op, lhs, rhs, yes, no })
            }
            End::Chain { walk, yes, no } => {
                let (first, position) = (self.operand(walk.first), self.operand(walk.position));
                let at = self.step(&[Some(first), Some(position)]);
                self.log.calls.push(at);
                (at, Exit::Chain { walk, first, position, yes, no })
            }
            End::Lookup { key, yes, no } => {
                let words = key.words.map(|word| word.map(|word| self.operand(word)));
                let at = self.step(&words);
                self.log.calls.push(at);
                (at, Exit::Lookup { set: key.set, words, yes, no })
            }
        };
        let actions = std::mem::take(&mut self.actions);
        let (live_in, last_uses) = (Vec::new(), HashMap::new());
        self.out.blocks.push(Steps { id, actions, exit, end, live_in, last_uses });
    }

    fn guard(&mut self, guard: Guard) {
        match guard {
            Guard::NonZero(value) => {
                let value = self.operand(value);
                let at = self.step(&[Some(value)]);
                self.actions.push((at, Action::NonZero(value)));
            }
            Guard::Captured { index, .. } => {
                let Some(end) = self.checks.end(self.block, index) else { return };
                let index = index.map(|index| self.operand(index));
                let captured = self.demand(Key::Captured);
                let at = self.step(&[Some(Operand::Def(captured)), index]);
                self.actions.push((at, Action::Check { captured, index, end }));
            }
        }
    }

    fn operand(&mut self, value: Val) -> Operand {
        match self.ir.values.as_number(value) {
            Some(number) => Operand::Number(number),
            None => Operand::Def(self.demand(Key::Value(value))),
        }
    }

    /// The definition of `key` that reaches this place, made here if there is none.
    fn demand(&mut self, key: Key) -> DefId {
        if let Some(made) = self.made.get(&key)
            && let Some((_, def)) = made.iter().rev().find(|(at, _)| self.domination.holds(*at, self.block))
        {
            return *def;
        }
        let op = self.op(key);
        let at = self.step(&operands(op));
        if op.calls() {
            self.log.calls.push(at);
        }
        let def = DefId(self.out.defs.len() as u32);
        self.out.defs.push(Def { op, start: at, end: at, crosses_call: false, near_end: at });
        self.actions.push((at, Action::Compute(def)));
        self.made.entry(key).or_default().push((self.block, def));
        def
    }

    /// How `key` is computed here, with its operands made.
    fn op(&mut self, key: Key) -> Op {
        match key {
            Key::Skb => Op::CastContext,
            Key::Captured if self.reads.in_place() => Op::LinearLength { skb: self.demand(Key::Skb) },
            Key::Captured => Op::Length,
            Key::Data => Op::Data { skb: self.demand(Key::Skb) },
            Key::Base(index, add) => {
                let index = index.map(|index| self.operand(index));
                Op::Base { data: self.demand(Key::Data), index, add }
            }
            Key::Window => Op::FillWindow { captured: self.demand(Key::Captured) },
            Key::Value(value) => self.value(value),
        }
    }

    fn value(&mut self, value: Val) -> Op {
        match self.ir.values.expr(value) {
            Expr::Load { index, offset, size } => self.load(index, offset, size),
            Expr::Swap { value, size } => Op::Swap { value: self.operand(value), size },
            Expr::Alu { op, lhs, rhs } => Op::Alu { op, lhs: self.operand(lhs), rhs: self.operand(rhs) },
            Expr::Meta(meta) => Op::Field(meta),
            // Numbers are operands and never come here.
            Expr::Len | Expr::Const(_) => Op::Length,
        }
    }

    fn load(&mut self, index: Option<Val>, offset: u32, size: Size) -> Op {
        if let Some(near) = self.reads.reach(offset) {
            let base = self.demand(Key::Base(index, offset - near));
            return Op::Read { base, offset: near, size };
        }
        if index.is_none() && self.reads.in_window(offset, size) {
            self.demand(Key::Window);
            return Op::Pick { offset, size };
        }
        Op::Fetch { index: index.map(|index| self.operand(index)), offset, size }
    }

    /// Goes on by one position, at which the operands are used.
    fn step(&mut self, operands: &[Option<Operand>]) -> u32 {
        let at = self.position;
        self.position += 1;
        for operand in operands.iter().flatten() {
            if let Operand::Def(def) = operand {
                self.out.defs[def.index()].end = at;
                self.log.uses.push((at, *def));
            }
        }
        at
    }
}

fn operands(op: Op) -> [Option<Operand>; 2] {
    let def = |def| Some(Operand::Def(def));
    match op {
        Op::CastContext | Op::Pick { .. } | Op::Length | Op::Field(_) => [None, None],
        Op::LinearLength { skb } | Op::Data { skb } => [def(skb), None],
        Op::Base { data, index, .. } => [def(data), index],
        Op::FillWindow { captured } => [def(captured), None],
        Op::Read { base, .. } => [def(base), None],
        Op::Fetch { index, .. } => [index, None],
        Op::Swap { value, .. } => [Some(value), None],
        Op::Alu { lhs, rhs, .. } => [Some(lhs), Some(rhs)],
    }
}
