//! A packet socket before it receives: options, ring, and the order in which they are set.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::Duration;

use super::geometry::Geometry;
use super::tap::{self, Role, Tap};
use super::walk::{MissingHeader, Shape};
use super::{Error, Interface, LiveSource, TimeStampType};
use crate::packet::LinkType;
use crate::sys::packet_socket::{self, Barrier, FanoutMode, PacketOption, RingRequest, SocketKind};
use crate::sys::ring::Ring;
use crate::sys::{limits, link};

/// The longest frame that is captured whole: what libpcap takes for "all of it" (`MAXIMUM_SNAPLEN`).
pub const MAX_SNAPLEN: u32 = 262_144;

/// How long a frame may wait for others: a lone one is seen after one such time, or two behind a full block. A person takes
/// that for at once, and with the usual ring a reader that stops for five seconds loses nothing of a trickle.
pub const USUAL_TIMEOUT: Duration = Duration::from_millis(40);

/// The shortest such time that the kernel knows, for those who answer to each frame.
pub const IMMEDIATE_TIMEOUT: Duration = Duration::from_millis(1);

/// How many sockets may share an interface's frames (`PACKET_FANOUT_MAX` of old).
const MAX_MEMBERS: usize = 256;

/// How sockets share an interface's frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fanout {
    /// By addresses and ports, both directions of a flow alike. Fragments go by their addresses alone.
    Hash,
    /// By the processor that handles the frame.
    Cpu,
    /// By the queue of the network card.
    Queue,
    /// In turn.
    RoundRobin,
}

impl Fanout {
    fn mode(self) -> FanoutMode {
        match self {
            Self::Hash => FanoutMode::Hash,
            Self::Cpu => FanoutMode::Cpu,
            Self::Queue => FanoutMode::Queue,
            Self::RoundRobin => FanoutMode::RoundRobin,
        }
    }
}

/// What to capture, and with how much memory.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where.
    pub interface: Interface,
    /// Whether to see frames to other hosts as well; has no meaning for all interfaces together.
    pub promiscuous: bool,
    /// How many bytes of a frame to keep; more than [`MAX_SNAPLEN`] means that.
    pub snaplen: u32,
    /// Whether the programs keep less of some frames than that: they count as shortened then, not as truncated.
    pub cuts_frames: bool,
    /// Bytes of the ring, at least; the next number of blocks that holds a frame each. Without a figure it is made for
    /// the speed of the link, within the memory, and smaller when the kernel cannot spare so much.
    pub buffer_size: Option<u64>,
    /// How many rings there are, which share the memory that one takes by itself.
    pub ring_count: u64,
    /// How long a frame may wait for others before its block is handed over, full or not; at least a millisecond. Each
    /// such time takes a whole block of the ring if there was a frame, so that a short one shortens how long a reader may
    /// stop.
    pub block_timeout: Duration,
    /// Where time stamps come from: one of those that the interface has.
    pub time_stamps: TimeStampType,
    /// Whether to leave out frames that this host sends, on the loopback interface too, where each frame passes twice.
    pub ignore_outgoing: bool,
}

impl Config {
    /// The usual capture on that interface: promiscuous, whole frames, each loopback frame once.
    pub fn new(interface: Interface) -> Self {
        Self {
            promiscuous: true,
            snaplen: MAX_SNAPLEN,
            cuts_frames: false,
            buffer_size: None,
            ring_count: 1,
            block_timeout: USUAL_TIMEOUT,
            time_stamps: TimeStampType::Host,
            ignore_outgoing: interface.loopback,
            interface,
        }
    }
}

/// A packet socket with its ring mapped that receives nothing yet. A program attached to it now, by its descriptor,
/// decides on the first frame already. Without any the kernel keeps whole frames, but not those that are empty, as cooked
/// ones can be.
#[derive(Debug)]
pub struct Socket {
    // Dropped in this order: the mapping goes before the descriptor that it is of.
    ring: Ring,
    fd: OwnedFd,
    interface: Interface,
    promiscuous: bool,
    member: Option<usize>,
    barrier: Option<Barrier>,
    shape: Shape,
    geometry: Geometry,
    wanted_size: u64,
}

impl Socket {
    /// Opens the socket and makes its ring.
    ///
    /// # Errors
    /// [`Error::Permission`] without `CAP_NET_RAW`, [`Error::NoPacketSockets`], [`Error::RingTooBig`],
    /// [`Error::CannotIgnoreOutgoing`], else [`Error::System`].
    pub fn open(config: &Config) -> Result<Self, Error> {
        Self::open_as(config, None)
    }

    fn open_as(config: &Config, member: Option<usize>) -> Result<Self, Error> {
        let interface = config.interface.clone();
        let shape = shape(config);
        let fd = packet_socket::open(interface.kind).map_err(|source| open_error(&interface, source))?;
        if config.ignore_outgoing {
            packet_socket::set(fd.as_fd(), PacketOption::IgnoreOutgoing, 1)
                .map_err(|source| Error::CannotIgnoreOutgoing { source })?;
        }
        if let Some(stamping) = config.time_stamps.stamping() {
            let error = |source| Error::NoTimeStamps { name: interface.name.clone(), source };
            link::stamp_every_frame(&interface.name).map_err(error)?;
            packet_socket::set(fd.as_fd(), PacketOption::Timestamp, stamping as i32).map_err(error)?;
        }
        let memory = limits::memory_size() / config.ring_count.max(1);
        let usual = || Geometry::default_sizes(interface.speed(), memory).collect();
        let sizes = config.buffer_size.map_or_else(usual, |size| vec![size]);
        let (ring, geometry) = make_ring(fd.as_fd(), shape, config.block_timeout, &sizes)?;
        let promiscuous = config.promiscuous && !interface.is_any();
        // One does for all members of a group: each costs a wait when it is closed.
        let needs_barrier = member.is_none_or(|member| member == 0);
        let barrier = needs_barrier.then(Barrier::open).transpose();
        let barrier = barrier.map_err(Error::system("open a packet socket"))?;
        Ok(Self { ring, fd, promiscuous, member, barrier, interface, shape, geometry, wanted_size: sizes[0] })
    }

    /// Bytes that the ring was to have at least.
    pub fn wanted_buffer_size(&self) -> u64 {
        self.wanted_size
    }

    /// Bytes of the ring: less than were wanted when the kernel could not spare the usual number.
    pub fn buffer_size(&self) -> u64 {
        self.geometry.size()
    }

    /// Opens sockets on the same interface that share its frames out: each frame comes to one of them. They receive as soon
    /// as a program is attached, before [`Self::bind_all`] already.
    ///
    /// # Errors
    /// As [`Self::open`] and [`Self::bind`], and [`Error::TooManyWorkers`].
    pub fn open_group(config: &Config, fanout: Fanout, count: usize) -> Result<Vec<Self>, Error> {
        if !(1..=MAX_MEMBERS).contains(&count) {
            return Err(Error::TooManyWorkers { count, limit: MAX_MEMBERS });
        }
        let mut group = None;
        let member = |number| {
            let socket = Self::open_as(config, Some(number))?;
            socket.join(&mut group, fanout, config.ignore_outgoing)?;
            Ok(socket)
        };
        (0..count).map(member).collect()
    }

    /// Joins a group, the first as the one that makes it. A socket must be bound for that, but then gets every frame until
    /// it has joined: it rejects all until a program is attached in place of that.
    fn join(&self, group: &mut Option<u16>, fanout: Fanout, ignore_outgoing: bool) -> Result<(), Error> {
        let fd = self.fd.as_fd();
        packet_socket::reject_all(fd).map_err(Error::system("close the packet socket's filter"))?;
        tap::bind(fd, &self.interface, self.promiscuous)?;
        let request = packet_socket::Fanout { group: *group, mode: fanout.mode(), ignore_outgoing };
        let joined = packet_socket::join_fanout(fd, request);
        *group = Some(joined.map_err(Error::system("let packet sockets share frames out (PACKET_FANOUT)"))?);
        Ok(())
    }

    /// Begins to receive.
    ///
    /// # Errors
    /// [`Error::NotUp`] and [`Error::NoSuchDevice`] for an interface that went down or away, else [`Error::System`].
    pub fn bind(self) -> Result<LiveSource, Error> {
        Self::bind_all(vec![self])
    }

    /// Begins to receive on all of the sockets together.
    ///
    /// # Errors
    /// As [`Self::bind`].
    pub fn bind_all(sockets: Vec<Self>) -> Result<LiveSource, Error> {
        let (mut taps, mut barriers) = (Vec::new(), Vec::new());
        for mut socket in sockets {
            barriers.extend(socket.barrier.take());
            taps.push(socket.into_tap()?);
        }
        LiveSource::new(taps, barriers)
    }

    fn into_tap(self) -> Result<Tap, Error> {
        if self.member.is_none() {
            tap::bind(self.fd.as_fd(), &self.interface, self.promiscuous)?;
        }
        let role = Role { promiscuous: self.promiscuous, member: self.member };
        Ok(Tap::new(self.ring, self.fd, self.interface, self.shape, role))
    }
}

impl AsFd for Socket {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}

/// What is made of the frames of an interface.
fn shape(config: &Config) -> Shape {
    let (interface, snaplen) = (&config.interface, config.snaplen.min(MAX_SNAPLEN));
    let header = match (interface.kind, interface.link_type) {
        (SocketKind::Cooked, LinkType::LINUX_SLL) => MissingHeader::LinuxSll,
        (SocketKind::Cooked, _) => MissingHeader::LinuxSll2,
        // libpcap puts a tag back into Ethernet headers and into cooked ones of version 1; other frames go without.
        (SocketKind::Raw, LinkType::ETHERNET) => MissingHeader::VlanTag,
        (SocketKind::Raw, _) => MissingHeader::None,
    };
    let snaplen = match interface.kind {
        // As in libpcap a cooked frame keeps a byte behind its header, however few were asked for.
        SocketKind::Cooked => snaplen.max(header.made_up_len() + 1),
        SocketKind::Raw => snaplen,
    };
    let has_own_headers = interface.is_any() && interface.kind == SocketKind::Raw;
    let link_type = (!has_own_headers).then_some(interface.link_type);
    Shape { link_type, snaplen, is_cut_by_programs: config.cuts_frames, header }
}

/// Makes a ring of the first of the sizes that the kernel can spare.
fn make_ring(
    fd: BorrowedFd<'_>,
    shape: Shape,
    timeout: Duration,
    sizes: &[u64],
) -> Result<(Ring, Geometry), Error> {
    let reserve = shape.header.reserve();
    packet_socket::set(fd, PacketOption::Version, packet_socket::TPACKET_V3)
        .map_err(Error::system("set the packet socket to TPACKET_V3"))?;
    packet_socket::set(fd, PacketOption::Reserve, reserve as i32)
        .map_err(Error::system("reserve room in front of frames"))?;
    let try_size = |size| {
        let geometry = Geometry::new(size, shape.snaplen, reserve, limits::page_size());
        make_ring_of(fd, geometry, timeout)
    };
    let [larger @ .., last] = sizes else { return try_size(0) };
    for size in larger {
        match try_size(*size) {
            Err(Error::RingTooBig { .. }) => {}
            result => return result,
        }
    }
    try_size(*last)
}

fn make_ring_of(
    fd: BorrowedFd<'_>,
    geometry: Geometry,
    timeout: Duration,
) -> Result<(Ring, Geometry), Error> {
    let request = RingRequest {
        block_size: geometry.block_size,
        block_count: geometry.block_count,
        timeout_ms: timeout.as_millis().clamp(1, u128::from(u32::MAX)) as u32,
    };
    packet_socket::create_ring(fd, request).map_err(|source| ring_error(geometry, source))?;
    let ring = Ring::map(fd, geometry.block_size as usize, geometry.block_count as usize);
    Ok((ring.map_err(|source| ring_error(geometry, source))?, geometry))
}

fn open_error(interface: &Interface, source: io::Error) -> Error {
    match source.kind() {
        io::ErrorKind::PermissionDenied => Error::Permission { name: interface.name.clone(), source },
        _ if packet_socket::is_unsupported(&source) => Error::NoPacketSockets { source },
        _ => Error::System { action: "open a packet socket", source },
    }
}

fn ring_error(geometry: Geometry, source: io::Error) -> Error {
    match source.kind() {
        io::ErrorKind::OutOfMemory => Error::RingTooBig { size: geometry.size(), source },
        _ => Error::System { action: "make the packet socket's ring", source },
    }
}
