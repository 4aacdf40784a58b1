//! What goes wrong for a user: a clear message, nothing on standard output, and the documented exit code.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::pipeline::path_options;
use crate::support::lab::Lab;
use crate::support::namespace::Namespace;
use crate::support::process::{Outcome, Running, SNIFFER, run_sniffer, sniffer};
use crate::support::scratch::Scratch;
use crate::support::sender::RawSender;
use crate::support::{frames, skip};

/// Asserts that a run failed with `code` before it captured or printed anything, and that its message holds `words`.
#[track_caller]
fn check(outcome: &Outcome, code: i32, words: &[&str]) {
    outcome.expect_code(code);
    assert_eq!(outcome.lines(), [""; 0]);
    assert!(!outcome.stderr.contains("listening on"), "{}", outcome.stderr);
    for word in words {
        assert!(outcome.stderr.contains(word), "no {word:?} in: {}", outcome.stderr);
    }
}

/// A file of this test, with a name of its own for each call: tests share some.
fn written(name: &str, content: &[u8]) -> Scratch {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let file = Scratch::new(&format!("{name}-{}", COUNT.fetch_add(1, Ordering::Relaxed)));
    fs::write(&file.0, content).expect("a temporary file can be written");
    file
}

#[test]
fn an_expression_that_the_verifier_refuses_is_to_be_reported_and_nothing_is_captured() {
    if !skip::is_root() {
        return;
    }
    let namespace = Namespace::new().expect("root can make namespaces");
    // More headers to walk along than the kernel's verifier has patience for.
    let chains: Vec<_> = (1..=30).map(|protocol| format!("ip6 protochain {protocol}")).collect();
    let expression = chains.join(" and ");
    let file = Scratch::new("refused.pcap");
    let outcome = run_sniffer(&namespace, &["-i", "lo", "-w", file.path(), &expression]);
    check(
        &outcome,
        1,
        &[&expression, "report the expression", "the kernel refused the program `filter`", "too complex"],
    );
    let written = fs::metadata(&file.0).map(|metadata| metadata.len());
    assert!(written.is_err(), "a file of {written:?} bytes was made");
}

#[test]
fn an_interface_that_is_not_there_is_named() {
    if !skip::is_root() {
        return;
    }
    let namespace = Namespace::new().expect("root can make namespaces");
    check(&run_sniffer(&namespace, &["-i", "nosuch0"]), 1, &["sniffer: ", "nosuch0"]);
    check(&run_sniffer(&namespace, &["-i", "99"]), 1, &["sniffer: ", "adapter index"]);
}

#[test]
fn an_expression_that_does_not_parse_is_shown_with_a_caret() {
    if !skip::is_root() {
        return;
    }
    let namespace = Namespace::new().expect("root can make namespaces");
    let caret = |filter: &[&str], words: &[&str]| {
        let outcome = run_sniffer(&namespace, &[&["-i", "lo"], filter].concat());
        check(&outcome, 1, &[&["can't parse filter expression: "], words].concat());
        assert!(outcome.stderr.lines().any(|line| line.trim_start().starts_with('^')), "{}", outcome.stderr);
    };
    caret(&["tcp prt 80"], &["tcp prt 80"]);
    caret(&["tcp", "port"], &["tcp port"]);
    caret(&["port 80 and"], &["port 80 and"]);
    caret(&["(tcp"], &["(tcp"]);
}

#[test]
fn options_that_do_not_exist_or_contradict_are_refused_with_status_2() {
    if !skip::is_root() {
        return;
    }
    let namespace = Namespace::new().expect("root can make namespaces");
    for args in [&["--nosuch"][..], &["-i", "lo", "-c", "none"], &["-i", "lo", "-s", "-1"], &["-i"]] {
        check(&run_sniffer(&namespace, args), 2, &[]);
    }
}

#[test]
fn savefiles_that_cannot_be_read_are_named() {
    if !skip::is_root() {
        return;
    }
    let namespace = Namespace::new().expect("root can make namespaces");
    check(&run_sniffer(&namespace, &["-r", "/nonexistent/file"]), 1, &["/nonexistent/file", "No such file"]);
    let foreign = written("foreign", b"#!/bin/sh\necho this is not a savefile\n");
    check(&run_sniffer(&namespace, &["-r", foreign.path()]), 1, &[foreign.path(), "unknown file format"]);
    let empty = written("empty", b"");
    check(&run_sniffer(&namespace, &["-r", empty.path()]), 1, &[empty.path(), "truncated"]);
}

#[test]
fn a_truncated_savefile_gives_its_whole_frames_and_then_fails() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let running = sniffer(&lab.left.namespace, &["-i", "left0", "-w", "-"]);
    let sender = RawSender::open(&lab.left);
    (0..3).for_each(|_| sender.send(&frames::udp_frame(&lab.left, &lab.right, 1, 2, b"payload")));
    let whole = running.interrupt().stdout;
    for (cut, lines) in [(1, 2), (40, 2), (70, 1)] {
        let file = written("truncated", &whole[..whole.len() - cut]);
        let outcome = run_sniffer(&lab.left.namespace, &["-n", "-r", file.path()]);
        assert_eq!(outcome.expect_code(1).lines().len(), lines, "{cut} bytes cut off");
        assert!(outcome.stderr.contains("truncated"), "{}", outcome.stderr);
    }
}

#[test]
fn a_user_without_rights_is_told_which_are_missing_and_how_to_get_them() {
    if !skip::is_root() {
        return;
    }
    let namespace = Namespace::new().expect("root can make namespaces");
    check(
        &run_as_nobody(&namespace, &["-i", "lo"]),
        1,
        &["CAP_BPF", "setcap cap_net_raw,cap_bpf,cap_perfmon+ep"],
    );
}

#[test]
fn too_few_open_files_are_named_and_no_fault_of_the_kernel() {
    if !skip::is_root() {
        return;
    }
    let Some(shell) = skip::program("few open files", "sh") else { return };
    let namespace = Namespace::new().expect("root can make namespaces");
    for limit in [16, 12, 9, 7, 6] {
        let mut command = Command::new(&shell);
        let script = format!("ulimit -n {limit}; exec {SNIFFER} -i lo");
        command.args(["-c", &script]).stdin(Stdio::null());
        let outcome = Running::start_command(&namespace, &mut command).wait();
        check(&outcome, 1, &["Too many open files"]);
        assert!(!outcome.stderr.contains("this kernel"), "{limit}: {}", outcome.stderr);
    }
}

/// Runs the sniffer as an ordinary user.
pub(crate) fn run_as_nobody(namespace: &Namespace, args: &[&str]) -> Outcome {
    // The build directory may be closed to other users.
    let program = written("program", &fs::read(SNIFFER).expect("the program can be read"));
    fs::set_permissions(&program.0, fs::Permissions::from_mode(0o755)).expect("the copy is ours");
    let mut command = Command::new(&program.0);
    command.args(args).stdin(Stdio::null()).uid(65_534).gid(65_534).current_dir("/");
    Running::start_command(namespace, &mut command).wait()
}

/// Runs the sniffer as root without some capabilities; `None`, and a line, without setpriv(1).
pub(crate) fn without_capabilities(lab: &Lab, missing: &str, args: &[&str]) -> Option<Running> {
    let setpriv = skip::program(&format!("a run without {missing}"), "setpriv")?;
    let mut command = Command::new(setpriv);
    command.args([&format!("--bounding-set={missing}"), SNIFFER]).args(args).stdin(Stdio::null());
    Some(Running::start_command(&lab.left.namespace, &mut command))
}

#[test]
fn each_missing_capability_is_named() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    for (missing, name) in [("-net_raw", "CAP_NET_RAW"), ("-bpf,-sys_admin", "CAP_BPF")] {
        let Some(running) = without_capabilities(&lab, missing, &["-i", "left0"]) else { return };
        check(&running.wait(), 1, &[name]);
    }
}

#[test]
fn without_the_rights_for_direct_reads_the_slower_path_is_taken_and_said() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let missing = "-perfmon,-sys_admin";
    let Some(running) = without_capabilities(&lab, missing, &["-n", "-i", "left0", "udp"]) else { return };
    running.wait_until_ready();
    RawSender::open(&lab.left).send(&frames::udp_frame(&lab.left, &lab.right, 1, 2, b"payload"));
    RawSender::open(&lab.left).send(&frames::tcp_frame(&lab.left, &lab.right, 1, 2, b"payload"));
    let outcome = running.interrupt();
    assert_eq!(outcome.expect_code(0).lines().len(), 1);
    // The first reason is told: a kernel that has no direct reads at all says so, whatever the rights.
    let reason = if path_options().contains(&"direct") { "CAP_PERFMON" } else { "bpf_cast_to_kern_ctx" };
    let said = outcome.stderr.lines().find(|line| line.contains("direct reads are unavailable"));
    assert!(said.is_some_and(|line| line.contains(reason)), "the slower path is said: {}", outcome.stderr);

    let forced = without_capabilities(&lab, missing, &["--kernel-path", "direct", "-i", "left0"]);
    check(&forced.expect("setpriv is there").wait(), 1, &["packets cannot be read in place", reason]);
}
