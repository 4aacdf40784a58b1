//! What is kept of the frames that match, decided from what was typed, and the program for the rules of `--snap`.

use std::num::NonZeroU32;

use anyhow::Context as _;
use sniffer::filter::emit::{Access, OnMatch, Program, emit_rules};
use sniffer::filter::{self, Filter};
use sniffer::load::{FlowLimit, Reductions, SnapTo};

use super::args::{Budget, Keep, ReductionArgs, SnapRule, SnapRules};

/// How many flows a limit remembers when nothing else is said: the table takes some ten megabytes.
const FLOW_TABLE: NonZeroU32 = NonZeroU32::new(1 << 16).unwrap();

/// What is kept of the frames that match.
#[derive(Debug, Default)]
pub(crate) struct Reduce {
    /// What the kernel side is told once.
    pub(crate) reductions: Reductions,
    /// How much to keep of which frame, where one number for all does not do.
    snap_rules: Vec<SnapRule>,
    /// What the capture may take of a processor; the sample follows from that.
    pub(crate) budget: Option<Budget>,
}

impl Reduce {
    /// One rule for all frames needs no program of its own.
    pub(crate) fn new(args: ReductionArgs) -> Self {
        let SnapRules(rules) = args.snap.unwrap_or_default();
        let (snap, snap_rules) = match rules.as_slice() {
            [] => (SnapTo::Whole, rules),
            [SnapRule { expression, keep }] if expression.is_empty() => match keep {
                Keep::Full => (SnapTo::Whole, Vec::new()),
                Keep::Headers(more) => (SnapTo::Headers(*more), Vec::new()),
            },
            _ => (SnapTo::Rules, rules),
        };
        let table = args.flow_table.and_then(NonZeroU32::new).unwrap_or(FLOW_TABLE);
        let reductions = Reductions {
            sample: args.sample,
            is_adjusted: args.budget.is_some(),
            sample_flows: args.sample_flows,
            flow_limit: args.flow_limit.map(|share| FlowLimit { share, table }),
            rate: args.rate,
            snap,
        };
        Self { reductions, snap_rules, budget: args.budget }
    }

    /// The program for the rules of `--snap`; none where there are none.
    pub(crate) fn snap_program(
        &self,
        compile: impl Fn(&str) -> Result<Filter, filter::Error>,
        access: Access,
        snaplen: u32,
    ) -> anyhow::Result<Option<Program>> {
        if self.snap_rules.is_empty() {
            return Ok(None);
        }
        let filters =
            self.snap_rules.iter().map(|rule| compile(&rule.expression)).collect::<Result<Vec<_>, _>>();
        let filters = filters.context("a rule of --snap")?;
        let keep = self.snap_rules.iter().map(|rule| match rule.keep {
            Keep::Full => OnMatch::Return(snaplen),
            Keep::Headers(more) => SnapTo::headers_in_rule(more, snaplen),
        });
        let rules: Vec<_> = filters.iter().map(Filter::hir).zip(keep).collect();
        Ok(Some(emit_rules(&rules, OnMatch::Return(snaplen), access)?))
    }
}
