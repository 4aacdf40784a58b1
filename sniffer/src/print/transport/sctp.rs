//! SCTP: ports and chunks.

use crate::decode::{Payload, Sctp, SctpBody, SctpChunk, SctpError};
use crate::print::line::Line;
use crate::print::packet::Network;
use crate::print::{hex, tokens};

/// Nothing more can be said of the packet.
struct Stopped;

pub(in crate::print) fn print(line: &mut Line<'_>, sctp: &Sctp<'_>, network: Option<Network<'_>>) {
    let ports = [sctp.source_port(), sctp.destination_port()];
    if let Some(network) = network {
        line.address(network.source());
        line.labelled(".", ports[0]);
        line.labelled_address(" > ", network.destination());
        line.labelled(".", ports[1]);
        line.text(": ");
    }
    line.text("sctp");
    for channel in ports.iter().filter_map(|port| tokens::name(FORCES_CHANNELS, *port)) {
        line.text("[");
        line.text(channel);
        line.text("]");
    }
    let is_deep = line.options.verbose > 1;
    for (index, chunk) in sctp.chunks().enumerate() {
        let separator = match index {
            _ if is_deep => "\n\t",
            0 => " (",
            _ => ", (",
        };
        if print_chunk(line, separator, index as u64 + 1, chunk).is_err() {
            return;
        }
    }
}

/// A packet without room for the header, or whose header was cut.
pub(in crate::print) fn print_truncated(line: &mut Line<'_>, rest: Payload<'_>) {
    match Sctp::HEADER_LEN.checked_sub(rest.claimed()) {
        Some(missing) if missing > 0 => {
            line.labelled("truncated-sctp - ", missing);
            line.text(" bytes missing!");
        }
        _ => line.truncated("sctp"),
    }
}

fn print_chunk(
    line: &mut Line<'_>,
    separator: &str,
    number: u64,
    chunk: Result<SctpChunk<'_>, SctpError>,
) -> Result<(), Stopped> {
    if chunk == Err(SctpError::Truncated) {
        line.truncated("sctp");
        return Err(Stopped);
    }
    line.labelled(separator, number);
    line.text(") ");
    match chunk {
        Ok(chunk) => {
            line.text("[");
            tokens::print_or_hex(line, CHUNKS, chunk.kind, 1, ["Unknown chunk type: ", ""]);
            line.text("] ");
            print_body(line, &chunk).inspect_err(|_| {
                line.labelled("bogus chunk length ", chunk.length);
                line.text("]");
            })
        }
        Err(SctpError::TooShort(length)) => {
            line.labelled("[Bad chunk length ", length);
            line.text(", < size of chunk descriptor]");
            Ok(())
        }
        Err(SctpError::NoPadding(length)) => {
            line.labelled("[Bad chunk length ", length);
            line.text(", > remaining data in packet]");
            Ok(())
        }
        Err(SctpError::CutOff | SctpError::Truncated) => {
            line.text("[chunk descriptor cut off at end of packet]");
            Ok(())
        }
    }
}

fn print_body(line: &mut Line<'_>, chunk: &SctpChunk<'_>) -> Result<(), Stopped> {
    if chunk.kind == SctpChunk::DATA {
        print_flags(line, chunk.flags);
    }
    match chunk.body().ok_or(Stopped)? {
        SctpBody::Data { tsn, stream, sequence, protocol, payload } => {
            print_numbers(line, &[("TSN: ", tsn), ("SID: ", stream.into()), ("SSEQ ", sequence.into())]);
            line.text("[PPID ");
            tokens::print_or_hex(line, PAYLOAD_PROTOCOLS, protocol, 1, ["", ""]);
            line.text("] ");
            if payload.is_empty() {
                return Err(Stopped);
            }
            print_payload(line, payload);
        }
        SctpBody::Init { tag, window, outbound, inbound, tsn } => print_numbers(
            line,
            &[
                ("init tag: ", tag),
                ("rwnd: ", window),
                ("OS: ", outbound.into()),
                ("MIS: ", inbound.into()),
                ("init TSN: ", tsn),
            ],
        ),
        SctpBody::Sack { tsn, window, gaps, duplicates, list } => {
            let counts = [("#gap acks ", gaps.into()), ("#dup tsns ", duplicates.into())];
            print_numbers(line, &[("cum ack ", tsn), ("a_rwnd ", window)]);
            print_numbers(line, &counts);
            print_lists(line, tsn, [gaps.into(), duplicates.into()], list)?;
        }
        SctpBody::Other => {}
    }
    Ok(())
}

/// Fields in brackets, each with a blank behind it.
fn print_numbers(line: &mut Line<'_>, numbers: &[(&str, u32)]) {
    for (name, number) in numbers {
        line.text("[");
        line.labelled(name, *number);
        line.text("] ");
    }
}

/// Whether data are unordered, the beginning and the end of a message.
fn print_flags(line: &mut Line<'_>, flags: u8) {
    const LETTERS: [(u8, &str); 3] = [(0x04, "(U)"), (0x02, "(B)"), (0x01, "(E)")];
    for (_, letter) in LETTERS.iter().filter(|(flag, _)| flags & flag != 0) {
        line.text(letter);
    }
    if flags & 0x07 != 0 {
        line.byte(b' ');
    }
}

/// The data, with a second `-v`.
fn print_payload(line: &mut Line<'_>, payload: &[u8]) {
    if line.options.verbose < 2 {
        return;
    }
    line.text("[Payload");
    if hex::wants_unknown(line) {
        line.text(":");
        hex::with_ascii(line, payload);
    }
    line.text("]");
}

/// The blocks behind gaps and the numbers that came twice, as far as the chunk has them.
fn print_lists(line: &mut Line<'_>, tsn: u32, counts: [usize; 2], list: &[u8]) -> Result<(), Stopped> {
    let (entries, half) = list.as_chunks::<4>();
    let (blocks, rest) = entries.split_at(counts[0].min(entries.len()));
    let duplicates = &rest[..counts[1].min(rest.len())];
    for (index, &[a, b, c, d]) in blocks.iter().enumerate() {
        let at = |offset: [u8; 2]| tsn.wrapping_add(u16::from_be_bytes(offset).into());
        line.labelled("\n\t\t[gap ack block #", index as u64 + 1);
        line.labelled(": start = ", at([a, b]));
        line.labelled(", end = ", at([c, d]));
        line.text("] ");
    }
    for (index, number) in duplicates.iter().enumerate() {
        line.labelled("\n\t\t[dup TSN #", index as u64 + 1);
        line.labelled(": ", u32::from_be_bytes(*number));
        line.text("] ");
    }
    let is_half = !half.is_empty() && blocks.len() + duplicates.len() < counts[0] + counts[1];
    if is_half { Err(Stopped) } else { Ok(()) }
}

const CHUNKS: &[(u8, &str)] = &[
    (0x00, "DATA"),
    (0x01, "INIT"),
    (0x02, "INIT ACK"),
    (0x03, "SACK"),
    (0x04, "HB REQ"),
    (0x05, "HB ACK"),
    (0x06, "ABORT"),
    (0x07, "SHUTDOWN"),
    (0x08, "SHUTDOWN ACK"),
    (0x09, "OP ERR"),
    (0x0a, "COOKIE ECHO"),
    (0x0b, "COOKIE ACK"),
    (0x0c, "ECN ECHO"),
    (0x0d, "ECN CWR"),
    (0x0e, "SHUTDOWN COMPLETE"),
    (0xc0, "FOR CUM TSN"),
    (0xc1, "REL CTRL"),
    (0xc2, "REL CTRL ACK"),
];

/// Ports of the channels of `ForCES`, RFC 5811.
const FORCES_CHANNELS: &[(u16, &str)] = &[(6704, "ForCES HP"), (6705, "ForCES MP"), (6706, "ForCES LP")];

/// Protocols of payloads.
const PAYLOAD_PROTOCOLS: &[(u32, &str)] = &[
    (1, "ISDN Q.921"),
    (2, "M2UA"),
    (3, "M3UA"),
    (4, "SUA"),
    (5, "M2PA"),
    (6, "V5.2"),
    (7, "H.248"),
    (8, "BICC"),
    (9, "TALI"),
    (10, "DUA"),
    (11, "ASAP"),
    (12, "ENRP"),
    (13, "H.323"),
    (14, "Q.IPC"),
    (15, "SIMCO"),
    (16, "DDPSC"),
    (17, "DDPSSC"),
    (18, "S1AP"),
    (19, "RUA"),
    (20, "HNBAP"),
    (21, "ForCES HP"),
    (22, "ForCES MP"),
    (23, "ForCES LP"),
    (24, "SBc-AP"),
    (25, "NBAP"),
    (27, "X2AP"),
];
