//! An expression explained to the one who wrote it: how it was read, what it keeps in plain words, and where it may mean
//! something else than it seems to. Knows the syntax tree; that it compiles, and whether it can keep anything, is asked
//! of the compiler.

mod tree;

mod many;
mod words;
mod written;

mod traps;

use std::fmt;

use super::link::{Link, Scheme};
use super::{Error, Options, Resolve, compile, parse};
use tree::Node;

/// What there is to say of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The expression with parentheses and all qualifiers; empty for the empty one.
    pub written: String,
    /// What it keeps, one line a test, indented by two blanks a level.
    pub keeps: Vec<String>,
    /// What may surprise.
    pub warnings: Vec<String>,
}

/// Explains an expression for packets as `options` describe them.
///
/// # Errors
///
/// As [`compile`].
pub fn explain(text: &str, options: &Options, names: &dyn Resolve) -> Result<Explanation, Error> {
    let filter = compile(text, options, names)?;
    let Some(expr) = parse(text)? else {
        let keeps = vec!["every packet".to_owned()];
        return Ok(Explanation { written: String::new(), keeps, warnings: Vec::new() });
    };
    let node = Node::of(&expr);
    let mut warnings = traps::find(&expr, text, *options, names);
    if filter.is_reject_all() {
        warnings.insert(0, "no packet can match: two of its tests contradict each other".to_owned());
    }
    let is_wlan = Link::of(options.link_type).scheme == Scheme::Wlan;
    let context = words::Context { text, names, is_wlan };
    Ok(Explanation { written: written::node(&node, text), keeps: words::node(&node, context), warnings })
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.written.is_empty() {
            writeln!(f, "read as:\n  {}", self.written)?;
        }
        writeln!(f, "keeps:")?;
        for line in &self.keeps {
            writeln!(f, "  {line}")?;
        }
        for warning in &self.warnings {
            writeln!(f, "note: {warning}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    use crate::filter::{Entries, NoNames, Service, SetKind};
    use crate::packet::LinkType;

    const SAVED: Options =
        Options { link_type: LinkType::ETHERNET, live: false, netmask: None, see_through: false };

    fn explained(text: &str) -> Explanation {
        explain(text, &SAVED, &NoNames).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn parentheses_and_inherited_qualifiers_are_put_in() {
        for (text, expected) in [
            ("tcp or udp and ip6", "(tcp or udp) and ip6"),
            (
                "tcp dst port 80 or 443 and not 22",
                "(tcp dst port 80 or tcp dst port 443) and not tcp dst port 22",
            ),
            ("src 10.0.0.1 or 10.0.0.2", "src host 10.0.0.1 or src host 10.0.0.2"),
            ("not (tcp or udp)", "not (tcp or udp)"),
            ("host (10.0.0.1 and not 10.0.0.2)", "host 10.0.0.1 and not host 10.0.0.2"),
            ("tcp[13] & 2 != 0", "(tcp[13] & 2) != 0"),
            ("ip[8] % 3 + 1 = -len", "(ip[8] % (3 + 1)) = (-len)"),
            ("ip[2:2] > 0x40", "ip[2:2] > 0x40"),
            ("ether src 2:0:0:0:0:1 and vlan 7", "ether src host 2:0:0:0:0:1 and vlan 7"),
            ("a or b", ""),
        ] {
            match explain(text, &SAVED, &NoNames) {
                Ok(explanation) => assert_eq!(explanation.written, expected, "{text}"),
                Err(_) => assert_eq!(expected, "", "{text}"),
            }
        }
    }

    /// What is printed can be typed, and means the same.
    #[test]
    fn what_is_written_means_the_same() {
        for line in include_str!("../../../tests/corpus/filters.txt").lines() {
            let text = line.split(" #").next().unwrap_or_default();
            let Ok(filter) = compile(text, &SAVED, &NoNames) else { continue };
            let written = explained(text).written;
            let again = compile(&written, &SAVED, &NoNames).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(again, filter, "{text} is written as {written}");
        }
    }

    #[test]
    fn sets_and_long_lists_are_a_line() {
        struct Web;
        impl Resolve for Web {
            fn set(&self, _: &str, kind: SetKind) -> Result<Option<Arc<Entries>>, String> {
                Ok(Some(Arc::new(Entries::parse("10.0.0.0/8\n192.0.2.1", kind, self).expect("entries"))))
            }
        }
        let hosts: Vec<_> = (1..=20).map(|host| format!("host 10.0.0.{host}")).collect();
        let long = hosts.join(" or ");
        let negated = format!("tcp and not {}", hosts.join(" and not "));
        for (text, expected) in [
            (
                "src host in {10.0.0.1, 10.1.0.0/16}",
                &["IPv4, ARP and RARP packets from one of 2: 10.0.0.1, 10.1.0.0/16"][..],
            ),
            ("host in {10.0.0.1, ::1}", &["IP, ARP and RARP packets from or to one of 2: 10.0.0.1, ::1"]),
            ("ip6 net in {2001:db8::/32}", &["IPv6 packets from or to 2001:db8::/32"]),
            (
                "tcp dst port in {1, 2, 3, 4, 5, 80-90}",
                &["TCP packets to a port that is one of 6: 1, 2, 3, 4 and 2 more"],
            ),
            ("ether src in {2:0:0:0:0:1}", &["link-layer packets from 2:0:0:0:0:1"]),
            (
                "dst host in @web or arp",
                &[
                    "any of:",
                    "  IP, ARP and RARP packets to an element of the set @web, which has 2 entries",
                    "  ARP packets",
                ],
            ),
            (
                long.as_str(),
                &[
                    "IPv4, ARP and RARP packets from or to one of 20: 10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4 and 16 more, \
                   looked up together",
                ],
            ),
            (
                negated.as_str(),
                &[
                    "all of:",
                    "  TCP packets",
                    "  not: IPv4, ARP and RARP packets from or to one of 20: 10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4 and 16 \
                     more, looked up together",
                ],
            ),
        ] {
            let explanation = explain(text, &SAVED, &Web).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(explanation.keeps, expected, "{text}");
        }
    }

    #[test]
    fn every_test_is_a_line() {
        let keeps = explained("tcp port 80 or 443 and not src net 10.0.0.0/8").keeps;
        assert_eq!(
            keeps,
            [
                "all of:",
                "  any of:",
                "    TCP packets from or to port 80",
                "    TCP packets from or to port 443",
                "  not: IPv4, ARP and RARP packets from an address in 10.0.0.0/8",
            ]
        );
        assert_eq!(explained(" ").keeps, ["every packet"]);
    }

    /// Each expression has a warning with these words, and none when there are no words.
    #[test]
    fn traps_are_told() {
        for (text, words) in [
            ("vlan 100 or vlan 200", "outer tag 100 or an inner tag 200"),
            ("(vlan and ip) or ip", "inside"),
            ("not vlan and ip", "inside"),
            ("vlan 100 and tcp", ""),
            ("ip or (vlan and ip)", ""),
            ("tcp or udp and ip6", "bind equally"),
            ("tcp and ip6 or udp", ""),
            ("(tcp or udp) and ip6", ""),
            ("tcp and (udp or ip6 and icmp)", "bind equally"),
            ("not tcp or udp", "'not' takes"),
            ("not host 10.0.0.1 and 10.0.0.2", "'not' takes"),
            ("not tcp and udp", ""),
            ("tcp port 80", "fragments"),
            ("port in {80, 443}", "fragments"),
            ("host in {10.0.0.1}", "VLAN tag"),
            ("tcp[2:2] = 80", "IPv4 only"),
            ("icmp6[0] = 1", "extension headers"),
            ("udp or icmp", ""),
            ("port 80 or host 10.0.0.1 or 443", "0.0.1.187"),
            ("ip and ip6", "no packet can match"),
            ("ether proto 0x42", "service access point"),
            ("net 10", ""),
            ("ip", "VLAN tag"),
        ] {
            let warnings = explained(text).warnings;
            let expected = |warning: &String| match words {
                "" => !warning.contains("VLAN tag"),
                words => warning.contains(words),
            };
            assert_eq!(warnings.iter().any(expected), !words.is_empty(), "{text}: {warnings:?}");
        }
    }

    #[test]
    fn what_is_seen_through_is_no_trap() {
        let options = Options { see_through: true, ..SAVED };
        let warnings = explain("tcp port 80", &options, &NoNames).expect("it compiles").warnings;
        assert_eq!(warnings, [""; 0]);
    }

    #[test]
    fn a_service_of_one_transport_is_told() {
        struct Http;
        impl Resolve for Http {
            fn service(&self, _: &str) -> Service {
                Service { tcp: Some(80), udp: None }
            }
        }
        let warnings = explain("port http", &SAVED, &Http).expect("it compiles").warnings;
        assert!(warnings.iter().any(|warning| warning.contains("'http' is 80 of TCP alone")), "{warnings:?}");
    }
}
