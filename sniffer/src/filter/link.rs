//! What a link type offers to a filter, as data: where its fields are, how it names the protocol inside, what may be
//! tested on it (`init_linktype` and `gen_linktype` of libpcap's `gencode.c`). Knows no expression.

use crate::packet::LinkType;

/// Numbers of protocols as expressions name them on every link type: an Ethertype when above [`MAX_LENGTH`], else the
/// service access point of an LLC header.
pub(super) mod protocol {
    pub(crate) const IP: u32 = 0x0800;
    pub(crate) const ARP: u32 = 0x0806;
    pub(crate) const RARP: u32 = 0x8035;
    pub(crate) const IP6: u32 = 0x86dd;
    pub(crate) const MOPDL: u32 = 0x6001;
    pub(crate) const MOPRC: u32 = 0x6002;
    pub(crate) const DECNET: u32 = 0x6003;
    pub(crate) const LAT: u32 = 0x6004;
    pub(crate) const SCA: u32 = 0x6007;
    pub(crate) const ETHERNET: u32 = 0x6558;
    pub(crate) const XNS: u32 = 0x0600;
    pub(crate) const ATALK: u32 = 0x809b;
    pub(crate) const AARP: u32 = 0x80f3;
    pub(crate) const IPX: u32 = 0x8137;
    pub(crate) const VLAN: u32 = 0x8100;
    pub(crate) const VLAN_SERVICE: u32 = 0x88a8;
    pub(crate) const VLAN_QINQ: u32 = 0x9100;
    pub(crate) const MPLS: u32 = 0x8847;
    pub(crate) const PPPOE_DISCOVERY: u32 = 0x8863;
    pub(crate) const PPPOE_SESSION: u32 = 0x8864;
    pub(crate) const SLOW: u32 = 0x8809;
    pub(crate) const LLDP: u32 = 0x88cc;
    pub(crate) const LOOPBACK: u32 = 0x9000;
    pub(crate) const SAP_IP: u32 = 0x06;
    pub(crate) const SAP_STP: u32 = 0x42;
    pub(crate) const SAP_IPX: u32 = 0xe0;
    pub(crate) const SAP_NETBEUI: u32 = 0xf0;
    pub(crate) const SAP_ISO: u32 = 0xfe;
    /// MPLS as a PPP protocol.
    pub(crate) const PPP_MPLS: u32 = 0x0281;
}

/// The largest value of an Ethernet type field that is a length (IEEE 802.3).
pub(super) const MAX_LENGTH: u32 = 1500;

/// How a link type says which protocol is inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    /// An Ethertype, or a length before an LLC header.
    Ethernet,
    /// An Ethertype, 1 for raw 802.3 or 4 for an LLC header (`LINUX_SLL`).
    Cooked,
    /// An Ethertype and nothing else.
    Ethertype,
    /// The version nibble of the first byte.
    Version,
    /// Nothing: it is always this protocol.
    Always(u32),
    /// A word with an address family, in the writer's byte order, so that both orders are tried.
    FamilyEitherOrder,
    /// A word with an address family in network order.
    Family,
    /// A PPP protocol number (RFC 1661).
    Ppp,
    /// An Ethertype, or 0xfefe for the OSI protocols.
    Hdlc,
    /// An LLC header, with SNAP for Ethertypes.
    Llc,
    /// As `Llc`, in data frames only.
    Wlan,
    /// In the word of this layer, which a walk wrote down before.
    Layer(u8),
    /// In a way that no filter knows.
    Unknown,
}

/// What precedes an 802.11 header and has a length of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Radio {
    /// Nothing.
    None,
    /// A Prism header of 144 bytes, or an AVS header.
    Prism,
    /// An AVS header.
    Avs,
    /// A radiotap header.
    Radiotap,
    /// A PPI header.
    Ppi,
}

/// Where the Ethernet addresses are, from the start of the link header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Addresses {
    pub(super) source: u32,
    pub(super) destination: u32,
}

/// What a link type offers. Positions are in bytes from the start of its header.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    /// Which one it is, for messages.
    pub(super) number: LinkType,
    /// How the protocol is told.
    pub(super) scheme: Scheme,
    /// Where the type field is.
    pub(super) type_field: u32,
    /// Where the LLC header, or without one the network header, begins.
    pub(super) payload: u32,
    /// From the payload to the network header of a protocol with an Ethertype.
    pub(super) network: u32,
    /// From the payload to the network header of a protocol with a service access point.
    pub(super) llc_network: u32,
    /// The addresses of a fixed header with Ethernet addresses.
    pub(super) addresses: Option<Addresses>,
    /// The value of the type field before a VLAN tag may be tested.
    pub(super) vlan: bool,
    /// The protocol number of MPLS, where it may be tested.
    pub(super) mpls: Option<u32>,
}

/// LLC and SNAP headers together.
const SNAP: u32 = 8;
/// An LLC header.
const LLC: u32 = 3;

impl Link {
    const fn new(link_type: LinkType, scheme: Scheme, type_field: u32, payload: u32) -> Self {
        Self {
            number: link_type,
            scheme,
            type_field,
            payload,
            network: 0,
            llc_network: 0,
            addresses: None,
            vlan: false,
            mpls: None,
        }
    }

    /// A link type whose payload always begins with an LLC header.
    const fn llc(link_type: LinkType, payload: u32, source: u32, destination: u32) -> Self {
        Self {
            network: SNAP,
            llc_network: LLC,
            addresses: Some(Addresses { source, destination }),
            ..Self::new(link_type, Scheme::Llc, payload, payload)
        }
    }

    /// IEEE 802.11. The payload's position is computed at run time.
    const fn wlan(link_type: LinkType) -> Self {
        let vlan = link_type.0 != LinkType::PPI.0;
        Self { network: SNAP, llc_network: LLC, vlan, ..Self::new(link_type, Scheme::Wlan, 0, 0) }
    }

    /// Ethernet (IEEE 802.3), also as the inner frame of a tunnel.
    pub(super) const ETHERNET: Self = Self {
        llc_network: LLC,
        addresses: Some(Addresses { source: 6, destination: 0 }),
        vlan: true,
        mpls: Some(protocol::MPLS),
        ..Self::new(LinkType::ETHERNET, Scheme::Ethernet, 12, 14)
    };

    /// PPP behind a `PPPoE` header: the protocol number comes first (RFC 2516).
    pub(super) const PPPOE: Self =
        Self { mpls: Some(protocol::PPP_MPLS), ..Self::new(LinkType::PPP, Scheme::Ppp, 0, 2) };

    /// What the link type offers.
    pub(super) fn of(link_type: LinkType) -> Self {
        match link_type {
            LinkType::ETHERNET => Self::ETHERNET,
            LinkType::LINUX_SLL => Self::new(link_type, Scheme::Cooked, 14, 16),
            LinkType::LINUX_SLL2 => Self::new(link_type, Scheme::Ethertype, 0, 20),
            LinkType::RAW => Self::new(link_type, Scheme::Version, 0, 0),
            LinkType::IPV4 => Self::new(link_type, Scheme::Always(protocol::IP), 0, 0),
            LinkType::IPV6 => Self::new(link_type, Scheme::Always(protocol::IP6), 0, 0),
            LinkType::NULL => Self::new(link_type, Scheme::FamilyEitherOrder, 0, 4),
            LinkType::LOOP => Self::new(link_type, Scheme::Family, 0, 4),
            LinkType::PPP => {
                Self { mpls: Some(protocol::PPP_MPLS), ..Self::new(link_type, Scheme::Ppp, 2, 4) }
            }
            LinkType::PPP_HDLC => Self::new(link_type, Scheme::Ppp, 2, 4),
            LinkType::PPP_ETHER => Self::new(link_type, Scheme::Ppp, 6, 8),
            LinkType::C_HDLC => {
                Self { mpls: Some(protocol::MPLS), ..Self::new(link_type, Scheme::Hdlc, 2, 4) }
            }
            LinkType::SLIP => Self::new(link_type, Scheme::Version, 0, 16),
            LinkType::FDDI => Self::llc(link_type, 13, 7, 1),
            LinkType::IEEE802_5 => Self::llc(link_type, 14, 8, 2),
            LinkType::IEEE802_11
            | LinkType::IEEE802_11_PRISM
            | LinkType::IEEE802_11_RADIOTAP
            | LinkType::IEEE802_11_AVS
            | LinkType::PPI => Self::wlan(link_type),
            _ => Self::new(link_type, Scheme::Unknown, 0, 0),
        }
    }

    /// What precedes the 802.11 header.
    pub(super) fn radio(&self) -> Radio {
        match self.number {
            LinkType::IEEE802_11_PRISM => Radio::Prism,
            LinkType::IEEE802_11_AVS => Radio::Avs,
            LinkType::IEEE802_11_RADIOTAP => Radio::Radiotap,
            LinkType::PPI => Radio::Ppi,
            _ => Radio::None,
        }
    }
}

/// The PPP protocol number of a protocol: its own where PPP has one for it, else the Ethertype as it is.
pub(super) fn ppp_number(number: u32) -> u32 {
    match number {
        protocol::IP => 0x0021,
        protocol::IP6 => 0x0057,
        protocol::DECNET => 0x0027,
        protocol::ATALK => 0x0029,
        protocol::XNS => 0x0025,
        protocol::SAP_ISO => 0x0023,
        protocol::SAP_STP => 0x0031,
        protocol::SAP_IPX => 0x002b,
        other => other,
    }
}

/// The protocol number of a name after `ether proto`.
pub(super) fn protocol_number(name: &str) -> Option<u32> {
    let number = match name {
        "ip" => protocol::IP,
        "ip6" => protocol::IP6,
        "arp" => protocol::ARP,
        "rarp" => protocol::RARP,
        "aarp" => protocol::AARP,
        "atalk" => protocol::ATALK,
        "decnet" => protocol::DECNET,
        "lat" => protocol::LAT,
        "sca" => protocol::SCA,
        "mopdl" => protocol::MOPDL,
        "moprc" => protocol::MOPRC,
        "loopback" => protocol::LOOPBACK,
        "lldp" => protocol::LLDP,
        "slow" => protocol::SLOW,
        "iso" => protocol::SAP_ISO,
        "stp" => protocol::SAP_STP,
        "ipx" => protocol::SAP_IPX,
        "netbeui" => protocol::SAP_NETBEUI,
        _ => return None,
    };
    Some(number)
}
