//! DCCP: ports and kind; with `-v` the checksum, with `-vv` the sequence number and options.

use super::dccp_options;
use crate::decode::{Checksum, Dccp, IpProtocol};
use crate::print::line::Line;
use crate::print::packet::Network;
use crate::print::tokens;

pub(in crate::print) fn print(line: &mut Line<'_>, packet: &Dccp<'_>, network: Option<Network<'_>>) {
    print_packet(line, packet, network).unwrap_or_else(|| line.truncated("dccp"));
}

fn print_packet(line: &mut Line<'_>, packet: &Dccp<'_>, network: Option<Network<'_>>) -> Option<()> {
    let (whole, claimed) = (packet.whole(), packet.whole().claimed());
    if whole.bytes().len() < Dccp::SHORT_LEN {
        return None;
    }
    let generic_len = packet.generic_len().unwrap_or(Dccp::SHORT_LEN);
    if print_missing(line, "dccp", claimed, generic_len) {
        return Some(());
    }
    if whole.bytes().len() < generic_len {
        return None;
    }
    if let Some(network) = network {
        line.address(network.source());
        line.labelled(".", packet.source_port()?);
        line.labelled_address(" > ", network.destination());
        line.labelled(".", packet.destination_port()?);
        line.text(": ");
    }
    line.text("DCCP");
    if line.options.quiet > 0 {
        print_length(line, u32::from(packet.data_offset()?) * 4, claimed);
        return Some(());
    }
    if line.is_verbose() {
        print_control(line, packet, network)?;
    }
    line.byte(b' ');
    if !print_kind(line, packet)? {
        return Some(());
    }
    if line.options.verbose > 1 {
        line.labelled("seq ", packet.sequence()?);
        return dccp_options::print(line, packet.options()?);
    }
    Some(())
}

/// What is behind the header, and that there cannot be.
fn print_length(line: &mut Line<'_>, header_len: u32, claimed: u32) {
    line.labelled(" ", claimed.wrapping_sub(header_len));
    if header_len > claimed {
        line.labelled(" [bad hdr length ", header_len);
        line.labelled(" - too long, > ", claimed);
        line.text("]");
    }
}

/// Prints that a packet has no room for `len` bytes, and tells whether that is so.
fn print_missing(line: &mut Line<'_>, of: &str, claimed: u32, len: usize) -> bool {
    let missing = (len as u32).saturating_sub(claimed);
    if missing > 0 {
        line.text("truncated-");
        line.text(of);
        line.labelled(" - ", missing);
        line.text(" bytes missing!");
    }
    missing > 0
}

fn print_control(line: &mut Line<'_>, packet: &Dccp<'_>, network: Option<Network<'_>>) -> Option<()> {
    let control = packet.control()?;
    line.labelled(" (CCVal ", control >> 4);
    line.labelled(", CsCov ", control & 0x0f);
    if let Some(network) = network.filter(|_| !packet.whole().is_truncated()) {
        let found = packet.checksum()?;
        let (source, destination) = (network.source(), network.final_destination());
        let mut sum =
            Checksum::of_pseudo_header(source, destination, IpProtocol::Dccp, packet.whole().claimed());
        sum.add(packet.whole().with_claim(packet.coverage()?).bytes());
        line.labelled_hex(", cksum ", found, 4);
        match sum.expected(found) {
            None => line.text(" (correct)"),
            Some(expected) => {
                line.labelled_hex(" (incorrect -> ", expected, 4);
                line.text(")");
            }
        }
    }
    line.text(")");
    Some(())
}

/// Prints the kind and what it has; tells whether there was room for it.
fn print_kind(line: &mut Line<'_>, packet: &Dccp<'_>) -> Option<bool> {
    let (kind, fixed_len) = (packet.kind()?, packet.fixed_len()?);
    let name = tokens::name(KINDS, kind).unwrap_or_default();
    if print_missing(line, name, packet.whole().claimed(), fixed_len) {
        return Some(false);
    }
    if matches!(kind, Dccp::REQUEST | Dccp::RESPONSE | Dccp::RESET)
        && packet.whole().bytes().len() < fixed_len
    {
        return None;
    }
    tokens::print(line, KINDS, kind, ["unknown-type-", ""]);
    if let Some(service) = packet.service() {
        line.labelled(" (service=", service);
        line.text(")");
    }
    if let Some(code) = packet.reset_code() {
        line.text(" (code=");
        tokens::print_or(line, RESET_CODES, code, "invalid");
        line.text(")");
    }
    line.byte(b' ');
    if !matches!(kind, Dccp::DATA | Dccp::REQUEST) {
        line.labelled("(ack=", packet.acknowledgement()?);
        line.text(") ");
    }
    Some(true)
}

const KINDS: &[(u8, &str)] = &[
    (0, "DCCP-Request"),
    (1, "DCCP-Response"),
    (2, "DCCP-Data"),
    (3, "DCCP-Ack"),
    (4, "DCCP-DataAck"),
    (5, "DCCP-CloseReq"),
    (6, "DCCP-Close"),
    (7, "DCCP-Reset"),
    (8, "DCCP-Sync"),
    (9, "DCCP-SyncAck"),
];
const RESET_CODES: &[(u8, &str)] = &[
    (0, "unspecified"),
    (1, "closed"),
    (2, "aborted"),
    (3, "no_connection"),
    (4, "packet_error"),
    (5, "option_error"),
    (6, "mandatory_error"),
    (7, "connection_refused"),
    (8, "bad_service_code"),
    (9, "too_busy"),
    (10, "bad_init_cookie"),
    (11, "aggression_penalty"),
];
