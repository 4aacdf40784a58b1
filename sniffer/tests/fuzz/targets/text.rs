//! Any bytes as what an application says, in a segment or datagram to its port: the terminal gets one line of it.

use sniffer::packet::LinkType;

use super::printed::{self, Brief};
use crate::support::frames::{self, Fragment, TCP, UDP};

/// Ports whose protocols are text, or hold text.
const PORTS: [(u8, u16); 20] = [
    (TCP, 80),
    (TCP, 25),
    (TCP, 21),
    (TCP, 22),
    (TCP, 443),
    (TCP, 445),
    (TCP, 554),
    (TCP, 2049),
    (TCP, 5060),
    (TCP, 6379),
    (UDP, 53),
    (UDP, 67),
    (UDP, 69),
    (UDP, 161),
    (UDP, 443),
    (UDP, 514),
    (UDP, 547),
    (UDP, 1812),
    (UDP, 5060),
    (UDP, 5353),
];

/// The first byte chooses the port, and on which side it is.
pub(super) fn run(bytes: &[u8]) {
    let Some((kind, payload)) = bytes.split_first() else { return };
    let (protocol, port) = PORTS[usize::from(*kind >> 1) % PORTS.len()];
    let ports = if kind & 1 == 0 { [50_000, port] } else { [port, 50_000] };
    let build = if protocol == TCP { frames::tcp } else { frames::udp };
    let [one, two] = [[192, 0, 2, 1].into(), [192, 0, 2, 2].into()];
    let packet = frames::ipv4(one, two, protocol, Fragment::default(), &build(ports[0], ports[1], payload));
    printed::check(&printed::frame(LinkType::RAW, &packet, packet.len() as u32), Brief::OneLine);
}
