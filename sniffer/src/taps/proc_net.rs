//! What `/proc/net` tells of taps: the sockets where `sock_diag(7)` is not to be had, and the kernel's own functions.

use std::fs;
use std::io;

use super::{KernelFunction, Kind, Tap};

/// The functions by which packet sockets get their frames: they stand for sockets, which are listed by themselves.
const OF_SOCKETS: &[&str] = &["packet_rcv", "tpacket_rcv", "packet_rcv_fanout", "packet_rcv_spkt"];

/// A table of the calling thread's network namespace.
fn table(name: &str) -> io::Result<String> {
    fs::read_to_string(format!("/proc/thread-self/net/{name}"))
}

/// All packet sockets, without the names of interfaces and without details.
pub(super) fn sockets() -> io::Result<Vec<Tap>> {
    Ok(table("packet")?.lines().filter_map(socket).collect())
}

/// Functions that are given every frame and are no socket's. None where the table cannot be read.
pub(super) fn kernel_functions() -> Vec<KernelFunction> {
    table("ptype").unwrap_or_default().lines().filter_map(kernel_function).collect()
}

/// `sk RefCnt Type Proto Iface R Rmem User Inode`. The line of titles has no number in any of its places.
fn socket(line: &str) -> Option<Tap> {
    let mut words = line.split_ascii_whitespace().skip(2);
    Some(Tap {
        kind: Kind::of(words.next()?.parse().ok()?),
        protocol: u16::from_str_radix(words.next()?, 16).ok()?,
        interface_index: words.next()?.parse().ok()?,
        interface: None,
        running: words.next()? == "1",
        uid: words.nth(1)?.parse().ok()?,
        inode: words.next()?.parse().ok()?,
        user: None,
        owners: Vec::new(),
        details: None,
    })
}

/// `Type Device Function`, the device left out where there is none.
fn kernel_function(line: &str) -> Option<KernelFunction> {
    let mut words = line.strip_prefix("ALL ")?.split_ascii_whitespace();
    let (name, interface) = match (words.next()?, words.next()) {
        (interface, Some(name)) => (name, Some(interface.to_owned())),
        (name, None) => (name, None),
    };
    (!OF_SOCKETS.contains(&name)).then(|| KernelFunction { name: name.to_owned(), interface })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_table_of_sockets() {
        assert_eq!(socket("sk               RefCnt Type Proto  Iface R Rmem   User   Inode"), None);
        let tap = socket("0000000000000000 3      3    0003   2     1 0      1000   4711").expect("a socket");
        assert_eq!((tap.kind, tap.protocol, tap.interface_index, tap.running), (Kind::Raw, 3, 2, true));
        assert_eq!((tap.uid, tap.inode, tap.details), (1000, 4711, None));
    }

    #[test]
    fn functions_that_are_given_every_frame() {
        let named = |line| kernel_function(line).map(|function| (function.name, function.interface));
        assert_eq!(named("0800          ip_rcv"), None);
        assert_eq!(named("ALL           tpacket_rcv"), None);
        assert_eq!(named("ALL  eth0     packet_rcv"), None);
        assert_eq!(
            named("ALL           some_tap [tap]").map(|(_, interface)| interface),
            Some(Some("some_tap".to_owned()))
        );
        assert_eq!(named("ALL  eth0     some_tap"), Some(("some_tap".to_owned(), Some("eth0".to_owned()))));
    }
}
