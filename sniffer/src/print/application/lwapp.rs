//! LWAPP: in one line, and with `-v` control messages.

use crate::decode::{Application, Lwapp};
use crate::print::hex;
use crate::print::line::Line;
use crate::print::tokens::{self, print_flags};

pub(in crate::print) fn print(line: &mut Line<'_>, frame: &Lwapp<'_>) {
    let is_data = frame.application() == Application::LwappData;
    let word = if is_data { "lwapp_data" } else { "lwapp_control" };
    print_frame(line, frame, is_data).unwrap_or_else(|| line.truncated(word));
}

fn print_frame(line: &mut Line<'_>, frame: &Lwapp<'_>, is_data: bool) -> Option<()> {
    if frame.header().bytes().len() < Lwapp::HEADER_LEN {
        return None;
    }
    let (version, flags, length) = (frame.version()?, frame.flags()?, frame.length()?);
    if version != 0 {
        line.labelled("LWAPP version ", version);
        line.text(" packet not supported");
        return Some(());
    }
    line.labelled("LWAPPv", version);
    line.text(if flags & 0x04 == 0 { ", Data frame" } else { ", Control frame" });
    if !line.is_verbose() {
        print_frame_flags(line, flags);
        line.labelled(", length ", frame.whole().claimed());
        return Some(());
    }
    // tcpdump has one more blank in lines of data.
    let blank = if is_data { " " } else { "" };
    line.text(", Radio-id ");
    line.text(blank);
    line.number(frame.radio()?);
    print_frame_flags(line, flags);
    if is_data && usize::from(length) < Lwapp::HEADER_LEN {
        line.labelled(", length ", length);
        line.text(" < transport header length");
        return Some(());
    }
    line.text(", Frag-id ");
    line.text(blank);
    line.number(frame.fragment()?);
    line.labelled(", length ", length);
    if is_data {
        let body = frame.header().skip(Lwapp::HEADER_LEN);
        let len = usize::from(length) - Lwapp::HEADER_LEN;
        hex::only(line, &body.bytes()[..len.min(body.bytes().len())]);
        return Some(());
    }
    if let Some(address) = frame.access_point() {
        line.text("\n\tAP identity: ");
        line.mac(&address);
    }
    print_messages(line, frame, length)
}

fn print_frame_flags(line: &mut Line<'_>, flags: u8) {
    line.text(", Flags [");
    print_flags(line, FLAGS, flags);
    line.text("]");
}

const FLAGS: &[(u8, &str)] = &[(0x01, "Last Fragment Bit"), (0x02, "Fragment Bit"), (0x04, "Control Bit")];

/// Control messages in the `length` bytes behind the header.
fn print_messages(line: &mut Line<'_>, frame: &Lwapp<'_>, length: u16) -> Option<()> {
    /// Bytes of a message's header.
    const HEADER_LEN: u32 = 8;
    let mut rest = frame.header().skip(Lwapp::HEADER_LEN);
    let mut left = u32::from(length);
    while left > 0 {
        let ([kind, sequence], len, session): ([u8; 2], u16, u32) =
            (rest.get(0)?, rest.get(2)?, rest.get(4)?);
        let whole_len = HEADER_LEN + u32::from(len);
        if left < whole_len {
            line.text("\n\t  Msg goes past end of PDU");
            break;
        }
        line.text("\n\t  Msg type: ");
        tokens::print_numbered(line, MESSAGES, kind, "Unknown");
        line.labelled(", Seqnum: ", sequence);
        line.labelled(", Msg len: ", len);
        line.labelled_hex(", Session: ", session, 8);
        if rest.bytes().len() < len.into() {
            return None;
        }
        rest = rest.skip(whole_len as usize);
        left -= whole_len;
    }
    Some(())
}

const MESSAGES: &[(u8, &str)] = &[
    (1, "Discovery req"),
    (2, "Discovery resp"),
    (3, "Join req"),
    (4, "Join resp"),
    (5, "Join ack"),
    (6, "Join confirm"),
    (10, "Configure req"),
    (11, "Configure resp"),
    (12, "Update req"),
    (13, "Update resp"),
    (14, "WTP event req"),
    (15, "WTP event resp"),
    (16, "Change state event req"),
    (17, "Change state event resp"),
    (22, "Echo req"),
    (23, "Echo resp"),
    (24, "Image data req"),
    (25, "Image data resp"),
    (26, "Channel status req"),
    (27, "Channel status resp"),
    (30, "Key update req"),
    (31, "Key update resp"),
    (32, "Primary discovery req"),
    (33, "Primary discovery resp"),
    (34, "Data transfer req"),
    (35, "Data transfer resp"),
    (36, "Clear config ind"),
    (37, "Wlan config req"),
    (38, "Wlan config resp"),
    (39, "Mobile config req"),
    (40, "Mobile config resp"),
];
