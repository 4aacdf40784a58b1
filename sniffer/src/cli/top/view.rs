//! The live view on the terminal: keys, signals and the clock come together here.

use std::path::Path;
use std::thread;

use anyhow::{Context as _, ensure};
use sniffer::capture::Interface;
use sniffer::top::{Model, Subject};
use sniffer::tui::{Action, Ask, Input, Scene, Screen, State, Table, Theme};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::args::{Args, Plans};
use super::file::{self, File};
use super::watch::Watch;
use crate::cli::control::{Control, Order, Request};
use crate::cli::message;
use crate::cli::metrics::{Scrape, Server};
use crate::cli::netns::Namespace;
use crate::cli::signals::{Event, Signals};
use crate::cli::summary;

/// The view and all that it shows.
struct View<'a> {
    args: &'a Args,
    plans: Plans<'a>,
    watch: Watch,
    model: Box<Model>,
    state: State,
    theme: Theme,
    file: Option<File>,
    /// What other parts have to say while the screen is taken.
    notices: UnboundedReceiver<String>,
}

/// What is to be done next.
enum Next {
    Input(Input),
    Tick,
    Request(Request),
    Scrape(Scrape),
    Notice(String),
    /// The file has ended by itself.
    Written(String),
    Quit,
}

/// Shows the view until it is told to end.
pub(crate) async fn show(args: &Args, theme: Theme) -> anyhow::Result<()> {
    let mut signals = Signals::listen_but_for_ends()?;
    let mut server = Server::listen(args.metrics).await?;
    let mut view = View::start(args, theme)?;
    signals.listen_to_ends()?;
    let mut control = Control::open(!view.plans.sets.is_empty(), true);
    let screen = Screen::open().context("the terminal")?;
    let ended = view.run(screen, &mut signals, (&mut control, &mut server)).await;
    summary::say_on_standard_error();
    let left = view.end().await;
    ended.and(left)
}

impl<'a> View<'a> {
    fn start(args: &'a Args, theme: Theme) -> anyhow::Result<Self> {
        let plans = Plans::new(args)?;
        let mut watch = Watch::start(plans.counting(args.interface.clone(), args.expression()))?;
        let model = Box::new(Model::new(watch.sample()?));
        let (sender, notices) = unbounded_channel();
        summary::say_to(sender);
        Ok(Self { args, plans, watch, model, state: State::default(), theme, file: None, notices })
    }

    /// Draws, waits, and does what came, until that is to end.
    async fn run(
        &mut self,
        mut screen: Screen,
        signals: &mut Signals,
        (control, server): (&mut Control, &mut Server),
    ) -> anyhow::Result<()> {
        let mut inputs = inputs()?;
        let mut ticks = super::ticks(self.args);
        loop {
            self.draw(&mut screen)?;
            let next = tokio::select! {
                end = self.watch.end() => return end,
                event = signals.next() => if event == Event::Stop { Next::Quit } else { continue },
                input = inputs.recv() => input.map_or(Next::Quit, Next::Input),
                request = control.next() => Next::Request(request),
                scrape = server.next() => Next::Scrape(scrape),
                Some(notice) = self.notices.recv() => Next::Notice(notice),
                told = ended(self.file.as_mut()) => Next::Written(told),
                _ = ticks.tick() => Next::Tick,
            };
            match next {
                Next::Input(Input::Resize) => {}
                Next::Input(Input::Key(key)) => match self.state.press(key) {
                    Some(Action::Quit) => return Ok(()),
                    Some(Action::Ask(ask)) => self.ask(ask).await,
                    Some(Action::Answer(ask, answer)) => self.answer(ask, &answer).await,
                    None => self.state.stay_within(self.rows()),
                },
                Next::Tick => self.tick().await?,
                Next::Request(request) => request.answer(|order| self.obey(order)),
                Next::Scrape(scrape) => scrape.answer(self.watch.readings().await?.text()?),
                Next::Notice(notice) => self.state.message = notice,
                Next::Written(told) => (self.file, self.state.message) = (None, told),
                Next::Quit => return Ok(()),
            }
        }
    }

    fn draw(&self, screen: &mut Screen) -> anyhow::Result<()> {
        let subject = Subject {
            interface: self.watch.interfaces(),
            expression: self.watch.expression(),
            rows: usize::from(self.args.rows),
            order: self.state.order,
        };
        let writing = self.file.as_ref().map(File::writing);
        let (state, model, theme) = (&self.state, &self.model, self.theme);
        screen.draw(&Scene { state, model, subject, writing, theme }).context("the terminal")
    }

    /// How many rows the table has.
    fn rows(&self) -> usize {
        match self.state.table {
            Table::Flows => self.model.flows.len(),
            Table::Hosts => self.model.hosts.len(),
            Table::Ports => self.model.ports.len(),
            Table::Protocols => self.model.protocols(self.state.order).len(),
        }
    }

    /// Takes the numbers in, unless they are to stand still.
    async fn tick(&mut self) -> anyhow::Result<()> {
        if let Some(file) = &mut self.file {
            file.update().await?;
        }
        if !self.state.is_paused {
            self.model.advance(self.watch.sample()?);
        }
        Ok(())
    }

    /// Has a line typed, or ends what there is of it.
    async fn ask(&mut self, ask: Ask) {
        match ask {
            Ask::Expression => self.state.ask(ask, self.watch.expression(), Vec::new()),
            Ask::Interface => {
                let names = self.interfaces().unwrap_or_default();
                self.state.ask(ask, self.watch.interfaces(), names);
            }
            Ask::File => match self.file.take() {
                Some(file) => self.state.message = file.finish().await,
                None => self.state.ask(ask, &File::proposal(), Vec::new()),
            },
        }
    }

    fn interfaces(&self) -> anyhow::Result<Vec<String>> {
        let list = Namespace::open(self.args.netns())?.run(Interface::list)??;
        Ok(list.into_iter().map(|interface| interface.name).collect())
    }

    /// Does what was typed.
    async fn answer(&mut self, ask: Ask, answer: &str) {
        let done = match ask {
            Ask::Expression => self.set_expression(answer),
            Ask::Interface => self.set_interfaces(answer).await,
            Ask::File => self.write(answer),
        };
        match done {
            Ok(message) => self.state.done(message),
            Err(error) => self.state.refuse(message(&error)),
        }
    }

    fn set_expression(&mut self, expression: &str) -> anyhow::Result<String> {
        let (watch, file) = (&mut self.watch, &mut self.file);
        self.plans.sets.with_another_expression(|| {
            watch.set_expression(expression)?;
            file.as_mut().map_or(Ok(()), |file| file.set_expression(expression))
        })?;
        Ok(String::new())
    }

    /// Changes a set.
    fn obey(&mut self, order: &Order) -> anyhow::Result<String> {
        let (watch, file) = (&mut self.watch, &mut self.file);
        self.plans.sets.obey(order, || {
            watch.renew()?;
            file.as_mut().map_or(Ok(()), File::renew)
        })
    }

    async fn set_interfaces(&mut self, names: &str) -> anyhow::Result<String> {
        ensure!(
            self.file.is_none(),
            "frames of {} are being written: stop that first (w)",
            self.watch.interfaces()
        );
        let plan = self.plans.counting(words(names), self.watch.expression().to_owned());
        let mut old = std::mem::replace(&mut self.watch, Watch::start(plan)?);
        old.stop();
        old.end().await?;
        *self.model = Model::new(self.watch.sample()?);
        Ok(String::new())
    }

    fn write(&mut self, name: &str) -> anyhow::Result<String> {
        ensure!(!name.is_empty() && !Path::new(name).exists(), "there is a file of that name: type another");
        let (interfaces, expression) = (words(self.watch.interfaces()), self.watch.expression().to_owned());
        let plan = self.plans.keeping(interfaces, expression, file::save(name));
        self.file = Some(File::start(plan, name)?);
        Ok(String::new())
    }

    /// Ends what is still running, and says what came of it.
    async fn end(mut self) -> anyhow::Result<()> {
        if let Some(file) = self.file.take() {
            summary::say(&format!("sniffer: {}\n", file.finish().await));
        }
        self.watch.stop();
        self.watch.end().await
    }
}

/// The names of interfaces, which have no blanks.
fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// What comes from the terminal, read by a thread of its own, which ends with the program.
fn inputs() -> anyhow::Result<UnboundedReceiver<Input>> {
    let (sender, inputs) = unbounded_channel();
    thread::Builder::new().name("keys".to_owned()).spawn(move || {
        while let Ok(input) = Screen::input() {
            if sender.send(input).is_err() {
                break;
            }
        }
    })?;
    Ok(inputs)
}

/// Why the file ended by itself; waits for ever when there is none.
async fn ended(file: Option<&mut File>) -> String {
    match file {
        Some(file) => file.ended().await,
        None => std::future::pending().await,
    }
}
