//! Orders and dominators of the decision graph.

use super::{BlockId, Ir};

impl Ir {
    /// The blocks that can be reached, each before its successors. Where there is a choice, the block for a test that
    /// holds follows its test directly.
    pub(crate) fn order(&self) -> Vec<BlockId> {
        self.order_from(self.entry)
    }

    /// The same for the blocks that `start` leads to, and itself.
    pub(crate) fn order_from(&self, start: BlockId) -> Vec<BlockId> {
        let mut seen = vec![false; self.blocks.len()];
        let mut finished = Vec::new();
        let mut stack = vec![(start, false)];
        while let Some((block, done)) = stack.pop() {
            if done {
                finished.push(block);
            } else if !std::mem::replace(&mut seen[block.index()], true) {
                stack.push((block, true));
                stack.extend(self.blocks[block.index()].end.successors().map(|next| (next, false)));
            }
        }
        finished.reverse();
        finished
    }

    /// The number of edges that lead to each block from blocks of `order`.
    pub(crate) fn incoming(&self, order: &[BlockId]) -> Vec<u32> {
        let mut counts = vec![0; self.blocks.len()];
        for block in order {
            for next in self.blocks[block.index()].end.successors() {
                counts[next.index()] += 1;
            }
        }
        counts
    }
}

/// The dominator tree, grown edge by edge: every edge into a block must be known before an edge out of it.
#[derive(Clone, Debug)]
pub(crate) struct Dominators {
    /// Parent in the tree and depth; `None` for the entry and for blocks not reached.
    nodes: Vec<Option<(BlockId, u32)>>,
}

impl Dominators {
    /// A tree for as many blocks, without edges.
    pub(crate) fn new(blocks: usize) -> Self {
        Self { nodes: vec![None; blocks] }
    }

    /// The tree of the blocks in `order`.
    pub(crate) fn of(ir: &Ir, order: &[BlockId]) -> Self {
        let mut tree = Self::new(ir.blocks.len());
        for &block in order {
            for next in ir.blocks[block.index()].end.successors() {
                tree.edge(block, next);
            }
        }
        tree
    }

    /// Notes an edge; returns the block that now dominates `to` directly. Edges to the two ends are not followed up:
    /// nobody asks what dominates those, and nearly every block leads there.
    pub(crate) fn edge(&mut self, from: BlockId, to: BlockId) -> BlockId {
        if to <= BlockId::REJECT {
            return from;
        }
        if self.nodes.len() <= to.index() {
            self.nodes.resize(to.index() + 1, None);
        }
        let parent = match self.nodes[to.index()] {
            None => from,
            Some((parent, _)) => self.common(parent, from),
        };
        self.nodes[to.index()] = Some((parent, self.depth(parent) + 1));
        parent
    }

    /// The block that directly dominates `block`.
    pub(crate) fn parent(&self, block: BlockId) -> Option<BlockId> {
        self.nodes.get(block.index()).copied().flatten().map(|(parent, _)| parent)
    }

    /// Numbers the tree so that domination can be asked for in constant time. `order` are the blocks it was made of.
    pub(crate) fn number(&self, order: &[BlockId]) -> Domination {
        let mut children = vec![Vec::new(); self.nodes.len()];
        for block in order {
            if let Some(parent) = self.parent(*block) {
                children[parent.index()].push(*block);
            }
        }
        let mut spans = vec![(0, 0); self.nodes.len()];
        let mut stack: Vec<_> = order.first().map(|root| (*root, false)).into_iter().collect();
        let mut next = 1;
        while let Some((block, done)) = stack.pop() {
            if done {
                spans[block.index()].1 = next;
            } else {
                spans[block.index()].0 = next;
                next += 1;
                stack.push((block, true));
                stack.extend(children[block.index()].iter().map(|child| (*child, false)));
            }
        }
        Domination { spans }
    }

    fn depth(&self, block: BlockId) -> u32 {
        self.nodes.get(block.index()).copied().flatten().map_or(0, |(_, depth)| depth)
    }

    fn common(&self, mut a: BlockId, mut b: BlockId) -> BlockId {
        while a != b {
            let deeper = if self.depth(a) >= self.depth(b) { &mut a } else { &mut b };
            match self.parent(*deeper) {
                Some(parent) => *deeper = parent,
                None => break,
            }
        }
        a
    }
}

/// Which blocks dominate which: the numbers of a block's subtree of the dominator tree, from its own to the end.
#[derive(Clone, Debug)]
pub(crate) struct Domination {
    spans: Vec<(u32, u32)>,
}

impl Domination {
    /// Whether every way to `below` leads through `above`, or they are the same.
    pub(crate) fn holds(&self, above: BlockId, below: BlockId) -> bool {
        let (start, end) = self.spans[above.index()];
        (start..end).contains(&self.spans[below.index()].0)
    }
}
