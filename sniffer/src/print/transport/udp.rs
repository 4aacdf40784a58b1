//! UDP: ports and length; what the datagram holds prints itself.

use super::endpoints;
use crate::decode::{Application, IpProtocol, Payload, Udp};
use crate::print::checksum::{self, Verdict};
use crate::print::line::Line;
use crate::print::names::PortProtocol;
use crate::print::packet::Network;

const PORTS: (IpProtocol, PortProtocol) = (IpProtocol::Udp, PortProtocol::Udp);

pub(in crate::print) fn print(line: &mut Line<'_>, udp: &Udp<'_>, network: Option<Network<'_>>) {
    if udp.is_well_formed() && udp.forced() == Some(Application::Rpc) {
        // It says itself between whom.
        return;
    }
    endpoints::with_ports(line, network, PORTS, [udp.source_port(), udp.destination_port()]);
    if !udp.is_well_formed() {
        return line.labelled("truncated-udplength ", udp.length());
    }
    if udp.application() == Some(Application::Nfs) && line.options.quiet == 0 {
        return;
    }
    if udp.forced().is_some() {
        return;
    }
    print_checksum(line, udp, network);
    if udp.application().is_some() && line.options.quiet == 0 {
        return;
    }
    let is_fragment = network.is_some_and(|network| network.is_fragment());
    if udp.payload_len() > udp.behind().claimed() && !is_fragment {
        line.labelled("UDP, bad length ", udp.payload_len());
        line.labelled(" > ", udp.behind().claimed());
    } else {
        line.labelled("UDP, length ", udp.payload_len());
    }
}

fn print_checksum(line: &mut Line<'_>, udp: &Udp<'_>, network: Option<Network<'_>>) {
    // tcpdump wants a second -v before it checks UDP over IPv4.
    let least = if matches!(network, Some(Network::V4(_))) { 2 } else { 1 };
    let may_check = line.options.verbose >= least && !line.options.trust_checksums;
    let Some(network) = network.filter(|network| may_check && !network.is_fragment()) else { return };
    if udp.checksum() == 0 && matches!(network, Network::V4(_)) {
        return line.text("[no cksum] ");
    }
    match checksum::verify(line, Some(network), IpProtocol::Udp, udp.whole(), udp.checksum()) {
        Verdict::Unknown => {}
        Verdict::Right => line.text("[udp sum ok] "),
        Verdict::NotReady => line.text("[udp cksum left to the network card] "),
        Verdict::Wrong(expected) => {
            line.labelled_hex("[bad udp cksum ", udp.checksum(), 4);
            line.labelled_hex(" -> ", expected, 4);
            line.text("!] ");
        }
    }
}

/// A datagram whose header was not captured whole, or for which the IP packet has no room.
pub(in crate::print) fn print_truncated(
    line: &mut Line<'_>,
    rest: Payload<'_>,
    network: Option<Network<'_>>,
) {
    match *rest.bytes() {
        [s0, s1, d0, d1, ..] => {
            let ports = [[s0, s1], [d0, d1]].map(u16::from_be_bytes);
            endpoints::with_ports(line, network, PORTS, ports);
            if rest.claimed() < 8 {
                return line.labelled("truncated-udp ", rest.claimed());
            }
        }
        _ => endpoints::without_ports(line, network, ": "),
    }
    line.truncated("udp");
}
