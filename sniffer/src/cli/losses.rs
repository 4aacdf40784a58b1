//! Frames that the rings had no room for, laid to the outputs where one of them was late. Knows neither rings nor outputs.

/// What was lost so far, and to whom it is laid.
///
/// A wait for an output lets the rings fill, and they stay full for a while after it: what is lost from a wait on until the
/// rings have been empty is its consequence. How often the counts are taken in between does not matter.
#[derive(Debug, Default)]
pub(crate) struct Losses {
    drops: u64,
    waits: u64,
    /// Whether there was a wait since the rings were last empty.
    is_late: bool,
    writer_late: u64,
}

impl Losses {
    /// Takes the counts of this moment: of frames that were lost, and of waits for an output. Gives how many of the frames are
    /// laid to the outputs.
    pub(crate) fn take(&mut self, drops: u64, waits: u64) -> u64 {
        self.is_late |= waits > self.waits;
        if self.is_late {
            self.writer_late += drops - self.drops;
        }
        (self.drops, self.waits) = (drops, waits);
        self.writer_late
    }

    /// The rings are empty: what is lost from here on has another cause than what was lost before.
    pub(crate) fn end(&mut self) {
        self.is_late = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lost_from_a_wait_on_is_the_writers_until_the_rings_are_empty() {
        let mut losses = Losses::default();
        assert_eq!(losses.take(5, 0), 0, "nobody waited");
        assert_eq!(losses.take(9, 1), 4);
        assert_eq!(losses.take(12, 1), 7, "the ring is still full");
        assert_eq!(losses.take(12, 1), 7);
        losses.end();
        assert_eq!(losses.take(20, 1), 7);
        assert_eq!(losses.take(21, 3), 8);
    }
}
