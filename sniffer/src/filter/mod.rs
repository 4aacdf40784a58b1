//! The filter language of `pcap-filter(7)`: an expression goes in, a program comes out.
//!
//! ```text
//! &str ─parse─► Ast ─lower─► Hir ─build─► Ir ─passes─► Ir ─emit─► Vec<Insn>
//!                             └─► eval (reference evaluator, files)
//! ```
//!
//! Every stage is a pure function from one type to the next. Compiling does no I/O; names come in through [`Resolve`].
//! `docs/filter-language.md` is the language for its users.
//!
//! ```
//! use sniffer::filter::{Metadata, NoNames, Options, Packet, compile, matches};
//! use sniffer::packet::LinkType;
//!
//! let options = Options { link_type: LinkType::RAW, live: false, netmask: None, see_through: false };
//! let filter = compile("ip proto 17 or 132", &options, &NoNames)?;
//!
//! let udp = [0x45, 0, 0, 20, 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2];
//! let keeps = |data| matches(filter.hir(), &Packet { data, original_len: 20, metadata: Metadata::default() });
//! assert!(keeps(&udp));
//! assert!(!keeps(&udp[..9]), "a packet without the byte that is asked for is dropped");
//!
//! let error = compile("ip proto 300", &options, &NoNames).unwrap_err();
//! assert_eq!(
//!     error.to_string(),
//!     "can't parse filter expression: protocol number 300 greater than maximum 255\n  \
//!      ip proto 300\n           \
//!      ^~~ expected at most 255",
//! );
//! # Ok::<(), sniffer::filter::Error>(())
//! ```
#![forbid(unsafe_code)]

mod error;
mod span;

pub mod ast;
mod parser;

pub mod hir;
mod set;

mod link;
mod lower;
mod wlan;

mod build;
mod display;
mod eval;
mod see_through;

mod ir;
mod passes;

pub mod emit;

mod explain;

#[cfg(test)]
#[expect(dead_code, reason = "the tests against the kernel ask for no layers")]
mod testing;
#[cfg(test)]
mod tests;

pub use error::{Error, ErrorKind};
pub use eval::matches;
pub use explain::{Explanation, explain};
pub use see_through::SeeThrough;
pub use set::{Entries, EntryError, Field, Set, SetKind};
pub use sniffer_common::layers::{Layer, MAX_LAYERS, MAX_TUNNEL_PORTS, Tunnel, TunnelPorts};
pub use span::Span;

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use crate::packet::LinkType;

/// What the meaning of an expression depends on besides its text.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// What the first byte of the packets is.
    pub link_type: LinkType,
    /// Whether packets come from a live capture on Linux: VLAN tags and, on `any`, the cooked header stand in
    /// [`Metadata`], not in the bytes. With `LINUX_SLL2` the bytes then begin at the network header.
    pub live: bool,
    /// The IPv4 netmask of the interface for `ip broadcast`; savefiles use 0.0.0.0 as tcpdump does.
    pub netmask: Option<Ipv4Addr>,
    /// Whether tests of addresses, ports and protocols hold when they do at any layer, outer or inner. Their words are then
    /// to stand in [`Metadata::layers`], as [`SeeThrough`] writes them.
    pub see_through: bool,
}

/// A compiled expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    hir: hir::Hir,
}

impl Filter {
    /// What the expression means.
    pub fn hir(&self) -> &hir::Hir {
        &self.hir
    }

    /// The program that says of a frame in the kernel what [`matches()`] says here.
    ///
    /// # Errors
    ///
    /// When the expression exceeds a limit of the kernel's machine.
    pub fn emit(&self, target: &emit::Target) -> Result<emit::Program, emit::EmitError> {
        emit::emit(&self.hir, target)
    }

    /// The same program without what the optimizer does: every load that the text names, in the order of libpcap's. It
    /// says the same of every frame, and is only of use to whoever looks for a mistake of the optimizer.
    ///
    /// # Errors
    ///
    /// As [`Filter::emit`].
    pub fn emit_unoptimized(&self, target: &emit::Target) -> Result<emit::Program, emit::EmitError> {
        emit::emit_unoptimized(&self.hir, target)
    }

    /// Whether every packet is kept, as by the empty expression.
    pub fn is_accept_all(&self) -> bool {
        self.hir == hir::Hir::Const(true)
    }

    /// Whether no packet can be kept, as by `1 = 2` or `ip and ip6`: what the optimizer can prove. A condition that is
    /// too large for it is taken for one that means something.
    pub fn is_reject_all(&self) -> bool {
        ir::build(&self.hir).is_ok_and(passes::rejects_all)
    }
}

/// Reads the text of an expression; `None` when it is blank.
///
/// # Errors
///
/// What is no expression, with the place.
pub fn parse(text: &str) -> Result<Option<ast::Expr<'_>>, Error> {
    parser::parse(text).map_err(|problem| tied(problem, text))
}

/// Compiles an expression for packets as `options` describe them. The blank expression keeps every packet.
///
/// # Errors
///
/// What is no expression, what has no meaning on the link type, and names that `names` does not know, with the place.
pub fn compile(text: &str, options: &Options, names: &dyn Resolve) -> Result<Filter, Error> {
    let hir = match parse(text)? {
        Some(expr) => lower::lower(&expr, text, *options, names).map_err(|problem| tied(problem, text))?,
        None => hir::Hir::Const(true),
    };
    Ok(Filter { hir })
}

/// A problem together with the text it was found in.
fn tied((kind, span): error::Problem, text: &str) -> Error {
    Error { kind, span, text: text.to_owned() }
}

/// One packet as a filter sees it.
#[derive(Clone, Copy, Debug)]
pub struct Packet<'a> {
    /// The captured bytes.
    pub data: &'a [u8],
    /// The length on the wire in bytes.
    pub original_len: u32,
    /// What a live frame has beside its bytes; ignored by filters compiled for savefiles.
    pub metadata: Metadata,
}

/// What the kernel knows of a live frame beside its bytes (`struct __sk_buff`, `include/uapi/linux/bpf.h`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// `skb->protocol` in host byte order.
    pub protocol: u16,
    /// `skb->pkt_type`.
    pub packet_type: u8,
    /// The interface's index.
    pub ifindex: u32,
    /// The control information of the VLAN tag that was taken out of the bytes.
    pub vlan_tci: Option<u16>,
    /// The layers, for filters that see through tunnels.
    pub layers: [Layer; MAX_LAYERS],
}

impl Metadata {
    /// The word of a layer; 0 where there is none.
    fn layer(&self, number: u8) -> u32 {
        self.layers.get(usize::from(number)).map_or(0, |layer| layer.0)
    }
}

/// Names to numbers. The implementation decides where to look; filters never do.
///
/// Each returns an empty list or `None` for a name that does not exist. Kinds of names that an implementation does not speak
/// of have none.
pub trait Resolve {
    /// Addresses of a host.
    fn host(&self, _name: &str) -> Vec<IpAddr> {
        Vec::new()
    }

    /// A network of `/etc/networks`, left-justified as `getnetbyname(3)` gives it.
    fn network(&self, _name: &str) -> Option<u32> {
        None
    }

    /// The ports of a service by transport.
    fn service(&self, _name: &str) -> Service {
        Service::default()
    }

    /// An IP protocol number.
    fn protocol(&self, _name: &str) -> Option<u8> {
        None
    }

    /// The Ethernet address of a host in `/etc/ethers`.
    fn ether(&self, _name: &str) -> Option<[u8; 6]> {
        None
    }

    /// The entries of the set `@name`, which are to be of that kind.
    ///
    /// # Errors
    /// What is wrong with the set, and where.
    fn set(&self, _name: &str, _kind: SetKind) -> Result<Option<Arc<Entries>>, String> {
        Ok(None)
    }
}

/// The ports that a service name stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Service {
    /// Its TCP port.
    pub tcp: Option<u16>,
    /// Its UDP port.
    pub udp: Option<u16>,
}

/// A resolver that knows no names.
#[derive(Clone, Copy, Debug)]
pub struct NoNames;

impl Resolve for NoNames {}
