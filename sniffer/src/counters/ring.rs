//! The numbers of one ring: what became of the frames that a socket's programs let in.

use super::Imbalance;

/// What became of the frames that a socket's programs let in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RingAccount {
    /// The interface, and the worker where several share it.
    pub name: String,
    /// All of them.
    pub received: u64,
    /// Those that came out of the ring.
    pub delivered: u64,
    /// Those that the ring had no room for.
    pub dropped: u64,
    /// Those that could not be read from the ring.
    pub malformed: u64,
    /// Of those that came out, how many were cut although more was wanted of them.
    pub truncated: u64,
    /// Of those that came out, how many were cut as was wanted.
    pub shortened: u64,
    /// How often the ring became full.
    pub times_full: u64,
    /// How many blocks the ring has.
    pub blocks: u64,
    /// How many of them waited to be read when this was written down.
    pub filled_blocks: u64,
}

impl RingAccount {
    /// Whether the numbers add up. They must when the ring has been emptied.
    ///
    /// # Errors
    /// When they do not.
    pub fn check(&self) -> Result<(), Imbalance> {
        let accounted = self.delivered + self.dropped + self.malformed;
        if self.received == accounted {
            return Ok(());
        }
        Err(Imbalance::Ring { kept: self.received, accounted })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_accounts_for_every_frame() {
        let ring = RingAccount {
            received: 10,
            delivered: 7,
            dropped: 2,
            malformed: 1,
            truncated: 3,
            ..RingAccount::default()
        };
        assert_eq!(ring.check(), Ok(()));
        let missing = RingAccount { dropped: 1, ..ring };
        assert_eq!(missing.check(), Err(Imbalance::Ring { kept: 10, accounted: 9 }));
    }
}
