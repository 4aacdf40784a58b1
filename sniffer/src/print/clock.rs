//! Time stamps in tcpdump's five forms, in local time. The time zone is read once; the text of a second is kept until
//! the next one begins.

use jiff::tz::TimeZone;

use super::options::{Options, TimeFormat, TimePrecision};
use super::text;
use crate::packet::Timestamp;

pub(super) const DAY: i64 = 86_400;

/// Formats time stamps, and remembers what the differences are counted from.
pub(super) struct Clock {
    format: TimeFormat,
    precision: TimePrecision,
    /// `None` until a local time is asked for: finding the system's zone takes milliseconds.
    zone: Option<TimeZone>,
    reference: Option<Timestamp>,
    second: Option<i64>,
    cached: Vec<u8>,
}

impl Clock {
    /// A clock of that zone, or of the system's.
    pub(super) fn new(options: &Options, zone: Option<TimeZone>) -> Self {
        let Options { time: format, precision, .. } = *options;
        Self { format, precision, zone, reference: None, second: None, cached: Vec::new() }
    }

    /// Appends the time stamp and a space.
    pub(super) fn print(&mut self, time: Timestamp, out: &mut Vec<u8>) {
        match self.format {
            TimeFormat::None => return,
            TimeFormat::TimeOfDay | TimeFormat::DateTime => self.local(time, out),
            TimeFormat::Seconds => {
                if time.seconds < 0 {
                    out.push(b'-');
                }
                text::decimal(out, time.seconds.unsigned_abs());
                self.fraction(time.nanos, out);
            }
            TimeFormat::SincePrevious => {
                let reference = self.reference.replace(time).unwrap_or(time);
                self.difference(time, reference, out);
            }
            TimeFormat::SinceFirst => {
                let reference = *self.reference.get_or_insert(time);
                self.difference(time, reference, out);
            }
        }
        out.push(b' ');
    }

    /// What the next time stamp is counted from, where it is a difference.
    pub(super) fn reference(&self) -> Option<Timestamp> {
        self.reference
    }

    /// Goes on as if what the next time stamp is counted from had been printed.
    pub(super) fn resume(&mut self, reference: Option<Timestamp>) {
        self.reference = reference;
    }

    /// Takes notice of a time stamp that another clock prints.
    pub(super) fn pass(&mut self, time: Timestamp) {
        match self.format {
            TimeFormat::SincePrevious => self.reference = Some(time),
            TimeFormat::SinceFirst => _ = self.reference.get_or_insert(time),
            _ => {}
        }
    }

    fn local(&mut self, time: Timestamp, out: &mut Vec<u8>) {
        if self.second != Some(time.seconds) {
            self.second = Some(time.seconds);
            self.cached.clear();
            let local = time.seconds.saturating_add(self.offset(time.seconds));
            if self.format == TimeFormat::DateTime {
                date(&mut self.cached, local.div_euclid(DAY));
                self.cached.push(b' ');
            }
            time_of_day(&mut self.cached, local.rem_euclid(DAY));
        }
        out.extend_from_slice(&self.cached);
        self.fraction(time.nanos, out);
    }

    /// Seconds east of Greenwich at that moment. What lies outside the zone's rules (the years ±9999) is UTC.
    fn offset(&mut self, seconds: i64) -> i64 {
        let zone = self.zone.get_or_insert_with(TimeZone::system);
        jiff::Timestamp::from_second(seconds).map_or(0, |time| zone.to_offset(time).seconds().into())
    }

    fn difference(&self, time: Timestamp, reference: Timestamp, out: &mut Vec<u8>) {
        let nanos = self.rounded(time).nanos_since(self.rounded(reference));
        out.push(if nanos < 0 { b'-' } else { b' ' });
        let nanos = nanos.unsigned_abs();
        let seconds = (nanos / 1_000_000_000) as i64;
        // tcpdump shows differences as a time of day, without the days.
        time_of_day(out, seconds % DAY);
        self.fraction((nanos % 1_000_000_000) as u32, out);
    }

    /// The time as it is shown: differences are taken between what was printed.
    fn rounded(&self, time: Timestamp) -> Timestamp {
        match self.precision {
            TimePrecision::Micro => Timestamp { nanos: time.nanos / 1000 * 1000, ..time },
            TimePrecision::Nano => time,
        }
    }

    fn fraction(&self, nanos: u32, out: &mut Vec<u8>) {
        out.push(b'.');
        match self.precision {
            TimePrecision::Micro => text::decimal_padded(out, u64::from(nanos / 1000), 6),
            TimePrecision::Nano => text::decimal_padded(out, u64::from(nanos), 9),
        }
    }
}

/// `HH:MM:SS`.
pub(super) fn time_of_day(out: &mut Vec<u8>, seconds: i64) {
    for (index, part) in [seconds / 3600, seconds / 60 % 60, seconds % 60].into_iter().enumerate() {
        if index > 0 {
            out.push(b':');
        }
        text::decimal_padded(out, part as u64, 2);
    }
}

/// `YYYY-MM-DD` of a day counted from 1970-01-01, by the civil calendar (Howard Hinnant, `civil_from_days`).
pub(super) fn date(out: &mut Vec<u8>, days: i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_index = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_index + 2) / 5 + 1;
    let month = if month_index < 10 { month_index + 3 } else { month_index - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    if year < 0 {
        out.push(b'-');
    }
    text::decimal_padded(out, year.unsigned_abs(), 4);
    out.push(b'-');
    text::decimal_padded(out, month as u64, 2);
    out.push(b'-');
    text::decimal_padded(out, day as u64, 2);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(time: TimeFormat, zone: &str, stamps: &[(i64, u32)], expected: &[&str]) {
        let options = Options { time, ..Options::default() };
        let mut clock = Clock::new(&options, Some(TimeZone::posix(zone).unwrap()));
        for (&(seconds, nanos), expected) in stamps.iter().zip(expected) {
            let mut out = Vec::new();
            clock.print(Timestamp { seconds, nanos }, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), *expected);
        }
    }

    #[test]
    fn local_time_follows_the_zone_through_its_changes() {
        let berlin = "CET-1CEST,M3.5.0,M10.5.0/3";
        let stamps = [(1_711_846_799, 999_999_999), (1_711_846_800, 0), (1_711_846_800, 1000)];
        check(
            TimeFormat::TimeOfDay,
            berlin,
            &stamps,
            &["01:59:59.999999 ", "03:00:00.000000 ", "03:00:00.000001 "],
        );
        check(TimeFormat::DateTime, berlin, &stamps[..1], &["2024-03-31 01:59:59.999999 "]);
        check(TimeFormat::DateTime, "IST-5:30", &[(0, 0)], &["1970-01-01 05:30:00.000000 "]);
        check(TimeFormat::DateTime, "EST5", &[(0, 0)], &["1969-12-31 19:00:00.000000 "]);
    }

    #[test]
    fn differences_have_a_sign_and_leave_days_out() {
        let stamps = [(10, 500_000_999), (11, 0), (10, 0), (86_410, 0)];
        let expected = [" 00:00:00.000000 ", " 00:00:00.500000 ", "-00:00:01.000000 "];
        check(TimeFormat::SincePrevious, "UTC0", &stamps, &expected);
        check(
            TimeFormat::SinceFirst,
            "UTC0",
            &stamps,
            &[" 00:00:00.000000 ", " 00:00:00.500000 ", "-00:00:00.500000 "],
        );
        check(
            TimeFormat::SinceFirst,
            "UTC0",
            &[(0, 0), (86_410, 0)],
            &[" 00:00:00.000000 ", " 00:00:10.000000 "],
        );
    }

    #[test]
    fn plain_forms() {
        check(TimeFormat::None, "UTC0", &[(5, 0)], &[""]);
        check(TimeFormat::Seconds, "UTC0", &[(4_294_967_295, 7000)], &["4294967295.000007 "]);
    }
}
