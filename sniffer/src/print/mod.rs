//! Layers become text: one line, verbose, hex, JSON, chosen fields. Does no I/O.
//!
//! The lines are tcpdump's, byte for byte, wherever tcpdump prints the same protocol.
#![forbid(unsafe_code)]

pub mod stats;

mod flows;
mod line;
mod lines;
mod names;
mod options;
mod packet;
mod printer;
mod style;

mod checksum;
mod clock;
mod hex;
mod oui;
mod text;
mod tokens;

mod application;
mod link;
mod link_local;
mod network;
mod routing;
mod transport;
mod tunnel;

mod fields;
mod json;
mod select;

mod taps;

#[cfg(test)]
mod tests;

pub use self::json::Json;
pub use self::lines::{Before, Lines};
pub use self::names::{Names, Numbers, PortProtocol};
pub use self::options::{HexDump, Options, TimeFormat, TimePrecision};
pub use self::printer::Printer;
pub use self::select::{Columns, Selection, UnknownField};
pub use self::taps::{TapReport, TappedNamespace};
