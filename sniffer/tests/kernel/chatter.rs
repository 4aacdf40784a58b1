//! What is said on standard error, line by line beside an installed tcpdump on the same frames.

use nix::sys::signal::Signal;

use crate::support::lab::Lab;
use crate::support::process::{Running, sniffer, tcpdump};
use crate::support::sender::RawSender;
use crate::support::{frames, skip, wait};

/// What both of a pair of programs are told to do.
struct Case<'a> {
    args: &'a [&'a str],
    /// Frames that are sent, half of them UDP.
    frames: u32,
    signals: &'a [Signal],
}

/// Standard error with the program's name taken out.
fn chatter(running: Running, name: &str) -> (Option<i32>, Vec<String>) {
    let outcome = running.wait();
    // On an old kernel the sniffer has something to say of its own.
    let lines = outcome.stderr.lines().filter(|line| !line.contains("direct reads are unavailable"));
    (outcome.status.code(), lines.map(|line| line.replace(name, "PROGRAM")).collect())
}

/// Runs both on the same frames; what tcpdump says is what the sniffer is to say.
#[track_caller]
fn check(lab: &Lab, case: &Case<'_>) {
    let Some(oracle) = tcpdump("what is said beside tcpdump", &lab.left.namespace, case.args) else { return };
    let ours = sniffer(&lab.left.namespace, case.args);
    let sender = RawSender::open(&lab.left);
    // While both stand still: else how many are counted by the time the first one is looked at would depend on the machine.
    for running in [&ours, &oracle] {
        running.stop();
    }
    for number in 0..case.frames {
        let build = if number.is_multiple_of(2) { frames::udp_frame } else { frames::tcp_frame };
        sender.send(&build(&lab.left, &lab.right, 1000, 2000, b"payload"));
    }
    for running in [&ours, &oracle] {
        running.signal(Signal::SIGCONT);
    }
    let wanted = case.frames.div_ceil(2) as usize;
    for running in [&ours, &oracle] {
        // tcpdump's counts are those of the frames that it has looked at.
        if case.args.contains(&"-l") {
            wait::until_true("the frames are printed", || {
                running.stdout_so_far().split(|&byte| byte == b'\n').count() > wanted
            });
        }
        for &signal in case.signals {
            let before = running.stderr_so_far().len();
            running.signal(signal);
            if signal == Signal::SIGUSR1 {
                wait::until_true("the counts are said", || running.stderr_so_far().len() > before);
            }
        }
    }
    assert_eq!(chatter(ours, "sniffer"), chatter(oracle, "tcpdump"), "{:?}", case.args);
}

#[test]
fn readiness_summary_and_status_are_tcpdumps() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let interrupt = &[Signal::SIGINT][..];
    for (args, frames, signals) in [
        (&["-l", "-n", "-i", "left0", "udp"][..], 2, interrupt),
        (&["-l", "-n", "-i", "left0", "udp"], 6, &[Signal::SIGTERM]),
        // As by timeout(1), which signals the program and its group.
        (&["-l", "-n", "-i", "left0", "udp"], 6, &[Signal::SIGTERM, Signal::SIGTERM]),
        (&["-l", "-n", "-i", "left0", "udp"], 6, &[Signal::SIGUSR1, Signal::SIGUSR2, Signal::SIGINT]),
        (&["-v", "-l", "-ni", "left0", "-s96", "tcp port 9"], 0, interrupt),
        (&["-ni", "left0", "-w", "/dev/null"], 0, interrupt),
        (&["-ni", "left0", "-c1", "udp"], 4, &[]),
        (&["-nni", "lo", "-p"], 0, interrupt),
        (&["-n", "-i", "any", "tcp port 9"], 0, &[Signal::SIGHUP]),
        (&["-n", "-i", "any", "-y", "LINUX_SLL", "tcp port 9"], 0, interrupt),
        (&["-n", "-i", "left0", "-y", "EN10MB", "-w", "/dev/null"], 0, interrupt),
    ] {
        check(&lab, &Case { args, frames, signals });
    }
}
