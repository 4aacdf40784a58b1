//! Protocols over IP that have no printer of their own: name or number, and length.

use crate::decode::{IpProtocol, Ipcomp, Payload};
use crate::print::line::Line;
use crate::print::tokens::name;

/// What is said of a protocol that is not decoded.
pub(in crate::print) fn print(line: &mut Line<'_>, number: IpProtocol, rest: Payload<'_>) {
    let number = u8::from(number);
    line.byte(b' ');
    if !line.names.protocol(number, line.out) {
        line.labelled("ip-proto-", number);
    }
    line.labelled(" ", rest.claimed());
}

/// A packet whose payload is compressed: nothing more can be said of it.
pub(in crate::print) fn print_ipcomp(line: &mut Line<'_>, header: &Ipcomp<'_>) {
    let Some(cpi) = header.cpi() else { return line.truncated("ipcomp") };
    line.labelled_hex("IPComp(cpi=", cpi, 4);
    line.text(")");
}

/// A protocol whose header was cut.
pub(in crate::print) fn print_truncated(line: &mut Line<'_>, number: IpProtocol) {
    line.truncated(name(TRUNCATED, number).unwrap_or("ip"));
}

/// The words in tcpdump's mark of truncation.
const TRUNCATED: &[(IpProtocol, &str)] = &[
    (IpProtocol::Icmpv4, "icmp"),
    (IpProtocol::Gre, "gre"),
    (IpProtocol::Esp, "esp"),
    (IpProtocol::Ah, "ah"),
    (IpProtocol::Ospf, "ospf2"),
    (IpProtocol::Pim, "pim"),
    (IpProtocol::Eigrp, "eigrp"),
    (IpProtocol::Vrrp, "vrrp"),
    (IpProtocol::Icmpv6, "icmp6"),
    (IpProtocol::Igmp, "igmp"),
    (IpProtocol::Ipv4, "ip"),
    (IpProtocol::Ipv6, "ip6"),
    (IpProtocol::HopByHop, "hbhopt"),
    (IpProtocol::DestinationOptions, "dstopt"),
    (IpProtocol::Fragment, "frag6"),
];
