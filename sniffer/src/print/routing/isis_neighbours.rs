//! The neighbours that IS-IS tells of, with their metrics. What is said of the links to them is `isis_links`'s.

use super::isis::print_id;
use super::isis_elements::{Ended, Printed};
use super::isis_links;
use super::isis_routes::print_topology;
use crate::decode::{IsisCursor, IsisMetrics};
use crate::print::line::Line;
use crate::print::tokens;

/// Neighbours with four metrics each.
pub(super) fn print_old(line: &mut Line<'_>, mut value: IsisCursor<'_>) -> Printed {
    let flag: u8 = value.read()?;
    line.text("\n\t      ");
    tokens::print_or_hex(line, VIRTUAL, flag, 2, ["bogus virtual flag ", ""]);
    print_old_neighbours::<7>(line, "\n\t      IS Neighbor: ", value)
}

const VIRTUAL: &[(u8, &str)] = &[(0, "IsNotVirtual"), (1, "IsVirtual")];

/// End systems with four metrics each.
pub(super) fn print_end_systems(line: &mut Line<'_>, value: IsisCursor<'_>) -> Printed {
    print_old_neighbours::<6>(line, "\n\t      ES Neighbor: ", value)
}

/// Neighbours whose identifiers have `N` bytes.
fn print_old_neighbours<const N: usize>(
    line: &mut Line<'_>,
    label: &str,
    mut value: IsisCursor<'_>,
) -> Printed {
    while value.room() > 0 {
        if usize::from(value.room()) < N + 4 {
            return Err(Ended::Element);
        }
        let (metrics, id): ([u8; 4], [u8; N]) = (value.read()?, value.read()?);
        print_id(line, label, &id);
        print_metrics(line, IsisMetrics(metrics));
    }
    Ok(())
}

pub(super) fn print_metrics(line: &mut Line<'_>, metrics: IsisMetrics) {
    const LABELS: [&str; 4] = [
        ", Default Metric: ",
        "\n\t\t  Delay Metric: ",
        "\n\t\t  Expense Metric: ",
        "\n\t\t  Error Metric: ",
    ];
    for (place, metric, is_external) in metrics.counting() {
        line.labelled(LABELS[place], metric);
        line.text(if is_external { ", External" } else { ", Internal" });
    }
}

/// Neighbours with one metric each, of a topology of their own or not.
pub(super) fn print(line: &mut Line<'_>, mut value: IsisCursor<'_>, has_topology: bool) -> Printed {
    if has_topology {
        print_topology(line, &mut value)?;
    }
    while value.room() > 0 {
        print_neighbour(line, &mut value, true)?;
    }
    Ok(())
}

/// Names that a system uses beside its own, in the form of neighbours without a metric.
pub(super) fn print_aliases(line: &mut Line<'_>, mut value: IsisCursor<'_>) -> Printed {
    while value.room() > 0 {
        print_neighbour(line, &mut value, false)?;
    }
    Ok(())
}

fn print_neighbour(line: &mut Line<'_>, value: &mut IsisCursor<'_>, has_metric: bool) -> Printed {
    // For tcpdump a neighbour that its element has no room for is one that was not captured.
    let cut = |_| Ended::Capture;
    print_id(line, "\n\t      IS Neighbor: ", &value.read::<[u8; 7]>().map_err(cut)?);
    if has_metric {
        line.labelled(", Metric: ", value.read_u24().map_err(cut)?);
    }
    let len: u8 = value.read().map_err(cut)?;
    if len == 0 {
        line.text(", no sub-TLVs present");
        return Ok(());
    }
    line.labelled(", sub-TLVs present (", len);
    line.text(")");
    isis_links::print(line, value, len)
}
