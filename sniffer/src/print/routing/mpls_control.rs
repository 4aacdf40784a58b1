//! What sets up and tests paths of MPLS, in one line: LMP, LSP ping.

use crate::decode::{Layer, Lmp, LspPing};
use crate::print::line::Line;
use crate::print::tokens;

pub(in crate::print) fn print(line: &mut Line<'_>, layer: &Layer<'_>) {
    match layer {
        Layer::Lmp(message) => print_lmp(line, message).unwrap_or_else(|| line.truncated("lmp")),
        Layer::LspPing(message) => print_lsp_ping(line, message),
        _ => {}
    }
}

fn print_lmp(line: &mut Line<'_>, lmp: &Lmp<'_>) -> Option<()> {
    if lmp.whole().bytes().len() < Lmp::HEADER_LEN {
        return None;
    }
    let (version, kind) = (lmp.version()?, lmp.kind()?);
    if version != 1 {
        line.labelled("LMP version ", version);
        line.text(" packet not supported");
        return Some(());
    }
    line.labelled("LMPv", version);
    line.byte(b' ');
    tokens::print(line, LMP_MESSAGES, kind, ["unknown (", ")"]);
    line.labelled(" Message, length: ", lmp.whole().claimed());
    Some(())
}

const LMP_MESSAGES: &[(u8, &str)] = &[
    (1, "Config"),
    (2, "Config ACK"),
    (3, "Config NACK"),
    (4, "Hello"),
    (5, "Begin Verify"),
    (6, "Begin Verify ACK"),
    (7, "Begin Verify NACK"),
    (8, "End Verify"),
    (9, "End Verify ACK"),
    (10, "Test"),
    (11, "Test Status Success"),
    (12, "Test Status Failure"),
    (13, "Test Status ACK"),
    (14, "Link Summary"),
    (15, "Link Summary ACK"),
    (16, "Link Summary NACK"),
    (17, "Channel Status"),
    (18, "Channel Status ACK"),
    (19, "Channel Status Request"),
    (20, "Channel Status Response"),
    (50, "Service Config"),
    (51, "Service Config ACK"),
    (52, "Service Config NACK"),
];

fn print_lsp_ping(line: &mut Line<'_>, ping: &LspPing<'_>) {
    let whole = ping.whole();
    let header = (ping.version(), ping.kind(), ping.sequence());
    let (Some(version), Some(kind), Some(sequence), LspPing::HEADER_LEN..) =
        (header.0, header.1, header.2, whole.bytes().len())
    else {
        if (whole.claimed() as usize) < LspPing::HEADER_LEN {
            return line.text("\n\t\t packet is too short");
        }
        return line.truncated("lspping");
    };
    if version != 1 {
        line.labelled("LSP-PING version ", version);
        return line.text(" packet not supported");
    }
    line.labelled("LSP-PINGv", version);
    line.text(", ");
    tokens::print(line, LSP_PING_MESSAGES, kind, ["unknown (", ")"]);
    line.labelled(", seq ", sequence);
    line.labelled(", length: ", whole.claimed());
}

const LSP_PING_MESSAGES: &[(u8, &str)] = &[(1, "MPLS Echo Request"), (2, "MPLS Echo Reply")];
