//! What hosts say to each other on a link without IP: configuration tests, heartbeats of load balancing, CALM FAST.

pub(super) mod aoe;
pub(super) mod cdp;
pub(super) mod cfm;
mod cfm_elements;
pub(super) mod cisco;
pub(super) mod eapol;
pub(super) mod geonet;
pub(super) mod lldp;
mod lldp_dcbx;
mod lldp_media;
mod lldp_private;
pub(super) mod ptp;
pub(super) mod slow;
pub(super) mod stp;
pub(super) mod vqp;
pub(super) mod vtp;

use crate::decode::{CalmFast, Ectp, Nlb};
use crate::print::hex;
use crate::print::line::Line;

pub(super) fn print_ectp(line: &mut Line<'_>, test: &Ectp<'_>) {
    line.text("Loopback");
    if print_test(line, test).is_none() || test.whole().is_truncated() {
        line.truncated("loopback");
    }
}

/// Prints a test as far as it was captured.
fn print_test(line: &mut Line<'_>, test: &Ectp<'_>) -> Option<()> {
    let claimed = test.whole().claimed();
    if claimed < 2 {
        line.invalid();
        return Some(());
    }
    let skip = test.skip_count()?;
    line.labelled(", skipCount ", skip);
    if skip % 8 != 0 {
        line.text(" (bogus)");
    }
    let due = test.due();
    if due.claimed() < 2 {
        line.invalid();
        return Some(());
    }
    let (function, data) = (test.function()?, due.skip(2));
    match function {
        Ectp::REPLY => {
            line.text(", Reply");
            if data.claimed() < 2 {
                line.invalid();
                return Some(());
            }
            line.labelled(", receipt number ", data.get(0).map(u16::from_le_bytes)?);
            print_data(line, data.claimed() - 2);
        }
        Ectp::FORWARD => {
            line.text(", Forward Data");
            if data.claimed() < 6 {
                line.invalid();
                return Some(());
            }
            let address = data.get::<[u8; 6]>(0)?;
            line.text(", forwarding address ");
            line.mac(&address);
            print_data(line, data.claimed() - 6);
        }
        function => {
            line.labelled(",  invalid (", function);
            line.text(")");
        }
    }
    Some(())
}

fn print_data(line: &mut Line<'_>, len: u32) {
    line.labelled(", data (", len);
    line.text(" octets)");
}

pub(super) fn print_nlb(line: &mut Line<'_>, heartbeat: &Nlb<'_>) {
    line.text("MS NLB heartbeat");
    print_heartbeat(line, heartbeat).unwrap_or_else(|| line.truncated("msnlb"));
}

fn print_heartbeat(line: &mut Line<'_>, heartbeat: &Nlb<'_>) -> Option<()> {
    line.labelled(", host priority: ", heartbeat.priority()?);
    let cluster = heartbeat.cluster()?;
    line.text(", cluster IP: ");
    line.ipv4(cluster);
    let host = heartbeat.host()?;
    line.text(", host IP: ");
    line.ipv4(host);
    Some(())
}

/// A frame of CALM FAST from a station, where the link layer names one.
pub(super) fn print_calm_fast(line: &mut Line<'_>, frame: &CalmFast<'_>, source: Option<[u8; 6]>) {
    line.text("CALM FAST");
    if let Some(source) = source {
        line.text(" src:");
        line.mac(&source);
    }
    line.text("; ");
    print_references(line, frame).unwrap_or_else(|| line.truncated("calm_fast"));
}

fn print_references(line: &mut Line<'_>, frame: &CalmFast<'_>) -> Option<()> {
    let whole = frame.whole();
    if whole.claimed() < CalmFast::HEADER_LEN as u32 {
        line.labelled(" (length ", whole.claimed());
        line.text(" < 2)");
        line.invalid();
        return whole.all_captured();
    }
    line.labelled("SrcNwref:", frame.source()?);
    line.text("; ");
    line.labelled("DstNwref:", frame.destination()?);
    line.text("; ");
    if line.is_verbose() {
        hex::with_ascii(line, whole.skip(CalmFast::HEADER_LEN).bytes());
    }
    Some(())
}
