//! The first message of SMB in a segment under its line, with `-v`: tcpdump as it is built today says nothing of it.

use crate::decode::{Smb, SmbForm};
use crate::print::line::Line;
use crate::print::tokens;

pub(super) fn print(line: &mut Line<'_>, smb: &Smb<'_>) {
    if !line.is_verbose() {
        return;
    }
    line.text(match smb.form() {
        SmbForm::V1 => "\n\tSMB1, ",
        SmbForm::V2 => "\n\tSMB2, ",
        SmbForm::Encrypted => "\n\tSMB3, encrypted",
        SmbForm::Compressed => "\n\tSMB3, compressed",
    });
    let commands = match smb.form() {
        SmbForm::V1 => COMMANDS_1,
        SmbForm::V2 => COMMANDS_2,
        SmbForm::Encrypted | SmbForm::Compressed => return,
    };
    let (Some(command), Some(is_response)) = (smb.command(), smb.is_response()) else {
        return line.truncated("smb");
    };
    tokens::print(line, commands, command, ["command-", ""]);
    line.text(if is_response { " response" } else { " request" });
    if let Some(status) = smb.status() {
        line.text(", ");
        tokens::print_or_hex(line, STATUSES, status, 8, ["status ", ""]);
    }
    if let Some(id) = smb.message_id() {
        line.labelled(", message ", id);
    }
    for (label, id) in [(", tree ", smb.tree().map(u64::from)), (", session ", smb.session())] {
        if let Some(id) = id.filter(|id| *id != 0) {
            line.text(label);
            line.hex(id, 1);
        }
    }
}

/// Commands of versions 2 and 3 ([MS-SMB2] section 2.2.1).
const COMMANDS_2: &[(u16, &str)] = &[
    (0, "Negotiate"),
    (1, "SessionSetup"),
    (2, "Logoff"),
    (3, "TreeConnect"),
    (4, "TreeDisconnect"),
    (5, "Create"),
    (6, "Close"),
    (7, "Flush"),
    (8, "Read"),
    (9, "Write"),
    (10, "Lock"),
    (11, "Ioctl"),
    (12, "Cancel"),
    (13, "Echo"),
    (14, "QueryDirectory"),
    (15, "ChangeNotify"),
    (16, "QueryInfo"),
    (17, "SetInfo"),
    (18, "OplockBreak"),
];

/// The commands of version 1 that are still met ([MS-CIFS] section 2.2.2.1).
const COMMANDS_1: &[(u16, &str)] = &[
    (0x04, "Close"),
    (0x25, "Transaction"),
    (0x2b, "Echo"),
    (0x2e, "ReadAndX"),
    (0x2f, "WriteAndX"),
    (0x32, "Transaction2"),
    (0x71, "TreeDisconnect"),
    (0x72, "Negotiate"),
    (0x73, "SessionSetupAndX"),
    (0x74, "LogoffAndX"),
    (0x75, "TreeConnectAndX"),
    (0xa0, "NtTransact"),
    (0xa2, "NtCreateAndX"),
];

/// What answers most often say ([MS-ERREF] section 2.3).
const STATUSES: &[(u32, &str)] = &[
    (0x0000_0000, "SUCCESS"),
    (0x0000_0103, "PENDING"),
    (0x8000_0005, "BUFFER_OVERFLOW"),
    (0x8000_0006, "NO_MORE_FILES"),
    (0xc000_000d, "INVALID_PARAMETER"),
    (0xc000_000f, "NO_SUCH_FILE"),
    (0xc000_0011, "END_OF_FILE"),
    (0xc000_0016, "MORE_PROCESSING_REQUIRED"),
    (0xc000_0022, "ACCESS_DENIED"),
    (0xc000_0034, "OBJECT_NAME_NOT_FOUND"),
    (0xc000_0035, "OBJECT_NAME_COLLISION"),
    (0xc000_003a, "OBJECT_PATH_NOT_FOUND"),
    (0xc000_0043, "SHARING_VIOLATION"),
    (0xc000_006d, "LOGON_FAILURE"),
    (0xc000_00bb, "NOT_SUPPORTED"),
    (0xc000_00cc, "BAD_NETWORK_NAME"),
    (0xc000_0120, "CANCELLED"),
    (0xc000_0128, "FILE_CLOSED"),
    (0xc000_0203, "USER_SESSION_DELETED"),
];
