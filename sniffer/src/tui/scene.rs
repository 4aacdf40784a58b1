//! The whole picture and where its parts are.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span, Text};

use super::state::{Mode, State, Table};
use super::theme::Theme;
use super::{chart, numbers, popup, tables};
use crate::top::{Model, Subject, count};

/// What is drawn.
pub struct Scene<'a> {
    /// What the user has chosen.
    pub state: &'a State,
    /// The numbers.
    pub model: &'a Model,
    /// What is watched. How much of it is told depends on the terminal here.
    pub subject: Subject<'a>,
    /// The file that is written, if one is.
    pub writing: Option<&'a Writing>,
    /// The styles.
    pub theme: Theme,
}

/// A file that is being written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writing {
    /// Its name.
    pub file: String,
    /// How many frames it has.
    pub written: u64,
    /// How many of those that matched it has not got.
    pub lost: u64,
}

/// Where there is room for all tables at once.
const LARGE: (u16, u16) = (110, 36);

/// Rows of the chart and the numbers.
const HEAD: u16 = 9;

/// Rows of a message, at most.
const MESSAGE: usize = 4;

impl Scene<'_> {
    /// Draws it.
    pub fn draw(&self, frame: &mut Frame<'_>) {
        let foot_lines = self.foot(frame.area().width.into());
        let [bar, head, body, foot] = Layout::vertical([
            Constraint::Length(1),
            Constraint::Length(HEAD),
            Constraint::Min(3),
            Constraint::Length(foot_lines.height() as u16),
        ])
        .areas(frame.area());
        let [left, right] =
            Layout::horizontal([Constraint::Min(30), Constraint::Length(numbers::WIDTH)]).areas(head);
        frame.render_widget(self.bar(bar.width), bar);
        chart::draw(self, frame, left);
        numbers::draw(self, frame, right);
        self.draw_tables(frame, body);
        frame.render_widget(foot_lines, foot);
        match &self.state.mode {
            Mode::Watch => {}
            Mode::Help => popup::help(frame),
            Mode::Prompt(prompt) => popup::prompt(self, prompt, frame),
        }
    }

    fn draw_tables(&self, frame: &mut Frame<'_>, area: Rect) {
        let (width, height) = LARGE;
        if frame.area().width < width || frame.area().height < height {
            return tables::draw(self, self.state.table, frame, area);
        }
        let [main, others] = Layout::vertical([Constraint::Fill(3), Constraint::Fill(2)]).areas(area);
        tables::draw(self, self.state.table, frame, main);
        let places: [Rect; 3] = Layout::horizontal([Constraint::Fill(1); 3]).spacing(1).areas(others);
        let tables = Table::ALL.into_iter().filter(|table| *table != self.state.table);
        for (table, place) in tables.zip(places) {
            tables::draw_small(self, table, frame, place);
        }
    }

    /// The first line: what is watched, and how.
    fn bar(&self, width: u16) -> Line<'_> {
        let expression =
            if self.subject.expression.is_empty() { "all frames" } else { self.subject.expression };
        let state = match (self.state.is_paused, self.writing) {
            (true, _) => " PAUSED ".to_owned(),
            (false, Some(writing)) => {
                format!(
                    " writing {}: {}, {} lost ",
                    writing.file,
                    count(writing.written),
                    count(writing.lost)
                )
            }
            (false, None) => String::new(),
        };
        let left = format!(" sniffer top  {}  {expression}", self.subject.interface);
        let room = usize::from(width).saturating_sub(state.chars().count());
        Line::styled(format!("{left:room$.room$}{state}"), Theme::bar())
    }

    /// The last line: which keys there are. A message is in its place, on as many lines as it needs.
    fn foot(&self, width: usize) -> Text<'_> {
        if !self.state.message.is_empty() {
            let parts = self.state.message.lines().flat_map(|line| {
                let symbols: Vec<char> = line.chars().collect();
                let parts = symbols.chunks(width.max(1));
                parts.map(|part| Line::raw(part.iter().collect::<String>())).collect::<Vec<_>>()
            });
            return parts.take(MESSAGE).collect();
        }
        let keys = [
            ("q", "quit"),
            ("?", "help"),
            ("/", "filter"),
            ("i", "interface"),
            ("Tab", "table"),
            ("s", "sort"),
            ("space", "pause"),
            ("w", "write"),
            ("b", "chart"),
        ];
        let spans = keys
            .iter()
            .flat_map(|(key, what)| [Span::styled(*key, Theme::bar()), Span::raw(format!(" {what} "))]);
        Text::from(spans.collect::<Line<'_>>())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use ratatui::Terminal;
    use ratatui::backend::TestBackend;
    use ratatui::style::Color;
    use sniffer_common::cell;

    use super::*;
    use crate::counters::{
        Cell, Counted, End, Flow, Host, Link, Port, ProcessCost, RunTime, Snapshot, Tallies, Traffic,
        Transport,
    };
    use crate::top::{Order, Sample};
    use crate::tui::{Ask, KeyCode, KeyEvent, KeyModifiers};

    /// After some seconds: a connection, and a name that is asked for.
    fn model() -> Model {
        let sample = |seconds: u64| {
            let (frames, bytes) = (seconds * 1000, seconds * 1_000_000);
            let mut snapshot = Snapshot::default();
            for (transport, frames, bytes) in [(Transport::Tcp, frames, bytes), (Transport::Udp, seconds, 80)]
            {
                let cell = cell(Link::Ipv4, transport) as usize;
                snapshot.seen.cells[cell] = Cell { frames, bytes };
                snapshot.matched.cells[cell] = Cell { frames, bytes };
            }
            let end = |host: u64, port| End { address: [0, 0x0a00_0000 + host], port };
            let traffic = |frames, bytes| Traffic { sent: Cell { frames, bytes }, received: Cell::NONE };
            let flows = vec![
                (Flow::between(end(1, 50_000), end(2, 443), 0x0406), traffic(frames, bytes)),
                (Flow::between(end(1, 40_000), end(3, 53), 0x0411), traffic(seconds, 80 * seconds)),
            ];
            let hosts = vec![(Host::new([0, 0x0a00_0001], true), traffic(frames, bytes))];
            let ports = vec![(Port::new(6, 443), traffic(frames, bytes))];
            Sample {
                at: Duration::from_secs(seconds),
                tallied_at: Duration::from_secs(seconds),
                snapshot,
                tallies: Tallies {
                    flows: Counted { entries: flows, evicted: 7, missed: 0 },
                    hosts: Counted { entries: hosts, evicted: 0, missed: 0 },
                    ports: Counted { entries: ports, evicted: 0, missed: 0 },
                },
                run_time: Some(RunTime { runs: frames, time: Duration::from_nanos(85 * frames) }),
                process: ProcessCost { time: Duration::from_millis(5 * seconds), memory: 12 << 20 },
                tables: 21 << 20,
            }
        };
        let mut model = Model::new(&sample(0));
        (1..30).for_each(|second| model.advance(&sample(second)));
        model
    }

    /// What a terminal of that size shows.
    fn terminal(state: &State, size: (u16, u16), has_colors: bool) -> Terminal<TestBackend> {
        let model = model();
        let scene = Scene {
            state,
            model: &model,
            subject: Subject { interface: "eth0", expression: "tcp or udp", rows: 0, order: state.order },
            writing: None,
            theme: Theme { has_colors, has_braille: true },
        };
        let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).expect("a terminal");
        terminal.draw(|frame| scene.draw(frame)).expect("it is drawn");
        terminal
    }

    fn shown(state: &State, size: (u16, u16)) -> Vec<String> {
        let terminal = terminal(state, size, true);
        let buffer = terminal.backend().buffer();
        let width = usize::from(size.0);
        buffer
            .content()
            .chunks(width)
            .map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect())
            .collect()
    }

    #[track_caller]
    fn check(state: &State, size: (u16, u16), parts: &[&str]) {
        let shown = shown(state, size);
        for part in parts {
            assert!(shown.iter().any(|line| line.contains(part)), "no {part:?} in\n{}", shown.join("\n"));
        }
    }

    #[test]
    fn a_small_terminal_shows_what_matters_of_each_panel() {
        let parts = [
            " sniffer top  eth0  tcp or udp",
            "seen",
            "29029",
            "85 ns",
            "12.0 MiB",
            "8.00 Mb",
            "Flows 2, 7 evicted",
            "10.0.0.1:50000",
            "10.0.0.2:443",
            "10.0.0.3:53",
            "q quit ? help",
        ];
        check(&State::default(), (80, 24), &parts);
        let points = shown(&State::default(), (80, 24)).concat();
        assert!(points.chars().any(|symbol| ('\u{2801}'..='\u{28ff}').contains(&symbol)), "a chart is drawn");
    }

    #[test]
    fn each_table_has_a_key_and_large_terminals_show_all() {
        for (table, part) in
            [(Table::Hosts, "Hosts 1"), (Table::Ports, "tcp 443"), (Table::Protocols, "ipv4 tcp")]
        {
            check(&State { table, ..State::default() }, (80, 24), &[part]);
        }
        check(&State::default(), (160, 50), &["Flows 2", "Hosts 1", "Ports 1", "Protocols", "tcp 443"]);
    }

    #[test]
    fn rows_follow_the_order_and_the_arrows() {
        let state = State { order: Order::TotalFrames, offset: 1, ..State::default() };
        let shown = shown(&state, (80, 24)).join("\n");
        assert!(!shown.contains("10.0.0.1:50000") && shown.contains("10.0.0.1:40000"), "{shown}");
        assert!(shown.contains("frames"), "{shown}");
        // One cannot go beyond the last row.
        check(&State { offset: 1000, ..State::default() }, (80, 24), &["10.0.0.1:40000"]);
    }

    #[test]
    fn a_refused_expression_has_its_caret_under_it() {
        let mut state = State::default();
        state.ask(Ask::Expression, "tcp prt 80", Vec::new());
        state.refuse(
            "can't parse filter expression: syntax error\n  tcp prt 80\n      ^~~ expected 'and'".to_owned(),
        );
        let shown = shown(&state, (80, 24));
        let typed = shown.iter().position(|line| line.contains("tcp prt 80")).expect("it is shown");
        let column = |line: &str, part: &str| line.find(part).map(|at| line[..at].chars().count());
        assert_eq!(column(&shown[typed + 1], "^~~"), column(&shown[typed], "prt"), "{}", shown.join("\n"));
        assert!(shown.iter().any(|line| line.contains("syntax error")));
    }

    #[test]
    fn a_long_message_is_shown_whole() {
        let message = format!("{}: No space left on device (5 frames written)", "x".repeat(100));
        let state = State { message: message.clone(), ..State::default() };
        let shown = shown(&state, (80, 24));
        assert_eq!(shown[22..].concat().trim_end(), message);
        assert!(shown.iter().any(|line| line.contains("Flows 2, 7 evicted")), "{}", shown.join("\n"));
    }

    #[test]
    fn help_lists_the_keys() {
        let mut state = State::default();
        state.press(KeyEvent::new(KeyCode::Char('?'), KeyModifiers::NONE));
        check(&state, (80, 24), &["F4", "pause", "interface", "write"]);
    }

    #[test]
    fn without_colors_there_is_none() {
        let terminal = terminal(&State::default(), (80, 24), false);
        let is_plain = |cell: &ratatui::buffer::Cell| cell.fg == Color::Reset && cell.bg == Color::Reset;
        assert!(terminal.backend().buffer().content().iter().all(is_plain));
    }

    #[test]
    fn no_size_is_too_small_to_be_drawn() {
        let mut prompt = State::default();
        prompt.ask(Ask::File, "a name", vec!["a choice".to_owned()]);
        let help = State { mode: Mode::Help, ..State::default() };
        for state in [State::default(), prompt, help] {
            for size in [(1, 1), (2, 3), (10, 5), (20, 12), (40, 10), (300, 100)] {
                shown(&state, size);
            }
        }
    }
}
