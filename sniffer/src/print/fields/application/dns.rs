//! DNS: questions and records.

use std::net::IpAddr;

use crate::decode::{Dns, DnsName, DnsReader, DnsRecord, Payload};
use crate::print::fields::{MAX_ITEMS, Visit, VisitExt as _};

pub(in crate::print::fields) fn dns(message: &Dns<'_>, visitor: &mut impl Visit) {
    visitor.number("id", message.id().into());
    visitor.flag("response", message.is_response());
    visitor.number("operation", message.operation().into());
    visitor.flag("authoritative", message.is_authoritative());
    visitor.flag("truncated", message.is_truncated());
    visitor.flag("recursion_desired", message.recursion_desired());
    visitor.flag("recursion_available", message.recursion_available());
    visitor.number("response_code", message.response_code().into());
    let mut reader = message.reader();
    visitor.list("questions");
    for _ in 0..usize::from(message.question_count()).min(MAX_ITEMS) {
        let Some(question) = reader.question() else { break };
        visitor.item();
        domain("name", question.name, visitor);
        visitor.number("type", question.kind.into());
        visitor.number("class", question.class.into());
    }
    visitor.end();
    records("answers", message.answer_count(), message, &mut reader, visitor);
    records("authorities", message.authority_count(), message, &mut reader, visitor);
    records("additionals", message.additional_count(), message, &mut reader, visitor);
}

fn records(
    list: &'static str,
    count: u16,
    message: &Dns<'_>,
    reader: &mut DnsReader<'_>,
    visitor: &mut impl Visit,
) {
    visitor.list(list);
    for _ in 0..usize::from(count).min(MAX_ITEMS) {
        let Some(record) = reader.record() else { break };
        visitor.item();
        domain("name", record.name, visitor);
        visitor.number("type", record.kind.into());
        visitor.number("class", record.class.into());
        visitor.number("ttl", record.ttl.into());
        record_data(message, &record, visitor);
    }
    visitor.end();
}

/// The data of a record: an address, a name, or bytes (the types of RFC 1035 section 3.2.2 and RFC 3596); bytes that have more to
/// say are shown both ways.
fn record_data(message: &Dns<'_>, record: &DnsRecord<'_>, visitor: &mut impl Visit) {
    let ipv4 = <[u8; 4]>::try_from(record.data).map(IpAddr::from);
    let ipv6 = <[u8; 16]>::try_from(record.data).map(IpAddr::from);
    match (record.kind, ipv4, ipv6) {
        (kind::A, Ok(address), _) | (kind::AAAA, _, Ok(address)) => visitor.address("address", address),
        (kind::NS | kind::CNAME | kind::PTR, ..) => {
            domain("target", message.name_at(record.data_at), visitor);
        }
        _ => {
            visitor.bytes("data", record.data);
            record_parts(message, record, visitor);
        }
    }
}

/// The types of records whose data is taken apart.
mod kind {
    pub(super) const A: u16 = 1;
    pub(super) const NS: u16 = 2;
    pub(super) const CNAME: u16 = 5;
    pub(super) const SOA: u16 = 6;
    pub(super) const PTR: u16 = 12;
    pub(super) const MX: u16 = 15;
    pub(super) const TXT: u16 = 16;
    pub(super) const AAAA: u16 = 28;
    pub(super) const SRV: u16 = 33;
    pub(super) const DNAME: u16 = 39;
}

/// What data says that is shown as bytes as well.
fn record_parts(message: &Dns<'_>, record: &DnsRecord<'_>, visitor: &mut impl Visit) {
    let name_at = |offset| message.name_at(record.data_at + offset);
    let data = Payload::new(record.data, record.data.len() as u32);
    match record.kind {
        kind::MX => {
            visitor.number_if("preference", data.get::<u16>(0));
            domain("target", name_at(2), visitor);
        }
        kind::SRV => {
            visitor.number_if("priority", data.get::<u16>(0));
            visitor.number_if("weight", data.get::<u16>(2));
            visitor.number_if("port", data.get::<u16>(4));
            domain("target", name_at(6), visitor);
        }
        kind::DNAME => domain("target", name_at(0), visitor),
        kind::SOA => {
            let mailbox = name_at(0).end();
            domain("target", name_at(0), visitor);
            if let Some(mailbox) = mailbox.map(|at| message.name_at(at)) {
                domain("mailbox", mailbox, visitor);
                let serial = mailbox.end().and_then(|at| message.message().get::<u32>(at));
                visitor.number_if("serial", serial);
            }
        }
        kind::TXT => visitor.text("text", strings(record.data)),
        _ => {}
    }
}

/// The strings of a TXT record, which belong together (RFC 1035 section 3.3.14).
fn strings(mut data: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let (len, rest) = data.split_first()?;
        let (string, behind) = rest.split_at_checked(usize::from(*len))?;
        data = behind;
        Some(string)
    })
}

/// A domain name with dots, as far as it can be read.
fn domain(name: &'static str, domain: DnsName<'_>, visitor: &mut impl Visit) {
    let labels = domain.labels().map_while(Result::ok);
    let mut is_first = true;
    let pieces = labels.flat_map(|label| {
        let dot: &[u8] = if std::mem::take(&mut is_first) { b"" } else { b"." };
        [dot, label]
    });
    visitor.text(name, pieces);
}
