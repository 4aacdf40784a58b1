//! The options of DHCPv6, for `-v`.

use std::net::Ipv6Addr;

use super::values;
use crate::decode::{Dhcpv6, Dhcpv6Value, Payload};
use crate::print::line::Line;
use crate::print::tokens;

/// How deep options in options are printed.
pub(super) const MAX_DEPTH: u8 = 8;

/// Prints options one after the other, and marks where they are cut.
pub(super) fn print(line: &mut Line<'_>, mut rest: Payload<'_>, depth: u8) {
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

pub(super) const OPTIONS: &[(u16, &str)] = &[
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
    let Some(value) = Dhcpv6Value::new(code, data) else { return Printed::Bad };
    match value {
        Dhcpv6Value::Domains(domains) => return print_domains(line, domains),
        Dhcpv6Value::TimeServers(servers) => return print_time_servers(line, servers),
        value => values::print(line, value, depth),
    }
    Printed::All
}

fn print_domains(line: &mut Line<'_>, mut rest: &[u8]) -> Printed {
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

/// Servers of NTP.
fn print_time_servers(line: &mut Line<'_>, mut rest: Payload<'_>) -> Printed {
    while rest.claimed() > 4 {
        let Some((code, value)) = Dhcpv6::option(&mut rest).filter(|(_, value)| !value.is_truncated()) else {
            return Printed::Cut;
        };
        line.labelled(" subopt:", code);
        match (code, value.get::<Ipv6Addr>(0)) {
            (1 | 2, Some(address)) if value.claimed() == 16 => line.labelled_address(" ", address),
            (3, _) => {
                line.byte(b' ');
                if print_domain(line, value.bytes()).is_none() {
                    return Printed::Cut;
                }
            }
            _ => line.text(" ?"),
        }
    }
    Printed::All
}
