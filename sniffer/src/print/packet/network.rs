//! What the layers behind a network layer, and the checksums in them, need to know of it.

use crate::decode::{IpProtocol, Ipv4, Ipv6, Layer};
use std::net::{IpAddr, Ipv6Addr};

/// What the network layer around a transport layer says.
#[derive(Clone, Copy)]
pub(in crate::print) enum Network<'a> {
    /// An IPv4 header.
    V4(Ipv4<'a>),
    /// An IPv6 header, and whether a fragment header followed.
    V6 { header: Ipv6<'a>, is_fragment: bool, routed_to: Option<Ipv6Addr> },
}

impl<'a> Network<'a> {
    /// What is the network layer from this layer on.
    pub(super) fn enter(network: &mut Option<Self>, layer: &Layer<'a>) {
        match (layer, network) {
            (Layer::Ipv4(ip), network) => *network = Some(Self::V4(*ip)),
            (Layer::Ipv6(ip), network) => {
                *network = Some(Self::V6 { header: *ip, is_fragment: false, routed_to: None });
            }
            (Layer::Ipv6Extension(extension), Some(Self::V6 { routed_to, .. })) => {
                *routed_to = extension.final_destination().or(*routed_to);
            }
            (Layer::Ipv6Fragment(_), Some(Self::V6 { is_fragment, .. })) => *is_fragment = true,
            _ => {}
        }
    }
}

impl Network<'_> {
    pub(in crate::print) fn source(&self) -> IpAddr {
        match self {
            Self::V4(ip) => IpAddr::V4(ip.source()),
            Self::V6 { header, .. } => IpAddr::V6(header.source()),
        }
    }

    pub(in crate::print) fn destination(&self) -> IpAddr {
        match self {
            Self::V4(ip) => IpAddr::V4(ip.destination()),
            Self::V6 { header, .. } => IpAddr::V6(header.destination()),
        }
    }

    /// Where the packet ends in the end, which the checksum of its payload covers: the last stop of a source route.
    pub(in crate::print) fn final_destination(&self) -> IpAddr {
        match self {
            Self::V4(ip) => IpAddr::V4(ip.final_destination()),
            Self::V6 { header, routed_to, .. } => IpAddr::V6(routed_to.unwrap_or(header.destination())),
        }
    }

    /// What the IP header itself says that follows it.
    pub(in crate::print) fn protocol(&self) -> IpProtocol {
        match self {
            Self::V4(ip) => ip.protocol(),
            Self::V6 { header, .. } => header.next_header(),
        }
    }

    /// Whether this is a part of a packet.
    pub(in crate::print) fn is_fragment(&self) -> bool {
        match self {
            Self::V4(ip) => ip.more_fragments(),
            Self::V6 { is_fragment, .. } => *is_fragment,
        }
    }
}
