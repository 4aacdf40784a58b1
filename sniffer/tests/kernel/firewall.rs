//! Where the tap stands beside the firewall: in front of it on the way in, behind it on the way out.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::lab::{End, Lab};
use crate::support::process::sniffer;
use crate::support::traffic::{self, Version};
use crate::support::{skip, wait};

/// nft(8), where both it and its part of the kernel are installed.
fn nft(test: &str, end: &End) -> Option<PathBuf> {
    let nft = skip::program(test, "nft")?;
    let mut command = Command::new(&nft);
    let child =
        end.namespace.start(command.args(["list", "ruleset"]).stderr(Stdio::null()).stdout(Stdio::null()));
    let has_rules = child.and_then(|mut child| child.wait()).expect("nft runs").success();
    if !has_rules {
        skip::say(test, "the kernel has no nf_tables");
    }
    has_rules.then_some(nft)
}

/// Loads a ruleset into the namespace of `end`.
fn load_rules(nft: &Path, end: &End, rules: &str) {
    let mut command = Command::new(nft);
    let mut child = end.namespace.start(command.args(["-f", "-"]).stdin(Stdio::piped())).expect("nft starts");
    child.stdin.take().expect("a pipe").write_all(rules.as_bytes()).expect("nft reads");
    assert!(child.wait().expect("nft ends").success());
}

/// The lines that a capture on `end` prints of three datagrams from left to right.
fn lines_of_three_datagrams(lab: &Lab, end: &End) -> usize {
    let running = sniffer(&end.namespace, &["-n", "-l", "-i", end.name, "udp port 4000 or udp port 4001"]);
    for version in [Version::V4, Version::V6, Version::V4] {
        traffic::udp_send(lab, version, 4000, b"payload");
    }
    // What no rule drops ends the series.
    traffic::udp_send(lab, Version::V4, 4001, b"the end");
    let last = ".4001: ";
    wait::until_true("the last datagram is printed", || {
        String::from_utf8_lossy(&running.stdout_so_far()).contains(last)
    });
    let outcome = running.interrupt();
    outcome.expect_code(0).lines().iter().filter(|line| !line.contains(last)).count()
}

#[test]
fn frames_that_the_firewall_drops_on_input_are_captured() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::new();
    let Some(nft) = nft("the firewall on input", &lab.right) else { return };
    let rules = "table inet t {\nchain c {\ntype filter hook input priority 0;\nudp dport 4000 drop;\n}\n}\n";
    load_rules(&nft, &lab.right, rules);
    assert_eq!(lines_of_three_datagrams(&lab, &lab.right), 3);
}

#[test]
fn frames_that_the_firewall_drops_on_output_are_not() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::new();
    let Some(nft) = nft("the firewall on output", &lab.left) else { return };
    let rules =
        "table inet t {\nchain c {\ntype filter hook output priority 0;\nudp dport 4000 drop;\n}\n}\n";
    load_rules(&nft, &lab.left, rules);
    assert_eq!(lines_of_three_datagrams(&lab, &lab.left), 0);
}
