//! Expressions compiled for live frames: the one part of the laboratory that knows what it tests.

use std::net::Ipv4Addr;

use sniffer::filter::{Error, Filter, NoNames, Options, compile};
use sniffer::packet::LinkType;

/// An expression for live frames of the link type, on an interface with a /24 network.
pub(crate) fn live(link_type: LinkType, expression: &str) -> Result<Filter, Error> {
    compiled(link_type, expression, false)
}

/// The same, to see through tunnels.
pub(crate) fn seeing_through(link_type: LinkType, expression: &str) -> Result<Filter, Error> {
    compiled(link_type, expression, true)
}

fn compiled(link_type: LinkType, expression: &str, see_through: bool) -> Result<Filter, Error> {
    let options =
        Options { link_type, live: true, netmask: Some(Ipv4Addr::new(255, 255, 255, 0)), see_through };
    compile(expression, &options, &NoNames)
}
