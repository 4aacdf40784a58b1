//! The reserved words of the language and the numbers that have names.

use super::token::Token;
use crate::filter::ast::{Direction, Encapsulation, Kind, Protocol, WlanAddress};

/// Link types of firewall logs, which libpcap calls PF.
pub(super) const PFLOG: &str = "PFLOG";
/// ATM with Sun's pseudo-header.
pub(super) const SUNATM: &str = "SUNATM";
/// Signalling System 7 links.
pub(super) const SS7: &str = "SS7";

/// The token of a reserved word, or of a number with a name; `None` when the word is free to be a name.
pub(super) fn reserved(word: &str) -> Option<Token<'static>> {
    let token = match word {
        "src" => Token::Src,
        "dst" => Token::Dst,
        "and" => Token::And,
        "or" => Token::Or,
        "not" => Token::Not,
        "mask" => Token::Mask,
        "less" => Token::Less,
        "greater" => Token::Greater,
        "byte" => Token::Byte,
        "broadcast" => Token::Broadcast,
        "multicast" => Token::Multicast,
        "len" | "length" => Token::Length,
        "inbound" => Token::Inbound,
        "outbound" => Token::Outbound,
        "ifindex" => Token::IfIndex,
        "llc" => Token::Llc,
        "type" => Token::Type,
        "subtype" => Token::Subtype,
        "dir" | "direction" => Token::Dir,
        _ => {
            return protocol(word)
                .map(Token::Protocol)
                .or_else(|| kind(word).map(Token::Kind))
                .or_else(|| encapsulation(word).map(Token::Encapsulation))
                .or_else(|| wlan_address(word).map(|address| Token::Direction(Direction::Wlan(address))))
                .or_else(|| family(word).map(Token::Foreign))
                .or_else(|| named_number(word).map(Token::Number));
        }
    };
    Some(token)
}

fn protocol(word: &str) -> Option<Protocol> {
    let protocol = match word {
        "link" | "ether" | "fddi" | "tr" | "wlan" | "ppp" | "slip" => Protocol::Link,
        "ip" => Protocol::Ip,
        "ip6" => Protocol::Ip6,
        "arp" => Protocol::Arp,
        "rarp" => Protocol::Rarp,
        "tcp" => Protocol::Tcp,
        "udp" => Protocol::Udp,
        "sctp" => Protocol::Sctp,
        "icmp" => Protocol::Icmp,
        "icmp6" => Protocol::Icmp6,
        "igmp" => Protocol::Igmp,
        "igrp" => Protocol::Igrp,
        "pim" => Protocol::Pim,
        "vrrp" => Protocol::Vrrp,
        "carp" => Protocol::Carp,
        "ah" => Protocol::Ah,
        "esp" => Protocol::Esp,
        "atalk" => Protocol::Atalk,
        "aarp" => Protocol::Aarp,
        "decnet" => Protocol::Decnet,
        "lat" => Protocol::Lat,
        "sca" => Protocol::Sca,
        "moprc" => Protocol::Moprc,
        "mopdl" => Protocol::Mopdl,
        "iso" => Protocol::Iso,
        "esis" | "es-is" => Protocol::Esis,
        "isis" | "is-is" => Protocol::Isis,
        "clnp" => Protocol::Clnp,
        "l1" => Protocol::L1,
        "l2" => Protocol::L2,
        "iih" => Protocol::Iih,
        "lsp" => Protocol::Lsp,
        "snp" => Protocol::Snp,
        "csnp" => Protocol::Csnp,
        "psnp" => Protocol::Psnp,
        "stp" => Protocol::Stp,
        "ipx" => Protocol::Ipx,
        "netbeui" => Protocol::Netbeui,
        "radio" => Protocol::Radio,
        _ => return None,
    };
    Some(protocol)
}

fn kind(word: &str) -> Option<Kind> {
    let kind = match word {
        "host" => Kind::Host,
        "net" => Kind::Net,
        "port" => Kind::Port,
        "portrange" => Kind::PortRange,
        "proto" => Kind::Proto,
        "protochain" => Kind::ProtoChain,
        "gateway" => Kind::Gateway,
        _ => return None,
    };
    Some(kind)
}

fn encapsulation(word: &str) -> Option<Encapsulation> {
    let encapsulation = match word {
        "vlan" => Encapsulation::Vlan,
        "mpls" => Encapsulation::Mpls,
        "pppoed" => Encapsulation::Pppoed,
        "pppoes" => Encapsulation::Pppoes,
        "geneve" => Encapsulation::Geneve,
        "vxlan" => Encapsulation::Vxlan,
        _ => return None,
    };
    Some(encapsulation)
}

fn wlan_address(word: &str) -> Option<WlanAddress> {
    let address = match word {
        "addr1" | "address1" => WlanAddress::Addr1,
        "addr2" | "address2" => WlanAddress::Addr2,
        "addr3" | "address3" => WlanAddress::Addr3,
        "addr4" | "address4" => WlanAddress::Addr4,
        "ra" => WlanAddress::Ra,
        "ta" => WlanAddress::Ta,
        _ => return None,
    };
    Some(address)
}

/// The link types that a word belongs to which has no meaning on any that this compiler knows.
fn family(word: &str) -> Option<&'static str> {
    let family = match word {
        "on" | "ifname" | "rset" | "ruleset" | "rnr" | "rulenum" | "srnr" | "subrulenum" | "reason"
        | "action" => PFLOG,
        "lane" | "metac" | "bcc" | "oam" | "oamf4" | "oamf4ec" | "oamf4sc" | "sc" | "ilmic" | "vpi"
        | "vci" | "connectmsg" | "metaconnect" => SUNATM,
        "fisu" | "lssu" | "lsu" | "msu" | "hfisu" | "hlssu" | "hmsu" | "sio" | "opc" | "dpc" | "sls"
        | "hsio" | "hopc" | "hdpc" | "hsls" => SS7,
        _ => return None,
    };
    Some(family)
}

/// Positions and values in ICMP, `ICMPv6` and TCP headers (`pcap-filter(7)`); 150 is left out there too.
fn named_number(word: &str) -> Option<u32> {
    if let Some(name) = word.strip_prefix("icmp6-") {
        const FIRST_INFORMATIONAL: u32 = 128;
        const ERRORS: [&str; 4] = ["destinationunreach", "packettoobig", "timeexceeded", "parameterproblem"];
        let error = ERRORS.iter().zip(1..).find(|(known, _)| **known == name);
        let informational = ICMP6.iter().zip(FIRST_INFORMATIONAL..).find(|(known, _)| **known == name);
        return error.or(informational).map(|(_, number)| number);
    }
    NUMBERS.iter().find(|(known, _)| *known == word).map(|&(_, number)| number)
}

const NUMBERS: &[(&str, u32)] = &[
    ("icmptype", 0),
    ("icmpcode", 1),
    ("icmp-echoreply", 0),
    ("icmp-unreach", 3),
    ("icmp-sourcequench", 4),
    ("icmp-redirect", 5),
    ("icmp-echo", 8),
    ("icmp-routeradvert", 9),
    ("icmp-routersolicit", 10),
    ("icmp-timxceed", 11),
    ("icmp-paramprob", 12),
    ("icmp-tstamp", 13),
    ("icmp-tstampreply", 14),
    ("icmp-ireq", 15),
    ("icmp-ireqreply", 16),
    ("icmp-maskreq", 17),
    ("icmp-maskreply", 18),
    ("icmp6type", 0),
    ("icmp6code", 1),
    ("tcpflags", 13),
    ("tcp-fin", 0x01),
    ("tcp-syn", 0x02),
    ("tcp-rst", 0x04),
    ("tcp-push", 0x08),
    ("tcp-ack", 0x10),
    ("tcp-urg", 0x20),
    ("tcp-ece", 0x40),
    ("tcp-cwr", 0x80),
];

/// The `icmp6-` names of 128 and up; the empty one stands for 150, which has no name.
const ICMP6: &[&str] = &[
    "echo",
    "echoreply",
    "multicastlistenerquery",
    "multicastlistenerreportv1",
    "multicastlistenerdone",
    "routersolicit",
    "routeradvert",
    "neighborsolicit",
    "neighboradvert",
    "redirect",
    "routerrenum",
    "nodeinformationquery",
    "nodeinformationresponse",
    "ineighbordiscoverysolicit",
    "ineighbordiscoveryadvert",
    "multicastlistenerreportv2",
    "homeagentdiscoveryrequest",
    "homeagentdiscoveryreply",
    "mobileprefixsolicit",
    "mobileprefixadvert",
    "certpathsolicit",
    "certpathadvert",
    "",
    "multicastrouteradvert",
    "multicastroutersolicit",
    "multicastrouterterm",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_words_are_no_names() {
        let words = "src dst host net mask port portrange proto protochain gateway less greater byte broadcast \
            multicast and or not len length inbound outbound ifindex link ether fddi tr wlan ppp slip llc radio lane \
            arp rarp ip ip6 tcp udp sctp icmp icmp6 igmp igrp pim vrrp carp ah esp atalk aarp decnet lat sca moprc \
            mopdl iso esis es-is isis is-is clnp l1 l2 iih lsp snp csnp psnp stp ipx netbeui vlan mpls pppoed pppoes \
            geneve vxlan type subtype dir direction addr1 addr2 addr3 addr4 address1 address2 address3 address4 ra ta \
            on ifname rset ruleset rnr rulenum srnr subrulenum reason action metac bcc oam oamf4 oamf4ec oamf4sc sc \
            ilmic vpi vci connectmsg metaconnect fisu lssu lsu msu hfisu hlssu hmsu sio opc dpc sls hsio hopc hdpc hsls";
        for word in words.split_whitespace() {
            assert!(reserved(word).is_some(), "{word}");
        }
        for name in
            ["lldp", "slow", "loopback", "eigrp", "ospf", "gre", "ipv6-icmp", "beacon", "rr", "TCP", "And"]
        {
            assert!(reserved(name).is_none(), "{name}");
        }
    }

    /// The values of the IANA registries of ICMP and `ICMPv6` types, and of RFC 9293 for TCP.
    #[test]
    fn numbers_have_names() {
        for (name, number) in [
            ("icmptype", 0),
            ("icmpcode", 1),
            ("icmp-echoreply", 0),
            ("icmp-unreach", 3),
            ("icmp-echo", 8),
            ("icmp-timxceed", 11),
            ("icmp-maskreply", 18),
            ("icmp6type", 0),
            ("icmp6code", 1),
            ("icmp6-destinationunreach", 1),
            ("icmp6-packettoobig", 2),
            ("icmp6-timeexceeded", 3),
            ("icmp6-parameterproblem", 4),
            ("icmp6-echo", 128),
            ("icmp6-echoreply", 129),
            ("icmp6-multicastlistenerquery", 130),
            ("icmp6-routersolicit", 133),
            ("icmp6-neighborsolicit", 135),
            ("icmp6-neighboradvert", 136),
            ("icmp6-redirect", 137),
            ("icmp6-multicastlistenerreportv2", 143),
            ("icmp6-certpathadvert", 149),
            ("icmp6-multicastrouteradvert", 151),
            ("icmp6-multicastroutersolicit", 152),
            ("icmp6-multicastrouterterm", 153),
            ("tcpflags", 13),
            ("tcp-fin", 1),
            ("tcp-syn", 2),
            ("tcp-rst", 4),
            ("tcp-push", 8),
            ("tcp-ack", 16),
            ("tcp-urg", 32),
            ("tcp-ece", 64),
            ("tcp-cwr", 128),
        ] {
            assert_eq!(reserved(name), Some(Token::Number(number)), "{name}");
        }
    }
}
