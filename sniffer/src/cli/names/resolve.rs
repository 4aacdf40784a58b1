//! Numbers for names, which the filter compiler asks for: hosts by the resolver, everything else from the text files in
//! `/etc`. Knows no expression.

use std::net::{IpAddr, ToSocketAddrs as _};

use sniffer::filter::{Resolve, Service};

use super::files::{ether_address, lines, read};

/// The names of this system. A file that is not there knows no name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemNames;

impl Resolve for SystemNames {
    /// `getaddrinfo(3)`; may ask a name server and take its time.
    fn host(&self, name: &str) -> Vec<IpAddr> {
        const ANY_PORT: u16 = 0;
        let addresses = (name, ANY_PORT).to_socket_addrs();
        addresses.map(|addresses| addresses.map(|address| address.ip()).collect()).unwrap_or_default()
    }

    fn network(&self, name: &str) -> Option<u32> {
        network(&read("/etc/networks"), name)
    }

    fn service(&self, name: &str) -> Service {
        service(&read("/etc/services"), name)
    }

    fn protocol(&self, name: &str) -> Option<u8> {
        protocol(&read("/etc/protocols"), name)
    }

    fn ether(&self, name: &str) -> Option<[u8; 6]> {
        ether(&read("/etc/ethers"), name)
    }
}

/// The second word of each line whose first word, or one after the second, is `name`: `services(5)`, `protocols(5)`,
/// `networks(5)`.
fn values<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    lines(text).filter_map(move |words| match words.as_slice() {
        [first, value, aliases @ ..] if *first == name || aliases.contains(&name) => Some(*value),
        _ => None,
    })
}

/// The first port of each transport.
fn service(text: &str, name: &str) -> Service {
    let port = |transport: &str| {
        values(text, name)
            .filter_map(|value| value.split_once('/'))
            .find(|(_, protocol)| *protocol == transport)
            .and_then(|(port, _)| port.parse().ok())
    };
    Service { tcp: port("tcp"), udp: port("udp") }
}

fn protocol(text: &str, name: &str) -> Option<u8> {
    values(text, name).next()?.parse().ok()
}

/// A network of one to four numbers, which are its first bytes.
fn network(text: &str, name: &str) -> Option<u32> {
    let mut bytes = [0; 4];
    let value = values(text, name).next()?;
    if value.split('.').count() > bytes.len() {
        return None;
    }
    for (byte, part) in bytes.iter_mut().zip(value.split('.')) {
        *byte = part.parse().ok()?;
    }
    Some(u32::from_be_bytes(bytes))
}

/// `ethers(5)`: the address comes first.
fn ether(text: &str, name: &str) -> Option<[u8; 6]> {
    let address = lines(text).find_map(|words| match words.as_slice() {
        [address, host] if *host == name => Some(*address),
        _ => None,
    })?;
    ether_address(address)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const SERVICES: &str = "
# a comment
http\t\t80/tcp\t\twww\t\t# WorldWideWeb HTTP
domain  53/tcp
domain  53/udp
bootps  67/udp
broken
far 70000/tcp
";

    #[test]
    fn services_have_ports_by_transport_and_aliases() {
        for (name, tcp, udp) in [
            ("http", Some(80), None),
            ("www", Some(80), None),
            ("domain", Some(53), Some(53)),
            ("bootps", None, Some(67)),
            ("WorldWideWeb", None, None),
            ("80/tcp", None, None),
            ("broken", None, None),
            ("far", None, None),
            ("", None, None),
        ] {
            assert_eq!(service(SERVICES, name), Service { tcp, udp }, "{name}");
        }
    }

    #[test]
    fn protocols_have_numbers_and_aliases() {
        let text = "ip\t0\tIP\t\t# internet protocol\nipv6-icmp 58 IPv6-ICMP\nbig 300\n";
        for (name, number) in
            [("ip", Some(0)), ("IP", Some(0)), ("IPv6-ICMP", Some(58)), ("big", None), ("tcp", None)]
        {
            assert_eq!(protocol(text, name), number, "{name}");
        }
    }

    #[test]
    fn networks_are_left_justified() {
        let text = "loopback 127.0.0.0\nshort 10 old-name\nmiddle 172.16\nlong 1.2.3.4.5\nwrong 1.x\n";
        for (name, expected) in [
            ("loopback", Some(Ipv4Addr::new(127, 0, 0, 0))),
            ("short", Some(Ipv4Addr::new(10, 0, 0, 0))),
            ("old-name", Some(Ipv4Addr::new(10, 0, 0, 0))),
            ("middle", Some(Ipv4Addr::new(172, 16, 0, 0))),
            ("long", None),
            ("wrong", None),
            ("absent", None),
        ] {
            assert_eq!(network(text, name).map(Ipv4Addr::from), expected, "{name}");
        }
    }

    #[test]
    fn ethers_have_the_address_first() {
        let text = "02:00:5e:10:00:01 router # the one\n2:0:0:0:0:a short\n1:2:3 bad\n";
        for (name, expected) in [
            ("router", Some([2, 0, 0x5e, 0x10, 0, 1])),
            ("short", Some([2, 0, 0, 0, 0, 10])),
            ("bad", None),
            ("02:00:5e:10:00:01", None),
        ] {
            assert_eq!(ether(text, name), expected, "{name}");
        }
    }

    #[test]
    fn numeric_hosts_need_no_name_server() {
        assert_eq!(SystemNames.host("192.0.2.1"), [IpAddr::from([192, 0, 2, 1])]);
    }
}
