//! Resource records of DNS: owner, class, type and data.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::names::{Printed, Stopped, print_class, print_name, print_type};
use super::options;
use crate::decode::{Dns, DnsReader, DnsRecord, DnsTransport, Payload};
use crate::print::line::Line;
use crate::print::tokens;

/// The top bit of a class in multicast DNS: the cache is to be flushed.
const CLASS_FLUSH: u16 = 0x8000;
/// The OPT pseudo-record of EDNS, RFC 6891.
const TYPE_OPT: u16 = 41;

pub(super) fn print_record(line: &mut Line<'_>, dns: &Dns<'_>, reader: &mut DnsReader<'_>) -> Printed {
    if line.is_verbose() {
        line.byte(b' ');
        print_name(line, reader.name())?;
    }
    let Some(record) = reader.record() else {
        // tcpdump takes a record without its fixed part for the end of the message.
        reader.skip_to_end();
        return Ok(());
    };
    let is_multicast = dns.transport() == DnsTransport::Multicast;
    if record.kind != TYPE_OPT {
        print_class(line, if is_multicast { record.class & !CLASS_FLUSH } else { record.class });
        if is_multicast && record.class & CLASS_FLUSH != 0 {
            line.text(" (Cache flush)");
        }
        if line.options.verbose > 2 {
            line.text(" [");
            tokens::print_duration(line, record.ttl);
            line.text("]");
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
    // Data of fixed length are read to the end of the message, whatever the record says of its length.
    let behind = dns.message().skip(record.data_at);
    match record.kind {
        1 => {
            let address: Ipv4Addr = behind.get(0).ok_or(Stopped)?;
            line.byte(b' ');
            line.ipv4(address);
        }
        28 => {
            let address: Ipv6Addr = behind.get(0).ok_or(Stopped)?;
            line.byte(b' ');
            line.ipv6(address);
        }
        2 | 5 | 12 | 39 => {
            line.byte(b' ');
            print_name(line, dns.name_at(record.data_at))?;
        }
        6 if line.is_verbose() => print_authority(line, dns, record.data_at)?,
        15 => {
            line.byte(b' ');
            let preference: u16 = behind.get(0).ok_or(Stopped)?;
            print_name(line, dns.name_at(record.data_at + 2))?;
            line.labelled(" ", preference);
        }
        16 => print_strings(line, record.data)?,
        33 => {
            line.byte(b' ');
            let [priority, weight, port] = [0, 2, 4].map(|at| behind.get::<u16>(at));
            print_name(line, dns.name_at(record.data_at + 6))?;
            line.labelled(":", port.ok_or(Stopped)?);
            line.labelled(" ", priority.ok_or(Stopped)?);
            line.labelled(" ", weight.ok_or(Stopped)?);
        }
        38 => print_a6(line, dns, record.data_at, behind)?,
        TYPE_OPT => options::print(line, dns, record)?,
        103 => line.untrusted(record.data),
        250 if line.is_verbose() => print_signature(line, dns, record.data_at)?,
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

/// A name with a space in front; gives where in the message it ends.
fn print_name_at(line: &mut Line<'_>, dns: &Dns<'_>, at: usize) -> Result<usize, Stopped> {
    let name = dns.name_at(at);
    line.byte(b' ');
    print_name(line, name)?;
    name.end().ok_or(Stopped)
}

/// The start of a zone of authority: who is responsible, the zone's serial number, and its times in seconds.
fn print_authority(line: &mut Line<'_>, dns: &Dns<'_>, at: usize) -> Printed {
    let at = print_name_at(line, dns, at)?;
    let at = print_name_at(line, dns, at)?;
    let numbers: [u8; 20] = dns.message().get(at).ok_or(Stopped)?;
    for number in numbers.as_chunks::<4>().0 {
        line.labelled(" ", u32::from_be_bytes(*number));
    }
    Ok(())
}

/// The signature of a transaction, RFC 8945: its key, and the numbers around it.
fn print_signature(line: &mut Line<'_>, dns: &Dns<'_>, at: usize) -> Printed {
    /// Bytes of the time of signing.
    const TIME_LEN: usize = 6;
    let mut rest = dns.message().skip(print_name_at(line, dns, at)? + TIME_LEN);
    for label in [" fudge=", " maclen=", " origid=", " error=", " otherlen="] {
        let number: u16 = rest.read().ok_or(Stopped)?;
        line.labelled(label, number);
        if label == " maclen=" {
            rest = rest.skip(number.into());
        }
    }
    Ok(())
}

/// The end of an address of IPv6, and the name of the rest, RFC 2874.
fn print_a6(line: &mut Line<'_>, dns: &Dns<'_>, at: usize, behind: Payload<'_>) -> Printed {
    let prefix_len: u8 = behind.get(0).ok_or(Stopped)?;
    if prefix_len > 128 {
        line.labelled(" ", prefix_len);
        line.text("(bad plen)");
        return Ok(());
    }
    let missing = usize::from(prefix_len / 8);
    if prefix_len < 128 {
        let mut address = [0; 16];
        let known = behind.bytes().get(1..17 - missing).ok_or(Stopped)?;
        address[missing..].copy_from_slice(known);
        line.labelled(" ", prefix_len);
        line.byte(b' ');
        line.ipv6(address.into());
    }
    if prefix_len > 0 {
        print_name_at(line, dns, at + 17 - missing)?;
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
