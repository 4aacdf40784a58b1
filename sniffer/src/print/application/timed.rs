//! The time synchronisation protocol of timed.

use crate::decode::{Payload, Timed};
use crate::print::line::Line;
use crate::print::{text, tokens};

pub(in crate::print) fn print(line: &mut Line<'_>, message: &Timed<'_>) {
    print_message(line, message).unwrap_or_else(|| line.truncated("timed"));
}

fn print_message(line: &mut Line<'_>, message: &Timed<'_>) -> Option<()> {
    let kind = message.kind()?;
    tokens::print_or_hex(line, KINDS, kind, 1, ["(tsp_type ", ")"]);
    line.labelled(" vers ", message.version()?);
    line.labelled(" seq ", message.sequence()?);
    match kind {
        24 => line.labelled(" hopcnt ", message.hops()?),
        1 | 5 | 22 | 23 => {
            let [seconds, micros] = message.time()?;
            if micros < 0 {
                return Some(());
            }
            let time = i64::from(seconds) * 1_000_000 + i64::from(micros);
            line.text(if time < 0 { " time -" } else { " time " });
            line.number(time.unsigned_abs() / 1_000_000);
            line.text(".");
            text::decimal_padded(line.out, time.unsigned_abs() % 1_000_000, 6);
        }
        _ => {}
    }
    line.text(" name ");
    // A name ends with a zero, whatever the datagram's length.
    line.zero_padded(Payload::new(message.name().bytes(), MAX_NAME_LEN))
}

/// Bytes of a name at most.
const MAX_NAME_LEN: u32 = 64;

const KINDS: &[(u8, &str)] = &[
    (0, "TSP_ANY"),
    (1, "TSP_ADJTIME"),
    (2, "TSP_ACK"),
    (3, "TSP_MASTERREQ"),
    (4, "TSP_MASTERACK"),
    (5, "TSP_SETTIME"),
    (6, "TSP_MASTERUP"),
    (7, "TSP_SLAVEUP"),
    (8, "TSP_ELECTION"),
    (9, "TSP_ACCEPT"),
    (10, "TSP_REFUSE"),
    (11, "TSP_CONFLICT"),
    (12, "TSP_RESOLVE"),
    (13, "TSP_QUIT"),
    (14, "TSP_DATE"),
    (15, "TSP_DATEREQ"),
    (16, "TSP_DATEACK"),
    (17, "TSP_TRACEON"),
    (18, "TSP_TRACEOFF"),
    (19, "TSP_MSITE"),
    (20, "TSP_MSITEREQ"),
    (21, "TSP_TEST"),
    (22, "TSP_SETDATE"),
    (23, "TSP_SETDATEREQ"),
    (24, "TSP_LOOP"),
];
