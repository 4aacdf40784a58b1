//! Compares the printer's lines with those of an installed tcpdump, packet by packet, and prints the share of equal
//! ones by protocol.
//!
//! ```text
//! cargo run --example text_oracle -- [--flags '-n -ne']... [--cut BYTES] [--show COUNT] [--only PROTOCOL] [--least PERCENT] [--aims] FILE...
//! ```
//!
//! A FILE may be a directory: every savefile below it is read. `--cut` cuts every packet to that many bytes first, as
//! a short snapshot length would. `--least` makes a lower share of equal packets an error, `--aims` a share below the one
//! that is promised for a protocol, which holds for `-n`, or for all packets.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail};
use sniffer::decode::{ForcedType, Layer, Layers, Protocol, StopReason, decode_as};
use sniffer::packet::Frame;
use sniffer::pcap::{PcapWriter, Precision, Reader, WriterOptions};
use sniffer::print::{HexDump, Lines as _, Names, Options, Printer, TimeFormat};

const DEFAULT_FLAGS: &[&str] =
    &["-n", "-ne", "-nq", "-nt", "-ntt", "-nttt", "-ntttt", "-nttttt", "-nS", "-nX", "-nv", "-nvv"];

/// The shares of equal lines that are promised for all packets, in percent, by flags.
const AIMS_OF_ALL: &[(&str, f64)] = &[("-n", 98.0), ("-nv", 97.0), ("-nvv", 97.0)];

/// The flags that the aims of protocols are for.
const AIMED_FLAGS: &str = "-n";

/// The protocols for which more is promised.
const AIM_OF_PROTOCOLS: f64 = 99.0;
const AIMED_PROTOCOLS: &[&str] = &[
    "Ethernet", "Vlan", "Arp", "Ipv4", "Ipv6", "Tcp", "Udp", "Icmpv4", "Icmpv6", "Igmp", "Dns", "Dhcp", "Ntp",
];

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("text_oracle: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<ExitCode> {
    let args = Args::parse()?;
    let mut tally = Tally::default();
    for file in &args.files {
        let cut;
        let path = match args.cut {
            None => file.as_path(),
            Some(bytes) => {
                cut = cut_copy(file, bytes)?;
                cut.as_path()
            }
        };
        for flags in &args.flags {
            compare(path, file, flags, &args, &mut tally).with_context(|| file.display().to_string())?;
        }
    }
    tally.print();
    let mut code = if tally.all_share() < args.least { ExitCode::FAILURE } else { ExitCode::SUCCESS };
    if args.aims && !tally.print_aims() {
        code = ExitCode::FAILURE;
    }
    Ok(code)
}

#[derive(Default)]
struct Args {
    flags: Vec<String>,
    cut: Option<usize>,
    show: usize,
    only: Option<String>,
    forced: Option<String>,
    least: f64,
    aims: bool,
    files: Vec<PathBuf>,
}

impl Args {
    fn parse() -> Result<Self> {
        let mut args = Self::default();
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let mut value = || words.next().with_context(|| format!("{word} needs a value"));
            match word.as_str() {
                "--flags" => args.flags.extend(value()?.split_whitespace().map(String::from)),
                "--cut" => args.cut = Some(value()?.parse()?),
                "--show" => args.show = value()?.parse()?,
                "--only" => args.only = Some(value()?),
                "--type" => args.forced = Some(value()?),
                "--least" => args.least = value()?.parse()?,
                "--aims" => args.aims = true,
                path => collect(Path::new(path), &mut args.files)?,
            }
        }
        if args.flags.is_empty() {
            args.flags.extend(DEFAULT_FLAGS.iter().map(ToString::to_string));
        }
        if args.files.is_empty() {
            bail!("no savefile given");
        }
        Ok(args)
    }
}

/// The savefiles at or below `path`, in order.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_dir() {
        let mut entries: Vec<_> =
            fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
        entries.sort();
        return entries.iter().try_for_each(|entry| collect(entry, files));
    }
    if path.extension().is_some_and(|extension| extension == "pcap" || extension == "pcapng") {
        files.push(path.to_path_buf());
    }
    Ok(())
}

/// A copy of a savefile whose packets are cut to `bytes`.
fn cut_copy(file: &Path, bytes: usize) -> Result<PathBuf> {
    let mut reader = Reader::new(fs::read(file)?.leak() as &[u8])?;
    let path = std::env::temp_dir().join(format!("text-oracle-{}.pcap", std::process::id()));
    let mut writer: Option<PcapWriter<fs::File>> = None;
    while let Some(frame) = reader.next_frame().ok().flatten() {
        let writer = if let Some(writer) = &mut writer {
            writer
        } else {
            let precision = Precision::Micros;
            let options = WriterOptions { link_type: frame.link_type, snaplen: 262_144, precision };
            writer.insert(PcapWriter::new(fs::File::create(&path)?, options)?)
        };
        writer.write(&Frame { data: &frame.data[..frame.data.len().min(bytes)], ..frame })?;
    }
    Ok(path)
}

fn compare(path: &Path, shown: &Path, flags: &str, args: &Args, tally: &mut Tally) -> Result<()> {
    let theirs = tcpdump(path, flags, args.forced.as_deref())?;
    let mut theirs = split_packets(&theirs).into_iter();
    let forced_type = match &args.forced {
        Some(name) => Some(ForcedType::named(name).with_context(|| format!("{name} is no type"))?),
        None => None,
    };
    let options = Options { forced_type, ..options(flags)? };
    let mut printer = Printer::new(options).with_names(Box::new(InterfaceNames::read()?));
    let bytes = fs::read(path)?;
    let Ok(mut reader) = Reader::new(bytes.as_slice()) else { return Ok(()) };
    while let Some(frame) = reader.next_frame().ok().flatten() {
        let Some(theirs) = theirs.next() else { return Ok(()) };
        let layers = decode_as(&frame, forced_type);
        let mut ours = Vec::new();
        printer.line(&frame, &layers, &mut ours);
        let protocol = protocol_of(&layers, theirs);
        let is_equal = ours == theirs;
        if !is_equal
            && args.show > tally.shown
            && args.only.as_ref().is_none_or(|only| protocol.starts_with(only))
        {
            tally.shown += 1;
            println!("{} {flags} {protocol}", shown.display());
            println!("  theirs {}", String::from_utf8_lossy(theirs).trim_end());
            println!("  ours   {}", String::from_utf8_lossy(&ours).trim_end());
        }
        let found = match is_equal {
            true => Found::Equal,
            false if is_kept_on_purpose(theirs) => Found::OnPurpose,
            false => Found::Different,
        };
        tally.count(&protocol, flags, found);
        // A tag is hardly ever the innermost layer: what it is in front of counts for it, unless that has no printer here
        // and so is counted by its number.
        let is_tagged = layers.as_slice().iter().any(|layer| matches!(layer, Layer::Vlan(_)));
        if is_tagged && protocol != "Vlan" && !protocol.contains(' ') {
            tally.count_for("Vlan", flags, found);
        }
    }
    Ok(())
}

fn tcpdump(path: &Path, flags: &str, forced: Option<&str>) -> Result<Vec<u8>> {
    let output = Command::new("tcpdump")
        .args(forced.iter().flat_map(|name| ["-T", name]))
        .args([flags, "-#", "-r"])
        .arg(path)
        .stderr(Stdio::null())
        .output()
        .context("cannot run tcpdump")?;
    Ok(output.stdout)
}

/// Splits tcpdump's output where a line begins with the next packet's number.
fn split_packets(output: &[u8]) -> Vec<&[u8]> {
    let mut packets = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for line in output.split_inclusive(|byte| *byte == b'\n') {
        let next = format!("{:5}  ", packets.len() + 2);
        if at > 0 && line.starts_with(next.as_bytes()) {
            packets.push(&output[start..at]);
            start = at;
        }
        at += line.len();
    }
    if start < at {
        packets.push(&output[start..]);
    }
    packets
}

/// The printer's options for tcpdump's flags.
fn options(flags: &str) -> Result<Options> {
    let mut options = Options { number: true, ..Options::default() };
    let count = |letter: char| flags.chars().filter(|flag| *flag == letter).count();
    if let Some(unknown) = flags.chars().find(|flag| !"-netqvSKxXA".contains(*flag)) {
        bail!("no option of the printer stands for -{unknown}");
    }
    options.time = match count('t') {
        0 => TimeFormat::TimeOfDay,
        1 => TimeFormat::None,
        2 => TimeFormat::Seconds,
        3 => TimeFormat::SincePrevious,
        4 => TimeFormat::DateTime,
        _ => TimeFormat::SinceFirst,
    };
    options.link_header = count('e') > 0;
    options.quiet = count('q') as u8;
    options.verbose = count('v') as u8;
    options.absolute_sequence = count('S') > 0;
    options.trust_checksums = count('K') > 0;
    options.hex = match (count('x'), count('X'), count('A')) {
        (0, 0, 0) => HexDump::None,
        (0, 0, ascii) => HexDump::Ascii { link: ascii > 1 },
        (0, both, _) => HexDump::HexAscii { link: both > 1 },
        (hex, ..) => HexDump::Hex { link: hex > 1 },
    };
    Ok(options)
}

/// What a packet is counted under: its innermost layer, and what stopped the decoding.
fn protocol_of(layers: &Layers<'_>, theirs: &[u8]) -> String {
    let stop = layers.stop();
    match (layers.as_slice().last(), stop.protocol, stop.reason) {
        (_, Protocol::IpProtocol(number) | Protocol::NextHeader(number), StopReason::Unsupported) => {
            format!("IP protocol {}", u8::from(number))
        }
        (_, Protocol::EtherType(number), StopReason::Unsupported) => {
            format!("EtherType {:#06x}", u16::from(number))
        }
        (Some(Layer::Tcp(tcp)), ..) if tcp.payload().claimed() > 0 => {
            let port = tcp.source_port().min(tcp.destination_port());
            if port < 1024 || NAMED_PORTS.contains(&port) { format!("TCP port {port}") } else { "Tcp".into() }
        }
        (Some(Layer::Udp(_)), ..) if contains(theirs, b" UDP, ") => "Udp".into(),
        (Some(Layer::Udp(udp)), ..) => {
            let port = udp.source_port().min(udp.destination_port());
            format!("UDP port {port}")
        }
        (Some(layer), ..) => {
            let name = format!("{layer:?}");
            name.split(['(', ' ', '{']).next().unwrap_or_default().to_string()
        }
        (None, ..) => "nothing".into(),
    }
}

/// TCP ports above 1023 that tcpdump looks into.
const NAMED_PORTS: &[u16] = &[1723, 2049, 3128, 5432, 6379, 6633, 6653, 8080];

/// Whether tcpdump's line is of those that differ on purpose: see the table in `docs/text-output.md`.
fn is_kept_on_purpose(theirs: &[u8]) -> bool {
    contains(theirs, b"bad-len 0")
        || contains(theirs, b"[Error converting time]")
        || has_long_fraction(theirs)
}

fn contains(line: &[u8], text: &[u8]) -> bool {
    line.windows(text.len()).any(|window| window == text)
}

/// Whether the time stamp has more digits behind the second than it can have.
fn has_long_fraction(theirs: &[u8]) -> bool {
    let Some(point) = theirs.iter().position(|byte| *byte == b'.') else { return false };
    let digits = theirs[point + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    point < 24 && digits > 6
}

/// How a line compares with tcpdump's.
#[derive(Clone, Copy)]
enum Found {
    Equal,
    OnPurpose,
    Different,
}

/// How many packets of a kind there were, how many were printed equally, and how many were meant to differ.
#[derive(Clone, Copy, Default)]
struct Count {
    all: u64,
    equal: u64,
    on_purpose: u64,
}

impl Count {
    fn add(&mut self, found: Found) {
        self.all += 1;
        match found {
            Found::Equal => self.equal += 1,
            Found::OnPurpose => self.on_purpose += 1,
            Found::Different => {}
        }
    }

    /// The share of lines that are as they should be.
    fn share(self) -> f64 {
        share(self.equal + self.on_purpose, self.all)
    }

    fn print(self, name: &str) {
        println!("{name:24} {:8} {:8} {:11} {:7.2} %", self.all, self.equal, self.on_purpose, self.share());
    }
}

#[derive(Default)]
struct Tally {
    shown: usize,
    by_protocol: BTreeMap<String, Count>,
    by_flags: BTreeMap<String, Count>,
    /// The protocols that more is promised for, with the flags that the promise is for.
    aimed: BTreeMap<&'static str, Count>,
}

impl Tally {
    fn count(&mut self, protocol: &str, flags: &str, found: Found) {
        self.count_for(protocol, flags, found);
        self.by_flags.entry(flags.into()).or_default().add(found);
    }

    fn count_for(&mut self, protocol: &str, flags: &str, found: Found) {
        if flags == AIMED_FLAGS {
            let aimed = AIMED_PROTOCOLS.iter().find(|aimed| protocol.split(' ').next() == Some(aimed));
            if let Some(aimed) = aimed {
                self.aimed.entry(aimed).or_default().add(found);
            }
        }
        self.by_protocol.entry(protocol.into()).or_default().add(found);
    }

    fn print(&self) {
        println!("{:24} {:>8} {:>8} {:>11} {:>9}", "protocol", "packets", "equal", "on purpose", "share");
        for (name, count) in self.by_protocol.iter().chain(&self.by_flags) {
            count.print(name);
        }
        self.all().print("all");
    }

    fn all(&self) -> Count {
        let sum = |sum: Count, count: &Count| Count {
            all: sum.all + count.all,
            equal: sum.equal + count.equal,
            on_purpose: sum.on_purpose + count.on_purpose,
        };
        self.by_flags.values().fold(Count::default(), sum)
    }

    fn all_share(&self) -> f64 {
        self.all().share()
    }

    /// Prints what is promised and what was found with the flags that the promise is for; tells whether it is kept.
    fn print_aims(&self) -> bool {
        let protocols = self.aimed.iter().map(|(name, count)| (*name, *count, AIM_OF_PROTOCOLS));
        let all =
            AIMS_OF_ALL.iter().filter_map(|(flags, aim)| Some((*flags, *self.by_flags.get(*flags)?, *aim)));
        println!("\nprotocols with {AIMED_FLAGS}, and all of them by flags");
        let mut is_kept = true;
        for (name, count, aim) in protocols.chain(all) {
            count.print(name);
            if count.share() < aim {
                println!("{name}: less than {aim} %");
                is_kept = false;
            }
        }
        is_kept
    }
}

#[expect(clippy::cast_precision_loss, reason = "a percentage of packet counts")]
fn share(equal: u64, all: u64) -> f64 {
    if all == 0 { 100.0 } else { equal as f64 * 100.0 / all as f64 }
}

/// The interfaces of this host: tcpdump names those of a cooked capture by them.
struct InterfaceNames(BTreeMap<u32, String>);

impl InterfaceNames {
    fn read() -> Result<Self> {
        let mut names = BTreeMap::new();
        for entry in fs::read_dir("/sys/class/net")? {
            let entry = entry?;
            let Ok(index) = fs::read_to_string(entry.path().join("ifindex")) else { continue };
            names.insert(index.trim().parse()?, entry.file_name().to_string_lossy().into_owned());
        }
        Ok(Self(names))
    }
}

impl Names for InterfaceNames {
    fn interface(&self, index: u32, out: &mut Vec<u8>) -> bool {
        self.0.get(&index).is_some_and(|name| {
            out.extend_from_slice(name.as_bytes());
            true
        })
    }
}
