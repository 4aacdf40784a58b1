//! Something that several threads use one after the other in a fixed order.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Something that is used in turns, which are numbered from 0.
pub(super) struct Turns<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
}

struct State<T> {
    next: u64,
    is_given_up: bool,
    value: T,
}

/// A turn will not come, because the thread of an earlier one has ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct GivenUp;

impl<T> Turns<T> {
    pub(super) fn new(value: T) -> Self {
        Self { state: Mutex::new(State { next: 0, is_given_up: false, value }), changed: Condvar::new() }
    }

    /// Waits for the turn of that number, and ends it.
    pub(super) fn in_turn<R>(&self, number: u64, work: impl FnOnce(&mut T) -> R) -> Result<R, GivenUp> {
        let mut state = self.wait_for(number)?;
        let result = work(&mut state.value);
        state.next += 1;
        self.changed.notify_all();
        Ok(result)
    }

    /// Waits until that many turns are over. The one that follows does not end by this.
    pub(super) fn after<R>(&self, turns: u64, work: impl FnOnce(&mut T) -> R) -> Result<R, GivenUp> {
        self.wait_for(turns).map(|mut state| work(&mut state.value))
    }

    /// Between two turns, whichever they are.
    pub(super) fn now<R>(&self, work: impl FnOnce(&mut T) -> R) -> Result<R, GivenUp> {
        let mut state = self.lock();
        if state.is_given_up { Err(GivenUp) } else { Ok(work(&mut state.value)) }
    }

    /// Lets nobody wait any longer.
    pub(super) fn give_up(&self) {
        self.lock().is_given_up = true;
        self.changed.notify_all();
    }

    fn wait_for(&self, number: u64) -> Result<MutexGuard<'_, State<T>>, GivenUp> {
        let is_waiting = |state: &mut State<T>| state.next != number && !state.is_given_up;
        let state = self.changed.wait_while(self.lock(), is_waiting).unwrap_or_else(PoisonError::into_inner);
        if state.is_given_up { Err(GivenUp) } else { Ok(state) }
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        // Who panics in a turn gives up.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn turns_come_in_order_whoever_is_there_first() {
        let turns = Turns::new(Vec::new());
        thread::scope(|scope| {
            for number in (0..32).rev() {
                let turns = &turns;
                scope.spawn(move || turns.in_turn(number, |order| order.push(number)));
            }
            assert_eq!(turns.after(32, |order| order.clone()), Ok((0..32).collect()));
        });
    }

    #[test]
    fn nobody_waits_for_a_turn_that_will_not_come() {
        let turns = Turns::new(());
        thread::scope(|scope| {
            let waiting = scope.spawn(|| turns.in_turn(1, |()| ()));
            turns.give_up();
            assert_eq!(waiting.join().expect("it does not panic"), Err(GivenUp));
        });
        assert_eq!(turns.now(|()| ()), Err(GivenUp));
    }
}
