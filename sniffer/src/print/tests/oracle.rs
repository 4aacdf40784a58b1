//! The expected lines against an installed tcpdump: whoever writes an expectation does not decide it.

use std::io::Write;
use std::process::{Command, Stdio};
use std::thread;

use jiff::tz::TimeZone;

use super::{Case, lines, options};
use crate::decode::{decode, decode_as};
use crate::packet::{Frame, LinkType, Timestamp};
use crate::pcap::{PcapWriter, Precision, WriterOptions};
use crate::print::{Lines as _, Options, Printer, TimeFormat};

/// What tcpdump prints of the packets of a case; `None`, and a line that says so, where it is not installed.
fn tcpdump(case: &Case, flags: &[&str], zone: &str) -> Option<String> {
    let frames: Vec<_> = case.frames.iter().map(|bytes| case.frame(bytes)).collect();
    tcpdump_of(&frames, &with_type(case, flags), zone)
}

/// The flags, and what `-T` says of the packets of a case.
fn with_type<'f>(case: &Case, flags: &[&'f str]) -> Vec<&'f str> {
    let forced = case.forced_type.into_iter().flat_map(|name| ["-T", name]);
    flags.iter().copied().chain(forced).collect()
}

/// What tcpdump prints of frames of one link type, in a time zone.
fn tcpdump_of(frames: &[Frame<'_>], flags: &[&str], zone: &str) -> Option<String> {
    let options = WriterOptions {
        link_type: frames.first()?.link_type,
        snaplen: 262_144,
        precision: Precision::Micros,
    };
    let mut writer = PcapWriter::new(Vec::new(), options).expect("a vector takes everything");
    for frame in frames {
        writer.write(frame).expect("a vector takes everything");
    }
    let file = writer.into_inner();
    let mut command = Command::new("tcpdump");
    command.args(flags).args(["-r", "-"]).env("TZ", zone);
    let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = match spawned {
        Ok(child) => child,
        Err(error) => {
            eprintln!("skipped: tcpdump does not start: {error}");
            return None;
        }
    };
    let mut input = child.stdin.take().expect("standard input is piped");
    let output = thread::scope(|scope| {
        scope.spawn(move || input.write_all(&file).expect("tcpdump reads its input"));
        child.wait_with_output().expect("tcpdump is waited for")
    });
    Some(String::from_utf8(output.stdout).expect("tcpdump prints ASCII"))
}

#[test]
fn expected_lines_are_tcpdumps() {
    let mut differences = Vec::new();
    for case in lines::cases() {
        for (flags, expected) in &case.lines {
            let Some(theirs) = tcpdump(&case, &[flags, "-t"], "UTC") else { return };
            if theirs != expected.join("\n") + "\n" {
                differences.push(format!("{} with {flags}, tcpdump prints\n{theirs}", case.name));
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// What `-v` adds, of packets that are whole and of the same packets cut behind each of their bytes. A cut line has the mark
/// that tcpdump's has, and may end a field earlier or later.
#[test]
fn verbose_lines_are_tcpdumps() {
    let mut differences = Vec::new();
    for case in lines::verbose() {
        let cuts = case
            .frames
            .iter()
            .flat_map(|bytes| (lower_len(&case, bytes) + 1..=bytes.len()).map(move |len| (bytes, len)));
        let frames: Vec<_> =
            cuts.map(|(bytes, len)| Frame { data: &bytes[..len], ..case.frame(bytes) }).collect();
        for flags in ["-n", "-nv", "-nvv", "-nvvv"] {
            let theirs = tcpdump_of(&frames, &with_type(&case, &[flags, "-t", "-#"]), "UTC");
            let Some(theirs) = theirs else { return };
            let ours =
                print_all(&frames, Options { number: true, forced_type: case.forced(), ..options(flags) });
            assert_eq!(packets(&theirs).count(), frames.len(), "{}", case.name);
            let mut packets = frames.iter().zip(packets(&theirs).zip(packets(&ours)));
            let differs = |(frame, (theirs, ours)): &(&Frame<'_>, (&str, &str))| {
                theirs != ours && (frame.data.len() == frame.original_len as usize || !is_close(theirs, ours))
            };
            if let Some((_, (theirs, ours))) = packets.find(differs) {
                differences
                    .push(format!("{} with {flags}, tcpdump prints\n{theirs}and not\n{ours}", case.name));
                break;
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// Options that change what is printed of one protocol.
#[test]
fn options_of_a_protocol_are_tcpdumps() {
    for (protocol, flags, without) in [("bgp", "-nvb", "-nv"), ("nfs", "-nu", "-n")] {
        let mut changes = 0;
        for case in lines::cases().into_iter().filter(|case| case.name.contains(protocol)) {
            let frames: Vec<_> = case.frames.iter().map(|bytes| case.frame(bytes)).collect();
            let Some(theirs) = tcpdump_of(&frames, &[flags, "-t"], "UTC") else { return };
            let ours = print_all(&frames, options(flags));
            assert_eq!(ours, theirs, "{} with {flags}", case.name);
            changes += usize::from(ours != print_all(&frames, options(without)));
        }
        assert!(changes > 0, "{flags} changes no line of {protocol}");
    }
}

/// The bytes under the line of each packet that is whole: of one that is cut tcpdump shows the link header now and then, and
/// nothing of one whose tag of `MACsec` is invalid.
#[test]
fn hexadecimal_bytes_are_tcpdumps() {
    // tcpdump takes every header of PPP for four bytes, and prints datagrams of RESP without their addresses.
    let is_known = |case: &Case| ["ppp", "ppp in hdlc", "-T resp of datagrams"].contains(&case.name);
    let mut differences = Vec::new();
    for case in lines::cases().into_iter().filter(|case| !is_known(case)) {
        let frames: Vec<_> = case.frames.iter().map(|bytes| case.frame(bytes)).collect();
        for flags in ["-nx", "-nX", "-nA", "-nxx"] {
            let theirs = tcpdump_of(&frames, &with_type(&case, &[flags, "-t", "-#"]), "UTC");
            let Some(theirs) = theirs else { return };
            let ours =
                print_all(&frames, Options { number: true, forced_type: case.forced(), ..options(flags) });
            let pairs = packets(&theirs).zip(packets(&ours));
            let is_odd = |packet: &str| packet.contains("[|") || packet.contains("(invalid)");
            let mut whole = pairs.filter(|(theirs, _)| !is_odd(theirs));
            if let Some((theirs, ours)) = whole.find(|(theirs, ours)| theirs != ours) {
                differences
                    .push(format!("{} with {flags}, tcpdump prints\n{theirs}and not\n{ours}", case.name));
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// The parts of numbered lines that belong to one packet each.
fn packets(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    let mut number = 1;
    std::iter::from_fn(move || {
        number += 1;
        let end = rest.find(&format!("\n{number:5}  ")).map_or(rest.len(), |end| end + 1);
        let (packet, behind) = rest.split_at(end);
        rest = behind;
        (!packet.is_empty()).then_some(packet)
    })
}

/// Whether two lines have the same mark that something is missing, and one says in front of it what the other says and more.
fn is_close(one: &str, other: &str) -> bool {
    let split =
        |line: &str| line.rfind("[|").map(|at| (line[..at].trim_end().to_owned(), line[at..].to_owned()));
    let (Some((one, mark)), Some((other, other_mark))) = (split(one), split(other)) else { return false };
    mark == other_mark && (one.starts_with(&other) || other.starts_with(&one))
}

fn print_all(frames: &[Frame<'_>], options: Options) -> String {
    let mut printer = Printer::new(options);
    let mut out = Vec::new();
    for frame in frames {
        printer.line(frame, &decode_as(frame, options.forced_type), &mut out);
    }
    String::from_utf8(out).expect("lines are UTF-8")
}

/// Bytes of the headers of link and network.
fn lower_len(case: &Case, bytes: &[u8]) -> usize {
    match bytes[0] >> 4 {
        _ if case.link_type == LinkType::ETHERNET => 17,
        _ if case.link_type == LinkType::PPP => 0,
        6 => 40,
        _ => 20,
    }
}

/// What `-v` says of protocols that tcpdump does not know stands under tcpdump's line, and changes nothing of it.
#[test]
fn additions_stand_under_tcpdumps_lines() {
    for (case, added) in lines::additions() {
        let ours = case.print("-nv");
        let mut lines = String::new();
        for (line, added) in ours.iter().zip(&added) {
            let tcpdumps = line.strip_suffix(added);
            lines += tcpdumps.unwrap_or_else(|| panic!("{}: {added} is not in {line}", case.name));
            lines.push('\n');
        }
        let Some(theirs) = tcpdump(&case, &["-nv", "-t"], "UTC") else { return };
        assert_eq!(lines, theirs, "{}", case.name);
    }
}

/// Zones with and without daylight saving, with odd offsets, and by rule instead of by name.
const ZONES: &[&str] = &[
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "CET-1CEST,M3.5.0,M10.5.0/3",
];

/// Seconds around changes of daylight saving in the zones above, and the ends of what a savefile holds.
const SECONDS: &[i64] = &[
    0,
    1_711_846_799,
    1_711_846_800,
    1_712_415_600,
    1_730_595_599,
    1_730_595_600,
    1_700_000_000,
    2_147_483_647,
];

#[test]
fn local_times_are_tcpdumps() {
    let all = lines::cases();
    let Some(case) = all.first() else { return };
    let Some(bytes) = case.frames.first() else { return };
    let at = |seconds| Frame { timestamp: Timestamp { seconds, nanos: 1000 }, ..case.frame(bytes) };
    let frames: Vec<_> = SECONDS.iter().map(|seconds| at(*seconds)).collect();
    let formats = [
        ("-n", TimeFormat::TimeOfDay),
        ("-ntt", TimeFormat::Seconds),
        ("-nttt", TimeFormat::SincePrevious),
        ("-ntttt", TimeFormat::DateTime),
        ("-nttttt", TimeFormat::SinceFirst),
    ];
    for zone in ZONES {
        let time_zone = TimeZone::posix(zone).or_else(|_| TimeZone::get(zone));
        let Ok(time_zone) = time_zone else {
            eprintln!("skipped: this system does not know the time zone {zone}");
            continue;
        };
        for (flags, time) in formats {
            let Some(theirs) = tcpdump_of(&frames, &[flags], zone) else { return };
            let mut printer =
                Printer::in_zone(Options { time, ..Options::default() }, Some(time_zone.clone()));
            let mut ours = Vec::new();
            for frame in &frames {
                printer.line(frame, &decode(frame), &mut ours);
            }
            assert_eq!(String::from_utf8_lossy(&ours), theirs, "{flags} in {zone}");
        }
    }
}
