//! BFD: a session's state in one line, with `-v` its timers and what proves who sent the packet.

use crate::decode::{Application, Bfd};
use crate::print::line::Line;
use crate::print::{hex, tokens};

/// The flag that says that authentication follows.
const AUTHENTICATED: u8 = 0x04;

pub(in crate::print) fn print(line: &mut Line<'_>, bfd: &Bfd<'_>) {
    let (claimed, is_verbose) = (bfd.whole().claimed(), line.is_verbose());
    line.labelled("BFDv", bfd.version());
    if bfd.version() > 1 {
        line.labelled(", Control, length: ", claimed);
        if is_verbose {
            hex::only(line, bfd.whole().bytes());
        }
        return;
    }
    if is_verbose {
        line.labelled(", length: ", claimed);
        line.text("\n\t");
    } else {
        line.text(", ");
    }
    if bfd.version() == 0 {
        line.text("Control, Flags: [");
        tokens::print_flags(line, OLD_FLAGS, bfd.state_and_flags());
    } else {
        line.text(match bfd.application() {
            Application::BfdMultihop => "Multihop, State ",
            Application::BfdLag => "Lag, State ",
            _ => "Control, State ",
        });
        line.text(["AdminDown", "Down", "Init", "Up"][usize::from(bfd.state())]);
        line.text(", Flags: [");
        tokens::print_flags(line, FLAGS, bfd.flags());
    }
    line.byte(b']');
    if is_verbose {
        print_details(line, bfd).unwrap_or_else(|| line.truncated("bfd"));
    } else {
        line.labelled(", length: ", claimed);
    }
}

const OLD_FLAGS: &[(u8, &str)] = &[
    (0x80, "I Hear You"),
    (0x40, "Demand"),
    (0x20, "Poll"),
    (0x10, "Final"),
    (0x08, "Control Plane Independent"),
    (AUTHENTICATED, "Authentication Present"),
    (0x02, "Reserved"),
    (0x01, "Reserved"),
];

const FLAGS: &[(u8, &str)] = &[
    (0x20, "Poll"),
    (0x10, "Final"),
    (0x08, "Control Plane Independent"),
    (AUTHENTICATED, "Authentication Present"),
    (0x02, "Demand"),
    (0x01, "Multipoint"),
];

fn print_details(line: &mut Line<'_>, bfd: &Bfd<'_>) -> Option<()> {
    line.text(", Diagnostic: ");
    tokens::print_or(line, DIAGNOSTICS, bfd.diagnostic(), "unknown");
    line.labelled_hex(" (", bfd.diagnostic(), 2);
    let [send, receive, echo] = bfd.intervals();
    line.labelled(")\n\tDetection Timer Multiplier: ", bfd.multiplier());
    // The product is of 32 bits, as in tcpdump.
    line.labelled(" (", u32::from(bfd.multiplier()).wrapping_mul(send) / 1000);
    line.labelled(" ms Detection time), BFD Length: ", bfd.length());
    let [mine, yours] = bfd.discriminators();
    line.labelled_hex("\n\tMy Discriminator: ", mine, 8);
    line.labelled_hex(", Your Discriminator: ", yours, 8);
    let intervals = [
        ("\n\t  Desired min Tx Interval:    ", send),
        ("\n\t  Required min Rx Interval:   ", receive),
        ("\n\t  Required min Echo Interval: ", echo),
    ];
    for (label, interval) in intervals {
        line.text(label);
        line.padded(interval / 1000, 4);
        line.text(" ms");
    }
    if bfd.state_and_flags() & AUTHENTICATED == 0 {
        return Some(());
    }
    print_authentication(line, bfd)
}

const DIAGNOSTICS: &[(u8, &str)] = &[
    (0, "No Diagnostic"),
    (1, "Control Detection Time Expired"),
    (2, "Echo Function Failed"),
    (3, "Neighbor Signaled Session Down"),
    (4, "Forwarding Plane Reset"),
    (5, "Path Down"),
    (6, "Concatenated Path Down"),
    (7, "Administratively Down"),
    (8, "Reverse Concatenated Path Down"),
];

fn print_authentication(line: &mut Line<'_>, bfd: &Bfd<'_>) -> Option<()> {
    let section = bfd.authentication();
    let [kind, len, key, _]: [u8; 4] = section.get(0)?;
    line.text("\n\tAuthentication: ");
    tokens::print_numbered(line, METHODS, kind, "Unknown");
    line.labelled(", length: ", len);
    line.labelled("\n\t  Auth Key ID: ", key);
    let (is_right_len, label, digest_len) = match kind {
        1 => ((4..=19).contains(&len), "", 0),
        2 | 3 => (len == 24, "\n\t  Digest: ", 16),
        4 | 5 => (len == 28, "\n\t  Hash: ", 20),
        _ => return Some(()),
    };
    if !is_right_len {
        line.labelled("[invalid length ", len);
        line.byte(b']');
        return Some(());
    }
    if kind == 1 {
        let password = section.skip(3).with_claim(u32::from(len) - 3);
        line.text(", Password: ");
        line.untrusted(password.bytes());
        return password.all_captured();
    }
    let sequence: u32 = section.get(4)?;
    line.labelled_hex(", Sequence Number: ", sequence, 8);
    let digest = section.bytes().get(8..8 + digest_len)?;
    line.text(label);
    line.hex_bytes(digest);
    Some(())
}

const METHODS: &[(u8, &str)] = &[
    (1, "Simple Password"),
    (2, "Keyed MD5"),
    (3, "Meticulous Keyed MD5"),
    (4, "Keyed SHA1"),
    (5, "Meticulous Keyed SHA1"),
];
