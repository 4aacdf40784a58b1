//! Numbers, addresses and strings as bytes, without `core::fmt`. Knows no packet.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

const HEX: &[u8; 16] = b"0123456789abcdef";

/// Every octet in decimal: three digits and how many of them count.
static OCTETS: [([u8; 3], u8); 256] = octets();

const fn octets() -> [([u8; 3], u8); 256] {
    let mut table = [([0; 3], 0); 256];
    let mut value = 0;
    while value < 256 {
        let (hundreds, tens, ones) = (value / 100, value / 10 % 10, value % 10);
        table[value] = if hundreds > 0 {
            ([b'0' + hundreds as u8, b'0' + tens as u8, b'0' + ones as u8], 3)
        } else if tens > 0 {
            ([b'0' + tens as u8, b'0' + ones as u8, 0], 2)
        } else {
            ([b'0' + ones as u8, 0, 0], 1)
        };
        value += 1;
    }
    table
}

/// Appends a decimal number.
pub(super) fn decimal(out: &mut Vec<u8>, value: u64) {
    out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
}

/// Appends a decimal number with zeros in front up to `width` digits.
pub(super) fn decimal_padded(out: &mut Vec<u8>, value: u64, width: usize) {
    let mut buffer = itoa::Buffer::new();
    let digits = buffer.format(value).as_bytes();
    out.extend(std::iter::repeat_n(b'0', width.saturating_sub(digits.len())));
    out.extend_from_slice(digits);
}

/// Appends a hexadecimal number of at least `width` digits.
pub(super) fn hex(out: &mut Vec<u8>, value: u64, width: usize) {
    let digits = (16 - value.leading_zeros() as usize / 4).max(width).max(1);
    for place in (0..digits).rev() {
        out.push(HEX[(value >> (place * 4)) as usize & 0x0f]);
    }
}

/// Appends a number as C's `%.10g` does: ten digits that count, without zeros at the end, and with an exponent where it is far from 1.
pub(super) fn general(out: &mut Vec<u8>, value: f64) {
    const DIGITS: i32 = 10;
    if !value.is_finite() {
        out.extend_from_slice(if value.is_sign_negative() { b"-" } else { b"" });
        return out.extend_from_slice(if value.is_nan() { b"nan" } else { b"inf" });
    }
    let scientific = format!("{value:.9e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let trimmed = |number: &str| {
        let has_point = number.contains('.');
        let kept = if has_point { number.trim_end_matches('0').trim_end_matches('.') } else { number };
        kept.to_owned()
    };
    if (-4..DIGITS).contains(&exponent) {
        let places = (DIGITS - 1 - exponent) as usize;
        return out.extend_from_slice(trimmed(&format!("{value:.places$}")).as_bytes());
    }
    out.extend_from_slice(trimmed(digits).as_bytes());
    out.extend_from_slice(if exponent < 0 { b"e-" } else { b"e+" });
    decimal_padded(out, exponent.unsigned_abs().into(), 2);
}

/// Appends bytes as pairs of hexadecimal digits.
pub(super) fn hex_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    for byte in bytes {
        out.extend_from_slice(&[HEX[(byte >> 4) as usize], HEX[(byte & 15) as usize]]);
    }
}

/// Appends bytes as pairs of hexadecimal digits in capitals.
pub(super) fn upper_hex_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    let start = out.len();
    hex_bytes(out, bytes);
    out[start..].make_ascii_uppercase();
}

/// The bytes in front of the first zero, which ends a text or fills its field.
pub(super) fn until_zero(bytes: &[u8]) -> &[u8] {
    bytes.split(|byte| *byte == 0).next().unwrap_or_default()
}

/// Appends a link-layer address: pairs of digits with colons between.
pub(super) fn mac(out: &mut Vec<u8>, address: &[u8]) {
    for (index, byte) in address.iter().enumerate() {
        if index > 0 {
            out.push(b':');
        }
        out.extend_from_slice(&[HEX[(byte >> 4) as usize], HEX[(byte & 15) as usize]]);
    }
}

/// Appends an address of either version.
pub(super) fn address(out: &mut Vec<u8>, address: IpAddr) {
    match address {
        IpAddr::V4(address) => ipv4(out, address),
        IpAddr::V6(address) => ipv6(out, address),
    }
}

/// Appends an IPv4 address.
pub(super) fn ipv4(out: &mut Vec<u8>, address: Ipv4Addr) {
    let mut text = [0; 16];
    let mut len = 0;
    for octet in address.octets() {
        let (digits, count) = OCTETS[octet as usize];
        text[len..len + 3].copy_from_slice(&digits);
        len += count as usize;
        text[len] = b'.';
        len += 1;
    }
    out.extend_from_slice(&text[..len - 1]);
}

/// Appends an IPv6 address as RFC 5952 has it: the longest run of two or more zero groups is `::`, and an address
/// that embeds an IPv4 address (`::a.b.c.d`, `::ffff:a.b.c.d`) shows it.
pub(super) fn ipv6(out: &mut Vec<u8>, address: Ipv6Addr) {
    let groups = address.segments();
    let run = longest_zero_run(&groups);
    let embeds_ipv4 = run.start == 0 && (run.len() == 6 || (run.len() == 5 && groups[5] == 0xffff));
    let end = if embeds_ipv4 { 6 } else { 8 };
    let mut index = 0;
    while index < end {
        if index == run.start && !run.is_empty() {
            out.extend_from_slice(if index == 0 { b"::" } else { b":" });
            index = run.end;
            continue;
        }
        hex(out, groups[index].into(), 1);
        index += 1;
        if index < 8 {
            out.push(b':');
        }
    }
    if embeds_ipv4 {
        let [.., a, b, c, d] = address.octets();
        ipv4(out, Ipv4Addr::new(a, b, c, d));
    }
}

/// The longest run of two or more zero groups, the first of equals; empty when there is none.
fn longest_zero_run(groups: &[u16; 8]) -> std::ops::Range<usize> {
    let mut best = 0..0;
    let mut start = 0;
    for (index, group) in groups.iter().enumerate() {
        if *group != 0 {
            start = index + 1;
        } else if index + 1 - start > best.len() {
            best = start..index + 1;
        }
    }
    if best.len() < 2 { 0..0 } else { best }
}

/// Appends bytes from a packet so that nothing reaches a terminal raw: control characters as `^X`, bytes with the
/// highest bit as `M-` and the rest, as tcpdump does.
pub(super) fn untrusted(out: &mut Vec<u8>, bytes: &[u8]) {
    for &byte in bytes {
        let mut byte = byte;
        if byte >= 0x80 {
            out.extend_from_slice(b"M-");
            byte &= 0x7f;
        }
        if byte < 0x20 || byte == 0x7f {
            out.push(b'^');
            byte ^= 0x40;
        }
        out.push(byte);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn ipv4_addresses_equal_the_standard_librarys() {
        for octet in 0..=255 {
            let address = Ipv4Addr::new(octet, 255 - octet, octet / 3, octet.wrapping_mul(7));
            assert_eq!(text(|out| ipv4(out, address)), address.to_string());
        }
    }

    #[test]
    fn ipv6_addresses_have_one_shortest_form() {
        for expected in [
            "::",
            "::1",
            "fe80::1",
            "2001:db8::",
            "2001:db8:0:1:1:1:1:1",
            "2001:0:0:1::1",
            "1:2:3:4:5:6:7:8",
            "::ffff:10.0.0.1",
            "::10.0.0.1",
            "::1:2:3:4",
            "1::8",
            "0:1:2:3:4:5:6:7",
            "ff02::1:ff00:1",
        ] {
            assert_eq!(text(|out| ipv6(out, expected.parse().unwrap())), expected);
        }
    }

    #[test]
    fn numbers_are_padded_on_the_left() {
        assert_eq!(text(|out| hex(out, 0, 1)), "0");
        assert_eq!(text(|out| hex(out, 0xab, 4)), "00ab");
        assert_eq!(text(|out| hex(out, 0x12345, 4)), "12345");
        assert_eq!(text(|out| decimal_padded(out, 42, 6)), "000042");
    }

    #[test]
    fn real_numbers_have_ten_digits_that_count() {
        let check = |value: f64, expected: &str| assert_eq!(text(|out| general(out, value)), expected);
        check(0.0, "0");
        check(-1.5, "-1.5");
        check(f64::from(0.1_f32), "0.1000000015");
        check(1e9, "1000000000");
        check(12_345_678_901.0, "1.23456789e+10");
        check(0.000_01, "1e-05");
        check(0.000_123, "0.000123");
        check(1e100, "1e+100");
        check(f64::NEG_INFINITY, "-inf");
        check(f64::NAN, "nan");
    }

    #[test]
    fn no_control_byte_gets_through() {
        let every: Vec<u8> = (0..=u8::MAX).collect();
        let shown = text(|out| untrusted(out, &every));
        assert!(shown.bytes().all(|byte| (0x20..0x7f).contains(&byte)));
        assert_eq!(text(|out| untrusted(out, b"a\x1b[\x7f\x9b")), "a^[[^?M-^[");
    }
}
