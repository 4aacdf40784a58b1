//! The terminal: taken over while this lives, and given back whatever way the program ends.

use std::io::{self, Stdout, Write as _};
use std::panic;
use std::sync::Once;

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{self, Event, KeyEvent, KeyEventKind};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};

use super::scene::Scene;

/// The terminal, taken over.
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Stdout>>,
}

/// What comes from the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed.
    Key(KeyEvent),
    /// It has another size, so that all has to be drawn anew.
    Resize,
}

impl Screen {
    /// Takes the terminal over. A panic gives it back before it is told.
    ///
    /// # Errors
    /// When standard output is no terminal, or does not do what it is told.
    pub fn open() -> io::Result<Self> {
        static HOOK: Once = Once::new();
        HOOK.call_once(|| {
            let told = panic::take_hook();
            panic::set_hook(Box::new(move |panic| {
                restore();
                told(panic);
            }));
        });
        enable_raw_mode()?;
        // From here on it is given back when this is dropped.
        let screen = Self { terminal: Terminal::new(CrosstermBackend::new(io::stdout()))? };
        // Not by `Terminal::clear`, which asks where the cursor is: not every terminal answers, nor each in time.
        execute!(io::stdout(), EnterAlternateScreen, Clear(ClearType::All))?;
        Ok(screen)
    }

    /// Draws what has changed.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn draw(&mut self, scene: &Scene<'_>) -> io::Result<()> {
        self.terminal.draw(|frame| scene.draw(frame)).map(drop)
    }

    /// Waits for what comes next from the terminal, whoever has it. For a thread of its own.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn input() -> io::Result<Input> {
        loop {
            match event::read()? {
                Event::Key(key) if key.kind == KeyEventKind::Press => return Ok(Input::Key(key)),
                Event::Resize(..) => return Ok(Input::Resize),
                _ => {}
            }
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        restore();
    }
}

/// Gives the terminal back. There is nobody to tell when that fails.
fn restore() {
    let _ = disable_raw_mode();
    let _ = execute!(io::stdout(), LeaveAlternateScreen, Show);
    let _ = io::stdout().flush();
}
