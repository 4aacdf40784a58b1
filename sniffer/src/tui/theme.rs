//! Styles. Without colours everything is told by words, bold and reverse video.

use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::Marker;

/// What the terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Colours, and whether to use them.
    pub has_colors: bool,
    /// The dots of braille, of which a chart has eight in the place of a letter.
    pub has_braille: bool,
}

impl Theme {
    fn colored(self, color: Color) -> Style {
        if self.has_colors { Style::new().fg(color) } else { Style::new() }
    }

    /// What points of a chart are drawn with.
    pub(super) fn marker(self) -> Marker {
        if self.has_braille { Marker::Braille } else { Marker::Block }
    }

    /// All frames.
    pub(super) fn seen(self) -> Style {
        self.colored(Color::Blue)
    }

    /// Those that the filter wants.
    pub(super) fn matched(self) -> Style {
        self.colored(Color::Green).add_modifier(Modifier::BOLD)
    }

    /// Titles of panels.
    pub(super) fn title() -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The first line, the names of columns, keys.
    pub(super) fn bar() -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// What went wrong, and what is lost.
    pub(super) fn alarm(self) -> Style {
        self.colored(Color::Red).add_modifier(Modifier::BOLD)
    }
}
