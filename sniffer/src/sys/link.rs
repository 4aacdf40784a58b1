//! What the kernel knows of network interfaces: `getifaddrs(3)` and the requests of `ethtool`.

use std::ffi::{CStr, c_char, c_int};
use std::io;
use std::net::Ipv4Addr;
use std::os::fd::{AsFd as _, AsRawFd, BorrowedFd, FromRawFd, OwnedFd};
use std::ptr;

/// `ARPHRD_` values: what kind of header an interface's frames begin with.
pub(crate) mod hardware {
    pub(crate) use libc::{
        ARPHRD_ADAPT as ADAPT, ARPHRD_CISCO as CISCO, ARPHRD_CSLIP as CSLIP, ARPHRD_CSLIP6 as CSLIP6,
        ARPHRD_DLCI as DLCI, ARPHRD_ETHER as ETHER, ARPHRD_FDDI as FDDI, ARPHRD_IEEE802 as IEEE802,
        ARPHRD_IEEE802_TR as IEEE802_TR, ARPHRD_IEEE80211 as IEEE80211,
        ARPHRD_IEEE80211_PRISM as IEEE80211_PRISM, ARPHRD_IEEE80211_RADIOTAP as IEEE80211_RADIOTAP,
        ARPHRD_IEEE802154 as IEEE802154, ARPHRD_IRDA as IRDA, ARPHRD_LOOPBACK as LOOPBACK,
        ARPHRD_METRICOM as METRICOM, ARPHRD_NONE as NONE, ARPHRD_RAWHDLC as RAWHDLC, ARPHRD_SIT as SIT,
        ARPHRD_SLIP as SLIP, ARPHRD_SLIP6 as SLIP6, ARPHRD_TUNNEL as TUNNEL,
    };

    /// Bare IP packets of mobile-phone modems (`linux/if_arp.h`).
    pub(crate) const RAWIP: u16 = 519;
}

/// An interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    /// Its name.
    pub(crate) name: String,
    /// Its index, from 1.
    pub(crate) index: u32,
    /// Its `ARPHRD_` type.
    pub(crate) hardware_type: u16,
    /// Administratively up.
    pub(crate) up: bool,
    /// Able to pass frames.
    pub(crate) running: bool,
    /// Loops frames back to this host.
    pub(crate) loopback: bool,
    /// The network mask of its first IPv4 address.
    pub(crate) netmask: Option<Ipv4Addr>,
    /// The network of that address.
    pub(crate) network: Option<Ipv4Addr>,
}

/// Whether a cable or its like is in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carrier {
    /// It is.
    Present,
    /// It is not.
    Absent,
    /// The driver does not say, or the question makes no sense for it.
    NotApplicable,
}

/// All interfaces in the kernel's order.
pub(crate) fn links() -> io::Result<Vec<Link>> {
    let list = AddressList::new()?;
    let socket = control_socket()?;
    let mut links: Vec<Link> = list.iter().filter_map(|entry| link(entry, socket.as_fd())).collect();
    for entry in list.iter() {
        let Some(netmask) = ipv4_netmask(entry) else { continue };
        let named = links.iter_mut().find(|link| link.name == name(entry));
        if let Some(link @ Link { netmask: None, .. }) = named {
            link.netmask = Some(netmask);
            link.network = ipv4_address(entry).map(|address| address & netmask);
        }
    }
    Ok(links)
}

/// An interface as a socket's namespace has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Device {
    /// Its index.
    pub(crate) index: u32,
    /// Its `ARPHRD_` type.
    pub(crate) hardware_type: u16,
    /// Administratively up.
    pub(crate) up: bool,
}

/// The interface of that name in the namespace of the socket, if there is one.
pub(crate) fn device(socket: BorrowedFd<'_>, name: &str) -> Option<Device> {
    let ask = |command| {
        let mut request = request(name, libc::__c_anonymous_ifr_ifru { ifru_ifindex: 0 }).ok()?;
        // SAFETY: the kernel writes no further than the request, which lives until the call returns.
        let result = unsafe { libc::ioctl(socket.as_raw_fd(), command as _, &raw mut request) };
        (result == 0).then_some(request.ifr_ifru)
    };
    // SAFETY: the kernel answers this request with the index.
    let index = unsafe { ask(libc::SIOCGIFINDEX)?.ifru_ifindex };
    // SAFETY: the kernel answers this request with an address.
    let address = unsafe { ask(libc::SIOCGIFHWADDR)?.ifru_hwaddr };
    // SAFETY: the kernel answers this request with flags.
    let flags = unsafe { ask(libc::SIOCGIFFLAGS)?.ifru_flags };
    Some(Device {
        index: index as u32,
        hardware_type: address.sa_family,
        up: c_int::from(flags) & libc::IFF_UP != 0,
    })
}

/// The name of the interface of that index in the namespace of the socket, if there is one.
pub(crate) fn name_of(socket: BorrowedFd<'_>, index: u32) -> Option<String> {
    let value = libc::__c_anonymous_ifr_ifru { ifru_ifindex: index as c_int };
    let mut request = libc::ifreq { ifr_name: [0; libc::IFNAMSIZ], ifr_ifru: value };
    // SAFETY: the kernel writes no further than the request, which lives until the call returns.
    let result = unsafe { libc::ioctl(socket.as_raw_fd(), libc::SIOCGIFNAME as _, &raw mut request) };
    let name: Vec<u8> =
        request.ifr_name.iter().map(|&byte| byte as u8).take_while(|&byte| byte != 0).collect();
    (result == 0).then(|| String::from_utf8_lossy(&name).into_owned())
}

/// Asks the driver of the interface of that name for its carrier (`ETHTOOL_GLINK`).
pub(crate) fn carrier(name: &str) -> io::Result<Carrier> {
    let mut answer = EthtoolValue { command: ETHTOOL_GLINK, data: 0 };
    // SAFETY: the command is defined by these two integers.
    match unsafe { ethtool(name, &mut answer) } {
        Ok(()) if answer.data == 0 => Ok(Carrier::Absent),
        Ok(()) => Ok(Carrier::Present),
        Err(error) if is_unanswered(&error) => Ok(Carrier::NotApplicable),
        Err(error) => Err(error),
    }
}

/// Asks the driver of the interface of that name for its speed in megabits a second (`ETHTOOL_GSET`); `None` where it
/// does not know.
pub(crate) fn speed(name: &str) -> Option<u32> {
    speed_in(control_socket().ok()?.as_fd(), name)
}

/// The same in the namespace of the socket.
pub(crate) fn speed_in(socket: BorrowedFd<'_>, name: &str) -> Option<u32> {
    let mut answer = EthtoolSettings { command: ETHTOOL_GSET, ..EthtoolSettings::default() };
    // SAFETY: the command is defined by this structure.
    unsafe { driver_request(socket, name, libc::SIOCETHTOOL as _, &mut answer) }.ok()?;
    let speed = u32::from(answer.speed_high) << 16 | u32::from(answer.speed);
    // SPEED_UNKNOWN is -1, of 16 bits in older drivers.
    (!matches!(speed, 0 | 0xffff | u32::MAX)).then_some(speed)
}

/// Clocks of a network card (`SOF_TIMESTAMPING_`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(crate) enum Stamping {
    /// Transformed to the host's time.
    Synced = libc::SOF_TIMESTAMPING_SYS_HARDWARE,
    /// As the card has it.
    Raw = libc::SOF_TIMESTAMPING_RAW_HARDWARE,
}

/// Asks the driver of the interface of that name by which clocks the card stamps every frame that comes in
/// (`ETHTOOL_GET_TS_INFO`).
pub(crate) fn stampings(name: &str) -> io::Result<Vec<Stamping>> {
    let mut answer = EthtoolTimeStamps { command: ETHTOOL_GET_TS_INFO, ..EthtoolTimeStamps::default() };
    // SAFETY: the command is defined by this structure.
    match unsafe { ethtool(name, &mut answer) } {
        Ok(()) if answer.receive_filters & 1 << HWTSTAMP_FILTER_ALL != 0 => {
            let clocks = [Stamping::Synced, Stamping::Raw].into_iter();
            Ok(clocks.filter(|clock| answer.clocks & *clock as u32 != 0).collect())
        }
        Ok(()) => Ok(Vec::new()),
        Err(error) if is_unanswered(&error) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Makes the network card of the interface of that name stamp every frame (`SIOCSHWTSTAMP`); takes `CAP_NET_ADMIN`.
pub(crate) fn stamp_every_frame(name: &str) -> io::Result<()> {
    let mut config = StampConfig { flags: 0, sent: HWTSTAMP_TX_ON, received: HWTSTAMP_FILTER_ALL };
    // SAFETY: the request is defined by this structure.
    unsafe { driver_request(control_socket()?.as_fd(), name, libc::SIOCSHWTSTAMP as _, &mut config) }
}

/// Whether a driver has no answer to a request of `ethtool`.
fn is_unanswered(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(libc::EOPNOTSUPP | libc::EINVAL))
}

/// Puts a request of `ethtool` to the driver of the interface of that name.
///
/// # Safety
/// - The value is what `linux/ethtool.h` defines for the command that it begins with.
unsafe fn ethtool<T>(name: &str, value: &mut T) -> io::Result<()> {
    // SAFETY: the caller vouches for the value.
    unsafe { driver_request(control_socket()?.as_fd(), name, libc::SIOCETHTOOL as _, value) }
}

/// Puts a request to the driver of the interface of that name in the namespace of the socket.
///
/// # Safety
/// - The value is what the request is defined by.
unsafe fn driver_request<T>(
    socket: BorrowedFd<'_>,
    name: &str,
    command: libc::Ioctl,
    value: &mut T,
) -> io::Result<()> {
    let mut request = request(name, libc::__c_anonymous_ifr_ifru { ifru_data: (&raw mut *value).cast() })?;
    // SAFETY: the request names `value` and both live until the call returns; the caller vouches for its size.
    let result = unsafe { libc::ioctl(socket.as_raw_fd(), command, &raw mut request) };
    if result == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// A request about the interface of that name.
fn request(name: &str, value: libc::__c_anonymous_ifr_ifru) -> io::Result<libc::ifreq> {
    let mut request = libc::ifreq { ifr_name: [0; libc::IFNAMSIZ], ifr_ifru: value };
    if name.len() >= libc::IFNAMSIZ {
        return Err(io::Error::from_raw_os_error(libc::ENODEV));
    }
    for (to, from) in request.ifr_name.iter_mut().zip(name.bytes()) {
        *to = from as c_char;
    }
    Ok(request)
}

/// Commands of `linux/ethtool.h`.
const ETHTOOL_GSET: u32 = 0x01;
const ETHTOOL_GLINK: u32 = 0x0a;
const ETHTOOL_GET_TS_INFO: u32 = 0x41;

/// Values of `linux/net_tstamp.h`.
const HWTSTAMP_TX_ON: c_int = 1;
const HWTSTAMP_FILTER_ALL: c_int = 1;

/// `struct ethtool_ts_info`.
#[repr(C)]
#[derive(Default)]
struct EthtoolTimeStamps {
    command: u32,
    clocks: u32,
    clock_index: i32,
    sent_types: [u32; 4],
    receive_filters: u32,
    reserved: [u32; 3],
}

const _: () = assert!(size_of::<EthtoolTimeStamps>() == 44);

/// `struct hwtstamp_config`.
#[repr(C)]
struct StampConfig {
    flags: c_int,
    sent: c_int,
    received: c_int,
}

const _: () = assert!(size_of::<StampConfig>() == 12);

/// `struct ethtool_cmd`: of its fields only the speed is named.
#[repr(C)]
#[derive(Default)]
struct EthtoolSettings {
    command: u32,
    modes: [u32; 2],
    speed: u16,
    port: [u8; 6],
    max_packets: [u32; 2],
    speed_high: u16,
    crossover: [u8; 2],
    partner: [u32; 3],
}

const _: () = assert!(size_of::<EthtoolSettings>() == 44);

/// `struct ethtool_value`.
#[repr(C)]
struct EthtoolValue {
    command: u32,
    data: u32,
}

const _: () = assert!(size_of::<EthtoolValue>() == 8);

/// A socket of the calling thread's namespace that takes interface requests without any privilege.
pub(crate) fn control_socket() -> io::Result<OwnedFd> {
    // SAFETY: the call takes integers alone.
    let fd = unsafe { libc::socket(libc::AF_UNIX, libc::SOCK_DGRAM | libc::SOCK_CLOEXEC, 0) };
    if fd < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: the kernel has just given this descriptor, and nobody else has it.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

/// The result of `getifaddrs(3)`: for each interface an entry of family `AF_PACKET`, then one for each address.
struct AddressList(*mut libc::ifaddrs);

impl AddressList {
    fn new() -> io::Result<Self> {
        let mut first = ptr::null_mut();
        // SAFETY: a valid place for the list's head.
        let result = unsafe { libc::getifaddrs(&raw mut first) };
        if result == 0 { Ok(Self(first)) } else { Err(io::Error::last_os_error()) }
    }

    fn iter(&self) -> impl Iterator<Item = &libc::ifaddrs> {
        // SAFETY: the head is null or an entry of a list that lives as long as `self`.
        let first = unsafe { self.0.as_ref() };
        std::iter::successors(first, |entry| {
            // SAFETY: the same holds of each entry's link.
            unsafe { entry.ifa_next.as_ref() }
        })
    }
}

impl Drop for AddressList {
    fn drop(&mut self) {
        // SAFETY: what `getifaddrs` gave, and no entry outlives `self`.
        unsafe { libc::freeifaddrs(self.0) };
    }
}

/// The interface that an entry stands for: one of family `AF_PACKET`, or, for a tunnel or another interface that has no
/// link-layer address, one without any.
fn link(entry: &libc::ifaddrs, socket: BorrowedFd<'_>) -> Option<Link> {
    let name = name(entry);
    // SAFETY: the address is null or a valid socket address that lives as long as the entry.
    let (index, hardware_type) = match unsafe { entry.ifa_addr.as_ref() } {
        None => device(socket, &name).map(|device| (device.index, device.hardware_type))?,
        Some(address) if c_int::from(address.sa_family) == libc::AF_PACKET => {
            // SAFETY: an address of this family is a `sockaddr_ll`.
            let address = unsafe { entry.ifa_addr.cast::<libc::sockaddr_ll>().read_unaligned() };
            (address.sll_ifindex as u32, address.sll_hatype)
        }
        Some(_) => return None,
    };
    let has = |flag: c_int| entry.ifa_flags & flag as u32 != 0;
    Some(Link {
        name,
        index,
        hardware_type,
        up: has(libc::IFF_UP),
        running: has(libc::IFF_RUNNING),
        loopback: has(libc::IFF_LOOPBACK),
        netmask: None,
        network: None,
    })
}

/// The address of an entry of family `AF_INET`.
fn ipv4_address(entry: &libc::ifaddrs) -> Option<Ipv4Addr> {
    // SAFETY: the address is null or a valid socket address that lives as long as the entry.
    ipv4(unsafe { entry.ifa_addr.as_ref() }?)
}

/// The mask of an entry of family `AF_INET`.
fn ipv4_netmask(entry: &libc::ifaddrs) -> Option<Ipv4Addr> {
    // SAFETY: the mask is null or a valid socket address that lives as long as the entry.
    ipv4(unsafe { entry.ifa_netmask.as_ref() }?)
}

/// The address in a socket address of family `AF_INET`.
fn ipv4(address: &libc::sockaddr) -> Option<Ipv4Addr> {
    if c_int::from(address.sa_family) != libc::AF_INET {
        return None;
    }
    // SAFETY: a socket address of this family is a `sockaddr_in`, which is as long.
    let address = unsafe { ptr::from_ref(address).cast::<libc::sockaddr_in>().read_unaligned() };
    Some(Ipv4Addr::from(address.sin_addr.s_addr.to_ne_bytes()))
}

fn name(entry: &libc::ifaddrs) -> String {
    // SAFETY: every entry has a name that ends in a zero byte and lives as long as the entry.
    let name = unsafe { CStr::from_ptr(entry.ifa_name) };
    name.to_string_lossy().into_owned()
}
