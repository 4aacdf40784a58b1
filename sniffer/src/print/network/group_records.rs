//! What the reports of IGMP and MLD have in common: kinds of group records, and sources.

use std::net::IpAddr;

use crate::print::line::Line;

/// Kinds of group records, RFC 3376 section 4.2.12 and RFC 3810 section 5.2.12.
pub(super) const KINDS: &[(u8, &str)] =
    &[(1, "is_in"), (2, "is_ex"), (3, "to_in"), (4, "to_ex"), (5, "allow"), (6, "block")];

/// How many sources there are, with `-vv` which; nothing where one of them was not captured.
pub(super) fn print_sources(
    line: &mut Line<'_>,
    sources: impl ExactSizeIterator<Item = Option<IpAddr>>,
) -> Option<()> {
    if line.options.verbose < 2 {
        line.labelled(", ", sources.len() as u64);
        line.text(" source(s)");
        return Some(());
    }
    line.text(" {");
    for source in sources {
        line.labelled_address(" ", source?);
    }
    line.text(" }");
    Some(())
}
