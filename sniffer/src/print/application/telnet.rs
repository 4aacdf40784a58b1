//! The commands of telnet, each with its option and parameters.

use crate::decode::{Telnet, TelnetCommand, TelnetError};
use crate::print::line::Line;

pub(in crate::print) fn print(line: &mut Line<'_>, segment: &Telnet<'_>) {
    let mut separator = " [telnet ";
    for command in segment.commands() {
        match command {
            Ok(command) => {
                line.text(std::mem::replace(&mut separator, ", "));
                print_command(line, &command);
            }
            Err(TelnetError::Truncated) => return line.truncated("telnet"),
            Err(TelnetError::Incomplete) => break,
        }
    }
    line.text(if separator == ", " { "]" } else { "" });
}

fn print_command(line: &mut Line<'_>, command: &TelnetCommand<'_>) {
    /// The command that stands for the byte itself.
    const ESCAPE: u8 = 255;
    if command.code == ESCAPE {
        return line.text("IAC IAC");
    }
    line.text(COMMANDS[usize::from(command.code - FIRST_COMMAND)]);
    let Some(option) = command.option else { return };
    print_named(line, OPTIONS, option);
    let Some(mut parameters) = command.parameters else { return };
    for names in names_of_parameters(option) {
        if let [first, rest @ ..] = parameters {
            print_named(line, names, *first);
            parameters = rest;
        }
    }
    for parameter in parameters {
        print_named(line, &[], *parameter);
    }
    line.text(" SE");
}

/// What the first parameters of an option are called.
fn names_of_parameters(option: u8) -> &'static [&'static [&'static str]] {
    match option {
        37 => &[AUTHENTICATION_COMMANDS, AUTHENTICATION_TYPES],
        38 => &[ENCRYPTION_COMMANDS, ENCRYPTION_TYPES],
        _ => &[&["IS", "SEND", "INFO"]],
    }
}

/// A space, and the name, or the number of what has none.
fn print_named(line: &mut Line<'_>, names: &[&str], number: u8) {
    line.byte(b' ');
    match names.get(usize::from(number)) {
        Some(name) if !name.is_empty() => line.text(name),
        _ if number == 0 => line.byte(b'0'),
        _ => line.hex(number, 1),
    }
}

/// The lowest command.
const FIRST_COMMAND: u8 = 236;

const COMMANDS: [&str; 20] = [
    "EOF", "SUSP", "ABORT", "EOR", "SE", "NOP", "DMARK", "BRK", "IP", "AO", "AYT", "EC", "EL", "GA", "SB",
    "WILL", "WONT", "DO", "DONT", "IAC",
];

/// Options (<https://www.iana.org/assignments/telnet-options>).
const OPTIONS: &[&str] = &[
    "BINARY",
    "ECHO",
    "RCP",
    "SUPPRESS GO AHEAD",
    "NAME",
    "STATUS",
    "TIMING MARK",
    "RCTE",
    "NAOL",
    "NAOP",
    "NAOCRD",
    "NAOHTS",
    "NAOHTD",
    "NAOFFD",
    "NAOVTS",
    "NAOVTD",
    "NAOLFD",
    "EXTEND ASCII",
    "LOGOUT",
    "BYTE MACRO",
    "DATA ENTRY TERMINAL",
    "SUPDUP",
    "SUPDUP OUTPUT",
    "SEND LOCATION",
    "TERMINAL TYPE",
    "END OF RECORD",
    "TACACS UID",
    "OUTPUT MARKING",
    "TTYLOC",
    "3270 REGIME",
    "X.3 PAD",
    "NAWS",
    "TSPEED",
    "LFLOW",
    "LINEMODE",
    "XDISPLOC",
    "OLD-ENVIRON",
    "AUTHENTICATION",
    "ENCRYPT",
    "NEW-ENVIRON",
];

const AUTHENTICATION_COMMANDS: &[&str] = &["IS", "SEND", "REPLY", "NAME"];
const AUTHENTICATION_TYPES: &[&str] = &[
    "NULL",
    "KERBEROS_V4",
    "KERBEROS_V5",
    "SPX",
    "MINK",
    "SRP",
    "RSA",
    "SSL",
    "",
    "",
    "LOKI",
    "SSA",
    "KEA_SJ",
    "KEA_SJ_INTEG",
    "DSS",
    "NTLM",
];
const ENCRYPTION_COMMANDS: &[&str] =
    &["IS", "SUPPORT", "REPLY", "START", "END", "REQUEST-START", "REQUEST-END", "END_KEYID", "DEC_KEYID"];
const ENCRYPTION_TYPES: &[&str] = &[
    "NULL",
    "DES_CFB64",
    "DES_OFB64",
    "DES3_CFB64",
    "DES3_OFB64",
    "",
    "CAST5_40_CFB64",
    "CAST5_40_OFB64",
    "CAST128_CFB64",
    "CAST128_OFB64",
];
