//! What flows and ports are called. Nothing is looked up.

use std::net::IpAddr;

use crate::counters::{Host, Transport};

/// The name of an IP protocol, its number where it has none here.
pub fn protocol(number: u8) -> String {
    match Transport::from_protocol(number) {
        Transport::Other if number == IPV6_FRAGMENT => Transport::Fragment.name().to_owned(),
        Transport::Other => number.to_string(),
        transport => transport.name().to_owned(),
    }
}

/// The number by which the kernel side marks flows of IPv6 fragments.
const IPV6_FRAGMENT: u8 = 44;

/// One end of a flow: its address, and its port if it has one.
pub fn end(host: Host, port: u16) -> String {
    match (host.address(), port) {
        (address, 0) => address.to_string(),
        (IpAddr::V4(address), port) => format!("{address}:{port}"),
        (IpAddr::V6(address), port) => format!("[{address}]:{port}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_people_type() {
        assert_eq!([6, 58, 44, 89].map(protocol), ["tcp", "icmpv6", "fragment", "89"]);
        let (v4, v6) = (Host::new([0, 0x0a00_0001], true), Host::new([0, 1], false));
        assert_eq!(
            [end(v4, 80), end(v4, 0), end(v6, 53), end(v6, 0)],
            ["10.0.0.1:80", "10.0.0.1", "[::1]:53", "::1"]
        );
    }
}
