//! Options of captures that make several files or that end by themselves.

use std::ffi::OsString;
use std::time::Duration;

use clap::{ArgAction, Args};
use sniffer::sink::Reserve;

/// Options of captures that make several files or that end by themselves.
#[derive(Debug, Args)]
#[command(next_help_heading = "Rotation and limits")]
pub(crate) struct RotationArgs {
    /// Go on to another file when one has more than this many million bytes, or with the suffix K, M or G as many KiB, MiB
    /// or GiB
    #[arg(short = 'C', value_name = "SIZE", value_parser = millions)]
    pub(crate) file_size: Option<u64>,

    /// Go on to another file every so many seconds, or never if these are 0; -w may have the conversions of strftime(3)
    #[arg(short = 'G', value_name = "SECONDS")]
    pub(crate) rotate_seconds: Option<u32>,

    /// With -C keep at most this many files, overwriting the oldest; with -G end after this many; with both keep as many of
    /// each interval
    #[arg(short = 'W', value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) file_count: Option<u32>,

    /// Run this command with the name of each finished file
    #[arg(short = 'z', value_name = "COMMAND")]
    pub(crate) postrotate_command: Option<OsString>,

    /// Keep at most this many files of this capture: remove the oldest
    #[arg(long, value_name = "COUNT", requires = "write", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) ring_files: Option<u32>,

    /// Keep at most this many bytes in the files of this capture: remove the oldest
    #[arg(long, value_name = "BYTES", requires = "write", value_parser = bytes)]
    pub(crate) ring_size: Option<u64>,

    /// Leave so much of the disk free, as in 5% or 10G: remove the oldest file if there is a ring, else end
    #[arg(long, value_name = "RESERVE", requires = "write", value_parser = reserve)]
    pub(crate) keep_free: Option<Reserve>,

    /// End after duration:SECONDS, packets:COUNT, files:COUNT or filesize:BYTES of all files together; the first that is
    /// reached counts
    #[arg(long, value_name = "LIMIT", action = ArgAction::Append, value_parser = autostop)]
    pub(crate) autostop: Vec<Autostop>,
}

/// A limit at which a capture ends by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Autostop {
    Duration(Duration),
    Packets(u64),
    Files(u64),
    FileSize(u64),
}

/// tcpdump's unit of a file's size.
fn millions(text: &str) -> Result<u64, String> {
    size(text, 1_000_000)
}

fn bytes(text: &str) -> Result<u64, String> {
    size(text, 1)
}

/// A number above 0 with a suffix, or of that unit.
fn size(text: &str, unit: u64) -> Result<u64, String> {
    let digits = text.trim_end_matches(|letter: char| !letter.is_ascii_digit());
    let unit = match text[digits.len()..].to_ascii_lowercase().as_str() {
        "" => unit,
        "k" | "kib" => 1 << 10,
        "m" | "mib" => 1 << 20,
        "g" | "gib" => 1 << 30,
        "t" | "tib" => 1 << 40,
        _ => return Err("expected a number, with K, M, G or T behind it if need be".to_owned()),
    };
    let number: u64 = digits.parse().map_err(|error| format!("{error}"))?;
    number.checked_mul(unit).filter(|&size| size > 0).ok_or_else(|| "out of range".to_owned())
}

fn reserve(text: &str) -> Result<Reserve, String> {
    let Some(percent) = text.strip_suffix('%') else { return bytes(text).map(Reserve::Bytes) };
    let percent: f64 = percent.parse().map_err(|error| format!("{error}"))?;
    let is_part = (0.0..100.0).contains(&percent);
    is_part
        .then_some(Reserve::PerMillion((percent * 10_000.0) as u32))
        .ok_or_else(|| "out of range".to_owned())
}

fn autostop(text: &str) -> Result<Autostop, String> {
    let expected = || "expected duration:SECONDS, packets:COUNT, files:COUNT or filesize:BYTES".to_owned();
    let (what, value) = text.split_once(':').ok_or_else(expected)?;
    match what {
        "duration" => {
            let seconds = value.parse().ok().filter(|&seconds: &f64| seconds > 0.0);
            let duration = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
            duration.map(Autostop::Duration).ok_or_else(|| format!("not a number of seconds: {value}"))
        }
        "packets" => size(value, 1).map(Autostop::Packets),
        "files" => size(value, 1).map(Autostop::Files),
        "filesize" => size(value, 1).map(Autostop::FileSize),
        _ => Err(expected()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        for (text, expected) in [
            ("1", Some(1_000_000)),
            ("2k", Some(2048)),
            ("3M", Some(3 << 20)),
            ("4GiB", Some(4 << 30)),
            ("0", None),
            ("", None),
            ("M", None),
            ("-1", None),
            ("1.5", None),
            ("1x", None),
            ("20000000000000", None),
        ] {
            assert_eq!(millions(text).ok(), expected, "{text}");
        }
        assert_eq!(bytes("7"), Ok(7));
    }

    #[test]
    fn reserves_are_parts_or_bytes() {
        assert_eq!(reserve("5%"), Ok(Reserve::PerMillion(50_000)));
        assert_eq!(reserve("0.5%"), Ok(Reserve::PerMillion(5000)));
        assert_eq!(reserve("1G"), Ok(Reserve::Bytes(1 << 30)));
        for text in ["100%", "-1%", "NaN%", "%", "many"] {
            reserve(text).unwrap_err();
        }
    }

    #[test]
    fn limits_have_a_kind() {
        assert_eq!(autostop("duration:1.5"), Ok(Autostop::Duration(Duration::from_millis(1500))));
        assert_eq!(autostop("packets:10"), Ok(Autostop::Packets(10)));
        assert_eq!(autostop("filesize:10K"), Ok(Autostop::FileSize(10_240)));
        for text in ["duration", "duration:0", "duration:-1", "duration:inf", "files:0", "size:1", ":1"] {
            autostop(text).unwrap_err();
        }
    }
}
