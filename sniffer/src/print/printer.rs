//! The printer: options, clock and connections from line to line.

use jiff::tz::TimeZone;

use super::clock::Clock;
use super::flows::Flows;
use super::line::Line;
use super::names::{Names, Numbers};
use super::options::Options;
use super::{hex, packet};
use crate::decode::Layers;
use crate::packet::Frame;

/// Turns frames into lines.
///
/// ```
/// use sniffer::decode::decode;
/// use sniffer::packet::{Frame, LinkType};
/// use sniffer::print::{Options, Printer, TimeFormat};
///
/// let bytes = [0x45, 0, 0, 28, 0, 1, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2, 0, 9, 0, 10, 0, 8, 0, 0];
/// let frame = Frame {
///     timestamp: Default::default(),
///     link_type: LinkType::RAW,
///     data: &bytes,
///     original_len: 28,
///     interface: 0,
///     packet_type: None,
///     checksum: Default::default(),
/// };
/// let mut printer = Printer::new(Options { time: TimeFormat::None, ..Options::default() });
/// let mut out = Vec::new();
/// printer.line(&frame, &decode(&frame), &mut out);
/// assert_eq!(out, b"IP 10.0.0.1.9 > 10.0.0.2.10: UDP, length 0\n");
/// ```
pub struct Printer {
    options: Options,
    names: Box<dyn Names + Send>,
    clock: Clock,
    flows: Flows,
    count: u64,
}

impl Printer {
    /// A printer that prints numbers and the system's local time.
    pub fn new(options: Options) -> Self {
        Self::in_zone(options, None)
    }

    /// A printer of that time zone, or of the system's.
    pub(super) fn in_zone(options: Options, zone: Option<TimeZone>) -> Self {
        Self {
            options,
            names: Box::new(Numbers),
            clock: Clock::new(&options, zone),
            flows: Flows::new(),
            count: 0,
        }
    }

    /// The same printer with names for numbers.
    #[must_use]
    pub fn with_names(self, names: Box<dyn Names + Send>) -> Self {
        Self { names, ..self }
    }

    /// Appends one packet to `out`: its line, what `-v` and `-x` put under it, and a line end.
    pub fn line(&mut self, frame: &Frame<'_>, layers: &Layers<'_>, out: &mut Vec<u8>) {
        self.count += 1;
        if self.options.number {
            let mut number = itoa::Buffer::new();
            let number = number.format(self.count);
            out.extend(std::iter::repeat_n(b' ', 5usize.saturating_sub(number.len())));
            out.extend_from_slice(number.as_bytes());
            out.extend_from_slice(b"  ");
        }
        if packet::print_impossible(frame, out) {
            return;
        }
        self.clock.print(frame.timestamp, out);
        let mut line = Line {
            options: self.options,
            names: &*self.names,
            flows: &mut self.flows,
            checksum: frame.checksum,
            quoted: 0,
            out,
        };
        packet::print(&mut line, frame, layers);
        hex::under_line(&mut line, frame, layers);
        line.byte(b'\n');
    }
}
