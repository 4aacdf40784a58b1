//! SNMP, element by element as tcpdump reads it: what is wrong with a message is said where it stands.

use crate::decode::{BerElement, BerError, BerReader, Snmp};
use crate::print::line::Line;
use crate::print::{text, tokens};

/// Why no more is printed.
enum Stopped {
    /// The message was not captured whole: nothing follows but the mark.
    Truncated,
    /// Something is wrong, and has been said: the part around it goes on.
    Wrong,
}

type Printed = Result<(), Stopped>;

/// What an element is to tcpdump.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Integer,
    Text,
    Null,
    Object,
    Sequence,
    Address,
    Unsigned,
    Exception,
    Pdu,
    Bytes,
    Unknown,
}

/// Types of PDUs.
mod pdu {
    pub(super) const GET: u8 = 0;
    pub(super) const GET_NEXT: u8 = 1;
    pub(super) const RESPONSE: u8 = 2;
    pub(super) const TRAP: u8 = 4;
    pub(super) const BULK: u8 = 5;
}

const VERSION_1: i32 = 0;
const VERSION_2: i32 = 1;
const VERSION_3: i32 = 3;

pub(super) fn print(line: &mut Line<'_>, snmp: &Snmp<'_>) {
    line.byte(b' ');
    if let Err(Stopped::Truncated) = print_message(line, BerReader::new(snmp.whole())) {
        line.truncated("snmp");
    }
}

/// The end of a part in which something may be wrong.
fn contained(printed: Printed) -> Printed {
    match printed {
        Err(Stopped::Wrong) => Ok(()),
        other => other,
    }
}

fn verbose(line: &mut Line<'_>, text: &str) {
    if line.is_verbose() {
        line.text(text);
    }
}

fn print_message(line: &mut Line<'_>, mut reader: BerReader<'_>) -> Printed {
    let message = expect(line, &mut reader, Kind::Sequence, "[!init SEQ]")?;
    print_extra(line, reader.left(), " extra after iSEQ]");
    let mut reader = message.elements();
    let version = expect(line, &mut reader, Kind::Integer, "[version!=INT]")?.integer();
    match version {
        VERSION_1 => verbose(line, "{ SNMPv1 "),
        VERSION_2 => verbose(line, "{ SNMPv2c "),
        VERSION_3 => verbose(line, "{ SNMPv3 "),
        other => {
            line.text("SNMP [version = ");
            print_signed(line, other);
            line.text("]");
            return Ok(());
        }
    }
    contained(if version == VERSION_3 {
        print_version_3(line, reader)
    } else {
        print_community(line, reader, version)
    })?;
    verbose(line, "} ");
    Ok(())
}

fn print_community(line: &mut Line<'_>, mut reader: BerReader<'_>, version: i32) -> Printed {
    let community = expect(line, &mut reader, Kind::Text, "[comm!=STR]")?;
    if community.content() != b"public" {
        print_labelled(line, "C=", &community);
    }
    contained(print_pdu(line, reader, version))
}

/// A string behind a label and in front of a blank.
fn print_labelled(line: &mut Line<'_>, label: &str, element: &BerElement<'_>) {
    line.text(label);
    print_text(line, element.content());
    line.byte(b' ');
}

fn print_version_3(line: &mut Line<'_>, mut outer: BerReader<'_>) -> Printed {
    /// The user-based security model.
    const USER_BASED: i32 = 3;
    let mut reader = expect(line, &mut outer, Kind::Sequence, "[!message]")?.elements();
    verbose(line, "{ ");
    expect(line, &mut reader, Kind::Integer, "[msgID!=INT]")?;
    expect(line, &mut reader, Kind::Integer, "[msgMaxSize!=INT]")?;
    let flags = expect(line, &mut reader, Kind::Text, "[msgFlags!=STR]")?;
    print_flags(line, flags.content())?;
    let model = expect(line, &mut reader, Kind::Integer, "[msgSecurityModel!=INT]")?;
    if reader.left() > model.whole_len() {
        print_extra(line, reader.left() - model.whole_len(), " extra after message SEQ]");
    }
    verbose(line, "} ");
    if model.integer() != USER_BASED {
        line.text("[security model ");
        print_signed(line, model.integer());
        line.text("]");
        return Ok(());
    }
    verbose(line, "{ USM ");
    let parameters = expect(line, &mut outer, Kind::Text, "[msgSecurityParameters!=STR]")?;
    contained(print_user(line, parameters.elements()))?;
    verbose(line, "} { ScopedPDU ");
    contained(print_scoped(line, outer))?;
    verbose(line, "} ");
    Ok(())
}

fn print_flags(line: &mut Line<'_>, flags: &[u8]) -> Printed {
    let &[flags] = flags else {
        line.labelled("[msgFlags size ", flags.len() as u64);
        line.text("]");
        return Err(Stopped::Wrong);
    };
    if !matches!(flags, 0 | 1 | 3 | 4 | 5 | 7) {
        line.text("[msgFlags=0x");
        print_upper_hex(line, flags);
        line.text("]");
        return Err(Stopped::Wrong);
    }
    line.text("F=");
    let letters = [(1, b'a'), (2, b'p'), (4, b'r')];
    line.out.extend(letters.iter().filter(|(bit, _)| flags & bit != 0).map(|(_, letter)| *letter));
    line.byte(b' ');
    Ok(())
}

fn print_user(line: &mut Line<'_>, mut reader: BerReader<'_>) -> Printed {
    let mut reader = expect(line, &mut reader, Kind::Sequence, "[!usm]")?.elements();
    expect(line, &mut reader, Kind::Text, "[msgAuthoritativeEngineID!=STR]")?;
    for (word, complaint) in
        [("B=", "[msgAuthoritativeEngineBoots!=INT]"), ("T=", "[msgAuthoritativeEngineTime!=INT]")]
    {
        let number = expect(line, &mut reader, Kind::Integer, complaint)?.integer();
        if line.is_verbose() {
            line.text(word);
            print_signed(line, number);
            line.byte(b' ');
        }
    }
    let user = expect(line, &mut reader, Kind::Text, "[msgUserName!=STR]")?;
    print_labelled(line, "U=", &user);
    expect(line, &mut reader, Kind::Text, "[msgAuthenticationParameters!=STR]")?;
    let last = expect(line, &mut reader, Kind::Text, "[msgPrivacyParameters!=STR]")?;
    if reader.left() > last.whole_len() {
        print_extra(line, reader.left() - last.whole_len(), " extra after usm SEQ]");
    }
    Ok(())
}

fn print_scoped(line: &mut Line<'_>, mut reader: BerReader<'_>) -> Printed {
    let mut reader = expect(line, &mut reader, Kind::Sequence, "[!scoped PDU]")?.elements();
    let engine = expect(line, &mut reader, Kind::Text, "[contextEngineID!=STR]")?;
    line.text("E=");
    print_octets(line, engine.content());
    line.byte(b' ');
    let context = expect(line, &mut reader, Kind::Text, "[contextName!=STR]")?;
    print_labelled(line, "C=", &context);
    contained(print_pdu(line, reader, VERSION_3))
}

fn print_pdu(line: &mut Line<'_>, mut reader: BerReader<'_>, version: i32) -> Printed {
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
    if version == VERSION_1 && number >= pdu::BULK {
        line.text("[v2 PDU in v1 message]");
        return Ok(());
    }
    if version == VERSION_2 && number == pdu::TRAP {
        line.text("[v1 PDU in v2 message]");
        return Ok(());
    }
    contained(if number == pdu::TRAP {
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
        print_signed(line, request);
        line.byte(b' ');
    }
    let status = expect(line, &mut reader, Kind::Integer, "[errorStatus!=INT]")?.integer();
    match number {
        pdu::BULK => print_word(line, " N=", status, ""),
        _ if status == 0 => {}
        pdu::RESPONSE => {
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
        pdu::BULK => print_word(line, " M=", index, ""),
        pdu::RESPONSE if index == 0 && status != 0 => line.text("[errorIndex==0]"),
        _ if index == 0 => {}
        pdu::RESPONSE if status == 0 => print_word(line, "[errorIndex(", index, ") w/o errorStatus]"),
        pdu::RESPONSE => print_word(line, "@", index, ""),
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
    print_variables(line, pdu::TRAP, reader)
}

fn print_variables(line: &mut Line<'_>, number: u8, mut reader: BerReader<'_>) -> Printed {
    let list = expect(line, &mut reader, Kind::Sequence, "[!SEQ of varbind]")?;
    print_extra(line, reader.left(), " extra after SEQ of varbind]");
    let asks = matches!(number, pdu::GET | pdu::GET_NEXT | pdu::BULK);
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

/// The next element, if it is of this kind.
fn expect<'a>(
    line: &mut Line<'_>,
    reader: &mut BerReader<'a>,
    wanted: Kind,
    complaint: &str,
) -> Result<BerElement<'a>, Stopped> {
    let element = parse(line, reader)?;
    if kind(&element) == wanted {
        return Ok(element);
    }
    line.text(complaint);
    print_value(line, &element);
    Err(Stopped::Wrong)
}

/// The next element; what tcpdump does not expect to see is named.
fn parse<'a>(line: &mut Line<'_>, reader: &mut BerReader<'a>) -> Result<BerElement<'a>, Stopped> {
    let element = match reader.element() {
        Ok(element) => element,
        Err(error) => return Err(print_error(line, error)),
    };
    let number = usize::from(element.number());
    let form = if element.is_constructed() { "C" } else { "P" };
    let Some(name) = NAMES[usize::from(element.class())].get(number) else {
        line.text("[id?");
        line.text(form);
        line.labelled("/x/", element.number());
        line.text("]");
        return Err(Stopped::Wrong);
    };
    if kind(&element) == Kind::Integer && element.content().is_empty() {
        line.text("[asnlen=0]");
        return Err(Stopped::Wrong);
    }
    if kind(&element) == Kind::Bytes {
        let class = match (element.is_constructed(), element.class()) {
            (_, 0) => "/U/",
            (false, 1) => "/A/",
            _ => "/x/",
        };
        let brackets = if element.is_constructed() { ["", ""] } else { ["[", "]"] };
        for word in [brackets[0], form, class, name, brackets[1]] {
            line.text(word);
        }
    }
    Ok(element)
}

fn print_error(line: &mut Line<'_>, error: BerError) -> Stopped {
    match error {
        BerError::Truncated => return Stopped::Truncated,
        BerError::Nothing => line.text("[nothing to parse]"),
        BerError::NoLength => line.text("[no asnlen]"),
        BerError::LongLength { left, claimed } => {
            line.labelled("[asnlen? ", left);
            line.labelled("<", claimed);
            line.text("]");
        }
        BerError::TooLong { left, claimed } => {
            line.labelled("[len", left);
            line.labelled("<asnlen", claimed);
            line.text("]");
        }
    }
    Stopped::Wrong
}

fn kind(element: &BerElement<'_>) -> Kind {
    match (element.is_constructed(), element.class(), element.number()) {
        (false, 0, 2) => Kind::Integer,
        (false, 0, 4) => Kind::Text,
        (false, 0, 5) => Kind::Null,
        (false, 0, 6) => Kind::Object,
        (false, 1, 0) => Kind::Address,
        (false, 1, 1..=3 | 6) => Kind::Unsigned,
        (false, 2, 0..=2) => Kind::Exception,
        (false, 2, _) => Kind::Unknown,
        (true, 0, 16) => Kind::Sequence,
        (true, 2, _) => Kind::Pdu,
        _ => Kind::Bytes,
    }
}

fn print_value(line: &mut Line<'_>, element: &BerElement<'_>) {
    match kind(element) {
        Kind::Integer => print_signed(line, element.integer()),
        Kind::Text => print_text(line, element.content()),
        Kind::Null => {}
        Kind::Object => element.object().for_each(|number| line.labelled(".", number)),
        Kind::Sequence => {
            line.labelled("Seq(", element.content().len() as u64);
            line.text(")");
        }
        Kind::Address => print_address(line, element.content()),
        // A counter of 64 bits has number 6; the others keep 32.
        Kind::Unsigned if element.number() == 6 => line.number(element.unsigned()),
        Kind::Unsigned => line.number(element.unsigned() as u32),
        Kind::Exception => {
            line.text(
                ["[noSuchObject]", "[noSuchInstance]", "[endOfMibView]"][usize::from(element.number())],
            );
        }
        Kind::Pdu => {
            line.text(NAMES[2].get(usize::from(element.number())).unwrap_or(&""));
            line.labelled("(", element.content().len() as u64);
            line.text(")");
        }
        Kind::Bytes => print_octets(line, element.content()),
        Kind::Unknown => line.text("[BE_ANY!?]"),
    }
}

/// Text in quotes, or bytes with `_` between where some of it does not print.
fn print_text(line: &mut Line<'_>, bytes: &[u8]) {
    if bytes.iter().all(|byte| matches!(byte, b' '..=b'~')) {
        line.byte(b'"');
        line.untrusted(bytes);
        return line.byte(b'"');
    }
    for (index, byte) in bytes.iter().enumerate() {
        line.text(if index == 0 { "" } else { "_" });
        text::hex_bytes(line.out, &[*byte]);
    }
}

/// Bytes with `_` in front of each.
fn print_octets(line: &mut Line<'_>, bytes: &[u8]) {
    for byte in bytes {
        line.byte(b'_');
        text::hex_bytes(line.out, &[*byte]);
    }
}

fn print_address(line: &mut Line<'_>, bytes: &[u8]) {
    if bytes.len() != 4 {
        line.text("[inetaddr len!=4]");
    }
    for (index, byte) in bytes.iter().enumerate() {
        line.text(if index == 0 { "" } else { "." });
        line.number(*byte);
    }
}

fn print_signed(line: &mut Line<'_>, number: i32) {
    line.text(if number < 0 { "-" } else { "" });
    line.number(number.unsigned_abs());
}

fn print_word(line: &mut Line<'_>, before: &str, number: i32, behind: &str) {
    line.text(before);
    print_signed(line, number);
    line.text(behind);
}

fn print_upper_hex(line: &mut Line<'_>, byte: u8) {
    let digit = |digit: u8| char::from_digit(digit.into(), 16).map_or(b'0', |digit| digit as u8);
    line.out.extend([digit(byte >> 4), digit(byte & 15)].map(|digit| digit.to_ascii_uppercase()));
}

fn print_extra(line: &mut Line<'_>, count: u32, behind: &str) {
    if count > 0 {
        line.labelled("[", count);
        line.text(behind);
    }
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

/// Names of types by class and number.
const NAMES: [&[&str]; 4] = [
    &[
        "U-0",
        "Boolean",
        "Integer",
        "Bitstring",
        "String",
        "Null",
        "ObjID",
        "ObjectDes",
        "U-8",
        "U-9",
        "U-10",
        "U-11",
        "U-12",
        "U-13",
        "U-14",
        "U-15",
        "Sequence",
        "Set",
    ],
    &["IpAddress", "Counter", "Gauge", "TimeTicks", "Opaque", "C-5", "Counter64"],
    &[
        "GetRequest",
        "GetNextRequest",
        "GetResponse",
        "SetRequest",
        "Trap",
        "GetBulk",
        "Inform",
        "V2Trap",
        "Report",
    ],
    &["P-0"],
];
