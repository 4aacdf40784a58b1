//! What a way of reading can reach.

use super::super::hir::Size;
use super::super::ir::{BlockId, Expr, Ir};
use super::DirectLayout;

/// The most bytes that are copied to the stack at once; loads beyond are fetched one by one.
const MAX_WINDOW: u32 = 128;

/// Offsets of memory accesses have 16 bits; positions beyond are added to the address in steps of this.
const REACH: u32 = 1 << 14;

/// A way of reading packets.
pub(super) enum Reads {
    /// In place.
    Direct(DirectLayout),
    /// By copy, the given number of bytes at once.
    Copy { window: u32 },
}

impl Reads {
    /// By copy, with a window that serves every load it can.
    pub(super) fn copy(ir: &Ir, order: &[BlockId]) -> Self {
        let mut window = 0;
        let mut values: Vec<_> = order
            .iter()
            .flat_map(|id| {
                let block = &ir.blocks[id.index()];
                block.guards.iter().filter_map(|guard| guard.uses()).chain(block.end.uses())
            })
            .collect();
        values.sort_unstable();
        values.dedup();
        while let Some(value) = values.pop() {
            let expr = ir.values.expr(value);
            values.extend(expr.operands());
            if let Expr::Load { index: None, offset, size } = expr {
                let end = offset.saturating_add(size as u32);
                window = if end <= MAX_WINDOW { end.max(window) } else { window };
            }
        }
        Self::Copy { window }
    }

    /// Whether packets are read in place.
    pub(super) fn in_place(&self) -> bool {
        matches!(self, Self::Direct(_))
    }

    /// For reads in place: the part of an offset that a load itself can add.
    pub(super) fn reach(&self, offset: u32) -> Option<u32> {
        self.in_place().then_some(offset % REACH)
    }

    /// Whether the window holds these bytes.
    pub(super) fn in_window(&self, offset: u32, size: Size) -> bool {
        match self {
            Self::Direct(_) => false,
            Self::Copy { window } => offset.saturating_add(size as u32) <= *window,
        }
    }
}
