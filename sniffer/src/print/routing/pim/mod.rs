//! PIM version 2: its type in one line, with `-v` the header and which of the messages follows.

mod address;
mod hello;
mod message;
mod rendezvous;
pub(in crate::print) mod v1;

use self::address::{print_address, print_group};
use self::hello::print_hello;
use self::message::{print_assert, print_join, print_register};
use self::rendezvous::{print_bootstrap, print_candidate, print_election};
use crate::decode::{Checksum, IpProtocol, Payload, Pim};
use crate::print::line::Line;
use crate::print::packet::Network;
use crate::print::tokens;

/// The types whose packets do not look like most.
const HELLO: u8 = 0;

const REGISTER: u8 = 1;

const GRAFT_ACK: u8 = 7;

pub(in crate::print) fn print(line: &mut Line<'_>, pim: &Pim<'_>, network: Option<Network<'_>>) {
    line.labelled("PIMv", pim.version());
    let is_verbose = line.is_verbose();
    if pim.version() == 2 && !is_verbose {
        line.text(", ");
        tokens::print_or(line, TYPES, pim.kind(), "Unknown Type");
    }
    line.labelled(", length ", pim.whole().claimed());
    if pim.version() == 2 && is_verbose {
        line.text("\n\t");
        tokens::print_or(line, TYPES, pim.kind(), "Unknown Type");
        print_details(line, pim, network).unwrap_or_else(|| line.truncated("pimv2"));
    }
}

const TYPES: &[(u8, &str)] = &[
    (0, "Hello"),
    (1, "Register"),
    (2, "Register Stop"),
    (3, "Join / Prune"),
    (4, "Bootstrap"),
    (5, "Assert"),
    (6, "Graft"),
    (7, "Graft Acknowledgement"),
    (8, "Candidate RP Advertisement"),
    (9, "Prune Refresh"),
    (10, "DF Election"),
    (11, "ECMP Redirect"),
];

fn print_details(line: &mut Line<'_>, pim: &Pim<'_>, network: Option<Network<'_>>) -> Option<()> {
    let claimed = pim.whole().claimed();
    if claimed < 2 {
        line.too_short(claimed, 2_u8);
        return Some(());
    }
    if pim.address_len()? != 0 {
        line.text(", RFC2117-encoding");
    }
    if claimed < Pim::HEADER_LEN as u32 {
        line.too_short(claimed, Pim::HEADER_LEN as u64);
        return Some(());
    }
    print_checksum(line, pim, network)?;
    let mut body = pim.body();
    match pim.kind() {
        HELLO => print_hello(line, pim, body),
        REGISTER => print_register(line, body),
        2 => {
            print_group(line, " group=", pim, &mut body)?;
            print_address(line, " source=", pim, &mut body)
        }
        3 | 6 | GRAFT_ACK => print_join(line, pim, body),
        4 => print_bootstrap(line, pim, body),
        5 => print_assert(line, pim, body),
        8 => print_candidate(line, pim, body),
        9 => {
            print_address(line, " src=", pim, &mut body)?;
            print_group(line, " grp=", pim, &mut body)?;
            print_address(line, " forwarder=", pim, &mut body)?;
            line.text(" TUNR ");
            tokens::print_duration(line, body.read::<u16>()?.into());
            Some(())
        }
        10 => print_election(line, pim, body),
        other => {
            line.labelled(" [type ", other);
            line.byte(b']');
            Some(())
        }
    }
}

fn print_checksum(line: &mut Line<'_>, pim: &Pim<'_>, network: Option<Network<'_>>) -> Option<()> {
    let found = pim.checksum()?;
    line.labelled_hex(", cksum ", found, 4);
    let whole = pim.whole();
    let is_right = |part: Payload<'_>| {
        let mut sum = match network? {
            Network::V4(_) => Checksum::default(),
            Network::V6 { .. } => {
                let (source, destination) = (network?.source(), network?.final_destination());
                Checksum::of_pseudo_header(source, destination, IpProtocol::Pim, part.claimed())
            }
        };
        sum.add(part.bytes());
        (!part.is_truncated()).then(|| sum.expected(found).is_none())
    };
    // The checksum of a register covers its header, or the whole by older routers.
    let header = whole.with_claim(8);
    let verdict = match pim.kind() {
        REGISTER if is_right(header) != Some(false) => is_right(header),
        _ => is_right(whole),
    };
    line.text(match verdict.filter(|_| found != 0) {
        Some(true) => " (correct)",
        Some(false) => " (incorrect)",
        None => " (unverified)",
    });
    Some(())
}
