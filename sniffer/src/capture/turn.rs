//! When a ring gets its turn although its frames are never the oldest. Knows no ring and no frame.

/// How long a block that is taken from a ring may be passed over for younger blocks of other rings.
///
/// Rings hold what has arrived: what was stamped before a block was handed over, by the same clock, is in the other rings by
/// then. So if these finish more blocks than they have, the block should have had its turn, and the clocks differ (those of
/// network cards do with `-j adapter_unsynced`) or were set. Its ring would overflow if it waited for as long as the
/// clocks are apart; it is lent as a whole instead, and the next one waits half as long, until clocks agree again.
#[derive(Debug)]
pub(super) struct Turn {
    longest: u32,
    patience: u32,
    waited: u32,
}

impl Turn {
    /// That of a ring beside others which have so many blocks together.
    pub(super) fn beside(blocks: u32) -> Self {
        Self { longest: blocks, patience: blocks, waited: 0 }
    }

    /// Other rings have finished so many blocks while this one's was waiting.
    pub(super) fn wait(&mut self, blocks: u32) {
        self.waited = self.waited.saturating_add(blocks);
    }

    /// Whether the block is to be lent now, whatever the time of its frames.
    pub(super) fn is_overdue(&self) -> bool {
        self.waited > self.patience
    }

    /// The block is finished.
    pub(super) fn end(&mut self) {
        self.patience = if self.is_overdue() {
            (self.patience / 2).max(1)
        } else {
            self.patience.saturating_mul(2).min(self.longest)
        };
        self.waited = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// After how many blocks of the others it is this ring's turn.
    fn wait_for_turn(turn: &mut Turn) -> u32 {
        while !turn.is_overdue() {
            turn.wait(1);
        }
        let blocks = turn.waited;
        turn.end();
        blocks
    }

    #[test]
    fn rings_take_turns_when_their_clocks_differ() {
        let mut turn = Turn::beside(64);
        let waits: Vec<u32> = (0..9).map(|_| wait_for_turn(&mut turn)).collect();
        assert_eq!(waits, [65, 33, 17, 9, 5, 3, 2, 2, 2]);
    }

    #[test]
    fn order_is_waited_for_again_when_it_is_there() {
        let mut turn = Turn::beside(64);
        for _ in 0..8 {
            wait_for_turn(&mut turn);
        }
        (0..8).for_each(|_| turn.end());
        assert_eq!(wait_for_turn(&mut turn), 65);
    }
}
