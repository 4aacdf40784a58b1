//! Expressions far longer than those of the corpus: what the verifier makes of their programs, and what these decide.

use std::fmt::Display;

use super::{LIVE, stages, test_run};
use crate::specimens;
use crate::support::expression::live;
use crate::support::skip;

#[test]
fn long_expressions_load_and_give_the_evaluators_verdicts() {
    if !skip::is_root() {
        return;
    }
    // Every shape of frame, few of each: the verifier is what is asked here.
    let frames: Vec<_> = specimens::ethernet().into_iter().step_by(11).collect();
    for link_type in LIVE {
        let compile = |expression: &str| live(link_type, expression).expect("the expression is one");
        let filters = long_expressions().map(|(name, expression)| (name, compile(&expression)));
        for mut pipeline in stages(link_type) {
            for (name, filter) in &filters {
                let kept = test_run::compare(&mut pipeline, link_type, name, filter, &frames);
                assert!(kept > 0, "{link_type}: {name}: some frames are kept");
            }
        }
    }
}

/// The alternatives; the frames of the corpus are for the last of them.
fn any<T: Display>(alternatives: impl IntoIterator<Item = T>) -> String {
    alternatives.into_iter().map(|alternative| alternative.to_string()).collect::<Vec<_>>().join(" or ")
}

fn long_expressions() -> [(&'static str, String); 9] {
    let host = |n: u32| format!("host 172.16.{}.{}", n >> 8, n & 0xff);
    let six = |n: u32| format!("2001:db8:{n:x}::{:x}", n * 7919 % 0xffff);
    [
        ("hosts of IPv4", any((0..500).map(host)) + " or host 10.0.0.1"),
        ("hosts of IPv6", any((0..300).map(|n| format!("host {}", six(n)))) + " or host 2001:db8::1"),
        ("ports", any((0..1000).map(|n| format!("port {}", 1024 + n * 3))) + " or port 80"),
        (
            "ranges of ports",
            any((0..200).map(|n| format!("tcp dst portrange {}-{}", 2000 + n * 10, 2004 + n * 10)))
                + " or portrange 1-100",
        ),
        (
            "networks of both kinds",
            any((0..200).map(|n| format!("src net 172.{n}.0.0/20 or dst net 2001:db8:{n:x}::/48")))
                + " or net 10.0.0.0/8",
        ),
        (
            "pairs of host and port",
            any((0..300).map(|n| format!("({} and tcp port {})", host(n), 3000 + n))) + " or tcp port 80",
        ),
        (
            "bytes at many places",
            any((0..200).map(|n| format!("(ip[{}] & {} = {} and ip[{}:2] > 900)", n % 60, n, n, n % 40)))
                + " or ip[9] = 6",
        ),
        (
            "what must not be",
            (0..300)
                .map(|n| format!("not {} and not port {}", host(n), 3000 + n))
                .collect::<Vec<_>>()
                .join(" and "),
        ),
        (
            "headers in a row",
            any((0..8).map(|n| format!("ip6 protochain {} or ip protochain {}", 100 + n, 100 + n)))
                + " or tcp",
        ),
    ]
}
