//! The words every stage shares: a frame, its time stamp, its link type. Knows no other module.
#![forbid(unsafe_code)]

use std::fmt;

/// A point in time as seconds and nanoseconds since the Unix epoch, UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// Whole seconds since 1970-01-01T00:00:00Z.
    pub seconds: i64,
    /// Nanoseconds within the second, below 1,000,000,000.
    pub nanos: u32,
}

impl Timestamp {
    /// The time between `earlier` and `self` in nanoseconds, negative when `self` is the earlier one.
    pub fn nanos_since(self, earlier: Self) -> i128 {
        (i128::from(self.seconds) - i128::from(earlier.seconds)) * 1_000_000_000 + i128::from(self.nanos)
            - i128::from(earlier.nanos)
    }
}

/// What the first byte of a frame is: a `LINKTYPE_` value as savefiles hold it
/// (<https://www.tcpdump.org/linktypes.html>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LinkType(pub u16);

impl LinkType {
    /// BSD loopback: four bytes of address family in the writer's byte order.
    pub const NULL: Self = Self(0);
    /// Ethernet.
    pub const ETHERNET: Self = Self(1);
    /// Token Ring.
    pub const IEEE802_5: Self = Self(6);
    /// SLIP with a 16-byte pseudo-header.
    pub const SLIP: Self = Self(8);
    /// PPP, with or without the HDLC address and control bytes.
    pub const PPP: Self = Self(9);
    /// FDDI.
    pub const FDDI: Self = Self(10);
    /// PPP in HDLC-like framing.
    pub const PPP_HDLC: Self = Self(50);
    /// PPP over Ethernet, session stage.
    pub const PPP_ETHER: Self = Self(51);
    /// Raw IP: the version nibble tells IPv4 from IPv6.
    pub const RAW: Self = Self(101);
    /// Cisco HDLC.
    pub const C_HDLC: Self = Self(104);
    /// IEEE 802.11.
    pub const IEEE802_11: Self = Self(105);
    /// OpenBSD loopback: four bytes of address family in network order.
    pub const LOOP: Self = Self(108);
    /// Linux cooked capture, version 1 (16-byte header).
    pub const LINUX_SLL: Self = Self(113);
    /// IEEE 802.11 after a Prism header.
    pub const IEEE802_11_PRISM: Self = Self(119);
    /// IEEE 802.11 after a radiotap header.
    pub const IEEE802_11_RADIOTAP: Self = Self(127);
    /// IEEE 802.11 after an AVS header.
    pub const IEEE802_11_AVS: Self = Self(163);
    /// Per-packet information header, then a frame of the link type it names.
    pub const PPI: Self = Self(192);
    /// IPv4 without a link header.
    pub const IPV4: Self = Self(228);
    /// IPv6 without a link header.
    pub const IPV6: Self = Self(229);
    /// For private agreement (147).
    pub const USER0: Self = Self(147);
    /// Linux cooked capture, version 2 (20-byte header).
    pub const LINUX_SLL2: Self = Self(276);

    /// The name that tcpdump prints after `link-type`, without the `DLT_` prefix, where this project has one.
    pub fn name(self) -> Option<&'static str> {
        self.names().map(|(name, _)| name)
    }

    /// The words that tcpdump prints in parentheses behind the name.
    pub fn description(self) -> Option<&'static str> {
        self.names().map(|(_, description)| description)
    }

    /// The link type of the given name, in any case, with or without a `DLT_` prefix.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.to_ascii_uppercase();
        let name = name.strip_prefix("DLT_").unwrap_or(&name);
        NAMES.iter().find(|(_, known, _)| *known == name).map(|(link_type, ..)| *link_type)
    }

    fn names(self) -> Option<(&'static str, &'static str)> {
        NAMES.iter().find(|(link_type, ..)| *link_type == self).map(|&(_, name, text)| (name, text))
    }
}

/// Name and description as libpcap's `pcap_datalink_val_to_name` and `_to_description` give them.
const NAMES: &[(LinkType, &str, &str)] = &[
    (LinkType::NULL, "NULL", "BSD loopback"),
    (LinkType::ETHERNET, "EN10MB", "Ethernet"),
    (LinkType::IEEE802_5, "IEEE802", "Token ring"),
    (LinkType::SLIP, "SLIP", "SLIP"),
    (LinkType::PPP, "PPP", "PPP"),
    (LinkType::FDDI, "FDDI", "FDDI"),
    (LinkType::PPP_HDLC, "PPP_SERIAL", "PPP over serial"),
    (LinkType::PPP_ETHER, "PPP_ETHER", "PPPoE"),
    (LinkType::RAW, "RAW", "Raw IP"),
    (LinkType::C_HDLC, "C_HDLC", "Cisco HDLC"),
    (LinkType::IEEE802_11, "IEEE802_11", "802.11"),
    (LinkType::LOOP, "LOOP", "OpenBSD loopback"),
    (LinkType::LINUX_SLL, "LINUX_SLL", "Linux cooked v1"),
    (LinkType::IEEE802_11_PRISM, "PRISM_HEADER", "802.11 plus Prism header"),
    (LinkType::IEEE802_11_RADIOTAP, "IEEE802_11_RADIO", "802.11 plus radiotap header"),
    (LinkType::IEEE802_11_AVS, "IEEE802_11_RADIO_AVS", "802.11 plus AVS radio information header"),
    (LinkType::PPI, "PPI", "Per-Packet Information"),
    (LinkType::IPV4, "IPV4", "Raw IPv4"),
    (LinkType::IPV6, "IPV6", "Raw IPv6"),
    (LinkType::LINUX_SLL2, "LINUX_SLL2", "Linux cooked v2"),
    // Of these only the bytes of the link layer can be asked for.
    (LinkType(7), "ARCNET", "BSD ARCNET"),
    (LinkType(100), "ATM_RFC1483", "RFC 1483 LLC-encapsulated ATM"),
    (LinkType(106), "ATM_CLIP", "Linux Classical IP over ATM"),
    (LinkType(107), "FRELAY", "Frame Relay"),
    (LinkType(109), "ENC", "OpenBSD encapsulated IP"),
    (LinkType(114), "LTALK", "Localtalk"),
    (LinkType(117), "PFLOG", "OpenBSD pflog file"),
    (LinkType(122), "IP_OVER_FC", "RFC 2625 IP-over-Fibre Channel"),
    (LinkType(123), "SUNATM", "Sun raw ATM"),
    (LinkType(129), "ARCNET_LINUX", "Linux ARCNET"),
    (LinkType(140), "MTP2", "SS7 MTP2"),
    (LinkType(165), "BACNET_MS_TP", "BACnet MS/TP"),
    (LinkType(166), "PPP_PPPD", "PPP for pppd, with direction flag"),
    (LinkType(187), "BLUETOOTH_HCI_H4", "Bluetooth HCI UART transport layer"),
    (LinkType(189), "USB_LINUX", "USB with Linux header"),
    (LinkType(226), "IPNET", "Solaris ipnet"),
    (LinkType(227), "CAN_SOCKETCAN", "CAN-bus with SocketCAN headers"),
    (LinkType(239), "NFLOG", "Linux netfilter log messages"),
    (LinkType(253), "NETLINK", "Linux netlink"),
    (LinkType(281), "DSA_TAG_BRCM", "Broadcom tag"),
];

impl fmt::Display for LinkType {
    /// `EN10MB (Ethernet)`, or the number where there is no name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.names() {
            Some((name, description)) => write!(f, "{name} ({description})"),
            None => write!(f, "{}", self.0),
        }
    }
}

/// How a frame relates to this host: `sll_pkttype` of `linux/if_packet.h`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PacketType {
    /// To this host (0).
    Host,
    /// Link-layer broadcast (1).
    Broadcast,
    /// Link-layer multicast (2).
    Multicast,
    /// To another host, seen in promiscuous mode (3).
    OtherHost,
    /// Sent by this host (4).
    Outgoing,
    /// Any other value.
    Unknown(u8),
}

impl From<u8> for PacketType {
    fn from(value: u8) -> Self {
        match value {
            0 => Self::Host,
            1 => Self::Broadcast,
            2 => Self::Multicast,
            3 => Self::OtherHost,
            4 => Self::Outgoing,
            other => Self::Unknown(other),
        }
    }
}

impl From<PacketType> for u8 {
    fn from(value: PacketType) -> Self {
        match value {
            PacketType::Host => 0,
            PacketType::Broadcast => 1,
            PacketType::Multicast => 2,
            PacketType::OtherHost => 3,
            PacketType::Outgoing => 4,
            PacketType::Unknown(other) => other,
        }
    }
}

/// What is known of the checksums of a frame besides its bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChecksumState {
    /// Nothing: the bytes must speak for themselves.
    #[default]
    Unknown,
    /// The network card is to fill the transport checksum in (`TP_STATUS_CSUMNOTREADY`).
    NotReady,
    /// The kernel or the card has verified it (`TP_STATUS_CSUM_VALID`).
    Valid,
}

/// One captured frame: borrowed from the ring or from a file reader, passed on unchanged to every sink.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// When the frame was seen.
    pub timestamp: Timestamp,
    /// What the first byte of `data` is.
    pub link_type: LinkType,
    /// The captured bytes.
    pub data: &'a [u8],
    /// The frame's length on the wire in bytes; at least `data.len()` unless a savefile lies.
    pub original_len: u32,
    /// The interface: its kernel index in a live capture, its number in a pcapng file, else 0.
    pub interface: u32,
    /// Direction and addressee, where the source knows it.
    pub packet_type: Option<PacketType>,
    /// What the source knows of the checksums.
    pub checksum: ChecksumState,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn link_types_have_the_names_that_tcpdump_prints() {
        assert_eq!(LinkType::ETHERNET.to_string(), "EN10MB (Ethernet)");
        assert_eq!(LinkType::LINUX_SLL2.to_string(), "LINUX_SLL2 (Linux cooked v2)");
        assert_eq!(LinkType(9999).to_string(), "9999");
        assert_eq!(LinkType::from_name("dlt_en10mb"), Some(LinkType::ETHERNET));
        assert_eq!(LinkType::from_name("nothing"), None);
    }

    #[test]
    fn time_differences_cross_second_borders() {
        let early = Timestamp { seconds: 9, nanos: 999_999_999 };
        let late = Timestamp { seconds: 10, nanos: 1 };
        assert_eq!(late.nanos_since(early), 2);
        assert_eq!(early.nanos_since(late), -2);
    }

    #[test]
    fn packet_types_survive_the_round_trip() {
        for value in 0..=u8::MAX {
            assert_eq!(u8::from(PacketType::from(value)), value);
        }
    }
}
