//! PPP, Cisco's HDLC, what is negotiated over them, and the tags of PPPoE discovery.

use super::ppp_options;
use crate::decode::{Chdlc, Payload, Ppp, PppControl, PppFraming, Slarp};
use crate::print::line::Line;
use crate::print::tokens::{ETHER_TYPES, print_flags};
use crate::print::{hex, text, tokens};

/// Prints a frame. Packets of IP and MPLS in it print themselves.
pub(in crate::print) fn print(line: &mut Line<'_>, ppp: &Ppp<'_>) {
    let (protocol, name) = (ppp.protocol(), tokens::name(PROTOCOLS, ppp.protocol()));
    match ppp.framing() {
        PppFraming::Serial | PppFraming::Foreign => print_serial(line, ppp),
        _ if !line.options.link_header => {}
        framing => {
            line.text(match framing {
                PppFraming::Incoming => "In  ",
                PppFraming::Outgoing => "Out ",
                _ => "",
            });
            line.text(name.unwrap_or("unknown"));
            line.text(" (");
            line.hex(protocol, 4);
            line.labelled("), length ", ppp.whole().claimed());
            if name.is_none() {
                return;
            }
            line.text(": ");
        }
    }
    if ppp.framing() != PppFraming::Foreign {
        print_payload(line, ppp).unwrap_or_else(|| line.truncated("ppp"));
    }
}

/// The header of HDLC.
fn print_serial(line: &mut Line<'_>, ppp: &Ppp<'_>) {
    let Some([address, control]) = ppp.whole().get::<[u8; 2]>(0) else { return };
    if line.options.link_header {
        text::hex_bytes(line.out, &[address]);
        line.byte(b' ');
        text::hex_bytes(line.out, &[control]);
        line.labelled(" ", ppp.whole().claimed());
        line.byte(b' ');
    }
    if ppp.framing() == PppFraming::Serial {
        print_protocol(line, ppp.protocol(), "unknown PPP protocol (");
        line.text(": ");
    } else {
        // tcpdump calls the two bytes behind them so.
        let [address, control] = ppp.protocol().to_be_bytes();
        line.text("unknown addr ");
        text::hex_bytes(line.out, &[address]);
        line.text("; ctrl ");
        text::hex_bytes(line.out, &[control]);
    }
}

fn print_protocol(line: &mut Line<'_>, protocol: u16, unknown: &str) {
    tokens::print_or_hex(line, PROTOCOLS, protocol, 4, [unknown, ")"]);
}

fn print_payload(line: &mut Line<'_>, ppp: &Ppp<'_>) -> Option<()> {
    let (protocol, payload) = (ppp.protocol(), ppp.payload());
    match protocol {
        0x0021 | 0x002f | 0x0057 | 0x0281 | 0x0283 => {}
        0x8021 | 0x8023 | 0x8057 | 0x80fd | 0x8281 | 0xc021 | 0xc02b => {
            return print_control(line, ppp);
        }
        0x003d => print_multilink(line, payload),
        0x00fd => line.text("compressed PPP data"),
        0xc023 => return print_password(line, payload),
        0xc223 => return print_challenge(line, payload),
        _ => {
            print_protocol(line, protocol, "unknown PPP protocol (");
            line.byte(b' ');
            hex::only(line, payload.bytes());
        }
    }
    Some(())
}

/// A packet of a protocol that negotiates: what is said, its identifier and length, with `-v` the rest of it.
fn print_control(line: &mut Line<'_>, ppp: &Ppp<'_>) -> Option<()> {
    let (protocol, payload) = (ppp.protocol(), ppp.payload());
    print_protocol(line, protocol, "unknown ctrl-proto (");
    line.text(", ");
    let Some(control) = PppControl::new(payload) else {
        print_cut(line, protocol);
        return Some(());
    };
    tokens::print_or(line, CODES, control.code, "Unknown Opcode");
    line.text(" (");
    line.hex(control.code, 2);
    line.labelled("), id ", control.id);
    line.labelled(", length ", payload.claimed() + 2);
    if line.is_verbose() { ppp_options::print(line, ppp, &control) } else { Some(()) }
}

/// The mark for a packet of a protocol that negotiates, where it was not captured whole.
pub(super) fn print_cut(line: &mut Line<'_>, protocol: u16) {
    line.text("[|");
    print_protocol(line, protocol, "unknown ctrl-proto (");
    line.text("]");
}

/// A part of a packet that was sent over several lines.
fn print_multilink(line: &mut Line<'_>, payload: Payload<'_>) {
    if !line.options.link_header {
        line.text("MLPPP, ");
    }
    let Some(word) = payload.get::<u16>(0) else { return line.text("[|mlppp]") };
    line.text("seq ");
    line.hex(word & 0x0fff, 3);
    line.text(", Flags [");
    print_flags(line, &[(0x8000_u16, "begin"), (0x4000, "end")], word & 0xc000);
    line.labelled("], length ", payload.claimed());
}

/// The start of a packet of PAP or CHAP: what is said and its identifier. Gives the code, the length that the packet
/// claims and what is behind it; nothing where there is no room for it, which is then said.
fn print_authentication<'a>(
    line: &mut Line<'_>,
    labels: [&str; 2],
    codes: &[(u8, &'static str)],
    mut payload: Payload<'a>,
) -> Option<Result<(u8, u16, Payload<'a>), ()>> {
    if payload.claimed() < CONTROL_LEN {
        line.text("[|");
        line.text(labels[1]);
        if payload.claimed() > 0 {
            line.byte(b' ');
            line.hex(payload.get::<u8>(0)?, 2);
        }
        line.text("]");
        return Some(Err(()));
    }
    let code: u8 = payload.read()?;
    line.text(labels[0]);
    tokens::print_or(line, codes, code, "unknown");
    line.text(" (");
    line.hex(code, 2);
    line.labelled("), id ", payload.read::<u8>()?);
    Some(Ok((code, payload.read()?, payload)))
}

fn print_challenge(line: &mut Line<'_>, payload: Payload<'_>) -> Option<()> {
    let Ok((code, len, mut rest)) = print_authentication(line, ["CHAP, ", "chap"], CHAP_CODES, payload)?
    else {
        return Some(());
    };
    let behind_len = usize::from(len).checked_sub(CONTROL_LEN as usize);
    match code {
        1 | 2 if rest.claimed() > 0 => {
            let value_len: u8 = rest.read()?;
            if rest.claimed() < value_len.into() {
                return Some(());
            }
            line.text(", Value ");
            let value = rest.bytes().get(..value_len.into());
            text::hex_bytes(line.out, value.unwrap_or(rest.bytes()));
            value?;
            line.text(", Name ");
            let name = rest.skip(value_len.into());
            print_text(line, name, behind_len?.checked_sub(1 + usize::from(value_len))?)
        }
        3 | 4 => {
            line.text(", Msg ");
            print_text(line, rest, behind_len?)
        }
        _ => Some(()),
    }
}

fn print_password(line: &mut Line<'_>, payload: Payload<'_>) -> Option<()> {
    let Ok((code, len, rest)) = print_authentication(line, ["PAP, ", "pap"], PAP_CODES, payload)? else {
        return Some(());
    };
    if u32::from(len) > payload.claimed() {
        line.labelled(", length ", len);
        line.text(" > packet size");
        return Some(());
    }
    if u32::from(len) < CONTROL_LEN {
        line.labelled(", length ", len);
        line.text(" < PAP header length");
        return Some(());
    }
    let mut rest = rest.with_claim(u32::from(len) - CONTROL_LEN);
    let (least, labels): (u32, &[&str]) = match code {
        1 => (2, &[", Peer ", ", Name "]),
        2 | 3 => (1, &[", Msg "]),
        _ => return Some(()),
    };
    if rest.claimed() < least {
        line.text("[|pap]");
        return Some(());
    }
    for label in labels {
        if rest.claimed() == 0 {
            break;
        }
        let len: u8 = rest.read()?;
        if rest.claimed() < len.into() {
            break;
        }
        line.text(label);
        print_text(line, rest, len.into())?;
        rest = rest.skip(len.into());
    }
    Some(())
}

/// Text of a length, as far as it was captured.
fn print_text(line: &mut Line<'_>, from: Payload<'_>, len: usize) -> Option<()> {
    let bytes = from.bytes();
    line.untrusted(&bytes[..bytes.len().min(len)]);
    (bytes.len() >= len).then_some(())
}

const CHAP_CODES: &[(u8, &str)] = &[(1, "Challenge"), (2, "Response"), (3, "Success"), (4, "Fail")];
const PAP_CODES: &[(u8, &str)] = &[(1, "Auth-Req"), (2, "Auth-ACK"), (3, "Auth-NACK")];

/// Bytes of the header that the protocols which negotiate share.
const CONTROL_LEN: u32 = 4;

/// Prints a header of Cisco's HDLC.
pub(in crate::print) fn print_chdlc(line: &mut Line<'_>, chdlc: &Chdlc<'_>) {
    let protocol = chdlc.protocol();
    if line.options.link_header {
        tokens::print_or_hex(line, &[(0x0f_u8, "unicast"), (0x8f, "bcast")], chdlc.address(), 2, ["", ""]);
        line.text(", ethertype ");
        tokens::print_or(line, ETHER_TYPES, protocol, "Unknown");
        line.text(" (");
        line.hex(protocol, 4);
        line.labelled("), length ", chdlc.frame_len());
        line.text(": ");
    } else if !matches!(protocol, 0x0800 | 0x86dd | 0x8847 | 0x8848 | 0x8035 | 0xfefe) {
        line.text("unknown CHDLC protocol (");
        line.hex(protocol, 4);
        line.text(")");
    }
}

/// Prints what keeps a line of Cisco's HDLC alive.
pub(in crate::print) fn print_slarp(line: &mut Line<'_>, slarp: &Slarp<'_>) {
    print_slarp_message(line, slarp).unwrap_or_else(|| line.truncated("chdlc_slarp"));
}

fn print_slarp_message(line: &mut Line<'_>, slarp: &Slarp<'_>) -> Option<()> {
    let claimed = slarp.whole().claimed();
    line.labelled("SLARP (length: ", claimed);
    line.text("), ");
    slarp.whole().get::<[u8; Slarp::MIN_LEN]>(0)?;
    match slarp.kind()? {
        0 => line.text("request"),
        1 => {
            line.text("reply ");
            line.ipv4(slarp.address()?);
            line.byte(b'/');
            line.ipv4(slarp.mask()?);
        }
        2 => {
            line.text("keepalive: mineseen=");
            line.hex(slarp.sequence()?, 8);
            line.text(", yourseen=");
            line.hex(slarp.seen()?, 8);
            line.text(", reliability=");
            line.hex(slarp.reliability()?, 4);
            if claimed >= Slarp::UPTIME_LEN as u32 {
                print_uptime(line, slarp.uptime()? / 1000);
            }
        }
        kind => {
            line.hex(kind, 2);
            line.text(" unknown");
            if line.options.verbose < 2 {
                hex::only(line, slarp.whole().skip(4).bytes());
            }
        }
    }
    if line.is_verbose() && claimed > Slarp::UPTIME_LEN as u32 {
        line.labelled(", (trailing junk: ", claimed - Slarp::UPTIME_LEN as u32);
        line.text(" bytes)");
    }
    if line.options.verbose > 1 {
        hex::only(line, slarp.whole().skip(4).bytes());
    }
    Some(())
}

fn print_uptime(line: &mut Line<'_>, seconds: u32) {
    line.labelled(", link uptime=", seconds / 86_400);
    line.labelled("d", seconds / 3600 % 24);
    line.labelled("h", seconds / 60 % 60);
    line.labelled("m", seconds % 60);
    line.text("s");
}

/// PPP protocol numbers (<https://www.iana.org/assignments/ppp-numbers>), by tcpdump's names.
pub(super) const PROTOCOLS: &[(u16, &str)] = &[
    (0x0021, "IP"),
    (0x0023, "OSI"),
    (0x0025, "NS"),
    (0x0027, "DECNET"),
    (0x0029, "APPLE"),
    (0x002b, "IPX"),
    (0x002d, "VJC IP"),
    (0x002f, "VJNC IP"),
    (0x0031, "BRPDU"),
    (0x0033, "STII"),
    (0x0035, "VINES"),
    (0x003d, "MLPPP"),
    (0x0057, "IP6"),
    (0x00fd, "Compressed"),
    (0x0201, "HELLO"),
    (0x0231, "LUXCOM"),
    (0x0233, "SNS"),
    (0x0281, "MPLS"),
    (0x0283, "MPLS"),
    (0x8021, "IPCP"),
    (0x8023, "OSICP"),
    (0x8025, "NSCP"),
    (0x8027, "DECNETCP"),
    (0x8029, "APPLECP"),
    (0x802b, "IPXCP"),
    (0x8033, "STIICP"),
    (0x8035, "VINESCP"),
    (0x8057, "IP6CP"),
    (0x80fd, "CCP"),
    (0x8281, "MPLSCP"),
    (0xc021, "LCP"),
    (0xc023, "PAP"),
    (0xc025, "LQM"),
    (0xc027, "SPAP"),
    (0xc02b, "BACP"),
    (0xc02d, "BAP"),
    (0xc03d, "MLPPP-CP"),
    (0xc123, "Old-SPAP"),
    (0xc223, "CHAP"),
    (0xc227, "EAP"),
];

const CODES: &[(u8, &str)] = &[
    (0, "Vendor-Extension"),
    (1, "Conf-Request"),
    (2, "Conf-Ack"),
    (3, "Conf-Nack"),
    (4, "Conf-Reject"),
    (5, "Term-Request"),
    (6, "Term-Ack"),
    (7, "Code-Reject"),
    (8, "Prot-Reject"),
    (9, "Echo-Request"),
    (10, "Echo-Reply"),
    (11, "Disc-Req"),
    (12, "Ident"),
    (13, "Time-Rem"),
    (14, "Reset-Req"),
    (15, "Reset-Ack"),
];

/// The tags of PPPoE discovery, RFC 2516 section 5.
pub(in crate::print) fn print_tags(line: &mut Line<'_>, payload: Payload<'_>) {
    /// The tag that ends the list.
    const END: u16 = 0;
    let mut rest = payload.bytes();
    while let [k0, k1, l0, l1, behind @ ..] = rest {
        let kind = u16::from_be_bytes([*k0, *k1]);
        let len = usize::from(u16::from_be_bytes([*l0, *l1]));
        line.text(" [");
        tokens::print_or_hex(line, TAGS, kind, 1, ["TAG-", ""]);
        let Some((value, after)) = behind.split_at_checked(len) else { return line.truncated("pppoe") };
        if !value.is_empty() {
            print_tag(line, value);
        }
        line.text("]");
        if kind == END {
            return;
        }
        rest = after;
    }
}

/// A tag's value: as text when most of it is, else in hexadecimal.
fn print_tag(line: &mut Line<'_>, value: &[u8]) {
    let printable = value.iter().take(80).filter(|byte| matches!(byte, b' '..=b'~')).count();
    let is_text = printable > value.len().min(80) - printable;
    if is_text {
        line.text(" \"");
        line.untrusted(&value[..value.len().min(80)]);
        line.byte(b'"');
    } else {
        line.text(" 0x");
        for byte in &value[..value.len().min(20)] {
            let start = line.out.len();
            text::hex_bytes(line.out, &[*byte]);
            line.out[start..].make_ascii_uppercase();
        }
        if value.len() > 20 {
            line.text("...");
        }
    }
}

const TAGS: &[(u16, &str)] = &[
    (0x0000, "EOL"),
    (0x0101, "Service-Name"),
    (0x0102, "AC-Name"),
    (0x0103, "Host-Uniq"),
    (0x0104, "AC-Cookie"),
    (0x0105, "Vendor-Specific"),
    (0x0110, "Relay-Session-ID"),
    (0x0120, "PPP-Max-Payload"),
    (0x0201, "Service-Name-Error"),
    (0x0202, "AC-System-Error"),
    (0x0203, "Generic-Error"),
];
