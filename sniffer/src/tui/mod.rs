//! The live view: what is typed changes a [`State`], and a [`Scene`] is drawn from it and from the numbers of `top`. Knows no
//! capture, no map and no filter.
#![forbid(unsafe_code)]

mod scene;
mod screen;
mod state;

mod chart;
mod line;
mod numbers;
mod popup;
mod tables;
mod theme;

pub use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
pub use scene::{Scene, Writing};
pub use screen::{Input, Screen};
pub use state::{Action, Ask, Mode, State, Table, Unit};
pub use theme::Theme;
