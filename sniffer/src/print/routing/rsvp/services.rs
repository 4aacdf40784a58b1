//! What a flow of RSVP needs and gets: services and their parameters, RFC 2210.

use super::{Printed, fixed};
use crate::decode::Payload;
use crate::print::line::Line;
use crate::print::{hex, text, tokens};

pub(super) fn print(line: &mut Line<'_>, indent: &str, mut rest: Payload<'_>) -> Printed {
    let [version, _, high, low] = fixed(line, indent, rest)?;
    line.text(indent);
    line.labelled("  Msg-Version: ", version >> 4);
    line.labelled(", length: ", u32::from(u16::from_be_bytes([high, low])) * 4);
    rest = rest.skip(4);
    while let Some([service, flags, high, low]) = rest.read::<[u8; 4]>() {
        let len = u32::from(u16::from_be_bytes([high, low])) * 4;
        line.text(indent);
        line.text("  Service Type: ");
        tokens::print_or(line, SERVICES, service, "unknown");
        line.labelled(" (", service);
        line.text(if flags & 0x80 == 0 { "), break bit not set" } else { "), break bit set" });
        line.labelled(", Service length: ", len);
        print_parameters(line, &mut rest, len);
    }
    Ok(false)
}

const SERVICES: &[(u8, &str)] =
    &[(1, "Default/Global Information"), (2, "Guaranteed Service"), (5, "Controlled Load")];

/// Prints parameters and steps over them, up to the first without room.
fn print_parameters(line: &mut Line<'_>, rest: &mut Payload<'_>, mut len: u32) {
    while len >= 4
        && let Some([kind, flags, high, low]) = rest.get::<[u8; 4]>(0)
    {
        let value_len = u32::from(u16::from_be_bytes([high, low])) * 4;
        line.text("\n\t      Parameter ID: ");
        tokens::print_numbered(line, PARAMETERS, kind, "unknown");
        line.labelled(", length: ", value_len);
        line.labelled_hex(", Flags: [", flags, 2);
        line.text("]");
        if rest.claimed() < value_len + 4 {
            return;
        }
        print_parameter(line, kind, rest.skip(4).with_claim(value_len));
        *rest = rest.skip(value_len as usize + 4);
        // tcpdump goes on to the end of the object where a parameter is longer than its service.
        len = len.wrapping_sub(value_len + 4);
    }
}

const PARAMETERS: &[(u8, &str)] = &[
    (4, "IS hop cnt"),
    (6, "Path b/w estimate"),
    (8, "Minimum path latency"),
    (10, "Composed MTU"),
    (127, "Token Bucket TSpec"),
    (130, "Guaranteed Service RSpec"),
    (133, "End-to-end composed value for C"),
    (134, "End-to-end composed value for D"),
    (135, "Since-last-reshaping point composed C"),
    (136, "Since-last-reshaping point composed D"),
];

fn print_parameter(line: &mut Line<'_>, kind: u8, value: Payload<'_>) {
    match (kind, value.bytes().as_chunks::<4>().0) {
        (4, [hops]) => line.labelled("\n\t\tIS hop count: ", u32::from_be_bytes(*hops)),
        (6, [rate]) => print_rate(line, "\n\t\tPath b/w estimate: ", *rate),
        (8, [[0xff, 0xff, 0xff, 0xff]]) => line.text("\n\t\tMinimum path latency: don't care"),
        (8, [latency]) => line.labelled("\n\t\tMinimum path latency: ", u32::from_be_bytes(*latency)),
        (10, [unit]) => {
            line.labelled("\n\t\tComposed MTU: ", u32::from_be_bytes(*unit));
            line.text(" bytes");
        }
        (127, [rate, size, peak, least, most]) => {
            print_rate(line, "\n\t\tToken Bucket Rate: ", *rate);
            line.text("\n\t\tToken Bucket Size: ");
            text::general(line.out, f32::from_be_bytes(*size).into());
            line.text(" bytes");
            print_rate(line, "\n\t\tPeak Data Rate: ", *peak);
            line.labelled("\n\t\tMinimum Policed Unit: ", u32::from_be_bytes(*least));
            line.labelled(" bytes\n\t\tMaximum Packet Size: ", u32::from_be_bytes(*most));
            line.text(" bytes");
        }
        (130, [rate, slack]) => {
            print_rate(line, "\n\t\tRate: ", *rate);
            line.labelled("\n\t\tSlack Term: ", u32::from_be_bytes(*slack));
        }
        (133..=136, [value]) => line.labelled("\n\t\tValue: ", u32::from_be_bytes(*value)),
        (4 | 6 | 8 | 10 | 127 | 130 | 133..=136, _) => {}
        _ if line.options.verbose > 1 => {}
        _ => hex::only_behind(line, "\n\t\t", value.bytes()),
    }
}

/// Bytes a second, in megabits.
fn print_rate(line: &mut Line<'_>, label: &str, rate: [u8; 4]) {
    line.text(label);
    text::general(line.out, (f32::from_be_bytes(rate) / 125_000.0).into());
    line.text(" Mbps");
}
