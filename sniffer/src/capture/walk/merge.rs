//! The blocks of several rings walked as one: their frames in the order of time.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::mem;

use super::Walk;
use crate::packet::{Frame, Timestamp};

/// The frames of a block, oldest first.
///
/// Of several rings' blocks they end with the first that has no more: what that ring has in its next one may be older than
/// what the others have left.
#[derive(Debug)]
pub struct Frames<'b> {
    /// The ring in turn, up to the time of the others' oldest frame.
    present: Option<Walk<'b>>,
    /// Those that have younger frames. Nothing is allocated when there is but one ring, and else once for all frames.
    others: BinaryHeap<Waiting<'b>>,
}

/// A ring whose turn has not come.
#[derive(Debug)]
struct Waiting<'b> {
    /// That of its next frame. The oldest is the greatest for the heap.
    time: Reverse<Timestamp>,
    walk: Walk<'b>,
}

impl<'b> Frames<'b> {
    pub(in crate::capture) fn new(mut walks: impl Iterator<Item = Walk<'b>>) -> Self {
        let first = walks.next();
        let others: BinaryHeap<Waiting<'b>> = walks.map(Waiting::new).collect();
        let time = others.peek().map(Waiting::time);
        Self {
            present: first.map(|mut walk| {
                walk.set_until(time);
                walk
            }),
            others,
        }
    }
}

impl<'b> Iterator for Frames<'b> {
    type Item = Frame<'b>;

    #[inline]
    fn next(&mut self) -> Option<Frame<'b>> {
        let present = self.present.as_mut()?;
        loop {
            if let Some(frame) = present.next() {
                return Some(frame);
            }
            if present.is_finished() {
                return None;
            }
            self.others.peek_mut()?.change_places(present);
            present.set_until(self.others.peek().map(Waiting::time));
        }
    }
}

impl<'b> Waiting<'b> {
    fn new(walk: Walk<'b>) -> Self {
        Self { time: Reverse(walk.next_time()), walk }
    }

    fn time(&self) -> Timestamp {
        self.time.0
    }

    /// Lets this ring have its turn, and the other one wait.
    fn change_places(&mut self, present: &mut Walk<'b>) {
        mem::swap(&mut self.walk, present);
        self.time = Reverse(self.walk.next_time());
    }
}

impl Ord for Waiting<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.time.cmp(&other.time)
    }
}

impl PartialOrd for Waiting<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Waiting<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.time == other.time
    }
}

impl Eq for Waiting<'_> {}
