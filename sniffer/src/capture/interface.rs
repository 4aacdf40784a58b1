//! Network interfaces: the list that tcpdump prints, and finding one of it. Captures nothing.

use std::fmt;
use std::net::Ipv4Addr;
use std::os::fd::{AsFd as _, OwnedFd};
use std::path::Path;

use super::Error;
use crate::packet::LinkType;
use crate::sys::link::{self, Carrier, Link, hardware};
use crate::sys::packet_socket::SocketKind;

/// An interface to capture on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interface {
    /// Its name.
    pub name: String,
    /// Its kernel index, 0 for the pseudo-interface that stands for all.
    pub index: u32,
    /// Administratively up.
    pub up: bool,
    /// Able to pass frames.
    pub running: bool,
    /// Loops frames back to this host.
    pub loopback: bool,
    /// Whether a cable or its like is in place.
    pub connection: Connection,
    /// The network mask of its first IPv4 address.
    pub netmask: Option<Ipv4Addr>,
    /// The network of that address.
    pub network: Option<Ipv4Addr>,
    /// The link type of frames captured on it.
    pub link_type: LinkType,
    pub(super) kind: SocketKind,
}

/// Whether a cable or its like is in place, or a wireless network was joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    /// A wire: in place or not, where the driver says so.
    Wired(Option<bool>),
    /// A radio: associated or not, where the driver says so.
    Wireless(Option<bool>),
    /// The interface would not say.
    Unknown,
}

/// Interfaces by their index, for those that may come while frames are captured. Those of the network namespace that it was
/// made in, whichever thread asks.
#[derive(Debug)]
pub struct InterfaceLookup(OwnedFd);

impl InterfaceLookup {
    /// Those of the calling thread's network namespace.
    ///
    /// # Errors
    /// [`Error::System`].
    pub fn new() -> Result<Self, Error> {
        link::control_socket().map(Self).map_err(Error::system("open a socket"))
    }

    /// The name of the interface of that index; `None` when there is none any more.
    pub fn name(&self, index: u32) -> Option<String> {
        link::name_of(self.0.as_fd(), index)
    }

    /// The speed of the link of that name in megabits a second, where the driver knows it.
    pub fn speed(&self, name: &str) -> Option<u32> {
        link::speed_in(self.0.as_fd(), name)
    }
}

/// The name of the pseudo-interface that stands for all.
const ANY: &str = "any";

impl Interface {
    /// All interfaces in the order in which `tcpdump -D` numbers them, from 1.
    ///
    /// # Errors
    /// [`Error::System`] when the kernel does not give the list.
    pub fn list() -> Result<Vec<Self>, Error> {
        let links = link::links().map_err(Error::system("list the interfaces"))?;
        let mut interfaces: Vec<Self> = links.into_iter().map(Self::describe).collect();
        interfaces.push(Self::any());
        // Stable: equals stay in the kernel's order.
        interfaces.sort_by_key(Self::demerit);
        Ok(interfaces)
    }

    /// The interface of that name, or of that number in [`Self::list`] when none has the name.
    ///
    /// # Errors
    /// [`Error::NoSuchDevice`], [`Error::InvalidIndex`], or [`Error::System`] when the kernel does not give the list.
    pub fn find(name: &str) -> Result<Self, Error> {
        if name == ANY {
            return Ok(Self::any());
        }
        let links = link::links().map_err(Error::system("list the interfaces"))?;
        if let Some(link) = links.into_iter().find(|link| link.name == name) {
            return Ok(Self::describe(link));
        }
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Error::NoSuchDevice { name: name.to_owned() });
        }
        let position = name.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        position
            .and_then(|position| Self::list().map(|list| list.into_iter().nth(position)).transpose())
            .unwrap_or(Err(Error::InvalidIndex))
    }

    /// The pseudo-interface that stands for all.
    pub fn any() -> Self {
        Self {
            name: ANY.to_owned(),
            index: 0,
            up: true,
            running: true,
            loopback: false,
            connection: Connection::Wired(None),
            netmask: None,
            network: None,
            link_type: LinkType::LINUX_SLL2,
            kind: SocketKind::Cooked,
        }
    }

    /// The speed of the link in megabits a second, where the driver knows it.
    pub fn speed(&self) -> Option<u32> {
        link::speed(&self.name)
    }

    /// The same, giving frames with the headers that they have on their interfaces. A filter reads all of them as Ethernet
    /// frames, so that this is for hosts that have no others.
    pub fn any_with_headers() -> Self {
        Self { link_type: LinkType::ETHERNET, kind: SocketKind::Raw, ..Self::any() }
    }

    /// The link types that its frames can be captured with: where their headers are made up, these can be of two kinds.
    pub fn link_types(&self) -> &[LinkType] {
        match self.kind {
            SocketKind::Cooked => &[LinkType::LINUX_SLL, LinkType::LINUX_SLL2],
            SocketKind::Raw => std::slice::from_ref(&self.link_type),
        }
    }

    /// The same, giving frames of this one of its link types; `None` when it is none of them.
    pub fn with_link_type(self, link_type: LinkType) -> Option<Self> {
        self.link_types().contains(&link_type).then_some(Self { link_type, ..self })
    }

    /// Whether this stands for all interfaces.
    pub fn is_any(&self) -> bool {
        self.index == 0
    }

    /// Whether an interface with that `ARPHRD_` type gives the same kind of frames as this one.
    pub(super) fn is_of_hardware(&self, hardware_type: u16) -> bool {
        match link_layer(hardware_type) {
            (_, SocketKind::Cooked) => self.kind == SocketKind::Cooked,
            raw => raw == (self.link_type, self.kind),
        }
    }

    fn describe(link: Link) -> Self {
        let (link_type, kind) = link_layer(link.hardware_type);
        Self {
            connection: connection(&link),
            name: link.name,
            index: link.index,
            up: link.up,
            running: link.running,
            loopback: link.loopback,
            netmask: link.netmask,
            network: link.network,
            link_type,
            kind,
        }
    }

    /// Sorts interfaces as libpcap does (`get_figure_of_merit` in `pcap.c`): those that can be captured on first, then
    /// the disconnected ones, loopback, and the pseudo-interface behind the usable ones.
    fn demerit(&self) -> [bool; 5] {
        let disconnected = self.connection == Connection::Wired(Some(false));
        [!self.running, !self.up, disconnected, self.loopback, self.is_any()]
    }

    /// The words in brackets of `tcpdump -D`.
    fn flags(&self) -> impl Iterator<Item = &'static str> {
        let wireless = matches!(self.connection, Connection::Wireless(_));
        let states =
            [(self.up, "Up"), (self.running, "Running"), (self.loopback, "Loopback"), (wireless, "Wireless")];
        let any = states.iter().any(|(set, _)| *set);
        let connection = match self.connection {
            Connection::Wired(Some(true)) => Some("Connected"),
            Connection::Wired(Some(false)) => Some("Disconnected"),
            Connection::Wireless(Some(true)) => Some("Associated"),
            Connection::Wireless(Some(false)) => Some("Not associated"),
            Connection::Unknown => Some("Connection status unknown"),
            Connection::Wired(None) | Connection::Wireless(None) => None,
        };
        let states = states.into_iter().filter_map(|(set, word)| set.then_some(word));
        states.chain((!any).then_some("none")).chain(connection)
    }
}

impl fmt::Display for Interface {
    /// A line of `tcpdump -D` behind its number: `eth0 [Up, Running, Connected]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        if self.is_any() {
            f.write_str(" (Pseudo-device that captures on all interfaces)")?;
        }
        for (position, flag) in self.flags().enumerate() {
            write!(f, "{}{flag}", if position == 0 { " [" } else { ", " })?;
        }
        f.write_str("]")
    }
}

fn connection(link: &Link) -> Connection {
    if link.loopback {
        return Connection::Wired(None);
    }
    let connected = match link::carrier(&link.name) {
        Ok(Carrier::Present) => Some(true),
        Ok(Carrier::Absent) => Some(false),
        Ok(Carrier::NotApplicable) => None,
        Err(_) => return Connection::Unknown,
    };
    if is_wireless(link) { Connection::Wireless(connected) } else { Connection::Wired(connected) }
}

fn is_wireless(link: &Link) -> bool {
    use hardware::{IEEE80211, IEEE80211_PRISM, IEEE80211_RADIOTAP, IEEE802154, IRDA};
    // Wireless network cards look like Ethernet until the kernel is asked otherwise.
    let radio = [IRDA, IEEE80211, IEEE80211_PRISM, IEEE80211_RADIOTAP, IEEE802154];
    radio.contains(&link.hardware_type)
        || Path::new("/sys/class/net").join(&link.name).join("wireless").exists()
}

/// The link type of a frame with its own header from an interface of that `ARPHRD_` type. What is not known is left to
/// private agreement (`LINKTYPE_USER0`).
pub(super) fn own_link_type(hardware_type: u16) -> LinkType {
    match link_layer(hardware_type) {
        (link_type, SocketKind::Raw) => link_type,
        (_, SocketKind::Cooked) => LinkType::USER0,
    }
}

/// The link type of an interface's frames and the socket that gives them, as libpcap chooses them
/// (`map_arphrd_to_dlt` in `pcap-linux.c`). What has a link layer of its own that is not known here, or none that is the
/// same in every frame (PPP), is captured cooked.
fn link_layer(hardware_type: u16) -> (LinkType, SocketKind) {
    use hardware as h;
    let link_type = match hardware_type {
        h::ETHER | h::LOOPBACK | h::METRICOM => LinkType::ETHERNET,
        h::NONE
        | h::RAWIP
        | h::TUNNEL
        | h::SIT
        | h::SLIP
        | h::CSLIP
        | h::SLIP6
        | h::CSLIP6
        | h::ADAPT
        | h::RAWHDLC
        | h::DLCI => LinkType::RAW,
        h::IEEE802 | h::IEEE802_TR => LinkType::IEEE802_5,
        h::FDDI => LinkType::FDDI,
        h::CISCO => LinkType::C_HDLC,
        h::IEEE80211 => LinkType::IEEE802_11,
        h::IEEE80211_PRISM => LinkType::IEEE802_11_PRISM,
        h::IEEE80211_RADIOTAP => LinkType::IEEE802_11_RADIOTAP,
        _ => return (LinkType::LINUX_SLL, SocketKind::Cooked),
    };
    (link_type, SocketKind::Raw)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn link_types_are_libpcaps() {
        // ARPHRD_ values of linux/if_arp.h, and what map_arphrd_to_dlt in pcap-linux.c makes of them.
        for (hardware_type, link_type) in [
            (1, LinkType::ETHERNET),
            (6, LinkType::IEEE802_5),
            (256, LinkType::RAW),
            (513, LinkType::C_HDLC),
            (768, LinkType::RAW),
            (772, LinkType::ETHERNET),
            (774, LinkType::FDDI),
            (776, LinkType::RAW),
            (801, LinkType::IEEE802_11),
            (802, LinkType::IEEE802_11_PRISM),
            (803, LinkType::IEEE802_11_RADIOTAP),
            (0xfffe, LinkType::RAW),
        ] {
            assert_eq!(link_layer(hardware_type), (link_type, SocketKind::Raw), "{hardware_type}");
        }
        // PPP, GRE and what no one has heard of.
        for hardware_type in [512, 778, 9999] {
            assert_eq!(link_layer(hardware_type), (LinkType::LINUX_SLL, SocketKind::Cooked));
        }
    }

    fn interface(name: &str, states: [bool; 3], connection: Connection) -> Interface {
        let [up, running, loopback] = states;
        Interface { name: name.to_owned(), index: 1, up, running, loopback, connection, ..Interface::any() }
    }

    #[test]
    fn lines_and_their_order_are_those_of_tcpdump() {
        use Connection::{Unknown, Wired, Wireless};
        let expected = [
            (interface("eth0", [true, true, false], Wired(Some(true))), "eth0 [Up, Running, Connected]"),
            (
                interface("wlan0", [true, true, false], Wireless(Some(true))),
                "wlan0 [Up, Running, Wireless, Associated]",
            ),
            (
                interface("odd0", [true, true, false], Unknown),
                "odd0 [Up, Running, Connection status unknown]",
            ),
            (Interface::any(), "any (Pseudo-device that captures on all interfaces) [Up, Running]"),
            (interface("lo", [true, true, true], Wired(None)), "lo [Up, Running, Loopback]"),
            (interface("eth1", [true, true, false], Wired(Some(false))), "eth1 [Up, Running, Disconnected]"),
            (interface("eth2", [true, false, false], Wired(Some(false))), "eth2 [Up, Disconnected]"),
            (
                interface("wlan1", [false, false, false], Wireless(Some(false))),
                "wlan1 [Wireless, Not associated]",
            ),
            (interface("ifb0", [false, false, false], Wired(None)), "ifb0 [none]"),
            (interface("eth3", [false, false, false], Wired(Some(false))), "eth3 [none, Disconnected]"),
        ];
        let mut sorted: Vec<Interface> = expected.iter().map(|(interface, _)| interface.clone()).collect();
        // Any order but the right one, keeping that of equals.
        sorted.rotate_left(4);
        sorted.sort_by_key(Interface::demerit);
        for (sorted, (interface, line)) in sorted.iter().zip(&expected) {
            assert_eq!((sorted, sorted.to_string().as_str()), (interface, *line));
        }
    }
}
