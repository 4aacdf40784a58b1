//! What the protocols say by which PPP negotiates, with `-v`: their options, and what an echo or a rejection holds.

use std::net::Ipv4Addr;

use super::ppp::{self, PROTOCOLS};
use crate::decode::{Payload, Ppp, PppControl, PppOption, u24};
use crate::print::line::Line;
use crate::print::oui::OUIS;
use crate::print::{hex, text, tokens};

/// Prints what is behind the first line of a packet.
pub(super) fn print(line: &mut Line<'_>, ppp: &Ppp<'_>, control: &PppControl<'_>) -> Option<()> {
    // Two bytes more than the packet are shown: its protocol.
    let protocol_at = ppp.payload().offset().saturating_sub(ppp.whole().offset() + 2);
    let with_protocol = ppp.whole().skip(protocol_at as usize);
    let len = u32::from(control.len?);
    let room = control.data.claimed() + PppControl::HEADER_LEN;
    line.labelled("\n\tencoded length ", len);
    if len < PppControl::HEADER_LEN {
        line.text(" (< 4))");
        return Some(());
    }
    if len > room {
        line.labelled(" (> packet length ", room);
        line.text("))");
        return Some(());
    }
    let data_len = len - PppControl::HEADER_LEN;
    line.labelled(" (=Option(s) length ", data_len);
    line.text(")");
    if data_len == 0 {
        return Some(());
    }
    if line.options.verbose > 1 {
        hex::only(line, with_protocol.with_claim(6).bytes());
    }
    let data = control.data;
    match control.code {
        0 if data_len >= 7 => {
            print_magic(line, data)?;
            print_vendor(line, " Vendor: ", data.skip(4))
        }
        1..=4 => {
            let kinds = OptionKinds::of(ppp.protocol());
            kinds.map_or(Some(()), |kinds| print_options(line, kinds, data, data_len))
        }
        8 if data_len >= 2 => print_rejected(line, data.with_claim(data_len)),
        9..=11 if data_len >= 4 => {
            print_magic(line, data)?;
            print_trailer(line, ppp.protocol(), data.with_claim(data_len).skip(4));
            Some(())
        }
        12 if data_len >= 4 => print_identification(line, ppp.protocol(), data.with_claim(data_len)),
        13 if data_len >= 8 => {
            print_magic(line, data)?;
            line.labelled(", Seconds-Remaining ", data.get::<u32>(4)?);
            line.text("s");
            Some(())
        }
        0 | 5..=13 => Some(()),
        _ => {
            if line.options.verbose == 1 {
                hex::only_behind(line, "\n\t  ", with_protocol.with_claim(len + 2).bytes());
            }
            Some(())
        }
    }
}

fn print_magic(line: &mut Line<'_>, data: Payload<'_>) -> Option<()> {
    let magic: u32 = data.get(0)?;
    line.text("\n\t  Magic-Num ");
    line.hex(magic, 8);
    Some(())
}

fn print_vendor(line: &mut Line<'_>, label: &str, data: Payload<'_>) -> Option<()> {
    let vendor = u24(data.get(0)?);
    line.text(label);
    tokens::print_or(line, OUIS, vendor, "Unknown");
    line.labelled(" (", vendor);
    line.text(")");
    Some(())
}

/// The packet of a protocol that the peer does not have.
fn print_rejected(line: &mut Line<'_>, data: Payload<'_>) -> Option<()> {
    let protocol: u16 = data.get(0)?;
    line.text("\n\t  Rejected ");
    tokens::print_or(line, PROTOCOLS, protocol, "unknown");
    line.text(" Protocol (");
    line.hex(protocol, 4);
    line.text(")");
    let packet = data.skip(2);
    if packet.claimed() > 0 {
        line.text("\n\t  Rejected Packet");
        hex::only_behind(line, "\n\t    ", packet.bytes());
    }
    Some(())
}

fn print_trailer(line: &mut Line<'_>, protocol: u16, trailer: Payload<'_>) {
    if trailer.claimed() == 0 {
        return;
    }
    line.text("\n\t  -----trailing data-----");
    if trailer.is_truncated() {
        ppp::print_cut(line, protocol);
    } else {
        hex::only_behind(line, "\n\t  ", trailer.bytes());
    }
}

fn print_identification(line: &mut Line<'_>, protocol: u16, data: Payload<'_>) -> Option<()> {
    print_magic(line, data)?;
    let message = data.skip(4);
    if message.claimed() > 0 {
        line.text("\n\t  Message\n\t    ");
        line.untrusted(message.bytes());
        if message.is_truncated() {
            ppp::print_cut(line, protocol);
        }
    }
    Some(())
}

/// The options of one protocol.
struct OptionKinds {
    /// What stands in the mark for an option that was cut.
    mark: &'static str,
    names: &'static [(u8, &'static str)],
    /// The name of those without one.
    unknown: &'static str,
    print: Print,
}

type Print = fn(&mut Line<'_>, &PppOption<'_>) -> Result<(), Bad>;

/// Why an option is not printed in full.
enum Bad {
    /// Its length should be so much.
    Length(&'static str),
    /// So should its length be; nothing else is printed of the options.
    LastLength(&'static str),
    /// Nothing is known of it.
    Unknown,
    /// It was not captured.
    Truncated,
    /// The same, with the mark of the options; they end there.
    Cut,
}

impl OptionKinds {
    fn of(protocol: u16) -> Option<&'static Self> {
        const fn of(
            mark: &'static str,
            names: &'static [(u8, &'static str)],
            unknown: &'static str,
            print: Print,
        ) -> OptionKinds {
            OptionKinds { mark, names, unknown, print }
        }
        Some(match protocol {
            0xc021 => const { &of("[|lcp]", LCP_OPTIONS, "", print_lcp) },
            0x8021 => const { &of("[|ipcp]", IPCP_OPTIONS, "unknown", print_ipcp) },
            0x8057 => const { &of("[|ip6cp]", &[(1, "Interface-ID")], "unknown", print_ip6cp) },
            0x80fd => const { &of("[|ccp]", CCP_OPTIONS, "Unknown", print_ccp) },
            0xc02b => const { &of("[|bacp]", &[(1, "Favored-Peer")], "Unknown", print_bacp) },
            _ => return None,
        })
    }

    fn is_lcp(&self) -> bool {
        std::ptr::eq(self.names, LCP_OPTIONS)
    }
}

/// Prints the options of a packet that has `left` bytes for them.
fn print_options(line: &mut Line<'_>, kinds: &OptionKinds, mut rest: Payload<'_>, left: u32) -> Option<()> {
    let most = left + PppControl::HEADER_LEN;
    let mut left = left;
    while left > 0 {
        let Some(option) = PppOption::read(&mut rest) else {
            line.text(kinds.mark);
            return Some(());
        };
        let len = u32::from(option.len);
        if len > most || !print_title(line, kinds, &option) || !print_option(line, kinds, &option)? {
            return Some(());
        }
        if left < len {
            line.labelled(" [remaining options length ", left);
            line.labelled(" < ", len);
            line.text("]");
            line.invalid();
            return Some(());
        }
        left -= len;
    }
    Some(())
}

/// Prints type and length of an option; tells whether it can be so short.
fn print_title(line: &mut Line<'_>, kinds: &OptionKinds, option: &PppOption<'_>) -> bool {
    let is_short = option.len < PppOption::HEADER_LEN;
    match tokens::name(kinds.names, option.kind) {
        None if kinds.is_lcp() => {
            line.text("\n\tunknown LCP option ");
            line.hex(option.kind, 2);
            return !is_short;
        }
        name => {
            line.text("\n\t  ");
            line.text(name.unwrap_or(kinds.unknown));
        }
    }
    line.text(" Option (");
    line.hex(option.kind, 2);
    line.labelled("), length ", option.len);
    line.text(if is_short { " (length bogus, should be >= 2)" } else { "" });
    !is_short
}

/// Prints the value of an option; tells whether others follow, and nothing where it was not captured.
fn print_option(line: &mut Line<'_>, kinds: &OptionKinds, option: &PppOption<'_>) -> Option<bool> {
    if kinds.is_lcp() && tokens::name(kinds.names, option.kind).is_none() {
        return Some(true);
    }
    let (bytes, verbose) = (option.value().bytes(), line.options.verbose);
    match (kinds.print)(line, option) {
        Ok(()) if verbose > 1 => hex::only_behind(line, "\n\t    ", bytes),
        Err(Bad::Unknown) => hex::only_behind(line, "\n\t    ", bytes),
        Ok(()) => {}
        Err(Bad::Length(should_be)) => print_length(line, should_be),
        Err(Bad::LastLength(should_be)) => {
            print_length(line, should_be);
            return Some(false);
        }
        Err(Bad::Truncated) => return None,
        Err(Bad::Cut) => {
            line.text(kinds.mark);
            return Some(false);
        }
    }
    Some(true)
}

fn print_length(line: &mut Line<'_>, should_be: &str) {
    line.text(" (length bogus, should be ");
    line.text(should_be);
    line.text(")");
}

/// A field of an option, or that it was not captured.
fn field<T: crate::decode::Wire>(option: &PppOption<'_>, at: usize) -> Result<T, Bad> {
    option.value().get(at).ok_or(Bad::Truncated)
}

const LCP_OPTIONS: &[(u8, &str)] = &[
    (0, "Vend-Ext"),
    (1, "MRU"),
    (2, "ACCM"),
    (3, "Auth-Prot"),
    (4, "Qual-Prot"),
    (5, "Magic-Num"),
    (6, "deprecated(6)"),
    (7, "PFC"),
    (8, "ACFC"),
    (9, "FCS-Alt"),
    (10, "SDP"),
    (11, "Num-Mode"),
    (12, "deprecated(12)"),
    (13, "Call-Back"),
    (14, "deprecated(14)"),
    (15, "deprecated(15)"),
    (16, "deprecated(16)"),
    (17, "MRRU"),
    (18, "12-Bit seq #"),
    (19, "End-Disc"),
    (20, "Proprietary"),
    (21, "DCE-Id"),
    (22, "MP+"),
    (23, "Link-Disc"),
    (24, "LCP-Auth-Opt"),
    (25, "COBS"),
    (26, "Prefix-elision"),
    (27, "Multilink-header-Form"),
    (28, "I18N"),
    (29, "SDL-over-SONET/SDH"),
    (30, "PPP-Muxing"),
];

fn print_lcp(line: &mut Line<'_>, option: &PppOption<'_>) -> Result<(), Bad> {
    match (option.kind, option.len) {
        (0, ..6) => return Err(Bad::Length(">= 6")),
        (0, _) => print_vendor(line, ": Vendor: ", option.value()).ok_or(Bad::Truncated)?,
        (1 | 17, 4) => line.labelled(": ", field::<u16>(option, 0)?),
        (1, _) => return Err(Bad::Length("= 4")),
        (2 | 5, 6) => {
            let value: u32 = field(option, 0)?;
            line.text(": ");
            line.hex(value, 8);
        }
        (2, _) => return Err(Bad::Length("= 6")),
        (5, _) => return Err(Bad::LastLength("= 6")),
        (3, ..4) => return Err(Bad::Length(">= 4")),
        (3, _) => print_authentication(line, option)?,
        (4, ..4) => return Err(Bad::LastLength(">= 4")),
        (4, _) => line.text(if field::<u16>(option, 0)? == 0xc025 { ": LQR" } else { ": unknown" }),
        (7 | 8, _) => {}
        (13 | 19, ..3) => return Err(Bad::LastLength(">= 3")),
        (13, _) => {
            let operation: u8 = field(option, 0)?;
            line.text(": : Callback Operation ");
            tokens::print_or(line, CALLBACKS, operation, "Unknown");
            line.labelled(" (", operation);
            line.text(")");
        }
        (23, 4) => {
            let number: u16 = field(option, 0)?;
            line.text(": ");
            line.hex(number, 4);
        }
        (17 | 23, _) => return Err(Bad::LastLength("= 4")),
        (19, _) => print_end(line, option)?,
        _ => return Err(Bad::Unknown),
    }
    Ok(())
}

/// How the peer shall prove itself.
fn print_authentication(line: &mut Line<'_>, option: &PppOption<'_>) -> Result<(), Bad> {
    let protocol: u16 = field(option, 0)?;
    line.text(": ");
    line.text(tokens::name(PROTOCOLS, protocol).unwrap_or("Unknown Auth Proto (0x04x)"));
    match protocol {
        0xc223 => {
            // An option that ends before it does not say which; what tcpdump shows stands behind the option.
            let algorithm = option.value().get(2).or(option.behind.get(0));
            let algorithm: u8 = algorithm.ok_or(Bad::Truncated)?;
            line.text(", ");
            tokens::print(line, ALGORITHMS, algorithm, ["Unknown Auth Alg ", ""]);
        }
        0xc023 | 0xc227 | 0xc027 | 0xc123 => {}
        _ => hex::only(line, option.whole.bytes()),
    }
    Ok(())
}

const ALGORITHMS: &[(u8, &str)] = &[(5, "MD5"), (128, "MS-CHAPv1"), (129, "MS-CHAPv2")];

const CALLBACKS: &[(u8, &str)] =
    &[(0, "UserAuth"), (1, "DialString"), (2, "LocalID"), (3, "E.164"), (4, "X.500"), (6, "CBCP")];

/// What tells one end of a bundle of links from others.
fn print_end(line: &mut Line<'_>, option: &PppOption<'_>) -> Result<(), Bad> {
    match (field::<u8>(option, 0)?, option.len) {
        (0, _) => line.text(": Null"),
        (1, _) => line.text(": Local"),
        (2, 7) => line.labelled_address(": IPv4 ", field::<Ipv4Addr>(option, 1)?),
        (3, 9) => {
            let address: [u8; 6] = field(option, 1)?;
            line.text(": MAC ");
            line.mac(&address);
        }
        (2, _) => return Err(Bad::LastLength("= 7")),
        (3, _) => return Err(Bad::LastLength("= 9")),
        (4, _) => line.text(": Magic-Num-Block"),
        (5, _) => line.text(": PSNDN"),
        (class, _) => line.labelled(": Unknown class ", class),
    }
    Ok(())
}

const IPCP_OPTIONS: &[(u8, &str)] = &[
    (1, "IP-Addrs"),
    (2, "IP-Comp"),
    (3, "IP-Addr"),
    (4, "Home-Addr"),
    (129, "Pri-DNS"),
    (130, "Pri-NBNS"),
    (131, "Sec-DNS"),
    (132, "Sec-NBNS"),
];

fn print_ipcp(line: &mut Line<'_>, option: &PppOption<'_>) -> Result<(), Bad> {
    match (option.kind, option.len) {
        (1, 10) => {
            line.labelled_address(": src ", field::<Ipv4Addr>(option, 0)?);
            line.labelled_address(", dst ", field::<Ipv4Addr>(option, 4)?);
        }
        (1, _) => return Err(Bad::Length("= 10")),
        (2, ..4) => return Err(Bad::LastLength(">= 4")),
        (2, _) => print_compression(line, option)?,
        (3 | 4 | 129..=132, 6) => line.labelled_address(": ", field::<Ipv4Addr>(option, 0)?),
        (3 | 4 | 129..=132, _) => return Err(Bad::LastLength("= 6")),
        _ => return Err(Bad::Unknown),
    }
    Ok(())
}

/// How headers of IP are compressed.
fn print_compression(line: &mut Line<'_>, option: &PppOption<'_>) -> Result<(), Bad> {
    const HEADER_COMPRESSION: u16 = 0x0061;
    let protocol: u16 = field(option, 0)?;
    line.text(": ");
    let names = &[(0x002d, "VJ-Comp"), (HEADER_COMPRESSION, "IP Header Compression")];
    tokens::print_or(line, names, protocol, "Unknown");
    line.text(" (");
    line.hex(protocol, 2);
    line.text("):");
    if protocol != HEADER_COMPRESSION {
        return Ok(());
    }
    if option.len < 14 {
        return Err(Bad::LastLength(">= 14"));
    }
    let labels = ["\n\t    TCP Space ", ", non-TCP Space ", ", maxPeriod ", ", maxTime ", ", maxHdr "];
    if option.value().is_truncated() {
        return Err(Bad::Cut);
    }
    let numbers: [u8; 10] = option.value().get(2).ok_or(Bad::Cut)?;
    for (label, number) in labels.iter().zip(numbers.as_chunks().0) {
        line.labelled(label, u16::from_be_bytes(*number));
    }
    let mut rest = option.value().skip(12);
    if rest.claimed() > 0 {
        line.labelled("\n\t      Suboptions, length ", rest.claimed());
    }
    while rest.claimed() >= 2 {
        let room = rest.claimed();
        let suboption = PppOption::read(&mut rest.skip(0)).ok_or(Bad::Truncated)?;
        if suboption.len == 0 {
            return Ok(());
        }
        line.text("\n\t\t");
        let names = &[(1, "RTP-Compression"), (2, "Enhanced RTP-Compression")];
        tokens::print_or(line, names, suboption.kind, "Unknown");
        line.labelled(" Suboption #", suboption.kind);
        line.labelled(", length ", suboption.len);
        if u32::from(suboption.len) > room {
            line.labelled(" [remaining suboptions length ", room);
            line.labelled(" < ", suboption.len);
            line.text("]");
            line.invalid();
        }
        rest = rest.skip(suboption.len.into());
    }
    Ok(())
}

fn print_ip6cp(line: &mut Line<'_>, option: &PppOption<'_>) -> Result<(), Bad> {
    match (option.kind, option.len) {
        (1, 10) => {
            let id: [u8; 8] = option.value().get(0).ok_or(Bad::Cut)?;
            for (index, group) in id.as_chunks::<2>().0.iter().enumerate() {
                line.text(if index > 0 { ":" } else { ": " });
                text::hex_bytes(line.out, group);
            }
            Ok(())
        }
        (1, _) => Err(Bad::Length("= 10")),
        _ => Err(Bad::Unknown),
    }
}

const CCP_OPTIONS: &[(u8, &str)] = &[
    (0, "OUI"),
    (1, "Pred-1"),
    (2, "Pred-2"),
    (3, "Puddle"),
    (16, "HP-PPC"),
    (17, "Stac-LZS"),
    (18, "MPPC"),
    (19, "Gand-FZA"),
    (20, "V.42bis"),
    (21, "BSD-Comp"),
    (23, "LZS-DCP"),
    (24, "MVRCA"),
    (25, "DEC"),
    (26, "Deflate"),
    (255, "Reserved"),
];

fn print_ccp(line: &mut Line<'_>, option: &PppOption<'_>) -> Result<(), Bad> {
    match (option.kind, option.len) {
        (21, ..3) => return Err(Bad::Length(">= 3")),
        (21, _) => {
            let parameters: u8 = field(option, 0)?;
            line.labelled(": Version: ", parameters >> 5);
            line.labelled(", Dictionary Bits: ", parameters & 0x1f);
        }
        (24 | 26, ..4) => return Err(Bad::Length(">= 4")),
        (24, _) => {
            let [parameters, contexts]: [u8; 2] = field(option, 0)?;
            line.labelled(": Features: ", parameters >> 6);
            line.text(if parameters & 0x20 == 0 { ", PxP: Disabled" } else { ", PxP: Enabled" });
            line.labelled(", History: ", parameters & 0x1f);
            line.labelled(", #CTX-ID: ", contexts);
        }
        (26, _) => {
            let [parameters, check]: [u8; 2] = field(option, 0)?;
            line.labelled(": Window: ", parameters >> 4);
            line.text(if parameters & 0x0f == 8 { "K, Method: zlib (" } else { "K, Method: unknown (" });
            line.hex(parameters & 0x0f, 1);
            line.labelled("), MBZ: ", check >> 2);
            line.labelled(", CHK: ", check & 3);
        }
        _ => return Err(Bad::Unknown),
    }
    Ok(())
}

fn print_bacp(line: &mut Line<'_>, option: &PppOption<'_>) -> Result<(), Bad> {
    match (option.kind, option.len) {
        (1, 6) => {
            let magic: u32 = field(option, 0)?;
            line.text(": Magic-Num ");
            line.hex(magic, 8);
            Ok(())
        }
        (1, _) => Err(Bad::Length("= 6")),
        _ => Err(Bad::Unknown),
    }
}
