//! DHCPv6: a message's type in one line, with `-v` its options.

use std::net::Ipv6Addr;

use crate::decode::{Dhcpv6, Payload};
use crate::print::line::Line;
use crate::print::{text, tokens};

/// How deep options in options are printed.
const MAX_DEPTH: u8 = 8;

pub(super) fn print(line: &mut Line<'_>, message: &Dhcpv6<'_>) {
    print_nested(line, message, 0);
}

fn print_nested(line: &mut Line<'_>, message: &Dhcpv6<'_>, depth: u8) {
    line.text("dhcp6 ");
    tokens::print(line, TYPES, message.kind(), ["msgtype-", ""]);
    if !line.is_verbose() {
        return;
    }
    line.text(" (");
    if print_start(line, message).is_none() {
        return line.truncated("dhcp6");
    }
    print_options(line, message.options(), depth);
    line.byte(b')');
}

const TYPES: &[(u8, &str)] = &[
    (1, "solicit"),
    (2, "advertise"),
    (3, "request"),
    (4, "confirm"),
    (5, "renew"),
    (6, "rebind"),
    (7, "reply"),
    (8, "release"),
    (9, "decline"),
    (10, "reconfigure"),
    (11, "inf-req"),
    (12, "relay-fwd"),
    (13, "relay-reply"),
    (14, "leasequery"),
    (15, "leasequery-reply"),
];

fn print_start(line: &mut Line<'_>, message: &Dhcpv6<'_>) -> Option<()> {
    if message.is_relayed() {
        line.labelled_address("linkaddr=", message.link()?);
        line.labelled_address(" peeraddr=", message.peer()?);
    } else {
        line.text("xid=");
        text::hex(line.out, message.transaction().into(), 1);
    }
    Some(())
}

/// Prints options one after the other, and marks where they are cut.
fn print_options(line: &mut Line<'_>, mut rest: Payload<'_>, depth: u8) {
    if depth == MAX_DEPTH {
        return line.text(" [too many layers]");
    }
    // A message that was cut between two options ends there, as for tcpdump.
    while !rest.bytes().is_empty() {
        let Some((code, data)) = Dhcpv6::option(&mut rest).filter(|(_, data)| !data.is_truncated()) else {
            return line.truncated("dhcp6");
        };
        line.text(" (");
        tokens::print(line, OPTIONS, code, ["opt_", ""]);
        match print_option(line, code, data, depth) {
            Printed::All => line.byte(b')'),
            Printed::Bad => line.text(" ?)"),
            Printed::Cut => return line.truncated("dhcp6"),
        }
    }
}

/// What became of an option.
enum Printed {
    /// It was printed.
    All,
    /// Its length cannot be.
    Bad,
    /// It ends in the middle.
    Cut,
}

const OPTIONS: &[(u16, &str)] = &[
    (1, "client-ID"),
    (2, "server-ID"),
    (3, "IA_NA"),
    (4, "IA_TA"),
    (5, "IA_ADDR"),
    (6, "option-request"),
    (7, "preference"),
    (8, "elapsed-time"),
    (9, "relay-message"),
    (11, "authentication"),
    (12, "server-unicast"),
    (13, "status-code"),
    (14, "rapid-commit"),
    (15, "user-class"),
    (16, "vendor-class"),
    (17, "vendor-specific-info"),
    (18, "interface-ID"),
    (19, "reconfigure-message"),
    (20, "reconfigure-accept"),
    (21, "SIP-servers-domain"),
    (22, "SIP-servers-address"),
    (23, "DNS-server"),
    (24, "DNS-search-list"),
    (25, "IA_PD"),
    (26, "IA_PD-prefix"),
    (31, "SNTP-servers"),
    (32, "lifetime"),
    (27, "NIS-server"),
    (28, "NIS+-server"),
    (29, "NIS-domain-name"),
    (30, "NIS+-domain-name"),
    (33, "BCMCS-domain-name"),
    (34, "BCMCS-server"),
    (36, "Geoconf-Civic"),
    (37, "Remote-ID"),
    (38, "Subscriber-ID"),
    (39, "Client-FQDN"),
    (40, "PANA-agent"),
    (41, "POSIX-timezone"),
    (42, "POSIX-tz-database"),
    (43, "Echo-request-option"),
    (44, "Lease-query"),
    (45, "LQ-client-data"),
    (46, "Clt-time"),
    (47, "LQ-relay-data"),
    (48, "LQ-client-link"),
    (56, "NTP-server"),
    (64, "AFTR-Name"),
    (112, "MUD-URL"),
];

fn print_option(line: &mut Line<'_>, code: u16, data: Payload<'_>, depth: u8) -> Printed {
    let len = data.claimed();
    let fits = match code {
        1 | 2 | 13 => len >= 2,
        3 | 25 => len >= 12,
        4 | 37 | 56 => len >= 4,
        5 => len >= 24,
        6 | 43 => len.is_multiple_of(2),
        7 | 19 => len == 1,
        8 => len == 2,
        11 => len >= 11,
        22 | 23 | 27 | 28 | 31 | 34 | 40 | 48 => len.is_multiple_of(16),
        26 => len >= 25,
        32 | 46 => len == 4,
        41 | 42 | 112 => len >= 5,
        44 => len >= 17,
        47 => len >= 16,
        64 => len >= 3,
        _ => true,
    };
    if !fits {
        return Printed::Bad;
    }
    match code {
        21 | 24 => return print_domains(line, data),
        56 => return print_time_servers(line, data),
        1 | 2 => return print_identifier(line, data).unwrap_or(Printed::Bad),
        9 => print_relayed(line, data, depth),
        // A value that is long enough is missing nothing.
        _ => print_value(line, code, data, depth).unwrap_or(()),
    }
    Printed::All
}

fn print_value(line: &mut Line<'_>, code: u16, data: Payload<'_>, depth: u8) -> Option<()> {
    match code {
        3 | 25 => {
            line.labelled(" IAID:", data.get::<u32>(0)?);
            line.labelled(" T1:", data.get::<u32>(4)?);
            line.labelled(" T2:", data.get::<u32>(8)?);
            print_options(line, data.skip(12), depth + 1);
        }
        4 => {
            line.labelled(" IAID:", data.get::<u32>(0)?);
            print_options(line, data.skip(4), depth + 1);
        }
        5 => {
            line.labelled_address(" ", data.get::<Ipv6Addr>(0)?);
            print_lifetimes(line, data.skip(16))?;
            print_options(line, data.skip(24), depth + 1);
        }
        6 | 43 => {
            for word in data.bytes().as_chunks::<2>().0 {
                line.byte(b' ');
                tokens::print(line, OPTIONS, u16::from_be_bytes(*word), ["opt_", ""]);
            }
        }
        7 => line.labelled(" ", data.get::<u8>(0)?),
        8 => line.labelled(" ", data.get::<u16>(0)?),
        11 => print_authentication(line, data)?,
        13 => {
            line.byte(b' ');
            let status: u16 = data.get(0)?;
            if status > 255 {
                line.text("INVALID code");
            } else {
                tokens::print(line, STATUSES, status, ["code", ""]);
            }
        }
        18 | 38 => print_start_of(line, " ", data),
        19 => {
            line.text(" for ");
            match data.get::<u8>(0)? {
                5 => line.text("renew"),
                11 => line.text("inf-req"),
                other => {
                    line.text("???(");
                    text::hex(line.out, other.into(), 2);
                    line.byte(b')');
                }
            }
        }
        22 | 23 | 27 | 28 | 31 | 34 | 40 | 48 => {
            for address in data.bytes().as_chunks::<16>().0 {
                line.labelled_address(" ", Ipv6Addr::from(*address));
            }
        }
        26 => {
            line.labelled_address(" ", data.get::<Ipv6Addr>(9)?);
            line.labelled("/", data.get::<u8>(8)?);
            print_lifetimes(line, data)?;
            print_options(line, data.skip(25), depth + 1);
        }
        32 | 46 => line.labelled(" ", data.get::<u32>(0)?),
        37 => {
            line.labelled(" ", data.get::<u32>(0)?);
            print_start_of(line, " ", data.skip(4));
        }
        41 | 42 | 112 => {
            line.byte(b' ');
            line.untrusted(data.bytes().split(|byte| *byte == 0).next().unwrap_or_default());
        }
        44 => {
            let kind: u8 = data.get(0)?;
            line.byte(b' ');
            tokens::print(line, &[(1, "by-address"), (2, "by-clientID")], kind, ["type_", ""]);
            line.labelled_address(" ", data.get::<Ipv6Addr>(1)?);
            print_options(line, data.skip(17), depth + 1);
        }
        45 => print_options(line, data, depth + 1),
        47 => {
            line.labelled_address(" ", data.get::<Ipv6Addr>(0)?);
            print_start_of(line, " ", data.skip(16));
        }
        64 => print_name(line, data),
        _ => {}
    }
    Some(())
}

const STATUSES: &[(u16, &str)] = &[
    (0, "Success"),
    (1, "UnspecFail"),
    (2, "NoAddrsAvail"),
    (3, "NoBinding"),
    (4, "NotOnLink"),
    (5, "UseMulticast"),
    (6, "NoPrefixAvail"),
    (7, "UnknownQueryType"),
    (8, "MalformedQuery"),
    (9, "NotConfigured"),
    (10, "NotAllowed"),
];

fn print_lifetimes(line: &mut Line<'_>, lifetimes: Payload<'_>) -> Option<()> {
    line.labelled(" pltime:", lifetimes.get::<u32>(0)?);
    line.labelled(" vltime:", lifetimes.get::<u32>(4)?);
    Some(())
}

/// The first ten bytes of something whose form is not known.
fn print_start_of(line: &mut Line<'_>, before: &str, data: Payload<'_>) {
    line.text(before);
    text::hex_bytes(line.out, &data.bytes()[..data.bytes().len().min(10)]);
    line.text("...");
}

/// A unique identifier of a client or a server, RFC 8415 section 11; nothing of one that is too short for its kind.
fn print_identifier(line: &mut Line<'_>, data: Payload<'_>) -> Option<Printed> {
    let kind: u16 = data.get(0)?;
    match kind {
        1 => {
            let (hardware, time): (u16, u32) = (data.get(2)?, data.get(4)?);
            line.labelled(" hwaddr/time type ", hardware);
            line.labelled(" time ", time);
            line.byte(b' ');
            text::hex_bytes(line.out, data.skip(8).bytes());
        }
        2 => {
            let vendor: [u8; 8] = data.get(2)?;
            line.text(" vid ");
            text::hex_bytes(line.out, &vendor);
        }
        3 => {
            line.labelled(" hwaddr type ", data.get::<u16>(2)?);
            line.byte(b' ');
            text::hex_bytes(line.out, data.skip(4).bytes());
        }
        _ => line.labelled(" type ", kind),
    }
    Some(Printed::All)
}

/// The message that a relay passes on. tcpdump closes one bracket of the two.
fn print_relayed(line: &mut Line<'_>, data: Payload<'_>, depth: u8) {
    line.text(" (");
    match Dhcpv6::new(data) {
        Some(message) if depth + 1 < MAX_DEPTH => print_nested(line, &message, depth + 1),
        Some(_) => line.text("[too many layers]"),
        None => {
            line.text("dhcp6");
            line.truncated("dhcp6");
        }
    }
}

fn print_authentication(line: &mut Line<'_>, data: Payload<'_>) -> Option<()> {
    const DELAYED: u8 = 2;
    const RECONFIGURE: u8 = 3;
    let [protocol, algorithm, replay]: [u8; 3] = data.get(0)?;
    line.text(" proto: ");
    tokens::print(line, &[(DELAYED, "delayed"), (RECONFIGURE, "reconfigure")], protocol, ["", ""]);
    line.text(", alg: ");
    tokens::print(line, &[(1, "HMAC-MD5")], algorithm, ["", ""]);
    line.text(", RDM: ");
    tokens::print(line, &[(0, "mono")], replay, ["", ""]);
    line.text(", RD:");
    print_words::<2>(line, data.skip(3).with_claim(8));
    let rest = data.skip(11);
    match (protocol, rest.claimed()) {
        (DELAYED, 0) => {}
        (DELAYED, 20..) => {
            let realm_len = rest.claimed() - 20;
            if realm_len > 0 {
                line.text(", realm: ");
                text::hex_bytes(line.out, rest.with_claim(realm_len).bytes());
            }
            let rest = rest.skip(realm_len as usize);
            line.text(", key ID: ");
            text::hex(line.out, rest.get::<u32>(0)?.into(), 8);
            line.text(", HMAC-MD5:");
            print_words::<4>(line, rest.skip(4));
        }
        (RECONFIGURE, 17) => {
            line.text(match rest.get::<u8>(0)? {
                1 => " reconfig-key",
                2 => " type: HMAC-MD5",
                _ => " type: ??",
            });
            line.text(" value:");
            print_words::<4>(line, rest.skip(1));
        }
        _ => line.text(" ??"),
    }
    Some(())
}

/// Words of so many bytes in hexadecimal.
fn print_words<const BYTES: usize>(line: &mut Line<'_>, data: Payload<'_>) {
    for word in data.bytes().as_chunks::<BYTES>().0 {
        line.byte(b' ');
        text::hex_bytes(line.out, word);
    }
}

fn print_domains(line: &mut Line<'_>, data: Payload<'_>) -> Printed {
    let mut rest = data.bytes();
    while !rest.is_empty() {
        line.byte(b' ');
        match print_domain(line, rest) {
            Some(behind) => rest = behind,
            None => return Printed::Cut,
        }
    }
    Printed::All
}

/// A domain of labels, and gives what is behind it; nothing of one that does not end.
fn print_domain<'a>(line: &mut Line<'_>, mut rest: &'a [u8]) -> Option<&'a [u8]> {
    if let [0, behind @ ..] = rest {
        line.byte(b'.');
        return Some(behind);
    }
    loop {
        let (len, behind) = rest.split_first()?;
        if *len == 0 {
            return Some(behind);
        }
        let Some((label, behind)) = behind.split_at_checked(usize::from(*len)) else {
            line.untrusted(behind);
            return None;
        };
        line.untrusted(label);
        line.byte(b'.');
        rest = behind;
    }
}

/// Servers of NTP, RFC 5908.
fn print_time_servers(line: &mut Line<'_>, data: Payload<'_>) -> Printed {
    let mut rest = data;
    while rest.claimed() > 4 {
        let (Some(code), Some(len)) = (rest.read::<u16>(), rest.read::<u16>()) else { return Printed::Cut };
        let value = rest.with_claim(len.into());
        if value.is_truncated() {
            return Printed::Cut;
        }
        line.labelled(" subopt:", code);
        match (code, value.get::<Ipv6Addr>(0)) {
            (1 | 2, Some(address)) if len == 16 => line.labelled_address(" ", address),
            (3, _) => {
                line.byte(b' ');
                if print_domain(line, value.bytes()).is_none() {
                    return Printed::Cut;
                }
            }
            _ => line.text(" ?"),
        }
        rest = rest.skip(len.into());
    }
    Printed::All
}

/// The name of a tunnel's end, whose labels have points between, RFC 6334.
fn print_name(line: &mut Line<'_>, data: Payload<'_>) {
    line.byte(b' ');
    let mut rest = data.bytes();
    while let [len, behind @ ..] = rest
        && *len != 0
    {
        let Some((label, behind)) =
            behind.split_at_checked((*len).into()).filter(|(_, left)| !left.is_empty())
        else {
            return line.text(" ?");
        };
        line.untrusted(label);
        if behind.first().is_some_and(|len| *len != 0) {
            line.byte(b'.');
        }
        rest = behind;
    }
}
