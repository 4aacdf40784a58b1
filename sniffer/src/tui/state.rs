//! What the user has chosen to see, and what is being typed. Pure: a key changes the state, and what has to be done outside
//! comes out as an [`Action`].

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::line::Line;
use crate::top::Order;

/// The tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Table {
    /// Between two ends.
    #[default]
    Flows,
    /// To and from an address.
    Hosts,
    /// To and from a port.
    Ports,
    /// By link class and transport class.
    Protocols,
}

impl Table {
    /// All of them, in the order of their keys.
    pub const ALL: [Self; 4] = [Self::Flows, Self::Hosts, Self::Ports, Self::Protocols];

    fn step(self, by: usize) -> Self {
        Self::ALL[(self as usize + by) % Self::ALL.len()]
    }
}

/// What the chart shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Bits a second.
    #[default]
    Bits,
    /// Frames a second.
    Frames,
}

/// What is asked for on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// What to count beside all frames.
    Expression,
    /// The interface to watch.
    Interface,
    /// The file for the frames that match.
    File,
}

/// What has to be done outside of the view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// End.
    Quit,
    /// Have a line typed: [`State::ask`] begins that.
    Ask(Ask),
    /// Do what was typed, then [`State::done`] or [`State::refuse`].
    Answer(Ask, String),
}

/// A line that is being typed, and what was wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    pub(super) ask: Ask,
    pub(super) line: Line,
    pub(super) choices: Vec<String>,
    pub(super) error: String,
}

/// What keys mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// They change what is shown.
    #[default]
    Watch,
    /// Any ends it.
    Help,
    /// They are typed.
    Prompt(Prompt),
}

/// What the user has chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// The table that has the most room.
    pub table: Table,
    /// The order of all tables.
    pub order: Order,
    /// How many rows of it are above what is shown.
    pub offset: usize,
    /// What the chart shows.
    pub unit: Unit,
    /// Whether the numbers stand still; the kernel goes on counting.
    pub is_paused: bool,
    /// What keys mean.
    pub mode: Mode,
    /// What there is to say of what was done last.
    pub message: String,
}

/// How far a page goes.
const PAGE: usize = 10;

impl State {
    /// Changes the state as a key asks for.
    pub fn press(&mut self, key: KeyEvent) -> Option<Action> {
        if key.modifiers.contains(KeyModifiers::CONTROL) && key.code == KeyCode::Char('c') {
            return Some(Action::Quit);
        }
        match &mut self.mode {
            Mode::Watch => self.press_watching(key.code),
            Mode::Help => {
                self.mode = Mode::Watch;
                None
            }
            Mode::Prompt(prompt) => match key.code {
                KeyCode::Esc => {
                    self.mode = Mode::Watch;
                    None
                }
                KeyCode::Enter => Some(Action::Answer(prompt.ask, prompt.line.text())),
                _ => {
                    prompt.press(key);
                    None
                }
            },
        }
    }

    fn press_watching(&mut self, key: KeyCode) -> Option<Action> {
        self.message.clear();
        match key {
            KeyCode::Char('q') | KeyCode::F(10) => return Some(Action::Quit),
            KeyCode::Char('/' | 'f' | '\\') | KeyCode::F(4) => return Some(Action::Ask(Ask::Expression)),
            KeyCode::Char('i') => return Some(Action::Ask(Ask::Interface)),
            KeyCode::Char('w') => return Some(Action::Ask(Ask::File)),
            KeyCode::Char('?' | 'h') | KeyCode::F(1) => self.mode = Mode::Help,
            KeyCode::Char('s' | '>') | KeyCode::F(6) => self.order = self.order.next(),
            KeyCode::Char('b') => {
                self.unit = if self.unit == Unit::Bits { Unit::Frames } else { Unit::Bits };
            }
            KeyCode::Char('p' | ' ') => self.is_paused = !self.is_paused,
            KeyCode::Char(digit @ '1'..='4') => self.show(Table::ALL[digit as usize - '1' as usize]),
            KeyCode::Tab => self.show(self.table.step(1)),
            KeyCode::BackTab => self.show(self.table.step(Table::ALL.len() - 1)),
            KeyCode::Down | KeyCode::Char('j') => self.offset += 1,
            KeyCode::Up | KeyCode::Char('k') => self.offset = self.offset.saturating_sub(1),
            KeyCode::PageDown => self.offset += PAGE,
            KeyCode::PageUp => self.offset = self.offset.saturating_sub(PAGE),
            KeyCode::Home => self.offset = 0,
            _ => {}
        }
        None
    }

    fn show(&mut self, table: Table) {
        (self.table, self.offset) = (table, 0);
    }

    /// The table has so many rows: the last one is the last that one can go to.
    pub fn stay_within(&mut self, rows: usize) {
        self.offset = self.offset.min(rows.saturating_sub(1));
    }

    /// Begins to have a line typed, with that text on it; the choices are what the arrows put there.
    pub fn ask(&mut self, ask: Ask, text: &str, choices: Vec<String>) {
        self.mode = Mode::Prompt(Prompt { ask, line: Line::new(text), choices, error: String::new() });
    }

    /// What was typed has been done.
    pub fn done(&mut self, message: String) {
        (self.mode, self.message) = (Mode::Watch, message);
    }

    /// What was typed cannot be done; the line stays, to be mended.
    pub fn refuse(&mut self, why: String) {
        match &mut self.mode {
            Mode::Prompt(prompt) => prompt.error = why,
            Mode::Watch | Mode::Help => self.message = why,
        }
    }
}

impl Prompt {
    fn press(&mut self, key: KeyEvent) {
        let step = match key.code {
            KeyCode::Down | KeyCode::Tab => 1,
            KeyCode::Up | KeyCode::BackTab => self.choices.len().saturating_sub(1),
            _ => {
                if self.line.press(key) {
                    self.error.clear();
                }
                return;
            }
        };
        let typed = self.line.text();
        let next = self.choices.iter().position(|choice| *choice == typed).map_or(0, |place| place + step);
        if let Some(choice) = self.choices.get(next % self.choices.len().max(1)) {
            self.line = Line::new(choice);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(state: &mut State, code: KeyCode) -> Option<Action> {
        state.press(KeyEvent::new(code, KeyModifiers::NONE))
    }

    #[test]
    fn keys_choose_what_is_shown() {
        let mut state = State::default();
        press(&mut state, KeyCode::PageDown);
        assert_eq!(state.offset, PAGE);
        state.stay_within(PAGE / 2);
        press(&mut state, KeyCode::Up);
        assert_eq!(state.offset, PAGE / 2 - 2);
        press(&mut state, KeyCode::Tab);
        assert_eq!((state.table, state.offset), (Table::Hosts, 0));
        press(&mut state, KeyCode::Char('4'));
        press(&mut state, KeyCode::Tab);
        assert_eq!(state.table, Table::Flows);
        press(&mut state, KeyCode::BackTab);
        assert_eq!(state.table, Table::Protocols);
        press(&mut state, KeyCode::Char('s'));
        press(&mut state, KeyCode::Char('b'));
        press(&mut state, KeyCode::Char(' '));
        assert_eq!((state.order, state.unit, state.is_paused), (Order::Frames, Unit::Frames, true));
        press(&mut state, KeyCode::Char('?'));
        // In the help every key means that it was read.
        assert_eq!((state.mode.clone(), press(&mut state, KeyCode::Char('q'))), (Mode::Help, None));
        assert_eq!(press(&mut state, KeyCode::Char('q')), Some(Action::Quit));
    }

    #[test]
    fn a_line_that_is_refused_stays_to_be_mended() {
        let mut state = State::default();
        assert_eq!(press(&mut state, KeyCode::Char('/')), Some(Action::Ask(Ask::Expression)));
        state.ask(Ask::Expression, "tc", Vec::new());
        assert_eq!(press(&mut state, KeyCode::Char('q')), None);
        let answer = |text: &str| Some(Action::Answer(Ask::Expression, text.to_owned()));
        assert_eq!(press(&mut state, KeyCode::Enter), answer("tcq"));
        state.refuse("no such word".to_owned());
        press(&mut state, KeyCode::Backspace);
        press(&mut state, KeyCode::Char('p'));
        let Mode::Prompt(prompt) = &state.mode else { panic!("the line is there") };
        assert!(prompt.error.is_empty());
        assert_eq!(press(&mut state, KeyCode::Enter), answer("tcp"));
        state.done("done".to_owned());
        assert_eq!((state.mode.clone(), state.message.as_str()), (Mode::Watch, "done"));
        // What comes of something that nobody types any more is told all the same.
        state.refuse("too late".to_owned());
        assert_eq!(state.message, "too late");
        press(&mut state, KeyCode::Tab);
        assert!(state.message.is_empty(), "a message is there until the next key");
    }

    #[test]
    fn arrows_go_through_the_choices() {
        let mut state = State::default();
        state.ask(Ask::Interface, "eth1", vec!["eth0".to_owned(), "eth1".to_owned(), "lo".to_owned()]);
        let mut typed = |code| {
            press(&mut state, code);
            press(&mut state, KeyCode::Enter)
        };
        let answer = |text: &str| Some(Action::Answer(Ask::Interface, text.to_owned()));
        assert_eq!(typed(KeyCode::Down), answer("lo"));
        assert_eq!(typed(KeyCode::Down), answer("eth0"));
        assert_eq!(typed(KeyCode::Up), answer("lo"));
        assert_eq!(press(&mut state, KeyCode::Esc), None);
        assert_eq!(state.mode, Mode::Watch);
        let quit = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
        assert_eq!(state.press(quit), Some(Action::Quit));
    }
}
