//! The names of the files of a series, as tcpdump makes them. Opens nothing.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp as Time;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;

use crate::packet::Timestamp;

/// What stays behind the number, so that the file's kind is still seen: the names are not tcpdump's anyway.
const KEPT_ENDINGS: [&str; 1] = [".zst"];

/// From the name of the series to that of a file: `%`-conversions of strftime(3) in local time when files follow each
/// other by time (`-G`), and a number behind it when they do by size (`-C`).
#[derive(Clone, Debug)]
pub struct Names {
    stem: OsString,
    ending: &'static str,
    /// `None` when the name has no conversions.
    zone: Option<TimeZone>,
    /// Digits of the number, filled up with zeros.
    digits: usize,
}

/// A name that is no format of strftime(3).
#[derive(Debug, thiserror::Error)]
#[error("{name}: not a time format: {reason}")]
pub struct NameError {
    name: String,
    reason: String,
}

impl Names {
    /// Names after `name`: `timed` when it may hold conversions, and with the digits that `count` files need (`-W`).
    ///
    /// # Errors
    /// When a conversion is unknown.
    pub fn new(name: &Path, timed: bool, count: Option<u32>) -> Result<Self, NameError> {
        let bytes = name.as_os_str().as_bytes();
        let ending = KEPT_ENDINGS.into_iter().find(|ending| bytes.ends_with(ending.as_bytes())).unwrap_or("");
        let stem = OsStr::from_bytes(&bytes[..bytes.len() - ending.len()]).to_owned();
        let zone = (timed && bytes.contains(&b'%')).then(TimeZone::system);
        let names = Self { stem, ending, zone, digits: count.map_or(0, digits) };
        names.stem(Timestamp::default())?;
        Ok(names)
    }

    /// Whether the names of files that begin at different times can differ.
    pub fn is_timed(&self) -> bool {
        self.zone.is_some()
    }

    /// The file of that number, from 0, among those of the interval that begins at `start`.
    ///
    /// # Errors
    /// None that [`Self::new`] did not find.
    pub fn file(&self, start: Timestamp, number: u64) -> Result<PathBuf, NameError> {
        let mut name = self.stem(start)?;
        if number > 0 || self.digits > 0 {
            name.push(format!("{number:0digits$}", digits = self.digits));
        }
        name.push(self.ending);
        Ok(name.into())
    }

    fn stem(&self, start: Timestamp) -> Result<OsString, NameError> {
        let Some(zone) = &self.zone else { return Ok(self.stem.clone()) };
        let time = Time::from_second(start.seconds).unwrap_or_default().to_zoned(zone.clone());
        let name = strtime::format(self.stem.as_bytes(), &time);
        name.map(OsString::from).map_err(|reason| NameError {
            name: self.stem.to_string_lossy().into_owned(),
            reason: reason.to_string(),
        })
    }
}

/// As many digits as the largest of `count` numbers from 0 has, but none for a single one.
fn digits(count: u32) -> usize {
    match count.saturating_sub(1) {
        0 => 0,
        largest => largest.ilog10() as usize + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(name: &str, count: Option<u32>) -> Vec<String> {
        let names = Names::new(Path::new(name), false, count).unwrap();
        let path = |number| names.file(Timestamp::default(), number).unwrap();
        [0, 1, 12].map(|number| path(number).to_str().unwrap().to_owned()).to_vec()
    }

    #[test]
    fn numbers_are_tcpdumps() {
        assert_eq!(names("f", None), ["f", "f1", "f12"]);
        assert_eq!(names("f.pcap", Some(1)), ["f.pcap", "f.pcap1", "f.pcap12"]);
        assert_eq!(names("f", Some(10)), ["f0", "f1", "f12"]);
        assert_eq!(names("f", Some(11)), ["f00", "f01", "f12"]);
        assert_eq!(names("f", Some(1001)), ["f0000", "f0001", "f0012"]);
        assert_eq!(names("f%d", None), ["f%d", "f%d1", "f%d12"], "no conversion without -G");
    }

    #[test]
    fn the_ending_of_a_compressed_file_stays_at_the_end() {
        assert_eq!(names("f.pcap.zst", Some(11)), ["f.pcap00.zst", "f.pcap01.zst", "f.pcap12.zst"]);
    }

    #[test]
    fn times_are_local_and_formatted_as_strftime_does() {
        let zone = TimeZone::fixed(jiff::tz::offset(2));
        let names = Names {
            zone: Some(zone),
            ..Names::new(Path::new("a-%F_%H%M%S-%s%%-%j.pcap"), true, None).unwrap()
        };
        let start = Timestamp { seconds: 1_700_000_000, nanos: 5 };
        let name = |number| names.file(start, number).unwrap().to_str().unwrap().to_owned();
        assert_eq!(name(0), "a-2023-11-15_001320-1700000000%-319.pcap");
        assert_eq!(name(3), "a-2023-11-15_001320-1700000000%-319.pcap3");
    }

    #[test]
    fn unknown_conversions_are_refused_before_anything_is_written() {
        for name in ["a%!", "a%", "%-"] {
            let error = Names::new(Path::new(name), true, None).unwrap_err();
            assert!(error.to_string().starts_with(&format!("{name}: not a time format")), "{error}");
        }
    }
}
