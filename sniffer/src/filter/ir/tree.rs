//! A set as decisions: a balanced search for the range that holds a key, word by word.

use super::super::hir::{AluOp, MAX_KEY_WORDS};
use super::super::set::Set;
use super::{Block, BlockId, End, Ir, Test, TestOp, Val};

/// Where decisions go.
pub(super) struct Tree<'a> {
    pub(super) ir: &'a mut Ir,
    /// The words of the key; none behind its last.
    pub(super) words: [Option<Val>; MAX_KEY_WORDS],
    /// Where to go when the key is an element.
    pub(super) yes: BlockId,
    /// Where to go when not.
    pub(super) no: BlockId,
}

/// Keys with a word between two numbers.
struct Segment {
    low: u32,
    high: u32,
    /// The elements among them; none when all are.
    inside: Option<Vec<(u128, u128)>>,
}

impl Tree<'_> {
    /// The first decision; the others are blocks of their own.
    pub(super) fn root(&mut self, set: &Set) -> End {
        self.word(&set.ranges(), 0)
    }

    /// Decides by the word of that number, of keys whose words before it are those of all `ranges`.
    fn word(&mut self, ranges: &[(u128, u128)], number: usize) -> End {
        let Some(word) = self.words.get(number).copied().flatten() else { return End::Jump(self.yes) };
        let behind = self.words[number + 1..].iter().flatten().count() as u32;
        let segments = segments(ranges, behind * u32::BITS);
        self.search(&segments, number, word, (0, self.ir.values.max(word)))
    }

    /// Decides between segments, of keys whose word is within `bounds`.
    fn search(&mut self, segments: &[Segment], number: usize, word: Val, (min, max): (u32, u32)) -> End {
        match segments {
            [] => End::Jump(self.no),
            [segment] => self.leaf(segment, number, word, (min, max)),
            _ => {
                let (below, above) = segments.split_at(segments.len() / 2);
                let pivot = above[0].low;
                if pivot > max {
                    return self.search(below, number, word, (min, max));
                }
                let no = self.search(below, number, word, (min, pivot - 1));
                let yes = self.search(above, number, word, (pivot, max));
                let (yes, no) = (self.block(yes), self.block(no));
                let test = Test { op: TestOp::Ge, lhs: word, rhs: self.ir.values.number(pivot) };
                End::Branch { test, yes, no }
            }
        }
    }

    fn leaf(&mut self, segment: &Segment, number: usize, word: Val, (min, max): (u32, u32)) -> End {
        let Segment { low, high, inside } = segment;
        let (low, high) = (*low, *high);
        if low > max {
            return End::Jump(self.no);
        }
        let inside = match inside {
            None => self.yes,
            Some(ranges) => {
                let end = self.word(ranges, number + 1);
                self.block(end)
            }
        };
        let outside = self.no;
        let values = &mut self.ir.values;
        let mut test = |op, lhs, rhs| Test { op, lhs, rhs: values.number(rhs) };
        match (low <= min, high >= max) {
            (true, true) => End::Jump(inside),
            _ if low == high => End::Branch { test: test(TestOp::Eq, word, low), yes: inside, no: outside },
            (true, false) => End::Branch { test: test(TestOp::Gt, word, high), yes: outside, no: inside },
            (false, true) => End::Branch { test: test(TestOp::Ge, word, low), yes: inside, no: outside },
            (false, false) => {
                let first = values.number(low);
                let distance = values.alu(AluOp::Sub, word, first);
                let test = Test { op: TestOp::Gt, lhs: distance, rhs: values.number(high - low) };
                End::Branch { test, yes: outside, no: inside }
            }
        }
    }

    fn block(&mut self, end: End) -> BlockId {
        match end {
            End::Jump(to) => to,
            end => {
                self.ir.blocks.push(Block { guards: Vec::new(), end });
                BlockId(self.ir.blocks.len() as u32 - 1)
            }
        }
    }
}

/// Sorted ranges by the word that has `below` bits behind it.
fn segments(ranges: &[(u128, u128)], below: u32) -> Vec<Segment> {
    let word = |number: u128| (number >> below) as u32;
    let rest = (1_u128 << below) - 1;
    let mut segments: Vec<Segment> = Vec::new();
    // The part of a range within one value of the word, together with what is there already.
    let partly = |segments: &mut Vec<Segment>, at: u32, low: u128, high: u128| {
        if low & rest == 0 && high & rest == rest {
            return push_whole(segments, at, at);
        }
        match segments.last_mut() {
            Some(Segment { low: last, inside: Some(inside), .. }) if *last == at => inside.push((low, high)),
            _ => segments.push(Segment { low: at, high: at, inside: Some(vec![(low, high)]) }),
        }
    };
    for &(low, high) in ranges {
        let (first, last) = (word(low), word(high));
        if first == last {
            partly(&mut segments, first, low, high);
            continue;
        }
        partly(&mut segments, first, low, low | rest);
        if last - first > 1 {
            push_whole(&mut segments, first + 1, last - 1);
        }
        partly(&mut segments, last, high & !rest, high);
    }
    segments
}

/// Appends values all of whose keys are elements.
fn push_whole(segments: &mut Vec<Segment>, low: u32, high: u32) {
    match segments.last_mut() {
        Some(Segment { high: last, inside: None, .. }) if last.checked_add(1) == Some(low) => *last = high,
        _ => segments.push(Segment { low, high, inside: None }),
    }
}
