//! Savefiles to print: some frames built here, and the captures beside the checkout.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::process::SNIFFER;
use crate::support::skip;

/// An echo request behind a VLAN tag, a DNS answer, a SYN with options, and a frame cut inside its IPv4 header.
pub(crate) fn frames() -> Vec<Vec<u8>> {
    let ethernet = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1];
    let ipv4 = |protocol, payload: &[u8]| {
        let [high, low] = (20 + payload.len() as u16).to_be_bytes();
        let header = [0x45, 0, high, low, 0, 9, 0x40, 0, 64, protocol, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2];
        [&header[..], payload].concat()
    };
    let answer = b"\x12\x34\x81\x80\0\x01\0\x01\0\0\0\0\x03www\x07example\0\0\x01\0\x01\xc0\x0c\0\x01\0\x01\0\0\0\x3c\0\x04\xc0\0\x02\x63";
    let udp = [&[0, 53, 0x9c, 0x40, 0, 8 + answer.len() as u8, 0, 0], &answer[..]].concat();
    let syn = [0x9c, 0x40, 1, 187, 0, 0, 0, 7, 0, 0, 0, 0, 0x60, 2, 0xfa, 0xf0, 0, 0, 0, 0, 2, 4, 5, 0xb4];
    let echo = [8, 0, 0, 0, 0, 5, 0, 6, b'x', b'y'];
    vec![
        [&ethernet[..], &[0x81, 0, 0x60, 7, 8, 0], &ipv4(1, &echo)].concat(),
        [&ethernet[..], &[8, 0], &ipv4(17, &udp)].concat(),
        [&ethernet[..], &[8, 0], &ipv4(6, &syn)].concat(),
        [&ethernet[..], &[8, 0, 0x45, 0]].concat(),
    ]
}

/// An Ethernet frame with an IPv4 packet from 10.0.0.1 to 10.0.0.2.
pub(crate) fn ipv4(protocol: u8, payload: &[u8]) -> Vec<u8> {
    let [high, low] = (20 + payload.len() as u16).to_be_bytes();
    let ethernet = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0];
    let header = [0x45, 0, high, low, 0, 9, 0x40, 0, 64, protocol, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2];
    [&ethernet[..], &header, payload].concat()
}

/// A TCP segment with data.
pub(crate) fn tcp(ports: [u16; 2], payload: &[u8]) -> Vec<u8> {
    let [source, destination] = ports.map(u16::to_be_bytes);
    let rest = [0, 0, 0, 1, 0, 0, 0, 1, 0x50, 0x18, 0xfa, 0xf0, 0, 0, 0, 0];
    ipv4(6, &[&source[..], &destination, &rest, payload].concat())
}

/// A UDP datagram.
pub(crate) fn udp(ports: [u16; 2], payload: &[u8]) -> Vec<u8> {
    let [source, destination] = ports.map(u16::to_be_bytes);
    let length = (8 + payload.len() as u16).to_be_bytes();
    ipv4(17, &[&source[..], &destination, &length, &[0, 0], payload].concat())
}

/// A file of these frames that is removed with this.
pub(crate) struct Saved(pub(crate) PathBuf);

impl Saved {
    pub(crate) fn new(name: &str, frames: &[Vec<u8>]) -> Self {
        let path = std::env::temp_dir().join(format!("sniffer-{name}-{}.pcap", std::process::id()));
        let words = |words: &[u32]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
        let mut file = words(&[0xa1b2_c3d4, 4 << 16 | 2, 0, 0, 262_144, 1]);
        for (number, frame) in frames.iter().enumerate() {
            file.extend(words(&[1_700_000_000, number as u32, frame.len() as u32, frame.len() as u32]));
            file.extend(frame);
        }
        fs::write(&path, file).expect("the folder for temporary files is writable");
        Self(path)
    }
}

impl Drop for Saved {
    fn drop(&mut self) {
        drop(fs::remove_file(&self.0));
    }
}

/// What the sniffer prints of a file.
pub(crate) fn printed(file: &Path, options: &[&str]) -> String {
    let output = Command::new(SNIFFER).arg("-r").arg(file).args(options).output().expect("it starts");
    String::from_utf8(output.stdout).expect("its output is UTF-8")
}

/// The values that tshark has for these fields of a file, a line a packet; `None`, and a line that says so, without tshark.
pub(crate) fn tshark(file: &Path, fields: &[&str]) -> Option<String> {
    let mut command = Command::new(skip::program("the comparison of fields", "tshark")?);
    command.arg("-r").arg(file).args(["-T", "fields"]);
    command.args(fields.iter().flat_map(|name| ["-e", name]));
    let output = command.output().expect("it starts");
    Some(String::from_utf8(output.stdout).expect("its output is UTF-8"))
}

/// The captures beside the checkout, where they exist.
pub(crate) fn captures() -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/captures")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files
}
