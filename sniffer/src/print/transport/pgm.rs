//! PGM: ports and length, with `-v` what a packet is and its options.

use super::endpoints;
use crate::decode::{IpProtocol, Payload, Pgm, PgmBody, PgmOption};
use crate::print::line::Line;
use crate::print::names::PortProtocol;
use crate::print::packet::Network;
use crate::print::{application::zmtp, text};

pub(in crate::print) fn print(line: &mut Line<'_>, packet: &Pgm<'_>, network: Option<Network<'_>>) {
    print_packet(line, packet, network).unwrap_or_else(|| line.truncated("pgm"));
}

fn print_packet(line: &mut Line<'_>, packet: &Pgm<'_>, network: Option<Network<'_>>) -> Option<()> {
    const HAS_OPTIONS: u8 = 1;
    let ports = packet.source_port().zip(packet.destination_port());
    let Some((source, destination)) = ports else {
        endpoints::without_ports(line, network, ":");
        return None;
    };
    // Its ports are called as those of TCP.
    endpoints::with_ports(line, network, (IpProtocol::Pgm, PortProtocol::Tcp), [source, destination]);
    line.labelled("PGM, length ", packet.length()?);
    if !line.is_verbose() {
        return Some(());
    }
    line.text(" 0x");
    line.hex_bytes(&packet.source_id()?);
    line.byte(b' ');
    let (kind, mut rest) = (packet.kind()?, packet.body());
    print_body(line, kind, PgmBody::read(kind, &mut rest)?);
    if packet.options()? & HAS_OPTIONS != 0 {
        if !print_options(line, rest)? {
            return Some(());
        }
        // The first of them says how long they all are.
        rest = rest.skip(rest.get::<u16>(2)?.into());
    }
    line.labelled(" [", packet.whole().claimed());
    line.byte(b']');
    if matches!(kind, 4 | 5) && line.options.forced_type.is_some_and(|forced| forced.is_zmtp_in_pgm()) {
        zmtp::print_datagram(line, rest.with_claim(packet.length()?.into()));
    }
    Some(())
}

fn print_body(line: &mut Line<'_>, kind: u8, body: PgmBody) {
    match body {
        PgmBody::Path { sequence, trailing, leading, element } => {
            line.labelled("SPM seq ", sequence);
            line.labelled(" trail ", trailing);
            line.labelled(" lead ", leading);
            line.text(" nla ");
            text::address(line.out, element);
        }
        PgmBody::Poll { sequence, round, element, interval: [interval, random, mask] } => {
            line.labelled("POLL seq ", sequence);
            line.labelled(" round ", round);
            line.text(" nla ");
            text::address(line.out, element);
            line.labelled(" ivl ", interval);
            line.labelled_hex(" rnd ", random, 8);
            line.labelled_hex(" mask ", mask, 8);
        }
        PgmBody::PollResponse { sequence, round } => {
            line.labelled("POLR seq ", sequence);
            line.labelled(" round ", round);
        }
        PgmBody::Data { sequence, trailing } => {
            line.text(if kind == 4 { "ODATA" } else { "RDATA" });
            line.labelled(" trail ", trailing);
            line.labelled(" seq ", sequence);
        }
        PgmBody::Missing { sequence, source, group } => {
            line.text(match kind {
                8 => "NAK (",
                9 => "NNAK (",
                _ => "NCF (",
            });
            text::address(line.out, source);
            line.text(" -> ");
            text::address(line.out, group);
            line.labelled("), seq ", sequence);
        }
        PgmBody::Acknowledgement { sequence } => line.labelled("ACK seq ", sequence),
        PgmBody::Other if kind == 0x0c => line.text("SPMR"),
        PgmBody::Other => {
            line.labelled_hex("UNKNOWN type ", kind, 2);
        }
    }
}

/// The options, the first of which says how long they all are. Tells whether they are as they should be.
fn print_options(line: &mut Line<'_>, options: Payload<'_>) -> Option<bool> {
    let mut rest = options;
    rest.get::<[u8; PgmOption::MIN_LEN as usize]>(0)?;
    let first = PgmOption::next(&mut rest)?;
    if first.kind & !PgmOption::LAST != 0 {
        line.labelled("[First option bad, should be PGM_OPT_LENGTH, is ", first.kind & !PgmOption::LAST);
        line.byte(b']');
        return Some(false);
    }
    if first.len != PgmOption::MIN_LEN {
        return Some(print_bad(line, "OPT_LENGTH", first.len, " != ", 4));
    }
    let total: u16 = first.value.get(0)?;
    let Some(len) = total.checked_sub(PgmOption::MIN_LEN.into()) else {
        line.labelled("[Bad total option length ", total);
        line.text(" < 4]");
        return Some(false);
    };
    line.labelled(" OPTS LEN ", total);
    print_option_list(line, rest.with_claim(len.into()))
}

/// The options behind the first. Tells whether they are as they should be.
fn print_option_list(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<bool> {
    const NO_ROOM: &str = "[Total option length leaves no room for final option]";
    while rest.claimed() > 0 {
        if rest.claimed() < PgmOption::MIN_LEN.into() {
            line.text(NO_ROOM);
            return Some(false);
        }
        let room = rest.claimed();
        let option = PgmOption::next(&mut rest)?;
        if option.len < PgmOption::MIN_LEN {
            line.labelled("[Bad option, length ", option.len);
            line.text(" < 4]");
            break;
        }
        if u32::from(option.len) > room {
            line.text(NO_ROOM);
            return Some(false);
        }
        option.value.all_captured()?;
        if !print_option(line, &option)? {
            return Some(false);
        }
        if option.kind & PgmOption::LAST != 0 {
            break;
        }
    }
    Some(true)
}

fn print_bad(line: &mut Line<'_>, name: &str, len: u8, relation: &str, should: u8) -> bool {
    line.text("[Bad ");
    line.text(name);
    line.labelled(" option, length ", len);
    line.labelled(relation, should);
    line.byte(b']');
    false
}

/// What stands in front of each of the numbers of an option, which is as long as they need.
const NUMBERS: &[(u8, &str, &[&str])] = &[
    (0x01, "OPT_FRAGMENT", &[" FRAG seq ", " off ", " len "]),
    (0x03, "OPT_JOIN", &[" JOIN "]),
    (0x04, "OPT_NAK_BO_IVL", &[" BACKOFF ivl ", " ivlseq "]),
    (0x05, "OPT_NAK_BO_RNG", &[" BACKOFF max ", " min "]),
    (0x08, "OPT_PARITY_PRM", &[" PARITY MAXTGS "]),
    (0x09, "OPT_PARITY_GRP", &[" PARITY GROUP "]),
    (0x0a, "OPT_CURR_TGSIZE", &[" PARITY ATGS "]),
];
/// Options that have nothing but a type.
const WORDS: &[(u8, &str, &str)] = &[
    (0x0b, "OPT_NBR_UNREACH", " NBR_UNREACH"),
    (0x0d, "OPT_SYN", " SYN"),
    (0x0e, "OPT_FIN", " FIN"),
    (0x0f, "OPT_RST", " RST"),
    (0x11, "OPT_CRQST", " CRQST"),
];

/// An option; tells whether its length is that of its type.
fn print_option(line: &mut Line<'_>, option: &PgmOption<'_>) -> Option<bool> {
    let kind = option.kind & !PgmOption::LAST;
    if let Some((_, name, labels)) = NUMBERS.iter().find(|(number, ..)| *number == kind) {
        let len = PgmOption::MIN_LEN + 4 * labels.len() as u8;
        if option.len != len {
            return Some(print_bad(line, name, option.len, " != ", len));
        }
        let mut numbers = option.fields();
        for label in *labels {
            line.labelled(label, numbers.read::<u32>()?);
        }
        return Some(true);
    }
    if let Some((_, name, word)) = WORDS.iter().find(|(number, ..)| *number == kind) {
        if option.len != PgmOption::MIN_LEN {
            return Some(print_bad(line, name, option.len, " != ", PgmOption::MIN_LEN));
        }
        line.text(word);
        return Some(true);
    }
    match kind {
        0x00 if option.len != PgmOption::MIN_LEN => {
            return Some(print_bad(line, "OPT_LENGTH", option.len, " != ", PgmOption::MIN_LEN));
        }
        0x00 => line.labelled(" OPTS LEN (extra?) ", option.value.get::<u16>(0)?),
        0x02 => return print_missing(line, option.fields()),
        0x07 => return print_addressed(line, option, ["OPT_REDIRECT"; 2], " REDIRECT", false),
        0x0c => {
            line.labelled(" PATH_NLA [", option.len);
            line.byte(b']');
        }
        0x10 => line.text(" CR"),
        0x12 => return print_addressed(line, option, ["OPT_PGMCC_DATA"; 2], " PGMCC DATA ", true),
        0x13 => {
            let names = ["PGM_OPT_PGMCC_FEEDBACK", "OPT_PGMCC_FEEDBACK"];
            return print_addressed(line, option, names, " PGMCC FEEDBACK ", true);
        }
        _ => {
            line.text(" OPT_");
            line.upper_hex_bytes(&[option.kind]);
            line.labelled(" [", option.len);
            line.text("] ");
        }
    }
    Some(true)
}

/// The numbers of packets that are missing.
fn print_missing(line: &mut Line<'_>, numbers: Payload<'_>) -> Option<bool> {
    let mut rest = numbers;
    line.text(" NAK LIST");
    while rest.claimed() > 0 {
        if rest.claimed() < 4 {
            line.text("[Option length not a multiple of 4]");
            return Some(false);
        }
        line.labelled(" ", rest.read::<u32>()?);
    }
    Some(true)
}

/// An address behind what may be a number.
fn print_addressed(
    line: &mut Line<'_>,
    option: &PgmOption<'_>,
    names: [&str; 2],
    label: &str,
    has_number: bool,
) -> Option<bool> {
    let least = PgmOption::MIN_LEN + if has_number { 8 } else { 4 };
    if option.len < least {
        return Some(print_bad(line, names[0], option.len, " < ", least));
    }
    let mut fields = option.fields();
    let number = if has_number { Some(fields.read::<u32>()?) } else { None };
    let address_len = match fields.get::<u16>(0)? {
        1 => 4,
        2 => 16,
        _ => return None,
    };
    if option.len != least + address_len {
        print_bad(line, names[1], option.len, " != ", least);
        line.out.pop();
        line.text(" + address size]");
        return Some(false);
    }
    line.text(label);
    if let Some(number) = number {
        line.number(number);
    }
    line.byte(b' ');
    text::address(line.out, PgmOption::address(fields)?);
    Some(true)
}
