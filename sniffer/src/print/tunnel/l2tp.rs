//! L2TP: the header, and the attributes of control messages. PPP in data prints itself.

use crate::decode::{L2tp, L2tpAttribute, Payload};
use crate::print::line::Line;
use crate::print::tokens;

pub(in crate::print) fn print(line: &mut Line<'_>, message: &L2tp<'_>) {
    print_message(line, message).unwrap_or_else(|| line.truncated("l2tp"));
}

fn print_message(line: &mut Line<'_>, message: &L2tp<'_>) -> Option<()> {
    match message.version() {
        L2tp::VERSION => line.text(" l2tp:["),
        1 => {
            line.text(" l2f:");
            return Some(());
        }
        _ => {
            line.text(" Unknown Version, neither L2F(1) nor L2TP(2)");
            return Some(());
        }
    }
    for (_, letter) in FLAGS.iter().filter(|(flag, _)| message.flags() & flag != 0) {
        line.text(letter);
    }
    line.text("]");
    if message.flags() & L2tp::LENGTH != 0 {
        message.length()?;
    }
    line.labelled("(", message.tunnel()?);
    line.labelled("/", message.session()?);
    line.text(")");
    if message.flags() & L2tp::SEQUENCE != 0 {
        let (sequence, next) = message.sequence()?;
        line.labelled("Ns=", sequence);
        line.labelled(",Nr=", next);
    }
    print_body(line, message)
}

const FLAGS: &[(u16, &str)] = &[
    (L2tp::CONTROL, "T"),
    (L2tp::LENGTH, "L"),
    (L2tp::SEQUENCE, "S"),
    (L2tp::OFFSET, "O"),
    (L2tp::PRIORITY, "P"),
];

fn print_body(line: &mut Line<'_>, message: &L2tp<'_>) -> Option<()> {
    let (header_len, claimed) = (message.header_len()?, message.whole().claimed());
    if message.whole().bytes().len() < header_len {
        return None;
    }
    let Some(mut body) = message.body() else {
        let length = message.length().map_or(claimed, u32::from);
        line.labelled(" Length ", length);
        line.text(if length > claimed { " larger than packet" } else { " smaller than header length" });
        return Some(());
    };
    if !message.is_control() {
        line.text(" {");
        return Some(());
    }
    if message.length().is_none() {
        line.text(" No length");
    } else if body.claimed() == 0 {
        line.text(" ZLB");
    }
    while message.length().is_some() && body.claimed() > 0 {
        line.byte(b' ');
        print_attribute(line, &L2tpAttribute::read(&mut body)?);
    }
    Some(())
}

fn print_attribute(line: &mut Line<'_>, attribute: &L2tpAttribute<'_>) {
    line.text(if attribute.is_mandatory { "*" } else { "" });
    line.text(if attribute.is_hidden { "?" } else { "" });
    if attribute.vendor != 0 {
        line.text("VENDOR");
        line.hex_digits(attribute.vendor, 4);
        line.text(":ATTR");
        line.hex_digits(attribute.kind, 4);
        line.text("(");
        line.hex_bytes(attribute.value.bytes());
        return line.text(")");
    }
    let known = ATTRIBUTES.iter().find(|(kind, ..)| *kind == attribute.kind);
    match known {
        Some((_, name, _)) => line.text(name),
        None => line.labelled("AVP-#", attribute.kind),
    }
    line.text("(");
    if attribute.is_hidden {
        line.text("???");
    } else if let Some((.., form)) = known {
        print_value(line, *form, attribute.value).unwrap_or_else(|| line.text("AVP too short"));
    }
    line.text(")");
}

/// What the value of an attribute is.
#[derive(Clone, Copy)]
enum Form {
    Empty,
    Obsolete,
    MessageType,
    Result,
    Version,
    Letters(&'static str, &'static str),
    Number16,
    Number32,
    Text,
    Octets,
    OctetsOf(usize),
    Cause,
    Authentication,
    AuthenticationId,
    Errors,
    CharacterMaps,
    Disconnection,
}

/// Prints a value; nothing, or what of it there is, where it is too short.
fn print_value(line: &mut Line<'_>, form: Form, value: Payload<'_>) -> Option<()> {
    match form {
        Form::Empty => {}
        Form::Obsolete => line.text("obsolete"),
        Form::MessageType => tokens::print(line, MESSAGES, value.get::<u16>(0)?, ["MSGTYPE-#", ""]),
        Form::Result => print_result(line, value)?,
        Form::Version => {
            line.number(value.get::<u8>(0)?);
            line.labelled(".", value.get::<u8>(1)?);
        }
        Form::Letters(high, low) => {
            let bits = value.get::<u32>(0)?;
            line.text(if bits & 2 == 0 { "" } else { high });
            line.text(if bits & 1 == 0 { "" } else { low });
        }
        Form::Number16 => line.number(value.get::<u16>(0)?),
        Form::Number32 => line.number(value.get::<u32>(0)?),
        Form::Text => line.untrusted(value.bytes()),
        Form::Octets => line.hex_bytes(value.bytes()),
        Form::OctetsOf(len) => line.hex_bytes(value.bytes().get(..len)?),
        Form::Cause => {
            let message: u8 = value.get(2)?;
            line.number(value.get::<u16>(0)?);
            line.text(", ");
            line.hex_digits(message, 2);
            print_advice(line, value.skip(3));
        }
        Form::Authentication => {
            tokens::print(line, AUTHENTICATIONS, value.get::<u16>(0)?, ["AuthType-#", ""]);
        }
        Form::AuthenticationId => line.number(value.get::<u16>(0)? & 0xff),
        Form::Errors => {
            value.get::<u16>(0)?;
            for (index, name) in ERRORS.iter().enumerate() {
                line.labelled(name, value.get::<u32>(2 + index * 4)?);
                line.byte(b' ');
            }
        }
        Form::CharacterMaps => {
            value.get::<u16>(0)?;
            for (label, at) in [("send=", 2), ("recv=", 6)] {
                let map: u32 = value.get(at)?;
                line.text(label);
                line.hex_digits(map, 8);
                line.byte(b' ');
            }
        }
        Form::Disconnection => {
            let direction = value.get::<u8>(4)?;
            line.hex_digits(value.get::<u16>(0)?, 4);
            line.text(", ");
            line.hex_digits(value.get::<u16>(2)?, 4);
            line.byte(b' ');
            tokens::print(line, DIRECTIONS, direction, ["Direction-#", ""]);
            print_advice(line, value.skip(5));
        }
    }
    Some(())
}

/// A result, where there is more an error, and where there is yet more words about it.
fn print_result(line: &mut Line<'_>, value: Payload<'_>) -> Option<()> {
    line.number(value.get::<u16>(0)?);
    if value.claimed() == 2 {
        return Some(());
    }
    let Some(error) = value.get::<u16>(2) else {
        line.text(" AVP too short");
        return Some(());
    };
    line.labelled("/", error);
    print_advice(line, value.skip(4));
    Some(())
}

fn print_advice(line: &mut Line<'_>, advice: Payload<'_>) {
    if !advice.bytes().is_empty() {
        line.byte(b' ');
        line.untrusted(advice.bytes());
    }
}

const MESSAGES: &[(u16, &str)] = &[
    (1, "SCCRQ"),
    (2, "SCCRP"),
    (3, "SCCCN"),
    (4, "StopCCN"),
    (6, "HELLO"),
    (7, "OCRQ"),
    (8, "OCRP"),
    (9, "OCCN"),
    (10, "ICRQ"),
    (11, "ICRP"),
    (12, "ICCN"),
    (14, "CDN"),
    (15, "WEN"),
    (16, "SLI"),
];
const AUTHENTICATIONS: &[(u16, &str)] =
    &[(0, "Reserved"), (1, "Textual"), (2, "CHAP"), (3, "PAP"), (4, "No Auth"), (5, "MS-CHAPv1")];
const DIRECTIONS: &[(u8, &str)] = &[(0, "global error"), (1, "at peer"), (2, "at local")];
const ERRORS: &[&str] = &["CRCErr=", "FrameErr=", "HardOver=", "BufOver=", "Timeout=", "AlignErr="];

/// Attributes by their numbers (RFC 2661 section 4.4).
const ATTRIBUTES: &[(u16, &str, Form)] = &[
    (0, "MSGTYPE", Form::MessageType),
    (1, "RESULT_CODE", Form::Result),
    (2, "PROTO_VER", Form::Version),
    (3, "FRAMING_CAP", Form::Letters("A", "S")),
    (4, "BEARER_CAP", Form::Letters("A", "D")),
    (5, "TIE_BREAKER", Form::OctetsOf(8)),
    (6, "FIRM_VER", Form::Number16),
    (7, "HOST_NAME", Form::Text),
    (8, "VENDOR_NAME", Form::Text),
    (9, "ASSND_TUN_ID", Form::Number16),
    (10, "RECV_WIN_SIZE", Form::Number16),
    (11, "CHALLENGE", Form::Octets),
    (12, "Q931_CC", Form::Cause),
    (13, "CHALLENGE_RESP", Form::OctetsOf(16)),
    (14, "ASSND_SESS_ID", Form::Number16),
    (15, "CALL_SER_NUM", Form::Number32),
    (16, "MINIMUM_BPS", Form::Number32),
    (17, "MAXIMUM_BPS", Form::Number32),
    (18, "BEARER_TYPE", Form::Letters("A", "D")),
    (19, "FRAMING_TYPE", Form::Letters("A", "S")),
    (20, "PACKET_PROC_DELAY", Form::Obsolete),
    (21, "CALLED_NUMBER", Form::Text),
    (22, "CALLING_NUMBER", Form::Text),
    (23, "SUB_ADDRESS", Form::Text),
    (24, "TX_CONN_SPEED", Form::Number32),
    (25, "PHY_CHANNEL_ID", Form::Number32),
    (26, "INI_RECV_LCP", Form::Octets),
    (27, "LAST_SENT_LCP", Form::Octets),
    (28, "LAST_RECV_LCP", Form::Octets),
    (29, "PROXY_AUTH_TYPE", Form::Authentication),
    (30, "PROXY_AUTH_NAME", Form::Text),
    (31, "PROXY_AUTH_CHAL", Form::Octets),
    (32, "PROXY_AUTH_ID", Form::AuthenticationId),
    (33, "PROXY_AUTH_RESP", Form::Octets),
    (34, "CALL_ERRORS", Form::Errors),
    (35, "ACCM", Form::CharacterMaps),
    (36, "RANDOM_VECTOR", Form::Octets),
    (37, "PRIVATE_GRP_ID", Form::Text),
    (38, "RX_CONN_SPEED", Form::Number32),
    (39, "SEQ_REQUIRED", Form::Empty),
    (46, "PPP_DISCON_CC", Form::Disconnection),
];
