//! Numbers as people read them: three digits that count, and a unit.

/// A number with a unit, of the powers of `base`.
fn scaled(number: u64, base: u64, units: &[&str], separator: &str) -> String {
    let (mut unit, mut divisor) = (0, 1);
    while unit + 1 < units.len() && number / divisor >= base {
        unit += 1;
        divisor *= base;
    }
    let (whole, name) = (number / divisor, units[unit]);
    let separator = if name.is_empty() { "" } else { separator };
    let rest = |digits: u64| u128::from(number % divisor) * u128::from(digits) / u128::from(divisor);
    match whole {
        _ if divisor == 1 => format!("{whole}{separator}{name}"),
        0..10 => format!("{whole}.{:02}{separator}{name}", rest(100)),
        10..100 => format!("{whole}.{}{separator}{name}", rest(10)),
        _ => format!("{whole}{separator}{name}"),
    }
}

/// A number of things: `1.23M`.
pub fn count(number: u64) -> String {
    scaled(number, 1000, &["", "k", "M", "G", "T", "P"], "")
}

/// A number of bits: `1.23 Mb`.
pub fn bits(number: u64) -> String {
    scaled(number, 1000, &["b", "kb", "Mb", "Gb", "Tb", "Pb"], " ")
}

/// A number of bytes: `1.23 MiB`.
pub fn bytes(number: u64) -> String {
    scaled(number, 1024, &["B", "KiB", "MiB", "GiB", "TiB", "PiB"], " ")
}

/// A number of hundredths: `1.23`.
pub fn hundredths(number: u64) -> String {
    format!("{}.{:02}", number / 100, number % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digits_count() {
        let counts = [0, 999, 1000, 12_345, 123_456, 999_999, 1_000_000, u64::MAX].map(count);
        assert_eq!(counts, ["0", "999", "1.00k", "12.3k", "123k", "999k", "1.00M", "18446P"]);
        assert_eq!([bits(5), bits(1_234_000)], ["5 b", "1.23 Mb"]);
        assert_eq!([bytes(1023), bytes(1536), bytes(10 << 20)], ["1023 B", "1.50 KiB", "10.0 MiB"]);
        assert_eq!([hundredths(0), hundredths(1234)], ["0.00", "12.34"]);
    }
}
