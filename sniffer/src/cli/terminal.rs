//! What the environment says of the terminal. Knows nothing of what is shown there.

use std::env;

/// The kind of terminal, as `TERM` names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Terminal {
    kind: String,
    /// Whether `NO_COLOR` is set (<https://no-color.org>).
    no_color: bool,
}

impl Terminal {
    /// The one of this process.
    pub(crate) fn of_environment() -> Self {
        let kind = env::var_os("TERM").unwrap_or_default().to_string_lossy().into_owned();
        let no_color = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self { kind, no_color }
    }

    /// Whether it can do no more than print lines.
    pub(crate) fn is_dumb(&self) -> bool {
        self.kind.is_empty() || self.kind == "dumb"
    }

    /// Whether it has colours, and they are wanted. Terminals of DEC's older series have none.
    pub(crate) fn has_colors(&self) -> bool {
        let is_monochrome = ["vt1", "vt2"].iter().any(|series| self.kind.starts_with(series));
        !self.no_color && !self.is_dumb() && !is_monochrome
    }

    /// Whether it has the dots of braille: the fonts of the kernel's own console have not.
    pub(crate) fn has_braille(&self) -> bool {
        self.kind != "linux"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: &str, expected: [bool; 3]) {
        let terminal = |no_color| Terminal { kind: kind.to_owned(), no_color };
        let found = terminal(false);
        assert_eq!([found.is_dumb(), found.has_colors(), found.has_braille()], expected, "{kind}");
        assert!(!terminal(true).has_colors());
    }

    #[test]
    fn kinds_of_terminals_can_do_different_things() {
        check("xterm-256color", [false, true, true]);
        check("screen", [false, true, true]);
        check("linux", [false, true, false]);
        check("vt100", [false, false, true]);
        check("vt220", [false, false, true]);
        check("dumb", [true, false, true]);
        check("", [true, false, true]);
    }
}
