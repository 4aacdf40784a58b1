//! The tables of flows, hosts, ports and protocols.

use std::hash::Hash;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::widgets::{Block, Borders, Row, Table as Widget};

use super::scene::Scene;
use super::state::Table;
use super::theme::Theme;
use crate::counters::{Cell, Flow};
use crate::top::{self, Model, Order, Ranking, Rate, bits, bytes, count, end, protocol};

/// A table before it is drawn: what it is called, its columns of names, and its rows.
struct Content {
    title: String,
    names: Vec<(&'static str, Constraint)>,
    rates: [&'static str; 2],
    rows: Vec<Shown>,
}

/// A row: what it is, two rates, and a total.
struct Shown {
    names: Vec<String>,
    rates: [Rate; 2],
    total: Cell,
}

/// Draws a table with all columns.
pub(super) fn draw(scene: &Scene<'_>, table: Table, frame: &mut Frame<'_>, area: Rect) {
    // The title and the names of the columns.
    let room = usize::from(area.height.saturating_sub(2));
    let content = content(scene, table, scene.state.offset + room);
    let offset = scene.state.offset.min(content.rows.len().saturating_sub(1));
    let [first, second] = content.rates;
    let total = total_name(scene.state.order);
    let header = content.names.iter().map(|(name, _)| (*name).to_owned());
    let header = header.chain([format!("{first:>8}"), format!("{second:>8}"), format!("{total:>9}")]);
    let widths: Vec<_> = content.names.iter().map(|(_, width)| *width).collect();
    let widths = [&widths[..], &[8, 8, 9].map(Constraint::Length)].concat();
    let columns = Layout::horizontal(&widths).spacing(1).split(Rect::new(0, 0, area.width, 1));
    let rows = content.rows.iter().skip(offset).map(|row| {
        let names =
            row.names.iter().zip(&*columns).map(|(name, column)| shortened(name, column.width.into()));
        let rates = row.rates.map(|value| format!("{:>8}", shown_rate(scene.state.order, value)));
        let total = format!("{:>9}", shown_total(scene.state.order, row.total));
        Row::new(names.chain(rates).chain([total]))
    });
    let title = format!("{}, by {}", content.title, scene.state.order.name());
    let widget = Widget::new(rows, widths)
        .header(Row::new(header).style(Theme::bar()))
        .block(Block::new().borders(Borders::TOP).title(title).title_style(Theme::title()));
    frame.render_widget(widget, area);
}

/// Draws a table with the least that tells something: what it is, and how fast.
pub(super) fn draw_small(scene: &Scene<'_>, table: Table, frame: &mut Frame<'_>, area: Rect) {
    let content = content(scene, table, usize::from(area.height.saturating_sub(1)));
    let rows = content.rows.iter().map(|row| {
        let [first, second] = row.rates;
        // Of protocols the second rate is that of all frames, the first a part of it.
        let both = if table == Table::Protocols {
            first
        } else {
            Rate { frames: first.frames + second.frames, bits: first.bits + second.bits }
        };
        Row::new([row.names.join(" "), format!("{:>8}", shown_rate(scene.state.order, both))])
    });
    let widget = Widget::new(rows, [Constraint::Fill(1), Constraint::Length(8)])
        .block(Block::new().borders(Borders::TOP).title(content.title).title_style(Theme::title()));
    frame.render_widget(widget, area);
}

/// A name that is too long loses its middle: the beginning of an address and the port behind it tell most.
fn shortened(name: &str, width: usize) -> String {
    let length = name.chars().count();
    if length <= width || width == 0 {
        return name.to_owned();
    }
    let (start, end) = ((width - 1) / 2, width / 2);
    name.chars().take(start).chain(['…']).chain(name.chars().skip(length - end)).collect()
}

/// What totals are of in that order; rates are of bits where totals are of bytes.
fn total_name(order: Order) -> &'static str {
    match order {
        Order::Bits | Order::TotalBytes => Order::TotalBytes.name(),
        Order::Frames | Order::TotalFrames => Order::TotalFrames.name(),
    }
}

fn shown_rate(order: Order, rate: Rate) -> String {
    match order {
        Order::Bits | Order::TotalBytes => bits(rate.bits),
        Order::Frames | Order::TotalFrames => count(rate.frames),
    }
}

fn shown_total(order: Order, total: Cell) -> String {
    match order {
        Order::Bits | Order::TotalBytes => bytes(total.bytes),
        Order::Frames | Order::TotalFrames => count(total.frames),
    }
}

/// The first so many rows of a table.
fn content(scene: &Scene<'_>, table: Table, rows: usize) -> Content {
    let (model, order) = (scene.model, scene.state.order);
    match table {
        Table::Flows => Content {
            title: title("Flows", &model.flows, model),
            names: vec![
                ("", Constraint::Length(5)),
                ("first end", Constraint::Fill(1)),
                ("second end", Constraint::Fill(1)),
            ],
            rates: ["first/s", "second/s"],
            rows: ranked(&model.flows, rows, order, |flow| flow_names(*flow)),
        },
        Table::Hosts => Content {
            title: title("Hosts", &model.hosts, model),
            names: vec![("host", Constraint::Fill(1))],
            rates: ["sent/s", "received/s"],
            rows: ranked(&model.hosts, rows, order, |host| vec![host.address().to_string()]),
        },
        Table::Ports => Content {
            title: title("Ports", &model.ports, model),
            names: vec![("port", Constraint::Fill(1))],
            rates: ["from/s", "to/s"],
            rows: ranked(&model.ports, rows, order, |port| {
                vec![format!("{} {}", protocol(port.protocol()), port.number())]
            }),
        },
        Table::Protocols => Content {
            title: "Protocols".to_owned(),
            names: vec![("protocol", Constraint::Fill(1))],
            rates: ["matched", "seen"],
            rows: protocols(scene, rows),
        },
    }
}

fn title<K: Copy + Eq + Hash + Ord>(name: &str, ranking: &Ranking<K>, model: &Model) -> String {
    let missed = match ranking.missed() {
        0 => String::new(),
        missed => format!(", {} frames found no place", count(missed)),
    };
    let seldom = match model.tables_elapsed() {
        elapsed if elapsed > 2 * model.elapsed() => format!(", read each {:.1} s", elapsed.as_secs_f32()),
        _ => String::new(),
    };
    format!("{name} {}, {} evicted{missed}{seldom}", ranking.len(), count(ranking.evicted()))
}

fn ranked<K: Copy + Eq + Hash + Ord>(
    ranking: &Ranking<K>,
    rows: usize,
    order: Order,
    names: impl Fn(&K) -> Vec<String>,
) -> Vec<Shown> {
    let shown = |row: top::Row<K>| Shown {
        names: names(&row.key),
        rates: [row.sent, row.received],
        total: row.total.total(),
    };
    ranking.first(rows, order).into_iter().map(shown).collect()
}

fn flow_names(flow: Flow) -> Vec<String> {
    let ([first, second], [one, other]) = (flow.hosts(), flow.ends());
    vec![protocol(flow.protocol()), end(first, one.port), end(second, other.port)]
}

fn protocols(scene: &Scene<'_>, rows: usize) -> Vec<Shown> {
    let shown = |row: top::ProtocolRow| Shown {
        names: vec![format!("{} {}", row.link.name(), row.transport.name())],
        rates: [row.matched.rate, row.seen.rate],
        total: row.seen.total,
    };
    scene.model.protocols(scene.state.order).into_iter().take(rows).map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_keep_both_ends() {
        let name = "[2001:db8:85a3::8a2e:370:7334]:443";
        let shown = [0, 1, 2, 20, 33, 34, 40].map(|width| shortened(name, width));
        let (nine, cut) = ("[2001:db8…:7334]:443", "[2001:db8:85a3::…2e:370:7334]:443");
        assert_eq!(shown, [name, "…", "…3", nine, cut, name, name]);
    }
}
