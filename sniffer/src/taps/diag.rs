//! Packet sockets by `sock_diag(7)`, `linux/packet_diag.h`: one request, and the parsing of what comes back. No kernel may
//! make it panic.

use std::io;

use rustix::net::netlink::SOCK_DIAG;

use super::{Details, Fanout, Filter, Kind, Ring, Tap};
use crate::netlink::{Netlink, attribute, u16_at, u32_at};

// Values of linux/sock_diag.h, linux/packet_diag.h and linux/if_packet.h.
const SOCK_DIAG_BY_FAMILY: u16 = 20;
const AF_PACKET: u8 = 17;

const PACKET_SHOW_INFO: u32 = 0x01;
const PACKET_SHOW_MCLIST: u32 = 0x02;
const PACKET_SHOW_RING_CFG: u32 = 0x04;
const PACKET_SHOW_FANOUT: u32 = 0x08;
const PACKET_SHOW_MEMINFO: u32 = 0x10;
const PACKET_SHOW_FILTER: u32 = 0x20;

const PACKET_DIAG_INFO: u16 = 0;
const PACKET_DIAG_MCLIST: u16 = 1;
const PACKET_DIAG_RX_RING: u16 = 2;
const PACKET_DIAG_FANOUT: u16 = 4;
const PACKET_DIAG_UID: u16 = 5;
const PACKET_DIAG_MEMINFO: u16 = 6;
const PACKET_DIAG_FILTER: u16 = 7;

const PDI_RUNNING: u32 = 0x1;
const PACKET_MR_PROMISC: u16 = 1;
/// `struct packet_diag_mclist`: index, count, type, address length, 32 bytes of address.
const MEMBERSHIP_LEN: usize = 44;
/// Where the words of `SK_MEMINFO_OPTMEM` and `SK_MEMINFO_DROPS` begin.
const MEMINFO_OPTMEM: usize = 6 * 4;
const MEMINFO_DROPS: usize = 8 * 4;
/// `struct sock_filter`.
const CLASSIC_INSTRUCTION_LEN: usize = 8;

/// `PACKET_FANOUT_*` by their values.
const FANOUT_NAMES: [&str; 8] = ["hash", "round-robin", "cpu", "rollover", "random", "queue", "cbpf", "ebpf"];

/// All packet sockets of the calling thread's network namespace, without the names of interfaces.
pub(super) fn dump() -> io::Result<Vec<Tap>> {
    let mut taps = Vec::new();
    let take = |body: &[u8]| taps.extend(tap(body));
    Netlink::open(Some(SOCK_DIAG))?.dump(SOCK_DIAG_BY_FAMILY, &request(), SOCK_DIAG_BY_FAMILY, take)?;
    Ok(taps)
}

/// `struct packet_diag_req`.
fn request() -> Vec<u8> {
    let show = PACKET_SHOW_INFO
        | PACKET_SHOW_MCLIST
        | PACKET_SHOW_RING_CFG
        | PACKET_SHOW_FANOUT
        | PACKET_SHOW_MEMINFO
        | PACKET_SHOW_FILTER;
    // Family, protocol, padding and inode: all packet sockets.
    let mut bytes = vec![AF_PACKET, 0, 0, 0, 0, 0, 0, 0];
    bytes.extend(show.to_ne_bytes());
    // The cookie.
    bytes.extend([0; 8]);
    bytes
}

/// `struct packet_diag_msg` and its attributes.
fn tap(body: &[u8]) -> Option<Tap> {
    let (header, attributes) = body.split_at_checked(16)?;
    let info = attribute(attributes, PACKET_DIAG_INFO)?;
    Some(Tap {
        inode: u32_at(header, 4)?,
        kind: Kind::of(header[1]),
        protocol: u16_at(header, 2)?,
        interface_index: u32_at(info, 0)?,
        interface: None,
        running: u32_at(info, 20)? & PDI_RUNNING != 0,
        uid: u32_at(attribute(attributes, PACKET_DIAG_UID)?, 0)?,
        user: None,
        owners: Vec::new(),
        details: details(attributes, info),
    })
}

fn details(attributes: &[u8], info: &[u8]) -> Option<Details> {
    let memory = attribute(attributes, PACKET_DIAG_MEMINFO)?;
    let ring = attribute(attributes, PACKET_DIAG_RX_RING).and_then(|ring| {
        let version = u32_at(info, 4)? + 1;
        Some(Ring { version, block_size: u32_at(ring, 0)?, blocks: u32_at(ring, 4)? })
    });
    let memberships = attribute(attributes, PACKET_DIAG_MCLIST).unwrap_or_default();
    let mut memberships = memberships.chunks_exact(MEMBERSHIP_LEN);
    Some(Details {
        filter: filter(u32_at(memory, MEMINFO_OPTMEM)?, attribute(attributes, PACKET_DIAG_FILTER)),
        ring,
        fanout: attribute(attributes, PACKET_DIAG_FANOUT).and_then(|value| u32_at(value, 0)).map(fanout),
        drops: if ring.is_some() { None } else { u32_at(memory, MEMINFO_DROPS) },
        promiscuous: memberships.any(|membership| u16_at(membership, 8) == Some(PACKET_MR_PROMISC)),
    })
}

/// The kernel shows the instructions of old programs, to `CAP_NET_ADMIN` alone (others see an empty attribute, filter or
/// not), and never those of eBPF programs. But both are charged to the socket's memory for options, which everybody sees
/// and which a packet socket uses for nothing else.
fn filter(charged: u32, instructions: Option<&[u8]>) -> Filter {
    match (charged, instructions) {
        (0, _) => Filter::None,
        (_, None) => Filter::Ebpf,
        (_, Some([])) => Filter::Hidden,
        (_, Some(bytes)) => Filter::Classic { instructions: bytes.len() / CLASSIC_INSTRUCTION_LEN },
    }
}

fn fanout(value: u32) -> Fanout {
    let by = FANOUT_NAMES.get((value >> 16 & 0xff) as usize).copied().unwrap_or("unknown");
    Fanout { group: value as u16, by }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_charged_tells_of_filters_that_are_not_shown() {
        assert_eq!(filter(0, None), Filter::None);
        assert_eq!(filter(0, Some(&[])), Filter::None, "an ordinary user");
        assert_eq!(filter(280, Some(&[])), Filter::Hidden, "an ordinary user");
        assert_eq!(filter(280, None), Filter::Ebpf);
        assert_eq!(filter(280, Some(&[0; 24])), Filter::Classic { instructions: 3 });
    }

    #[test]
    fn cut_answers_are_no_socket() {
        // Attributes of every type, as long as their place allows.
        let whole: Vec<u8> =
            [0; 16].into_iter().chain((0..9).flat_map(|kind| [8, 0, kind, 0, 1, 1, 1, 1])).collect();
        for len in 0..=whole.len() {
            assert!(tap(&whole[..len]).is_none(), "{len}");
        }
    }
}
