//! The line being written: where text goes, and what every protocol's printer needs beside its layer.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::flows::Bases;
use super::names::{Names, PortProtocol};
use super::options::Options;
use super::oui::OUIS;
use super::style::{Style, styled};
use super::{text, tokens};
use crate::decode::{Payload, u24};
use crate::packet::ChecksumState;

/// A line under construction.
pub(super) struct Line<'p> {
    pub(super) options: Options,
    pub(super) names: &'p dyn Names,
    pub(super) bases: Bases<'p>,
    pub(super) checksum: ChecksumState,
    /// The interface of the packet, as whoever names interfaces counts them.
    pub(super) interface: u32,
    /// How many packets are quoted within each other around the one being printed.
    pub(super) quoted: u8,
    pub(super) out: &'p mut Vec<u8>,
}

impl Line<'_> {
    pub(super) fn text(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    pub(super) fn byte(&mut self, byte: u8) {
        self.out.push(byte);
    }

    pub(super) fn number(&mut self, value: impl Into<u64>) {
        text::decimal(self.out, value.into());
    }

    pub(super) fn signed(&mut self, value: impl Into<i64>) {
        let value = value.into();
        self.text(if value < 0 { "-" } else { "" });
        self.number(value.unsigned_abs());
    }

    /// `text` followed by a number.
    pub(super) fn labelled(&mut self, text: &str, value: impl Into<u64>) {
        self.text(text);
        self.number(value);
    }

    /// `text` followed by an address.
    pub(super) fn labelled_address(&mut self, text: &str, address: impl Into<IpAddr>) {
        self.text(text);
        self.address(address.into());
    }

    /// A decimal number behind as many blanks as make it `width` wide.
    pub(super) fn padded(&mut self, value: impl Into<u64>, width: usize) {
        let mut number = itoa::Buffer::new();
        let number = number.format(value.into());
        self.out.extend(std::iter::repeat_n(b' ', width.saturating_sub(number.len())));
        self.text(number);
    }

    /// `0x` and at least `width` hexadecimal digits.
    pub(super) fn hex(&mut self, value: impl Into<u64>, width: usize) {
        self.text("0x");
        text::hex(self.out, value.into(), width);
    }

    /// `text` followed by a number as `hex` has it.
    pub(super) fn labelled_hex(&mut self, text: &str, value: impl Into<u64>, width: usize) {
        self.text(text);
        self.hex(value, width);
    }

    /// At least `width` hexadecimal digits.
    pub(super) fn hex_digits(&mut self, value: impl Into<u64>, width: usize) {
        text::hex(self.out, value.into(), width);
    }

    /// Bytes as pairs of hexadecimal digits.
    pub(super) fn hex_bytes(&mut self, bytes: &[u8]) {
        text::hex_bytes(self.out, bytes);
    }

    /// The same with digits in capitals.
    pub(super) fn upper_hex_bytes(&mut self, bytes: &[u8]) {
        text::upper_hex_bytes(self.out, bytes);
    }

    /// A hardware address: without `-n` its name, or the number and who made the network card.
    pub(super) fn mac(&mut self, address: &[u8]) {
        match <[u8; 6]>::try_from(address) {
            Ok(address) if !self.names.is_numeric() => self.ether(address),
            _ => text::mac(self.out, address),
        }
    }

    fn ether(&mut self, address: [u8; 6]) {
        if !self.names.ether(address, self.out) {
            text::mac(self.out, &address);
            let [a, b, c, ..] = address;
            self.text(" (oui ");
            self.text(tokens::name(OUIS, u24([a, b, c])).unwrap_or("Unknown"));
            self.text(")");
        }
    }

    pub(super) fn ipv4(&mut self, address: Ipv4Addr) {
        self.address(address.into());
    }

    /// An IPv4 address behind as many blanks as make all of them equally wide.
    pub(super) fn padded_ipv4(&mut self, address: Ipv4Addr) {
        // The column counts what is read, and no colours.
        let (start, color) = (self.out.len(), std::mem::replace(&mut self.options.color, false));
        self.ipv4(address);
        let missing = 15_usize.saturating_sub(self.out.len() - start);
        self.out.truncate(start);
        self.options.color = color;
        self.out.extend(std::iter::repeat_n(b' ', missing));
        self.ipv4(address);
    }

    pub(super) fn ipv6(&mut self, address: Ipv6Addr) {
        self.address(address.into());
    }

    pub(super) fn address(&mut self, address: IpAddr) {
        styled(self.options.color, Style::Host, self.out, |out| {
            if !self.names.host(address, out) {
                text::address(out, address);
            }
        });
    }

    pub(super) fn port(&mut self, protocol: PortProtocol, port: u16) {
        if !self.names.port(protocol, port, self.out) {
            self.number(port);
        }
    }

    /// Bytes that a stranger chose.
    pub(super) fn untrusted(&mut self, bytes: &[u8]) {
        text::untrusted(self.out, bytes);
    }

    /// Bytes that a stranger chose, up to the first zero; nothing where the capture ends before it.
    pub(super) fn zero_padded(&mut self, field: Payload<'_>) -> Option<()> {
        let shown = text::until_zero(field.bytes());
        self.untrusted(shown);
        (shown.len() < field.bytes().len() || !field.is_truncated()).then_some(())
    }

    /// tcpdump's mark for a packet that was not captured whole.
    pub(super) fn truncated(&mut self, protocol: &str) {
        self.fault(&[" [|", protocol, "]"]);
    }

    /// tcpdump's mark for a packet that contradicts itself.
    pub(super) fn invalid(&mut self) {
        self.fault(&[" (invalid)"]);
    }

    /// The same for one that has fewer bytes than its header.
    pub(super) fn too_short(&mut self, len: impl Into<u64>, least: impl Into<u64>) {
        self.labelled("[length ", len);
        self.labelled(" < ", least);
        self.text("]");
        self.invalid();
    }

    /// Words about what is wrong.
    pub(super) fn fault(&mut self, words: &[&str]) {
        styled(self.options.color, Style::Fault, self.out, |out| {
            for word in words {
                out.extend_from_slice(word.as_bytes());
            }
        });
    }

    pub(super) fn is_verbose(&self) -> bool {
        self.options.verbose > 0
    }
}
