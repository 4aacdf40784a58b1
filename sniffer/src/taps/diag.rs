//! Packet sockets by `sock_diag(7)`, `linux/packet_diag.h`: one request, and the parsing of what comes back. No kernel may
//! make it panic.

use std::io;

use rustix::net::{
    AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType, netlink, recv, send, socket_with,
};

use super::{Details, Fanout, Filter, Kind, Ring, Tap};

// Values of linux/netlink.h, linux/sock_diag.h, linux/packet_diag.h and linux/if_packet.h.
const NLMSG_HEADER_LEN: usize = 16;
const NLMSG_ERROR: u16 = 2;
const NLMSG_DONE: u16 = 3;
const NLM_F_REQUEST: u16 = 0x1;
const NLM_F_DUMP: u16 = 0x300;
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
    let protocol = Some(netlink::SOCK_DIAG);
    let socket = socket_with(AddressFamily::NETLINK, SocketType::RAW, SocketFlags::CLOEXEC, protocol)?;
    send(&socket, &request(), SendFlags::empty())?;
    let (mut taps, mut buffer) = (Vec::new(), vec![0; 1 << 16]);
    loop {
        let (len, _) = recv(&socket, &mut buffer[..], RecvFlags::empty())?;
        if append(&buffer[..len], &mut taps)? == Dump::Ended {
            return Ok(taps);
        }
    }
}

/// `struct nlmsghdr` and `struct packet_diag_req`.
fn request() -> Vec<u8> {
    const REQUEST_LEN: u32 = NLMSG_HEADER_LEN as u32 + 20;
    let show = PACKET_SHOW_INFO
        | PACKET_SHOW_MCLIST
        | PACKET_SHOW_RING_CFG
        | PACKET_SHOW_FANOUT
        | PACKET_SHOW_MEMINFO
        | PACKET_SHOW_FILTER;
    let mut bytes = REQUEST_LEN.to_ne_bytes().to_vec();
    bytes.extend(SOCK_DIAG_BY_FAMILY.to_ne_bytes());
    bytes.extend((NLM_F_REQUEST | NLM_F_DUMP).to_ne_bytes());
    // Sequence and port; then family, protocol, padding and inode: all packet sockets.
    bytes.extend([0; 8]);
    bytes.extend([AF_PACKET, 0, 0, 0, 0, 0, 0, 0]);
    bytes.extend(show.to_ne_bytes());
    // The cookie.
    bytes.extend([0; 8]);
    bytes
}

/// Whether more is to come.
#[derive(Debug, PartialEq, Eq)]
enum Dump {
    GoesOn,
    Ended,
}

/// Takes the sockets out of one datagram.
fn append(mut datagram: &[u8], taps: &mut Vec<Tap>) -> io::Result<Dump> {
    while let Some((kind, body, rest)) = message(datagram) {
        match kind {
            NLMSG_DONE => return Ok(Dump::Ended),
            NLMSG_ERROR => {
                let code = u32_at(body, 0).unwrap_or_default() as i32;
                return Err(io::Error::from_raw_os_error(code.saturating_neg()));
            }
            SOCK_DIAG_BY_FAMILY => taps.extend(tap(body)),
            _ => {}
        }
        datagram = rest;
    }
    Ok(Dump::GoesOn)
}

/// `struct packet_diag_msg` and its attributes.
fn tap(body: &[u8]) -> Option<Tap> {
    let (header, attributes) = body.split_at_checked(16)?;
    let info = find(attributes, PACKET_DIAG_INFO)?;
    Some(Tap {
        inode: u32_at(header, 4)?,
        kind: Kind::of(header[1]),
        protocol: u16_at(header, 2)?,
        interface_index: u32_at(info, 0)?,
        interface: None,
        running: u32_at(info, 20)? & PDI_RUNNING != 0,
        uid: u32_at(find(attributes, PACKET_DIAG_UID)?, 0)?,
        user: None,
        owners: Vec::new(),
        details: details(attributes, info),
    })
}

fn details(attributes: &[u8], info: &[u8]) -> Option<Details> {
    let memory = find(attributes, PACKET_DIAG_MEMINFO)?;
    let ring = find(attributes, PACKET_DIAG_RX_RING).and_then(|ring| {
        let version = u32_at(info, 4)? + 1;
        Some(Ring { version, block_size: u32_at(ring, 0)?, blocks: u32_at(ring, 4)? })
    });
    let memberships = find(attributes, PACKET_DIAG_MCLIST).unwrap_or_default();
    let mut memberships = memberships.chunks_exact(MEMBERSHIP_LEN);
    Some(Details {
        filter: filter(u32_at(memory, MEMINFO_OPTMEM)?, find(attributes, PACKET_DIAG_FILTER)),
        ring,
        fanout: find(attributes, PACKET_DIAG_FANOUT).and_then(|value| u32_at(value, 0)).map(fanout),
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

/// The first message of a datagram: its type, its body, and what comes behind it.
fn message(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let len = u32_at(bytes, 0)? as usize;
    let body = bytes.get(NLMSG_HEADER_LEN..len)?;
    Some((u16_at(bytes, 4)?, body, behind(bytes, len)))
}

/// The value of the first attribute of that type.
fn find(mut attributes: &[u8], wanted: u16) -> Option<&[u8]> {
    loop {
        let len = usize::from(u16_at(attributes, 0)?);
        let value = attributes.get(4..len)?;
        if u16_at(attributes, 2)? == wanted {
            return Some(value);
        }
        attributes = behind(attributes, len);
    }
}

/// What follows something of that length: messages and attributes begin at multiples of four bytes.
fn behind(bytes: &[u8], len: usize) -> &[u8] {
    bytes.get(len.next_multiple_of(4)..).unwrap_or_default()
}

fn u32_at(bytes: &[u8], offset: usize) -> Option<u32> {
    bytes.get(offset..)?.first_chunk().map(|bytes| u32::from_ne_bytes(*bytes))
}

fn u16_at(bytes: &[u8], offset: usize) -> Option<u16> {
    bytes.get(offset..)?.first_chunk().map(|bytes| u16::from_ne_bytes(*bytes))
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
    fn an_error_of_the_kernel_is_one_and_cut_answers_end_quietly() {
        let answer = |kind: u16, body: &[u8]| {
            let mut bytes = (NLMSG_HEADER_LEN as u32 + body.len() as u32).to_ne_bytes().to_vec();
            bytes.extend(kind.to_ne_bytes());
            bytes.extend([0; 10]);
            bytes.extend(body);
            bytes
        };
        let mut taps = Vec::new();
        let error = append(&answer(NLMSG_ERROR, &(-2_i32).to_ne_bytes()), &mut taps).expect_err("ENOENT");
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
        assert_eq!(append(&answer(NLMSG_DONE, &[0; 4]), &mut taps).ok(), Some(Dump::Ended));
        let whole = answer(SOCK_DIAG_BY_FAMILY, &[0xff; 64]);
        for len in 0..whole.len() {
            assert_eq!(append(&whole[..len], &mut taps).ok(), Some(Dump::GoesOn), "{len}");
        }
        assert!(taps.is_empty());
    }
}
