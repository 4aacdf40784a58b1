//! Rates over time.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Axis, Block, Chart, Dataset, GraphType};

use super::scene::Scene;
use super::state::Unit;
use super::theme::Theme;
use crate::top::{Rate, bits, count};

/// Draws seen and matched, the newest at the right.
pub(super) fn draw(scene: &Scene<'_>, frame: &mut Frame<'_>, area: Rect) {
    let unit = scene.state.unit;
    // A column has two points of braille; labels and borders take some columns.
    let columns = usize::from(area.width.saturating_sub(11)).max(1) * 2;
    let skipped = scene.model.history().len().saturating_sub(columns);
    let points = |rate: fn(&crate::top::Point) -> Rate| -> Vec<(f64, f64)> {
        let rates = scene.model.history().skip(skipped).map(|point| value(unit, rate(point)));
        (0_u32..).map(f64::from).zip(rates.map(float)).collect()
    };
    let (seen, matched) = (points(|point| point.seen), points(|point| point.matched));
    let peak = scene.model.history().skip(skipped).map(|point| value(unit, point.seen)).max();
    let top = peak.unwrap_or(0).max(1);
    let dataset = |name, data, style| {
        Dataset::default()
            .name(name)
            .marker(scene.theme.marker())
            .graph_type(GraphType::Line)
            .data(data)
            .style(style)
    };
    let datasets =
        vec![dataset("seen", &seen, scene.theme.seen()), dataset("matched", &matched, scene.theme.matched())];
    let end = f64::from(u32::try_from(columns).unwrap_or(u32::MAX));
    let chart = Chart::new(datasets)
        .block(Block::bordered().title(title(scene)))
        .legend_position(None)
        .x_axis(Axis::default().bounds([0.0, end]))
        .y_axis(Axis::default().bounds([0.0, float(top)]).labels(["0".to_owned(), label(unit, top)]));
    frame.render_widget(chart, area);
}

/// What the lines are, and where they are now.
fn title(scene: &Scene<'_>) -> Line<'static> {
    let unit = scene.state.unit;
    let name = if unit == Unit::Bits { "bits/s" } else { "frames/s" };
    let now = |rate| label(unit, value(unit, rate));
    let (seen, matched) = (scene.model.seen().rate, scene.model.matched().rate);
    Line::from(vec![
        Span::styled(format!("{name}: "), Theme::title()),
        Span::styled(format!("seen {} ", now(seen)), scene.theme.seen()),
        Span::styled(format!("matched {}", now(matched)), scene.theme.matched()),
    ])
}

fn value(unit: Unit, rate: Rate) -> u64 {
    match unit {
        Unit::Bits => rate.bits,
        Unit::Frames => rate.frames,
    }
}

fn label(unit: Unit, value: u64) -> String {
    match unit {
        Unit::Bits => bits(value),
        Unit::Frames => count(value),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a terminal has few rows")]
fn float(number: u64) -> f64 {
    number as f64
}
