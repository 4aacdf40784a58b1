//! What is fuzzed: a function each that takes any bytes and panics when something is wrong. A new one is a file here, a
//! line in [`ALL`] and a directory of its name in `corpus`.

mod expression;
mod filters;
mod program;
mod simulator;
mod verifier;

mod frame;
mod printed;
mod savefile;
mod text;

/// A name for the command line, and what to do with an input.
pub(crate) struct Target {
    pub(crate) name: &'static str,
    pub(crate) run: fn(&[u8]),
}

/// All of them.
pub(crate) const ALL: &[Target] = &[
    Target { name: "expression", run: expression::run },
    Target { name: "program", run: program::run },
    Target { name: "verifier", run: verifier::run },
    Target { name: "frame", run: frame::run },
    Target { name: "savefile", run: savefile::run },
    Target { name: "text", run: text::run },
];
