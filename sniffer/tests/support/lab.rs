//! Two fresh namespaces with a veth pair between them.

use std::fs;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::os::fd::AsFd;

use nix::ifaddrs::getifaddrs;
use nix::net::if_::{InterfaceFlags, if_nametoindex};

use super::namespace::Namespace;
use super::netlink::{self, VethEnd};
use super::wait;

/// The largest MTU that veth takes: frames above a page are not linear in the kernel, which the tests need.
const MTU: u32 = 65_535;

/// A veth pair and the two namespaces that its ends are in.
pub(crate) struct Lab {
    /// The end that sends, by habit.
    pub(crate) left: End,
    /// The end that answers.
    pub(crate) right: End,
}

/// One end of the pair.
pub(crate) struct End {
    /// The namespace, with `lo` up and this interface in it.
    pub(crate) namespace: Namespace,
    /// The interface's name.
    pub(crate) name: &'static str,
    /// Its kernel index within the namespace.
    pub(crate) index: u32,
    /// Its Ethernet address.
    pub(crate) mac: [u8; 6],
    /// Its IPv4 address, in a /24 with the other end's.
    pub(crate) v4: Ipv4Addr,
    /// Its IPv6 address, in a /64 with the other end's.
    pub(crate) v6: Ipv6Addr,
}

/// What an interface counted since it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct InterfaceCounters {
    /// Frames received.
    pub(crate) rx_packets: u64,
    /// Frames sent and taken by the other side.
    pub(crate) tx_packets: u64,
    /// Frames sent that the other side's queue had no room for.
    pub(crate) tx_dropped: u64,
}

/// Whether the ends speak IP.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Addresses {
    Yes,
    No,
}

impl Lab {
    /// A pair with IPv4 and IPv6 addresses on both ends, ready for sockets.
    pub(crate) fn new() -> Self {
        Self::build(Addresses::Yes).expect("root can make namespaces and a veth pair")
    }

    /// A pair without addresses and with IPv6 off: not a frame is on the wire but those that a test sends.
    pub(crate) fn quiet() -> Self {
        Self::build(Addresses::No).expect("root can make namespaces and a veth pair")
    }

    /// A quiet pair again, from a left end whose partner has gone: its namespace with all that is in it stays.
    pub(crate) fn quiet_from(left: End) -> Self {
        let right = Namespace::new().expect("root can make namespaces");
        Self::connect(left.namespace, right, Addresses::No).expect("root can make a veth pair")
    }

    fn build(addresses: Addresses) -> io::Result<Self> {
        Self::connect(Namespace::new()?, Namespace::new()?, addresses)
    }

    fn connect(left: Namespace, right: Namespace, addresses: Addresses) -> io::Result<Self> {
        for namespace in [&left, &right] {
            match addresses {
                Addresses::Yes => namespace.set_sysctl("ipv6/conf/default/accept_dad", "0")?,
                Addresses::No => namespace.set_sysctl("ipv6/conf/default/disable_ipv6", "1")?,
            }
        }
        let (here, there) = (veth_end("left0", 1), veth_end("right0", 2));
        left.run(|| netlink::add_veth(here, there, right.file().as_fd()))?;
        let lab = Self {
            left: End::new(left, "left0", here.mac, 1)?,
            right: End::new(right, "right0", there.mac, 2)?,
        };
        lab.left.set_up(addresses)?;
        lab.right.set_up(addresses)?;
        lab.left.wait_until_running();
        lab.right.wait_until_running();
        Ok(lab)
    }
}

fn veth_end(name: &str, number: u8) -> VethEnd<'_> {
    VethEnd { name, mac: [2, 0, 0, 0, 0, number], mtu: MTU }
}

impl End {
    fn new(namespace: Namespace, name: &'static str, mac: [u8; 6], number: u8) -> io::Result<Self> {
        let index = namespace.run(|| if_nametoindex(name))?;
        let v4 = Ipv4Addr::new(10, 99, 0, number);
        let v6 = Ipv6Addr::new(0xfd99, 0, 0, 0, 0, 0, 0, number.into());
        Ok(Self { namespace, name, index, mac, v4, v6 })
    }

    fn set_up(&self, addresses: Addresses) -> io::Result<()> {
        self.namespace.run(|| {
            netlink::set_up(if_nametoindex("lo")?)?;
            netlink::set_up(self.index)?;
            if addresses == Addresses::Yes {
                netlink::add_address(self.index, IpAddr::V4(self.v4), 24)?;
                netlink::add_address(self.index, IpAddr::V6(self.v6), 64)?;
            }
            Ok(())
        })
    }

    /// The loopback interface of the same namespace, without this end's addresses.
    pub(crate) fn loopback(&self) -> Self {
        let namespace = self.namespace.try_clone().expect("a descriptor can be doubled");
        Self {
            namespace,
            name: "lo",
            index: 1,
            mac: [0; 6],
            v4: Ipv4Addr::LOCALHOST,
            v6: Ipv6Addr::LOCALHOST,
        }
    }

    /// The carrier is on as soon as both ends are up, but the kernel's own notice of it, which routes wait for, comes
    /// a moment later.
    pub(crate) fn wait_until_running(&self) {
        wait::until_true("the veth pair runs", || {
            self.namespace.run(|| {
                getifaddrs().expect("interfaces can be listed").any(|interface| {
                    interface.interface_name == self.name
                        && interface.flags.contains(InterfaceFlags::IFF_RUNNING)
                })
            })
        });
        // The notice comes before the queue takes frames, and both under a lock that changes of an interface wait for.
        self.namespace.run(|| netlink::set_up(self.index)).expect("an interface that is up can be set up");
    }

    /// What the interface counted so far, from `/proc/net/dev`.
    pub(crate) fn counters(&self) -> InterfaceCounters {
        let table = self.namespace.run(|| fs::read_to_string("/proc/thread-self/net/dev")).expect("readable");
        let fields: Vec<u64> = table
            .lines()
            .find_map(|line| line.trim_start().strip_prefix(self.name)?.strip_prefix(':'))
            .expect("the interface is in the table")
            .split_ascii_whitespace()
            .map(|field| field.parse().expect("a number"))
            .collect();
        InterfaceCounters { rx_packets: fields[1], tx_packets: fields[9], tx_dropped: fields[11] }
    }
}
