//! A line that is being typed.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// Its text, and where the next character goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    before: String,
    after: String,
}

impl Line {
    /// That text with the cursor behind it.
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self { before: text.into(), after: String::new() }
    }

    pub(super) fn text(&self) -> String {
        format!("{}{}", self.before, self.after)
    }

    /// How many characters stand before the cursor.
    pub(super) fn cursor(&self) -> usize {
        self.before.chars().count()
    }

    /// Changes the line as shells do. False when the key means nothing here.
    pub(super) fn press(&mut self, key: KeyEvent) -> bool {
        let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char('a') if is_control => self.go_to_start(),
            KeyCode::Char('e') if is_control => self.go_to_end(),
            KeyCode::Char('u') if is_control => self.before.clear(),
            KeyCode::Char('w') if is_control => {
                let kept = self.before.trim_end().rfind(' ').map_or(0, |blank| blank + 1);
                self.before.truncate(kept);
            }
            KeyCode::Char(character) if !is_control => self.before.push(character),
            KeyCode::Backspace => drop(self.before.pop()),
            KeyCode::Delete => drop(remove_first(&mut self.after)),
            KeyCode::Left => {
                if let Some(character) = self.before.pop() {
                    self.after.insert(0, character);
                }
            }
            KeyCode::Right => self.before.extend(remove_first(&mut self.after)),
            KeyCode::Home => self.go_to_start(),
            KeyCode::End => self.go_to_end(),
            _ => return false,
        }
        true
    }

    fn go_to_start(&mut self) {
        self.after.insert_str(0, &std::mem::take(&mut self.before));
    }

    fn go_to_end(&mut self) {
        self.before.push_str(&std::mem::take(&mut self.after));
    }
}

fn remove_first(text: &mut String) -> Option<char> {
    (!text.is_empty()).then(|| text.remove(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_edit_at_the_cursor() {
        let mut line = Line::new("tcp prt 80");
        let press = |line: &mut Line, code, modifiers| assert!(line.press(KeyEvent::new(code, modifiers)));
        for _ in 0..5 {
            press(&mut line, KeyCode::Left, KeyModifiers::NONE);
        }
        press(&mut line, KeyCode::Char('o'), KeyModifiers::NONE);
        assert_eq!((line.text().as_str(), line.cursor()), ("tcp port 80", 6));
        press(&mut line, KeyCode::Delete, KeyModifiers::NONE);
        press(&mut line, KeyCode::Backspace, KeyModifiers::NONE);
        assert_eq!((line.text().as_str(), line.cursor()), ("tcp pt 80", 5));
        press(&mut line, KeyCode::End, KeyModifiers::NONE);
        press(&mut line, KeyCode::Char('w'), KeyModifiers::CONTROL);
        assert_eq!((line.text().as_str(), line.cursor()), ("tcp pt ", 7));
        press(&mut line, KeyCode::Home, KeyModifiers::NONE);
        press(&mut line, KeyCode::Char('ä'), KeyModifiers::NONE);
        assert_eq!((line.text().as_str(), line.cursor()), ("ätcp pt ", 1));
        press(&mut line, KeyCode::Char('u'), KeyModifiers::CONTROL);
        press(&mut line, KeyCode::Backspace, KeyModifiers::NONE);
        assert_eq!((line.text().as_str(), line.cursor()), ("tcp pt ", 0));
        assert!(!line.press(KeyEvent::new(KeyCode::F(1), KeyModifiers::NONE)));
    }
}
