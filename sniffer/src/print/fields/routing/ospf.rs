//! OSPF, versions 2 and 3: the header, what a hello says, and the headers of advertisements.

use std::net::Ipv4Addr;

use crate::decode::{
    Ospf, Ospf3Description, Ospf3Hello, Ospf3Lsa, OspfDescription, OspfHello, OspfLsa, Payload,
};
use crate::print::fields::{MAX_ITEMS, Visit, VisitExt as _};

/// The types whose packets are shown.
mod kind {
    pub(super) const HELLO: u8 = 1;
    pub(super) const DESCRIPTION: u8 = 2;
    pub(super) const UPDATE: u8 = 4;
    pub(super) const ACKNOWLEDGEMENT: u8 = 5;
}

pub(in crate::print::fields) fn ospf(packet: &Ospf<'_>, visitor: &mut impl Visit) {
    visitor.number("version", packet.version().into());
    visitor.number("type", packet.kind().into());
    visitor.number_if("length", packet.length());
    visitor.address_if("router", packet.router());
    visitor.address_if("area", packet.area());
    let length = packet.length().unwrap_or_default().into();
    let body = |header_len| packet.whole().with_claim(length).skip(header_len);
    match packet.version() {
        2 => {
            visitor.number_if("authentication_type", packet.authentication_kind());
            version_2(packet.kind(), body(Ospf::V2_HEADER_LEN), visitor);
        }
        3 => {
            visitor.number_if("instance", packet.instance());
            version_3(packet.kind(), body(Ospf::V3_HEADER_LEN), visitor);
        }
        _ => {}
    }
}

fn version_2(kind: u8, body: Payload<'_>, visitor: &mut impl Visit) {
    match kind {
        kind::HELLO => {
            let hello = OspfHello::new(body);
            visitor.address_if("mask", hello.mask());
            visitor.number_if("hello_interval", hello.interval());
            visitor.number_if("dead_interval", hello.dead_interval());
            visitor.number_if("priority", hello.priority());
            visitor.address_if("designated_router", hello.designated());
            visitor.address_if("backup_router", hello.backup());
            neighbors(hello.neighbors(), visitor);
        }
        kind::DESCRIPTION => {
            let description = OspfDescription::new(body);
            visitor.number_if("mtu", description.mtu());
            visitor.number_if("sequence", description.sequence());
            advertisements(description.headers(), Advertisement::version_2, false, visitor);
        }
        kind::UPDATE => advertisements(body.skip(COUNT_LEN), Advertisement::version_2, true, visitor),
        kind::ACKNOWLEDGEMENT => advertisements(body, Advertisement::version_2, false, visitor),
        _ => {}
    }
}

fn version_3(kind: u8, body: Payload<'_>, visitor: &mut impl Visit) {
    match kind {
        kind::HELLO => {
            let hello = Ospf3Hello::new(body);
            visitor.address_if("interface", hello.interface());
            visitor.number_if("hello_interval", hello.interval());
            visitor.number_if("dead_interval", hello.dead_interval());
            visitor.number_if("priority", hello.priority_and_options().map(|word| word >> 24));
            visitor.address_if("designated_router", hello.designated());
            visitor.address_if("backup_router", hello.backup());
            neighbors(hello.neighbors(), visitor);
        }
        kind::DESCRIPTION => {
            let description = Ospf3Description::new(body);
            visitor.number_if("mtu", description.mtu());
            visitor.number_if("sequence", description.sequence());
            advertisements(description.headers(), Advertisement::version_3, false, visitor);
        }
        kind::UPDATE => advertisements(body.skip(COUNT_LEN), Advertisement::version_3, true, visitor),
        kind::ACKNOWLEDGEMENT => advertisements(body, Advertisement::version_3, false, visitor),
        _ => {}
    }
}

fn neighbors(mut routers: Payload<'_>, visitor: &mut impl Visit) {
    visitor.list("neighbors");
    let routers = std::iter::from_fn(|| routers.read::<Ipv4Addr>());
    for router in routers.take(MAX_ITEMS) {
        visitor.item();
        visitor.address("router", router.into());
    }
    visitor.end();
}

/// Bytes of the number of advertisements in front of those of an update.
const COUNT_LEN: usize = 4;

/// What the headers of advertisements of both versions have in common.
struct Advertisement {
    age: u16,
    kind: u16,
    id: Ipv4Addr,
    router: Ipv4Addr,
    sequence: u32,
    length: u16,
}

impl Advertisement {
    /// Bytes of a header.
    const HEADER_LEN: u16 = OspfLsa::HEADER_LEN;

    fn version_2(at: Payload<'_>) -> Option<Self> {
        let OspfLsa { age, kind, id, router, sequence, length, .. } = OspfLsa::new(at)?;
        Some(Self { age, kind: kind.into(), id, router, sequence, length })
    }

    fn version_3(at: Payload<'_>) -> Option<Self> {
        let Ospf3Lsa { age, kind, id, router, sequence, length } = Ospf3Lsa::new(at)?;
        Some(Self { age, kind: kind.0, id, router, sequence, length })
    }
}

/// The headers of advertisements, which have their bodies behind them or not.
fn advertisements(
    mut rest: Payload<'_>,
    read: fn(Payload<'_>) -> Option<Advertisement>,
    have_bodies: bool,
    visitor: &mut impl Visit,
) {
    visitor.list("advertisements");
    for _ in 0..MAX_ITEMS {
        let Some(header) = read(rest).filter(|header| header.length >= Advertisement::HEADER_LEN) else {
            break;
        };
        visitor.item();
        visitor.number("age", header.age.into());
        visitor.number("type", header.kind.into());
        visitor.address("id", header.id.into());
        visitor.address("router", header.router.into());
        visitor.number("sequence", header.sequence.into());
        visitor.number("length", header.length.into());
        rest = rest.skip(if have_bodies { header.length } else { Advertisement::HEADER_LEN }.into());
    }
    visitor.end();
}
