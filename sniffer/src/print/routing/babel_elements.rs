//! The elements of Babel with `-v`, a line each.

use crate::decode::{BabelDefaults, BabelDetail, BabelMessage, BabelPrefix, BabelUpdate, Payload};
use crate::print::line::Line;
use crate::print::{text, tokens};

/// The element of a type that is known.
pub(super) fn print(line: &mut Line<'_>, kind: u8, value: &[u8], defaults: &mut BabelDefaults) -> Option<()> {
    let Some(title) = tokens::name(TITLES, kind) else {
        line.labelled("\n\tUnknown message type ", kind);
        return Some(());
    };
    line.text(title);
    if kind == PADDING {
        line.number(value.len() as u64 + 2);
        return Some(());
    }
    let message = BabelMessage::new(kind, value, defaults);
    if message.is_none() && kind == HEARD && value.len() >= HEARD_LEN {
        line.truncated("babel");
        return Some(());
    }
    print_message(line, kind, &message?);
    Some(())
}

/// Padding of any length.
const PADDING: u8 = 1;
/// The element that says which neighbour is heard.
const HEARD: u8 = 5;
/// Bytes of it without the neighbour's address.
const HEARD_LEN: usize = 6;

const TITLES: &[(u8, &str)] = &[
    (PADDING, "\n\tPad "),
    (2, "\n\tAcknowledgment Request "),
    (3, "\n\tAcknowledgment "),
    (4, "\n\tHello "),
    (HEARD, "\n\tIHU "),
    (6, "\n\tRouter Id"),
    (7, "\n\tNext Hop"),
    (8, "\n\tUpdate"),
    (9, "\n\tRoute Request "),
    (10, "\n\tSeqno Request "),
    (11, "\n\tTS/PC "),
    (12, "\n\tHMAC "),
    (13, "\n\tSS-Update"),
    (14, "\n\tSS-Request "),
    (15, "\n\tSS-MH-Request "),
    (16, "\n\tMAC"),
    (17, "\n\tPC"),
    (18, "\n\tChallenge Request"),
    (19, "\n\tChallenge Reply"),
];

fn print_message(line: &mut Line<'_>, kind: u8, message: &BabelMessage<'_>) {
    match *message {
        BabelMessage::AcknowledgementRequest { nonce, interval } => {
            line.hex_digits(nonce, 4);
            line.byte(b' ');
            print_interval(line, interval);
        }
        BabelMessage::Acknowledgement { nonce } => line.hex_digits(nonce, 4),
        BabelMessage::Hello { is_unicast, sequence, interval, rest } => {
            line.text(if is_unicast { "(Unicast) " } else { "" });
            line.labelled("seqno ", sequence);
            if interval == 0 {
                line.text(" unscheduled");
            } else {
                line.text(" interval ");
                print_interval(line, interval);
            }
            print_details(line, kind, rest);
        }
        BabelMessage::Heard { neighbour, cost, interval, rest } => {
            print_address(line, neighbour, "any");
            line.labelled(" rxcost ", cost);
            line.text(" interval ");
            print_interval(line, interval);
            print_details(line, kind, rest);
        }
        BabelMessage::RouterId(router) => {
            line.byte(b' ');
            text::mac(line.out, &router);
        }
        BabelMessage::NextHop(hop) => {
            line.byte(b' ');
            print_address(line, hop, "invalid AE 0");
        }
        BabelMessage::Update(update) => print_update(line, kind, &update),
        BabelMessage::RouteRequest { prefix, source } => print_route_request(line, prefix, source),
        BabelMessage::SequenceRequest { prefix, source, sequence, hops, router } => {
            line.labelled("(", hops);
            line.text(" hops) for ");
            match source {
                Some(source) => print_pair(line, prefix, source),
                None if prefix.encoding == 0 => line.text("invalid AE 0"),
                None => print_prefix(line, prefix),
            }
            line.labelled(" seqno ", sequence);
            line.text(" id ");
            text::mac(line.out, &router);
        }
        BabelMessage::Timestamp { time, counter } => {
            line.labelled("timestamp ", time);
            line.labelled(" packetcounter ", counter);
        }
        BabelMessage::Digest { key, digest } => {
            line.labelled("key-id ", key);
            line.labelled(" digest-", digest.len() as u64);
            line.byte(b' ');
            line.upper_hex_bytes(digest);
        }
        BabelMessage::Counter { value, index_len } => {
            line.labelled(" value ", value);
            line.labelled(" index len ", index_len);
        }
        BabelMessage::Opaque(bytes) => line.labelled(" len ", bytes.len() as u64),
    }
}

fn print_route_request(line: &mut Line<'_>, prefix: BabelPrefix, source: Option<BabelPrefix>) {
    line.text("for ");
    match source {
        _ if prefix.encoding == 0 => line.text("any"),
        Some(source) => print_pair(line, prefix, source),
        None => print_prefix(line, prefix),
    }
}

/// What an update says of itself in its flags.
pub(super) const UPDATE_FLAGS: &[(u8, &str)] = &[(0x80, "/prefix"), (0x40, "/id"), (0x3f, "/unknown")];

fn print_update(line: &mut Line<'_>, kind: u8, update: &BabelUpdate<'_>) {
    for (_, name) in UPDATE_FLAGS.iter().filter(|(bits, _)| update.flags & bits != 0) {
        line.text(name);
    }
    line.byte(b' ');
    match update.source {
        Some(source) => {
            print_prefix(line, update.prefix);
            line.text(" from ");
            print_prefix(line, source);
        }
        None if update.prefix.encoding == 0 => line.text("any"),
        None => print_prefix(line, update.prefix),
    }
    line.labelled(" metric ", update.metric);
    line.labelled(" seqno ", update.sequence);
    line.text(" interval ");
    match update.interval {
        u16::MAX => line.text("infinity"),
        interval => print_interval(line, interval),
    }
    print_details(line, kind, update.rest);
}

/// `(to, from)`.
fn print_pair(line: &mut Line<'_>, prefix: BabelPrefix, source: BabelPrefix) {
    line.byte(b'(');
    print_prefix(line, prefix);
    line.text(", ");
    print_prefix(line, source);
    line.byte(b')');
}

fn print_prefix(line: &mut Line<'_>, prefix: BabelPrefix) {
    match prefix.address.to_ipv4_mapped() {
        Some(address) if prefix.len >= 96 => {
            line.ipv4(address);
            line.labelled("/", prefix.len - 96);
        }
        _ => {
            line.ipv6(prefix.address);
            line.labelled("/", prefix.len);
        }
    }
}

/// An address, or a word where none was written.
fn print_address(line: &mut Line<'_>, prefix: BabelPrefix, none: &str) {
    match prefix.address.to_ipv4_mapped() {
        _ if prefix.encoding == 0 => line.text(none),
        Some(address) => line.ipv4(address),
        None => line.ipv6(prefix.address),
    }
}

/// Hundredths of a second.
fn print_interval(line: &mut Line<'_>, interval: u16) {
    if interval == 0 {
        return line.text("0.0s (bogus)");
    }
    line.number(interval / 100);
    line.byte(b'.');
    text::decimal_padded(line.out, u64::from(interval % 100), 2);
    line.byte(b's');
}

/// The elements behind what an element of type `kind` says by itself.
fn print_details(line: &mut Line<'_>, kind: u8, rest: Payload<'_>) {
    for detail in BabelDetail::all(rest) {
        match detail {
            BabelDetail::Pad => line.text(" sub-pad1"),
            BabelDetail::Value(detail, value) => {
                print_mandatory(line, detail);
                if print_detail(line, kind, detail, value).is_none() {
                    return line.invalid();
                }
            }
            BabelDetail::Invalid(detail) => {
                print_mandatory(line, detail);
                line.invalid();
            }
        }
    }
}

/// Who does not know such an element ignores all around it.
fn print_mandatory(line: &mut Line<'_>, detail: u8) {
    line.text(if detail & 0x80 == 0 { "" } else { " (M)" });
}

fn print_detail(line: &mut Line<'_>, kind: u8, detail: u8, value: Payload<'_>) -> Option<()> {
    match (detail, kind) {
        (1, _) => line.text(" sub-padn"),
        (2, _) => print_channels(line, kind, value.bytes()),
        (3, 4) => {
            line.text(" sub-timestamp");
            print_time(line, " ", value.get(0)?);
        }
        (3, HEARD) => {
            line.text(" sub-timestamp");
            let (sent, received) = (value.get(0)?, value.get(4)?);
            print_time(line, " ", sent);
            print_time(line, "|", received);
        }
        (3, _) => line.text(" sub-timestamp (bogus)"),
        _ => {
            line.labelled_hex(" sub-unknown-", detail, 2);
        }
    }
    Some(())
}

/// The radio channels that a route goes over.
fn print_channels(line: &mut Line<'_>, kind: u8, channels: &[u8]) {
    line.text(" sub-diversity");
    if channels.is_empty() {
        return line.text(" empty");
    }
    let mut separator = " ";
    for channel in channels {
        line.text(separator);
        tokens::print(line, CHANNELS, *channel, ["", ""]);
        separator = "-";
    }
    if !matches!(kind, 8 | 13) {
        line.text(" (bogus)");
    }
}

const CHANNELS: &[(u8, &str)] = &[(0, "reserved"), (255, "all")];

/// Microseconds.
fn print_time(line: &mut Line<'_>, label: &str, time: u32) {
    line.labelled(label, time / 1_000_000);
    line.byte(b'.');
    text::decimal_padded(line.out, u64::from(time % 1_000_000), 6);
    line.byte(b's');
}
