//! A savefile of mixed traffic, always the same: what a server's uplink carries, in round shares.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;

use sniffer::packet::{ChecksumState, Frame, LinkType, Timestamp};
use sniffer::pcap::{PcapWriter, Precision, WriterOptions};

/// How many TCP connections are open at once.
const CONNECTIONS: u32 = 2_000;

/// Writes that many frames in microseconds.
///
/// # Errors
/// When the file cannot be written.
pub(crate) fn write(path: &Path, frames: u32) -> io::Result<()> {
    let options =
        WriterOptions { link_type: LinkType::ETHERNET, snaplen: 262_144, precision: Precision::Micros };
    let file = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let mut writer = PcapWriter::new(file, options).map_err(io::Error::other)?;
    let (mut random, mut data) = (Random(0x9e37_79b9_7f4a_7c15), Vec::new());
    for number in 0..frames {
        data.clear();
        frame(number, &mut random, &mut data);
        let frame = Frame {
            timestamp: Timestamp {
                seconds: 1_700_000_000 + i64::from(number / 250_000),
                nanos: number % 250_000 * 4_000,
            },
            link_type: LinkType::ETHERNET,
            data: &data,
            original_len: data.len() as u32,
            interface: 0,
            packet_type: None,
            checksum: ChecksumState::Unknown,
        };
        writer.write(&frame).map_err(io::Error::other)?;
    }
    io::Write::flush(writer.get_mut())
}

/// Marsaglia's xorshift64.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 32) as u32) % limit
    }
}

/// One frame of a kind that is drawn by its share in a hundred.
fn frame(number: u32, random: &mut Random, out: &mut Vec<u8>) {
    let connection = random.below(CONNECTIONS);
    match random.below(100) {
        0..55 => ipv4(out, 6, connection, &tcp(number, connection, random)),
        55..67 => ipv6(out, 6, connection, &tcp(number, connection, random)),
        67..82 => ipv4(out, 17, connection, &dns(connection)),
        82..90 => {
            let payload = vec![7; random.below(1_200) as usize];
            ipv4(out, 17, connection, &udp(40_000 + connection as u16 % 999, 5_004, &payload));
        }
        90..94 => ipv4(out, 1, connection, &echo(number)),
        94..97 => {
            ethernet(out, 0x8100);
            out.extend([0, 100]);
            out.extend(0x0800_u16.to_be_bytes());
            network_v4(out, 6, connection, &tcp(number, connection, random));
        }
        97..99 => arp(out, connection),
        _ => ipv6(out, 58, connection, &neighbour_solicitation(connection)),
    }
}

fn ethernet(out: &mut Vec<u8>, ether_type: u16) {
    out.extend([2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1]);
    out.extend(ether_type.to_be_bytes());
}

fn ipv4(out: &mut Vec<u8>, protocol: u8, connection: u32, payload: &[u8]) {
    ethernet(out, 0x0800);
    network_v4(out, protocol, connection, payload);
}

fn network_v4(out: &mut Vec<u8>, protocol: u8, connection: u32, payload: &[u8]) {
    let [high, low] = (20 + payload.len() as u16).to_be_bytes();
    let [_, _, a, b] = connection.to_be_bytes();
    out.extend([0x45, 0, high, low, a, b, 0x40, 0, 64, protocol, 0, 0]);
    out.extend([192, 0, 2, 1, 198, 51, 100 + a, b]);
    out.extend(payload);
}

fn ipv6(out: &mut Vec<u8>, next_header: u8, connection: u32, payload: &[u8]) {
    ethernet(out, 0x86dd);
    let [high, low] = (payload.len() as u16).to_be_bytes();
    let [_, _, a, b] = connection.to_be_bytes();
    out.extend([0x60, 0, 0, 0, high, low, next_header, 64]);
    out.extend([0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    out.extend([0x20, 1, 0xd, 0xb8, 0, 7, 0, 0, 0x1a, 0x2b, 0, 0, 0, 0, a, b]);
    out.extend(payload);
}

/// A segment with a time stamp option: every second one a bare acknowledgement, the others with data.
fn tcp(number: u32, connection: u32, random: &mut Random) -> Vec<u8> {
    let payload = if number.is_multiple_of(2) { 0 } else { random.below(1_448) as usize };
    let mut segment = Vec::with_capacity(32 + payload);
    segment.extend(443_u16.to_be_bytes());
    segment.extend((20_000 + connection as u16).to_be_bytes());
    segment.extend(number.wrapping_mul(1_448).to_be_bytes());
    segment.extend(number.wrapping_mul(77).to_be_bytes());
    segment.extend([0x80, if payload > 0 { 0x18 } else { 0x10 }, 1, 0xf5, 0, 0, 0, 0, 1, 1, 8, 10]);
    segment.extend(number.to_be_bytes());
    segment.extend((number / 3).to_be_bytes());
    segment.resize(32 + payload, b'x');
    segment
}

fn udp(source: u16, destination: u16, payload: &[u8]) -> Vec<u8> {
    let length = 8 + payload.len() as u16;
    [&[source, destination, length, 0].map(u16::to_be_bytes).concat(), payload].concat()
}

/// A query for the address of a host, or the answer to one.
fn dns(connection: u32) -> Vec<u8> {
    let is_answer = connection.is_multiple_of(2);
    let counts = [connection as u16, if is_answer { 0x8180 } else { 0x0100 }, 1, u16::from(is_answer), 0, 0];
    let mut message = counts.map(u16::to_be_bytes).concat();
    message.extend(b"\x03www\x07example\x03com\0\0\x01\0\x01");
    if is_answer {
        message.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 99]);
    }
    let ports = if is_answer { [53, 40_000] } else { [40_000, 53] };
    udp(ports[0], ports[1], &message)
}

fn echo(number: u32) -> Vec<u8> {
    let mut message = vec![8, 0, 0, 0, 0x12, 0x34];
    message.extend((number as u16).to_be_bytes());
    message.resize(64, 0);
    message
}

fn arp(out: &mut Vec<u8>, connection: u32) {
    ethernet(out, 0x0806);
    out.extend([0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, 1, 192, 0, 2, 1, 0, 0, 0, 0, 0, 0]);
    out.extend([192, 0, 2, connection as u8]);
    out.resize(60, 0);
}

fn neighbour_solicitation(connection: u32) -> Vec<u8> {
    let mut message = vec![135, 0, 0, 0, 0, 0, 0, 0];
    message.extend([0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, connection as u8]);
    message.extend([1, 1, 2, 0, 0, 0, 0, 1]);
    message
}
