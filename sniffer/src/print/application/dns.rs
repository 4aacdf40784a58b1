//! DNS and multicast DNS: identifier and flags, the question, the answers.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::decode::{
    Application, Dns, DnsName, DnsNameError, DnsQuestion, DnsReader, DnsRecord, DnsTransport, Payload,
};
use crate::print::line::Line;
use crate::print::tokens;

/// The message ends, or cannot be read further.
struct Stopped;

type Printed = Result<(), Stopped>;

/// Bytes of the header.
const HEADER_LEN: u32 = 12;
/// Bytes of the length in front of a message over TCP.
const PREFIX_LEN: u32 = 2;
/// The class of the internet.
const CLASS_IN: u16 = 1;
/// The top bit of a class in multicast DNS: a unicast answer is wanted, or the cache is to be flushed.
const CLASS_FLAG: u16 = 0x8000;
/// The OPT pseudo-record of EDNS, RFC 6891.
const TYPE_OPT: u16 = 41;

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
        line.labelled("domain [length ", claimed);
        line.text(" < 12]");
        return line.invalid();
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
        line.text(" [b2&3=");
        line.hex(dns.flags(), 1);
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
        print_section(line, dns, &mut reader, "", dns.answer_count())?;
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
    print_class(line, if is_multicast { class & !CLASS_FLAG } else { class });
    if is_multicast {
        line.text(if class & CLASS_FLAG == 0 { " (QM)" } else { " (QU)" });
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

fn print_record(line: &mut Line<'_>, dns: &Dns<'_>, reader: &mut DnsReader<'_>) -> Printed {
    let Some(record) = reader.record() else {
        // tcpdump takes a record without its fixed part for the end of the message.
        reader.skip_to_end();
        return Ok(());
    };
    if line.is_verbose() {
        line.byte(b' ');
        print_name(line, record.name)?;
    }
    let is_multicast = dns.transport() == DnsTransport::Multicast;
    if record.kind != TYPE_OPT {
        print_class(line, if is_multicast { record.class & !CLASS_FLAG } else { record.class });
        if is_multicast && record.class & CLASS_FLAG != 0 {
            line.text(" (Cache flush)");
        }
    }
    line.byte(b' ');
    print_type(line, record.kind);
    if record.data.len() < usize::from(record.len) {
        return Err(Stopped);
    }
    print_data(line, dns, &record)
}

fn print_data(line: &mut Line<'_>, dns: &Dns<'_>, record: &DnsRecord<'_>) -> Printed {
    let message = dns.message().bytes();
    let behind = message.get(record.data_at..).unwrap_or_default();
    let u16_at = |at: usize| behind.get(at..)?.first_chunk().map(|bytes| u16::from_be_bytes(*bytes));
    match record.kind {
        1 => {
            let address = *behind.first_chunk::<4>().ok_or(Stopped)?;
            line.byte(b' ');
            line.ipv4(Ipv4Addr::from(address));
        }
        28 => {
            let address = *behind.first_chunk::<16>().ok_or(Stopped)?;
            line.byte(b' ');
            line.ipv6(Ipv6Addr::from(address));
        }
        2 | 5 | 12 | 39 => {
            line.byte(b' ');
            print_name(line, dns.name_at(record.data_at))?;
        }
        15 => {
            line.byte(b' ');
            let preference = u16_at(0).ok_or(Stopped)?;
            print_name(line, dns.name_at(record.data_at + 2))?;
            line.labelled(" ", preference);
        }
        16 => print_strings(line, record.data)?,
        33 => {
            line.byte(b' ');
            let priority = u16_at(0).ok_or(Stopped)?;
            print_name(line, dns.name_at(record.data_at + 6))?;
            line.labelled(":", u16_at(4).ok_or(Stopped)?);
            line.labelled(" ", priority);
            line.labelled(" ", u16_at(2).ok_or(Stopped)?);
        }
        TYPE_OPT => {
            line.labelled(" UDPsize=", record.class);
            line.text(if record.ttl & 0x8000 == 0 { "" } else { " DO" });
        }
        103 => line.untrusted(record.data),
        256 => {
            let &[p0, p1, w0, w1, ref uri @ ..] = record.data else { return Err(Stopped) };
            line.labelled(" ", u16::from_be_bytes([p0, p1]));
            line.labelled(" ", u16::from_be_bytes([w0, w1]));
            line.byte(b' ');
            line.untrusted(uri);
        }
        _ => {}
    }
    Ok(())
}

/// The strings of a TXT record, each in quotes.
fn print_strings(line: &mut Line<'_>, mut data: &[u8]) -> Printed {
    while let [len, rest @ ..] = data {
        let (text, rest) = rest.split_at_checked(usize::from(*len)).ok_or(Stopped)?;
        line.text(" \"");
        line.untrusted(text);
        line.byte(b'"');
        data = rest;
    }
    Ok(())
}

fn print_name(line: &mut Line<'_>, name: DnsName<'_>) -> Printed {
    let mut is_root = true;
    for label in name.labels() {
        match label {
            Ok(label) => {
                line.untrusted(label);
                line.byte(b'.');
            }
            Err(error) => {
                print_name_error(line, error);
                return Err(Stopped);
            }
        }
        is_root = false;
    }
    if is_root {
        line.byte(b'.');
    }
    Ok(())
}

fn print_name_error(line: &mut Line<'_>, error: DnsNameError) {
    match error {
        DnsNameError::Truncated => {}
        DnsNameError::BadPointer => line.text("<BAD PTR>"),
        DnsNameError::BadLabel => line.text("<BAD LABEL TYPE>"),
        DnsNameError::Extended(element) => {
            line.labelled("<ELT ", element);
            line.text(">");
        }
        DnsNameError::TooLong => line.text("<DOMAIN NAME TOO LONG>"),
    }
}

fn print_type(line: &mut Line<'_>, kind: u16) {
    tokens::print(line, TYPES, kind, ["Type", ""]);
}

fn print_class(line: &mut Line<'_>, class: u16) {
    if class == CLASS_IN {
        return;
    }
    line.byte(b' ');
    tokens::print(line, CLASSES, class, ["(Class ", ")"]);
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

/// Classes.
const CLASSES: &[(u16, &str)] = &[(1, "IN"), (3, "CHAOS"), (4, "HS"), (255, "ANY")];

/// Record types (<https://www.iana.org/assignments/dns-parameters>).
const TYPES: &[(u16, &str)] = &[
    (1, "A"),
    (28, "AAAA"),
    (5, "CNAME"),
    (12, "PTR"),
    (2, "NS"),
    (6, "SOA"),
    (15, "MX"),
    (16, "TXT"),
    (33, "SRV"),
    (41, "OPT"),
    (43, "DS"),
    (46, "RRSIG"),
    (47, "NSEC"),
    (48, "DNSKEY"),
    (255, "ANY"),
    (3, "MD"),
    (4, "MF"),
    (7, "MB"),
    (8, "MG"),
    (9, "MR"),
    (10, "NULL"),
    (11, "WKS"),
    (13, "HINFO"),
    (14, "MINFO"),
    (17, "RP"),
    (18, "AFSDB"),
    (19, "X25"),
    (20, "ISDN"),
    (21, "RT"),
    (22, "NSAP"),
    (23, "NSAP_PTR"),
    (24, "SIG"),
    (25, "KEY"),
    (26, "PX"),
    (27, "GPOS"),
    (29, "LOC"),
    (30, "NXT"),
    (31, "EID"),
    (32, "NIMLOC"),
    (34, "ATMA"),
    (35, "NAPTR"),
    (36, "KX"),
    (37, "CERT"),
    (38, "A6"),
    (39, "DNAME"),
    (40, "SINK"),
    (42, "APL"),
    (44, "SSHFP"),
    (45, "IPSECKEY"),
    (100, "UINFO"),
    (101, "UID"),
    (102, "GID"),
    (99, "SPF"),
    (103, "UNSPEC"),
    (249, "TKEY"),
    (250, "TSIG"),
    (251, "IXFR"),
    (252, "AXFR"),
    (253, "MAILB"),
    (254, "MAILA"),
    (256, "URI"),
];
