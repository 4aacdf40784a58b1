//! Interfaces as they are named on the command line, and what is listed of them. Captures nothing.

use std::fmt::Write as _;

use anyhow::{Context as _, ensure};
use sniffer::capture::Interface;
use sniffer::packet::LinkType;
use sniffer::sink;

use super::args::CaptureArgs;
use super::netns::Namespace;
use super::summary;

/// `-D`: the interfaces with the numbers that `-i` takes.
pub(crate) fn list(netns: Option<&str>) -> anyhow::Result<()> {
    let mut out = String::new();
    for (position, interface) in Namespace::open(netns)?.run(Interface::list)??.iter().enumerate() {
        writeln!(out, "{}.{interface}", position + 1)?;
    }
    Ok(sink::print(&out)?)
}

/// `-L`: the link types that `-y` takes.
pub(crate) fn list_link_types(args: &CaptureArgs) -> anyhow::Result<()> {
    let mut out = String::new();
    for interface in Namespace::open(args.netns.as_deref())?.run(|| chosen(&args.interface, None))?? {
        writeln!(out, "Data link types for {} (use option -y to set):", interface.name)?;
        for link_type in interface.link_types() {
            writeln!(out, "  {link_type}")?;
        }
    }
    Ok(sink::print(&out)?)
}

/// `-J`: the sources of time stamps that `-j` takes.
pub(crate) fn list_time_stamp_types(args: &CaptureArgs) -> anyhow::Result<()> {
    let mut out = String::new();
    let namespace = Namespace::open(args.netns.as_deref())?;
    for interface in namespace.run(|| chosen(&args.interface, None))?? {
        writeln!(out, "Time stamp types for {} (use option -j to set):", interface.name)?;
        for known in namespace.run(|| interface.time_stamp_types())?? {
            writeln!(out, "  {} ({})", known.name(), known.description())?;
        }
    }
    Ok(sink::print(&out)?)
}

/// The interfaces of these names or numbers, or the first of the list when none is named.
pub(crate) fn chosen(names: &[String], link_type: Option<LinkType>) -> anyhow::Result<Vec<Interface>> {
    let interfaces: Vec<Interface> = if names.is_empty() {
        let first = Interface::list()?.into_iter().next().context("no interface to capture on")?;
        vec![find(&first.name, link_type)?]
    } else {
        names.iter().map(|name| find(name, link_type)).collect::<Result<_, _>>()?
    };
    for (position, interface) in interfaces.iter().enumerate() {
        let is_twice = interfaces[..position].iter().any(|other| other.index == interface.index);
        ensure!(!is_twice, "{}: the interface is named twice", interface.name);
    }
    let has_any = interfaces.iter().any(Interface::is_any);
    ensure!(!has_any || interfaces.len() == 1, "any stands for all interfaces: name no other beside it");
    Ok(interfaces)
}

/// All interfaces together, with the headers of their frames if all of those are Ethernet's; else says why not.
pub(crate) fn any_with_headers() -> anyhow::Result<Vec<Interface>> {
    let others = Interface::list()?;
    let mut others = others.iter().filter(|interface| !interface.is_any());
    Ok(match others.find(|interface| interface.link_type != LinkType::ETHERNET) {
        Some(other) => {
            summary::cooked_headers(other);
            vec![Interface::any()]
        }
        None => vec![Interface::any_with_headers()],
    })
}

/// The index of the loopback interface, if there is one.
pub(crate) fn loopback() -> anyhow::Result<Option<u32>> {
    let interfaces = Interface::list()?;
    Ok(interfaces.iter().find(|interface| interface.loopback).map(|interface| interface.index))
}

/// The interface of that name or number, giving frames of the link type that was asked for, if one was.
pub(crate) fn find(name: &str, link_type: Option<LinkType>) -> anyhow::Result<Interface> {
    let interface = Interface::find(name)?;
    let Some(link_type) = link_type else { return Ok(interface) };
    interface.clone().with_link_type(link_type).with_context(|| {
        let has: Vec<_> = interface.link_types().iter().map(ToString::to_string).collect();
        format!("{}: frames of this interface have the link type {}", interface.name, has.join(" or "))
    })
}
