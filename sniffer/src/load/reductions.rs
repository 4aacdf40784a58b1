//! What a capture keeps of the frames that its filter wants, and the configuration words that the kernel side knows it
//! by. Knows no command line.

use std::num::NonZeroU32;

use sniffer_common::{Note, Snap, names};

use super::elf::Word;
use crate::filter::emit::OnMatch;

/// What is kept of the frames that the filter wants, in the order in which it is decided. By default everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reductions {
    /// One frame out of so many, at random.
    pub sample: Option<NonZeroU32>,
    /// Whether a sample is taken of the rest whose size [`Pipeline::set_sample`](super::Pipeline::set_sample) says, at any time;
    /// all of it at first.
    pub is_adjusted: bool,
    /// All frames of one flow out of so many: the same flows on every host. Frames that belong to no flow are kept.
    pub sample_flows: Option<NonZeroU32>,
    /// The beginning of each flow.
    pub flow_limit: Option<FlowLimit>,
    /// At most so many frames a second, see [`Rate`].
    pub rate: Option<Rate>,
    /// How much of a frame.
    pub snap: SnapTo,
}

/// The beginning of each flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlowLimit {
    /// How much of a flow, both directions together.
    pub share: Share,
    /// How many flows the table has room for. When there are more, the one is forgotten that was not met for longest.
    pub table: NonZeroU32,
}

/// A part of a flow. TCP segments with SYN, FIN or RST are kept beyond it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// So many frames.
    Frames(NonZeroU32),
    /// The frames that begin within so many bytes; their length on the wire counts.
    Bytes(NonZeroU32),
}

/// How much of a frame is kept, never more than [`Config::snaplen`](super::Config::snaplen).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SnapTo {
    /// No less than that.
    #[default]
    Whole,
    /// The headers up to that of the transport, and so many bytes more. Frames without an IP header are kept whole.
    Headers(u32),
    /// What the program says that is set by [`Pipeline::set_snap`](super::Pipeline::set_snap).
    Rules,
}

/// A limit of frames a second.
///
/// Any period of `t` seconds has at most [`Rate::burst`] + `t` × the rate frames, and one more for each processor that is at
/// a frame at the same moment as another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate(NonZeroU32);

impl Rate {
    /// The highest that can be asked for: the nanoseconds between two frames are whole.
    pub const MAX: u32 = 10_000_000;

    /// So many frames a second; none above [`Rate::MAX`].
    pub fn per_second(frames: NonZeroU32) -> Option<Self> {
        (frames.get() <= Self::MAX).then_some(Self(frames))
    }

    /// How many frames may come at once after a pause: those of a tenth of a second.
    pub fn burst(self) -> u32 {
        (self.0.get() / 10).max(1)
    }

    /// The nanoseconds between two frames, rounded up.
    fn interval(self) -> u32 {
        1_000_000_000_u32.div_ceil(self.0.get())
    }
}

impl SnapTo {
    /// What a program for [`Pipeline::set_snap`](super::Pipeline::set_snap) does to keep a frame's headers and so many bytes
    /// `more`, but `at_most` so many in all.
    pub fn headers_in_rule(more: u32, at_most: u32) -> OnMatch {
        OnMatch::ReturnNoted { word: Note::HEADERS_END as u8, more, at_most }
    }
}

impl Reductions {
    /// Whether there are any: without them the stage that applies them is not loaded.
    pub(super) fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// How many entries the table of flows has; maps have at least one.
    pub(super) fn table(&self) -> u32 {
        self.flow_limit.map_or(1, |limit| limit.table.get())
    }

    /// The words of the kernel side.
    pub(super) fn words(&self) -> [Word; 9] {
        let (frames, bytes) = match self.flow_limit.map(|limit| limit.share) {
            None => (0, 0),
            Some(Share::Frames(frames)) => (frames.get(), 0),
            Some(Share::Bytes(bytes)) => (0, bytes.get()),
        };
        let (snap, extra) = match self.snap {
            SnapTo::Whole => (Snap::Whole, 0),
            SnapTo::Headers(extra) => (Snap::Headers, extra),
            SnapTo::Rules => (Snap::Rules, 0),
        };
        [
            (names::SAMPLE, part(self.sample)),
            (names::IS_ADJUSTED, u32::from(self.is_adjusted)),
            (names::SAMPLE_FLOWS, part(self.sample_flows)),
            (names::FLOW_FRAMES, frames),
            (names::FLOW_BYTES, bytes),
            (names::RATE_INTERVAL, self.rate.map_or(0, Rate::interval)),
            (names::RATE_AHEAD, self.rate.map_or(0, |rate| (rate.burst() - 1) * rate.interval())),
            (names::SNAP, snap as u32),
            (names::SNAP_EXTRA, extra),
        ]
    }
}

/// Below which of all 2³² numbers one in so many is; 0 for all of them.
pub(super) fn part(one_in: Option<NonZeroU32>) -> u32 {
    // One in one is 2³², which the word takes for 0.
    one_in.map_or(0, |one_in| ((1 << 32) / u64::from(one_in.get())) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(number: u32) -> NonZeroU32 {
        NonZeroU32::new(number).unwrap()
    }

    #[test]
    fn one_in_so_many_is_that_part_of_all_numbers() {
        for (one_in, expected) in [(1, 0), (2, 1 << 31), (3, 0x5555_5555), (1 << 31, 2), (u32::MAX, 1)] {
            assert_eq!(part(Some(number(one_in))), expected, "1/{one_in}");
        }
        assert_eq!(part(None), 0);
    }

    #[test]
    fn a_rate_is_never_rounded_up() {
        for frames in [1, 3, 7, 999, 1_000_000, 3_000_000, Rate::MAX] {
            let rate = Rate::per_second(number(frames)).unwrap();
            assert!(u64::from(rate.interval()) * u64::from(frames) >= 1_000_000_000, "{frames}");
            let ahead = u64::from(rate.burst() - 1) * u64::from(rate.interval());
            assert!(ahead <= 150_000_000, "the word has room for a burst of {frames}/s");
        }
        assert_eq!(Rate::per_second(number(Rate::MAX + 1)), None);
        assert_eq!([1, 19, 20].map(|frames| Rate(number(frames)).burst()), [1, 1, 2]);
    }
}
