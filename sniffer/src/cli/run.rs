//! Where the stages meet: interface or savefile, expression, kernel programs, outputs, statistics.

use std::os::fd::AsFd as _;
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, anyhow, bail};
use sniffer::capture::{self, Interface, Socket};
use sniffer::counters::{Counters, FlowTable, Fragments, Ledger, Snapshot};
use sniffer::filter::{self, Filter};
use sniffer::load::{self, Logs, Pipeline};
use sniffer::packet::LinkType;
use sniffer::print::stats;
use sniffer::sink;

use super::args::{Args, StatsFormat};
use super::clock;
use super::dump;
use super::interfaces;
use super::names::SystemNames;
use super::origin::{self, CaptureFacts, RingCounts};
use super::outputs::{self, InterfaceNames};
use super::plan::{Live, Plan, Source};
use super::privileges;
use super::reading::Reading;
use super::signals::{Event, Signals};
use super::summary;
use super::timers::{Time, Timers};
use super::worker::{self, Report, Worker};

/// How often the kernel side's log is looked at, when there is one.
const LOG_PERIOD: Duration = Duration::from_millis(50);

/// Does what was typed.
pub(crate) fn run(args: Args) -> anyhow::Result<()> {
    if args.capture.list_interfaces {
        return interfaces::list();
    }
    if args.capture.list_data_link_types {
        return interfaces::list_link_types(args.capture.interface.as_deref());
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
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
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
    let mut signals = Signals::listen()?;
    let mut reading = Reading::spawn(plan, paths)?;
    loop {
        tokio::select! {
            outcome = reading.outcome() => return outcome.unwrap_or_else(|| Err(anyhow!("the reading thread ended"))),
            event = signals.next() => if event == Event::Stop { reading.stop() },
        }
    }
}

/// Captures until the limit, a signal or an error, and says what came of it.
async fn capture(plan: &Plan, live: &Live) -> anyhow::Result<()> {
    let mut signals = Signals::listen()?;
    let (mut worker, mut kernel) = start(plan, live)?;
    let mut timers = Timers::start(plan);
    let mut is_stopping = false;
    let outcome = loop {
        tokio::select! {
            outcome = worker.outcome() => break outcome.context("the capture thread ended")?,
            event = signals.next() => match event {
                // Who asks twice does not want to wait for a reader that has stopped reading.
                Event::Stop if is_stopping => bail!("ended before the ring was empty"),
                Event::Stop => {
                    is_stopping = true;
                    worker.stop();
                }
                Event::Flush => worker.flush(),
                Event::Report => if let Some(report) = worker.report().await {
                    summary::in_between(&report, plan.verbose > 0);
                    kernel.account(&report)?.print(plan.stats);
                },
            },
            () = kernel.log() => {}
            time = timers.next() => match time {
                Time::Tick => worker.tick(clock::now()),
                Time::End => worker.stop(),
            },
        }
    };
    kernel.drain_log();
    summary::at_exit(&outcome.report);
    if let Some(worker::Error::Sink(sink::Error::Write { .. })) = outcome.error {
        summary::not_written(outcome.report.not_written());
    }
    let account = kernel.account(&outcome.report)?;
    account.print(plan.stats);
    account.check();
    outcome.error.map_or(Ok(()), |error| Err(error.into()))
}

/// Arms a capture. Nothing is received before all that can fail has been done but the binding itself.
fn start(plan: &Plan, live: &Live) -> anyhow::Result<(Worker, Kernel)> {
    let interface = interfaces::find_or_first(live.interface.as_deref(), live.link_type)?;
    let filter = compile(&plan.expression, plan.see_through.is_some(), &interface)?;
    if filter.is_reject_all() {
        summary::matches_nothing();
    }
    let mut config = capture::Config::new(interface.clone());
    config.promiscuous = live.promiscuous;
    config.snaplen = live.snaplen;
    config.buffer_size = live.buffer_size;
    if live.immediate {
        config.block_timeout = capture::IMMEDIATE_TIMEOUT;
    }

    // Both wait for the kernel rather than for each other. The socket goes first when this fails.
    let (kernel, socket) = thread::scope(|scope| {
        let socket = scope.spawn(|| Socket::open(&config));
        let kernel = Kernel::load(plan, live, &interface);
        (kernel, socket.join().unwrap_or_else(|panic| resume_unwind(panic)))
    });
    let (mut kernel, socket) = (kernel?, socket?);
    if socket.buffer_size() < socket.wanted_buffer_size() {
        summary::small_ring(socket.buffer_size(), socket.wanted_buffer_size());
    }
    kernel.set_filter(&filter, plan)?;
    kernel.set_snap(live, &interface)?;
    kernel.pipeline.attach(socket.as_fd())?;
    if let Some(reason) = kernel.pipeline.why_not_direct() {
        summary::no_direct_reads(reason);
    }
    let link_type = socket.link_type();
    privileges::relinquish(plan.user.as_deref())?;
    let counts = Arc::<RingCounts>::default();
    let facts = CaptureFacts {
        expression: (!plan.expression.is_empty()).then(|| plan.expression.clone()),
        counts: (!interface.is_any())
            .then(|| origin::Counts { seen: Arc::clone(&kernel.counters), ring: Arc::clone(&counts) }),
    };
    let sinks = outputs::open(plan, link_type, live.snaplen, &InterfaceNames::live(), Some(facts))?;
    let source = socket.bind()?;
    let is_terse = plan.save.is_none() && plan.verbose == 0;
    summary::listening(&interface.name, link_type, live.snaplen, is_terse);
    Ok((Worker::spawn(source, sinks, plan.limit, counts)?, kernel))
}

fn compile(expression: &str, see_through: bool, interface: &Interface) -> Result<Filter, filter::Error> {
    let options = filter::Options {
        link_type: interface.link_type,
        live: true,
        netmask: interface.netmask,
        see_through,
    };
    filter::compile(expression, &options, &SystemNames)
}

/// The kernel side of a capture, and what it tells.
struct Kernel {
    counters: Arc<Counters>,
    /// The table of the flow limit, if there is one.
    flows: Option<FlowTable>,
    /// The counters of fragments, when filters see through tunnels.
    fragments: Option<Fragments>,
    logs: Option<Logs>,
    // Last, because the sockets must be gone before it.
    pipeline: Pipeline,
}

impl Kernel {
    fn load(plan: &Plan, live: &Live, interface: &Interface) -> anyhow::Result<Self> {
        let mut pipeline = Pipeline::load(&load::Config {
            snaplen: live.snaplen,
            cooked: matches!(interface.link_type, LinkType::LINUX_SLL2 | LinkType::RAW),
            loopback_ifindex: if interface.is_any() { loopback()? } else { None },
            log_level: log::max_level(),
            see_through: plan.see_through,
            reductions: live.reduce.reductions,
            path: live.path,
        })?;
        let logs = pipeline.take_logs();
        let (matrices, faults) = pipeline.take_counter_maps().context("the counters are taken")?;
        let counters = Arc::new(Counters::new(matrices, faults)?);
        let flows = match live.reduce.reductions.flow_limit {
            Some(limit) => {
                let (flows, events) = pipeline.take_flow_maps().context("the flow table is taken")?;
                Some(FlowTable::new(flows, events, limit.table.get())?)
            }
            None => None,
        };
        let fragments = match plan.see_through {
            Some(_) => Some(Fragments::new(pipeline.take_fragment_map().context("the counters are taken")?)?),
            None => None,
        };
        Ok(Self { counters, flows, fragments, logs, pipeline })
    }

    /// Sets the rules of `--snap`, where there are any.
    fn set_snap(&mut self, live: &Live, interface: &Interface) -> anyhow::Result<()> {
        let compile = |expression: &str| compile(expression, false, interface);
        if let Some(program) = live.reduce.snap_program(compile, self.pipeline.access(), live.snaplen)? {
            self.pipeline.set_snap(&program.insns)?;
        }
        Ok(())
    }

    /// An expression that wants everything needs no filter.
    fn set_filter(&mut self, filter: &Filter, plan: &Plan) -> anyhow::Result<()> {
        if filter.is_accept_all() {
            return Ok(());
        }
        let program = plan.emit(filter, &self.pipeline.target())?;
        Ok(self.pipeline.set_filter(&program.insns)?)
    }

    /// Passes on the log lines of the kernel side after a moment; waits for ever when there is no log.
    async fn log(&mut self) {
        match &mut self.logs {
            Some(logs) => {
                tokio::time::sleep(LOG_PERIOD).await;
                logs.drain();
            }
            None => std::future::pending().await,
        }
    }

    /// Passes on the log lines that have come.
    fn drain_log(&mut self) {
        if let Some(logs) = &mut self.logs {
            logs.drain();
        }
    }

    /// The counters as they are now, and what they and a report of that time add up to.
    fn account(&self, report: &Report) -> anyhow::Result<Account> {
        let flows = self.flows.as_ref().map(FlowTable::read).transpose()?;
        let fragments = self.fragments.as_ref().map(Fragments::read).transpose()?;
        let snapshot = Snapshot { flows, fragments, ..self.counters.read()? };
        let ledger = Ledger {
            ring_full: report.ring.drops - report.writer_late,
            writer_late: report.writer_late,
            malformed: report.ring.malformed,
            delivered: report.delivered + report.unwanted,
            written: report.written.frames,
            ..Ledger::of_kernel(&snapshot)
        };
        Ok(Account { snapshot, ledger })
    }
}

/// The numbers of one moment, from the kernel's counters to the output.
struct Account {
    snapshot: Snapshot,
    ledger: Ledger,
}

impl Account {
    /// Prints ledger and counters in that form, if any.
    fn print(&self, format: Option<StatsFormat>) {
        let mut out = String::new();
        match format {
            None => {}
            Some(StatsFormat::Text) => stats::text(&self.ledger, &self.snapshot, &mut out),
            Some(StatsFormat::Json) => {
                stats::json(&self.ledger, &self.snapshot, &mut out);
                out.push('\n');
            }
        }
        eprint!("{out}");
    }

    /// Says so when the numbers of a finished capture do not add up.
    fn check(&self) {
        if let Err(imbalance) = self.ledger.check() {
            eprintln!("sniffer: the counts do not add up, which is an error of this program: {imbalance}");
        }
    }
}

/// The index of the loopback interface of this network namespace.
fn loopback() -> Result<Option<u32>, capture::Error> {
    let interfaces = Interface::list()?;
    Ok(interfaces.iter().find(|interface| interface.loopback).map(|interface| interface.index))
}
