//! The counters of one moment, and what was counted between two.

use std::iter::Sum;
use std::ops::Add;

use sniffer_common::Matrix;

use super::{FlowCounts, FragmentCounts};

/// What the kernel side has counted since it was loaded, or between two moments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    /// Every frame that the sockets were offered.
    pub seen: Matrix,
    /// The frames that the filter wants.
    pub matched: Matrix,
    /// Those of the matched frames that are not in the sample.
    pub sampled_out: Matrix,
    /// Those whose flow has had its share.
    pub over_flow_limit: Matrix,
    /// Those that came too fast.
    pub over_rate: Matrix,
    /// Matched frames that were kept because a reduction could not be applied.
    pub kept_unreduced: u64,
    /// Frames that were kept without the filter's verdict or without being counted, since something could not be reached.
    pub kept_on_error: u64,
    /// What the flow limit had to do since it was loaded, where that was asked for: it is read apart.
    pub flows: Option<FlowCounts>,
    /// What became of fragments since the kernel side was loaded, when filters see through tunnels: it is read apart.
    pub fragments: Option<FragmentCounts>,
}

impl Snapshot {
    /// What was counted since `earlier`.
    #[must_use]
    pub fn since(&self, earlier: &Self) -> Self {
        Self {
            seen: self.seen - earlier.seen,
            matched: self.matched - earlier.matched,
            sampled_out: self.sampled_out - earlier.sampled_out,
            over_flow_limit: self.over_flow_limit - earlier.over_flow_limit,
            over_rate: self.over_rate - earlier.over_rate,
            kept_unreduced: self.kept_unreduced.wrapping_sub(earlier.kept_unreduced),
            kept_on_error: self.kept_on_error.wrapping_sub(earlier.kept_on_error),
            flows: self.flows,
            fragments: self.fragments,
        }
    }
}

impl Add for Snapshot {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            seen: self.seen + other.seen,
            matched: self.matched + other.matched,
            sampled_out: self.sampled_out + other.sampled_out,
            over_flow_limit: self.over_flow_limit + other.over_flow_limit,
            over_rate: self.over_rate + other.over_rate,
            kept_unreduced: self.kept_unreduced.wrapping_add(other.kept_unreduced),
            kept_on_error: self.kept_on_error.wrapping_add(other.kept_on_error),
            flows: [self.flows, other.flows].into_iter().flatten().reduce(FlowCounts::add),
            fragments: [self.fragments, other.fragments].into_iter().flatten().reduce(FragmentCounts::add),
        }
    }
}

impl Sum for Snapshot {
    /// What several sets of programs have counted together.
    fn sum<I: Iterator<Item = Self>>(snapshots: I) -> Self {
        snapshots.fold(Self::default(), Self::add)
    }
}
