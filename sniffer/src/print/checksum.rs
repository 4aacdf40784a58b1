//! Whether a checksum is right, in words.

use super::line::Line;
use super::packet::Network;
use crate::decode::{Checksum, IpProtocol, Payload};
use crate::packet::ChecksumState;

/// What is known of a transport checksum.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It cannot or is not to be checked.
    Unknown,
    /// The network card is to fill it in: what is there now means nothing.
    NotReady,
    /// It is right.
    Right,
    /// It should be this.
    Wrong(u16),
}

/// Checks the checksum of a whole transport packet, in which it is `found`.
pub(super) fn verify(
    line: &Line<'_>,
    network: Option<Network<'_>>,
    protocol: IpProtocol,
    packet: Payload<'_>,
    found: u16,
) -> Verdict {
    let Some(network) = network.filter(|network| !network.is_fragment()) else { return Verdict::Unknown };
    if !line.is_verbose() || line.options.trust_checksums || packet.is_truncated() {
        return Verdict::Unknown;
    }
    if line.checksum == ChecksumState::NotReady {
        return Verdict::NotReady;
    }
    let mut sum =
        Checksum::of_pseudo_header(network.source(), network.final_destination(), protocol, packet.claimed());
    sum.add(packet.bytes());
    sum.expected(found).map_or(Verdict::Right, Verdict::Wrong)
}
