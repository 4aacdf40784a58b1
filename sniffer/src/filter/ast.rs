//! What an expression says, word for word: every element with its place in the text, nothing resolved, nothing
//! defaulted. Knows no link type and no name service.

use std::net::Ipv6Addr;

use super::set::SetKind;
use super::span::Span;

/// A value and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub node: T,
    /// Its place.
    pub span: Span,
}

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr<'a> {
    /// `not` or `!` before a condition.
    Not(Box<Expr<'a>>),
    /// Conditions between `and` and `or`, which bind equally: `a or b and c` is `(a or b) and c`.
    Chain {
        /// The leftmost.
        first: Box<Expr<'a>>,
        /// What is joined to everything on its left, in turn.
        rest: Vec<(Connective, Expr<'a>)>,
    },
    /// A single test.
    Primitive(Spanned<Primitive<'a>>),
}

/// What joins two conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connective {
    /// `and`, `&&`
    And,
    /// `or`, `||`
    Or,
}

/// A single test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Primitive<'a> {
    /// Qualifiers and what they qualify: `tcp dst port 80`. After `and` and `or` the qualifiers may be those of the
    /// nearest such primitive on the left, whose spans they keep.
    Qualified {
        /// The qualifiers.
        qualifiers: Qualifiers,
        /// The name, number or address.
        id: Id<'a>,
    },
    /// Qualifiers and a set: `src host in {192.0.2.1, 198.51.100.0/24}`, `port in @web`.
    Member {
        /// The qualifiers.
        qualifiers: Qualifiers,
        /// The set.
        elements: Elements<'a>,
    },
    /// A protocol by itself: `tcp`.
    Protocol(Protocol),
    /// A comparison of two values.
    Relation {
        /// How they are compared.
        op: Relation,
        /// The left one.
        lhs: Arith,
        /// The right one.
        rhs: Arith,
    },
    /// `[protocol] broadcast`
    Broadcast(Option<Spanned<Protocol>>),
    /// `[protocol] multicast`
    Multicast(Option<Spanned<Protocol>>),
    /// `less N`: at most that many bytes.
    Less(u32),
    /// `greater N`: at least that many bytes.
    Greater(u32),
    /// `byte I op V`
    Byte {
        /// The position in the link header.
        index: u32,
        /// The operation.
        op: ByteOp,
        /// What the byte is compared with or combined with.
        value: Spanned<u32>,
    },
    /// `inbound`
    Inbound,
    /// `outbound`
    Outbound,
    /// `ifindex N`
    IfIndex(u32),
    /// `vlan`, `mpls`, `pppoed`, `pppoes`, `geneve` or `vxlan`, with the tag, label, session or network.
    Encapsulation(Encapsulation, Option<Spanned<u32>>),
    /// `llc` with the kind of frame, if any.
    Llc(Option<LlcKind>),
    /// `wlan type …` and `wlan subtype …`: the bits of the first byte of the frame control field and their values.
    WlanType {
        /// The bits that are compared.
        mask: u8,
        /// Their values.
        value: u8,
    },
    /// `wlan dir …`: the To-DS (1) and From-DS (2) bits.
    WlanDirection(u8),
}

/// What stands behind `in`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Elements<'a> {
    /// Entries in braces, as they are written.
    List(Vec<Spanned<&'a str>>),
    /// `@` and the name of a set.
    Named(Spanned<&'a str>),
}

/// What stands before a name, a number or an address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Qualifiers {
    /// `tcp`, `ether`, …
    pub protocol: Option<Spanned<Protocol>>,
    /// `src`, `dst`, …
    pub direction: Option<Spanned<Direction>>,
    /// `host`, `net`, `port`, …
    pub kind: Option<Spanned<Kind>>,
}

impl Qualifiers {
    /// The kind of set that they stand before.
    pub fn set_kind(&self) -> SetKind {
        match (self.kind.map(|kind| kind.node), self.protocol.map(|protocol| protocol.node)) {
            (Some(Kind::Port | Kind::PortRange), _) => SetKind::Port,
            (_, Some(Protocol::Link)) => SetKind::Ether,
            _ => SetKind::Address,
        }
    }
}

/// The words that may begin a qualifier; also tests and headers of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the keyword of the same name")]
pub enum Protocol {
    /// `link`, `ether`, `fddi`, `tr`, `wlan`, `ppp` and `slip` are one word.
    Link,
    Ip,
    Ip6,
    Arp,
    Rarp,
    Tcp,
    Udp,
    Sctp,
    Icmp,
    Icmp6,
    Igmp,
    Igrp,
    Pim,
    Vrrp,
    Carp,
    Ah,
    Esp,
    Atalk,
    Aarp,
    Decnet,
    Lat,
    Sca,
    Moprc,
    Mopdl,
    Iso,
    Esis,
    Isis,
    Clnp,
    L1,
    L2,
    Iih,
    Lsp,
    Snp,
    Csnp,
    Psnp,
    Stp,
    Ipx,
    Netbeui,
    Radio,
}

/// Which end of the packet is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// `src`
    Src,
    /// `dst`
    Dst,
    /// `src or dst`, also without any direction.
    SrcOrDst,
    /// `src and dst`
    SrcAndDst,
    /// An address field of an 802.11 frame.
    Wlan(WlanAddress),
}

/// The address fields of an 802.11 frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WlanAddress {
    /// `addr1`
    Addr1,
    /// `addr2`
    Addr2,
    /// `addr3`
    Addr3,
    /// `addr4`
    Addr4,
    /// `ra`: the receiver.
    Ra,
    /// `ta`: the transmitter.
    Ta,
}

/// What a name, a number or an address is one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `host`
    Host,
    /// `net`
    Net,
    /// `port`
    Port,
    /// `portrange`
    PortRange,
    /// `proto`
    Proto,
    /// `protochain`
    ProtoChain,
    /// `gateway`
    Gateway,
}

/// A name, a number or an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Id<'a> {
    /// What it is.
    pub kind: IdKind<'a>,
    /// Its place.
    pub span: Span,
}

/// The forms of an [`Id`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdKind<'a> {
    /// A name, or a range of ports.
    Name(&'a str),
    /// A number.
    Number(u32),
    /// Two to four numbers with dots between: an IPv4 address or network, or a `DECnet` address.
    Dotted(&'a str),
    /// An IPv4 network with a prefix length.
    DottedPrefix(&'a str, Spanned<u32>),
    /// An IPv4 network with a netmask.
    DottedMask(&'a str, Spanned<&'a str>),
    /// An IPv6 address.
    Ipv6(Ipv6Addr),
    /// An IPv6 network with a prefix length.
    Ipv6Prefix(Ipv6Addr, Spanned<u32>),
    /// An Ethernet address.
    Mac([u8; 6]),
}

/// How two values are compared.
pub use super::hir::Relation;

/// A 32-bit value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arith {
    /// A number.
    Number(u32),
    /// `len`
    Length,
    /// `protocol[index:size]`
    Load {
        /// Whose header.
        protocol: Spanned<Protocol>,
        /// The position in it.
        index: Box<Arith>,
        /// How many bytes: 1, 2 or 4.
        size: super::hir::Size,
    },
    /// `-value`
    Negate(Box<Arith>),
    /// Two values and an operator.
    Binary {
        /// The operator.
        op: super::hir::AluOp,
        /// The left operand.
        lhs: Box<Arith>,
        /// The right operand.
        rhs: Box<Arith>,
        /// The place of the right operand.
        rhs_span: Span,
    },
}

/// The operation of `byte I op V`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByteOp {
    /// `=`, `<`, `>`
    Compare(Relation),
    /// `&`: true when a bit of V is set in the byte.
    And,
    /// `|`: true when the byte or V is not zero.
    Or,
}

/// The words that move what follows into an encapsulated packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encapsulation {
    /// `vlan`
    Vlan,
    /// `mpls`
    Mpls,
    /// `pppoed`, which moves nothing.
    Pppoed,
    /// `pppoes`
    Pppoes,
    /// `geneve`
    Geneve,
    /// `vxlan`
    Vxlan,
}

/// A kind of LLC frame, by its control byte (ISO/IEC 8802-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LlcKind {
    /// `i`: information.
    Information,
    /// `s`: any supervisory frame.
    Supervisory,
    /// `u`: any unnumbered frame.
    Unnumbered,
    /// One supervisory frame: the low four bits.
    SupervisoryType(u8),
    /// One unnumbered frame: the byte without the poll bit.
    UnnumberedType(u8),
}
