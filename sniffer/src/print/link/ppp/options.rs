//! The options that the peers of PPP negotiate: which protocol has which, and what is wrong with their lengths.

use super::{ccp, ipcp, lcp};
use crate::decode::{Payload, PppControl, PppOption, Wire};
use crate::print::line::Line;
use crate::print::{hex, tokens};

/// The options of one protocol.
pub(super) struct OptionKinds {
    /// What stands in the mark for an option that was cut.
    mark: &'static str,
    names: &'static [(u8, &'static str)],
    /// The name of those without one; LCP has a line of its own for them.
    unknown: Option<&'static str>,
    print: Print,
}

type Print = fn(&mut Line<'_>, &PppOption<'_>) -> Result<(), Bad>;

/// Why an option is not printed in full.
pub(super) enum Bad {
    /// Its length should be so much.
    Length(&'static str),
    /// So should its length be; nothing else is printed of the options.
    LastLength(&'static str),
    /// Nothing is known of it.
    Unknown,
    /// It was not captured.
    Truncated,
    /// The same, with the mark of the options; they end there.
    Cut,
}

impl OptionKinds {
    pub(super) fn of(protocol: u16) -> Option<&'static Self> {
        const fn of(
            mark: &'static str,
            names: &'static [(u8, &'static str)],
            unknown: Option<&'static str>,
            print: Print,
        ) -> OptionKinds {
            OptionKinds { mark, names, unknown, print }
        }
        Some(match protocol {
            0xc021 => const { &of("[|lcp]", lcp::OPTIONS, None, lcp::print) },
            0x8021 => const { &of("[|ipcp]", ipcp::OPTIONS, Some("unknown"), ipcp::print) },
            0x8057 => const { &of("[|ip6cp]", &[(1, "Interface-ID")], Some("unknown"), ipcp::print_ip6cp) },
            0x80fd => const { &of("[|ccp]", ccp::OPTIONS, Some("Unknown"), ccp::print) },
            0xc02b => const { &of("[|bacp]", &[(1, "Favored-Peer")], Some("Unknown"), ccp::print_bacp) },
            _ => return None,
        })
    }

    fn name(&self, option: &PppOption<'_>) -> Option<&'static str> {
        tokens::name(self.names, option.kind).or(self.unknown)
    }
}

/// Prints the options of a packet that has `left` bytes for them.
pub(super) fn print_options(
    line: &mut Line<'_>,
    kinds: &OptionKinds,
    mut rest: Payload<'_>,
    left: u32,
) -> Option<()> {
    let most = left + PppControl::HEADER_LEN;
    let mut left = left;
    while left > 0 {
        let Some(option) = PppOption::read(&mut rest) else {
            line.text(kinds.mark);
            return Some(());
        };
        let len = u32::from(option.len);
        if len > most || !print_title(line, kinds, &option) || !print_option(line, kinds, &option)? {
            return Some(());
        }
        if left < len {
            line.labelled(" [remaining options length ", left);
            line.labelled(" < ", len);
            line.text("]");
            line.invalid();
            return Some(());
        }
        left -= len;
    }
    Some(())
}

/// Prints type and length of an option; tells whether it can be so short.
fn print_title(line: &mut Line<'_>, kinds: &OptionKinds, option: &PppOption<'_>) -> bool {
    let is_short = option.len < PppOption::HEADER_LEN;
    let Some(name) = kinds.name(option) else {
        line.labelled_hex("\n\tunknown LCP option ", option.kind, 2);
        return !is_short;
    };
    line.text("\n\t  ");
    line.text(name);
    line.labelled_hex(" Option (", option.kind, 2);
    line.labelled("), length ", option.len);
    line.text(if is_short { " (length bogus, should be >= 2)" } else { "" });
    !is_short
}

/// Prints the value of an option; tells whether others follow, and nothing where it was not captured.
fn print_option(line: &mut Line<'_>, kinds: &OptionKinds, option: &PppOption<'_>) -> Option<bool> {
    if kinds.name(option).is_none() {
        return Some(true);
    }
    let (bytes, verbose) = (option.value().bytes(), line.options.verbose);
    match (kinds.print)(line, option) {
        Ok(()) if verbose > 1 => hex::only_behind(line, "\n\t    ", bytes),
        Err(Bad::Unknown) => hex::only_behind(line, "\n\t    ", bytes),
        Ok(()) => {}
        Err(Bad::Length(should_be)) => print_length(line, should_be),
        Err(Bad::LastLength(should_be)) => {
            print_length(line, should_be);
            return Some(false);
        }
        Err(Bad::Truncated) => return None,
        Err(Bad::Cut) => {
            line.text(kinds.mark);
            return Some(false);
        }
    }
    Some(true)
}

fn print_length(line: &mut Line<'_>, should_be: &str) {
    line.text(" (length bogus, should be ");
    line.text(should_be);
    line.text(")");
}

/// A field of an option, or that it was not captured.
pub(super) fn field<T: Wire>(option: &PppOption<'_>, at: usize) -> Result<T, Bad> {
    option.value().get(at).ok_or(Bad::Truncated)
}
