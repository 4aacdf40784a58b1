//! Options that keep less than all that matches. The kernel applies them, in the order in which they stand here.

use std::num::NonZeroU32;
use std::str::FromStr;

use clap::Args;
use sniffer::capture::MAX_SNAPLEN;
use sniffer::load::{Rate, Share};

/// Options that keep less than all that matches.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reductions, of live captures only")]
pub(crate) struct ReductionArgs {
    /// Keep one frame out of N, at random
    #[arg(long, value_name = "1/N", value_parser = one_in, conflicts_with_all = ["read", "read_list"])]
    pub(crate) sample: Option<NonZeroU32>,

    /// Let the capture take no more than this of one processor, kernel and process together, such as 5%: as much as that takes
    /// is sampled out, at random
    #[arg(long, value_name = "PERCENT", conflicts_with_all = ["read", "read_list", "relinquish_privileges"])]
    pub(crate) budget: Option<Budget>,

    /// Keep all frames of one flow out of N, the same flows on every host
    #[arg(long, value_name = "1/N", value_parser = one_in, conflicts_with_all = ["read", "read_list", "see_through"])]
    pub(crate) sample_flows: Option<NonZeroU32>,

    /// Keep the first frames or bytes of each flow, such as 10, 10pkts, 4096B or 10kB; TCP segments with SYN, FIN or
    /// RST always
    #[arg(long, value_name = "LIMIT", value_parser = share, conflicts_with_all = ["read", "read_list", "see_through"])]
    pub(crate) flow_limit: Option<Share>,

    /// How many flows to remember for --flow-limit
    #[arg(long, value_name = "FLOWS", requires = "flow_limit", value_parser = clap::value_parser!(u32).range(1024..=1 << 20))]
    pub(crate) flow_table: Option<u32>,

    /// Keep at most N frames a second
    #[arg(long, value_name = "N/s", value_parser = rate, conflicts_with_all = ["read", "read_list"])]
    pub(crate) rate: Option<Rate>,

    /// Keep a frame's headers up to that of the transport, and N bytes more: headers[+N]; or by expression, the first that
    /// matches: 'udp port 53:full,tcp:headers+64'
    #[arg(long, value_name = "RULES", conflicts_with_all = ["read", "read_list", "see_through"])]
    pub(crate) snap: Option<SnapRules>,
}

/// What a capture may take of one processor: 1.0 is all of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Budget(pub(crate) f64);

impl FromStr for Budget {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let percent = text.strip_suffix('%').and_then(|number| number.parse::<f64>().ok());
        let budget = percent.filter(|percent| (0.1..=10_000.0).contains(percent));
        budget
            .map(|percent| Self(percent / 100.0))
            .ok_or_else(|| "expected a part of a processor from 0.1% on, such as 5%".to_owned())
    }
}

/// How much to keep of which frames. Frames that no rule is for are kept whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SnapRules(pub(crate) Vec<SnapRule>);

/// One rule of `--snap`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SnapRule {
    /// Which frames, in the filter language; all of them when empty.
    pub(crate) expression: String,
    pub(crate) keep: Keep,
}

/// How much of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// All of it.
    Full,
    /// The headers and so many bytes more.
    Headers(u32),
}

impl FromStr for SnapRules {
    type Err = String;

    /// `[EXPRESSION:]KEEP[,…]`. Expressions may have colons and commas of their own: the colon that ends one is that in front
    /// of the first word which can end a rule.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut rules = Vec::new();
        let mut rest = Some(text);
        while let Some(text) = rest {
            let (rule, behind) = first_rule(text).ok_or_else(|| {
                format!("`{text}` does not end in full, headers or headers+N, behind a colon or alone")
            })?;
            rules.push(rule);
            rest = behind;
        }
        Ok(Self(rules))
    }
}

/// The rule that a text begins with, and what follows its comma.
fn first_rule(text: &str) -> Option<(SnapRule, Option<&str>)> {
    let ends = text.match_indices(',').map(|(at, _)| at).chain([text.len()]);
    ends.into_iter().find_map(|end| {
        let (expression, word) = text[..end].rsplit_once(':').unwrap_or(("", &text[..end]));
        let rule = SnapRule { expression: expression.trim().to_owned(), keep: keep(word.trim())? };
        Some((rule, text.get(end + 1..)))
    })
}

fn keep(word: &str) -> Option<Keep> {
    if word == "full" {
        return Some(Keep::Full);
    }
    match word.strip_prefix("headers")? {
        "" => Some(Keep::Headers(0)),
        more => decimal(more.strip_prefix('+')?).filter(|more| *more <= MAX_SNAPLEN).map(Keep::Headers),
    }
}

fn one_in(text: &str) -> Result<NonZeroU32, String> {
    let number = text.strip_prefix("1/").and_then(decimal).and_then(NonZeroU32::new);
    number.ok_or_else(|| "expected 1/N with a number from 1 on".to_owned())
}

fn rate(text: &str) -> Result<Rate, String> {
    let number = decimal(text.strip_suffix("/s").unwrap_or(text)).and_then(NonZeroU32::new);
    let rate = number.and_then(Rate::per_second);
    rate.ok_or_else(|| format!("expected N/s with a number from 1 to {}", Rate::MAX))
}

/// Units of `--flow-limit`; bytes have a factor.
const UNITS: [(&str, Option<u32>); 9] = [
    ("pkts", None),
    ("packets", None),
    ("kB", Some(1000)),
    ("MB", Some(1_000_000)),
    ("KiB", Some(1 << 10)),
    ("MiB", Some(1 << 20)),
    ("Bytes", Some(1)),
    ("bytes", Some(1)),
    ("B", Some(1)),
];

fn share(text: &str) -> Result<Share, String> {
    let unit = UNITS.iter().find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, *factor)));
    let (number, factor) = unit.unwrap_or((text, None));
    let share = decimal(number)
        .and_then(|number| number.checked_mul(factor.unwrap_or(1)))
        .and_then(NonZeroU32::new)
        .map(if factor.is_some() { Share::Bytes } else { Share::Frames });
    share.ok_or_else(|| {
        let units = UNITS.map(|(unit, _)| unit).join(", ");
        format!("expected a number from 1 to {} and one of the units {units}; without one, frames", u32::MAX)
    })
}

/// A number as people write it: no sign.
fn decimal(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(text: &str) -> Result<Vec<(String, Keep)>, String> {
        let rules = text.parse::<SnapRules>()?.0;
        Ok(rules.into_iter().map(|rule| (rule.expression, rule.keep)).collect())
    }

    #[test]
    fn rules_end_where_they_say_what_to_keep_whatever_stands_in_their_expressions() {
        let rule = |expression: &str, keep| (expression.to_owned(), keep);
        let (dns, tcp) = (rule("udp port 53", Keep::Full), rule("tcp", Keep::Headers(64)));
        for (text, expected) in [
            ("headers", vec![rule("", Keep::Headers(0))]),
            ("headers+96", vec![rule("", Keep::Headers(96))]),
            ("full", vec![rule("", Keep::Full)]),
            ("udp port 53:full,tcp:headers+64", vec![dns.clone(), tcp.clone()]),
            (" udp port 53 : full , tcp : headers+64 ", vec![dns, tcp.clone()]),
            ("tcp:headers+64,headers", vec![tcp, rule("", Keep::Headers(0))]),
            ("host fe80::1:full", vec![rule("host fe80::1", Keep::Full)]),
            ("ether host 2:0:0:0:0:1:full", vec![rule("ether host 2:0:0:0:0:1", Keep::Full)]),
            ("tcp[0:2] = 80:headers", vec![rule("tcp[0:2] = 80", Keep::Headers(0))]),
            (
                "port {80,443}:headers+1,full",
                vec![rule("port {80,443}", Keep::Headers(1)), rule("", Keep::Full)],
            ),
            ("tcp port 80,udp:full", vec![rule("tcp port 80,udp", Keep::Full)]),
        ] {
            assert_eq!(rules(text).as_deref(), Ok(&expected[..]), "{text}");
        }
        for text in [
            "",
            "tcp",
            "tcp:",
            "tcp:half",
            "headers+",
            "headers+-1",
            "headers+x",
            "tcp:full,",
            "headers+262145",
        ] {
            assert!(rules(text).is_err(), "{text}");
        }
    }

    #[test]
    fn samples_are_one_in_a_number() {
        assert_eq!(one_in("1/100").map(NonZeroU32::get), Ok(100));
        for text in ["", "1/", "1/0", "2/3", "100", "1/+1", "1/-1", "1/4294967296", "0.01"] {
            assert!(one_in(text).is_err(), "{text}");
        }
    }

    #[test]
    fn flow_limits_are_frames_or_bytes() {
        let number = |number| NonZeroU32::new(number).expect("not 0");
        for (text, expected) in [
            ("10", Share::Frames(number(10))),
            ("10pkts", Share::Frames(number(10))),
            ("4096B", Share::Bytes(number(4096))),
            ("4096Bytes", Share::Bytes(number(4096))),
            ("10kB", Share::Bytes(number(10_000))),
            ("10KiB", Share::Bytes(number(10_240))),
            ("4MB", Share::Bytes(number(4_000_000))),
        ] {
            assert_eq!(share(text), Ok(expected), "{text}");
        }
        for text in ["", "0", "B", "10 B", "10GB", "5000MB", "-1", "10b"] {
            assert!(share(text).is_err(), "{text}");
        }
    }

    #[test]
    fn rates_are_frames_a_second() {
        assert_eq!(rate("1000/s"), rate("1000"));
        for text in ["", "/s", "0/s", "10/m", "10000001/s"] {
            assert!(rate(text).is_err(), "{text}");
        }
    }
}
