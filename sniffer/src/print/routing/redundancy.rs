//! How routers and hosts share an address: VRRP, CARP and HSRP.

use std::net::IpAddr;

use crate::decode::{Carp, Checksum, Hsrp, IpProtocol, Layer, Vrrp};
use crate::print::line::Line;
use crate::print::packet::Network;
use crate::print::{text, tokens};

pub(in crate::print) fn print(line: &mut Line<'_>, layer: &Layer<'_>, network: Option<Network<'_>>) {
    match layer {
        Layer::Vrrp(vrrp) => print_vrrp(line, vrrp, network),
        Layer::Carp(carp) => print_carp(line, carp, network).unwrap_or_else(|| line.truncated("carp")),
        Layer::Hsrp(hsrp) => print_hsrp(line, hsrp).unwrap_or_else(|| line.truncated("hsrp")),
        _ => {}
    }
}

/// How many more routers a packet may pass, where it is not as many as only neighbours have.
fn wrong_ttl(network: Option<Network<'_>>) -> Option<u8> {
    let ttl = match network? {
        Network::V4(ip) => ip.ttl(),
        Network::V6 { header, .. } => header.hop_limit(),
    };
    (ttl != u8::MAX).then_some(ttl)
}

fn print_vrrp(line: &mut Line<'_>, vrrp: &Vrrp<'_>, network: Option<Network<'_>>) {
    line.labelled("VRRPv", vrrp.version());
    line.text(", ");
    tokens::print(line, &[(1_u8, "Advertisement")], vrrp.kind(), ["unknown type (", ")"]);
    if let Some(ttl) = wrong_ttl(network) {
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
            line.hex_digits(found, 1);
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
        line.text(" auth \"");
        line.untrusted(text::until_zero(&password));
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
    line.labelled_address("addr=", address);
    if line.is_verbose() {
        line.text(" hellotime=");
        tokens::print_duration(line, hsrp.hello_time()?.into());
        line.text(" holdtime=");
        tokens::print_duration(line, hsrp.hold_time()?.into());
        line.labelled(" priority=", hsrp.priority()?);
        line.text(" auth=\"");
        line.untrusted(text::until_zero(&hsrp.authentication()?));
        line.byte(b'"');
    }
    Some(())
}

fn print_carp(line: &mut Line<'_>, carp: &Carp<'_>, network: Option<Network<'_>>) -> Option<()> {
    let whole = carp.whole();
    line.labelled("CARPv", carp.version()?);
    line.text(if carp.kind()? == 1 { "-advertise " } else { "-unknown " });
    line.number(whole.claimed());
    line.text(": ");
    if let Some(ttl) = wrong_ttl(network) {
        line.labelled("[ttl=", ttl);
        line.text("!] ");
    }
    if !carp.is_advertisement() {
        return Some(());
    }
    let base = carp.base()?;
    line.labelled("vhid=", carp.host()?);
    line.labelled(" advbase=", base);
    line.labelled(" advskew=", carp.skew()?);
    line.labelled(" authlen=", carp.authentication_len()?);
    line.byte(b' ');
    if line.is_verbose() && !whole.is_truncated() {
        let (mut sum, found) = (Checksum::default(), carp.checksum()?);
        sum.add(whole.bytes());
        if sum.expected(found).is_some() {
            line.text(" (bad carp cksum ");
            line.hex_digits(found, 1);
            line.text("!)");
        }
    }
    line.labelled("counter=", carp.counter()?);
    Some(())
}

const HSRP_OPERATIONS: &[(u8, &str)] = &[(0, "hello"), (1, "coup"), (2, "resign")];
const HSRP_STATES: &[(u8, &str)] =
    &[(0, "initial"), (1, "learn"), (2, "listen"), (4, "speak"), (8, "standby"), (16, "active")];
