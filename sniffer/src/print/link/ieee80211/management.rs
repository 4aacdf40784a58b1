//! Management frames of IEEE 802.11: who joins which network, and why somebody leaves.

use super::words::{
    BLOCK_ACTIONS, MANAGEMENT, MESH_ACTIONS, MULTIHOP_ACTIONS, NONE, PROTECTION_ACTIONS, REASONS, STATUSES,
    THROUGHPUT_ACTIONS,
};
use super::{le16, print_encryption, print_half};
use crate::decode::Ieee80211;
use crate::print::line::Line;
use crate::print::{text, tokens};

pub(super) fn print_management(line: &mut Line<'_>, frame: &Ieee80211<'_>) -> Option<()> {
    let subtype = frame.subtype();
    if let Some(name) = tokens::name(MANAGEMENT, subtype) {
        line.text(name);
    } else {
        line.text("Unhandled Management subtype(");
        line.hex_digits(subtype, 1);
        line.text(")");
    }
    let body = frame.payload();
    if frame.is_protected() {
        return print_encryption(line, body);
    }
    match subtype {
        0 | 4 => print_association(line, frame),
        1 | 3 => print_association_response(line, frame),
        2 => {
            let elements = Elements::of(frame)?;
            elements.print_name(line);
            line.text(" AP : ");
            line.mac(&body.get::<[u8; 6]>(4)?);
            elements.result()
        }
        5 | 8 => print_beacon(line, frame),
        10 => {
            let reason = le16(body, 0)?;
            line.text(": ");
            line.text(REASONS.get(usize::from(reason)).unwrap_or(&"Reserved"));
            Some(())
        }
        11 => print_authentication(line, frame),
        12 => {
            let reason = le16(body, 0)?;
            print_sender(line, frame)?;
            line.text(": ");
            line.text(REASONS.get(usize::from(reason)).unwrap_or(&"Reserved"));
            Some(())
        }
        13 => print_action(line, frame),
        _ => Some(()),
    }
}

/// The sender in parentheses, unless `-e` has shown it.
fn print_sender(line: &mut Line<'_>, frame: &Ieee80211<'_>) -> Option<()> {
    if !line.options.link_header {
        let (sender, _) = frame.source_and_destination()?;
        line.text(" (");
        line.mac(&sender);
        line.text(")");
    }
    Some(())
}

/// Name and rates behind the fixed part of a body.
fn print_association(line: &mut Line<'_>, frame: &Ieee80211<'_>) -> Option<()> {
    let elements = Elements::of(frame)?;
    elements.print_name(line);
    elements.print_rates(line);
    elements.result()
}

/// Where the capabilities are in a beacon's body.
const BEACON_CAPABILITIES: usize = 10;

/// The capability that data is encrypted.
const PRIVACY: u16 = 0x0010;

fn print_beacon(line: &mut Line<'_>, frame: &Ieee80211<'_>) -> Option<()> {
    let elements = Elements::of(frame)?;
    let capabilities = le16(frame.payload(), BEACON_CAPABILITIES)?;
    elements.print_name(line);
    elements.print_rates(line);
    if frame.subtype() == 8 {
        line.text(if capabilities & 1 == 0 { " IBSS" } else { " ESS" });
    }
    if let Some(channel) = elements.channel {
        line.labelled(" CH: ", channel);
    }
    line.text(if capabilities & PRIVACY == 0 { "" } else { ", PRIVACY" });
    elements.result()
}

fn print_association_response(line: &mut Line<'_>, frame: &Ieee80211<'_>) -> Option<()> {
    let body = frame.payload();
    let (capabilities, status, id) = (le16(body, 0)?, le16(body, 2)?, le16(body, 4)?);
    let elements = Elements::of(frame)?;
    line.text(" AID(");
    line.hex_digits(id & 0x3fff, 1);
    line.text(if capabilities & PRIVACY == 0 { ") :: " } else { ") : PRIVACY : " });
    line.text(STATUSES.get(usize::from(status)).unwrap_or(&"n/a"));
    elements.result()
}

fn print_authentication(line: &mut Line<'_>, frame: &Ieee80211<'_>) -> Option<()> {
    /// Keys that both sides know: one of them proves it.
    const SHARED_KEY: u16 = 1;
    let body = frame.payload();
    let (algorithm, step, status) = (le16(body, 0)?, le16(body, 2)?, le16(body, 4)?);
    let elements = Elements::of(frame)?;
    line.text(" (");
    line.text(["Open System", "Shared Key", "EAP"].get(usize::from(algorithm)).unwrap_or(&"Reserved"));
    line.text(")-");
    line.hex_digits(step, 1);
    let is_challenge = algorithm == SHARED_KEY && matches!(step, 2 | 3);
    line.text(if is_challenge { " [Challenge Text] " } else { ": " });
    if step & 1 != 0 {
        line.text(STATUSES.get(usize::from(status)).unwrap_or(&"n/a"));
    }
    elements.result()
}

fn print_action(line: &mut Line<'_>, frame: &Ieee80211<'_>) -> Option<()> {
    let [category, action]: [u8; 2] = frame.payload().get(0)?;
    print_sender(line, frame)?;
    line.text(": ");
    let (label, actions) = match category {
        0 => ("Spectrum Management ", NONE),
        1 => ("QoS ", NONE),
        2 => ("DLS ", NONE),
        3 => ("BA ", BLOCK_ACTIONS),
        7 => ("HT ", THROUGHPUT_ACTIONS),
        13 => ("MeshAction ", MESH_ACTIONS),
        14 => ("MultiohopAction ", MULTIHOP_ACTIONS),
        15 => ("SelfprotectAction ", PROTECTION_ACTIONS),
        127 => ("Vendor ", NONE),
        _ => {
            line.labelled("Reserved(", category);
            (") ", NONE)
        }
    };
    line.text(label);
    tokens::print(line, actions, action, ["Act#", ""]);
    Some(())
}

/// What the line shows of the elements of a management frame: the first of each kind.
#[derive(Default)]
struct Elements<'a> {
    name: Option<&'a [u8]>,
    rates: Option<&'a [u8]>,
    channel: Option<u8>,
    is_cut: bool,
}

impl<'a> Elements<'a> {
    /// The most bytes of a network's name and of rates.
    const MAX_NAME: usize = 32;
    const MAX_RATES: usize = 16;

    /// Those of a frame; nothing where what is in front of them was not captured.
    fn of(frame: &Ieee80211<'a>) -> Option<Self> {
        let mut found = Self::default();
        for element in frame.elements()? {
            match element {
                None => found.is_cut = true,
                Some((Ieee80211::NAME, name)) if name.len() > Self::MAX_NAME => found.is_cut = true,
                Some((Ieee80211::NAME, name)) => found.name = found.name.or(Some(name)),
                Some((1, rates)) if rates.len() > Self::MAX_RATES => found.is_cut = true,
                Some((1, rates)) if !rates.is_empty() => found.rates = found.rates.or(Some(rates)),
                Some((Ieee80211::CHANNEL, &[channel])) => found.channel = found.channel.or(Some(channel)),
                Some(_) => {}
            }
            if found.is_cut {
                break;
            }
        }
        Some(found)
    }

    fn print_name(&self, line: &mut Line<'_>) {
        if let Some(name) = self.name {
            line.text(" (");
            line.untrusted(text::until_zero(name));
            line.text(")");
        }
    }

    fn print_rates(&self, line: &mut Line<'_>) {
        let Some(rates) = self.rates else { return };
        for (index, rate) in rates.iter().enumerate() {
            line.text(if index == 0 { " [" } else { " " });
            print_half(line, rate & 0x7f);
            line.text(if rate & 0x80 == 0 { "" } else { "*" });
        }
        line.text(" Mbit]");
    }

    fn result(&self) -> Option<()> {
        (!self.is_cut).then_some(())
    }
}
