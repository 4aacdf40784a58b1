//! How routers share an address: VRRP and HSRP.

use std::net::IpAddr;

use crate::decode::{Checksum, Hsrp, IpProtocol, Layer, Vrrp};
use crate::print::line::Line;
use crate::print::packet::Network;
use crate::print::tokens;

pub(in crate::print) fn print(line: &mut Line<'_>, layer: &Layer<'_>, network: Option<Network<'_>>) {
    match layer {
        Layer::Vrrp(vrrp) => print_vrrp(line, vrrp, network),
        Layer::Hsrp(hsrp) => print_hsrp(line, hsrp).unwrap_or_else(|| line.truncated("hsrp")),
        _ => {}
    }
}

fn print_vrrp(line: &mut Line<'_>, vrrp: &Vrrp<'_>, network: Option<Network<'_>>) {
    line.labelled("VRRPv", vrrp.version());
    line.text(", ");
    tokens::print(line, &[(1_u8, "Advertisement")], vrrp.kind(), ["unknown type (", ")"]);
    let ttl = match network {
        Some(Network::V4(ip)) => ip.ttl(),
        Some(Network::V6 { header, .. }) => header.hop_limit(),
        None => u8::MAX,
    };
    if ttl != u8::MAX {
        line.labelled(", (ttl ", ttl);
        line.text(")");
    }
    if !matches!(vrrp.version(), 2 | 3) || vrrp.kind() != 1 {
        return;
    }
    line.labelled(", vrid ", vrrp.router());
    line.labelled(", prio ", vrrp.priority());
    if vrrp.version() == 2 {
        line.text(", authtype ");
        tokens::print(line, VRRP_AUTHENTICATION, vrrp.authentication(), ["#", ""]);
        line.labelled(", intvl ", vrrp.interval());
        line.text("s");
    } else {
        line.labelled(", intvl ", vrrp.interval());
        line.text("cs");
    }
    line.labelled(", length ", vrrp.whole().claimed());
    if line.is_verbose() {
        print_vrrp_addresses(line, vrrp, network).unwrap_or_else(|| line.truncated("vrrp"));
    }
}

/// A wrong checksum, the addresses that the routers share, and a password in plain text.
fn print_vrrp_addresses(line: &mut Line<'_>, vrrp: &Vrrp<'_>, network: Option<Network<'_>>) -> Option<()> {
    let (whole, found) = (vrrp.whole(), vrrp.whole().get::<u16>(6)?);
    if !whole.is_truncated() {
        let mut sum = match network.filter(|_| vrrp.version() == 3) {
            Some(network) => {
                let (source, destination) = (network.source(), network.final_destination());
                Checksum::of_pseudo_header(source, destination, IpProtocol::Vrrp, whole.claimed())
            }
            None => Checksum::default(),
        };
        sum.add(whole.bytes());
        if sum.expected(found).is_some() {
            line.text(", (bad vrrp cksum ");
            crate::print::text::hex(line.out, found.into(), 1);
            line.text(")");
        }
    }
    let count: u8 = whole.get(3)?;
    line.text(", addrs");
    if count > 1 {
        line.labelled("(", count);
        line.text(")");
    }
    line.byte(b':');
    let mut rest = whole.skip(8);
    for index in 0..count {
        let address = match network {
            Some(Network::V6 { .. }) => IpAddr::V6(rest.read()?),
            _ => IpAddr::V4(rest.read()?),
        };
        line.byte(if index == 0 { b' ' } else { b',' });
        line.address(address);
    }
    if vrrp.version() == 2 && vrrp.authentication() == 1 {
        let password = rest.get::<[u8; 8]>(0)?;
        let end = password.iter().position(|byte| *byte == 0).unwrap_or(password.len());
        line.text(" auth \"");
        line.untrusted(&password[..end]);
        line.text("\"");
    }
    Some(())
}

const VRRP_AUTHENTICATION: &[(u8, &str)] = &[(0, "none"), (1, "simple"), (2, "ah")];

fn print_hsrp(line: &mut Line<'_>, hsrp: &Hsrp<'_>) -> Option<()> {
    line.labelled("HSRPv", hsrp.version());
    if hsrp.version() != 0 {
        return Some(());
    }
    line.byte(b'-');
    tokens::print(line, HSRP_OPERATIONS, hsrp.operation()?, ["unknown (", ")"]);
    line.labelled(" ", hsrp.whole().claimed());
    line.text(": state=");
    tokens::print(line, HSRP_STATES, hsrp.state()?, ["Unknown (", ")"]);
    line.labelled(" group=", hsrp.group()?);
    line.byte(b' ');
    let reserved = hsrp.reserved()?;
    if reserved != 0 {
        line.labelled("[reserved=", reserved);
        line.text("!] ");
    }
    let address = hsrp.virtual_address()?;
    line.text("addr=");
    line.ipv4(address);
    if line.is_verbose() {
        line.text(" hellotime=");
        tokens::print_duration(line, hsrp.hello_time()?.into());
        line.text(" holdtime=");
        tokens::print_duration(line, hsrp.hold_time()?.into());
        line.labelled(" priority=", hsrp.priority()?);
        line.text(" auth=\"");
        line.untrusted(hsrp.authentication()?.split(|byte| *byte == 0).next().unwrap_or_default());
        line.byte(b'"');
    }
    Some(())
}

const HSRP_OPERATIONS: &[(u8, &str)] = &[(0, "hello"), (1, "coup"), (2, "resign")];
const HSRP_STATES: &[(u8, &str)] =
    &[(0, "initial"), (1, "learn"), (2, "listen"), (4, "speak"), (8, "standby"), (16, "active")];
