//! DNS and multicast DNS: identifier and flags, the question, the answers.

mod names;
mod options;
mod records;

use self::names::{Printed, Stopped, print_class, print_name, print_type};
use self::records::print_record;
use crate::decode::{Application, Dns, DnsQuestion, DnsReader, DnsTransport, Payload};
use crate::print::line::Line;

/// Bytes of the header.
const HEADER_LEN: u32 = 12;
/// Bytes of the length in front of a message over TCP.
const PREFIX_LEN: u32 = 2;
/// The top bit of a class in multicast DNS: a unicast answer is wanted.
const CLASS_UNICAST: u16 = 0x8000;

pub(super) fn print(line: &mut Line<'_>, dns: &Dns<'_>) {
    if dns.transport() == DnsTransport::Tcp && !print_prefix(line, dns.prefix(), dns.message().claimed()) {
        return;
    }
    let printed = if dns.is_response() { print_response(line, dns) } else { print_query(line, dns) };
    match printed {
        Ok(()) => {
            line.labelled(" (", dns.message().claimed());
            line.text(")");
        }
        Err(Stopped) => line.truncated("domain"),
    }
}

/// A message whose header was cut, or that is too short for one.
pub(super) fn print_truncated(line: &mut Line<'_>, application: Application, rest: Payload<'_>) {
    let is_stream = application == Application::DnsOverTcp;
    let claimed = rest.claimed().saturating_sub(if is_stream { PREFIX_LEN } else { 0 });
    if is_stream && !print_prefix(line, rest.get(0), claimed) {
        return;
    }
    if claimed < HEADER_LEN {
        line.text("domain ");
        return line.too_short(claimed, HEADER_LEN);
    }
    line.truncated("domain");
}

/// What is wrong with the length in front of a message in a segment; tells whether nothing is.
fn print_prefix(line: &mut Line<'_>, prefix: Option<u16>, len: u32) -> bool {
    let Some(prefix) = prefix else {
        line.truncated("domain");
        return false;
    };
    line.byte(b' ');
    if u32::from(prefix) == len {
        return true;
    }
    line.labelled("[prefix length(", prefix);
    line.labelled(") != length(", len);
    line.text(")]");
    line.invalid();
    false
}

fn print_response(line: &mut Line<'_>, dns: &Dns<'_>) -> Printed {
    line.number(dns.id());
    line.text(OPERATIONS[usize::from(dns.operation())]);
    print_response_code(line, dns);
    line.text(if dns.is_authoritative() { "*" } else { "" });
    line.text(if dns.recursion_available() { "" } else { "-" });
    line.text(if dns.is_truncated() { "|" } else { "" });
    line.text(if dns.authentic_data() { "$" } else { "" });
    if dns.question_count() != 1 {
        line.labelled(" [", dns.question_count());
        line.text("q]");
    }
    let mut reader = dns.reader();
    for index in 0..dns.question_count() {
        if index > 0 {
            line.byte(b',');
        }
        if line.options.verbose > 1 {
            line.text(" q:");
            print_question(line, dns, &mut reader)?;
        } else {
            reader.skip_question().ok_or(Stopped)?;
        }
    }
    line.labelled(" ", dns.answer_count());
    line.labelled("/", dns.authority_count());
    line.labelled("/", dns.additional_count());
    print_records(line, dns, &mut reader, dns.answer_count())?;
    if line.options.verbose > 1 {
        print_section(line, dns, &mut reader, " ns:", dns.authority_count())?;
        print_section(line, dns, &mut reader, " ar:", dns.additional_count())?;
    }
    Ok(())
}

/// The response code, of which the upper bits are in the OPT record (RFC 6891 section 6.1.3).
fn print_response_code(line: &mut Line<'_>, dns: &Dns<'_>) {
    let code = u16::from(dns.response_code()) | dns.extended_code() << 4;
    match RESPONSES.get(usize::from(code)) {
        Some(known) => line.text(known),
        None => line.labelled(" Resp", code),
    }
}

fn print_query(line: &mut Line<'_>, dns: &Dns<'_>) -> Printed {
    /// The operation of an inverse query, RFC 1035 section 6.4.
    const INVERSE: u8 = 1;
    line.number(dns.id());
    line.text(OPERATIONS[usize::from(dns.operation())]);
    line.text(if dns.recursion_desired() { "+" } else { "" });
    line.text(if dns.checking_disabled() { "%" } else { "" });
    if dns.flags() & 0x06cf != 0 {
        line.labelled_hex(" [b2&3=", dns.flags(), 1);
        line.text("]");
    }
    if dns.operation() == INVERSE {
        print_count(line, dns.question_count(), 0, "q]");
        print_count(line, dns.answer_count(), 1, "a]");
    } else {
        print_count(line, dns.answer_count(), 0, "a]");
        print_count(line, dns.question_count(), 1, "q]");
    }
    print_count(line, dns.authority_count(), 0, "n]");
    print_count(line, dns.additional_count(), 0, "au]");
    let mut reader = dns.reader();
    for _ in 0..dns.question_count() {
        print_question(line, dns, &mut reader)?;
    }
    if line.options.verbose > 1 {
        print_records(line, dns, &mut reader, dns.answer_count())?;
        print_section(line, dns, &mut reader, " ns:", dns.authority_count())?;
        print_section(line, dns, &mut reader, " ar:", dns.additional_count())?;
    }
    Ok(())
}

fn print_count(line: &mut Line<'_>, count: u16, usual: u16, unit: &str) {
    if count != usual {
        line.labelled(" [", count);
        line.text(unit);
    }
}

fn print_question(line: &mut Line<'_>, dns: &Dns<'_>, reader: &mut DnsReader<'_>) -> Printed {
    let DnsQuestion { name, kind, class } = reader.question().ok_or(Stopped)?;
    line.byte(b' ');
    print_type(line, kind);
    let is_multicast = dns.transport() == DnsTransport::Multicast;
    print_class(line, if is_multicast { class & !CLASS_UNICAST } else { class });
    if is_multicast {
        line.text(if class & CLASS_UNICAST == 0 { " (QM)" } else { " (QU)" });
    }
    line.text("? ");
    print_name(line, name)
}

fn print_section(
    line: &mut Line<'_>,
    dns: &Dns<'_>,
    reader: &mut DnsReader<'_>,
    label: &str,
    count: u16,
) -> Printed {
    if count > 0 {
        if reader.is_at_end() {
            return Err(Stopped);
        }
        line.text(label);
    }
    print_records(line, dns, reader, count)
}

fn print_records(line: &mut Line<'_>, dns: &Dns<'_>, reader: &mut DnsReader<'_>, count: u16) -> Printed {
    for index in 0..count {
        if index > 0 {
            if reader.is_at_end() {
                return Err(Stopped);
            }
            line.byte(b',');
        }
        print_record(line, dns, reader)?;
    }
    Ok(())
}

/// Operations, with the space in front; a query has none.
const OPERATIONS: [&str; 16] = [
    "",
    " inv_q",
    " stat",
    " op3",
    " notify",
    " update",
    " op6",
    " op7",
    " op8",
    " updateA",
    " updateD",
    " updateDA",
    " updateM",
    " updateMA",
    " zoneInit",
    " zoneRef",
];

/// Response codes, with the space in front; success has none.
const RESPONSES: [&str; 24] = [
    "",
    " FormErr",
    " ServFail",
    " NXDomain",
    " NotImp",
    " Refused",
    " YXDomain",
    " YXRRSet",
    " NXRRSet",
    " NotAuth",
    " NotZone",
    " Resp11",
    " Resp12",
    " Resp13",
    " Resp14",
    " NoChange",
    " BadVers",
    " Resp17",
    " Resp18",
    " Resp19",
    " Resp20",
    " Resp21",
    " Resp22",
    " BadCookie",
];
