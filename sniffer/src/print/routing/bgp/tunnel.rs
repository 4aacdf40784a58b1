//! Tunnels for multicast that BGP sets up, for `-v`.

use crate::decode::BgpTunnel;
use crate::print::line::Line;
use crate::print::{hex, tokens};

/// A tunnel for multicast in a provider's network, RFC 6514.
pub(super) fn print(line: &mut Line<'_>, tunnel: &BgpTunnel<'_>) -> Option<()> {
    let ([flags, kind], label) = (tunnel.flags_and_kind()?, tunnel.label()?);
    line.text("\n\t    Tunnel-type ");
    tokens::print_numbered(line, PROVIDER_TUNNELS, kind, "Unknown");
    line.text(", Flags [");
    tokens::print_flags(line, &[(0x01, "Leaf Information required")], flags);
    line.labelled("], MPLS Label ", label);
    let (first_label, second_label) = match kind {
        4 | 5 => ("\n\t      Sender ", ", P-Group "),
        3 => ("\n\t      Root-Node ", ", P-Group "),
        6 => ("\n\t      Tunnel-Endpoint ", ""),
        2 | 7 => ("\n\t      Root-Node ", ", LSP-ID "),
        1 => ("\n\t      Extended-Tunnel-ID ", ", P2MP-ID "),
        _ => {
            hex::without_vv(line, "\n\t      ", tunnel.identifier().bytes());
            return Some(());
        }
    };
    let root = tunnel.root()?;
    match kind {
        6 => line.labelled_address(first_label, root),
        3..=5 => {
            let group = tunnel.group()?;
            line.labelled_address(first_label, root);
            line.labelled_address(second_label, group);
        }
        _ => {
            let id = tunnel.id()?;
            line.labelled_address(first_label, root);
            line.text(second_label);
            line.hex(id, 8);
        }
    }
    Some(())
}

const PROVIDER_TUNNELS: &[(u8, &str)] = &[
    (1, "RSVP-TE P2MP LSP"),
    (2, "LDP P2MP LSP"),
    (3, "PIM-SSM Tree"),
    (4, "PIM-SM Tree"),
    (5, "PIM-Bidir Tree"),
    (6, "Ingress Replication"),
    (7, "LDP MP2MP LSP"),
];
