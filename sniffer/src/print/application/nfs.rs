//! NFS: calls with their arguments, and whether replies are good. Knows no calls before.

use crate::decode::{Nfs, Payload, Wire};
use crate::print::line::Line;
use crate::print::tokens;

pub(super) fn print(line: &mut Line<'_>, nfs: &Nfs<'_>) {
    print_message(line, nfs).unwrap_or_else(|| line.truncated("nfs"));
}

fn print_message(line: &mut Line<'_>, nfs: &Nfs<'_>) -> Option<()> {
    line.text(if nfs.is_stream() { ": NFS " } else { "NFS " });
    line.labelled(if nfs.is_reply() { "reply xid " } else { "request xid " }, nfs.xid()?);
    line.byte(b' ');
    if nfs.is_reply() {
        return print_reply(line, nfs);
    }
    line.number(nfs.message().claimed());
    let procedure = nfs.procedure()?;
    let Some(procedure) = nfs.procedure_3() else {
        line.byte(b' ');
        tokens::print(line, VERSION_4, procedure, ["proc-", ""]);
        return Some(());
    };
    line.byte(b' ');
    tokens::print(line, PROCEDURES, procedure, ["proc-", ""]);
    print_arguments(line, nfs, procedure)
}

/// Prints whether a call went well, of any program.
pub(super) fn print_reply(line: &mut Line<'_>, nfs: &Nfs<'_>) -> Option<()> {
    let len = nfs.message().claimed();
    match nfs.reply_status()? {
        0 => line.labelled("reply ok ", len),
        1 => {
            line.labelled("reply ERR ", len);
            line.text(": ");
            let data = nfs.rejection_data();
            match nfs.rejection()? {
                0 => {
                    let (low, high): (u32, u32) = (data.get(0)?, data.get(4)?);
                    line.labelled("RPC Version mismatch (", low);
                    line.labelled("-", high);
                    line.text(")");
                }
                1 => {
                    let reason: u32 = data.get(0)?;
                    line.text("Auth ");
                    tokens::print(line, REASONS, reason, ["Invalid failure code ", ""]);
                }
                other => line.labelled("Unknown reason for rejecting rpc message ", other),
            }
        }
        other => {
            line.labelled("reply Unknown rpc response code=", other);
            line.labelled(" ", len);
        }
    }
    Some(())
}

/// Prints the arguments of a call of version 2 or 3.
fn print_arguments(line: &mut Line<'_>, nfs: &Nfs<'_>, procedure: u32) -> Option<()> {
    let is_version_3 = nfs.version() == Some(3);
    if !matches!(procedure, 1..=21) {
        return Some(());
    }
    let mut rest = nfs.arguments()?;
    print_handle(line, nfs.handle(&mut rest)?);
    match procedure {
        3 | 8 | 9 | 12 | 13 => print_name(line, &mut rest)?,
        4 => print_access(line, rest.get(0)?),
        6 if is_version_3 => print_range(line, rest.get(8)?, rest.get::<u64>(0)?),
        6 => print_range(line, rest.get(4)?, rest.get::<u32>(0)?),
        7 => print_write(line, rest, is_version_3)?,
        10 => {
            print_name(line, &mut rest)?;
            line.text(" ->");
            let attributes = if is_version_3 { Some(Attributes::read(&mut rest)?) } else { None };
            print_quoted(line, Nfs::name(&mut rest)?);
            if let Some(attributes) = attributes {
                attributes.print(line);
            }
        }
        11 => {
            print_name(line, &mut rest)?;
            print_node(line, rest)?;
        }
        14 => {
            print_name(line, &mut rest)?;
            line.text(" ->");
            print_handle(line, nfs.handle(&mut rest)?);
            print_name(line, &mut rest)?;
        }
        15 => {
            line.text(" ->");
            print_handle(line, nfs.handle(&mut rest)?);
            print_name(line, &mut rest)?;
        }
        16 if !is_version_3 => print_range(line, rest.get(4)?, rest.get::<u32>(0)?),
        16 | 17 => {
            // The place in a directory is what the server likes, shown as a number with a sign.
            let place: u64 = rest.get(0)?;
            let is_negative = place as i64 <= -1;
            line.labelled(" ", rest.get::<u32>(16)?);
            line.text(if is_negative { " bytes @ -" } else { " bytes @ " });
            line.number((place as i64).unsigned_abs());
            if line.is_verbose() {
                if procedure == 17 {
                    line.labelled(" max ", rest.get::<u32>(20)?);
                }
                line.text(" verf ");
                line.hex_digits(rest.get::<u64>(8)?, 16);
            }
        }
        21 => print_range(line, rest.get(8)?, rest.get::<u64>(0)?),
        _ => {}
    }
    Some(())
}

/// A handle, which means something to its server alone.
fn print_handle(line: &mut Line<'_>, handle: &[u8]) {
    /// The most bytes that are shown.
    const SHOWN: usize = 32;
    /// tcpdump cuts the word to as many letters as the handle has words of 32 bits.
    const UNKNOWN: &str = "Unknown";
    if line.options.whole_handles {
        return print_whole_handle(line, handle);
    }
    line.text(" fh ");
    line.text(&UNKNOWN[..UNKNOWN.len().min(handle.len() / 4)]);
    line.byte(b'/');
    let start = line.out.len();
    line.hex_bytes(&handle[..handle.len().min(SHOWN)]);
    line.out[start..].make_ascii_uppercase();
}

/// A handle as words of 32 bits.
fn print_whole_handle(line: &mut Line<'_>, handle: &[u8]) {
    line.text(" fh[");
    let mut separator = "";
    for word in handle.as_chunks().0 {
        line.text(separator);
        line.hex_digits(u32::from_be_bytes(*word), 1);
        separator = ":";
    }
    line.byte(b']');
}

/// A name with a blank in front.
fn print_name(line: &mut Line<'_>, rest: &mut Payload<'_>) -> Option<()> {
    line.byte(b' ');
    print_quoted(line, Nfs::name(rest)?);
    Some(())
}

fn print_quoted(line: &mut Line<'_>, name: &[u8]) {
    line.byte(b'"');
    line.untrusted(name);
    line.byte(b'"');
}

fn print_range(line: &mut Line<'_>, len: u32, place: impl Into<u64>) {
    line.labelled(" ", len);
    line.labelled(" bytes @ ", place);
}

fn print_access(line: &mut Line<'_>, access: u32) {
    if access & !0x3f != 0 {
        line.byte(b' ');
        return line.hex_digits(access, 4);
    }
    if access == 0x3f {
        return line.text(" NFS_ACCESS_FULL");
    }
    let mut separator = " ";
    for (_, name) in ACCESS.iter().filter(|(bit, _)| access & bit != 0) {
        line.text(separator);
        line.text(name);
        separator = "|";
    }
}

fn print_write(line: &mut Line<'_>, rest: Payload<'_>, is_version_3: bool) -> Option<()> {
    if !is_version_3 {
        let [begin, offset, total, len]: [u32; 4] = [rest.get(0)?, rest.get(4)?, rest.get(8)?, rest.get(12)?];
        line.labelled(" ", len);
        line.labelled(" (", total);
        line.labelled(") bytes @ ", offset);
        line.labelled(" (", begin);
        line.text(")");
        return Some(());
    }
    let (len, count, mode): (u32, u32, u32) = (rest.get(16)?, rest.get(8)?, rest.get(12)?);
    line.labelled(" ", len);
    line.labelled(" (", count);
    line.labelled(") bytes @ ", rest.get::<u64>(0)?);
    if line.is_verbose() {
        line.text(" <");
        tokens::print(line, WRITE_MODES, mode, ["#", ""]);
        line.text(">");
    }
    Some(())
}

/// Kind and attributes of a node, and of a device its numbers.
fn print_node(line: &mut Line<'_>, mut rest: Payload<'_>) -> Option<()> {
    let kind: u32 = rest.read()?;
    let attributes = Attributes::read(&mut rest)?;
    line.byte(b' ');
    tokens::print(line, NODES, kind, ["unk-ft ", ""]);
    if line.is_verbose() && matches!(kind, 3 | 4) {
        line.labelled(" ", rest.get::<u32>(0)?);
        line.labelled("/", rest.get::<u32>(4)?);
    }
    attributes.print(line);
    Some(())
}

/// What a new file is to be like, as far as the client says.
#[derive(Default)]
struct Attributes {
    mode: Option<u32>,
    user: Option<u32>,
    group: Option<u32>,
    accessed: Option<u64>,
    modified: Option<u64>,
}

impl Attributes {
    fn read(rest: &mut Payload<'_>) -> Option<Self> {
        /// The word that says that the client chose a time, and not the server.
        const OF_CLIENT: u32 = 2;
        let (mut attributes, mut size) = (Self::default(), None::<u64>);
        read_if(rest, |there| there != 0, &mut attributes.mode)?;
        read_if(rest, |there| there != 0, &mut attributes.user)?;
        read_if(rest, |there| there != 0, &mut attributes.group)?;
        read_if(rest, |there| there != 0, &mut size)?;
        read_if(rest, |form| form == OF_CLIENT, &mut attributes.accessed)?;
        read_if(rest, |form| form == OF_CLIENT, &mut attributes.modified)?;
        Some(attributes)
    }

    /// Prints them, with `-v`.
    fn print(&self, line: &mut Line<'_>) {
        if !line.is_verbose() {
            return;
        }
        if let Some(mode) = self.mode {
            line.text(" mode ");
            print_octal(line, mode);
        }
        for (label, id) in [(" uid ", self.user), (" gid ", self.group)] {
            if let Some(id) = id {
                line.labelled(label, id);
            }
        }
        for (label, time) in [(" atime ", self.accessed), (" mtime ", self.modified)] {
            if let Some(time) = time.filter(|_| line.options.verbose > 1) {
                line.labelled(label, time >> 32);
                line.byte(b'.');
                crate::print::text::decimal_padded(line.out, time & 0xffff_ffff, 6);
            }
        }
    }
}

fn print_octal(line: &mut Line<'_>, value: u32) {
    let digits = (32 - value.leading_zeros()).div_ceil(3).max(1);
    for place in (0..digits).rev() {
        line.byte(b'0' + (value >> (place * 3) & 7) as u8);
    }
}

/// Reads a word, and the value behind it where that `is_there`.
fn read_if<T: Wire>(
    rest: &mut Payload<'_>,
    is_there: impl Fn(u32) -> bool,
    value: &mut Option<T>,
) -> Option<()> {
    if is_there(rest.read()?) {
        *value = Some(rest.read()?);
    }
    Some(())
}

const PROCEDURES: &[(u32, &str)] = &[
    (0, "null"),
    (1, "getattr"),
    (2, "setattr"),
    (3, "lookup"),
    (4, "access"),
    (5, "readlink"),
    (6, "read"),
    (7, "write"),
    (8, "create"),
    (9, "mkdir"),
    (10, "symlink"),
    (11, "mknod"),
    (12, "remove"),
    (13, "rmdir"),
    (14, "rename"),
    (15, "link"),
    (16, "readdir"),
    (17, "readdirplus"),
    (18, "fsstat"),
    (19, "fsinfo"),
    (20, "pathconf"),
    (21, "commit"),
    (25, "nop"),
];
const VERSION_4: &[(u32, &str)] = &[(0, "null"), (1, "compound")];
const REASONS: &[(u32, &str)] = &[
    (0, "OK"),
    (1, "Bogus Credentials (seal broken)"),
    (2, "Rejected Credentials (client should begin new session)"),
    (3, "Bogus Verifier (seal broken)"),
    (4, "Verifier expired or was replayed"),
    (5, "Credentials are too weak"),
    (6, "Bogus response verifier"),
    (7, "Unknown failure"),
];
const ACCESS: &[(u32, &str)] = &[
    (0x01, "NFS_ACCESS_READ"),
    (0x02, "NFS_ACCESS_LOOKUP"),
    (0x04, "NFS_ACCESS_MODIFY"),
    (0x08, "NFS_ACCESS_EXTEND"),
    (0x10, "NFS_ACCESS_DELETE"),
    (0x20, "NFS_ACCESS_EXECUTE"),
];
const WRITE_MODES: &[(u32, &str)] = &[(0, "unstable"), (1, "datasync"), (2, "filesync")];
const NODES: &[(u32, &str)] =
    &[(0, "NON"), (1, "REG"), (2, "DIR"), (3, "BLK"), (4, "CHR"), (5, "LNK"), (7, "FIFO")];
