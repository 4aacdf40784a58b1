//! What stands between a MAC header and an EtherType beside VLAN tags: `MACsec`'s tag, Arista's time stamps.

use super::ethernet::print_type;
use super::llc::print_stations;
use crate::decode::{Arista, AristaTime, EtherType, Layer, Macsec, Payload};
use crate::print::clock;
use crate::print::hex;
use crate::print::line::Line;
use crate::print::text;
use crate::print::tokens;

/// Bytes of an Ethernet header.
const ETHERNET_LEN: u32 = 14;

/// The part of `MACsec`'s tag that only `-e` shows, and what is wrong with it.
pub(in crate::print) fn print_macsec(line: &mut Line<'_>, tag: &Macsec<'_>) {
    if !tag.is_well_formed() {
        return line.invalid();
    }
    if !line.options.link_header {
        return;
    }
    print_tag(line, tag);
    if let Some(ether_type) = tag.payload().and_then(|payload| payload.get::<u16>(0)) {
        if ether_type > EtherType::MAX_LENGTH {
            print_type(line, ether_type);
            line.text(", ");
        } else {
            line.text("802.3");
        }
    }
}

/// A payload that is encrypted: whose it is, and its bytes.
pub(in crate::print) fn print_encrypted(
    line: &mut Line<'_>,
    tag: &Macsec<'_>,
    layers: &[Layer<'_>],
    rest: Payload<'_>,
) {
    if !line.options.link_header {
        print_stations(line, layers);
        line.text("802.1AE MACsec, ");
        print_tag(line, tag);
    }
    hex::unknown(line, rest.bytes());
}

fn print_tag(line: &mut Line<'_>, tag: &Macsec<'_>) {
    line.labelled("an ", tag.association());
    line.labelled(", pn ", tag.packet_number());
    line.text(", flags ");
    let start = line.out.len();
    tokens::print_letters(line, MACSEC_FLAGS, tag.flags());
    line.text(if line.out.len() == start { "none" } else { "" });
    if tag.short_length() != 0 {
        line.labelled(", sl ", tag.short_length());
    }
    if let Some(channel) = tag.channel() {
        line.text(", sci ");
        line.hex_digits(channel, 16);
    }
    line.text(", ");
}

const MACSEC_FLAGS: &[(u8, &str)] = &[(0x08, "E"), (0x04, "C"), (0x40, "S"), (0x10, "B"), (0x20, "I")];

/// Arista's header as far as it was captured. Unlike other link-layer headers it is shown without `-e` as well.
pub(in crate::print) fn print_arista(line: &mut Line<'_>, header: &Arista<'_>) {
    let length = header.whole().claimed() + ETHERNET_LEN;
    if !line.options.link_header {
        print_type(line, EtherType::Arista.into());
        line.labelled(", length ", length);
        line.text(": ");
    }
    line.text("SubType ");
    line.text(if header.subtype() == Arista::TIME_STAMP { "Timestamp" } else { "Unknown" });
    line.labelled_hex(" (", header.subtype(), 4);
    line.text("), ");
    if header.subtype() == Arista::TIME_STAMP && print_time(line, header).is_some() {
        line.text(": ");
        if let Some(next) = header.ether_type().filter(|_| line.options.link_header) {
            print_type(line, next);
            line.labelled(", length ", length);
            line.text(": ");
        }
    }
}

/// Prints the time stamp; nothing where it was not captured or has no known form.
fn print_time(line: &mut Line<'_>, header: &Arista<'_>) -> Option<()> {
    let timescale = header.timescale()?;
    print_numbered(line, "Timescale ", TIMESCALES, timescale);
    let (format, hardware) = (header.format()?, header.hardware()?);
    print_numbered(line, "Format ", FORMATS, format);
    print_numbered(line, "HwInfo ", HARDWARE, hardware);
    line.text("Timestamp ");
    let nanos = match header.time()? {
        AristaTime::Full { seconds, nanos } => {
            let seconds = i64::from(seconds) + i64::from(nanos / NANOS);
            clock::date(line.out, seconds.div_euclid(clock::DAY));
            line.byte(b' ');
            clock::time_of_day(line.out, seconds.rem_euclid(clock::DAY));
            nanos
        }
        AristaTime::Short { seconds, nanos } => {
            line.number(u32::from(seconds) + nanos / NANOS);
            nanos
        }
    };
    line.byte(b'.');
    text::decimal_padded(line.out, u64::from(nanos % NANOS), 9);
    Some(())
}

/// Nanoseconds of a second.
const NANOS: u32 = 1_000_000_000;

fn print_numbered(line: &mut Line<'_>, label: &str, names: &[(u8, &'static str)], value: u8) {
    line.text(label);
    tokens::print_numbered(line, names, value, "Unknown");
    line.text(", ");
}

const TIMESCALES: &[(u8, &str)] = &[(0, "TAI"), (1, "UTC")];
const FORMATS: &[(u8, &str)] = &[(1, "64-bit"), (2, "48-bit")];
const HARDWARE: &[(u8, &str)] = &[(0, "R/R2"), (1, "R3")];
