//! IPX: addresses, and of what is told by its socket the kind.

use crate::decode::{Eigrp, Ipx, IpxAddress, Payload};
use crate::print::line::Line;
use crate::print::routing::eigrp;
use crate::print::text;

pub(in crate::print) fn print(line: &mut Line<'_>, ipx: &Ipx<'_>) {
    if !line.options.link_header {
        line.text("IPX ");
    }
    print_packet(line, ipx).unwrap_or_else(|| line.truncated("ipx"));
}

fn print_packet(line: &mut Line<'_>, ipx: &Ipx<'_>) -> Option<()> {
    let (source, destination) = (IpxAddress::new(ipx.source()?), IpxAddress::new(ipx.destination()?));
    print_address(line, source.network, source.station);
    line.text(".");
    line.hex_digits(source.socket, 4);
    line.text(" > ");
    print_address(line, destination.network, destination.station);
    line.text(".");
    line.hex_digits(destination.socket, 4);
    line.text(": ");
    let length = ipx.length()?;
    if length < Ipx::HEADER_LEN {
        line.too_short(length, 30_u8);
        return Some(());
    }
    let data = ipx.data();
    match destination.socket {
        0x0451 => line.labelled("ipx-ncp ", data.claimed()),
        0x0452 => return print_services(line, data),
        0x0453 => return print_routes(line, data),
        0x0455 => line.labelled("ipx-netbios ", data.claimed()),
        0x0456 => line.labelled("ipx-diags ", data.claimed()),
        0x0553 => line.labelled("ipx-nwlink-dgm ", data.claimed()),
        0x85be => match Eigrp::new(data) {
            Some(packet) => eigrp::print(line, &packet),
            None => line.truncated("eigrp"),
        },
        socket => {
            line.text("ipx-#");
            line.hex_digits(socket, 1);
            line.labelled(" ", data.claimed());
        }
    }
    Some(())
}

fn print_address(line: &mut Line<'_>, network: [u8; 4], station: [u8; 6]) {
    line.hex_bytes(&network);
    line.text(".");
    text::mac(line.out, &station);
}

/// Which servers are asked for or there, by the numbers of their kinds.
fn print_services(line: &mut Line<'_>, mut data: Payload<'_>) -> Option<()> {
    /// Servers in an answer at most.
    const MOST: usize = 8;
    let command: u16 = data.read()?;
    let name = match command {
        1 => "ipx-sap-req",
        2 => "ipx-sap-resp",
        3 => "ipx-sap-nearest-req",
        4 => "ipx-sap-nearest-resp",
        _ => {
            line.text("ipx-sap-?");
            line.hex_digits(command, 1);
            return Some(());
        }
    };
    line.text(name);
    if command % 2 == 1 {
        let kind: u16 = data.read()?;
        line.text(" ");
        line.hex_digits(kind, 4);
        return Some(());
    }
    for _ in 0..MOST {
        if data.claimed() == 0 {
            break;
        }
        let kind: u16 = data.read()?;
        line.text(" ");
        line.hex_digits(kind, 4);
        line.text(" '");
        line.zero_padded(data.with_claim(48))?;
        line.text("'");
        data = data.skip(48);
        let (network, station) = (data.read()?, data.read()?);
        line.text(" addr ");
        print_address(line, network, station);
        data.read::<[u8; 4]>()?;
    }
    Some(())
}

/// Which networks are asked for or can be reached.
fn print_routes(line: &mut Line<'_>, mut data: Payload<'_>) -> Option<()> {
    /// Networks in an answer at most.
    const MOST: usize = 50;
    let command: u16 = data.read()?;
    let most = match command {
        1 => 1,
        2 => MOST,
        _ => {
            line.text("ipx-rip-?");
            line.hex_digits(command, 1);
            return Some(());
        }
    };
    line.text(if command == 1 { "ipx-rip-req" } else { "ipx-rip-resp" });
    for _ in 0..most {
        match data.claimed() {
            0 => break,
            1..8 => {
                line.invalid();
                break;
            }
            _ => {}
        }
        let (network, hops, ticks): ([u8; 4], u16, u16) = (data.read()?, data.read()?, data.read()?);
        line.text(" ");
        line.hex_bytes(&network);
        line.labelled("/", hops);
        line.labelled(".", ticks);
    }
    Some(())
}
