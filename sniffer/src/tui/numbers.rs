//! The ledger, and what watching costs.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Text};
use ratatui::widgets::{Block, Paragraph};

use super::scene::Scene;
use super::theme::Theme;
use crate::top::{bytes, hundredths};

/// Columns of the panel.
pub(super) const WIDTH: u16 = 32;

/// Draws both.
pub(super) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let (ledger, cost) = (scene.model.ledger(), scene.model.cost());
    let row = |name: &str, number: u64| Line::raw(format!("{name:<12}{number:>18}"));
    let fault = row("faults", ledger.kept_on_error);
    let kernel = match (cost.kernel, cost.nanos_a_frame) {
        (Some(share), nanos) => {
            let nanos = nanos.map_or("-".to_owned(), |nanos| format!("{nanos} ns/frame"));
            format!("kernel{nanos:>15} {:>6} %", hundredths(share))
        }
        (None, _) => "kernel         not measured".to_owned(),
    };
    let text = Text::from(vec![
        row("seen", ledger.seen),
        row("not matched", ledger.not_matched()),
        row("matched", ledger.matched),
        if ledger.kept_on_error > 0 { fault.style(scene.theme.alarm()) } else { fault },
        Line::raw(kernel),
        Line::raw(format!("process{:>14} {:>6} %", bytes(cost.memory), hundredths(cost.process))),
        Line::raw(format!("tables{:>15}", bytes(cost.tables))),
    ]);
    let block = Block::bordered().title("frames, and the cost").title_style(Theme::title());
    frame.render_widget(Paragraph::new(text).block(block), area);
}
