//! Links and addresses made by rtnetlink(7), so that the tests need no `ip` program. Knows nothing of namespaces: each
//! function acts in that of the calling thread.

use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::os::fd::{AsRawFd, BorrowedFd, OwnedFd};

use nix::sys::socket::{
    AddressFamily, MsgFlags, NetlinkAddr, SockFlag, SockProtocol, SockType, recv, sendto, socket,
};

// Values of linux/rtnetlink.h, linux/if_link.h, linux/if_addr.h, linux/if_tunnel.h, linux/netlink.h and
// linux/veth.h.
const RTM_NEWLINK: u16 = 16;
const RTM_DELLINK: u16 = 17;
const RTM_NEWADDR: u16 = 20;
const NLM_F_REQUEST: u16 = 0x1;
const NLM_F_ACK: u16 = 0x4;
const NLM_F_EXCL: u16 = 0x200;
const NLM_F_CREATE: u16 = 0x400;
const NLMSG_ERROR: u16 = 2;
const IFLA_ADDRESS: u16 = 1;
const IFLA_IFNAME: u16 = 3;
const IFLA_MTU: u16 = 4;
const IFLA_LINKINFO: u16 = 18;
const IFLA_NET_NS_FD: u16 = 28;
const IFLA_GSO_MAX_SIZE: u16 = 41;
const IFLA_INFO_KIND: u16 = 1;
const IFLA_INFO_DATA: u16 = 2;
const VETH_INFO_PEER: u16 = 1;
const IFLA_GRE_IFLAGS: u16 = 2;
const IFLA_GRE_LOCAL: u16 = 6;
const IFLA_GRE_REMOTE: u16 = 7;
const GRE_SEQ: u16 = 0x1000;
const IFA_ADDRESS: u16 = 1;
const IFA_LOCAL: u16 = 2;
const IFA_FLAGS: u16 = 8;
const IFA_F_NODAD: u32 = 0x02;
const IFF_UP: u32 = 0x1;
const NLA_F_NESTED: u16 = 0x8000;

/// One end of a veth pair that is to be made.
#[derive(Clone, Copy)]
pub(crate) struct VethEnd<'a> {
    /// The interface's name.
    pub(crate) name: &'a str,
    /// Its Ethernet address.
    pub(crate) mac: [u8; 6],
    /// Its MTU in bytes.
    pub(crate) mtu: u32,
}

/// Makes a veth pair: `here` in this namespace, `there` in the one that `namespace` is a file of.
pub(crate) fn add_veth(here: VethEnd<'_>, there: VethEnd<'_>, namespace: BorrowedFd<'_>) -> io::Result<()> {
    let mut request = Request::new(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
    request.link_header(0, 0, 0).veth_end(here);
    request.nested(IFLA_LINKINFO, |info| {
        info.attribute(IFLA_INFO_KIND, b"veth");
        info.nested(IFLA_INFO_DATA, |data| {
            data.nested(VETH_INFO_PEER, |peer| {
                peer.link_header(0, 0, 0).veth_end(there);
                peer.attribute(IFLA_NET_NS_FD, &namespace.as_raw_fd().to_ne_bytes());
            });
        });
    });
    request.send()
}

/// Makes a GRE tunnel between two addresses that takes frames with sequence numbers alone.
pub(crate) fn add_numbered_gre(name: &str, local: Ipv4Addr, remote: Ipv4Addr) -> io::Result<()> {
    let mut request = Request::new(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
    request.link_header(0, 0, 0).attribute(IFLA_IFNAME, &[name.as_bytes(), b"\0"].concat());
    request.nested(IFLA_LINKINFO, |info| {
        info.attribute(IFLA_INFO_KIND, b"gre");
        info.nested(IFLA_INFO_DATA, |data| {
            data.attribute(IFLA_GRE_LOCAL, &local.octets()).attribute(IFLA_GRE_REMOTE, &remote.octets());
            data.attribute(IFLA_GRE_IFLAGS, &GRE_SEQ.to_be_bytes());
        });
    });
    request.send()
}

/// Gives a link another name; most kernels want it to be down.
pub(crate) fn rename(index: u32, name: &str) -> io::Result<()> {
    let mut request = Request::new(RTM_NEWLINK, 0);
    request.link_header(index, 0, 0).attribute(IFLA_IFNAME, &[name.as_bytes(), b"\0"].concat());
    request.send()
}

/// Removes a link.
pub(crate) fn remove(index: u32) -> io::Result<()> {
    let mut request = Request::new(RTM_DELLINK, 0);
    request.link_header(index, 0, 0);
    request.send()
}

/// Sets a link up.
pub(crate) fn set_up(index: u32) -> io::Result<()> {
    let mut request = Request::new(RTM_NEWLINK, 0);
    request.link_header(index, IFF_UP, IFF_UP);
    request.send()
}

/// Sets a link down.
pub(crate) fn set_down(index: u32) -> io::Result<()> {
    let mut request = Request::new(RTM_NEWLINK, 0);
    request.link_header(index, 0, IFF_UP);
    request.send()
}

/// Lets a link send packets of so many bytes to be cut by the hardware, or by whoever needs them cut (BIG TCP).
pub(crate) fn set_gso_max_size(index: u32, size: u32) -> io::Result<()> {
    let mut request = Request::new(RTM_NEWLINK, 0);
    request.link_header(index, 0, 0);
    request.attribute(IFLA_GSO_MAX_SIZE, &size.to_ne_bytes());
    request.send()
}

/// Gives a link an address, usable at once: duplicate address detection is off.
pub(crate) fn add_address(index: u32, address: IpAddr, prefix_len: u8) -> io::Result<()> {
    let (family, bytes) = match address {
        IpAddr::V4(v4) => (AddressFamily::Inet, v4.octets().to_vec()),
        IpAddr::V6(v6) => (AddressFamily::Inet6, v6.octets().to_vec()),
    };
    let mut request = Request::new(RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL);
    // struct ifaddrmsg: family, prefix length, flags, scope, index.
    request.bytes(&[family as u8, prefix_len, 0, 0]).bytes(&index.to_ne_bytes());
    request.attribute(IFA_LOCAL, &bytes).attribute(IFA_ADDRESS, &bytes);
    request.attribute(IFA_FLAGS, &IFA_F_NODAD.to_ne_bytes());
    request.send()
}

/// A request in the making: header, body, attributes.
struct Request(Vec<u8>);

impl Request {
    fn new(kind: u16, flags: u16) -> Self {
        let mut request = Self(Vec::new());
        // struct nlmsghdr: length (set when sent), type, flags, sequence, port.
        request.bytes(&[0; 4]).bytes(&kind.to_ne_bytes());
        request.bytes(&(flags | NLM_F_REQUEST | NLM_F_ACK).to_ne_bytes()).bytes(&[0; 8]);
        request
    }

    /// `struct ifinfomsg`: family, padding, type, index, flags, and which of the flags are to be changed.
    fn link_header(&mut self, index: u32, flags: u32, changed: u32) -> &mut Self {
        self.bytes(&[0; 4]).bytes(&index.to_ne_bytes());
        self.bytes(&flags.to_ne_bytes()).bytes(&changed.to_ne_bytes())
    }

    fn veth_end(&mut self, end: VethEnd<'_>) -> &mut Self {
        self.attribute(IFLA_IFNAME, &[end.name.as_bytes(), b"\0"].concat());
        self.attribute(IFLA_ADDRESS, &end.mac).attribute(IFLA_MTU, &end.mtu.to_ne_bytes())
    }

    fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.extend_from_slice(bytes);
        self
    }

    fn attribute(&mut self, kind: u16, value: &[u8]) -> &mut Self {
        let len = (4 + value.len()) as u16;
        self.bytes(&len.to_ne_bytes()).bytes(&kind.to_ne_bytes()).bytes(value);
        self.0.resize(self.0.len().next_multiple_of(4), 0);
        self
    }

    fn nested(&mut self, kind: u16, fill: impl FnOnce(&mut Self)) {
        let start = self.0.len();
        self.attribute(kind | NLA_F_NESTED, &[]);
        fill(self);
        let len = (self.0.len() - start) as u16;
        self.0[start..start + 2].copy_from_slice(&len.to_ne_bytes());
    }

    /// Sends the request and waits for the kernel's answer to it.
    fn send(mut self) -> io::Result<()> {
        let len = self.0.len() as u32;
        self.0[..4].copy_from_slice(&len.to_ne_bytes());
        let socket: OwnedFd = socket(
            AddressFamily::Netlink,
            SockType::Raw,
            SockFlag::SOCK_CLOEXEC,
            SockProtocol::NetlinkRoute,
        )?;
        sendto(socket.as_raw_fd(), &self.0, &NetlinkAddr::new(0, 0), MsgFlags::empty())?;
        let mut answer = [0; 4096];
        let len = recv(socket.as_raw_fd(), &mut answer, MsgFlags::empty())?;
        acknowledgement(&answer[..len])
    }
}

/// Reads `struct nlmsgerr`: errno follows the header, negated; 0 is success.
fn acknowledgement(answer: &[u8]) -> io::Result<()> {
    let kind = answer.get(4..6).and_then(|bytes| bytes.try_into().ok()).map(u16::from_ne_bytes);
    let error = answer.get(16..20).and_then(|bytes| bytes.try_into().ok()).map(i32::from_ne_bytes);
    match (kind, error) {
        (Some(NLMSG_ERROR), Some(0)) => Ok(()),
        (Some(NLMSG_ERROR), Some(error)) => Err(io::Error::from_raw_os_error(-error)),
        _ => Err(io::Error::other("rtnetlink gave no acknowledgement")),
    }
}
