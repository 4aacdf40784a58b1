//! IEEE 802.11: headers with `-e`, and what management, control and encrypted frames say.

use super::ieee80211_words::{REASONS, STATUSES};
use crate::decode::{Ieee80211, Ieee80211Kind, Payload};
use crate::print::line::Line;
use crate::print::{text, tokens};

pub(in crate::print) fn print(line: &mut Line<'_>, frame: &Ieee80211<'_>) {
    if frame.known_header_len().is_none() {
        return match frame.kind() {
            Ieee80211Kind::Control => {
                line.labelled("unknown 802.11 ctrl frame subtype (", frame.subtype());
                line.text(")");
            }
            _ => line.text("unknown 802.11 frame type (3)"),
        };
    }
    if line.options.link_header {
        print_header(line, frame);
    }
    let printed = match frame.kind() {
        Ieee80211Kind::Management => print_management(line, frame),
        Ieee80211Kind::Control => print_control(line, frame),
        Ieee80211Kind::Data if !frame.is_null() && frame.is_protected() => {
            line.text("Data");
            print_encryption(line, frame.payload())
        }
        Ieee80211Kind::Data | Ieee80211Kind::Extension => Some(()),
    };
    if printed.is_none() {
        line.truncated("802.11");
    }
}

/// Flags and addresses.
fn print_header(line: &mut Line<'_>, frame: &Ieee80211<'_>) {
    if line.is_verbose() {
        print_flags(line, frame);
    }
    match frame.kind() {
        Ieee80211Kind::Management => print_addresses(line, frame, &[("BSSID:", 16), ("DA:", 4), ("SA:", 10)]),
        Ieee80211Kind::Control => print_control_header(line, frame),
        Ieee80211Kind::Data => print_data_header(line, frame),
        Ieee80211Kind::Extension => {}
    }
}

fn print_flags(line: &mut Line<'_>, frame: &Ieee80211<'_>) {
    const FLAGS: &[(u16, &str)] = &[
        (0x2000, "More Data "),
        (0x0400, "More Fragments "),
        (0x1000, "Pwr Mgmt "),
        (0x0800, "Retry "),
        (0x8000, "Strictly Ordered "),
        (0x4000, "Protected "),
    ];
    FLAGS.iter().filter(|(bit, _)| frame.control() & bit != 0).for_each(|(_, name)| line.text(name));
    let has_duration = frame.kind() != Ieee80211Kind::Control || frame.subtype() != POWER_SAVE_POLL;
    if has_duration && let Some(duration) = le16(frame.whole(), 2) {
        line.number(duration);
        line.text("us ");
    }
}

/// Addresses, each behind a word and with a blank behind it.
fn print_addresses(line: &mut Line<'_>, frame: &Ieee80211<'_>, addresses: &[(&str, usize)]) {
    for (label, offset) in addresses {
        let Some(address) = frame.address(*offset) else { return };
        line.text(label);
        line.mac(&address);
        line.byte(b' ');
    }
}

fn print_control_header(line: &mut Line<'_>, frame: &Ieee80211<'_>) {
    match frame.subtype() {
        BLOCK_REQUEST => print_block_request(line, frame),
        POWER_SAVE_POLL => print_addresses(line, frame, &[("BSSID:", 4), ("TA:", 10)]),
        REQUEST_TO_SEND => print_addresses(line, frame, &[("RA:", 4), ("TA:", 10)]),
        END | END_WITH_ACKNOWLEDGEMENT => print_addresses(line, frame, &[("RA:", 4), ("BSSID:", 10)]),
        9 | 12 | 13 => print_addresses(line, frame, &[("RA:", 4)]),
        _ => {}
    }
}

fn print_block_request(line: &mut Line<'_>, frame: &Ieee80211<'_>) {
    line.byte(b' ');
    print_addresses(line, frame, &[("RA:", 4), ("TA:", 10)]);
    let (Some(control), Some(sequence)) = (le16(frame.whole(), 16), le16(frame.whole(), 18)) else { return };
    line.text("CTL(");
    text::hex(line.out, control.into(), 1);
    line.labelled(") SEQ(", sequence);
    line.text(") ");
}

fn print_data_header(line: &mut Line<'_>, frame: &Ieee80211<'_>) {
    let (acknowledges, polls) = (frame.subtype() & 1 != 0, frame.subtype() & 2 != 0);
    if acknowledges || polls || frame.has_quality() {
        line.text("CF ");
        line.text(match (acknowledges, polls) {
            (true, true) => "Ack/Poll",
            (true, false) => "Ack",
            (false, true) => "Poll",
            (false, false) => "",
        });
        line.text(if frame.has_quality() { "+QoS " } else { " " });
    }
    let addresses: &[(&str, usize)] = match (frame.to_distribution(), frame.from_distribution()) {
        (false, false) => &[("DA:", 4), ("SA:", 10), ("BSSID:", 16)],
        (false, true) => &[("DA:", 4), ("BSSID:", 10), ("SA:", 16)],
        (true, false) => &[("BSSID:", 4), ("SA:", 10), ("DA:", 16)],
        (true, true) => &[("RA:", 4), ("TA:", 10), ("DA:", 16), ("SA:", 24)],
    };
    print_addresses(line, frame, addresses);
}

fn print_encryption(line: &mut Line<'_>, body: Payload<'_>) -> Option<()> {
    let word = u32::from_le_bytes(body.get(0)?);
    line.text(" IV:");
    let start = line.out.len();
    text::hex(line.out, (word & 0x00ff_ffff).into(), 1);
    let width = line.out.len() - start;
    line.out.splice(start..start, std::iter::repeat_n(b' ', 3_usize.saturating_sub(width)));
    line.text(" Pad ");
    text::hex(line.out, (word >> 24 & 0x3f).into(), 1);
    line.text(" KeyID ");
    text::hex(line.out, (word >> 30).into(), 1);
    Some(())
}

fn print_control(line: &mut Line<'_>, frame: &Ieee80211<'_>) -> Option<()> {
    tokens::print_or(line, CONTROLS, frame.subtype(), "Unknown Ctrl Subtype");
    let has_header = line.options.link_header;
    let labels: &[(&str, usize)] = match frame.subtype() {
        POWER_SAVE_POLL => {
            line.text(" AID(");
            text::hex(line.out, le16(frame.whole(), 2)?.into(), 1);
            line.text(")");
            return Some(());
        }
        BLOCK_REQUEST if !has_header => {
            print_block_request(line, frame);
            return Some(());
        }
        REQUEST_TO_SEND => &[(" TA:", 10)],
        7 | BLOCK_REQUEST => return Some(()),
        _ => &[(" RA:", 4)],
    };
    if !has_header {
        print_addresses(line, frame, labels);
    }
    Some(())
}

const BLOCK_REQUEST: u8 = 8;
const POWER_SAVE_POLL: u8 = 10;
const REQUEST_TO_SEND: u8 = 11;
const END: u8 = 14;
const END_WITH_ACKNOWLEDGEMENT: u8 = 15;

const CONTROLS: &[(u8, &str)] = &[
    (7, "Control Wrapper"),
    (BLOCK_REQUEST, "BAR"),
    (9, "BA"),
    (POWER_SAVE_POLL, "Power Save-Poll"),
    (REQUEST_TO_SEND, "Request-To-Send"),
    (12, "Clear-To-Send"),
    (13, "Acknowledgment"),
    (END, "CF-End"),
    (END_WITH_ACKNOWLEDGEMENT, "CF-End+CF-Ack"),
];

fn print_management(line: &mut Line<'_>, frame: &Ieee80211<'_>) -> Option<()> {
    let subtype = frame.subtype();
    if let Some(name) = tokens::name(MANAGEMENT, subtype) {
        line.text(name);
    } else {
        line.text("Unhandled Management subtype(");
        text::hex(line.out, subtype.into(), 1);
        line.text(")");
    }
    let body = frame.payload();
    if frame.is_protected() {
        return print_encryption(line, body);
    }
    match subtype {
        0 => print_association(line, frame, 4),
        1 | 3 => print_association_response(line, frame),
        2 => {
            body.get::<[u8; 10]>(0)?;
            let elements = Elements::of(frame, 10);
            elements.print_name(line);
            line.text(" AP : ");
            line.mac(&body.get::<[u8; 6]>(4)?);
            elements.result()
        }
        4 => print_association(line, frame, 0),
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
fn print_association(line: &mut Line<'_>, frame: &Ieee80211<'_>, fixed: usize) -> Option<()> {
    frame.payload().bytes().get(..fixed)?;
    let elements = Elements::of(frame, fixed);
    elements.print_name(line);
    elements.print_rates(line);
    elements.result()
}

/// Bytes of a beacon's body in front of its elements, and where its capabilities are.
const BEACON_LEN: usize = 12;
const BEACON_CAPABILITIES: usize = 10;
/// The capability that data is encrypted.
const PRIVACY: u16 = 0x0010;

fn print_beacon(line: &mut Line<'_>, frame: &Ieee80211<'_>) -> Option<()> {
    frame.payload().bytes().get(..BEACON_LEN)?;
    let capabilities = le16(frame.payload(), BEACON_CAPABILITIES)?;
    let elements = Elements::of(frame, BEACON_LEN);
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
    let elements = Elements::of(frame, 6);
    line.text(" AID(");
    text::hex(line.out, (id & 0x3fff).into(), 1);
    line.text(if capabilities & PRIVACY == 0 { ") :: " } else { ") : PRIVACY : " });
    line.text(STATUSES.get(usize::from(status)).unwrap_or(&"n/a"));
    elements.result()
}

fn print_authentication(line: &mut Line<'_>, frame: &Ieee80211<'_>) -> Option<()> {
    /// Keys that both sides know: one of them proves it.
    const SHARED_KEY: u16 = 1;
    let body = frame.payload();
    let (algorithm, step, status) = (le16(body, 0)?, le16(body, 2)?, le16(body, 4)?);
    let elements = Elements::of(frame, 6);
    line.text(" (");
    line.text(["Open System", "Shared Key", "EAP"].get(usize::from(algorithm)).unwrap_or(&"Reserved"));
    line.text(")-");
    text::hex(line.out, step.into(), 1);
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

const NONE: &[(u8, &str)] = &[];
const BLOCK_ACTIONS: &[(u8, &str)] = &[(0, "ADDBA Request"), (1, "ADDBA Response"), (2, "DELBA")];
const THROUGHPUT_ACTIONS: &[(u8, &str)] = &[(0, "TxChWidth"), (1, "MIMOPwrSave")];
const MESH_ACTIONS: &[(u8, &str)] = &[
    (0, "MeshLink"),
    (1, "HWMP"),
    (2, "Gate Announcement"),
    (3, "Congestion Control"),
    (4, "MCCA Setup Request"),
    (5, "MCCA Setup Reply"),
    (6, "MCCA Advertisement Request"),
    (7, "MCCA Advertisement"),
    (8, "MCCA Teardown"),
    (9, "TBTT Adjustment Request"),
    (10, "TBTT Adjustment Response"),
];
const MULTIHOP_ACTIONS: &[(u8, &str)] = &[(0, "Proxy Update"), (1, "Proxy Update Confirmation")];
const PROTECTION_ACTIONS: &[(u8, &str)] = &[
    (1, "Peering Open"),
    (2, "Peering Confirm"),
    (3, "Peering Close"),
    (4, "Group Key Inform"),
    (5, "Group Key Acknowledge"),
];

const MANAGEMENT: &[(u8, &str)] = &[
    (0, "Assoc Request"),
    (1, "Assoc Response"),
    (2, "ReAssoc Request"),
    (3, "ReAssoc Response"),
    (4, "Probe Request"),
    (5, "Probe Response"),
    (8, "Beacon"),
    (9, "ATIM"),
    (10, "Disassociation"),
    (11, "Authentication"),
    (12, "DeAuthentication"),
    (13, "Action"),
];

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

    /// The elements behind the first `fixed` bytes of a body.
    fn of(frame: &Ieee80211<'a>, fixed: usize) -> Self {
        let mut found = Self::default();
        for element in frame.elements(fixed) {
            match element {
                None => found.is_cut = true,
                Some((0, name)) if name.len() > Self::MAX_NAME => found.is_cut = true,
                Some((0, name)) => found.name = found.name.or(Some(name)),
                Some((1, rates)) if rates.len() > Self::MAX_RATES => found.is_cut = true,
                Some((1, rates)) if !rates.is_empty() => found.rates = found.rates.or(Some(rates)),
                Some((3, &[channel])) => found.channel = found.channel.or(Some(channel)),
                Some(_) => {}
            }
            if found.is_cut {
                break;
            }
        }
        found
    }

    fn print_name(&self, line: &mut Line<'_>) {
        if let Some(name) = self.name {
            line.text(" (");
            let end = name.iter().position(|byte| *byte == 0).unwrap_or(name.len());
            line.untrusted(&name[..end]);
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

/// Half of a number, with one decimal.
pub(super) fn print_half(line: &mut Line<'_>, twice: u8) {
    line.number(twice / 2);
    line.text(if twice.is_multiple_of(2) { ".0" } else { ".5" });
}

fn le16(payload: Payload<'_>, at: usize) -> Option<u16> {
    payload.get(at).map(u16::from_le_bytes)
}
