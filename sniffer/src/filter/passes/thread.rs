//! Jump threading: where the way to a block settles its decision, go on to where it leads. Ethertype, protocol and
//! their like are thus compared once on each path, however many primitives ask for them.

use super::super::ir::{Block, BlockId, Dominators, End, Guard, Ir};
use super::facts::{Facts, Known};

/// Threads every edge. One walk is enough: a block is visited when all edges into it are known.
pub(super) fn run(ir: &mut Ir) {
    let order = ir.order();
    let mut pass = Threading {
        facts: Facts::default(),
        entries: vec![None; ir.blocks.len()],
        exits: vec![Known::default(); ir.blocks.len()],
        dominators: Dominators::new(ir.blocks.len()),
        ir,
    };
    pass.entries[pass.ir.entry.index()] = Some(Known::default());
    for block in order {
        pass.visit(block);
    }
}

struct Threading<'a> {
    ir: &'a mut Ir,
    facts: Facts,
    /// What is known on entering each block; `None` when no edge leads there any more.
    entries: Vec<Option<Known>>,
    /// What is known behind each visited block's guards.
    exits: Vec<Known>,
    dominators: Dominators,
}

impl Threading<'_> {
    fn visit(&mut self, id: BlockId) {
        let Some(entry) = self.entries[id.index()] else { return };
        let guards = std::mem::take(&mut self.ir.blocks[id.index()].guards);
        let (guards, known) = self.pass(entry, &guards);
        self.exits[id.index()] = known;
        let end = self.decide(id, known);
        self.ir.blocks[id.index()] = Block { guards, end };
    }

    /// The guards that `known` does not cover, and what is known behind them.
    fn pass(&mut self, mut known: Known, guards: &[Guard]) -> (Vec<Guard>, Known) {
        let mut left = Vec::new();
        for guard in guards {
            if !self.facts.covers(known, *guard) {
                known = self.facts.passed(known, *guard);
                left.push(*guard);
            }
        }
        (left, known)
    }

    fn decide(&mut self, id: BlockId, known: Known) -> End {
        match self.ir.blocks[id.index()].end {
            end @ (End::Accept | End::Reject) => end,
            End::Jump(to) => End::Jump(self.follow(id, to, known)),
            End::Chain { walk, yes, no } => {
                End::Chain { walk, yes: self.follow(id, yes, known), no: self.follow(id, no, known) }
            }
            End::Lookup { key, yes, no } => {
                End::Lookup { key, yes: self.follow(id, yes, known), no: self.follow(id, no, known) }
            }
            End::Branch { test, yes, no } => {
                if let Some(outcome) = self.facts.outcome(known, test, &self.ir.values) {
                    return End::Jump(self.follow(id, if outcome { yes } else { no }, known));
                }
                let if_yes = self.facts.tested(known, test, true);
                let if_no = self.facts.tested(known, test, false);
                let (yes, no) = (self.follow(id, yes, if_yes), self.follow(id, no, if_no));
                if yes == no { End::Jump(yes) } else { End::Branch { test, yes, no } }
            }
        }
    }

    /// Where the edge from `from` to `to` leads in the end. Guards met on the way that are not covered move to a
    /// block of their own on the new edge.
    fn follow(&mut self, from: BlockId, to: BlockId, known: Known) -> BlockId {
        let (mut guards, mut at, mut now) = (Vec::new(), to, known);
        // The last place that is worth leading to: behind a decision that was settled.
        let mut best = (Vec::new(), to, known);
        loop {
            let passed = self.ir.blocks[at.index()].guards.clone();
            let (left, behind) = self.pass(now, &passed);
            let (next, settled) = match self.ir.blocks[at.index()].end {
                End::Jump(next) => (next, passed.is_empty()),
                End::Branch { test, yes, no } => match self.facts.outcome(behind, test, &self.ir.values) {
                    Some(outcome) => (if outcome { yes } else { no }, true),
                    None => break,
                },
                End::Accept | End::Reject | End::Chain { .. } | End::Lookup { .. } => break,
            };
            guards.extend(left);
            (at, now) = (next, behind);
            if settled || at == BlockId::REJECT {
                best = (guards.clone(), at, now);
            }
        }
        let (guards, at, now) = best;
        self.lead(from, guards, at, now)
    }

    /// Makes the edge, through a block with `guards` where there are any.
    fn lead(&mut self, from: BlockId, guards: Vec<Guard>, to: BlockId, known: Known) -> BlockId {
        if guards.is_empty() || to == BlockId::REJECT {
            self.edge(from, to, known);
            return to;
        }
        let id = BlockId(self.ir.blocks.len() as u32);
        self.ir.blocks.push(Block { guards, end: End::Jump(to) });
        self.entries.push(Some(known));
        self.exits.push(known);
        self.dominators.edge(from, id);
        self.edge(id, to, known);
        id
    }

    /// Notes what is known when `to` is entered: on its only edge all, on several what its dominator knew.
    fn edge(&mut self, from: BlockId, to: BlockId, known: Known) {
        let dominator = self.dominators.edge(from, to);
        let entry = &mut self.entries[to.index()];
        *entry = Some(if entry.is_none() { known } else { self.exits[dominator.index()] });
    }
}
