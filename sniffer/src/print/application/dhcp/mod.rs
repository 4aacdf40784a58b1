//! DHCP and BOOTP: who asks or answers in one line, with `-v` the fields and options. Values of options are `options`'.

mod options;
mod values;

use std::net::Ipv4Addr;

use crate::decode::{Dhcp, DhcpOption, Payload};
use crate::print::line::Line;
use crate::print::tokens;

pub(super) fn print(line: &mut Line<'_>, dhcp: &Dhcp<'_>) -> Option<()> {
    line.text("BOOTP/DHCP, ");
    tokens::print_or_hex(line, OPERATIONS, dhcp.operation(), 2, ["unknown (", ")"]);
    let (hardware_type, hardware_len) = (dhcp.hardware_type()?, dhcp.hardware_len()?);
    let is_ethernet = hardware_type == 1 && hardware_len == 6;
    if is_ethernet && dhcp.operation() == Dhcp::REQUEST {
        let address = dhcp.hardware_address()?;
        line.text(" from ");
        line.mac(&address);
    }
    line.labelled(", length ", dhcp.whole().claimed());
    if !line.is_verbose() {
        return Some(());
    }
    let seconds = dhcp.seconds()?;
    if hardware_type != 1 {
        line.labelled(", htype ", hardware_type);
    }
    if !is_ethernet {
        line.labelled(", hlen ", hardware_len);
    }
    if dhcp.hops()? != 0 {
        line.labelled(", hops ", dhcp.hops()?);
    }
    if dhcp.transaction()? != 0 {
        line.text(", xid ");
        line.hex(dhcp.transaction()?, 1);
    }
    if seconds != 0 {
        line.labelled(", secs ", seconds);
    }
    let flags = dhcp.flags()?;
    line.text(", Flags [");
    tokens::print_flags(line, &[(0x8000_u16, "Broadcast")], flags);
    line.byte(b']');
    if line.options.verbose > 1 {
        line.labelled_hex(" (", flags, 4);
        line.byte(b')');
    }
    print_fields(line, dhcp, is_ethernet)?;
    print_vendor(line, dhcp)
}

const OPERATIONS: &[(u8, &str)] = &[(Dhcp::REQUEST, "Request"), (Dhcp::REPLY, "Reply")];

/// The addresses and names that are not empty, a line each.
fn print_fields(line: &mut Line<'_>, dhcp: &Dhcp<'_>, is_ethernet: bool) -> Option<()> {
    let addresses = [
        ("Client", dhcp.client()),
        ("Your", dhcp.your()),
        ("Server", dhcp.server()),
        ("Gateway", dhcp.gateway()),
    ];
    for (name, address) in addresses {
        let address = address?;
        if !address.is_unspecified() {
            line.text("\n\t  ");
            line.text(name);
            line.labelled_address("-IP ", address);
        }
    }
    if is_ethernet {
        let address = dhcp.hardware_address()?;
        line.text("\n\t  Client-Ethernet-Address ");
        line.mac(&address);
    }
    print_name(line, "sname", dhcp.server_name()?, Dhcp::SERVER_NAME_LEN)?;
    print_name(line, "file", dhcp.file()?, Dhcp::FILE_LEN)
}

/// A name in a field of `room` bytes; nothing where it does not end in it.
fn print_name(line: &mut Line<'_>, label: &str, name: &[u8], room: usize) -> Option<()> {
    if name.is_empty() {
        return Some(());
    }
    line.text("\n\t  ");
    line.text(label);
    print_quoted(line, b" \"", name);
    (name.len() < room).then_some(())
}

fn print_quoted(line: &mut Line<'_>, before: &[u8], text: &[u8]) {
    line.out.extend_from_slice(before);
    line.untrusted(text);
    line.byte(b'"');
}

fn print_vendor(line: &mut Line<'_>, dhcp: &Dhcp<'_>) -> Option<()> {
    /// What Carnegie Mellon's servers put in front of their fields.
    const CMU: u32 = u32::from_be_bytes(*b"CMU\0");
    match dhcp.vendor().get::<u32>(0)? {
        Dhcp::MAGIC => print_options(line, dhcp),
        CMU => print_cmu(line, dhcp.vendor().skip(4)),
        0 => Some(()),
        other => {
            line.labelled_hex("\n\t  Vendor-#", other, 1);
            Some(())
        }
    }
}

fn print_cmu(line: &mut Line<'_>, mut fields: Payload<'_>) -> Option<()> {
    /// The flag that says that the mask is valid.
    const HAS_MASK: u8 = 1;
    line.text(" vend-cmu");
    let flags = fields.read::<[u8; 4]>()?[0];
    if flags & !HAS_MASK != 0 {
        line.labelled_hex(" F:", flags, 1);
    }
    let mask: Ipv4Addr = fields.read()?;
    let mut print = |name: &str, address: Ipv4Addr| {
        if !address.is_unspecified() {
            line.byte(b' ');
            line.text(name);
            line.byte(b':');
            line.ipv4(address);
        }
    };
    print("DG", fields.read()?);
    print(if flags & HAS_MASK != 0 { "SM" } else { "SM*" }, mask);
    for name in ["NS1", "NS2", "IEN1", "IEN2", "TS1", "TS2"] {
        print(name, fields.read()?);
    }
    Some(())
}

fn print_options(line: &mut Line<'_>, dhcp: &Dhcp<'_>) -> Option<()> {
    line.labelled_hex("\n\t  Vendor-rfc1048 Extensions\n\t    Magic Cookie ", Dhcp::MAGIC, 8);
    let mut options = dhcp.options();
    // Padding, the end and what is behind it are shown with -vvv alone.
    let is_full = line.options.verbose > 2;
    while let Some(option) = options.next() {
        match option.code {
            DhcpOption::PAD if !is_full => continue,
            DhcpOption::END if !is_full => return Some(()),
            _ => {}
        }
        options::print_head(line, &option);
        match option.code {
            DhcpOption::PAD => {
                let more = options.skip_padding();
                if more > 0 {
                    line.labelled(", occurs ", more as u64 + 1);
                }
            }
            _ if option.data.is_truncated() => return None,
            _ => options::print_value(line, &option),
        }
    }
    options.is_at_end().then_some(())
}
