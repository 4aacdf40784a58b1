//! Interfaces as they are named on the command line, and what is listed of them. Captures nothing.

use std::io::{self, Write as _};

use anyhow::{Context as _, ensure};
use sniffer::capture::Interface;
use sniffer::packet::LinkType;

/// `-D`: the interfaces with the numbers that `-i` takes.
pub(crate) fn list() -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    for (position, interface) in Interface::list()?.iter().enumerate() {
        writeln!(out, "{}.{interface}", position + 1)?;
    }
    Ok(())
}

/// `-L`: the link types that `-y` takes, which is the one that the interface has.
pub(crate) fn list_link_types(name: Option<&str>) -> anyhow::Result<()> {
    let interface = find_or_first(name, None)?;
    let mut out = io::stdout().lock();
    writeln!(out, "Data link types for {} (use option -y to set):", interface.name)?;
    writeln!(out, "  {}", interface.link_type)?;
    Ok(())
}

/// The interface of that name or number, if its frames are of the link type that was asked for.
pub(crate) fn find(name: &str, link_type: Option<LinkType>) -> anyhow::Result<Interface> {
    let interface = Interface::find(name)?;
    ensure!(
        link_type.is_none_or(|wanted| wanted == interface.link_type),
        "{}: frames of this interface have the link type {}",
        interface.name,
        interface.link_type
    );
    Ok(interface)
}

/// The same, or the first of the list when none is named.
pub(crate) fn find_or_first(name: Option<&str>, link_type: Option<LinkType>) -> anyhow::Result<Interface> {
    if let Some(name) = name {
        return find(name, link_type);
    }
    let first = Interface::list()?.into_iter().next().context("no interface to capture on")?;
    find(&first.name, link_type)
}
