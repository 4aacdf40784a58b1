//! What PDUs of SNMP ask for and tell: requests, traps and their variables.

use super::element::{Kind, expect, kind, parse, print_extra, print_value};
use super::{Printed, VERSION_1, VERSION_2, contained, verbose};
use crate::decode::BerReader;
use crate::print::line::Line;
use crate::print::tokens;

/// Types of PDUs.
mod types {
    pub(super) const GET: u8 = 0;
    pub(super) const GET_NEXT: u8 = 1;
    pub(super) const RESPONSE: u8 = 2;
    pub(super) const TRAP: u8 = 4;
    pub(super) const BULK: u8 = 5;
}

pub(super) fn print_pdu(line: &mut Line<'_>, mut reader: BerReader<'_>, version: i32) -> Printed {
    let element = parse(line, &mut reader)?;
    if kind(&element) != Kind::Pdu {
        line.text("[no PDU]");
        return Ok(());
    }
    print_extra(line, reader.left(), " extra after PDU]");
    verbose(line, "{ ");
    print_value(line, &element);
    line.byte(b' ');
    let number = element.number();
    if version == VERSION_1 && number >= types::BULK {
        line.text("[v2 PDU in v1 message]");
        return Ok(());
    }
    if version == VERSION_2 && number == types::TRAP {
        line.text("[v1 PDU in v2 message]");
        return Ok(());
    }
    contained(if number == types::TRAP {
        print_trap(line, element.elements())
    } else {
        print_request(line, number, element.elements())
    })?;
    verbose(line, " } ");
    Ok(())
}

fn print_request(line: &mut Line<'_>, number: u8, mut reader: BerReader<'_>) -> Printed {
    let request = expect(line, &mut reader, Kind::Integer, "[reqId!=INT]")?.integer();
    if line.is_verbose() {
        line.text("R=");
        line.signed(request);
        line.byte(b' ');
    }
    let status = expect(line, &mut reader, Kind::Integer, "[errorStatus!=INT]")?.integer();
    match number {
        types::BULK => print_word(line, " N=", status, ""),
        _ if status == 0 => {}
        types::RESPONSE => {
            line.byte(b' ');
            print_status(line, status);
        }
        _ => {
            line.text("[errorStatus(");
            print_status(line, status);
            line.text(")!=0]");
        }
    }
    let index = expect(line, &mut reader, Kind::Integer, "[errorIndex!=INT]")?.integer();
    match number {
        types::BULK => print_word(line, " M=", index, ""),
        types::RESPONSE if index == 0 && status != 0 => line.text("[errorIndex==0]"),
        _ if index == 0 => {}
        types::RESPONSE if status == 0 => print_word(line, "[errorIndex(", index, ") w/o errorStatus]"),
        types::RESPONSE => print_word(line, "@", index, ""),
        _ => print_word(line, "[errorIndex(", index, ")!=0]"),
    }
    print_variables(line, number, reader)
}

fn print_trap(line: &mut Line<'_>, mut reader: BerReader<'_>) -> Printed {
    /// A trap that its vendor has defined.
    const ENTERPRISE: i32 = 6;
    line.byte(b' ');
    let enterprise = expect(line, &mut reader, Kind::Object, "[enterprise!=OID]")?;
    print_value(line, &enterprise);
    line.byte(b' ');
    let agent = expect(line, &mut reader, Kind::Address, "[agent-addr!=INETADDR]")?;
    print_value(line, &agent);
    let generic = expect(line, &mut reader, Kind::Integer, "[generic-trap!=INT]")?.integer();
    line.byte(b' ');
    match usize::try_from(generic).ok().and_then(|generic| TRAPS.get(generic)) {
        Some(name) => line.text(name),
        None => print_word(line, "gt=", generic, ""),
    }
    let specific = expect(line, &mut reader, Kind::Integer, "[specific-trap!=INT]")?.integer();
    if generic == ENTERPRISE {
        print_word(line, " s=", specific, "");
    } else if specific != 0 {
        print_word(line, "[specific-trap(", specific, ")!=0]");
    }
    line.byte(b' ');
    let time = expect(line, &mut reader, Kind::Unsigned, "[time-stamp!=TIMETICKS]")?;
    print_value(line, &time);
    print_variables(line, types::TRAP, reader)
}

fn print_variables(line: &mut Line<'_>, number: u8, mut reader: BerReader<'_>) -> Printed {
    let list = expect(line, &mut reader, Kind::Sequence, "[!SEQ of varbind]")?;
    print_extra(line, reader.left(), " extra after SEQ of varbind]");
    let asks = matches!(number, types::GET | types::GET_NEXT | types::BULK);
    let mut list = list.elements();
    while list.left() > 0 {
        line.byte(b' ');
        let mut variable = expect(line, &mut list, Kind::Sequence, "[!varbind]")?.elements();
        let name = expect(line, &mut variable, Kind::Object, "[objName!=OID]")?;
        print_value(line, &name);
        if !asks {
            line.byte(b'=');
        }
        let value = parse(line, &mut variable)?;
        let is_null = kind(&value) == Kind::Null;
        if asks && !is_null {
            line.text("[objVal!=NULL]");
        }
        if !is_null {
            print_value(line, &value);
        }
    }
    Ok(())
}

fn print_word(line: &mut Line<'_>, before: &str, number: i32, behind: &str) {
    line.text(before);
    line.signed(number);
    line.text(behind);
}

fn print_status(line: &mut Line<'_>, status: i32) {
    match tokens::name(STATUSES, status) {
        Some(name) => line.text(name),
        None => line.labelled("err=", status as u32),
    }
}

const STATUSES: &[(i32, &str)] = &[
    (0, "noError"),
    (1, "tooBig"),
    (2, "noSuchName"),
    (3, "badValue"),
    (4, "readOnly"),
    (5, "genErr"),
    (6, "noAccess"),
    (7, "wrongType"),
    (8, "wrongLength"),
    (9, "wrongEncoding"),
    (10, "wrongValue"),
    (11, "noCreation"),
    (12, "inconsistentValue"),
    (13, "resourceUnavailable"),
    (14, "commitFailed"),
    (15, "undoFailed"),
    (16, "authorizationError"),
    (17, "notWritable"),
    (18, "inconsistentName"),
];

const TRAPS: [&str; 7] = [
    "coldStart",
    "warmStart",
    "linkDown",
    "linkUp",
    "authenticationFailure",
    "egpNeighborLoss",
    "enterpriseSpecific",
];
