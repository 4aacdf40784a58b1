//! The live view's numbers: what was counted between two samples becomes rates and rankings. Pure: knows no terminal, no map
//! and no clock.
//!
//! ```text
//! Sample ─► Model::advance ─► totals · History · Ranking of flows, hosts, ports · Cost
//! ```
#![forbid(unsafe_code)]

mod model;
mod ranking;
mod rate;

mod format;
mod names;
mod report;

pub use format::{bits, bytes, count, hundredths};
pub use model::{Cost, Model, Point, ProtocolRow, Sample, Total};
pub use names::{end, protocol};
pub use ranking::{Order, Ranking, Row};
pub use rate::Rate;
pub use report::{Subject, json, text};
