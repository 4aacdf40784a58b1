//! What the kernel knows of network interfaces: `getifaddrs(3)` and the carrier by `ethtool`.

use std::ffi::{CStr, c_char, c_int};
use std::io;
use std::net::Ipv4Addr;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
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
    let mut links: Vec<Link> = list.iter().filter_map(link).collect();
    for entry in list.iter() {
        let Some(netmask) = ipv4_netmask(entry) else { continue };
        let named = links.iter_mut().find(|link| link.name == name(entry));
        if let Some(link @ Link { netmask: None, .. }) = named {
            link.netmask = Some(netmask);
        }
    }
    Ok(links)
}

/// Asks the driver of the interface of that name for its carrier (`ETHTOOL_GLINK`).
pub(crate) fn carrier(name: &str) -> io::Result<Carrier> {
    let mut answer = EthtoolValue { command: ETHTOOL_GLINK, data: 0 };
    let mut request = libc::ifreq {
        ifr_name: [0; libc::IFNAMSIZ],
        ifr_ifru: libc::__c_anonymous_ifr_ifru { ifru_data: (&raw mut answer).cast() },
    };
    if name.len() >= libc::IFNAMSIZ {
        return Err(io::Error::from_raw_os_error(libc::ENODEV));
    }
    for (to, from) in request.ifr_name.iter_mut().zip(name.bytes()) {
        *to = from as c_char;
    }
    let socket = control_socket()?;
    // SAFETY: the request names `answer` and both live until the call returns; the kernel writes no further than the
    // two integers that this command is defined by.
    let result = unsafe { libc::ioctl(socket.as_raw_fd(), libc::SIOCETHTOOL as _, &raw mut request) };
    if result == 0 {
        return Ok(if answer.data == 0 { Carrier::Absent } else { Carrier::Present });
    }
    let error = io::Error::last_os_error();
    match error.raw_os_error() {
        Some(libc::EOPNOTSUPP | libc::EINVAL) => Ok(Carrier::NotApplicable),
        _ => Err(error),
    }
}

/// `ETHTOOL_GLINK` of `linux/ethtool.h`.
const ETHTOOL_GLINK: u32 = 0x0a;

/// `struct ethtool_value`.
#[repr(C)]
struct EthtoolValue {
    command: u32,
    data: u32,
}

const _: () = assert!(size_of::<EthtoolValue>() == 8);

/// A socket that takes interface requests without any privilege.
fn control_socket() -> io::Result<OwnedFd> {
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

/// The interface that an entry of family `AF_PACKET` stands for.
fn link(entry: &libc::ifaddrs) -> Option<Link> {
    // SAFETY: the address is null or a valid socket address that lives as long as the entry.
    let address = unsafe { entry.ifa_addr.as_ref() }?;
    if c_int::from(address.sa_family) != libc::AF_PACKET {
        return None;
    }
    // SAFETY: an address of this family is a `sockaddr_ll`.
    let address = unsafe { entry.ifa_addr.cast::<libc::sockaddr_ll>().read_unaligned() };
    let has = |flag: c_int| entry.ifa_flags & flag as u32 != 0;
    Some(Link {
        name: name(entry),
        index: address.sll_ifindex as u32,
        hardware_type: address.sll_hatype,
        up: has(libc::IFF_UP),
        running: has(libc::IFF_RUNNING),
        loopback: has(libc::IFF_LOOPBACK),
        netmask: None,
    })
}

/// The mask of an entry of family `AF_INET`.
fn ipv4_netmask(entry: &libc::ifaddrs) -> Option<Ipv4Addr> {
    // SAFETY: the mask is null or a valid socket address that lives as long as the entry.
    let mask = unsafe { entry.ifa_netmask.as_ref() }?;
    if c_int::from(mask.sa_family) != libc::AF_INET {
        return None;
    }
    // SAFETY: an address of this family is a `sockaddr_in`.
    let mask = unsafe { entry.ifa_netmask.cast::<libc::sockaddr_in>().read_unaligned() };
    Some(Ipv4Addr::from(mask.sin_addr.s_addr.to_ne_bytes()))
}

fn name(entry: &libc::ifaddrs) -> String {
    // SAFETY: every entry has a name that ends in a zero byte and lives as long as the entry.
    let name = unsafe { CStr::from_ptr(entry.ifa_name) };
    name.to_string_lossy().into_owned()
}
