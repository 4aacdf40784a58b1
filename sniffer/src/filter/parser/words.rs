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
