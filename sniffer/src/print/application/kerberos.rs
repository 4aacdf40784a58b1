//! Kerberos: version 5 by name, version 4 in one line.

use crate::decode::{Kerberos, Payload};
use crate::print::line::Line;
use crate::print::tokens;

pub(in crate::print) fn print(line: &mut Line<'_>, message: &Kerberos<'_>) {
    print_message(line, message).unwrap_or_else(|| line.truncated("krb"));
}

fn print_message(line: &mut Line<'_>, message: &Kerberos<'_>) -> Option<()> {
    match message.version()? {
        version @ 1..=3 => line.labelled(" v", version),
        4 => {
            line.text(" v4");
            return print_v4(line, message);
        }
        106 | 107 => line.text(" v5"),
        _ => {}
    }
    Some(())
}

fn print_v4(line: &mut Line<'_>, message: &Kerberos<'_>) -> Option<()> {
    let (kind, is_little_endian) = (message.kind()?, message.is_little_endian()?);
    line.text(if is_little_endian { " le " } else { " be " });
    tokens::print(line, KINDS, kind, ["#", ""]);
    line.text(": ");
    let mut rest = message.whole().skip(2);
    let read_u16 = |rest: &mut Payload<'_>| {
        let value: u16 = rest.read()?;
        Some(if is_little_endian { value.swap_bytes() } else { value })
    };
    match kind {
        2 => {
            print_principal(line, &mut rest)?;
            rest = rest.skip(4);
            line.labelled(" ", u16::from(rest.read::<u8>()?) * 5);
            line.text("min ");
            print_string(line, &mut rest)?;
            line.byte(b'.');
            print_string(line, &mut rest)?;
        }
        4 => {
            print_principal(line, &mut rest)?;
            rest = rest.skip(10);
            line.labelled(" (", read_u16(&mut rest)?);
            line.byte(b')');
        }
        6 => {
            line.labelled("v", rest.read::<u8>()?);
            line.byte(b' ');
            print_string(line, &mut rest)?;
            for _ in 0..2 {
                line.labelled(" (", rest.read::<u8>()?);
                line.byte(b')');
            }
        }
        10 => {
            print_principal(line, &mut rest)?;
            rest = rest.skip(4);
            line.byte(b' ');
            tokens::print(line, ERRORS, read_u16(&mut rest)?, ["#", ""]);
            line.byte(b' ');
            rest = rest.skip(2);
            print_string(line, &mut rest)?;
        }
        _ => line.text("(unknown)"),
    }
    Some(())
}

/// `name.instance@realm`.
fn print_principal(line: &mut Line<'_>, rest: &mut Payload<'_>) -> Option<()> {
    print_string(line, rest)?;
    line.byte(b'.');
    print_string(line, rest)?;
    line.byte(b'@');
    print_string(line, rest)
}

/// A string, and steps behind the zero that ends it.
fn print_string(line: &mut Line<'_>, rest: &mut Payload<'_>) -> Option<()> {
    let bytes = rest.bytes();
    let end = bytes.iter().position(|byte| *byte == 0);
    line.untrusted(&bytes[..end.unwrap_or(bytes.len())]);
    *rest = rest.skip(end? + 1);
    Some(())
}

const KINDS: &[(u8, &str)] = &[
    (2, "KDC_REQUEST"),
    (4, "KDC_REPLY"),
    (6, "APPL_REQUEST"),
    (8, "APPL_REQUEST_MUTUAL"),
    (10, "ERR_REPLY"),
    (12, "PRIVATE"),
    (14, "SAFE"),
    (16, "APPL_ERR"),
    (126, "DIE"),
];

const ERRORS: &[(u16, &str)] = &[
    (0, "OK"),
    (1, "NAME_EXP"),
    (2, "SERVICE_EXP"),
    (3, "AUTH_EXP"),
    (4, "PKT_VER"),
    (5, "NAME_MAST_KEY_VER"),
    (6, "SERV_MAST_KEY_VER"),
    (7, "BYTE_ORDER"),
    (8, "PRINCIPAL_UNKNOWN"),
    (9, "PRINCIPAL_NOT_UNIQUE"),
    (10, "NULL_KEY"),
];
