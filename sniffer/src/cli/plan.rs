//! What will be done, decided from what was typed. Opens nothing but the files of `-F` and `-V`.

use std::fs;
use std::io::{self, IsTerminal as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, ensure};
use log::LevelFilter;
use sniffer::capture::{Fanout, MAX_SNAPLEN, TimeStampType};
use sniffer::decode::ForcedType;
use sniffer::filter::emit::{EmitError, Program, Target};
use sniffer::filter::{Filter, TunnelPorts};
use sniffer::load::{KernelPath, TallySizes};
use sniffer::packet::LinkType;
use sniffer::pcap::{self, OsError};
use sniffer::print::{self, Columns, HexDump, TimeFormat, TimePrecision};
use sniffer::sink::Flush;

use super::args::{
    Args, CaptureArgs, Color, Direction, FanoutArg, FileArgs, FilterArgs, Precision, StatsFormat, TextArgs,
};
use super::reduce::Reduce;
use super::save::{self, Save};
use super::sets::Sets;
use super::summary;
use super::terminal::Terminal;
use super::tunnels;

/// One run of the program.
#[derive(Debug)]
pub(crate) struct Plan {
    /// Where frames come from.
    pub(crate) source: Source,
    /// What to keep of them.
    pub(crate) expression: String,
    /// The sets that it may ask for.
    pub(crate) sets: Sets,
    /// The ports of the tunnels that it sees through, if it does.
    pub(crate) see_through: Option<TunnelPorts>,
    /// Whether to compile it without the optimizer.
    pub(crate) no_optimize: bool,
    /// What to show of it instead of capturing.
    pub(crate) show: Option<Show>,
    /// After how many frames to end.
    pub(crate) limit: Option<u64>,
    /// After how long to end.
    pub(crate) duration: Option<Duration>,
    /// Whom to become before files are written.
    pub(crate) user: Option<String>,
    /// Frames into a savefile.
    pub(crate) save: Option<Save>,
    /// Frames as text on standard output.
    pub(crate) text: Option<Text>,
    /// Whether to print how many frames there were.
    pub(crate) count_only: bool,
    /// The form of the ledger, if it is wanted.
    pub(crate) stats: Option<StatsFormat>,
    /// Where metrics are served.
    pub(crate) metrics: Option<SocketAddr>,
    /// How much to say of the program itself.
    pub(crate) verbose: u8,
}

/// What can be shown of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Show {
    /// Its program as assembly.
    Assembly,
    /// Its program for a C source.
    CArray,
    /// Its program as numbers.
    Decimal,
    /// What it means, in words.
    Explanation,
}

/// Where frames come from.
#[derive(Debug)]
pub(crate) enum Source {
    /// An interface.
    Live(Live),
    /// Savefiles, one after the other.
    Files(Vec<PathBuf>),
}

/// A live capture.
#[derive(Debug)]
pub(crate) struct Live {
    /// The interfaces by name or number; the first of the list when there is none.
    pub(crate) interfaces: Vec<String>,
    /// The network namespace that they are in, if it is another.
    pub(crate) netns: Option<String>,
    pub(crate) direction: Direction,
    /// Where time stamps come from, where the interface has that.
    pub(crate) time_stamps: TimeStampType,
    pub(crate) workers: WorkersPlan,
    /// The link type that was asked for, if one was.
    pub(crate) link_type: Option<LinkType>,
    pub(crate) promiscuous: bool,
    /// Bytes of a frame to keep.
    pub(crate) snaplen: u32,
    /// Bytes of the ring, if the default is not to be.
    pub(crate) buffer_size: Option<u64>,
    /// Whether each frame is to be handed over at once.
    pub(crate) immediate: bool,
    pub(crate) path: Option<KernelPath>,
    pub(crate) reduce: Reduce,
    /// The tables of a capture that only counts.
    pub(crate) tally: Option<TallySizes>,
}

impl Live {
    /// A capture on these interfaces, or on the first of the list, with all options as they are when nobody types any.
    pub(crate) fn on(interfaces: Vec<String>) -> Self {
        Self {
            interfaces,
            netns: None,
            direction: Direction::Inout,
            time_stamps: TimeStampType::default(),
            workers: WorkersPlan { count: 1, fanout: Fanout::Hash, file_each: false },
            link_type: None,
            promiscuous: true,
            snaplen: MAX_SNAPLEN,
            buffer_size: None,
            immediate: false,
            path: None,
            reduce: Reduce::default(),
            tally: None,
        }
    }
}

/// How the frames of an interface are shared.
#[derive(Debug)]
pub(crate) struct WorkersPlan {
    /// Among how many rings.
    pub(crate) count: usize,
    pub(crate) fanout: Fanout,
    /// Whether each ring has a thread and a file of its own.
    pub(crate) file_each: bool,
}

/// Which names stand for numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Naming {
    /// Of IPv4 hosts only those of the networks that are captured on (`-f`).
    pub(crate) local_only: bool,
    /// Names of hosts end before their domain (`-N`).
    pub(crate) without_domain: bool,
}

/// Frames as text on standard output.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) form: Form,
    /// Names in lines, unless numbers are to stay numbers (`-n`); other forms have none.
    pub(crate) naming: Option<Naming>,
    pub(crate) flush: Flush,
}

/// Forms of text.
#[derive(Clone, Debug)]
pub(crate) enum Form {
    /// tcpdump's lines.
    Lines(print::Options),
    /// One JSON object a frame.
    Json { with_bytes: bool, forced_type: Option<ForcedType> },
    /// Chosen fields.
    Fields { columns: Columns, separator: String, forced_type: Option<ForcedType> },
}

impl Plan {
    /// Decides what to do.
    pub(crate) fn new(args: Args) -> anyhow::Result<Self> {
        let (files, precision) = (&args.files, precision(&args.files));
        let (limit, duration) = save::limits(args.count, &args.rotation.autostop);
        let is_live = files.read.is_empty() && files.read_list.is_none();
        if !is_live && !args.capture.interface.is_empty() {
            summary::no_interfaces();
        }
        if duration.is_some() && !is_live {
            return Err(save::usage("a duration is one of a live capture").into());
        }
        if args.metrics.is_some() && !is_live {
            return Err(save::usage("metrics are those of a live capture").into());
        }
        let reduce = Reduce::new(args.reductions);
        let forced_type = forced_type(&args.text)?;
        let is_printing = !files.count_only && (files.write.is_none() || args.text.print);
        let save = Save::new(
            files,
            args.rotation,
            match precision {
                Precision::Micro => pcap::Precision::Micros,
                Precision::Nano => pcap::Precision::Nanos,
            },
        )?;
        Ok(Self {
            no_optimize: args.filter.no_optimize,
            show: show(&args.filter),
            limit,
            duration,
            user: args.files.relinquish_privileges.clone(),
            save,
            text: is_printing
                .then(|| {
                    text(&args.text, forced_type, precision, is_live && args.capture.interface.len() > 1)
                })
                .transpose()?,
            count_only: files.count_only,
            stats: args.stats,
            metrics: args.metrics,
            verbose: args.text.verbose,
            expression: expression(&args.filter, &args.expression)?,
            see_through: tunnels::seen_through(&args.filter.meaning)?,
            sets: Sets::new(&args.filter.meaning.sets)?,
            source: source(args.files, args.capture, reduce, is_printing && io::stdout().is_terminal())?,
        })
    }

    /// The names that lines are to have.
    pub(crate) fn naming(&self) -> Option<Naming> {
        self.text.as_ref().and_then(|text| text.naming)
    }

    /// A live capture without an output.
    pub(crate) fn live(live: Live, expression: String) -> Self {
        Self {
            source: Source::Live(live),
            expression,
            sets: Sets::default(),
            see_through: None,
            no_optimize: false,
            show: None,
            limit: None,
            duration: None,
            user: None,
            save: None,
            text: None,
            count_only: false,
            stats: None,
            metrics: None,
            verbose: 0,
        }
    }

    /// The program of the compiled expression.
    pub(crate) fn emit(&self, filter: &Filter, target: &Target) -> Result<Program, EmitError> {
        if self.no_optimize { filter.emit_unoptimized(target) } else { filter.emit(target) }
    }

    /// Refuses filters of which none keeps anything, in tcpdump's words. Like there they are run without the optimizer, which
    /// is what finds it out.
    pub(crate) fn check_sense<'f>(
        &self,
        filters: impl IntoIterator<Item = &'f Filter>,
    ) -> anyhow::Result<()> {
        let is_nonsense = !self.no_optimize && filters.into_iter().all(Filter::is_reject_all);
        ensure!(!is_nonsense, "expression rejects all packets");
        Ok(())
    }

    /// The kernel side's log level: what `RUST_LOG` does not ask for takes two `-v`.
    pub(crate) fn default_log_level(&self) -> LevelFilter {
        if self.verbose >= 2 { LevelFilter::Info } else { LevelFilter::Off }
    }
}

fn show(args: &FilterArgs) -> Option<Show> {
    match (args.explain, args.dump_code) {
        (true, _) => Some(Show::Explanation),
        (_, 0) => None,
        (_, 1) => Some(Show::Assembly),
        (_, 2) => Some(Show::CArray),
        _ => Some(Show::Decimal),
    }
}

/// As with tcpdump, who looks at a terminal is not to wait for frames.
fn source(
    files: FileArgs,
    args: CaptureArgs,
    reduce: Reduce,
    is_on_terminal: bool,
) -> anyhow::Result<Source> {
    if !files.read.is_empty() {
        return Ok(Source::Files(files.read));
    }
    if let Some(list) = &files.read_list {
        return listed(list).map(Source::Files);
    }
    Ok(Source::Live(Live {
        reduce,
        workers: workers(&args),
        interfaces: args.interface,
        netns: args.netns,
        direction: args.direction,
        time_stamps: args.time_stamp_type.unwrap_or_default(),
        link_type: args.linktype,
        promiscuous: !args.no_promiscuous_mode,
        snaplen: if args.snapshot_length == 0 { MAX_SNAPLEN } else { args.snapshot_length },
        buffer_size: args.buffer_size.map(|kib| u64::from(kib) << 10),
        immediate: args.immediate_mode || is_on_terminal,
        path: args.kernel_path.map(Into::into),
        tally: None,
    }))
}

fn workers(args: &CaptureArgs) -> WorkersPlan {
    WorkersPlan {
        count: args.workers.into(),
        fanout: match args.fanout {
            FanoutArg::Hash => Fanout::Hash,
            FanoutArg::Cpu => Fanout::Cpu,
            FanoutArg::Queue => Fanout::Queue,
            FanoutArg::RoundRobin => Fanout::RoundRobin,
        },
        file_each: args.file_per_worker,
    }
}

/// The savefiles that a file names, one a line.
fn listed(list: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let name = || list.display().to_string();
    let names =
        if list == Path::new("-") { io::read_to_string(io::stdin()) } else { fs::read_to_string(list) };
    let names = names.map_err(OsError).with_context(name)?;
    let files: Vec<PathBuf> = names.lines().filter(|line| !line.is_empty()).map(PathBuf::from).collect();
    ensure!(!files.is_empty(), "{}: no savefile is named there", name());
    Ok(files)
}

/// tcpdump joins the words of an expression with blanks, and takes `#` to the end of a line for a comment in a file.
fn expression(args: &FilterArgs, words: &[String]) -> anyhow::Result<String> {
    let Some(path) = &args.expression_file else { return Ok(words.join(" ")) };
    let text = fs::read_to_string(path).map_err(OsError).with_context(|| path.display().to_string())?;
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default());
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

fn precision(args: &FileArgs) -> Precision {
    match (args.nano, args.micro) {
        (true, _) => Precision::Nano,
        (_, true) => Precision::Micro,
        _ => args.time_stamp_precision,
    }
}

/// As with tcpdump, a type that is none is an error of its own.
fn forced_type(args: &TextArgs) -> anyhow::Result<Option<ForcedType>> {
    let named = |name: &String| {
        ForcedType::named(name).with_context(|| {
            let names: Vec<_> = ForcedType::names().collect();
            format!("unknown packet type `{name}'; there are {}", names.join(", "))
        })
    };
    args.forced_type.as_ref().map(named).transpose()
}

fn text(
    args: &TextArgs,
    forced_type: Option<ForcedType>,
    precision: Precision,
    is_of_several: bool,
) -> anyhow::Result<Text> {
    let form = match (args.json, args.fields.as_slice()) {
        (true, _) => Form::Json { with_bytes: args.hex + args.hex_ascii > 0, forced_type },
        (false, []) => {
            let options = line_options(args, precision, is_of_several);
            Form::Lines(print::Options { forced_type, ..options })
        }
        (false, names) => {
            let columns = Columns::new(names).context("--fields, of which `help` lists all")?;
            Form::Fields { columns, separator: args.separator.clone(), forced_type }
        }
    };
    let each_line = args.line_buffered || io::stdout().is_terminal();
    let flush = if each_line { Flush::EachFrame } else { Flush::WhenIdle };
    let naming = Naming { local_only: args.foreign_numeric, without_domain: args.no_domain };
    let has_names = args.numeric == 0 && matches!(form, Form::Lines(_));
    Ok(Text { form, naming: has_names.then_some(naming), flush })
}

fn line_options(args: &TextArgs, precision: Precision, is_of_several: bool) -> print::Options {
    print::Options {
        time: match args.timestamp {
            0 => TimeFormat::TimeOfDay,
            1 => TimeFormat::None,
            2 => TimeFormat::Seconds,
            3 => TimeFormat::SincePrevious,
            4 => TimeFormat::DateTime,
            _ => TimeFormat::SinceFirst,
        },
        precision: match precision {
            Precision::Micro => TimePrecision::Micro,
            Precision::Nano => TimePrecision::Nano,
        },
        number: args.number,
        interface: is_of_several,
        link_header: args.link_header,
        quiet: args.quiet,
        verbose: args.verbose,
        absolute_sequence: args.absolute_tcp_sequence_numbers,
        asdot: args.asdot,
        whole_handles: args.undecoded_handles,
        trust_checksums: args.dont_verify_checksums,
        color: is_coloured(args.color),
        hex: hex_dump(args),
        forced_type: None,
    }
}

/// What is typed counts more than what is set (<https://no-color.org>).
fn is_coloured(color: Color) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => io::stdout().is_terminal() && Terminal::of_environment().has_colors(),
    }
}

/// The first of -X, -x and -A that was given: tcpdump takes them in that order.
fn hex_dump(args: &TextArgs) -> HexDump {
    match (args.hex_ascii, args.hex, args.ascii) {
        (0, 0, 0) => HexDump::None,
        (0, 0, ascii) => HexDump::Ascii { link: ascii > 1 },
        (0, hex, _) => HexDump::Hex { link: hex > 1 },
        (hex_ascii, ..) => HexDump::HexAscii { link: hex_ascii > 1 },
    }
}
