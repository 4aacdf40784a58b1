//! `sniffer top`: what passes an interface, counted in the kernel and copied by nobody. Here for scripts: text once, or JSON;
//! the live view is in `view`.

mod args;
mod view;

mod file;
mod watch;

use std::io::{self, IsTerminal as _, Write as _};

use anyhow::{Context as _, bail, ensure};
use sniffer::top::{self, Model, Order, Subject};
use sniffer::tui::Theme;
use tokio::time::{Interval, MissedTickBehavior, interval_at};

pub(crate) use self::args::Args;
use self::args::Plans;
use self::watch::Watch;
use super::clock;
use super::control::Control;
use super::metrics::Server;
use super::plan::{Live, Plan, Source};
use super::signals::{self, Event, Signals};
use super::terminal::Terminal;

/// Watches until it is told to end.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let runtime = signals::runtime()?;
    if args.once || args.json {
        return runtime.block_on(report(args));
    }
    ensure!(io::stdout().is_terminal(), "standard output is no terminal: --once and --json need none");
    let terminal = Terminal::of_environment();
    ensure!(!terminal.is_dumb(), "this terminal can only print lines (TERM): --once and --json need no more");
    let theme = Theme { has_colors: terminal.has_colors(), has_braille: terminal.has_braille() };
    runtime.block_on(view::show(args, theme))
}

/// The live part of a plan.
fn live(plan: &Plan) -> anyhow::Result<&Live> {
    let Source::Live(live) = &plan.source else { bail!("only an interface can be watched") };
    Ok(live)
}

/// Writes what there is on standard output: once, or an object an interval.
async fn report(args: &Args) -> anyhow::Result<()> {
    let mut signals = Signals::listen_but_for_ends()?;
    let mut server = Server::listen(args.metrics).await?;
    let plans = Plans::new(args)?;
    let mut control = Control::open(!plans.sets.is_empty(), true);
    let mut watch = Watch::start(plans.counting(args.interface.clone(), args.expression()))?;
    signals.listen_to_ends()?;
    let mut model = Model::new(watch.sample()?);
    let mut ticks = ticks(args);
    loop {
        tokio::select! {
            end = watch.end() => return end,
            event = signals.next() => if event == Event::Stop { break },
            request = control.next() => request.answer(|order| plans.sets.obey(order, || watch.renew())),
            scrape = server.next() => scrape.answer(watch.readings().await?.text()?),
            _ = ticks.tick() => {
                model.advance(watch.sample()?);
                match write(args, &watch, &model) {
                    // Who reads no more has seen enough.
                    Err(error) if error.kind() == io::ErrorKind::BrokenPipe => break,
                    written => written.context("standard output")?,
                }
                if args.once {
                    break;
                }
            }
        }
    }
    watch.stop();
    watch.end().await
}

/// The first one is an interval away. Late ones are not made up for: an interval is never shorter than asked for.
fn ticks(args: &Args) -> Interval {
    let interval = args.interval();
    let mut ticks = interval_at(tokio::time::Instant::now() + interval, interval);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}

fn write(args: &Args, watch: &Watch, model: &Model) -> io::Result<()> {
    let subject = Subject {
        interface: watch.interfaces(),
        expression: watch.expression(),
        rows: args.rows.into(),
        order: Order::default(),
    };
    let mut out = io::stdout().lock();
    if args.json {
        writeln!(out, "{}", top::json(model, &subject, clock::now().seconds))?;
    } else {
        write!(out, "{}", top::text(model, &subject))?;
    }
    out.flush()
}
