//! The options of DHCP with `-v`: what each is called and how its value is written.

use std::net::Ipv4Addr;

use crate::decode::{DhcpOption, Payload, Wire};
use crate::print::hex;
use crate::print::line::Line;
use crate::print::text;
use crate::print::tokens;

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

fn name(code: u8) -> &'static str {
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

fn print_text(line: &mut Line<'_>, text: &[u8]) {
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

fn print_bytes(line: &mut Line<'_>, bytes: &[u8]) {
    for (index, byte) in bytes.iter().enumerate() {
        if index > 0 {
            line.byte(b'.');
        }
        line.number(*byte);
    }
}

fn print_too_short(line: &mut Line<'_>, least: u8) {
    line.fault(&["[ERROR: length < ", ["1", "2", "3", "", "5"][usize::from(least - 1)], " bytes]"]);
}

fn print_message_type(line: &mut Line<'_>, data: Payload<'_>) {
    match data.bytes() {
        [kind] => tokens::print(line, MESSAGE_TYPES, *kind, ["Unknown (", ")"]),
        bytes => print_bytes(line, bytes),
    }
}

const MESSAGE_TYPES: &[(u8, &str)] = &[
    (1, "Discover"),
    (2, "Offer"),
    (3, "Request"),
    (4, "Decline"),
    (5, "ACK"),
    (6, "NACK"),
    (7, "Release"),
    (8, "Inform"),
    (10, "LeaseQuery"),
    (11, "LeaseUnassigned"),
    (12, "LeaseUnknown"),
    (13, "LeaseActive"),
];

/// The options that a client asks for, four a line.
fn print_requested(line: &mut Line<'_>, data: Payload<'_>) {
    for (index, code) in data.bytes().iter().enumerate() {
        line.text(if index % 4 == 0 { "\n\t      " } else { ", " });
        line.text(name(*code));
        line.labelled(" (", *code);
        line.byte(b')');
    }
}

/// The name of a value of one byte, and how much follows it.
fn print_named(line: &mut Line<'_>, data: Payload<'_>, names: &[(u8, &'static str)]) {
    let [value, rest @ ..] = data.bytes() else { return print_too_short(line, 1) };
    tokens::print(line, names, *value, ["#", ""]);
    if !rest.is_empty() {
        line.labelled("\n\t  trailing data length ", rest.len() as u64);
    }
}

fn print_node_type(line: &mut Line<'_>, data: Payload<'_>) {
    print_named(line, data, &[(1, "b-node"), (2, "p-node"), (4, "m-node"), (8, "h-node")]);
}

fn print_overload(line: &mut Line<'_>, data: Payload<'_>) {
    print_named(line, data, &[(1, "file"), (2, "sname"), (3, "file+sname")]);
}

fn print_client_id(line: &mut Line<'_>, data: Payload<'_>) {
    match data.bytes() {
        [] => print_too_short(line, 1),
        [0, name @ ..] => print_text(line, name),
        [kind, address @ ..] => {
            tokens::print(line, HARDWARE_TYPES, *kind, ["hardware-type ", ","]);
            line.byte(b' ');
            text::mac(line.out, address);
        }
    }
}

const HARDWARE_TYPES: &[(u8, &str)] = &[
    (0x01, "ether"),
    (0x06, "ieee802"),
    (0x07, "arcnet"),
    (0x0f, "frelay"),
    (0x17, "strip"),
    (0x18, "ieee1394"),
];

fn print_user_class(line: &mut Line<'_>, mut data: Payload<'_>) {
    if data.claimed() < 2 {
        return print_too_short(line, 2);
    }
    let mut index: u64 = 1;
    while let Some(len) = data.read::<u8>() {
        line.labelled("\n\t      instance#", index);
        line.text(": ");
        if len == 0 {
            return line.fault(&["[ERROR: suboption length must be non-zero]"]);
        }
        let Some(class) = data.bytes().get(..len.into()) else {
            return line.fault(&["[ERROR: invalid option]"]);
        };
        print_text(line, class);
        line.labelled(", length ", len);
        data = data.skip(len.into());
        index += 1;
    }
}

/// Routes: as many bytes of the destination as its mask has, and the router.
fn print_routes(line: &mut Line<'_>, mut data: Payload<'_>) {
    if data.claimed() < 5 {
        return print_too_short(line, 5);
    }
    let mut separator = "(";
    while let Some(width) = data.read::<u8>() {
        let len = usize::from(width.div_ceil(8));
        if width > 32 || data.claimed() < len as u32 + 4 {
            line.text(separator.trim_end_matches('('));
            return print_bad_route(line, width, data.claimed(), len);
        }
        line.text(separator);
        separator = ",(";
        if width == 0 {
            line.text("default");
        } else {
            let mut octets = [0; 4];
            octets[..len].copy_from_slice(&data.bytes()[..len]);
            print_bytes(line, &octets);
            line.labelled("/", width);
        }
        data = data.skip(len);
        line.byte(b':');
        if let Some(router) = data.read() {
            line.ipv4(router);
        }
        line.byte(b')');
    }
}

fn print_bad_route(line: &mut Line<'_>, width: u8, left: u32, len: usize) {
    if width > 32 {
        line.labelled("[ERROR: Mask width (", width);
        return line.text(") > 32]");
    }
    line.labelled("[ERROR: Remaining length (", left);
    line.labelled(") < ", len as u64 + 4);
    line.text(" bytes]");
}

fn print_domain_name(line: &mut Line<'_>, data: Payload<'_>) {
    let [flags, forward, reverse, name @ ..] = data.bytes() else { return print_too_short(line, 3) };
    if flags & 0xf0 != 0 {
        line.text("[ERROR: MBZ nibble ");
        line.hex(flags >> 4, 1);
        line.text(" != 0] ");
    }
    if flags & 0x0f != 0 {
        line.byte(b'[');
        for (bit, letter) in [(1, "S"), (2, "O"), (4, "E"), (8, "N")] {
            line.text(if flags & bit != 0 { letter } else { "" });
        }
        line.text("] ");
    }
    if *forward != 0 || *reverse != 0 {
        line.number(*forward);
        line.labelled("/", *reverse);
        line.byte(b' ');
    }
    print_text(line, name);
}

/// What a relay says of where a client is.
fn print_relay(line: &mut Line<'_>, mut data: Payload<'_>) {
    const NAMES: &[(u8, &str)] = &[(1, "Circuit-ID"), (2, "Remote-ID"), (6, "Subscriber-ID")];
    while let Some([code, len]) = data.read::<[u8; 2]>() {
        line.text("\n\t      ");
        tokens::print_or(line, NAMES, code, "Unknown");
        line.labelled(" SubOption ", code);
        line.labelled(", length ", len);
        line.text(": ");
        let Some(value) = data.bytes().get(..len.into()) else {
            return line.text("length goes past end of option");
        };
        match tokens::name(NAMES, code) {
            Some(_) => line.untrusted(value),
            None => hex::only_behind(line, "\n\t\t", value),
        }
        data = data.skip(len.into());
    }
    if data.claimed() > 0 {
        line.labelled("\n\t  trailing data length ", data.claimed());
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
    (46, "Netbios-Node", Form::Own(print_node_type)),
    (47, "Netbios-Scope", Form::Text),
    (48, "XFS", Form::Addresses),
    (49, "XDM", Form::Addresses),
    (50, "Requested-IP", Form::Addresses),
    (51, "Lease-Time", Form::Longs),
    (52, "OO", Form::Own(print_overload)),
    (53, "DHCP-Message", Form::Own(print_message_type)),
    (54, "Server-ID", Form::Addresses),
    (55, "Parameter-Request", Form::Own(print_requested)),
    (56, "MSG", Form::Text),
    (57, "MSZ", Form::Shorts),
    (58, "RN", Form::Longs),
    (59, "RB", Form::Longs),
    (60, "Vendor-Class", Form::Text),
    (61, "Client-ID", Form::Own(print_client_id)),
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
    (77, "User-Class", Form::Own(print_user_class)),
    (78, "SLP-DA", Form::Bytes),
    (79, "SLP-SCOPE", Form::Bytes),
    (80, "SLP-NA", Form::Text),
    (81, "FQDN", Form::Own(print_domain_name)),
    (82, "Agent-Information", Form::Own(print_relay)),
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
    (121, "Classless-Static-Route", Form::Own(print_routes)),
    (150, "TFTP-Server-Address", Form::Addresses),
    (161, "MUD-URL", Form::Text),
    (249, "Classless-Static-Route-Microsoft", Form::Own(print_routes)),
    (255, "END", Form::Bytes),
];
