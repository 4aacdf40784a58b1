//! PPP: frames and their protocols. What peers negotiate and how they prove themselves has files of its own.

mod authentication;
mod ccp;
mod control;
mod ipcp;
mod lcp;
mod options;

use self::authentication::{print_challenge, print_password};
use self::control::print_control;
use crate::decode::{Payload, Ppp, PppFraming};
use crate::print::line::Line;
use crate::print::tokens::print_flags;
use crate::print::{hex, tokens};

/// Prints a frame. Packets of IP and MPLS in it print themselves.
pub(in crate::print) fn print(line: &mut Line<'_>, ppp: &Ppp<'_>) {
    let (protocol, name) = (ppp.protocol(), tokens::name(PROTOCOLS, ppp.protocol()));
    line.text(if ppp.framing() == PppFraming::Ethernet { ": " } else { "" });
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
            line.labelled_hex(" (", protocol, 4);
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
        line.hex_bytes(&[address]);
        line.byte(b' ');
        line.hex_bytes(&[control]);
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
        line.hex_bytes(&[address]);
        line.text("; ctrl ");
        line.hex_bytes(&[control]);
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

/// A part of a packet that was sent over several lines.
fn print_multilink(line: &mut Line<'_>, payload: Payload<'_>) {
    if !line.options.link_header {
        line.text("MLPPP, ");
    }
    let Some(word) = payload.get::<u16>(0) else { return line.text("[|mlppp]") };
    line.labelled_hex("seq ", word & 0x0fff, 3);
    line.text(", Flags [");
    print_flags(line, &[(0x8000_u16, "begin"), (0x4000, "end")], word & 0xc000);
    line.labelled("], length ", payload.claimed());
}

/// PPP protocol numbers (<https://www.iana.org/assignments/ppp-numbers>), by tcpdump's names.
const PROTOCOLS: &[(u16, &str)] = &[
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
