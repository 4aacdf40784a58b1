//! What interfaces lose by themselves, before any tap: it is told, and where it cannot be known that is said.

use std::fs;
use std::net::Ipv4Addr;

use nix::net::if_::if_nametoindex;

use crate::interfaces::{check_ledger, wait_until_said};
use crate::support::frames::{self, Fragment};
use crate::support::lab::{End, Lab};
use crate::support::process::sniffer;
use crate::support::sender::RawSender;
use crate::support::{netlink, skip, wait};

/// The protocol of IPv4 that is GRE.
const GRE: u8 = 47;

/// What is said of an interface that was removed.
const UNKNOWN: &str = "what the interface lost by itself before it was removed is not known";

#[test]
fn an_interface_that_is_removed_and_made_again_has_losses_that_nobody_knows() {
    if !skip::is_root() {
        return;
    }
    let Lab { left, right } = Lab::quiet();
    let running = sniffer(&left.namespace, &["-i", "left0", "-i", "lo", "-w", "/dev/null", "--stats=json"]);
    // The pair goes with the namespace of either end.
    drop(right);
    wait_until_said(&running, "left0: the interface was removed; the capture goes on");
    assert_eq!(running.statistics_so_far()["ledger"]["balanced"], true);
    assert!(running.stderr_so_far().contains(&format!("sniffer: left0: {UNKNOWN}\n")));
    let lab = Lab::quiet_from(left);
    wait_until_said(&running, "left0: there is an interface of that name again");
    RawSender::open(&lab.left).send(&frames::udp_frame(&lab.left, &lab.right, 1000, 2000, b"again"));
    let outcome = running.interrupt();
    check_ledger(&outcome, 1);
    assert_eq!(outcome.stderr.matches(UNKNOWN).count(), 2, "each time: {}", outcome.stderr);
    assert!(!outcome.stderr.contains("dropped by interface"), "{}", outcome.stderr);
}

/// A tunnel on the right end that takes frames with sequence numbers alone: its index. Others it counts as lost. None, and a
/// line, where the kernel has no such interfaces.
fn add_tunnel(lab: &Lab) -> Option<u32> {
    lab.right.namespace.run(|| {
        let made = netlink::add_numbered_gre("gre9", lab.right.v4, lab.left.v4);
        if let Err(error) = made {
            skip::say("losses of an interface", &format!("there is no GRE here: {error}"));
            return None;
        }
        let index = if_nametoindex("gre9").expect("it was made");
        netlink::set_up(index).expect("root can do that");
        Some(index)
    })
}

/// Sends frames to the tunnel, which it loses.
fn lose(lab: &Lab, count: u64) {
    let inner =
        frames::ipv4(Ipv4Addr::LOCALHOST, Ipv4Addr::LOCALHOST, frames::UDP, Fragment::default(), &[0; 8]);
    let gre = [&[0, 0, 8, 0], &inner[..]].concat();
    let outer = frames::ipv4(lab.left.v4, lab.right.v4, GRE, Fragment::default(), &gre);
    let frame = frames::ethernet(lab.right.mac, lab.left.mac, frames::IPV4, &outer);
    let (sender, before) = (RawSender::open(&lab.left), lost(&lab.right));
    (0..count).for_each(|_| sender.deliver(&lab.left, &frame));
    wait::until_true("the tunnel has lost them", || lost(&lab.right) == before + count);
}

/// What `/proc/net/dev` says.
fn lost(end: &End) -> u64 {
    let table = end.namespace.run(|| fs::read_to_string("/proc/thread-self/net/dev")).expect("readable");
    let line = table.lines().find_map(|line| line.trim_start().strip_prefix("gre9:")).expect("it is there");
    // Bytes, packets, errors, drops, and the queue's.
    line.split_ascii_whitespace().nth(4).and_then(|field| field.parse().ok()).expect("a number")
}

#[test]
fn what_an_interface_lost_is_told_and_that_of_the_one_in_its_place() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::new();
    let Some(index) = add_tunnel(&lab) else { return };
    // These were lost before.
    lose(&lab, 2);
    let running = sniffer(&lab.right.namespace, &["-i", "gre9", "-i", "lo", "-n", "--stats=json"]);
    lose(&lab, 3);
    running.statistics_so_far();
    assert!(
        running.stderr_so_far().contains(", 3 packets dropped by interface\n"),
        "{}",
        running.stderr_so_far()
    );
    lab.right.namespace.run(|| netlink::remove(index)).expect("root can do that");
    wait_until_said(&running, "gre9: the interface was removed; the capture goes on");
    add_tunnel(&lab).expect("it could be made before");
    wait_until_said(&running, "gre9: there is an interface of that name again");
    lose(&lab, 4);
    let outcome = running.interrupt();
    assert!(
        outcome.expect_code(0).stderr.contains("\n4 packets dropped by interface\n"),
        "{}",
        outcome.stderr
    );
    assert!(outcome.stderr.contains(&format!("sniffer: gre9: {UNKNOWN}\n")), "{}", outcome.stderr);
}
