//! Expressions compiled for the stages of the library: the one part of the laboratory that knows what it tests.

use std::net::Ipv4Addr;

use sniffer::bpf::Insn;
use sniffer::filter::emit::{Access, DirectLayout, OnMatch, Target};
use sniffer::filter::{Filter, NoNames, Options, compile};
use sniffer::load::Pipeline;
use sniffer::packet::LinkType;
use sniffer_common::Slot;

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
    let access = pipeline.layout().map_or(Access::Compat, |layout| {
        Access::Direct(DirectLayout {
            len: layout.len as i16,
            data_len: layout.data_len as i16,
            data: layout.data as i16,
            cast_to_kern_ctx: layout.cast_context,
            rdonly_cast: layout.readable,
            flex_struct: layout.flex_type,
            flex_bias: 16,
        })
    });
    let on_match = OnMatch::TailCall { map_fd: pipeline.stages_fd(), slot: Slot::Accept as u32 };
    filter.emit(&Target { access, on_match }).unwrap_or_else(|error| panic!("{error}")).insns
}
