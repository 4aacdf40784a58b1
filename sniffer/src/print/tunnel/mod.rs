//! Protocols with another packet inside: GRE, ESP, AH, MPLS, PPPoE, VXLAN, Geneve.

pub(super) mod l2tp;
mod pppoe;
pub(super) mod shim;

use crate::decode::{Ah, Geneve, Gre, GtpU, Layer, Mpls, Otv, Payload, Vxlan};
use crate::print::line::Line;
use crate::print::tokens::{self, ETHER_TYPES};

pub(super) fn print(line: &mut Line<'_>, layer: &Layer<'_>) {
    match layer {
        Layer::Gre(gre) => print_gre(line, gre),
        Layer::Esp(esp) => {
            line.labelled_hex("ESP(spi=", esp.spi(), 8);
            line.labelled_hex(",seq=", esp.sequence(), 1);
            line.labelled("), length ", esp.whole().claimed());
        }
        Layer::Ah(ah) => print_ah(line, ah),
        Layer::Mpls(mpls) => print_mpls(line, mpls),
        Layer::Pppoe(pppoe) => pppoe::print(line, pppoe),
        Layer::GtpU(message) => print_gtpu(line, message),
        Layer::Vxlan(vxlan) => print_vxlan(line, vxlan),
        Layer::Geneve(geneve) => print_geneve(line, geneve),
        _ => {}
    }
}

fn print_gre(line: &mut Line<'_>, gre: &Gre<'_>) {
    line.labelled("GREv", gre.version());
    if gre.version() > 1 {
        return line.text(" ERROR: unknown-version");
    }
    if line.is_verbose() {
        line.text(", Flags [");
        tokens::print_flags(line, GRE_FLAGS, gre.flags());
        line.text("]");
    }
    // The mark of what is missing comes with the stop.
    if print_gre_fields(line, gre).is_none() {
        return;
    }
    if line.options.link_header {
        line.text(", proto ");
        tokens::print_with_hex(line, ETHER_TYPES, gre.protocol(), 4, "unknown");
    }
    line.labelled(", length ", gre.whole().claimed());
    if gre.version() == 0 || gre.sequence().is_some() {
        line.text(if line.is_verbose() { "\n\t" } else { ": " });
    }
}

const GRE_FLAGS: &[(u16, &str)] = &[
    (0x8000, "checksum present"),
    (0x4000, "routing present"),
    (0x2000, "key present"),
    (0x1000, "sequence# present"),
    (0x0800, "source routing present"),
    (0x0080, "ack present"),
];

/// The fields that the flags tell of.
fn print_gre_fields(line: &mut Line<'_>, gre: &Gre<'_>) -> Option<()> {
    if let Some(fields) = gre.checksum_and_offset() {
        let [checksum, offset] = fields?;
        if line.is_verbose() {
            line.labelled_hex(", sum ", checksum, 1);
        }
        line.labelled_hex(", off ", offset, 1);
    }
    if let Some(key) = gre.key() {
        let key = key?;
        if gre.version() == 1 {
            line.labelled(", call ", key & 0xffff);
        } else {
            line.labelled_hex(", key=", key, 1);
        }
    }
    if let Some(sequence) = gre.sequence() {
        line.labelled(", seq ", sequence?);
    }
    if let Some(acknowledgement) = gre.acknowledgement() {
        line.labelled(", ack ", acknowledgement?);
    }
    if gre.version() == 1 && gre.sequence().is_none() {
        line.text(", no-payload");
    }
    Some(())
}

fn print_ah(line: &mut Line<'_>, ah: &Ah<'_>) {
    line.text("AH(");
    if line.is_verbose() {
        let words = (ah.header_len() / 4) as u64 - 2;
        line.labelled("length=", words);
        line.labelled("(", ah.header_len() as u64);
        line.text("-bytes),");
    }
    if ah.reserved() != 0 {
        line.labelled_hex("reserved=", ah.reserved(), 1);
        line.text("[MustBeZero],");
    }
    line.labelled_hex("spi=", ah.spi(), 8);
    line.labelled_hex(",seq=", ah.sequence(), 1);
    line.text(",icv=0x");
    line.hex_bytes(ah.integrity());
    if ah.is_complete() {
        line.text("): ");
    }
}

fn print_mpls(line: &mut Line<'_>, mpls: &Mpls<'_>) {
    let is_first = !line.out.ends_with(b" (") && !line.out.ends_with(b")");
    line.text(if is_first { "MPLS" } else { "" });
    line.text(if !is_first && line.is_verbose() { "\n\t" } else { " " });
    line.labelled("(label ", mpls.label());
    if let Some(meaning) = tokens::name(RESERVED_LABELS, mpls.label()).filter(|_| line.is_verbose()) {
        line.text(" (");
        line.text(meaning);
        line.text(")");
    }
    line.labelled(", tc ", mpls.traffic_class());
    if mpls.is_bottom() {
        line.text(", [S]");
    }
    line.labelled(", ttl ", mpls.ttl());
    line.text(")");
    if mpls.is_bottom() && matches!(mpls.payload().get(0), Some(0x45_u8..=0x4f | 0x60..=0x6f)) {
        line.text(if line.is_verbose() { "\n\t" } else { " " });
    }
}

/// Labels of special meaning, RFC 3032 section 2.1 and later.
const RESERVED_LABELS: &[(u32, &str)] = &[
    (0, "IPv4 explicit NULL"),
    (1, "router alert"),
    (2, "IPv6 explicit NULL"),
    (3, "implicit NULL"),
    (7, "Entropy Label Indicator"),
];

/// GTP-U, which tcpdump does not know: on a line of its own, with `-v`.
fn print_gtpu(line: &mut Line<'_>, message: &GtpU<'_>) {
    line.labelled_hex("\n\tGTP-U, teid ", message.teid(), 8);
    if message.kind() != GtpU::PACKET {
        line.labelled(", type ", message.kind());
    }
    if let Some(sequence) = message.sequence() {
        line.labelled(", seq ", sequence);
    }
    line.labelled(", length ", message.length());
    if message.kind() == GtpU::PACKET {
        line.text(": ");
    }
}

fn print_vxlan(line: &mut Line<'_>, vxlan: &Vxlan<'_>) {
    line.text("VXLAN, flags [");
    line.text(if vxlan.flags() & 0x08 == 0 { "." } else { "I" });
    line.labelled_hex("] (", vxlan.flags(), 2);
    line.labelled("), vni ", vxlan.network());
    line.byte(b'\n');
}

/// The line ends behind it, as behind VXLAN's.
pub(super) fn print_otv(line: &mut Line<'_>, otv: &Otv<'_>) {
    line.text("OTV, flags [");
    line.text(if otv.flags() & 0x08 == 0 { "." } else { "I" });
    line.labelled_hex("] (", otv.flags(), 2);
    line.labelled("), overlay ", otv.overlay());
    line.labelled(", instance ", otv.instance());
    line.byte(b'\n');
}

/// A header that was not captured whole, or for which the datagram has no room.
pub(super) fn print_truncated_otv(line: &mut Line<'_>, rest: Payload<'_>) {
    line.text("OTV, ");
    if rest.claimed() as usize >= Otv::HEADER_LEN {
        return line.truncated("otv");
    }
    line.too_short(rest.claimed(), Otv::HEADER_LEN as u64);
}

fn print_geneve(line: &mut Line<'_>, geneve: &Geneve<'_>) {
    line.text("Geneve");
    if geneve.version() != 0 {
        return line.labelled(" ERROR: unknown-version ", geneve.version());
    }
    line.text(", Flags [");
    if geneve.flags() == 0 {
        line.text("none");
    }
    for (index, name) in ["O", "C", "R1", "R2", "R3", "R4", "R5", "R6"].iter().enumerate() {
        line.text(if geneve.flags() & 0x80 >> index == 0 { "" } else { name });
    }
    line.text("]");
    line.text(", vni 0x");
    line.hex_digits(geneve.network(), 1);
    if geneve.reserved() != 0 {
        line.labelled_hex(", rsvd ", geneve.reserved(), 1);
    }
    if line.options.link_header {
        line.text(", proto ");
        line.text(tokens::name(ETHER_TYPES, geneve.protocol()).unwrap_or("unknown"));
        line.labelled_hex(" (", geneve.protocol(), 4);
        line.text(")");
    }
    let (options_len, room) = (geneve.options_len(), geneve.behind().claimed());
    if let Some(missing) = (options_len as u64).checked_sub(room.into()).filter(|missing| *missing > 0) {
        line.labelled(" truncated-geneve - ", missing);
        return line.text(" bytes missing");
    }
    if !geneve.is_complete() {
        return line.truncated("geneve");
    }
    if options_len > 0 {
        line.text(", options [");
        if line.is_verbose() {
            print_geneve_options(line, geneve.options());
        } else {
            line.number(options_len as u64);
            line.text(" bytes");
        }
        line.text("]");
    }
    line.text(if line.is_verbose() { "\n\t" } else { ": " });
}

fn print_geneve_options(line: &mut Line<'_>, mut options: Payload<'_>) {
    let mut separator = "";
    while let Some([high, low, kind, len]) = options.read::<[u8; 4]>() {
        line.text(std::mem::replace(&mut separator, ", "));
        let class = u16::from_be_bytes([high, low]);
        line.text("class ");
        line.text(match class {
            0x0100 => "Linux",
            0x0101 => "Open vSwitch",
            0x0102 => "Open Virtual Networking (OVN)",
            0x0103 => "In-band Network Telemetry (INT)",
            0x0104 => "VMware",
            0..=0x00ff => "Standard",
            0xfff0.. => "Experimental",
            _ => "Unknown",
        });
        line.labelled_hex(" (", class, 1);
        line.labelled_hex(") type ", kind, 1);
        line.text(if kind & 0x80 == 0 { "" } else { "(C)" });
        let len = u32::from(len & 0x1f) * 4;
        line.labelled(" len ", len + 4);
        if len > options.claimed() {
            return line.text(" [bad length]");
        }
        if line.options.verbose > 1 && len > 0 {
            line.text(" data");
            for word in options.with_claim(len).bytes().as_chunks::<4>().0 {
                line.byte(b' ');
                line.hex_bytes(word);
            }
        }
        options = options.skip(len as usize);
    }
}
