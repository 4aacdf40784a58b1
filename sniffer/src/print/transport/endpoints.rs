//! The two ends of what transports carry, with ports and, as far as they could not be read, without. Knows no transport.

use crate::decode::IpProtocol;
use crate::print::line::Line;
use crate::print::names::PortProtocol;
use crate::print::packet::Network;

/// `a.b.c.d.port > e.f.g.h.port: `, without the addresses where extension headers came between the network's header and that
/// of `protocol`.
#[inline]
pub(super) fn with_ports(
    line: &mut Line<'_>,
    network: Option<Network<'_>>,
    (protocol, names): (IpProtocol, PortProtocol),
    [source, destination]: [u16; 2],
) {
    let network = network.filter(|network| network.protocol() == protocol);
    if let Some(network) = network {
        line.address(network.source());
        line.byte(b'.');
    }
    line.port(names, source);
    line.text(" > ");
    if let Some(network) = network {
        line.address(network.destination());
        line.byte(b'.');
    }
    line.port(names, destination);
    line.text(": ");
}

/// `a.b.c.d > e.f.g.h` and what is to stand behind it: the ports are not there.
pub(super) fn without_ports(line: &mut Line<'_>, network: Option<Network<'_>>, behind: &str) {
    if let Some(network) = network {
        line.address(network.source());
        line.labelled_address(" > ", network.destination());
        line.text(behind);
    }
}
