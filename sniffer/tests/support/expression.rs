//! Expressions compiled for the stages of the library: the one part of the laboratory that knows what it tests.

use std::net::Ipv4Addr;

use sniffer::bpf::Insn;
use sniffer::filter::{Filter, NoNames, Options, compile};
use sniffer::load::Pipeline;
use sniffer::packet::LinkType;

/// An expression for live Ethernet frames.
///
/// # Panics
/// When it is none.
pub(crate) fn live(expression: &str) -> Filter {
    let options =
        Options { link_type: LinkType::ETHERNET, live: true, netmask: Some(Ipv4Addr::new(255, 255, 255, 0)) };
    compile(expression, &options, &NoNames).unwrap_or_else(|error| panic!("{expression}: {error}"))
}

/// The filter as instructions for the filter slot of `pipeline`.
///
/// # Panics
/// When it is too large.
pub(crate) fn instructions(filter: &Filter, pipeline: &Pipeline) -> Vec<Insn> {
    filter.emit(&pipeline.target()).unwrap_or_else(|error| panic!("{error}")).insns
}
