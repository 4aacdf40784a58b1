//! Names of the system for numbers in packets, and numbers for names in expressions. Knows no packet and no expression.

mod files;
mod resolve;

mod cache;
mod hosts;
mod interfaces;
mod printed;
mod protocols;
mod tables;

pub(crate) use self::hosts::{HostOptions, Hosts, Waiting};
pub(crate) use self::interfaces::{InterfaceNames, SavedNames};
pub(crate) use self::printed::{NameSources, NumberNames, PrintedNames};
pub(crate) use self::resolve::SystemNames;
