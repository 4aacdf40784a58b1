//! What an expression means: a condition over loads from the packet. No names, no qualifiers, no link types, and no
//! notion of how it will be run; the reference evaluator and the code generator both start here.
//!
//! Every primitive of the language becomes comparisons of loaded words. `ip host 10.0.0.1` on Ethernet is
//! `All[link type = 0x0800, Any[word at 26 = 0x0a000001, word at 30 = 0x0a000001]]`. What distinguishes link types,
//! encapsulations, and live frames from savefiles is settled before this stage and shows only as offsets and fields.
//!
//! **Rejection.** A load that is not wholly inside the captured bytes, a division or a remainder by zero, rejects the
//! packet at once, whatever stands around it (`bpf_filter.c` of libpcap). Conditions are evaluated left to right and
//! only as far as needed, so that a load that is not reached rejects nothing.

use std::sync::Arc;

use super::set::Set;

/// How many variables a condition may have; the scratch memory of the classic machine holds as many
/// (`BPF_MEMWORDS` of `linux/filter.h`). Lowering refuses an expression that needs more.
pub const MAX_VARS: usize = 16;

/// The most words that the key of a [`Member`] has: those of an IPv6 address.
pub const MAX_KEY_WORDS: usize = 4;

/// How many headers a [`Chain`] walks before it gives up, which counts as the chain's end. Loops in the kernel must be
/// bounded, and 187 headers of 8 bytes fill a frame of 1500 bytes.
pub const MAX_CHAIN_HEADERS: u32 = 192;

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hir {
    /// Always true or always false.
    Const(bool),
    /// True when the inner condition is false. A rejection stays a rejection.
    Not(Box<Hir>),
    /// True when all are; evaluated in order up to the first false one. Empty: true.
    All(Vec<Hir>),
    /// True when any is; evaluated in order up to the first true one. Empty: false.
    Any(Vec<Hir>),
    /// An unsigned comparison of 32-bit values; the left one is computed first.
    Compare {
        /// The relation.
        op: Relation,
        /// The left operand.
        lhs: Value,
        /// The right operand.
        rhs: Value,
    },
    /// Stores the value and is true.
    Set {
        /// The variable; variables hold 0 before the first `Set`.
        var: Var,
        /// What it is to hold from here on.
        value: Value,
    },
    /// Walks a chain of IP headers until it meets `protocol`: true; or one that ends the chain: false.
    Chain(Chain),
    /// Looks a key up among the elements of a set.
    Member(Member),
}

/// A look-up: all words of the key are loaded, in order, and then it is or is not an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The words of the key, the first one first: one of an IPv4 address or a port, two of an Ethernet address (its
    /// first two bytes, then four), four of an IPv6 address.
    pub key: Vec<Value>,
    /// The set.
    pub set: Arc<Set>,
}

/// A walk over IPv6 extension headers (`ip6 protochain`) or over IPv4 AH headers (`ip protochain`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// Which headers are walked: IPv6 walks 0, 43, 44, 51 and 60, IPv4 walks 51 only.
    pub version: ChainVersion,
    /// The first header's protocol number.
    pub first: Value,
    /// The position of the first header from the start of the captured bytes.
    pub position: Value,
    /// The protocol number to be met.
    pub protocol: u32,
}

/// The header family that a [`Chain`] walks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChainVersion {
    /// IPv4: only AH (51) leads on.
    V4,
    /// IPv6: hop-by-hop, routing, fragment, AH and destination options lead on.
    V6,
}

impl ChainVersion {
    /// Whether a header with this protocol number is walked over.
    pub fn leads_on(self, protocol: u32) -> bool {
        self.walked().contains(&protocol)
    }

    /// The protocol numbers that are walked over.
    pub fn walked(self) -> &'static [u32] {
        match self {
            Self::V4 => &[AH],
            Self::V6 => &[0, 43, 44, AH, 60],
        }
    }

    /// The length in bytes of a walked header whose second byte is `length`: RFC 4302 section 2.2 for AH, RFC 8200
    /// section 4 for the others. A fragment header's second byte is reserved and taken for a length all the same.
    pub fn header_length(protocol: u32, length: u32) -> u32 {
        if protocol == AH { (length + 2) * 4 } else { (length + 1) * 8 }
    }
}

/// The protocol number of the IP authentication header.
pub const AH: u32 = 51;

/// A relation between unsigned 32-bit values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// `=`
    Eq,
    /// `!=`
    Ne,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// `<`
    Lt,
    /// `<=`
    Le,
}

impl Relation {
    /// Whether `lhs self rhs`.
    pub fn holds(self, lhs: u32, rhs: u32) -> bool {
        match self {
            Self::Eq => lhs == rhs,
            Self::Ne => lhs != rhs,
            Self::Gt => lhs > rhs,
            Self::Ge => lhs >= rhs,
            Self::Lt => lhs < rhs,
            Self::Le => lhs <= rhs,
        }
    }
}

/// A variable that carries a run-time offset from one primitive to those on its right (`vlan`, `geneve`, `vxlan`).
/// Its number is below [`MAX_VARS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Var(pub u32);

/// A 32-bit unsigned value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// A number.
    Const(u32),
    /// Bytes of the packet, big-endian, at `index + offset` from the start of the captured bytes. The sum does not
    /// wrap: a position beyond the captured bytes rejects the packet.
    Load {
        /// The part of the position that is known only at run time.
        index: Option<Box<Value>>,
        /// The part that is known now.
        offset: u32,
        /// How many bytes.
        size: Size,
    },
    /// The packet's length on the wire.
    Len,
    /// What the kernel knows of a live frame beside its bytes.
    Meta(Meta),
    /// The value of a variable.
    Var(Var),
    /// `lhs op rhs`, wrapping at 32 bits; `lhs` is computed first.
    Alu {
        /// The operator.
        op: AluOp,
        /// The left operand.
        lhs: Box<Value>,
        /// The right operand.
        rhs: Box<Value>,
    },
}

/// Width of a load in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Size {
    /// One byte.
    Byte = 1,
    /// Two bytes, big-endian.
    Half = 2,
    /// Four bytes, big-endian.
    Word = 4,
}

/// An arithmetic operator on unsigned 32-bit values. A division or remainder by zero rejects the packet; a shift by 32
/// or more gives 0. `-x` is `0 - x`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AluOp {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `%`
    Mod,
    /// `&`
    And,
    /// `|`
    Or,
    /// `^`
    Xor,
    /// `<<`
    Shl,
    /// `>>`
    Shr,
}

impl AluOp {
    /// `lhs self rhs`, or `None` where that rejects the packet.
    pub fn apply(self, lhs: u32, rhs: u32) -> Option<u32> {
        Some(match self {
            Self::Add => lhs.wrapping_add(rhs),
            Self::Sub => lhs.wrapping_sub(rhs),
            Self::Mul => lhs.wrapping_mul(rhs),
            Self::Div => lhs.checked_div(rhs)?,
            Self::Mod => lhs.checked_rem(rhs)?,
            Self::And => lhs & rhs,
            Self::Or => lhs | rhs,
            Self::Xor => lhs ^ rhs,
            Self::Shl => lhs.checked_shl(rhs).unwrap_or(0),
            Self::Shr => lhs.checked_shr(rhs).unwrap_or(0),
        })
    }
}

/// A property of a live frame that `struct __sk_buff` (`include/uapi/linux/bpf.h`) gives. Savefiles have none of them but the
/// last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Meta {
    /// The protocol of the frame in host byte order (`skb->protocol`), as an Ethertype.
    Protocol,
    /// `skb->pkt_type`: 4 is outgoing (`linux/if_packet.h`).
    PacketType,
    /// The interface's index.
    IfIndex,
    /// 1 when a VLAN tag was taken out of the bytes, else 0.
    VlanPresent,
    /// The tag control information of that tag, host byte order.
    VlanTci,
    /// The word of a layer ([`sniffer_common::layers`]), the outermost being 0; 0 where there is none. Savefiles have these
    /// too.
    Layer(u8),
}
