//! VQP: the message in one line, with `-v` its objects.

use crate::decode::{Payload, Vqp, VqpObject};
use crate::print::line::Line;
use crate::print::{hex, tokens};

pub(in crate::print) fn print(line: &mut Line<'_>, message: &Vqp<'_>) {
    print_message(line, message).unwrap_or_else(|| line.truncated("vqp"));
}

/// Prints a message; `None` where it is cut.
fn print_message(line: &mut Line<'_>, message: &Vqp<'_>) -> Option<()> {
    let sequence = message.sequence()?;
    let (version, kind, error, count) =
        (message.version()?, message.kind()?, message.error()?, message.count()?);
    let claimed = message.whole().claimed();
    if version != 1 {
        line.labelled("VQP version ", version);
        line.text(" packet not supported");
        return Some(());
    }
    line.text(if line.is_verbose() { "\n\tVQPv1, " } else { "VQPv1 " });
    tokens::print(line, MESSAGES, kind, ["unknown (", ")"]);
    line.text(" Message, error-code ");
    tokens::print_or(line, ERRORS, error, "unknown");
    line.labelled(" (", error);
    line.text(")");
    if !line.is_verbose() {
        line.labelled(", length ", claimed);
        return Some(());
    }
    line.text(", seq ");
    line.hex(sequence, 8);
    line.labelled(", items ", count);
    line.labelled(", length ", claimed);
    let mut rest = message.body();
    for _ in 0..count {
        if rest.claimed() > 0 && !print_object(line, &mut rest)? {
            break;
        }
    }
    Some(())
}

const MESSAGES: &[(u8, &str)] = &[
    (1, "Request, Join Port"),
    (2, "Response, VLAN"),
    (3, "Request, Reconfirm"),
    (4, "Response, Reconfirm"),
];

const ERRORS: &[(u8, &str)] =
    &[(0, "No error"), (3, "Access denied"), (4, "Shutdown port"), (5, "Wrong VTP domain")];

/// Prints an object and steps over it; tells whether another may follow.
fn print_object(line: &mut Line<'_>, rest: &mut Payload<'_>) -> Option<bool> {
    let VqpObject { kind, value } = VqpObject::next(rest)?;
    line.text("\n\t  ");
    tokens::print_or(line, OBJECTS, kind, "Unknown");
    line.text(" Object (");
    line.hex(kind, 8);
    line.labelled("), length ", value.claimed());
    line.text(", value: ");
    if kind == 0 || value.claimed() == 0 {
        return Some(false);
    }
    value.all_captured()?;
    match (kind, value.bytes()) {
        (0x0c01, [_, _, _, _]) => {
            line.ipv4(value.get(0)?);
            line.text(" (");
            line.hex(value.get::<u32>(0)?, 8);
            line.text(")");
        }
        (0x0c02..=0x0c05, _) => line.zero_padded(value)?,
        (0x0c06 | 0x0c08, address @ [_, _, _, _, _, _]) => line.mac(address),
        (0x0c01 | 0x0c06 | 0x0c08, _) => {
            line.invalid();
            return Some(false);
        }
        _ if line.options.verbose > 1 => {}
        (_, bytes) => hex::only_behind(line, "\n\t    ", bytes),
    }
    Some(true)
}

const OBJECTS: &[(u32, &str)] = &[
    (0x0c01, "Client IP Address"),
    (0x0c02, "Port Name"),
    (0x0c03, "VLAN Name"),
    (0x0c04, "VTP Domain"),
    (0x0c05, "Ethernet Packet"),
    (0x0c06, "MAC Null"),
    (0x0c08, "MAC Address"),
];
