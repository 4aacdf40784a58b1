//! The kernel side of a capture as the command line needs it: programs, counters, log. Knows no socket and no output.

use std::net::Ipv4Addr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use sniffer::capture::Interface;
use sniffer::counters::{
    self, CostError, Counters, FlowTable, Fragments, Ledger, MeasuredProgram, ProcessCost, RingAccount,
    RunTime, Snapshot, Tally,
};
use sniffer::filter::emit::{MapImage, Program};
use sniffer::filter::{self, Filter};
use sniffer::load::{self, DirectError, LinkHeader, Logs, Pipeline};
use sniffer::metrics::Readings;
use sniffer::packet::LinkType;
use sniffer::print::stats;

use super::args::StatsFormat;
use super::plan::{Live, Plan};
use super::sets::Sets;
use super::worker::Report;
use super::{privileges, summary};

/// Sets that take less of the kernel's memory are not worth a line.
const LARGE_MAPS: u64 = 1 << 20;

/// How often the kernel side's log is looked at, when there is one.
const LOG_PERIOD: Duration = Duration::from_millis(50);

/// The kernel side of a capture: its programs, once for each meaning that the expression has on the interfaces, which
/// depends on their link types and network masks.
pub(crate) struct Kernels {
    loaded: Vec<Kernel>,
    /// The names of the interfaces, and the place of the programs of each.
    by_interface: Vec<(String, usize)>,
    /// The sample of `--budget`: one frame in so many.
    one_in: Option<NonZeroU32>,
}

impl Kernels {
    /// Loads what the interfaces need, and sets their filters.
    pub(crate) fn load(
        plan: &Plan,
        live: &Live,
        interfaces: &[Interface],
        filters: &[Filter],
        loopback: Option<u32>,
    ) -> anyhow::Result<Self> {
        // Sockets on other interfaces never see it, and leave the copies out by themselves, but for those of a group before 6.1.
        let loopback = loopback.filter(|loopback| {
            interfaces.iter().any(|interface| interface.is_any() || interface.index == *loopback)
        });
        let (mut loaded, mut by_interface) = (Vec::new(), Vec::new());
        let mut map_bytes = 0;
        let mut kinds: Vec<(LinkType, bool, Option<Option<Ipv4Addr>>, &Filter)> = Vec::new();
        for (interface, filter) in interfaces.iter().zip(filters) {
            // Filters that are the same now differ later where the change of a set brings the network mask in.
            let netmask = (!plan.sets.is_empty()).then_some(interface.netmask);
            let kind = (interface.link_type, interface.is_any(), netmask, filter);
            let known = kinds.iter().position(|known| *known == kind);
            by_interface.push((interface.name.clone(), known.unwrap_or(kinds.len())));
            if known.is_none() {
                kinds.push(kind);
                let mut kernel = Kernel::load(plan, live, interface, loopback)?;
                map_bytes += kernel.set_filter(filter, plan)?;
                map_bytes += kernel.set_snap(plan, live)?;
                loaded.push(kernel);
            }
        }
        if map_bytes >= LARGE_MAPS {
            summary::maps(map_bytes);
        }
        let one_in = live.reduce.reductions.is_adjusted.then_some(NonZeroU32::MIN);
        Ok(Self { loaded, by_interface, one_in })
    }

    /// Puts what is compiled of the plan, whose sets have changed, in the place of what was. A frame meets either filter.
    ///
    /// # Errors
    /// When an expression cannot be compiled or the kernel refuses a program; those before it are in place then.
    pub(crate) fn renew(&mut self, plan: &Plan, live: &Live) -> anyhow::Result<()> {
        let filters: Vec<Filter> = self
            .loaded
            .iter()
            .map(|kernel| compile_directed(plan, live, &kernel.interface))
            .collect::<Result<_, _>>()?;
        for (kernel, filter) in self.loaded.iter_mut().zip(&filters) {
            kernel.set_snap(plan, live)?;
            kernel.set_filter(filter, plan)?;
        }
        Ok(())
    }

    /// Why frames are not read in place, where that was tried and could not be had.
    pub(crate) fn why_not_direct(&self) -> Option<&DirectError> {
        self.loaded.iter().find_map(|kernel| kernel.pipeline.why_not_direct())
    }

    /// What is counted of the only interface; `None` when there are others, or when all are captured on as one.
    pub(crate) fn counters_of(&self, interfaces: &[Interface]) -> Option<Arc<Counters>> {
        match (interfaces, &self.loaded[..]) {
            ([interface], [kernel]) if !interface.is_any() => Some(Arc::clone(&kernel.counters)),
            _ => None,
        }
    }

    /// The names of the interfaces.
    pub(crate) fn interfaces(&self) -> impl Iterator<Item = &str> {
        self.by_interface.iter().map(|(name, _)| name.as_str())
    }

    /// The tables of a capture that only counts.
    pub(crate) fn take_tallies(&mut self) -> anyhow::Result<Vec<Tally>> {
        let maps = self.loaded.iter_mut().map(|kernel| kernel.pipeline.take_tally_maps());
        maps.map(|maps| Ok(Tally::new(maps.context("the tables are taken")?)?)).collect()
    }

    /// The counters as they are now.
    pub(crate) fn snapshot(&self) -> Result<Snapshot, counters::Error> {
        let snapshots: Vec<Snapshot> = self.loaded.iter().map(Kernel::read).collect::<Result<_, _>>()?;
        Ok(snapshots.into_iter().sum())
    }

    /// For each interface the programs that its sockets are to have.
    pub(crate) fn of_interfaces(&self) -> impl Iterator<Item = &Pipeline> {
        self.by_interface.iter().map(|&(_, place)| &self.loaded[place].pipeline)
    }

    /// Passes on the log lines of the kernel side after a moment; waits for ever when there is no log.
    pub(crate) async fn log(&mut self) {
        if self.loaded.iter().any(|kernel| kernel.logs.is_some()) {
            tokio::time::sleep(LOG_PERIOD).await;
            self.drain_log();
        } else {
            std::future::pending::<()>().await;
        }
    }

    /// Passes on the log lines that have come.
    pub(crate) fn drain_log(&mut self) {
        for logs in self.loaded.iter_mut().filter_map(|kernel| kernel.logs.as_mut()) {
            logs.drain();
        }
    }

    /// The counters as they are now, and what they and a report of that time add up to.
    pub(crate) fn account(&self, report: &Report) -> anyhow::Result<Account> {
        let snapshot = self.snapshot()?;
        let ledger = Ledger {
            ring_full: report.ring.drops - report.writer_late,
            writer_late: report.writer_late,
            malformed: report.ring.malformed,
            delivered: report.delivered + report.unwanted,
            written: report.written.frames,
            ..Ledger::of_kernel(&snapshot)
        };
        Ok(Account { snapshot, ledger, rings: report.rings.clone(), one_in: self.one_in })
    }

    /// The run time of all attached programs, as far as the kernel measures them.
    pub(crate) fn run_time(&self) -> Result<RunTime, CostError> {
        self.loaded.iter().try_fold(RunTime::default(), |sum, kernel| Ok(sum + kernel.measured.read()?))
    }

    /// Keeps one frame out of so many, where samples may be adjusted.
    pub(crate) fn set_sample(&mut self, one_in: NonZeroU32) -> Result<(), load::Error> {
        self.loaded.iter_mut().try_for_each(|kernel| kernel.pipeline.set_sample(one_in))?;
        self.one_in = Some(one_in);
        Ok(())
    }

    /// The account for Prometheus. `is_answering` is whether the report is of this moment.
    pub(crate) fn readings(&self, report: &Report, is_answering: bool) -> anyhow::Result<Readings> {
        let Account { snapshot, ledger, rings, one_in } = self.account(report)?;
        Ok(Readings {
            ledger,
            snapshot,
            rings,
            written_bytes: report.written.bytes,
            waits: report.written.waits,
            is_answering,
            filter: self.run_time().ok().filter(|run_time| run_time.runs > 0),
            process: ProcessCost::read().ok(),
            tables: Vec::new(),
            one_in,
        })
    }
}

/// An expression for frames of that interface.
fn compile(
    expression: &str,
    see_through: bool,
    interface: &Interface,
    sets: &Sets,
) -> Result<Filter, filter::Error> {
    let options = filter::Options {
        link_type: interface.link_type,
        live: true,
        netmask: interface.netmask,
        see_through,
    };
    filter::compile(expression, &options, sets)
}

/// The plan's expression for frames of that interface, in the direction that is wanted.
pub(crate) fn compile_directed(
    plan: &Plan,
    live: &Live,
    interface: &Interface,
) -> Result<Filter, filter::Error> {
    let compile = |expression: &str| compile(expression, plan.see_through.is_some(), interface, &plan.sets);
    let filter = compile(&plan.expression)?;
    let Some(direction) = live.direction.condition() else { return Ok(filter) };
    // What was typed has been compiled: an error of the rest is none of the user's.
    let expression = match plan.expression.trim() {
        "" => direction.to_owned(),
        expression => format!("{direction} and ({expression})"),
    };
    compile(&expression)
}

/// The programs of interfaces for which the expression means the same, and what they tell.
struct Kernel {
    /// One of them.
    interface: Interface,
    counters: Arc<Counters>,
    /// The table of the flow limit, if there is one.
    flows: Option<FlowTable>,
    /// The counters of fragments, when filters see through tunnels.
    fragments: Option<Fragments>,
    logs: Option<Logs>,
    /// The attached program, for what it costs.
    measured: MeasuredProgram,
    // Last, because the sockets must be gone before it.
    pipeline: Pipeline,
}

impl Kernel {
    fn load(plan: &Plan, live: &Live, interface: &Interface, loopback: Option<u32>) -> anyhow::Result<Self> {
        let mut pipeline = Pipeline::load(&load::Config {
            snaplen: live.snaplen,
            link_header: link_header(interface.link_type),
            loopback_ifindex: loopback,
            log_level: log::max_level(),
            see_through: plan.see_through,
            reductions: live.reduce.reductions,
            tally: live.tally,
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
            Some(_) => {
                let (verdicts, counts) = pipeline.take_fragment_maps().context("the verdicts are taken")?;
                Some(Fragments::new(verdicts, counts)?)
            }
            None => None,
        };
        let measured = MeasuredProgram::new(pipeline.program()?);
        Ok(Self { interface: interface.clone(), counters, flows, fragments, logs, measured, pipeline })
    }

    /// Sets the rules of `--snap`, where there are any. Returns the bytes of their maps.
    fn set_snap(&mut self, plan: &Plan, live: &Live) -> anyhow::Result<u64> {
        let compile = |expression: &str| compile(expression, false, &self.interface, &plan.sets);
        let Some(program) = live.reduce.snap_program(compile, self.pipeline.access(), live.snaplen)? else {
            return Ok(0);
        };
        self.pipeline.set_snap(&program)?;
        Ok(map_bytes(&program))
    }

    /// The counters as they are now.
    fn read(&self) -> Result<Snapshot, counters::Error> {
        let flows = self.flows.as_ref().map(FlowTable::read).transpose()?;
        let fragments = self.fragments.as_ref().map(Fragments::read).transpose()?;
        Ok(Snapshot { flows, fragments, ..self.counters.read()? })
    }

    /// Sets the filter, or takes away the one that was for an expression that wants everything. Returns the bytes of its
    /// maps.
    fn set_filter(&mut self, filter: &Filter, plan: &Plan) -> anyhow::Result<u64> {
        if filter.is_accept_all() {
            self.pipeline.clear_filter()?;
            return Ok(0);
        }
        let program = plan.emit(filter, &self.pipeline.target())?;
        let result = self.pipeline.set_program(&program);
        result
            .map_err(|error| refused(error, &plan.expression, privileges::can_load(self.pipeline.path())))?;
        Ok(map_bytes(&program))
    }
}

/// What the bytes of a socket begin with; the header of cooked frames is made up afterwards.
fn link_header(link_type: LinkType) -> LinkHeader {
    match link_type {
        LinkType::ETHERNET => LinkHeader::Ethernet,
        LinkType::LINUX_SLL | LinkType::LINUX_SLL2 | LinkType::RAW => LinkHeader::None,
        _ => LinkHeader::Other,
    }
}

fn map_bytes(program: &Program) -> u64 {
    program.maps.iter().map(MapImage::size).sum()
}

/// A filter that the verifier refuses is a mistake of the compiler, unless the process has lost the capabilities by which the
/// verifier took the stages; nothing is captured without it.
fn refused(error: load::Error, expression: &str, can_load: bool) -> anyhow::Error {
    let is_by_verifier = matches!(error, load::Error::Refused { .. });
    let error = anyhow::Error::from(error);
    if !is_by_verifier {
        return error;
    }
    if !can_load {
        return error.context(
            "cannot replace the filter: this process has lost the capabilities CAP_BPF or CAP_PERFMON, which that takes",
        );
    }
    error.context(format!(
        "cannot filter by `{expression}`, which is an error of this program: please report the expression and this message"
    ))
}

/// The numbers of one moment, from the kernel's counters to the output.
pub(crate) struct Account {
    snapshot: Snapshot,
    ledger: Ledger,
    rings: Vec<RingAccount>,
    one_in: Option<NonZeroU32>,
}

impl Account {
    /// Prints ledger and counters in that form, if any.
    pub(crate) fn print(&self, format: Option<StatsFormat>) {
        let Self { ledger, snapshot, rings, one_in } = self;
        let report = stats::Report { ledger, snapshot, rings, one_in: *one_in };
        let mut out = String::new();
        match format {
            None => {}
            Some(StatsFormat::Text) => stats::text(&report, &mut out),
            Some(StatsFormat::Json) => {
                stats::json(&report, &mut out);
                out.push('\n');
            }
        }
        summary::say(&out);
    }

    /// Says so when the numbers of a finished capture do not add up.
    pub(crate) fn check(&self) {
        let rings = self.rings.iter().try_for_each(RingAccount::check);
        if let Err(imbalance) = self.ledger.check().and(rings) {
            summary::say(&format!(
                "sniffer: the counts do not add up, which is an error of this program: {imbalance}\n"
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    #[test]
    fn a_filter_that_the_verifier_refuses_is_to_be_reported() {
        let verifier_log = "func#0 @0\n0: (bf) r0 = r5\nR5 !read_ok\n".to_owned();
        let told = |can_load| {
            let (source, verifier_log) = (io::Error::from_raw_os_error(13), verifier_log.clone());
            let error = load::Error::Refused { name: "filter", verifier_log, source };
            format!("{:#}", refused(error, "tcp or udp", can_load))
        };
        let mistake = told(true);
        for words in ["`tcp or udp`", "report the expression", "R5 !read_ok"] {
            assert!(mistake.contains(words), "{mistake}");
        }
        let denial = told(false);
        assert!(denial.contains("CAP_PERFMON") && !denial.contains("report"), "{denial}");
        let other = refused(load::Error::Missing("ingress"), "tcp", true);
        assert!(!format!("{other:#}").contains("report"), "{other:#}");
    }
}
