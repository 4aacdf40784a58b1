//! Numbers that name the next protocol: EtherTypes and IP protocol numbers. Knows no header.

/// Makes an enum of wire numbers which keeps the numbers that it has no name for.
macro_rules! wire_numbers {
    ($(#[$meta:meta])* $name:ident: $int:ty { $($(#[$doc:meta])* $variant:ident = $value:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$doc])* $variant,)*
            /// Any other number.
            Unknown($int),
        }

        impl From<$int> for $name {
            fn from(value: $int) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::Unknown(other),
                }
            }
        }

        impl From<$name> for $int {
            fn from(value: $name) -> Self {
                match value {
                    $($name::$variant => $value,)*
                    $name::Unknown(other) => other,
                }
            }
        }
    };
}
pub(super) use wire_numbers;

wire_numbers! {
    /// The EtherTypes that are decoded further or that change how a frame is read
    /// (<https://www.iana.org/assignments/ieee-802-numbers>).
    EtherType: u16 {
        /// IPv4.
        Ipv4 = 0x0800,
        /// ARP, RFC 826.
        Arp = 0x0806,
        /// Reverse ARP, RFC 903.
        ReverseArp = 0x8035,
        /// IPv6.
        Ipv6 = 0x86dd,
        /// IEEE 802.1Q customer tag.
        Vlan = 0x8100,
        /// IEEE 802.1ad service tag.
        QinQ = 0x88a8,
        /// A service tag from before 802.1ad.
        Vlan9100 = 0x9100,
        /// A service tag from before 802.1ad.
        Vlan9200 = 0x9200,
        /// MPLS, RFC 3032.
        Mpls = 0x8847,
        /// MPLS with an upstream-assigned label, RFC 5332.
        MplsMulticast = 0x8848,
        /// PPPoE discovery, RFC 2516.
        PppoeDiscovery = 0x8863,
        /// PPPoE session, RFC 2516.
        PppoeSession = 0x8864,
        /// LLDP, IEEE 802.1AB.
        Lldp = 0x88cc,
        /// ATA over Ethernet.
        AtaOverEthernet = 0x88a2,
        /// `GeoNetworking`, before it had a number.
        OldGeoNet = 0x0707,
        /// `GeoNetworking`, ETSI EN 302 636-4-1.
        GeoNet = 0x8947,
        /// The precision time protocol, IEEE 1588.
        Ptp = 0x88f7,
        /// The slow protocols of IEEE 802.3.
        Slow = 0x8809,
        /// EAP over LANs, IEEE 802.1X.
        Eapol = 0x888e,
        /// `MACsec`, IEEE 802.1AE.
        Macsec = 0x88e5,
        /// The Ethernet configuration testing protocol.
        Ectp = 0x9000,
        /// Connectivity fault management, IEEE 802.1ag.
        Cfm = 0x8902,
        /// The number that it had in drafts.
        OldCfm = 0xabcd,
        /// PPP.
        Ppp = 0x880b,
        /// Heartbeats of Microsoft's network load balancing.
        Nlb = 0x886f,
        /// CALM FAST, ISO 29281.
        CalmFast = 0x1111,
        /// Arista's header with a time stamp.
        Arista = 0xd28b,
        /// Alteon jumbo frames: an LLC header follows, whatever the frame's length.
        Jumbo = 0x8870,
        /// Novell's IPX.
        Ipx = 0x8137,
        /// The protocols of OSI, behind a byte of padding.
        Osi = 0xfefe,
    }
}

impl EtherType {
    /// The largest value of the field that is a length (IEEE 802.3) and no type.
    pub const MAX_LENGTH: u16 = 1500;

    /// Whether a four-byte VLAN tag follows.
    pub fn is_vlan(self) -> bool {
        matches!(self, Self::Vlan | Self::QinQ | Self::Vlan9100 | Self::Vlan9200)
    }
}

wire_numbers! {
    /// IP protocol numbers, which IPv6 shares with its extension headers
    /// (<https://www.iana.org/assignments/protocol-numbers>).
    IpProtocol: u8 {
        /// IPv6 hop-by-hop options, RFC 8200.
        HopByHop = 0,
        /// ICMP, RFC 792.
        Icmpv4 = 1,
        /// IGMP, RFC 3376.
        Igmp = 2,
        /// IPv4 in IP.
        Ipv4 = 4,
        /// TCP, RFC 9293.
        Tcp = 6,
        /// Cisco's IGRP.
        Igrp = 9,
        /// UDP, RFC 768.
        Udp = 17,
        /// DCCP, RFC 4340.
        Dccp = 33,
        /// IPv6 in IP.
        Ipv6 = 41,
        /// IPv6 routing header, RFC 8200.
        Routing = 43,
        /// IPv6 fragment header, RFC 8200.
        Fragment = 44,
        /// RSVP, RFC 2205.
        Rsvp = 46,
        /// GRE, RFC 2784.
        Gre = 47,
        /// ESP, RFC 4303.
        Esp = 50,
        /// Authentication header, RFC 4302.
        Ah = 51,
        /// ICMPv6, RFC 4443.
        Icmpv6 = 58,
        /// IPv6: nothing follows, RFC 8200.
        NoNextHeader = 59,
        /// IPv6 destination options, RFC 8200.
        DestinationOptions = 60,
        /// The number that the mobility header had before it had its own.
        OldMobility = 62,
        /// EIGRP, RFC 7868.
        Eigrp = 88,
        /// OSPF, RFC 2328.
        Ospf = 89,
        /// PIM, RFC 7761.
        Pim = 103,
        /// IP payload compression, RFC 3173.
        Ipcomp = 108,
        /// VRRP, RFC 5798.
        Vrrp = 112,
        /// PGM, RFC 3208.
        Pgm = 113,
        /// SCTP, RFC 9260.
        Sctp = 132,
        /// IPv6 mobility header, RFC 6275.
        Mobility = 135,
    }
}

impl IpProtocol {
    /// Whether the protocol begins with two 16-bit ports.
    pub fn has_ports(self) -> bool {
        matches!(self, Self::Tcp | Self::Udp | Self::Sctp | Self::Dccp)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_survives_the_round_trip() {
        for number in 0..=u16::MAX {
            assert_eq!(u16::from(EtherType::from(number)), number);
        }
        for number in 0..=u8::MAX {
            assert_eq!(u8::from(IpProtocol::from(number)), number);
        }
    }
}
