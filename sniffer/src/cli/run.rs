//! One run of the program: what it does until a signal, a limit or an error ends it, and what it says then.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, anyhow, bail};
use sniffer::sink;
use tokio::time::timeout;

use super::args::Args;
use super::arming::{self, Armed};
use super::budget::Controller;
use super::clock;
use super::control::Control;
use super::dump;
use super::interfaces;
use super::metrics::Server;
use super::outputs;
use super::plan::{Live, Plan, Source};
use super::reading::{self, Reading};
use super::signals::{self, Event, Signals};
use super::summary;
use super::timers::{Time, Timers};
use super::worker::{self, Report};

/// How long the capture threads may take to say how far they are, for those who ask again and again.
const PATIENCE: Duration = Duration::from_millis(500);

/// Does what was typed.
pub(crate) fn run(args: Args) -> anyhow::Result<()> {
    if args.capture.list_interfaces {
        return interfaces::list(args.capture.netns.as_deref());
    }
    if args.capture.list_data_link_types {
        return interfaces::list_link_types(&args.capture);
    }
    if args.capture.list_time_stamp_types {
        return interfaces::list_time_stamp_types(&args.capture);
    }
    if args.text.fields == ["help"] {
        return outputs::list_fields();
    }
    let plan = Plan::new(args)?;
    env_logger::Builder::new()
        .filter_level(plan.default_log_level())
        .parse_default_env()
        .format_timestamp(None)
        .init();
    if let Some(form) = plan.show {
        return dump::show(&plan, form);
    }
    let runtime = signals::runtime()?;
    match plan.source {
        Source::Live(ref live) => runtime.block_on(capture(&plan, live)),
        Source::Files(ref paths) => {
            let paths = paths.clone();
            runtime.block_on(read(plan, paths))
        }
    }
}

/// Reads savefiles to their end or to a signal.
async fn read(plan: Plan, paths: Vec<PathBuf>) -> anyhow::Result<()> {
    let mut signals = Signals::listen_but_for_ends()?;
    // It may wait for the writer of a pipe, which a signal is to end.
    let first = reading::open_first(&paths)?;
    signals.listen_to_ends()?;
    let mut reading = Reading::spawn(plan, paths, first)?;
    loop {
        tokio::select! {
            outcome = reading.outcome() => return outcome.unwrap_or_else(|| Err(anyhow!("the reading thread ended"))),
            event = signals.next() => match event {
                Event::Stop => reading.stop(),
                // Who asks twice does not want to wait for a name server, or for a reader that has stopped reading.
                Event::Abort => bail!("ended before all that was read was written"),
                Event::Flush | Event::Report => {}
            },
        }
    }
}

/// Captures until the limit, a signal or an error, and says what came of it.
async fn capture(plan: &Plan, live: &Live) -> anyhow::Result<()> {
    let mut signals = Signals::listen_but_for_ends()?;
    let mut server = Server::listen(plan.metrics).await?;
    let ready = arming::prepare(plan, live)?;
    signals.listen_to_ends()?;
    // Before the capture says that it listens, so that whoever waits for that can reach it.
    let mut control = Control::open(!plan.sets.is_empty(), plan.user.is_none());
    let Armed { mut workers, mut kernels, drops } = ready.begin()?;
    let mut budget = Controller::start(live.reduce.budget, &kernels)?;
    let mut latest = Report::default();
    let mut timers = Timers::start(plan);
    let outcome = loop {
        tokio::select! {
            outcome = workers.outcome() => break outcome.context("a capture thread ended")?,
            event = signals.next() => match event {
                Event::Stop => workers.stop(),
                // Who asks twice does not want to wait for a reader that has stopped reading.
                Event::Abort => bail!("ended before the ring was empty"),
                Event::Flush => workers.flush(),
                Event::Report => if let Some(report) = workers.report().await {
                    summary::in_between(&report, &drops.total());
                    kernels.account(&report)?.print(plan.stats);
                },
            },
            () = kernels.log() => {}
            request = control.next() => request.answer(|order| plan.sets.obey(order, || kernels.renew(plan, live))),
            () = budget.due() => budget.adjust(&mut kernels)?,
            scrape = server.next() => {
                // A thread that waits for its output does not answer, which is what metrics are there to tell.
                let report = timeout(PATIENCE, workers.report()).await.ok().flatten();
                let is_answering = report.is_some();
                latest = report.unwrap_or(latest);
                scrape.answer(kernels.readings(&latest, is_answering)?.text()?);
            },
            time = timers.next() => match time {
                Time::Tick => workers.tick(clock::now()),
                Time::Progress => if let Ok(Some(report)) = timeout(PATIENCE, workers.report()).await {
                    summary::so_far(report.delivered);
                },
                Time::End => workers.stop(),
            },
        }
    };
    kernels.drain_log();
    summary::at_exit(&outcome.report, &drops.total());
    if let Some(worker::Error::Sink(sink::Error::Write { .. })) = outcome.error {
        summary::not_written(outcome.report.not_written());
    }
    let account = kernels.account(&outcome.report)?;
    account.print(plan.stats);
    account.check();
    outcome.error.map_or(Ok(()), |error| Err(error.into()))
}
