//! An expression explained to the one who wrote it: how it was read, what it keeps in plain words, and where it may mean
//! something else than it seems to. Knows the syntax tree; that it compiles, and whether it can keep anything, is asked
//! of the compiler.

mod tree;

mod words;
mod written;

mod traps;

use std::fmt;

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
    Ok(Explanation { written: written::node(&node, text), keeps: words::node(&node, text), warnings })
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
    use crate::filter::{NoNames, Service};
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
            fn host(&self, _: &str) -> Vec<std::net::IpAddr> {
                Vec::new()
            }
            fn network(&self, _: &str) -> Option<u32> {
                None
            }
            fn service(&self, _: &str) -> Service {
                Service { tcp: Some(80), udp: None }
            }
            fn protocol(&self, _: &str) -> Option<u8> {
                None
            }
            fn ether(&self, _: &str) -> Option<[u8; 6]> {
                None
            }
        }
        let warnings = explain("port http", &SAVED, &Http).expect("it compiles").warnings;
        assert!(warnings.iter().any(|warning| warning.contains("'http' is 80 of TCP alone")), "{warnings:?}");
    }
}
