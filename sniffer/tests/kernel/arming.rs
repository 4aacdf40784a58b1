//! The socket: what it is attached to, that nothing gets in before the filter is on, and what ends a wait before that.

use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;

use nix::libc::SYS_openat;
use nix::sys::signal::Signal;
use nix::sys::stat::Mode;
use nix::unistd::mkfifo;

use crate::support::lab::{End, Lab};
use crate::support::process::{Running, SNIFFER, sniffer};
use crate::support::scratch::Folder;
use crate::support::sender::{Load, RawSender};
use crate::support::{frames, skip, wait};

/// One row of `/proc/net/packet`.
#[derive(Debug, PartialEq, Eq)]
struct PacketSocket {
    /// `SOCK_RAW` is 3, `SOCK_DGRAM` is 2.
    kind: String,
    /// The protocol in hexadecimal.
    protocol: String,
    /// The interface's index, 0 for all.
    interface: u32,
    /// Whether it is linked into packet delivery.
    running: String,
}

/// The packet sockets of the namespace that `end` is in, but for the one that waits for nothing but to be closed.
fn packet_sockets(end: &End) -> Vec<PacketSocket> {
    let table = end.namespace.run(|| fs::read_to_string("/proc/thread-self/net/packet")).expect("readable");
    let row = |line: &str| {
        // sk RefCnt Type Proto Iface R Rmem User Inode
        let fields: Vec<&str> = line.split_ascii_whitespace().collect();
        PacketSocket {
            kind: fields[2].to_owned(),
            protocol: fields[3].to_owned(),
            interface: fields[4].parse().expect("a number"),
            running: fields[5].to_owned(),
        }
    };
    table.lines().skip(1).map(row).filter(|socket| socket.protocol != "0000").collect()
}

#[test]
fn the_socket_takes_every_protocol_of_its_interface() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let check = |interface: &str, index: u32, kind: &str| {
        let running = sniffer(&lab.left.namespace, &["-n", "-i", interface, "tcp port 80"]);
        let expected = PacketSocket {
            kind: kind.to_owned(),
            protocol: "0003".to_owned(),
            interface: index,
            running: "1".to_owned(),
        };
        assert_eq!(packet_sockets(&lab.left), [expected], "{interface}");
        running.interrupt().expect_code(0);
        assert_eq!(packet_sockets(&lab.left), []);
    };
    check("left0", lab.left.index, "3");
    check("lo", 1, "3");
    check("any", 0, "2");
}

#[test]
fn no_frame_gets_in_before_the_filter_is_on() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let unwanted = frames::udp_frame(&lab.left, &lab.right, 5000, 9999, b"unwanted");
    let wanted = frames::tcp_frame(&lab.left, &lab.right, 5000, 80, b"wanted");
    let load = Load::start(RawSender::open(&lab.left), vec![unwanted]);
    for _ in 0..5 {
        let running = sniffer(&lab.left.namespace, &["-n", "-i", "left0", "tcp port 80"]);
        RawSender::open(&lab.left).send(&wanted);
        let outcome = running.interrupt();
        let lines = outcome.expect_code(0).lines();
        assert_eq!((lines.len(), outcome.summary().received), (1, 1), "{lines:?}");
    }
    assert!(load.stop() > 0);
}

#[test]
fn a_wait_for_the_other_end_of_a_pipe_is_ended_by_a_signal() {
    if !skip::is_root() {
        return;
    }
    let (lab, folder) = (Lab::quiet(), Folder::new("fifo"));
    let pipe = folder.path("pipe");
    mkfifo(Path::new(&pipe), Mode::S_IRWXU).expect("the folder can be written");
    for args in [&["-i", "left0", "-w", &pipe][..], &["-r", &pipe]] {
        for signal in [Signal::SIGINT, Signal::SIGTERM] {
            let running = Running::start(Path::new(SNIFFER), &lab.left.namespace, args);
            wait::until_true("it waits for the other end", || {
                let call = fs::read_to_string(format!("/proc/{}/syscall", running.pid()));
                call.expect("the program runs").starts_with(&format!("{SYS_openat} "))
            });
            running.signal(signal);
            assert_eq!(running.wait().status.signal(), Some(signal as i32), "{args:?}");
        }
    }
}
