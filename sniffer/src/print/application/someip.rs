//! SOME/IP: the header of a message.

use crate::decode::SomeIp;
use crate::print::line::Line;
use crate::print::tokens;

pub(super) fn print(line: &mut Line<'_>, message: &SomeIp<'_>) {
    line.text("SOMEIP");
    if message.whole().claimed() < SomeIp::HEADER_LEN {
        return line.invalid();
    }
    print_header(line, message).unwrap_or_else(|| line.truncated("someip"));
}

fn print_header(line: &mut Line<'_>, message: &SomeIp<'_>) -> Option<()> {
    let (service, is_event) = (message.service()?, message.is_event()?);
    line.labelled(", service ", service);
    line.labelled(if is_event { ", event " } else { ", method " }, message.method()?);
    line.labelled(", len ", message.length()?);
    let (client, session) = (message.client()?, message.session()?);
    line.labelled(", client ", client);
    line.labelled(", session ", session);
    line.labelled(", pver ", message.protocol_version()?);
    line.labelled(", iver ", message.interface_version()?);
    line.text(", msgtype ");
    tokens::print_or(line, KINDS, message.kind()?, "Unknown");
    line.text(", retcode ");
    tokens::print_or(line, RETURN_CODES, message.return_code()?, "Unknown");
    // As in tcpdump an empty line follows.
    line.byte(b'\n');
    Some(())
}

const KINDS: &[(u8, &str)] = &[
    (0x00, "REQUEST"),
    (0x01, "REQUEST_NO_RETURN"),
    (0x02, "NOTIFICATION"),
    (0x80, "RESPONSE"),
    (0x81, "ERROR"),
    (0x20, "TP_REQUEST"),
    (0x21, "TP_REQUEST_NO_RETURN"),
    (0x22, "TP_NOTIFICATION"),
    (0xa0, "TP_RESPONSE"),
    (0xa1, "TP_ERROR"),
];
const RETURN_CODES: &[(u8, &str)] = &[
    (0x00, "E_OK"),
    (0x01, "E_NOT_OK"),
    (0x02, "E_UNKNOWN_SERVICE"),
    (0x03, "E_UNKNOWN_METHOD"),
    (0x04, "E_NOT_READY"),
    (0x05, "E_NOT_REACHABLE"),
    (0x06, "E_TIMEOUT"),
    (0x07, "E_WRONG_PROTOCOL_VERSION"),
    (0x08, "E_WRONG_INTERFACE_VERSION"),
    (0x09, "E_MALFORMED_MESSAGE"),
    (0x0a, "E_WRONG_MESSAGE_TYPE"),
    (0x0b, "E_E2E_REPEATED"),
    (0x0c, "E_E2E_WRONG_SEQUENCE"),
    (0x0d, "E_E2E"),
    (0x0e, "E_E2E_NOT_AVAILABLE"),
    (0x0f, "E_E2E_NO_NEW_DATA"),
];
