//! Lines with names, of a system whose files in `/etc` are the test's own.

use std::net::UdpSocket;
use std::path::Path;
use std::process::Command;
use std::sync::mpsc;
use std::{fs, io};

use sniffer::packet::{ChecksumState, Frame, LinkType, Timestamp};
use sniffer::pcap::{PcapWriter, Precision, WriterOptions};

use crate::support::frames::{self, Fragment, IPV4, TCP, UDP};
use crate::support::lab::Lab;
use crate::support::namespace::Namespace;
use crate::support::process::{Running, SNIFFER};
use crate::support::scratch::Folder;
use crate::support::sender::RawSender;
use crate::support::traffic::{self, Version};
use crate::support::{skip, wait};
use crate::text;

/// A directory that programs see as `/etc`.
struct Etc(Folder);

const FILES: &[(&str, &str)] = &[
    (
        "hosts",
        "10.99.0.1 left.example left # here\n10.99.0.2 right.example\nfd99::1 left6.example\n127.0.0.1 localhost\n",
    ),
    ("services", "seven 7777/tcp\nother 7777/tcp\nfour-thousand 4000/udp # a datagram\ndomain 53/udp\n"),
    ("protocols", "ip 0 IP\nospf 89 OSPFIGP\n"),
    ("ethers", "02:00:00:00:00:01 left-card\n"),
    ("nsswitch.conf", "hosts: files\nservices: files\nprotocols: files\nethers: files\n"),
];

impl Etc {
    /// One of these files. `others` replace those of their names. None, and a line, where no program can put it in place.
    fn new(name: &str, others: &[(&str, &str)]) -> Option<Self> {
        for program in ["unshare", "mount"] {
            skip::program("names from files", program)?;
        }
        let folder = Folder::new(&format!("etc-{name}"));
        for (file, text) in FILES.iter().chain(others) {
            folder.write(file, text);
        }
        // tcpdump becomes a user of that name.
        for file in ["passwd", "group"] {
            fs::copy(Path::new("/etc").join(file), folder.0.join(file)).expect("every system has these");
        }
        Some(Self(folder))
    }

    /// Starts a program that sees this.
    fn start(&self, namespace: &Namespace, program: &Path, args: &[&str]) -> Running {
        let mut command = Command::new("unshare");
        command.args(["--mount", "sh", "-c", "mount --bind \"$0\" /etc && exec \"$@\""]);
        Running::start_command(namespace, command.arg(&self.0.0).arg(program).args(args))
    }
}

/// Frames whose lines have names of all kinds, some of them unknown.
fn named_frames() -> Vec<Vec<u8>> {
    let (left, right, other) = ([2, 0, 0, 0, 0, 1], [0, 0, 0x0c, 0, 0, 2], [2, 0, 0, 0, 0, 3]);
    let ipv4 = |to: [u8; 4], protocol, payload: &[u8]| {
        let packet = frames::ipv4([10, 99, 0, 1].into(), to.into(), protocol, Fragment::default(), payload);
        frames::ethernet(right, left, IPV4, &packet)
    };
    let segment = frames::tcp(7777, 50_000, b"");
    let ipv6 = |next_header, payload: &[u8]| {
        let [one, two] = [1, 2].map(|host| [0xfd99, 0, 0, 0, 0, 0, 0, host].into());
        frames::ethernet([0xff; 6], other, frames::IPV6, &frames::ipv6(one, two, next_header, payload))
    };
    let datagram = frames::udp(50_000, 4000, b"data");
    let unreachable = {
        let quoted =
            frames::ipv4([10, 99, 0, 2].into(), [10, 99, 0, 1].into(), UDP, Fragment::default(), &datagram);
        [&[3, 3, 0, 0, 0, 0, 0, 0], &quoted[..]].concat()
    };
    let arp = |operation, hardware: [u8; 6]| {
        let start = [0, 1, 8, 0, 6, 4, 0, operation, 2, 0, 0, 0, 0, 1, 10, 99, 0, 1];
        frames::ethernet([0xff; 6], left, 0x0806, &[&start[..], &hardware, &[10, 99, 0, 2]].concat())
    };
    vec![
        ipv4([10, 99, 0, 2], TCP, &segment),
        ipv4([10, 99, 0, 3], UDP, &datagram),
        ipv4([10, 99, 0, 2], 1, &unreachable),
        ipv4([127, 0, 0, 1], 34, b"of the registry"),
        ipv4([127, 0, 0, 1], 201, b"nobody's"),
        ipv6(TCP, &segment),
        ipv6(201, b"nobody's"),
        arp(1, [0; 6]),
        arp(2, [2, 0, 0, 0, 0, 1]),
        frames::ethernet(left, right, 0x9999, b"nobody's"),
    ]
}

fn saved(path: &Path, frames: &[Vec<u8>]) {
    let (link_type, snaplen, precision) = (LinkType::ETHERNET, 262_144, Precision::Micros);
    let file = fs::File::create(path).expect("the folder is writable");
    let mut writer = PcapWriter::new(file, WriterOptions { link_type, snaplen, precision }).expect("a file");
    for data in frames {
        let (timestamp, original_len) = (Timestamp { seconds: 1, nanos: 0 }, data.len() as u32);
        let (packet_type, checksum) = (None, ChecksumState::default());
        let frame = Frame { timestamp, link_type, data, original_len, interface: 0, packet_type, checksum };
        writer.write(&frame).expect("a frame fits");
    }
}

#[test]
fn a_savefile_is_printed_with_the_names_that_tcpdump_prints() {
    if !skip::is_root() {
        return;
    }
    let Some(etc) = Etc::new("saved", &[]) else { return };
    let namespace = Namespace::new().expect("root can make namespaces");
    let file = etc.0.0.join("x.pcap");
    saved(&file, &named_frames());
    let file = file.to_str().expect("a plain path");
    let run = |program: &Path, options| {
        let outcome = etc.start(&namespace, program, &[options, "-r", file]).wait();
        outcome.expect_code(0).lines()
    };
    let Some(tcpdump) = skip::program("the comparison of names", "tcpdump") else { return };
    for options in ["-t", "-te", "-tv", "-tN", "-tq", "-teN", "-tne"] {
        let (ours, theirs) = (run(Path::new(SNIFFER), options), run(&tcpdump, options));
        for (ours, theirs) in ours.iter().zip(&theirs) {
            assert_eq!(ours, theirs, "{options}");
        }
        assert_eq!(ours.len(), theirs.len(), "{options}");
    }
    let lines = run(Path::new(SNIFFER), "-t");
    assert!(lines[0].starts_with("IP left.example.seven > right.example.50000: "), "{}", lines[0]);
}

#[test]
fn traffic_is_printed_with_the_names_that_tcpdump_prints() {
    if !skip::is_root() {
        return;
    }
    let Some(etc) = Etc::new("live", &[]) else { return };
    let lab = Lab::new();
    let Some(tcpdump) = skip::program("the comparison of live names", "tcpdump") else { return };
    for options in
        [&["-t", "-i", "left0"][..], &["-t", "-e", "-f", "-N", "-i", "left0"], &["-t", "-i", "any"]]
    {
        let start = |program: &Path, more: &[&str]| {
            let running = etc.start(&lab.left.namespace, program, &[more, options].concat());
            running.wait_until_ready();
            running
        };
        let theirs = start(&tcpdump, &["-l", "--immediate-mode", "-B", "65536"]);
        let ours = start(Path::new(SNIFFER), &["-l"]);
        text::compare(&lab, options, [ours, theirs], || {
            for version in [Version::V4, Version::V6] {
                traffic::tcp_exchange(&lab, version, 7777, b"request and answer");
                traffic::udp_exchange(&lab, version, 4000, b"datagram");
            }
        });
    }
}

#[test]
fn a_foreign_host_is_a_number_with_f() {
    if !skip::is_root() {
        return;
    }
    let hosts = "10.99.0.1 left\n10.99.0.2 right\n192.0.2.9 far-away\n";
    let Some(etc) = Etc::new("foreign", &[("hosts", hosts), ("protocols", "mine 200\n")]) else { return };
    let lab = Lab::new();
    let packet =
        frames::ipv4([10, 99, 0, 2].into(), [192, 0, 2, 9].into(), 200, Fragment::default(), b"a packet");
    let frame = frames::ethernet(lab.left.mac, lab.right.mac, IPV4, &packet);
    let line = |options: &[&str]| {
        let args = [options, &["-t", "-c1", "-i", "left0", "proto 200"]].concat();
        let running = etc.start(&lab.left.namespace, Path::new(SNIFFER), &args);
        running.wait_until_ready();
        RawSender::open(&lab.right).deliver(&lab.right, &frame);
        running.wait().expect_code(0).lines().concat()
    };
    assert_eq!(line(&[]), "IP right > far-away:  mine 8");
    assert_eq!(line(&["-f"]), "IP right > 192.0.2.9:  mine 8");
}

#[test]
fn a_capture_does_not_wait_for_a_name_server() {
    if !skip::is_root() {
        return;
    }
    let (nsswitch, resolv) = ("hosts: files dns\n", "nameserver 10.99.0.2\n");
    let files = [("nsswitch.conf", nsswitch), ("resolv.conf", resolv), ("hosts", "")];
    let Some(etc) = Etc::new("server", &files) else { return };
    let lab = Lab::new();
    let server =
        lab.right.namespace.run(|| UdpSocket::bind((lab.right.v4, 53))).expect("nobody else is there");
    server.set_read_timeout(Some(wait::DEADLINE)).expect("a valid time");
    let running =
        etc.start(&lab.left.namespace, Path::new(SNIFFER), &["-t", "-l", "-i", "left0", "udp port 4000"]);
    running.wait_until_ready();
    let printed = |what: &str| {
        wait::until_true(what, || {
            traffic::udp_send(&lab, Version::V4, 4000, b"datagram");
            String::from_utf8_lossy(&running.stdout_so_far()).contains(what)
        });
    };
    // Nobody answers yet, and the resolver waits for longer than this takes.
    printed("IP 10.99.0.1.");
    let (stop, stopped) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        let answering = scope.spawn(move || {
            while stopped.try_recv() == Err(mpsc::TryRecvError::Empty) {
                answer(&server).expect("a question can be answered");
            }
        });
        printed("IP named.example.");
        drop(stop);
        // The thread ends with the next question.
        lab.left.namespace.run(|| {
            let client = UdpSocket::bind((lab.left.v4, 0)).expect("an address of this end");
            client.send_to(&QUESTION, (lab.right.v4, 53)).expect("it leaves");
        });
        crate::support::namespace::join(answering);
    });
    running.interrupt().expect_code(0);
}

/// The head of a question, and a name that is the root.
const QUESTION: [u8; 17] = [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 12, 0, 1];

/// Answers one question for a name with `named.example`.
fn answer(server: &UdpSocket) -> io::Result<()> {
    let mut question = [0; 512];
    let (length, from) = server.recv_from(&mut question)?;
    let mut answer = question[..length].to_vec();
    answer[2..12].copy_from_slice(&[0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0]);
    // Extensions of the question are not repeated: it ends behind the name, the type and the class.
    let name = answer[12..].iter().position(|&byte| byte == 0).expect("the end of a name");
    answer.truncate(12 + name + 5);
    answer.extend(b"\xc0\x0c\0\x0c\0\x01\0\0\0\x3c\0\x0f\x05named\x07example\0");
    server.send_to(&answer, from).map(drop)
}
