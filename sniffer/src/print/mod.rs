//! Layers become text: one line, verbose, hex. Does no I/O.
#![forbid(unsafe_code)]

pub mod stats;
