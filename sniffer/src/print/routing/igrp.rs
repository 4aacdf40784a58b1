//! IGRP and its routes.

use crate::decode::{Igrp, IgrpRoute};
use crate::print::line::Line;
use crate::print::{text, tokens};

pub(in crate::print) fn print(line: &mut Line<'_>, message: &Igrp<'_>) {
    line.text("igrp:");
    print_message(line, message).unwrap_or_else(|| line.truncated("igrp"));
}

/// Prints a message; `None` where it is cut.
fn print_message(line: &mut Line<'_>, message: &Igrp<'_>) -> Option<()> {
    let counts = message.counts()?;
    let [mut interior, mut system, mut exterior] =
        [0, 2, 4].map(|at| u16::from_be_bytes([counts[at], counts[at + 1]]));
    let (first, checksum) = (message.first()?, message.checksum()?);
    line.byte(b' ');
    tokens::print(line, &[(1_u8, "update"), (2, "request")], first & 0x0f, ["op-#", ""]);
    line.labelled(" V", first >> 4);
    line.labelled(" edit=", message.edition()?);
    line.labelled(" AS=", message.system()?);
    line.labelled(" (", interior);
    line.labelled("/", system);
    line.labelled("/", exterior);
    line.text(")");
    if line.is_verbose() {
        line.text(" checksum=");
        line.hex(checksum, 4);
    }
    let mut rest = message.routes();
    while rest.claimed() as usize >= IgrpRoute::LEN {
        let route = IgrpRoute::new(rest);
        let network = route.network()?;
        if interior > 0 {
            interior -= 1;
            print_network(line, " *.", network, "");
        } else if system > 0 {
            system -= 1;
            print_network(line, " ", network, ".0");
        } else if exterior > 0 {
            exterior -= 1;
            print_network(line, " X", network, ".0");
        } else {
            line.labelled(" [extra bytes ", rest.claimed());
            line.text("]");
            break;
        }
        print_metric(line, &route)?;
        rest = rest.skip(IgrpRoute::LEN);
    }
    if interior > 0 || system > 0 || exterior > 0 || rest.claimed() > 0 {
        line.invalid();
    }
    Some(())
}

fn print_network(line: &mut Line<'_>, before: &str, network: [u8; 3], behind: &str) {
    line.text(before);
    for (index, byte) in network.iter().enumerate() {
        line.text(if index == 0 { "" } else { "." });
        text::decimal(line.out, (*byte).into());
    }
    line.text(behind);
}

fn print_metric(line: &mut Line<'_>, route: &IgrpRoute<'_>) -> Option<()> {
    /// The worst metric that there is.
    const WORST: u32 = 0x00ff_ffff;
    let (delay, bandwidth) = (route.delay()?, route.bandwidth()?);
    let [reliability, load, hops] = route.quality()?;
    line.labelled(" d=", 10 * delay);
    line.labelled(" b=", 10_000_000_u32.checked_div(bandwidth).unwrap_or(0));
    line.labelled(" r=", reliability);
    line.labelled(" l=", load);
    line.labelled(" M=", (bandwidth + delay).min(WORST));
    line.labelled(" mtu=", route.mtu()?);
    line.labelled(" in ", hops);
    line.text(" hops");
    Some(())
}
