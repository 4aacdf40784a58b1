//! One expression on the frames of one file, by us and by tcpdump: what both agree on is counted, and every difference
//! is either one that a rule names or a failure.

use std::collections::BTreeMap;
use std::fmt;

use sniffer::filter::Filter;

use crate::rules::{self, Case, Rule};
use crate::tcpdump::{Kept, Optimizer, Savefile, Tcpdump, kept_by_us, packet, saved};

/// What came of many comparisons.
#[derive(Default)]
pub(crate) struct Tally {
    /// Whether tcpdump is asked with and without its optimizer, rather than without it where it makes a difference.
    pub(crate) is_thorough: bool,
    /// Expressions that were compared, and how many of them both refuse.
    pub(crate) expressions: u64,
    pub(crate) refused: u64,
    /// Pairs of an expression and a frame, and in how many of them we keep the frame.
    pub(crate) pairs: u64,
    pub(crate) kept: u64,
    /// Expressions, and pairs, that a rule explains.
    pub(crate) by_rule: BTreeMap<Rule, (u64, u64)>,
    /// Everything else, in words.
    pub(crate) unexplained: Vec<String>,
}

impl Tally {
    /// Compares what the expression keeps of the file.
    pub(crate) fn compare(&mut self, tcpdump: &Tcpdump, file: &Savefile, text: &str) {
        self.expressions += 1;
        let place = || format!("{text:?} on {}", file.link_type);
        let ours = saved(file.link_type, text);
        match (ours, tcpdump.keeps(file, Optimizer::On, text)) {
            (Err(_), Err(_)) => self.refused += 1,
            (Err(error), Ok(_)) => {
                let rule = rules::of_our_refusal(&error.kind);
                self.explain(rule, 0, || format!("{}: only we refuse it: {error}", place()));
            }
            (Ok(_), Err(why)) => {
                let rule = rules::of_their_refusal(text, &why);
                self.explain(rule, 0, || format!("{}: only tcpdump refuses it: {why}", place()));
            }
            (Ok(filter), Ok(optimized)) => self.compare_kept(tcpdump, file, text, &filter, &optimized),
        }
    }

    fn compare_kept(
        &mut self,
        tcpdump: &Tcpdump,
        file: &Savefile,
        text: &str,
        filter: &Filter,
        optimized: &Kept,
    ) {
        let samples = file.samples();
        let ours = kept_by_us(filter, samples);
        self.pairs += samples.len() as u64;
        self.kept += ours.len() as u64;
        if ours == *optimized && !self.is_thorough {
            return;
        }
        // What the optimizer accepts is accepted without it.
        let plain = tcpdump.keeps(file, Optimizer::Off, text).unwrap_or_else(|why| panic!("{text:?}: {why}"));
        let case = Case::new(text, filter, file.link_type, tcpdump.libpcap);
        let mut by_rule: BTreeMap<Option<Rule>, Vec<usize>> = BTreeMap::new();
        for &number in &(&(&ours ^ &plain) | &(&ours ^ optimized)) {
            let rule = case.rule(&packet(&samples[number]), ours.contains(&number), plain.contains(&number));
            by_rule.entry(rule).or_default().push(number);
        }
        for (rule, numbers) in by_rule {
            self.explain(rule, numbers.len() as u64, || {
                let verdicts =
                    |number| [&ours, &plain, optimized].map(|kept| u8::from(kept.contains(number)));
                let some = numbers.iter().take(4).map(|at| (samples[*at].name.as_str(), verdicts(at)));
                let some: Vec<_> = some.collect();
                format!(
                    "{text:?} on {}: {} frames (we, -O, optimized): {some:?}",
                    file.link_type,
                    numbers.len()
                )
            });
        }
    }

    fn explain(&mut self, rule: Option<Rule>, pairs: u64, what: impl FnOnce() -> String) {
        match rule {
            Some(rule) => {
                let count = self.by_rule.entry(rule).or_default();
                *count = (count.0 + 1, count.1 + pairs);
            }
            None => self.unexplained.push(what()),
        }
    }

    /// Adds what another thread has compared.
    pub(crate) fn add(&mut self, other: Self) {
        self.expressions += other.expressions;
        self.refused += other.refused;
        self.pairs += other.pairs;
        self.kept += other.kept;
        for (rule, (expressions, pairs)) in other.by_rule {
            let count = self.by_rule.entry(rule).or_default();
            *count = (count.0 + expressions, count.1 + pairs);
        }
        self.unexplained.extend(other.unexplained);
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { expressions, refused, pairs, kept, by_rule, unexplained, .. } = self;
        writeln!(
            f,
            "{expressions} expressions, {refused} refused by both; {pairs} pairs, {kept} kept by us"
        )?;
        writeln!(f, "{:>12} {:>10}  differences that a rule explains", "expressions", "pairs")?;
        for (rule, (expressions, pairs)) in by_rule {
            writeln!(f, "{expressions:12} {pairs:10}  {rule}")?;
        }
        write!(f, "{} unexplained", unexplained.len())
    }
}
