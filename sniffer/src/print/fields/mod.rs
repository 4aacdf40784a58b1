//! What the layers of a frame say, field by field: the one list behind JSON lines and chosen fields. Knows no text form
//! and no I/O.
//!
//! Names of protocols and fields are part of the program's output and documented in `docs/json.md`: they may be added to,
//! and do not change.

mod layer;
mod schema;
mod written;

mod application;
mod link;
mod link_local;
mod network;
mod routing;
mod transport;
mod tunnel;

use std::net::IpAddr;

pub(super) use self::layer::{name, visit};
pub(super) use self::schema::names;
use self::written::Written;
use crate::decode::{Layers, Protocol, StopReason};
use crate::print::text;

/// Takes the fields of a layer, one after the other, in the order of the wire.
pub(super) trait Visit {
    /// An unsigned number.
    fn number(&mut self, name: &'static str, value: u64);
    /// Whether something is so.
    fn flag(&mut self, name: &'static str, value: bool);
    /// A word of this program.
    fn word(&mut self, name: &'static str, value: &'static str);
    /// Bytes that have no better form.
    fn bytes(&mut self, name: &'static str, value: &[u8]);
    /// Bytes that a stranger chose and that are meant to be read, in pieces that belong together.
    fn text<'t>(&mut self, name: &'static str, pieces: impl Iterator<Item = &'t [u8]>);
    /// An address of IPv4 or IPv6.
    fn address(&mut self, name: &'static str, value: IpAddr);
    /// A link-layer address.
    fn mac(&mut self, name: &'static str, value: &[u8]);
    /// A list of groups of fields begins. Lists do not nest.
    fn list(&mut self, name: &'static str);
    /// The next group of the list begins.
    fn item(&mut self);
    /// The list ends.
    fn end(&mut self);
}

/// The most items that are shown of a list: what a message claims costs its sender nothing.
const MAX_ITEMS: usize = 256;

/// The conveniences of every visitor.
trait VisitExt: Visit {
    fn number_if(&mut self, name: &'static str, value: Option<impl Into<u64>>) {
        if let Some(value) = value {
            self.number(name, value.into());
        }
    }

    fn address_if(&mut self, name: &'static str, value: Option<impl Into<IpAddr>>) {
        if let Some(value) = value {
            self.address(name, value.into());
        }
    }

    fn flag_if(&mut self, name: &'static str, value: Option<bool>) {
        if let Some(value) = value {
            self.flag(name, value);
        }
    }

    fn readable_if(&mut self, name: &'static str, value: Option<&[u8]>) {
        if let Some(value) = value {
            self.readable(name, value);
        }
    }

    fn mac_if<const N: usize>(&mut self, name: &'static str, value: Option<[u8; N]>) {
        if let Some(value) = value {
            self.mac(name, &value);
        }
    }

    /// A text up to the zeros that fill its field.
    fn padded(&mut self, name: &'static str, value: &[u8]) {
        self.readable(name, text::until_zero(value));
    }

    fn written(&mut self, name: &'static str, value: &Written) {
        if let Some(text) = value.finish() {
            self.readable(name, text);
        }
    }

    fn readable(&mut self, name: &'static str, value: &[u8]) {
        self.text(name, std::iter::once(value));
    }
}

impl<V: Visit> VisitExt for V {}

/// Shows where and why decoding stopped, and how much is left.
pub(super) fn visit_stop(layers: &Layers<'_>, visitor: &mut impl Visit) {
    let stop = layers.stop();
    visitor.word(
        "reason",
        match stop.reason {
            StopReason::End => "end",
            StopReason::Truncated => "truncated",
            StopReason::Malformed => "malformed",
            StopReason::Unsupported => "unsupported",
            StopReason::Fragment => "fragment",
            StopReason::Depth => "depth",
        },
    );
    visitor.number("offset", stop.offset.into());
    match stop.protocol {
        Protocol::EtherType(number) => visitor.number("ether_type", u16::from(number).into()),
        Protocol::IpProtocol(number) | Protocol::NextHeader(number) => {
            visitor.number("ip_protocol", u8::from(number).into());
        }
        Protocol::Link(link_type) => visitor.number("link_type", link_type.0.into()),
        Protocol::Cisco(number) => visitor.number("cisco_protocol", number.into()),
        Protocol::LinuxProtocol(number) => visitor.number("linux_protocol", number.into()),
        Protocol::AddressFamily(number) => visitor.number("address_family", number.into()),
        _ => {}
    }
    visitor.number("captured", layers.rest().bytes().len() as u64);
    visitor.number("claimed", layers.rest().claimed().into());
}
