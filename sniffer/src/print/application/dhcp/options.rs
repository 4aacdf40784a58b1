//! The options of DHCP with `-v`: what each is called and how its value is written.

use std::net::Ipv4Addr;

use super::values;
use crate::decode::{DhcpOption, Payload, Wire};
use crate::print::line::Line;

/// How a value is written.
#[derive(Clone, Copy)]
enum Form {
    /// In quotes.
    Text,
    /// IPv4 addresses.
    Addresses,
    /// Pairs of IPv4 addresses.
    Pairs,
    /// Numbers of 32 bits.
    Longs,
    /// Signed numbers of 32 bits.
    Signed,
    /// Numbers of 16 bits.
    Shorts,
    /// `Y` or `N`.
    Flags,
    /// Numbers of 8 bits with dots between.
    Bytes,
    /// In a way of its own, which also says what is too short.
    Own(fn(&mut Line<'_>, Payload<'_>)),
}

/// The line of an option in front of its value.
pub(super) fn print_head(line: &mut Line<'_>, option: &DhcpOption<'_>) {
    line.text("\n\t    ");
    line.text(name(option.code));
    line.labelled(" (", option.code);
    line.labelled("), length ", option.data.claimed());
    if option.data.claimed() > 0 {
        line.text(": ");
    }
}

/// What an option is called.
pub(super) fn name(code: u8) -> &'static str {
    OPTIONS.iter().find(|known| known.0 == code).map_or("Unknown", |known| known.1)
}

/// The value of an option that was captured whole.
pub(super) fn print_value(line: &mut Line<'_>, option: &DhcpOption<'_>) {
    let data = option.data;
    let form = OPTIONS.iter().find(|known| known.0 == option.code).map(|known| known.2);
    // What is not known is written by its length.
    let form = form.unwrap_or(match data.claimed() {
        len if len % 2 == 1 => Form::Bytes,
        len if len % 4 == 2 => Form::Shorts,
        _ => Form::Longs,
    });
    let left = match form {
        Form::Text => {
            print_text(line, data.bytes());
            0
        }
        Form::Addresses => print_list(line, data, |line, address: Ipv4Addr| line.ipv4(address)),
        Form::Pairs => print_list(line, data, print_pair),
        Form::Longs => print_list(line, data, |line, value: u32| line.number(value)),
        Form::Signed => print_list(line, data, print_signed),
        Form::Shorts => print_list(line, data, |line, value: u16| line.number(value)),
        Form::Flags => print_list(line, data, print_flag),
        Form::Bytes => {
            print_bytes(line, data.bytes());
            0
        }
        Form::Own(print) => {
            print(line, data);
            0
        }
    };
    if left > 0 {
        line.labelled("\n\t  trailing data length ", left);
    }
}

pub(super) fn print_text(line: &mut Line<'_>, text: &[u8]) {
    line.byte(b'"');
    line.untrusted(text);
    line.byte(b'"');
}

/// Prints values with commas between, and tells how many bytes are left behind the last.
fn print_list<T: Wire>(
    line: &mut Line<'_>,
    mut data: Payload<'_>,
    mut print: impl FnMut(&mut Line<'_>, T),
) -> u32 {
    let mut is_first = true;
    while let Some(value) = data.read() {
        if !std::mem::take(&mut is_first) {
            line.byte(b',');
        }
        print(line, value);
    }
    data.claimed()
}

fn print_pair(line: &mut Line<'_>, pair: u64) {
    line.labelled_address("(", Ipv4Addr::from((pair >> 32) as u32));
    line.labelled_address(":", Ipv4Addr::from(pair as u32));
    line.byte(b')');
}

fn print_signed(line: &mut Line<'_>, value: u32) {
    line.signed(value.cast_signed());
}

fn print_flag(line: &mut Line<'_>, value: u8) {
    match value {
        0 => line.byte(b'N'),
        1 => line.byte(b'Y'),
        other => {
            line.number(other);
            line.byte(b'?');
        }
    }
}

pub(super) fn print_bytes(line: &mut Line<'_>, bytes: &[u8]) {
    for (index, byte) in bytes.iter().enumerate() {
        if index > 0 {
            line.byte(b'.');
        }
        line.number(*byte);
    }
}

/// Options: their codes, names and forms.
const OPTIONS: &[(u8, &str, Form)] = &[
    (0, "PAD", Form::Bytes),
    (1, "Subnet-Mask", Form::Addresses),
    (2, "Time-Zone", Form::Signed),
    (3, "Default-Gateway", Form::Addresses),
    (4, "Time-Server", Form::Addresses),
    (5, "IEN-Name-Server", Form::Addresses),
    (6, "Domain-Name-Server", Form::Addresses),
    (7, "LOG", Form::Addresses),
    (8, "CS", Form::Addresses),
    (9, "LPR-Server", Form::Addresses),
    (10, "IM", Form::Addresses),
    (11, "RL", Form::Addresses),
    (12, "Hostname", Form::Text),
    (13, "BS", Form::Shorts),
    (14, "DP", Form::Text),
    (15, "Domain-Name", Form::Text),
    (16, "SS", Form::Addresses),
    (17, "RP", Form::Text),
    (18, "EP", Form::Text),
    (19, "IPF", Form::Flags),
    (20, "SRT", Form::Flags),
    (21, "PF", Form::Pairs),
    (22, "RSZ", Form::Shorts),
    (23, "TTL", Form::Bytes),
    (24, "MTU-Timeout", Form::Longs),
    (25, "MTU-Table", Form::Shorts),
    (26, "MTU", Form::Shorts),
    (27, "LSN", Form::Flags),
    (28, "BR", Form::Addresses),
    (29, "MD", Form::Flags),
    (30, "MS", Form::Flags),
    (31, "Router-Discovery", Form::Flags),
    (32, "RSA", Form::Addresses),
    (33, "Static-Route", Form::Pairs),
    (34, "UT", Form::Flags),
    (35, "AT", Form::Longs),
    (36, "IE", Form::Flags),
    (37, "TT", Form::Bytes),
    (38, "KI", Form::Longs),
    (39, "KG", Form::Flags),
    (40, "YD", Form::Text),
    (41, "YS", Form::Addresses),
    (42, "NTP", Form::Addresses),
    (43, "Vendor-Option", Form::Bytes),
    (44, "Netbios-Name-Server", Form::Addresses),
    (45, "WDD", Form::Addresses),
    (46, "Netbios-Node", Form::Own(values::print_node_type)),
    (47, "Netbios-Scope", Form::Text),
    (48, "XFS", Form::Addresses),
    (49, "XDM", Form::Addresses),
    (50, "Requested-IP", Form::Addresses),
    (51, "Lease-Time", Form::Longs),
    (52, "OO", Form::Own(values::print_overload)),
    (53, "DHCP-Message", Form::Own(values::print_message_type)),
    (54, "Server-ID", Form::Addresses),
    (55, "Parameter-Request", Form::Own(values::print_requested)),
    (56, "MSG", Form::Text),
    (57, "MSZ", Form::Shorts),
    (58, "RN", Form::Longs),
    (59, "RB", Form::Longs),
    (60, "Vendor-Class", Form::Text),
    (61, "Client-ID", Form::Own(values::print_client_id)),
    (64, "N+D", Form::Shorts),
    (65, "N+S", Form::Addresses),
    (66, "TFTP", Form::Text),
    (67, "BF", Form::Text),
    (68, "MH", Form::Addresses),
    (69, "SMTP", Form::Addresses),
    (70, "POP3", Form::Addresses),
    (71, "NNTP", Form::Addresses),
    (72, "WWW", Form::Addresses),
    (73, "FG", Form::Addresses),
    (74, "IRC", Form::Addresses),
    (75, "STS", Form::Addresses),
    (76, "STDA", Form::Addresses),
    (77, "User-Class", Form::Own(values::print_user_class)),
    (78, "SLP-DA", Form::Bytes),
    (79, "SLP-SCOPE", Form::Bytes),
    (80, "SLP-NA", Form::Text),
    (81, "FQDN", Form::Own(values::print_domain_name)),
    (82, "Agent-Information", Form::Own(values::print_relay)),
    (83, "ARMT", Form::Bytes),
    (88, "TZSTR", Form::Text),
    (89, "FQDNS", Form::Bytes),
    (90, "AUTH", Form::Bytes),
    (91, "Last-Transaction-Time", Form::Signed),
    (92, "Associated-IP", Form::Addresses),
    (93, "ARCH", Form::Shorts),
    (94, "NDI", Form::Bytes),
    (95, "LDAP", Form::Text),
    (97, "GUID", Form::Bytes),
    (98, "UAP", Form::Text),
    (100, "POSIX-TZ", Form::Text),
    (101, "TZ-Name", Form::Text),
    (112, "NI", Form::Addresses),
    (113, "NITAG", Form::Text),
    (114, "URL", Form::Text),
    (116, "NOAUTO", Form::Flags),
    (117, "NSSEARCH", Form::Shorts),
    (118, "SUBNET", Form::Addresses),
    (121, "Classless-Static-Route", Form::Own(values::print_routes)),
    (150, "TFTP-Server-Address", Form::Addresses),
    (161, "MUD-URL", Form::Text),
    (249, "Classless-Static-Route-Microsoft", Form::Own(values::print_routes)),
    (255, "END", Form::Bytes),
];
