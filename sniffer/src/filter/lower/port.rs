//! `port` and `portrange`: the ports of TCP, UDP and SCTP, which stand in the same place in all three.

use super::member::Wanted;
use super::{Lowerer, check_max, layers, protocol_span};
use crate::filter::Service;
use crate::filter::ast::{Direction, Id, IdKind, Protocol, Qualifiers, Spanned};
use crate::filter::build::{all, any, compare, equal, masked, or};
use crate::filter::error::{ErrorKind, Problem, Result};
use crate::filter::hir::{Hir, Relation, Size, Value};
use crate::filter::link::protocol;
use crate::filter::parser::{is_number, parse_number};
use crate::filter::span::Span;

/// IP protocol numbers.
const TCP: u32 = 6;
const UDP: u32 = 17;
const SCTP: u32 = 132;
/// Where the ports are in a transport header.
const SOURCE: u32 = 0;
const DESTINATION: u32 = 2;
/// The bits of the IPv4 fragment word that hold the fragment's offset.
const FRAGMENT_OFFSET: u32 = 0x1fff;

/// A port and the transport that it belongs to; none when it may be any.
#[derive(Clone, Copy, Debug)]
struct Port {
    number: u32,
    transport: Option<u32>,
}

/// Both ends included.
pub(super) type PortRange = (u32, u32);

/// Ports of one transport or of any, at one end of a packet or at either.
#[derive(Clone, Debug)]
pub(super) struct Ports {
    pub(super) wanted: Wanted<PortRange>,
    pub(super) transport: Option<u32>,
    pub(super) end: Direction,
}

impl Ports {
    fn of_datagrams_to(port: u32) -> Self {
        Self { wanted: Wanted::One((port, port)), transport: Some(UDP), end: Direction::Dst }
    }

    /// The ports that `load` gives are among them.
    fn hold(&self, load: impl Fn(u32) -> Value) -> Hir {
        let one = |range: &PortRange, field| is_in(*range, &load(field));
        self.wanted.at_ends(self.end, (SOURCE, DESTINATION), one, |field| vec![load(field)])
    }
}

/// The loaded port is one of the range.
fn is_in((low, high): PortRange, port: &Value) -> Hir {
    if low == high {
        return equal(port.clone(), low);
    }
    all([
        compare(Relation::Ge, port.clone(), Value::Const(low)),
        compare(Relation::Le, port.clone(), Value::Const(high)),
    ])
}

impl Lowerer<'_> {
    pub(super) fn port(&self, qualifiers: Qualifiers, id: &Id<'_>) -> Result<Hir> {
        let (range, transport) = self.one_port(qualifiers, id)?;
        self.in_either(&Ports { wanted: Wanted::One(range), transport, end: end(qualifiers) }, id.span)
    }

    /// The port that is meant behind `port`, and the transport it belongs to.
    pub(super) fn one_port(&self, qualifiers: Qualifiers, id: &Id<'_>) -> Result<(PortRange, Option<u32>)> {
        let wanted = self.transport(qualifiers, "port", id.span)?;
        let port = match &id.kind {
            IdKind::Name(name) => {
                let unknown = || (ErrorKind::UnknownName { what: "port", name: (*name).to_owned() }, id.span);
                service(self.names.service(name)).ok_or_else(unknown)?
            }
            _ => self.port_number(id)?,
        };
        let transport = agree(wanted, port.transport, &self.word(id.span), id.span)?;
        Ok(((port.number, port.number), transport))
    }

    pub(super) fn port_range(&self, qualifiers: Qualifiers, id: &Id<'_>) -> Result<Hir> {
        let (range, transport) = self.one_port_range(qualifiers, id)?;
        self.in_either(&Ports { wanted: Wanted::One(range), transport, end: end(qualifiers) }, id.span)
    }

    /// The ports that are meant behind `portrange`, and the transport they belong to.
    pub(super) fn one_port_range(
        &self,
        qualifiers: Qualifiers,
        id: &Id<'_>,
    ) -> Result<(PortRange, Option<u32>)> {
        let wanted = self.transport(qualifiers, "portrange", id.span)?;
        let (first, last) = match &id.kind {
            IdKind::Name(text) => self.range(text, id.span)?,
            _ => self.port_number(id).map(|port| (port, port))?,
        };
        let common = if first.transport == last.transport { first.transport } else { None };
        let transport = agree(wanted, common, &self.word(id.span), id.span)?;
        Ok(((first.number.min(last.number), first.number.max(last.number)), transport))
    }

    /// The transport that the protocol qualifier asks for, and a direction that ports have.
    pub(super) fn transport(&self, qualifiers: Qualifiers, subject: &str, id: Span) -> Result<Option<u32>> {
        if let Some(Spanned { node: Direction::Wlan(_), span }) = qualifiers.direction {
            return Err(self.misfit(span, subject));
        }
        match qualifiers.protocol.map(|protocol| protocol.node) {
            None => Ok(None),
            Some(Protocol::Tcp) => Ok(Some(TCP)),
            Some(Protocol::Udp) => Ok(Some(UDP)),
            Some(Protocol::Sctp) => Ok(Some(SCTP)),
            Some(_) => Err(self.misfit(protocol_span(qualifiers, id), subject)),
        }
    }

    /// A port given as a number.
    fn port_number(&self, id: &Id<'_>) -> Result<Port> {
        match id.kind {
            IdKind::Number(number) => numbered(number, id.span),
            _ => Err((ErrorKind::UnknownName { what: "port", name: self.word(id.span) }, id.span)),
        }
    }

    /// `first-last`, where each is a number or a name. A name may have hyphens, so that every one is tried.
    fn range(&self, text: &str, span: Span) -> Result<(Port, Port)> {
        let mut unknown = text;
        for (at, _) in text.match_indices('-') {
            let (first, last) = (&text[..at], &text[at + 1..]);
            match (self.range_end(first, span)?, self.range_end(last, span)?) {
                (Some(first), Some(last)) => return Ok((first, last)),
                (Some(_), None) => unknown = last,
                (None, _) => unknown = first,
            }
        }
        let problem = (ErrorKind::UnknownName { what: "port", name: unknown.to_owned() }, span);
        self.range_end(text, span)?.map(|port| (port, port)).ok_or(problem)
    }

    fn range_end(&self, text: &str, span: Span) -> Result<Option<Port>> {
        if is_number(text) {
            let number = parse_number(text).map_err(|kind| (kind, span))?;
            return numbered(number, span).map(Some);
        }
        Ok(service(self.names.service(text)))
    }

    /// The ports in IPv6 packets without extension headers and in IPv4 packets that are no later fragment; at a layer, the
    /// ports that there are.
    pub(super) fn in_either(&self, ports: &Ports, span: Span) -> Result<Hir> {
        if let Some(layer) = self.layer() {
            return Ok(all([
                layers::has_transport(layer),
                is_transport(&layers::protocol(layer), ports.transport),
                ports.hold(|field| layers::transport(layer).plus(field).load(Size::Half)),
            ]));
        }
        Ok(or(self.ports_in_ip6(ports, span)?, self.ports_in_ip(ports, span)?))
    }

    fn ports_in_ip6(&self, ports: &Ports, span: Span) -> Result<Hir> {
        Ok(all([
            self.carries(protocol::IP6, span)?,
            is_transport(&self.position.network_at(6).load(Size::Byte), ports.transport),
            ports.hold(|field| self.position.ip6_payload_at(field).load(Size::Half)),
        ]))
    }

    fn ports_in_ip(&self, ports: &Ports, span: Span) -> Result<Hir> {
        Ok(all([
            self.carries(protocol::IP, span)?,
            is_transport(&self.position.network_at(9).load(Size::Byte), ports.transport),
            self.is_first_fragment(),
            ports.hold(|field| self.position.ip_payload(Value::Const(field), Size::Half)),
        ]))
    }

    /// A UDP datagram to `port` in IPv4.
    pub(super) fn udp_in_ip(&self, port: u32, span: Span) -> Result<Hir> {
        self.ports_in_ip(&Ports::of_datagrams_to(port), span)
    }

    /// A UDP datagram to `port` in IPv6.
    pub(super) fn udp_in_ip6(&self, port: u32, span: Span) -> Result<Hir> {
        self.ports_in_ip6(&Ports::of_datagrams_to(port), span)
    }

    /// The IPv4 packet is no fragment, or the first.
    pub(super) fn is_first_fragment(&self) -> Hir {
        masked(self.position.network_at(6).load(Size::Half), FRAGMENT_OFFSET, 0)
    }
}

/// The end of the packet that the qualifiers ask for.
pub(super) fn end(qualifiers: Qualifiers) -> Direction {
    qualifiers.direction.map_or(Direction::SrcOrDst, |direction| direction.node)
}

/// The protocol byte names the transport, or one of the three.
fn is_transport(byte: &Value, transport: Option<u32>) -> Hir {
    match transport {
        Some(number) => equal(byte.clone(), number),
        None => any([TCP, UDP, SCTP].map(|number| equal(byte.clone(), number))),
    }
}

fn numbered(number: u32, span: Span) -> Result<Port> {
    check_max("port number", number, u32::from(u16::MAX), span)?;
    Ok(Port { number, transport: None })
}

/// The port of a service. One that has the same port in TCP and UDP stands for every transport; one with different
/// ports for that of TCP.
fn service(service: Service) -> Option<Port> {
    match (service.tcp, service.udp) {
        (Some(tcp), Some(udp)) if tcp == udp => Some(Port { number: tcp.into(), transport: None }),
        (Some(tcp), _) => Some(Port { number: tcp.into(), transport: Some(TCP) }),
        (None, Some(udp)) => Some(Port { number: udp.into(), transport: Some(UDP) }),
        (None, None) => None,
    }
}

/// The transport that both the qualifier and the service's name allow.
fn agree(wanted: Option<u32>, found: Option<u32>, name: &str, span: Span) -> Result<Option<u32>> {
    match (wanted, found) {
        (Some(wanted), Some(found)) if wanted != found => {
            let protocol = if found == TCP { "tcp" } else { "udp" };
            let problem: Problem = (ErrorKind::PortProtocol { name: name.to_owned(), protocol }, span);
            Err(problem)
        }
        (wanted, found) => Ok(wanted.or(found)),
    }
}
