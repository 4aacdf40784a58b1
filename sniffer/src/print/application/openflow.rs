//! `OpenFlow`: the header of each message.

use crate::decode::OpenFlow;
use crate::print::line::Line;
use crate::print::tokens;

pub(in crate::print) fn print(line: &mut Line<'_>, first: &OpenFlow<'_>) {
    line.text(": OpenFlow");
    for message in first.messages() {
        if print_message(line, &message).is_none() {
            return line.truncated("openflow");
        }
    }
}

fn print_message(line: &mut Line<'_>, message: &OpenFlow<'_>) -> Option<()> {
    let room = message.whole().claimed();
    let version = message.version()?;
    line.text("\n\tversion ");
    tokens::print_or_hex(line, VERSIONS, version, 2, ["unknown (", ")"]);
    if room < 2 {
        return print_partial(line, message);
    }
    let kind = message.kind()?;
    let known = kind_of(version, kind);
    line.text(", type ");
    if let Some(known) = known {
        line.text(known.name);
    } else {
        line.text("unknown (");
        line.hex(kind, 2);
        line.text(")");
    }
    if room < 4 {
        return print_partial(line, message);
    }
    let length = message.length()?;
    let body = usize::from(length).checked_sub(OpenFlow::HEADER_LEN);
    line.labelled(", length ", length);
    line.text(if body.is_none() { " (too short!)" } else { "" });
    if room < 8 {
        return print_partial(line, message);
    }
    line.text(", xid ");
    line.hex(message.transaction()?, 8);
    let is_valid = body.is_some_and(|body| known.is_none_or(|known| known.takes(body)));
    if !is_valid {
        line.invalid();
    }
    let claimed = usize::from(length).max(OpenFlow::HEADER_LEN);
    let needed = if body.is_none() { room as usize } else { claimed };
    (message.whole().bytes().len() >= needed).then_some(())
}

/// A header that goes on in the next segment.
fn print_partial(line: &mut Line<'_>, message: &OpenFlow<'_>) -> Option<()> {
    line.text(" (end of TCP payload)");
    (!message.whole().is_truncated()).then_some(())
}

const VERSIONS: &[(u8, &str)] = &[(1, "1.0"), (2, "1.1"), (3, "1.2"), (4, "1.3"), (5, "1.4"), (6, "1.5")];

/// A type of message, and how many bytes it has behind its header.
struct Kind {
    name: &'static str,
    least: usize,
    most: usize,
}

impl Kind {
    const fn at_least(name: &'static str, least: usize) -> Self {
        Self { name, least, most: usize::MAX }
    }

    const fn exactly(name: &'static str, len: usize) -> Self {
        Self { name, least: len, most: len }
    }

    fn takes(&self, body: usize) -> bool {
        (self.least..=self.most).contains(&body)
    }
}

fn kind_of(version: u8, kind: u8) -> Option<&'static Kind> {
    match version {
        1 => KINDS_1_0.get(usize::from(kind)),
        4 => KINDS_1_3.get(usize::from(kind)),
        _ => None,
    }
}

const KINDS_1_0: &[Kind] = &[
    Kind::at_least("HELLO", 0),
    Kind::at_least("ERROR", 4),
    Kind::at_least("ECHO_REQUEST", 0),
    Kind::at_least("ECHO_REPLY", 0),
    Kind::at_least("VENDOR", 4),
    Kind::exactly("FEATURES_REQUEST", 0),
    Kind::at_least("FEATURES_REPLY", 24),
    Kind::exactly("GET_CONFIG_REQUEST", 0),
    Kind::exactly("GET_CONFIG_REPLY", 4),
    Kind::exactly("SET_CONFIG", 4),
    Kind::at_least("PACKET_IN", 10),
    Kind::exactly("FLOW_REMOVED", 80),
    Kind::exactly("PORT_STATUS", 56),
    Kind::at_least("PACKET_OUT", 8),
    Kind::at_least("FLOW_MOD", 64),
    Kind::exactly("PORT_MOD", 24),
    Kind::at_least("STATS_REQUEST", 4),
    Kind::at_least("STATS_REPLY", 4),
    Kind::exactly("BARRIER_REQUEST", 0),
    Kind::exactly("BARRIER_REPLY", 0),
    Kind::exactly("QUEUE_GET_CONFIG_REQUEST", 4),
    Kind::at_least("QUEUE_GET_CONFIG_REPLY", 8),
];

const KINDS_1_3: &[Kind] = &[
    Kind::at_least("HELLO", 0),
    Kind::at_least("ERROR", 4),
    Kind::at_least("ECHO_REQUEST", 0),
    Kind::at_least("ECHO_REPLY", 0),
    Kind::at_least("EXPERIMENTER", 8),
    Kind::exactly("FEATURES_REQUEST", 0),
    Kind::exactly("FEATURES_REPLY", 24),
    Kind::exactly("GET_CONFIG_REQUEST", 0),
    Kind::exactly("GET_CONFIG_REPLY", 4),
    Kind::exactly("SET_CONFIG", 4),
    Kind::at_least("PACKET_IN", 0),
    Kind::at_least("FLOW_REMOVED", 0),
    Kind::exactly("PORT_STATUS", 72),
    Kind::at_least("PACKET_OUT", 0),
    Kind::at_least("FLOW_MOD", 0),
    Kind::at_least("GROUP_MOD", 0),
    Kind::exactly("PORT_MOD", 32),
    Kind::exactly("TABLE_MOD", 8),
    Kind::at_least("MULTIPART_REQUEST", 0),
    Kind::at_least("MULTIPART_REPLY", 0),
    Kind::exactly("BARRIER_REQUEST", 0),
    Kind::exactly("BARRIER_REPLY", 0),
    Kind::exactly("QUEUE_GET_CONFIG_REQUEST", 8),
    Kind::at_least("QUEUE_GET_CONFIG_REPLY", 0),
    Kind::exactly("ROLE_REQUEST", 16),
    Kind::exactly("ROLE_REPLY", 16),
    Kind::exactly("GET_ASYNC_REQUEST", 0),
    Kind::exactly("GET_ASYNC_REPLY", 24),
    Kind::exactly("SET_ASYNC", 24),
    Kind::at_least("METER_MOD", 0),
];
