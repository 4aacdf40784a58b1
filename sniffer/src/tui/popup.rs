//! What lies over the rest: help, and lines that are typed.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Text};
use ratatui::widgets::{Block, Clear, Paragraph, Wrap};

use super::scene::Scene;
use super::state::{Ask, Prompt};
use super::theme::Theme;

/// The keys.
const HELP: &[(&str, &str)] = &[
    ("/ f F4", "filter: count by another expression from here on"),
    ("i", "interface: watch another one"),
    ("w", "write what matches to a file; again: stop writing"),
    ("Tab 1 2 3 4", "table: flows, hosts, ports, protocols"),
    ("s F6", "sort by bits/s, frames/s, bytes, frames"),
    ("b", "chart of bits or of frames"),
    ("space p", "pause: the numbers stand still, the kernel counts on"),
    ("arrows, PgUp PgDn", "other rows"),
    ("? h F1", "this help"),
    ("q F10 Ctrl-C", "quit"),
];

/// Draws the keys.
pub(super) fn help(frame: &mut Frame<'_>) {
    let lines = HELP.iter().map(|(keys, what)| Line::raw(format!(" {keys:<18} {what}")));
    let area = centered(frame.area(), 76, HELP.len() as u16 + 2);
    let block = Block::bordered().title("keys (any ends this)").title_style(Theme::title());
    frame.render_widget(Clear, area);
    frame.render_widget(Paragraph::new(lines.collect::<Text<'_>>()).block(block), area);
}

/// How far what is typed is from the border, as errors have it.
const INDENT: &str = "  ";

/// Draws a line that is typed, and what was wrong with it.
pub(super) fn prompt(scene: &Scene<'_>, prompt: &Prompt, frame: &mut Frame<'_>) {
    let title = match prompt.ask {
        Ask::Expression => "filter expression (Enter: use it, Esc: leave it)",
        Ask::Interface => "interface (arrows: others, Enter: watch it, Esc: leave it)",
        Ask::File => "file for what matches (Enter: write it, Esc: leave it)",
    };
    let text = prompt.line.text();
    let mut lines = vec![Line::raw(format!("{INDENT}{text}"))];
    lines.extend(errors(&text, &prompt.error).map(|line| Line::styled(line, scene.theme.alarm())));
    let area = centered(frame.area(), 78, lines.len().max(4) as u16 + 2);
    let block = Block::bordered().title(title).title_style(Theme::title());
    frame.render_widget(Clear, area);
    frame.render_widget(Paragraph::new(lines).block(block).wrap(Wrap { trim: false }), area);
    let column = 1 + INDENT.len() + prompt.line.cursor();
    let column = u16::try_from(column).unwrap_or(u16::MAX).min(area.width.saturating_sub(2));
    frame.set_cursor_position(Position::new(area.x.saturating_add(column), area.y + 1));
}

/// The lines of an error. The one that says what was typed is left out: it stands above, and the caret comes under it.
fn errors<'a>(text: &str, error: &'a str) -> impl Iterator<Item = &'a str> {
    let (message, place) = error.split_once('\n').unwrap_or((error, ""));
    let place = match place.split_once('\n') {
        Some((shown, caret)) if shown.trim_start() == text.trim_start() => caret,
        _ => place,
    };
    place.lines().chain(message.lines())
}

/// A place of that size in the middle, as far as there is room.
fn centered(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect::new(area.x + (area.width - width) / 2, area.y + (area.height - height) / 2, width, height)
}
