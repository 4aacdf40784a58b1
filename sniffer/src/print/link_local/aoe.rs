//! ATA over Ethernet: its flags in one line, with `-v` the command.

use crate::decode::{Aoe, Payload};
use crate::print::line::Line;
use crate::print::tokens::{self, print_flags};

pub(in crate::print) fn print(line: &mut Line<'_>, aoe: &Aoe<'_>) {
    print_message(line, aoe).unwrap_or_else(|| line.truncated("aoe"));
}

fn print_message(line: &mut Line<'_>, aoe: &Aoe<'_>) -> Option<()> {
    let claimed = aoe.whole().claimed();
    line.labelled("AoE length ", claimed);
    if claimed == 0 {
        line.invalid();
        return Some(());
    }
    let version = aoe.version()?;
    line.labelled(", Ver ", version);
    if version != 1 {
        return Some(());
    }
    if claimed < Aoe::HEADER_LEN as u32 {
        line.invalid();
        return aoe.whole().all_captured();
    }
    line.text(", Flags: [");
    print_flags(line, FLAGS, aoe.flags()?);
    line.text("]");
    if line.is_verbose() { print_command(line, aoe) } else { Some(()) }
}

const FLAGS: &[(u8, &str)] = &[(0x08, "Response"), (0x04, "Error"), (0x02, "MBZ-1"), (0x01, "MBZ-0")];

/// Prints the argument of a command; tells whether its lengths fit.
type PrintArgument = fn(&mut Line<'_>, Payload<'_>) -> Option<bool>;

fn print_command(line: &mut Line<'_>, aoe: &Aoe<'_>) -> Option<()> {
    const ERROR: u8 = 0x04;
    if aoe.flags()? & ERROR != 0 {
        let error = aoe.error()?;
        line.text("\n\tError: ");
        tokens::print(line, ERRORS, error, ["Invalid (", ")"]);
    }
    let major = aoe.major()?;
    line.labelled_hex("\n\tMajor: ", major, 4);
    let minor = aoe.minor()?;
    line.labelled_hex(", Minor: ", minor, 2);
    let command = aoe.command()?;
    line.text(", Command: ");
    tokens::print_or_hex(line, COMMANDS, command, 2, ["Unknown (", ")"]);
    let tag = aoe.tag()?;
    line.labelled_hex(", Tag: ", tag, 8);
    let argument = aoe.whole().skip(Aoe::HEADER_LEN);
    let (least, print): (u32, PrintArgument) = match command {
        0 => (12, print_ata),
        1 => (8, print_query),
        2 => (4, print_masks),
        3 => (2, print_reservation),
        _ => return Some(()),
    };
    let is_good = argument.claimed() >= least && print(line, argument)?;
    if !is_good {
        line.invalid();
        return argument.all_captured();
    }
    Some(())
}

const COMMANDS: &[(u8, &str)] = &[
    (0, "Issue ATA Command"),
    (1, "Query Config Information"),
    (2, "MAC Mask List"),
    (3, "Reserve/Release"),
];

const ERRORS: &[(u8, &str)] = &[
    (1, "Unrecognized command code"),
    (2, "Bad argument parameter"),
    (3, "Device unavailable"),
    (4, "Config string present"),
    (5, "Unsupported version"),
    (6, "Target is reserved"),
];

/// A command of ATA; tells whether the lengths of it fit, as all of these do.
fn print_ata(line: &mut Line<'_>, argument: Payload<'_>) -> Option<bool> {
    line.text("\n\tAFlags: [");
    print_flags(line, ATA_FLAGS, argument.get(0)?);
    line.text("]");
    let labels = [
        ", Err/Feature: ",
        ", Sector Count: ",
        ", Cmd/Status: ",
        "\n\tlba0: ",
        ", lba1: ",
        ", lba2: ",
        ", lba3: ",
        ", lba4: ",
        ", lba5: ",
    ];
    for (index, label) in labels.iter().enumerate() {
        line.labelled(label, argument.get::<u8>(index + 1)?);
    }
    argument.get::<u16>(10)?;
    let data_len = argument.claimed() - 12;
    if data_len > 0 {
        line.labelled("\n\tData: ", data_len);
        line.text(" bytes");
    }
    Some(true)
}

const ATA_FLAGS: &[(u8, &str)] = &[
    (0x80, "MBZ-7"),
    (0x40, "Ext48"),
    (0x20, "MBZ-5"),
    (0x10, "Device"),
    (0x08, "MBZ-3"),
    (0x04, "MBZ-2"),
    (0x02, "Async"),
    (0x01, "Write"),
];

fn print_query(line: &mut Line<'_>, argument: Payload<'_>) -> Option<bool> {
    /// The longest string of a configuration.
    const MAX_LEN: u16 = 1024;
    line.labelled("\n\tBuffer Count: ", argument.get::<u16>(0)?);
    line.labelled(", Firmware Version: ", argument.get::<u16>(2)?);
    line.labelled(", Sector Count: ", argument.get::<u8>(4)?);
    let version_and_command: u8 = argument.get(5)?;
    line.labelled(", AoE: ", version_and_command >> 4);
    line.text(", CCmd: ");
    // tcpdump's format lacks a sign, so that it prints no number.
    tokens::print_or(line, CONFIGURATION_COMMANDS, version_and_command & 0x0f, "Unknown (0x02x)");
    let len: u16 = argument.get(6)?;
    let text = argument.skip(8);
    if len > MAX_LEN || u32::from(len) > text.claimed() {
        return Some(false);
    }
    if len > 0 {
        line.labelled("\n\tConfig String (length ", len);
        line.text("): ");
        let text = text.with_claim(len.into());
        line.untrusted(text.bytes());
        return (!text.is_truncated()).then_some(true);
    }
    Some(true)
}

const CONFIGURATION_COMMANDS: &[(u8, &str)] = &[
    (0, "read config string"),
    (1, "test config string"),
    (2, "test config string prefix"),
    (3, "set config string"),
    (4, "force set config string"),
];

fn print_masks(line: &mut Line<'_>, mut argument: Payload<'_>) -> Option<bool> {
    let command = argument.get::<u8>(1)?;
    line.text("\n\tMCmd: ");
    tokens::print_or_hex(line, MASK_COMMANDS, command, 2, ["Unknown (", ")"]);
    let error = argument.get::<u8>(2)?;
    line.text(", MError: ");
    tokens::print_or_hex(line, MASK_ERRORS, error, 2, ["Unknown (", ")"]);
    let count: u8 = argument.get(3)?;
    line.labelled(", Dir Count: ", count);
    argument = argument.skip(4);
    if u32::from(count) * 8 > argument.claimed() {
        return Some(false);
    }
    for _ in 0..count {
        let [_, command]: [u8; 2] = argument.read()?;
        line.text("\n\t DCmd: ");
        tokens::print_or_hex(line, MASK_DIRECTIVES, command, 2, ["Unknown (", ")"]);
        let address: [u8; 6] = argument.read()?;
        line.text(", Ethernet Address: ");
        line.mac(&address);
    }
    Some(true)
}

const MASK_COMMANDS: &[(u8, &str)] = &[(0, "Read Mac Mask List"), (1, "Edit Mac Mask List")];

const MASK_ERRORS: &[(u8, &str)] =
    &[(1, "Unspecified Error"), (2, "Bad DCmd directive"), (3, "Mask list full")];

const MASK_DIRECTIVES: &[(u8, &str)] =
    &[(0, "No Directive"), (1, "Add mac address to mask list"), (2, "Delete mac address from mask list")];

fn print_reservation(line: &mut Line<'_>, mut argument: Payload<'_>) -> Option<bool> {
    if !(argument.claimed() - 2).is_multiple_of(6) {
        return Some(false);
    }
    let command: u8 = argument.read()?;
    line.text("\n\tRCmd: ");
    tokens::print_or_hex(line, RESERVATION_COMMANDS, command, 2, ["Unknown (", ")"]);
    let count: u8 = argument.read()?;
    line.labelled(", NMacs: ", count);
    if u32::from(count) * 6 != argument.claimed() {
        return Some(false);
    }
    for index in 0..count {
        let address: [u8; 6] = argument.read()?;
        line.labelled("\n\tEthernet Address ", index);
        line.text(": ");
        line.mac(&address);
    }
    Some(true)
}

const RESERVATION_COMMANDS: &[(u8, &str)] =
    &[(0, "Read reserve list"), (1, "Set reserve list"), (2, "Force set reserve list")];
