//! What the options of DHCPv6 say, for `-v`.

use std::net::Ipv6Addr;

use super::{options, print_nested};
use crate::decode::{Dhcpv6, Dhcpv6Authentication, Dhcpv6Identifier, Dhcpv6Value, Payload};
use crate::print::line::Line;
use crate::print::{text, tokens};

/// Prints a value.
pub(super) fn print(line: &mut Line<'_>, value: Dhcpv6Value<'_>, depth: u8) {
    match value {
        Dhcpv6Value::Identifier(identifier) => print_identifier(line, identifier),
        Dhcpv6Value::Association { id, renew, rebind, options } => {
            line.labelled(" IAID:", id);
            line.labelled(" T1:", renew);
            line.labelled(" T2:", rebind);
            options::print(line, options, depth + 1);
        }
        Dhcpv6Value::Temporary { id, options } => {
            line.labelled(" IAID:", id);
            options::print(line, options, depth + 1);
        }
        Dhcpv6Value::Address { address, lifetimes, options } => {
            line.labelled_address(" ", address);
            print_lifetimes(line, lifetimes);
            options::print(line, options, depth + 1);
        }
        Dhcpv6Value::Prefix { prefix, len, lifetimes, options } => {
            line.labelled_address(" ", prefix);
            line.labelled("/", len);
            print_lifetimes(line, lifetimes);
            options::print(line, options, depth + 1);
        }
        Dhcpv6Value::Codes(codes) => {
            for code in codes {
                line.byte(b' ');
                tokens::print(line, options::OPTIONS, u16::from_be_bytes(*code), ["opt_", ""]);
            }
        }
        Dhcpv6Value::Number(number) => line.labelled(" ", number),
        Dhcpv6Value::Relayed(message) => print_relayed(line, message, depth),
        Dhcpv6Value::Authentication(authentication) => print_authentication(line, &authentication),
        Dhcpv6Value::Status(256..) => line.text(" INVALID code"),
        Dhcpv6Value::Status(status) => {
            line.byte(b' ');
            tokens::print(line, STATUSES, status, ["code", ""]);
        }
        Dhcpv6Value::Reconfigure(kind) => {
            line.text(" for ");
            match kind {
                5 => line.text("renew"),
                11 => line.text("inf-req"),
                other => {
                    line.text("???(");
                    line.hex_digits(other, 2);
                    line.byte(b')');
                }
            }
        }
        Dhcpv6Value::Addresses(addresses) => {
            for address in addresses {
                line.labelled_address(" ", Ipv6Addr::from(*address));
            }
        }
        Dhcpv6Value::Remote { enterprise, id } => {
            line.labelled(" ", enterprise);
            print_start_of(line, id);
        }
        Dhcpv6Value::Text(text) => {
            line.byte(b' ');
            line.untrusted(text::until_zero(text));
        }
        Dhcpv6Value::Bytes(bytes) => print_start_of(line, bytes),
        Dhcpv6Value::Query { kind, link, options } => {
            line.byte(b' ');
            tokens::print(line, &[(1, "by-address"), (2, "by-clientID")], kind, ["type_", ""]);
            line.labelled_address(" ", link);
            options::print(line, options, depth + 1);
        }
        Dhcpv6Value::Client(options) => options::print(line, options, depth + 1),
        Dhcpv6Value::Relay { peer, message } => {
            line.labelled_address(" ", peer);
            print_start_of(line, message);
        }
        Dhcpv6Value::Name(name) => print_name(line, name),
        Dhcpv6Value::Domains(_) | Dhcpv6Value::TimeServers(_) | Dhcpv6Value::Other => {}
    }
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

fn print_lifetimes(line: &mut Line<'_>, [preferred, valid]: [u32; 2]) {
    line.labelled(" pltime:", preferred);
    line.labelled(" vltime:", valid);
}

/// The first ten bytes of something whose form is not known.
fn print_start_of(line: &mut Line<'_>, data: Payload<'_>) {
    line.byte(b' ');
    line.hex_bytes(&data.bytes()[..data.bytes().len().min(10)]);
    line.text("...");
}

fn print_identifier(line: &mut Line<'_>, identifier: Dhcpv6Identifier<'_>) {
    match identifier {
        Dhcpv6Identifier::LinkTime { hardware, time, address } => {
            line.labelled(" hwaddr/time type ", hardware);
            line.labelled(" time ", time);
            line.byte(b' ');
            line.hex_bytes(address);
        }
        Dhcpv6Identifier::Vendor(vendor) => {
            line.text(" vid ");
            line.hex_bytes(&vendor);
        }
        Dhcpv6Identifier::Link { hardware, address } => {
            line.labelled(" hwaddr type ", hardware);
            line.byte(b' ');
            line.hex_bytes(address);
        }
        Dhcpv6Identifier::Other(kind) => line.labelled(" type ", kind),
    }
}

/// The message that a relay passes on. tcpdump closes one bracket of the two.
fn print_relayed(line: &mut Line<'_>, data: Payload<'_>, depth: u8) {
    line.text(" (");
    match Dhcpv6::new(data) {
        Some(message) if depth + 1 < options::MAX_DEPTH => print_nested(line, &message, depth + 1),
        Some(_) => line.text("[too many layers]"),
        None => {
            line.text("dhcp6");
            line.truncated("dhcp6");
        }
    }
}

fn print_authentication(line: &mut Line<'_>, authentication: &Dhcpv6Authentication<'_>) {
    const DELAYED: u8 = Dhcpv6Authentication::DELAYED;
    const RECONFIGURE: u8 = Dhcpv6Authentication::RECONFIGURE;
    line.text(" proto: ");
    let protocols = &[(DELAYED, "delayed"), (RECONFIGURE, "reconfigure")];
    tokens::print(line, protocols, authentication.protocol, ["", ""]);
    line.text(", alg: ");
    tokens::print(line, &[(1, "HMAC-MD5")], authentication.algorithm, ["", ""]);
    line.text(", RDM: ");
    tokens::print(line, &[(0, "mono")], authentication.replay_method, ["", ""]);
    line.text(", RD:");
    print_words::<2>(line, &authentication.replay);
    match authentication.protocol {
        DELAYED if authentication.information.claimed() == 0 => {}
        DELAYED if let Some((realm, key, digest)) = authentication.delayed() => {
            if !realm.is_empty() {
                line.text(", realm: ");
                line.hex_bytes(realm);
            }
            line.text(", key ID: ");
            line.hex_digits(key, 8);
            line.text(", HMAC-MD5:");
            print_words::<4>(line, digest);
        }
        RECONFIGURE if let Some((kind, value)) = authentication.reconfigure() => {
            line.text(match kind {
                1 => " reconfig-key",
                2 => " type: HMAC-MD5",
                _ => " type: ??",
            });
            line.text(" value:");
            print_words::<4>(line, &value);
        }
        _ => line.text(" ??"),
    }
}

/// Words of so many bytes in hexadecimal.
fn print_words<const BYTES: usize>(line: &mut Line<'_>, data: &[u8]) {
    for word in data.as_chunks::<BYTES>().0 {
        line.byte(b' ');
        line.hex_bytes(word);
    }
}

/// The name of a tunnel's end, whose labels have points between, RFC 6334.
fn print_name(line: &mut Line<'_>, mut rest: &[u8]) {
    line.byte(b' ');
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
