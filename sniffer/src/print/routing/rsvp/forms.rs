//! Objects of RSVP whose fields stand at fixed places: a row says what is printed of each.

use super::{Printed, too_short};
use crate::decode::{Payload, RsvpObject};
use crate::print::line::Line;
use crate::print::tokens;

/// A piece of what is printed.
pub(super) enum Piece {
    /// A line begins so.
    Line(&'static str),
    /// Words.
    Text(&'static str),
    /// The IPv4 address at this place.
    V4(usize),
    /// The IPv6 address at this place.
    V6(usize),
    /// The number at this place, of so many bytes.
    Number(usize, usize),
    /// The same in hexadecimal.
    Hex(usize, usize),
    /// How reservations are shared, in the last three bytes of a word.
    Style,
    /// What is behind the fields, if there is more than this many bytes, is to be seen in hexadecimal.
    Rest(u32),
}

use Piece::{Hex, Line as Begin, Number, Rest, Style, Text, V4, V6};

/// A form that an object has: its class, the kinds that have it, bytes that it needs, and what is printed.
pub(super) type Form = (u8, &'static [u8], u32, &'static [Piece]);

/// The row of an object, if it has one.
pub(super) fn of(class: u8, kind: u8) -> Option<&'static Form> {
    FORMS.iter().find(|(of, kinds, ..)| *of == class && kinds.contains(&kind))
}

pub(super) fn print(line: &mut Line<'_>, indent: &str, form: &Form, object: &RsvpObject<'_>) -> Printed {
    let (_, _, len, pieces) = form;
    if object.body.claimed() < *len {
        return Err(too_short(line, indent));
    }
    let mut wants_hex = false;
    for piece in *pieces {
        match piece {
            Rest(len) => wants_hex = object.body.claimed() > *len,
            piece => print_piece(line, indent, piece, object.body).ok_or(super::Stopped)?,
        }
    }
    Ok(wants_hex)
}

fn print_piece(line: &mut Line<'_>, indent: &str, piece: &Piece, body: Payload<'_>) -> Option<()> {
    match *piece {
        Begin(words) => {
            line.text(indent);
            line.text("  ");
            line.text(words);
        }
        Text(words) => line.text(words),
        V4(at) => line.ipv4(body.get(at)?),
        V6(at) => line.ipv6(body.get(at)?),
        Number(at, len) => line.number(number(body, at, len)?),
        Hex(at, len) => line.hex(number(body, at, len)?, len * 2),
        Style => tokens::print_or(line, STYLES, number(body, 1, 3)?, "Unknown"),
        Rest(_) => {}
    }
    Some(())
}

fn number(body: Payload<'_>, at: usize, len: usize) -> Option<u32> {
    let bytes = body.bytes().get(at..at + len)?;
    Some(bytes.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte)))
}

const STYLES: &[(u32, &str)] = &[(17, "Wildcard Filter"), (10, "Fixed Filter"), (18, "Shared Explicit")];

const HOP: Piece = Begin("Previous/Next Interface: ");
const HANDLE: Piece = Text(", Logical Interface Handle: ");
const TUNNEL: Piece = Text(", Tunnel ID: ");
const EXTENDED: Piece = Text(", Extended Tunnel ID: ");
const SOURCE: Piece = Begin("Source Address: ");
const PORT: Piece = Text(", Source Port: ");
const GROUP: Piece = Begin("Sub-Group Originator ID: ");
const GROUP_ID: Piece = Text(", Sub-Group ID: ");
const V4_SENDER: Piece = Begin("IPv4 Tunnel Sender Address: ");
const V6_SENDER: Piece = Begin("IPv6 Tunnel Sender Address: ");
const LSP: Piece = Text(", LSP-ID: ");
const LSP_OF_TREE: Piece = Text(", LSP ID: ");

const V4_SOURCE: &[Piece] = &[SOURCE, V4(0), PORT, Number(6, 2)];
const V6_SOURCE: &[Piece] = &[SOURCE, V6(0), PORT, Number(18, 2)];
const V4_TREE: &[Piece] = &[V4_SENDER, V4(0), LSP_OF_TREE, Hex(6, 2), GROUP, V4(8), GROUP_ID, Hex(12, 2)];
const V6_TREE: &[Piece] = &[V6_SENDER, V6(0), LSP_OF_TREE, Hex(18, 2), GROUP, V6(20), GROUP_ID, Hex(38, 2)];
const GENERALIZED_LABEL: &[Piece] = &[Begin("Generalized Label: "), Number(0, 4)];
const WAVEBAND: &[Piece] = &[
    Begin("Waveband ID: "),
    Number(0, 4),
    Begin("Start Label: "),
    Number(4, 4),
    Text(", Stop Label: "),
    Number(8, 4),
];

const FORMS: &[Form] = &[
    (
        1,
        &[1],
        8,
        &[
            Begin("IPv4 DestAddress: "),
            V4(0),
            Text(", Protocol ID: "),
            Hex(4, 1),
            Begin("Flags: ["),
            Hex(5, 1),
            Text("], DestPort "),
            Number(6, 2),
        ],
    ),
    (
        1,
        &[2],
        20,
        &[
            Begin("IPv6 DestAddress: "),
            V6(0),
            Text(", Protocol ID: "),
            Hex(16, 1),
            Begin("Flags: ["),
            Hex(17, 1),
            Text("], DestPort "),
            Number(18, 2),
        ],
    ),
    (1, &[7, 11], 12, &[Begin("IPv4 Tunnel EndPoint: "), V4(0), TUNNEL, Hex(6, 2), EXTENDED, V4(8)]),
    (1, &[8], 36, &[Begin("IPv6 Tunnel EndPoint: "), V6(0), TUNNEL, Hex(18, 2), EXTENDED, V6(20)]),
    (1, &[13], 12, &[Begin("IPv4 P2MP LSP ID: "), V4(0), TUNNEL, Hex(6, 2), EXTENDED, V4(8)]),
    (1, &[14], 26, &[Begin("IPv6 P2MP LSP ID: "), Hex(0, 4), TUNNEL, Hex(6, 2), EXTENDED, V6(8)]),
    (3, &[1, 3], 8, &[HOP, V4(0), HANDLE, Hex(4, 4), Rest(8)]),
    (3, &[2, 4], 20, &[HOP, V6(0), HANDLE, Hex(16, 4), Rest(0)]),
    (5, &[1], 4, &[Begin("Refresh Period: "), Number(0, 4), Text("ms")]),
    (8, &[1], 4, &[Begin("Reservation Style: "), Style, Text(", Flags: ["), Hex(0, 1), Text("]")]),
    (10, &[1], 8, V4_SOURCE),
    (10, &[2], 20, V6_SOURCE),
    (10, &[3], 20, &[SOURCE, V6(0), Text(", Flow Label: "), Number(17, 3)]),
    (10, &[7], 8, &[SOURCE, V4(0), LSP, Hex(6, 2)]),
    (10, &[8], 20, &[SOURCE, V4(0), LSP, Hex(18, 2)]),
    (10, &[12], 16, V4_TREE),
    (10, &[13], 40, V6_TREE),
    (11, &[1], 8, V4_SOURCE),
    (11, &[2], 20, V6_SOURCE),
    (11, &[7], 8, &[V4_SENDER, V4(0), LSP, Hex(6, 2)]),
    (11, &[12], 16, V4_TREE),
    (11, &[13], 40, V6_TREE),
    (15, &[1], 4, &[Begin("IPv4 Receiver Address: "), V4(0)]),
    (15, &[2], 16, &[Begin("IPv6 Receiver Address: "), V6(0)]),
    (16, &[2], 4, GENERALIZED_LABEL),
    (34, &[2], 4, GENERALIZED_LABEL),
    (35, &[2], 4, GENERALIZED_LABEL),
    (129, &[2], 4, GENERALIZED_LABEL),
    (16, &[3], 12, WAVEBAND),
    (34, &[3], 12, WAVEBAND),
    (35, &[3], 12, WAVEBAND),
    (129, &[3], 12, WAVEBAND),
    (22, &[1, 2], 8, &[Begin("Source Instance: "), Hex(0, 4), Text(", Destination Instance: "), Hex(4, 4)]),
    (50, &[1], 4, &[Begin("Sub-LSP destination address: "), V4(0)]),
    (50, &[2], 16, &[Begin("Sub-LSP destination address: "), V6(0)]),
    (
        131,
        &[1],
        8,
        &[Begin("Restart  Time: "), Number(0, 4), Text("ms, Recovery Time: "), Number(4, 4), Text("ms")],
    ),
    (195, &[1], 4, &[Begin("IPv4 Notify Node Address: "), V4(0)]),
    (195, &[2], 16, &[Begin("IPv6 Notify Node Address: "), V6(0)]),
];
