//! The printer: options, clock and connections from line to line.

use jiff::tz::TimeZone;

use super::clock::Clock;
use super::flows::{Bases, Flows, Notes};
use super::line::Line;
use super::lines::{Before, Lines};
use super::link::linux_cooked;
use super::names::{Names, Numbers};
use super::options::Options;
use super::style::{Style, styled};
use super::{hex, packet};
use crate::decode::{ForcedType, Layers};
use crate::packet::{Frame, LinkType, PacketType};

/// Turns frames into lines.
///
/// ```
/// use sniffer::decode::decode;
/// use sniffer::packet::{Frame, LinkType};
/// use sniffer::print::{Lines as _, Options, Printer, TimeFormat};
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
    /// Where lines go that are only made for the notes.
    unread: Vec<u8>,
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
            unread: Vec::new(),
        }
    }

    /// The same printer with names for numbers.
    #[must_use]
    pub fn with_names(self, names: Box<dyn Names + Send>) -> Self {
        Self { names, ..self }
    }

    fn note_by_printing(&mut self, frame: &Frame<'_>, layers: &Layers<'_>, notes: &mut Notes) {
        self.unread.clear();
        let mut line = Line {
            options: self.options,
            names: &*self.names,
            bases: Bases::Noting(&mut self.flows, notes),
            checksum: frame.checksum,
            interface: frame.interface,
            quoted: 0,
            out: &mut self.unread,
        };
        packet::print(&mut line, frame, layers);
    }
}

impl Lines for Printer {
    fn forced_type(&self) -> Option<ForcedType> {
        self.options.forced_type
    }

    fn count(&mut self) -> &mut u64 {
        &mut self.count
    }

    /// Its line, and what `-v` and `-x` put under it.
    fn line(&mut self, frame: &Frame<'_>, layers: &Layers<'_>, out: &mut Vec<u8>) {
        let Self { options, names, clock, flows, count, .. } = self;
        let bases = Bases::Table(flows);
        print(Maker { options, names: &**names, clock, count }, bases, frame, layers, out);
    }

    fn noted_line(&mut self, frame: &Frame<'_>, layers: &Layers<'_>, before: &mut Before, out: &mut Vec<u8>) {
        let Self { options, names, clock, count, .. } = self;
        let bases = Bases::Noted(&mut before.notes);
        print(Maker { options, names: &**names, clock, count }, bases, frame, layers, out);
    }

    fn resume(&mut self, before: &Before) {
        self.count = before.count;
        self.clock.resume(before.reference);
    }

    fn note<'f>(&mut self, batch: impl Iterator<Item = (Frame<'f>, &'f Layers<'f>)>, before: &mut Before) {
        before.count = self.count;
        before.reference = self.clock.reference();
        before.notes.clear();
        for (frame, layers) in batch {
            self.count += 1;
            if packet::is_impossible(&frame) {
                continue;
            }
            self.clock.pass(frame.timestamp);
            match packet::counted_segments(self.options, layers) {
                Some(segments) => segments.for_each(|segment| {
                    before.notes.push(self.flows.base(&segment));
                }),
                None => self.note_by_printing(&frame, layers, &mut before.notes),
            }
        }
    }
}

/// What makes a line, whatever its numbers count from.
struct Maker<'p> {
    options: &'p Options,
    names: &'p (dyn Names + Send),
    clock: &'p mut Clock,
    count: &'p mut u64,
}

fn print(maker: Maker<'_>, bases: Bases<'_>, frame: &Frame<'_>, layers: &Layers<'_>, out: &mut Vec<u8>) {
    let Maker { options, names, clock, count } = maker;
    *count += 1;
    if options.number {
        print_count(*count, out);
    }
    if packet::is_impossible(frame) {
        return packet::print_impossible(frame, out);
    }
    styled(options.color, Style::Time, out, |out| clock.print(frame.timestamp, out));
    let Frame { checksum, interface, .. } = *frame;
    let mut line = Line { options: *options, names, bases, checksum, interface, quoted: 0, out };
    if line.options.interface && frame.link_type != LinkType::LINUX_SLL2 {
        let packet_type = frame.packet_type.unwrap_or(PacketType::Unknown(0));
        linux_cooked::print_place(&mut line, packet_type);
    }
    packet::print(&mut line, frame, layers);
    hex::under_line(&mut line, frame, layers);
    line.byte(b'\n');
}

/// The packet's number in five columns, as `-#` has it.
fn print_count(count: u64, out: &mut Vec<u8>) {
    let mut number = itoa::Buffer::new();
    let number = number.format(count);
    out.extend(std::iter::repeat_n(b' ', 5usize.saturating_sub(number.len())));
    out.extend_from_slice(number.as_bytes());
    out.extend_from_slice(b"  ");
}
