//! Options of `sniffer top`, and the plan of a capture that only counts.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use sniffer::filter::TunnelPorts;
use sniffer::load::TallySizes;

use crate::cli::args::{Direction, KernelPathArg, MeaningArgs};
use crate::cli::plan::{Live, Plan};
use crate::cli::save::Save;
use crate::cli::sets::Sets;
use crate::cli::{metrics, tunnels};

/// Room for so many flows: some twenty megabytes.
const FLOWS: u32 = 1 << 17;

/// Hosts and ports have a value for each processor.
const HOSTS: u32 = 1 << 14;
const PORTS: u32 = 1 << 14;

/// Bytes of a frame that would be kept, if one was.
const SNAPLEN: u32 = 64;

/// Options of `sniffer top`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Watch this interface: a name, a number of -D, or `any`; may be given several times, for the sum
    #[arg(short, long, value_name = "INTERFACE")]
    pub(crate) interface: Vec<String>,

    /// Watch an interface of another network namespace: a name of ip-netns(8), the number of a process in it, or a path
    #[arg(long, value_name = "NAME|PID|PATH")]
    netns: Option<String>,

    /// Count only frames that come in, or that this host sends
    #[arg(short = 'Q', long, value_name = "DIRECTION", default_value = "inout", hide_default_value = true)]
    direction: Direction,

    /// Do not put the interface into promiscuous mode
    #[arg(short = 'p', long)]
    no_promiscuous_mode: bool,

    /// Milliseconds from one look at the counters to the next
    #[arg(short = 'd', long, value_name = "MS", default_value_t = 1000, value_parser = clap::value_parser!(u64).range(100..=3_600_000))]
    interval: u64,

    /// Print what there is after one interval, and exit
    #[arg(long)]
    pub(crate) once: bool,

    /// Print a JSON object an interval
    #[arg(long)]
    pub(crate) json: bool,

    /// How many rows of each table to print
    #[arg(long, value_name = "COUNT", default_value_t = 10)]
    pub(crate) rows: u16,

    /// Serve metrics for Prometheus over HTTP at this port of this host; at another address only if it is written
    #[arg(long, value_name = "[ADDRESS:]PORT", value_parser = metrics::address)]
    pub(crate) metrics: Option<SocketAddr>,

    #[command(flatten)]
    meaning: MeaningArgs,

    /// For how many flows there is room in the kernel
    #[arg(long, value_name = "COUNT", default_value_t = FLOWS, value_parser = clap::value_parser!(u32).range(1..=1 << 24))]
    flow_table: u32,

    /// How the kernel programs read frames: chosen by trying when not given
    #[arg(long, value_name = "PATH", hide = true)]
    kernel_path: Option<KernelPathArg>,

    /// What to count beside all frames, in the language of pcap-filter(7); all of them when empty
    #[arg(value_name = "EXPRESSION")]
    expression: Vec<String>,
}

impl Args {
    /// From one look at the counters to the next.
    pub(crate) fn interval(&self) -> Duration {
        Duration::from_millis(self.interval)
    }

    /// The namespace that the interfaces are in, if it is another.
    pub(crate) fn netns(&self) -> Option<&str> {
        self.netns.as_deref()
    }

    /// The expression. Words are joined with blanks, as with captures.
    pub(crate) fn expression(&self) -> String {
        self.expression.join(" ")
    }
}

/// Plans of captures that differ in nothing but what they are on, and what of it they count or keep.
pub(crate) struct Plans<'a> {
    args: &'a Args,
    /// All of them have these, so that a set which is changed is for all.
    pub(crate) sets: Sets,
    see_through: Option<TunnelPorts>,
}

impl<'a> Plans<'a> {
    /// Reads no file.
    ///
    /// # Errors
    /// When sets or tunnels are named twice.
    pub(crate) fn new(args: &'a Args) -> anyhow::Result<Self> {
        let sets = Sets::new(&args.meaning.sets)?;
        Ok(Self { args, sets, see_through: tunnels::seen_through(&args.meaning)? })
    }

    /// A capture that only counts.
    pub(crate) fn counting(&self, interfaces: Vec<String>, expression: String) -> Plan {
        let room = |keys| NonZeroU32::new(keys).unwrap_or(NonZeroU32::MIN);
        let sizes = TallySizes { flows: room(self.args.flow_table), hosts: room(HOSTS), ports: room(PORTS) };
        let live = Live {
            snaplen: SNAPLEN,
            // The least that the kernel takes: nothing comes into the ring.
            buffer_size: Some(1),
            tally: Some(sizes),
            ..self.live(interfaces)
        };
        self.plan(live, expression)
    }

    /// A capture that keeps what matches.
    pub(crate) fn keeping(&self, interfaces: Vec<String>, expression: String, save: Save) -> Plan {
        Plan { save: Some(save), ..self.plan(self.live(interfaces), expression) }
    }

    fn plan(&self, live: Live, expression: String) -> Plan {
        let (sets, see_through) = (self.sets.clone(), self.see_through);
        Plan { sets, see_through, ..Plan::live(live, expression) }
    }

    fn live(&self, interfaces: Vec<String>) -> Live {
        Live {
            netns: self.args.netns.clone(),
            direction: self.args.direction,
            promiscuous: !self.args.no_promiscuous_mode,
            path: self.args.kernel_path.map(Into::into),
            ..Live::on(interfaces)
        }
    }
}
