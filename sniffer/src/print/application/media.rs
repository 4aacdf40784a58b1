//! Sound and pictures: RTP and RTCP, and the programs before them.

use std::io::Write as _;

use crate::decode::{Rtcp, RtcpPacket, RtcpReport, Rtp, RtpFault, Vat};
use crate::print::line::Line;

pub(super) fn print_rtp(line: &mut Line<'_>, rtp: &Rtp<'_>) {
    let claimed = rtp.whole().claimed();
    let header_len = if claimed < Rtp::DRAFT_HEADER_LEN { Rtp::DRAFT_HEADER_LEN } else { rtp.header_len() };
    // Which of the headers it is, is asked of what was captured.
    let is_known = claimed < Rtp::DRAFT_HEADER_LEN || rtp.timestamp().is_some();
    if is_known && claimed < header_len {
        line.labelled("udp/rtp, length ", claimed);
        return line.labelled(" < ", header_len);
    }
    print_rtp_packet(line, rtp).unwrap_or_else(|| line.truncated("rtp"));
}

fn print_rtp_packet(line: &mut Line<'_>, rtp: &Rtp<'_>) -> Option<()> {
    let timestamp = rtp.timestamp()?;
    line.text(if rtp.is_draft() { "udp/rtpv1 " } else { "udp/rtp " });
    line.number(rtp.whole().claimed().saturating_sub(rtp.header_len()));
    line.labelled(" c", rtp.payload_type()?);
    line.text(if rtp.is_extended()? { " +" } else { " " });
    line.text(if rtp.marker()? { "* " } else { " " });
    line.number(rtp.sequence()?);
    line.labelled(" ", timestamp);
    if !line.is_verbose() {
        return Some(());
    }
    line.labelled(" ", rtp.source()?);
    match rtp.content()? {
        Err(RtpFault::Options) => line.text(" !opt"),
        Err(RtpFault::Extension) => line.text(" !ext"),
        Ok(content) if rtp.payload_type() == Some(H261) => {
            line.byte(b' ');
            line.hex(content.get::<u32>(0)? >> 16, 4);
        }
        Ok(_) => {}
    }
    Some(())
}

/// The type of H.261's pictures.
const H261: u8 = 0x1f;

pub(super) fn print_rtcp(line: &mut Line<'_>, rtcp: &Rtcp<'_>) {
    for packet in rtcp.packets() {
        let printed = packet.and_then(|packet| print_rtcp_packet(line, &packet));
        if printed.is_none() {
            return line.truncated("rtcp");
        }
    }
}

fn print_rtcp_packet(line: &mut Line<'_>, packet: &RtcpPacket<'_>) -> Option<()> {
    let reports_len = u32::from(packet.count()) * RtcpPacket::REPORT_LEN;
    match packet.kind() {
        RtcpPacket::SENDER_REPORT => {
            line.text(" sr");
            let len = RtcpPacket::HEADER_LEN + RtcpPacket::SENDER_LEN + reports_len;
            print_source(line, packet, len);
            let sender = packet.sender()?;
            let (seconds, fraction) = ((sender.time >> 32) as u32, sender.time as u32);
            print_seconds(line, " @", f64::from(seconds) + f64::from(fraction) / 4_294_967_296.0);
            line.labelled(" ", sender.timestamp);
            line.labelled(" ", sender.packets);
            line.labelled("p ", sender.bytes);
            line.byte(b'b');
        }
        RtcpPacket::RECEIVER_REPORT => {
            line.text(" rr");
            print_source(line, packet, RtcpPacket::HEADER_LEN + reports_len);
        }
        RtcpPacket::DESCRIPTION | RtcpPacket::GOODBYE => {
            line.text(if packet.kind() == RtcpPacket::GOODBYE { " bye " } else { " sdes " });
            line.number(packet.length());
            print_source(line, packet, packet.length());
        }
        kind => {
            line.labelled_hex(" type-", kind, 1);
            line.labelled(" ", packet.length());
        }
    }
    print_reports(line, packet)
}

/// Another length than what is counted gives, and with `-v` who sends the packet.
fn print_source(line: &mut Line<'_>, packet: &RtcpPacket<'_>, len: u32) {
    if packet.length() != len {
        line.labelled(" [", packet.length());
        line.text("]");
    }
    if line.is_verbose() {
        line.labelled(" ", packet.source());
    }
}

fn print_reports(line: &mut Line<'_>, packet: &RtcpPacket<'_>) -> Option<()> {
    let mut reports = packet.reports().peekable();
    if reports.peek().is_some() && packet.count() > 1 {
        line.labelled(" c", packet.count());
    }
    reports.try_for_each(|report| {
        let RtcpReport { source, lost, highest, jitter, last_report, delay, .. } = report?;
        if line.is_verbose() {
            line.labelled(" ", source);
        }
        line.labelled(" ", lost);
        line.labelled("l ", highest);
        line.labelled("s ", jitter);
        print_seconds(line, "j @", f64::from(last_report) / 65536.0);
        print_seconds(line, "+", f64::from(delay) / 65536.0);
        Some(())
    })
}

fn print_seconds(line: &mut Line<'_>, label: &str, seconds: f64) {
    // A vector takes everything.
    let _ = write!(line.out, "{label}{seconds:.2}");
}

pub(super) fn print_vat(line: &mut Line<'_>, vat: &Vat<'_>) {
    let claimed = vat.whole().claimed();
    match vat.is_vt() {
        _ if claimed < 2 => {
            line.labelled("udp/va/vat, length ", claimed);
            line.text(" < 2");
        }
        Some(false) if claimed < Vat::HEADER_LEN => {
            line.labelled("udp/vat, length ", claimed);
            line.labelled(" < ", Vat::HEADER_LEN);
        }
        is_vt => print_sound(line, vat, is_vt).unwrap_or_else(|| line.truncated("vat")),
    }
}

fn print_sound(line: &mut Line<'_>, vat: &Vat<'_>, is_vt: Option<bool>) -> Option<()> {
    let claimed = vat.whole().claimed();
    if is_vt? {
        let first = vat.first()?;
        line.labelled("udp/vt ", claimed);
        line.labelled(" ", first & 0x3ff);
        line.labelled(" / ", first >> 10);
        return Some(());
    }
    let timestamp = vat.timestamp()?;
    line.labelled("udp/vat ", claimed.saturating_sub(Vat::HEADER_LEN));
    line.labelled(" c", vat.conference()?);
    line.labelled(" ", timestamp);
    line.text(if vat.is_start()? { "*" } else { "" });
    for (label, value) in [(" f", vat.format()?), (" s", vat.sources()?)] {
        if value != 0 {
            line.labelled(label, value);
        }
    }
    Some(())
}
