//! The text files of the system that hold names: `hosts(5)`, `services(5)`, `protocols(5)`, `ethers(5)`.

use std::fs;

/// The text of a file. One that is not there knows no name.
pub(super) fn read(path: &str) -> String {
    // Names may be in any encoding; those that are asked for are in UTF-8.
    fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// The words of each line, comments aside.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().map(|line| line.split('#').next().unwrap_or_default().split_whitespace().collect())
}

/// Six numbers with colons between.
pub(super) fn ether_address(text: &str) -> Option<[u8; 6]> {
    let mut bytes = [0; 6];
    if text.split(':').count() != bytes.len() {
        return None;
    }
    for (byte, digits) in bytes.iter_mut().zip(text.split(':')) {
        *byte = u8::from_str_radix(digits, 16).ok()?;
    }
    Some(bytes)
}
