//! The calls of a packet socket: `packet(7)`. Each function is one system call.

use std::ffi::c_int;
use std::io;
use std::mem::size_of;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd};

/// What a packet socket delivers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SocketKind {
    /// Frames from their link-layer header on (`SOCK_RAW`).
    Raw,
    /// Frames from their network header on (`SOCK_DGRAM`).
    Cooked,
}

/// An integer option of level `SOL_PACKET`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub(crate) enum PacketOption {
    /// Layout of the ring's headers.
    Version = libc::PACKET_VERSION,
    /// Bytes of room in front of each frame, on top of what the kernel leaves anyway.
    Reserve = libc::PACKET_RESERVE,
    /// The clock of the network card that stamps frames, where it has stamped them: [`Stamping`](super::link::Stamping).
    Timestamp = libc::PACKET_TIMESTAMP,
    /// 1: frames that this host sends are not seen, nor cloned for this socket.
    IgnoreOutgoing = libc::PACKET_IGNORE_OUTGOING,
}

/// Value of [`PacketOption::Version`] for a ring of blocks.
pub(crate) const TPACKET_V3: c_int = libc::tpacket_versions::TPACKET_V3 as c_int;

/// Every protocol (`ETH_P_ALL`), for [`bind`].
pub(crate) const EVERY_PROTOCOL: u16 = libc::ETH_P_ALL as u16;

/// How a group of sockets shares frames out (`PACKET_FANOUT_`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(crate) enum FanoutMode {
    /// By a hash over addresses and ports that is the same in both directions.
    Hash = libc::PACKET_FANOUT_HASH,
    /// In turn.
    RoundRobin = libc::PACKET_FANOUT_LB,
    /// By the processor that handles the frame.
    Cpu = libc::PACKET_FANOUT_CPU,
    /// By the queue of the network card that the frame came in by.
    Queue = libc::PACKET_FANOUT_QM,
}

/// How a socket joins a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fanout {
    /// The group's number, or none to make a group.
    pub(crate) group: Option<u16>,
    pub(crate) mode: FanoutMode,
    /// Whether the group leaves out the frames that this host sends: an option of the sockets has no effect in a group.
    /// Kernels before 6.1 take no notice of it.
    pub(crate) ignore_outgoing: bool,
}

/// The shape of a ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RingRequest {
    /// Bytes of a block: a multiple of the page size.
    pub(crate) block_size: u32,
    /// Number of blocks.
    pub(crate) block_count: u32,
    /// A block with a frame in it is handed over after so many milliseconds, full or not.
    pub(crate) timeout_ms: u32,
}

/// What the kernel counted since the last call (`struct tpacket_stats_v3`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RingCounts {
    /// Frames that passed the socket's filter, lost ones included.
    pub(crate) packets: u32,
    /// Frames lost because the ring was full.
    pub(crate) drops: u32,
    /// How often the ring became full.
    pub(crate) freezes: u32,
}

/// Opens a packet socket that receives nothing: its protocol is 0 until [`bind`].
///
/// # Errors
/// `EPERM` without `CAP_NET_RAW`.
pub(crate) fn open(kind: SocketKind) -> io::Result<OwnedFd> {
    let kind = match kind {
        SocketKind::Raw => libc::SOCK_RAW,
        SocketKind::Cooked => libc::SOCK_DGRAM,
    };
    // SAFETY: the call takes integers alone.
    let fd = check(unsafe { libc::socket(libc::AF_PACKET, kind | libc::SOCK_CLOEXEC, 0) })?;
    // SAFETY: the kernel has just given this descriptor, and nobody else has it.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

/// Sets an integer option.
pub(crate) fn set(socket: BorrowedFd<'_>, option: PacketOption, value: c_int) -> io::Result<()> {
    set_option(socket, option as c_int, &value)
}

/// Makes the receive ring. The header version and the reserve must be set before.
pub(crate) fn create_ring(socket: BorrowedFd<'_>, request: RingRequest) -> io::Result<()> {
    let request = libc::tpacket_req3 {
        tp_block_size: request.block_size,
        tp_block_nr: request.block_count,
        // Frames of this version are as long as they need be; the figures must merely agree with each other.
        tp_frame_size: request.block_size,
        tp_frame_nr: request.block_count,
        tp_retire_blk_tov: request.timeout_ms,
        tp_sizeof_priv: 0,
        tp_feature_req_word: 0,
    };
    set_option(socket, libc::PACKET_RX_RING, &request)
}

/// Keeps the interface in promiscuous mode for as long as the socket is open.
pub(crate) fn join_promiscuous(socket: BorrowedFd<'_>, interface: u32) -> io::Result<()> {
    let request = libc::packet_mreq {
        mr_ifindex: interface as c_int,
        mr_type: libc::PACKET_MR_PROMISC as u16,
        mr_alen: 0,
        mr_address: [0; 8],
    };
    set_option(socket, libc::PACKET_ADD_MEMBERSHIP, &request)
}

/// Receives the frames of `protocol` (host order) on the interface of that index, or on all interfaces when it is 0,
/// and no others from now on.
pub(crate) fn bind(socket: BorrowedFd<'_>, interface: u32, protocol: u16) -> io::Result<()> {
    let address = address(interface, protocol);
    let len = size_of::<libc::sockaddr_ll>() as libc::socklen_t;
    // SAFETY: a valid address of `len` bytes, which the kernel only reads.
    check(unsafe { libc::bind(socket.as_raw_fd(), (&raw const address).cast(), len) })?;
    Ok(())
}

/// Makes a socket that is bound and running a member of a group, and says which. The group's members, which may not be
/// bound anew, are to be bound alike.
pub(crate) fn join_fanout(socket: BorrowedFd<'_>, fanout: Fanout) -> io::Result<u16> {
    let unique = if fanout.group.is_none() { libc::PACKET_FANOUT_FLAG_UNIQUEID } else { 0 };
    let ignore = if fanout.ignore_outgoing { libc::PACKET_FANOUT_FLAG_IGNORE_OUTGOING } else { 0 };
    let mode = fanout.mode as u32 | unique | ignore;
    let mut value = u32::from(fanout.group.unwrap_or_default()) | mode << 16;
    set_option(socket, libc::PACKET_FANOUT, &value)?;
    // SAFETY: any bytes are an integer.
    unsafe { get_option(socket, libc::SOL_PACKET, libc::PACKET_FANOUT, &mut value) }?;
    Ok(value as u16)
}

/// Attaches the filter that rejects every frame, in place of the one that the socket has. A frame that is on its way
/// through the old one may still be queued after that: see [`Barrier`].
pub(crate) fn reject_all(socket: BorrowedFd<'_>) -> io::Result<()> {
    let mut instruction =
        libc::sock_filter { code: (libc::BPF_RET | libc::BPF_K) as u16, jt: 0, jf: 0, k: 0 };
    let program = libc::sock_fprog { len: 1, filter: &raw mut instruction };
    // SAFETY: the program names one instruction that outlives the call.
    unsafe { set_option_of(socket, libc::SOL_SOCKET, libc::SO_ATTACH_FILTER, &program) }
}

/// A wait for all processors, opened early because opening takes a privilege that a program may give up.
#[derive(Debug)]
pub(crate) struct Barrier(OwnedFd);

impl Barrier {
    /// Gets ready.
    pub(crate) fn open() -> io::Result<Self> {
        open(SocketKind::Raw).map(Self)
    }

    /// Waits until no processor is any more at a frame that it was at when this was called: what closing a packet socket
    /// does (`synchronize_net` in `packet_release`), whatever it is bound to.
    pub(crate) fn wait(self) {
        drop(self.0);
    }
}

/// The index of the interface that the socket is bound to: 0 for all, `None` when the interface no longer exists.
pub(crate) fn bound_interface(socket: BorrowedFd<'_>) -> io::Result<Option<u32>> {
    let mut address = address(0, 0);
    let mut len = size_of::<libc::sockaddr_ll>() as libc::socklen_t;
    // SAFETY: the kernel writes at most `len` bytes, the size of the address.
    check(unsafe { libc::getsockname(socket.as_raw_fd(), (&raw mut address).cast(), &raw mut len) })?;
    Ok(u32::try_from(address.sll_ifindex).ok())
}

/// Reads and clears the socket's pending error.
pub(crate) fn take_error(socket: BorrowedFd<'_>) -> io::Result<Option<io::Error>> {
    let mut code: c_int = 0;
    // SAFETY: any bytes are an integer.
    unsafe { get_option(socket, libc::SOL_SOCKET, libc::SO_ERROR, &mut code) }?;
    Ok((code != 0).then(|| io::Error::from_raw_os_error(code)))
}

/// Reads and clears the ring's counts.
pub(crate) fn take_counts(socket: BorrowedFd<'_>) -> io::Result<RingCounts> {
    let mut counts = libc::tpacket_stats_v3 { tp_packets: 0, tp_drops: 0, tp_freeze_q_cnt: 0 };
    // SAFETY: any bytes are three integers.
    unsafe { get_option(socket, libc::SOL_PACKET, libc::PACKET_STATISTICS, &mut counts) }?;
    Ok(RingCounts { packets: counts.tp_packets, drops: counts.tp_drops, freezes: counts.tp_freeze_q_cnt })
}

/// Whether [`open`] failed because the kernel knows no packet sockets.
pub(crate) fn is_unsupported(error: &io::Error) -> bool {
    error.raw_os_error() == Some(libc::EAFNOSUPPORT)
}

/// Whether a call failed because there is no interface of that index.
pub(crate) fn is_no_device(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(libc::ENODEV | libc::ENXIO))
}

fn address(interface: u32, protocol: u16) -> libc::sockaddr_ll {
    libc::sockaddr_ll {
        sll_family: libc::AF_PACKET as u16,
        sll_protocol: protocol.to_be(),
        sll_ifindex: interface as c_int,
        sll_hatype: 0,
        sll_pkttype: 0,
        sll_halen: 0,
        sll_addr: [0; 8],
    }
}

/// Sets an option of level `SOL_PACKET`.
fn set_option<T>(socket: BorrowedFd<'_>, name: c_int, value: &T) -> io::Result<()> {
    // SAFETY: no value of this level names other memory.
    unsafe { set_option_of(socket, libc::SOL_PACKET, name, value) }
}

/// # Safety
/// - Memory that the value names lives until the call returns.
unsafe fn set_option_of<T>(socket: BorrowedFd<'_>, level: c_int, name: c_int, value: &T) -> io::Result<()> {
    let len = size_of::<T>() as libc::socklen_t;
    // SAFETY: `len` readable bytes, which the kernel copies; the caller vouches for what they name.
    check(unsafe { libc::setsockopt(socket.as_raw_fd(), level, name, (&raw const *value).cast(), len) })?;
    Ok(())
}

/// # Safety
/// - Any bytes are a valid `T`.
unsafe fn get_option<T>(socket: BorrowedFd<'_>, level: c_int, name: c_int, value: &mut T) -> io::Result<()> {
    let mut len = size_of::<T>() as libc::socklen_t;
    let value = (&raw mut *value).cast();
    // SAFETY: the kernel writes at most `len` bytes, the size of the value; the caller vouches for what they mean.
    check(unsafe { libc::getsockopt(socket.as_raw_fd(), level, name, value, &raw mut len) })?;
    Ok(())
}

fn check(result: c_int) -> io::Result<c_int> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(result) }
}
