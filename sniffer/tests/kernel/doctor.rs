//! `sniffer doctor`: what it says is what captures then find.

use std::fs;

use serde_json::{Value, json};

use crate::errors::{run_as_nobody, without_capabilities};
use crate::pipeline::path_options;
use crate::support::lab::Lab;
use crate::support::namespace::Namespace;
use crate::support::process::{Outcome, run_sniffer};
use crate::support::skip;

#[track_caller]
fn report(outcome: &Outcome, code: i32) -> Value {
    outcome.expect_code(code);
    serde_json::from_slice(&outcome.stdout).expect("the report is JSON")
}

/// The answer of a finding.
#[track_caller]
fn answer<'a>(report: &'a Value, name: &str) -> &'a Value {
    let mut findings = report["findings"].as_array().expect("a list").iter();
    let found = findings.find(|finding| finding["name"] == name);
    &found.unwrap_or_else(|| panic!("no {name} in {report:#}"))["answer"]
}

#[test]
fn root_is_told_what_this_kernel_can_do() {
    if !skip::is_root() {
        return;
    }
    let namespace = Namespace::new().expect("root can make namespaces");
    let report = report(&run_sniffer(&namespace, &["doctor", "--json"]), 0);
    assert_eq!(report["works"], true);
    for name in
        ["cap_net_raw", "cap_bpf", "ring", "read_by_copy", "see_through", "reductions", "top", "fanout"]
    {
        assert_eq!(answer(&report, name), true, "{name}: {report:#}");
    }
    assert_eq!(answer(&report, "read_in_place"), path_options().contains(&"direct"), "{report:#}");
    // Before Linux 6.8 only the first network namespace has the limit.
    let limit = namespace.run(|| fs::read_to_string("/proc/sys/net/core/optmem_max"));
    let limit = limit.map_or(json!(false), |bytes| json!(bytes.trim()));
    assert_eq!(*answer(&report, "optmem_max"), limit);
    assert_eq!(report["advice"], json!([]));
}

#[test]
fn an_ordinary_user_is_told_what_is_missing_and_how_to_grant_it() {
    if !skip::is_root() {
        return;
    }
    let namespace = Namespace::new().expect("root can make namespaces");
    let outcome = run_as_nobody(&namespace, &["doctor", "--json"]);
    let report = report(&outcome, 1);
    assert_eq!(report["works"], false);
    for name in ["cap_net_raw", "cap_bpf", "cap_perfmon", "ring", "read_by_copy", "top"] {
        assert_eq!(answer(&report, name), false, "{name}: {report:#}");
    }
    assert!(report["advice"].to_string().contains("setcap cap_net_raw,cap_bpf,cap_perfmon+ep"), "{report:#}");
    // What grants it is told once.
    let told = "sniffer: captures do not work here: no programs that copy what they read (that takes CAP_BPF); no ring of \
                blocks (TPACKET_V3) (that takes CAP_NET_RAW)\n";
    assert_eq!(outcome.stderr, told);
}

/// The doctor and the capture itself say the same of what the slower way costs.
#[test]
fn without_a_right_for_speed_the_slower_way_is_announced_with_what_it_costs() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let run = |args: &[&str]| without_capabilities(&lab, "-perfmon,-sys_admin", args);
    let Some(doctor) = run(&["doctor"]) else { return };
    let outcome = doctor.wait();
    outcome.expect_code(0);
    let text = outcome.lines().join("\n");
    assert!(text.contains("captures work here: yes"), "{text}");
    assert!(text.contains("to grant what is missing: sudo setcap"), "{text}");
    let cost =
        text.lines().find_map(|line| line.split_once("a capture has the kernel copy what it looks at: "));
    let (_, cost) = cost.unwrap_or_else(|| panic!("no cost in {text}"));
    let capture = run(&["-i", "left0"]).expect("setpriv is there");
    capture.wait_until_ready();
    let said = capture.interrupt().stderr;
    assert!(said.contains(cost), "{said} does not say: {cost}");
}
