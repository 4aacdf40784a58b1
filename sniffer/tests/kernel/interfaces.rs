//! Interfaces that change while the program captures on them, those of several kinds together, and those of other network
//! namespaces.

use std::fs::{self, File};
use std::net::{Ipv4Addr, UdpSocket};
use std::os::fd::AsRawFd as _;
use std::path::PathBuf;
use std::process::{self, Command, Stdio};

use nix::mount::{MntFlags, MsFlags, mount, umount2};
use nix::net::if_::if_nametoindex;
use nix::sys::signal::Signal;
use sniffer::packet::LinkType;

use crate::support::lab::{End, Lab};
use crate::support::namespace::Namespace;
use crate::support::pcapng::{INTERFACE, blocks};
use crate::support::process::{Outcome, Running, run_sniffer, sniffer};
use crate::support::savefile::Savefile;
use crate::support::scratch::Scratch;
use crate::support::sender::RawSender;
use crate::support::traffic::{Version, udp_exchange};
use crate::support::{frames, netlink, skip, wait};

/// Where the options of an interface description begin, and the one of its speed.
const OPTIONS: usize = 8;
const SPEED: u16 = 8;

/// The speed that veth claims, in bits a second.
const VETH_SPEED: u64 = 10_000_000_000;

pub(crate) fn wait_until_said(running: &Running, words: &str) {
    wait::until_true(words, || running.stderr_so_far().contains(words));
}

#[track_caller]
pub(crate) fn check_ledger(outcome: &Outcome, written: u64) {
    let statistics = outcome.expect_code(0).statistics();
    let ledger = &statistics["ledger"];
    assert_eq!((&ledger["written"], &ledger["balanced"]), (&written.into(), &true.into()), "{statistics}");
}

#[test]
fn a_capture_goes_on_when_its_interface_is_up_again() {
    if !skip::is_root() {
        return;
    }
    for workers in ["1", "2"] {
        let (lab, file) = (Lab::quiet(), Scratch::new("down.pcap"));
        let args = ["-i", "left0", "-w", file.path(), "--workers", workers, "--stats=json"];
        let running = sniffer(&lab.left.namespace, &args);
        let send = |payload: &[u8]| {
            let frame = frames::udp_frame(&lab.left, &lab.right, 1000, 2000, payload);
            RawSender::open(&lab.left).send(&frame);
            frame
        };
        let before = send(b"before");
        lab.left.namespace.run(|| netlink::set_down(lab.left.index)).expect("root can do that");
        wait_until_said(
            &running,
            "left0: the interface went down; the capture goes on when it is up again\n",
        );
        lab.left.namespace.run(|| netlink::set_up(lab.left.index)).expect("root can do that");
        wait_until_said(&running, "left0: the interface is up again\n");
        lab.left.wait_until_running();
        let after = send(b"after");
        let outcome = running.interrupt();
        check_ledger(&outcome, 2);
        assert_eq!(outcome.stderr.matches("left0: ").count(), 2, "one line a change: {}", outcome.stderr);
        assert_eq!(Savefile::parse(&fs::read(&file.0).expect("the file is there")).frames, [before, after]);
    }
}

#[test]
fn an_interface_that_is_up_again_at_once_is_said_to_have_been_down() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let running = sniffer(&lab.left.namespace, &["-i", "left0", "-n"]);
    running.stop();
    lab.left.namespace.run(|| netlink::set_down(lab.left.index)).expect("root can do that");
    lab.left.namespace.run(|| netlink::set_up(lab.left.index)).expect("root can do that");
    running.signal(Signal::SIGCONT);
    wait_until_said(&running, "left0: the interface is up again\n");
    let stderr = running.interrupt().expect_code(0).stderr.clone();
    let changes: Vec<&str> = stderr.lines().filter(|line| line.contains("left0: ")).collect();
    assert!(matches!(changes[..], [down, _] if down.contains("the interface went down")), "{stderr}");
}

#[test]
fn an_interface_that_gets_another_name_while_it_is_down_is_known_when_it_is_up() {
    if !skip::is_root() {
        return;
    }
    let (mut lab, file) = (Lab::quiet(), Scratch::new("renamed.pcap"));
    let args = ["-i", "left0", "-w", file.path(), "--stats=json"];
    let running = sniffer(&lab.left.namespace, &args);
    lab.left.namespace.run(|| netlink::set_down(lab.left.index)).expect("root can do that");
    wait_until_said(&running, "left0: the interface went down");
    lab.left.namespace.run(|| netlink::rename(lab.left.index, "other0")).expect("root can do that");
    lab.left.namespace.run(|| netlink::set_up(lab.left.index)).expect("root can do that");
    wait_until_said(&running, "left0: the interface is up again\n");
    lab.left.name = "other0";
    lab.left.wait_until_running();
    let frame = frames::udp_frame(&lab.left, &lab.right, 1000, 2000, b"payload");
    RawSender::open(&lab.left).send(&frame);
    check_ledger(&running.interrupt(), 1);
    assert_eq!(Savefile::parse(&fs::read(&file.0).expect("the file is there")).frames, [frame]);
}

#[test]
fn all_interfaces_together_are_those_that_come_later_too() {
    if !skip::is_root() {
        return;
    }
    let Lab { left, right } = Lab::quiet();
    // The pair goes with the namespace of either end.
    drop(right);
    wait::until_true("the pair is gone", || left.namespace.run(|| if_nametoindex(left.name)).is_err());
    let file = Scratch::new("later.pcapng");
    let to_file = ["-i", "any", "-w", file.path(), "--stats=json"];
    let (printing, saving) =
        (sniffer(&left.namespace, &["-l", "-n", "-i", "any"]), sniffer(&left.namespace, &to_file));
    let lab = Lab::quiet_from(left);
    let frame = frames::udp_frame(&lab.left, &lab.right, 1000, 2000, b"new here");
    let sender = RawSender::open(&lab.left);
    wait::until_true("a frame of the interface is printed", || {
        // The queue of an interface that has just come up drops what comes too soon, before any tap.
        sender.send(&frame);
        !printing.stdout_so_far().is_empty()
    });
    let lines = printing.interrupt().expect_code(0).lines();
    let expected = " left0 Out IP 10.99.0.1.1000 > 10.99.0.2.2000: UDP, length 8";
    assert!(lines.iter().all(|line| line.ends_with(expected)), "{lines:?}");
    let outcome = saving.interrupt();
    check_ledger(&outcome, outcome.summary().captured);
    let read = run_sniffer(&lab.left.namespace, &["-n", "-e", "-r", file.path()]).expect_code(0).lines();
    assert_eq!(read.len() as u64, outcome.summary().captured);
    assert!(read.iter().all(|line| line.contains(" 02:00:00:00:00:01 > ")), "{read:?}");
    if let Some(capinfos) = skip::program("the name of an interface that came later", "capinfos") {
        let facts = Running::start(&capinfos, &lab.left.namespace, &[file.path()]).wait().lines();
        assert!(facts.iter().any(|line| line.contains("Name = left0")), "{facts:?}");
    }
}

/// Makes an interface without a link layer, with an address in a network of its own. False, and a line, where that
/// cannot be done.
fn add_bare_interface(end: &End) -> bool {
    let test = "interfaces of several link types";
    let Some(ip) = skip::program(test, "ip") else { return false };
    let args = ["link", "add", "bare0", "type", "vxlan", "external", "gpe", "dstport", "4790"];
    let made = Running::start(&ip, &end.namespace, &args).wait();
    if !made.status.success() {
        skip::say(test, &format!("there is no VXLAN-GPE here: {}", made.stderr.trim()));
        return false;
    }
    end.namespace.run(|| {
        let index = if_nametoindex("bare0").expect("it was made");
        netlink::set_up(index).expect("root can do that");
        netlink::add_address(index, Ipv4Addr::new(10, 98, 0, 1).into(), 24).expect("root can do that");
    });
    true
}

#[test]
fn interfaces_of_several_link_types_are_captured_on_together() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::new();
    if !add_bare_interface(&lab.left) {
        return;
    }
    let file = Scratch::new("mixed.pcapng");
    let interfaces = ["-i", "left0", "-i", "bare0"];
    let wanted = ["udp port 7 or udp port 9"];
    let refused = run_sniffer(&lab.left.namespace, &[&interfaces[..], &["-w", "/dev/null"]].concat());
    let words = "a pcap file holds frames of one link type, and the interfaces have several: write pcapng";
    assert!(refused.expect_code(1).stderr.contains(words), "{}", refused.stderr);
    let printing = sniffer(&lab.left.namespace, &[&interfaces[..], &["-n", "-t"], &wanted].concat());
    let args = [&interfaces[..], &["-w", file.path(), "--stats=json"], &wanted].concat();
    let saving = sniffer(&lab.left.namespace, &args);
    udp_exchange(&lab, Version::V4, 7, b"over the wire");
    lab.left.namespace.run(|| {
        let socket = UdpSocket::bind("10.98.0.1:1234").expect("the address is there");
        socket.send_to(b"bare", "10.98.0.2:9").expect("the interface takes it");
    });
    let printed = printing.interrupt();
    for words in ["listening on left0, link-type EN10MB", "listening on bare0, link-type RAW"] {
        assert!(printed.expect_code(0).stderr.contains(words), "{}", printed.stderr);
    }
    let bare = "bare0 Out IP 10.98.0.1.1234 > 10.98.0.2.9: UDP, length 4";
    let is_wired = |line: &String| line.starts_with("left0 ") && line.contains("10.99.0.2.7");
    let lines = printed.lines();
    assert_eq!(lines.iter().filter(|line| *line == bare).count(), 1, "{lines:?}");
    assert!(lines.iter().filter(|line| is_wired(line)).count() >= 2, "{lines:?}");
    check_ledger(&saving.interrupt(), lines.len() as u64);
    let kinds: Vec<u16> = blocks(&fs::read(&file.0).expect("the file is there"))
        .iter()
        .filter(|block| block.kind == INTERFACE)
        .map(|block| block.u16(0))
        .collect();
    assert!([LinkType::ETHERNET, LinkType::RAW].iter().all(|kind| kinds.contains(&kind.0)), "{kinds:?}");
    let fields = ["-T", "fields", "-e", "frame.interface_name", "-e", "ip.dst", "-n", "-r", file.path()];
    if let Some(tshark) = skip::program("a file of several link types", "tshark") {
        let seen = Running::start(&tshark, &lab.left.namespace, &fields).wait().expect_code(0).lines();
        assert_eq!(seen.len(), lines.len());
        assert!(seen.contains(&"bare0\t10.98.0.2".to_owned()), "{seen:?}");
    }
}

/// A name of ip-netns(8) for a namespace, until this is dropped.
struct Named(PathBuf);

impl Named {
    fn new(namespace: &Namespace) -> Self {
        fs::create_dir_all("/run/netns").expect("root can do that");
        let path = PathBuf::from(format!("/run/netns/sniffer-test-{}", process::id()));
        File::create(&path).expect("root can do that");
        let file = format!("/proc/self/fd/{}", namespace.file().as_raw_fd());
        mount(Some(file.as_str()), &path, None::<&str>, MsFlags::MS_BIND, None::<&str>)
            .expect("root can mount");
        Self(path)
    }

    fn name(&self) -> &str {
        self.0.file_name().and_then(|name| name.to_str()).expect("a plain name")
    }
}

impl Drop for Named {
    fn drop(&mut self) {
        umount2(&self.0, MntFlags::MNT_DETACH).ok();
        fs::remove_file(&self.0).ok();
    }
}

#[test]
fn a_namespace_is_found_by_name_and_by_process() {
    if !skip::is_root() {
        return;
    }
    let (lab, elsewhere) = (Lab::new(), Namespace::new().expect("root can make namespaces"));
    let named = Named::new(&lab.left.namespace);
    let Some(cat) = skip::program("the namespace of a process", "cat") else { return };
    let mut inside = lab
        .left
        .namespace
        .start(Command::new(cat).stdin(Stdio::piped()).stdout(Stdio::null()))
        .expect("the program starts");
    for netns in [named.name(), &inside.id().to_string()] {
        let file = Scratch::new("elsewhere.pcapng");
        let args = ["-i", "left0", "--netns", netns, "-w", file.path(), "--stats=json", "udp dst port 7"];
        let running = sniffer(&elsewhere, &args);
        udp_exchange(&lab, Version::V4, 7, b"datagram");
        let outcome = running.interrupt();
        let written = outcome.expect_code(0).summary().captured;
        check_ledger(&outcome, written);
        assert!(written > 0, "{netns}: {}", outcome.stderr);
        let blocks = blocks(&fs::read(&file.0).expect("the file is there"));
        let interface = blocks.iter().find(|block| block.kind == INTERFACE).expect("its frames are of one");
        // Where the program runs there is no interface of that name to ask.
        assert_eq!(interface.number(OPTIONS, SPEED), Some(VETH_SPEED), "{netns}");
    }
    drop(inside.stdin.take());
    inside.wait().expect("it ends with its input");
    let gone = run_sniffer(&elsewhere, &["-i", "left0", "--netns", &inside.id().to_string()]);
    assert!(gone.expect_code(1).stderr.contains("network namespace "), "{}", gone.stderr);
}
