//! SNMP as tcpdump reads it: the message around a PDU. What is wrong with a message is said where it stands.

mod element;
mod pdu;

use self::element::{Kind, expect, print_extra, print_octets, print_text};
use self::pdu::print_pdu;
use crate::decode::{BerElement, BerReader, Snmp};
use crate::print::line::Line;
use crate::print::tokens;

/// Why no more is printed.
enum Stopped {
    /// The message was not captured whole: nothing follows but the mark.
    Truncated,
    /// Something is wrong, and has been said: the part around it goes on.
    Wrong,
}

type Printed = Result<(), Stopped>;

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
            line.signed(other);
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
        line.signed(model.integer());
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
        line.upper_hex_bytes(&[flags]);
        line.text("]");
        return Err(Stopped::Wrong);
    }
    line.text("F=");
    tokens::print_letters(line, &[(1, "a"), (2, "p"), (4, "r")], flags);
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
            line.signed(number);
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
