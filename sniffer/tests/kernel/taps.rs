//! `sniffer taps`: sockets of every kind are found, with their owners and filters, by root and by others.

use serde_json::{Value, json};
use socket2::{Domain, Protocol, SockFilter, Socket, Type};

use crate::errors::run_as_nobody;
use crate::refusals::{NO_NETLINK, run_refused_in};
use crate::support::lab::Lab;
use crate::support::namespace::Namespace;
use crate::support::process::{Outcome, run_sniffer, sniffer, tcpdump};
use crate::support::sender::RawSender;
use crate::support::{frames, skip, wait};

/// `ETH_P_ALL` and `ETH_P_ARP`.
const EVERY_FRAME: u16 = 0x0003;
const ARP: u16 = 0x0806;

/// A packet socket of this process, on all interfaces.
fn raw_socket(namespace: &Namespace, protocol: u16) -> Socket {
    let protocol = Protocol::from(i32::from(protocol.to_be()));
    namespace.run(|| Socket::new(Domain::PACKET, Type::RAW, Some(protocol)).expect("root can open them"))
}

/// `ret #0`: no frame is queued.
fn reject_all(socket: &Socket) {
    let program = [SockFilter::new(6, 0, 0, 0)];
    socket.attach_filter(&program).expect("the program is right");
}

#[track_caller]
fn report(outcome: &Outcome) -> Value {
    outcome.expect_code(0);
    serde_json::from_slice(&outcome.stdout).expect("the report is JSON")
}

/// What is said of a socket: that of the namespace with these values in these members.
#[track_caller]
fn find<'a>(report: &'a Value, wanted: &Value) -> &'a Value {
    let wanted = wanted.as_object().expect("members");
    let sockets = report["namespaces"].as_array().expect("a list").iter();
    let mut sockets = sockets.flat_map(|namespace| namespace["sockets"].as_array().expect("a list"));
    let is_wanted = |socket: &&Value| wanted.iter().all(|(member, value)| socket[member] == *value);
    sockets.find(is_wanted).unwrap_or_else(|| panic!("no {wanted:?} in {report:#}"))
}

fn not_seen(report: &Value) -> String {
    report["not_seen"].to_string()
}

#[test]
fn raw_sockets_are_found_with_their_owner_filter_and_drops() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let namespace = &lab.left.namespace;
    let bare = raw_socket(namespace, EVERY_FRAME);
    let filtered = raw_socket(namespace, EVERY_FRAME);
    reject_all(&filtered);
    let _arp = raw_socket(namespace, ARP);
    let frame = frames::udp_frame(&lab.left, &lab.right, 1, 2, &[0; 1000]);
    bare.set_recv_buffer_size(1).expect("a small buffer");
    let (sender, frames) = (RawSender::open(&lab.left), [frame]);
    wait::until_true("the frames leave by the interface", || {
        sender.flood(&frames, 1000);
        lab.left.counters().tx_packets > 900
    });

    let report = report(&run_sniffer(namespace, &["taps", "--json"]));
    let me = std::process::id();
    let every = json!({ "protocol": EVERY_FRAME, "interface_index": 0, "running": true, "uid": 0 });
    let bare = &report["namespaces"][0]["sockets"][0];
    assert_eq!(find(&report, &every), bare, "the dearest comes first");
    assert_eq!(bare["owners"][0]["pid"], me);
    assert_eq!(bare["user"], "root");
    assert_eq!(bare["details"]["filter"], json!({ "kind": "none" }));
    assert!(bare["details"]["drops"].as_u64().expect("a number") > 800, "{bare}");
    let filtered = &report["namespaces"][0]["sockets"][1];
    assert_eq!(filtered["details"]["filter"], json!({ "kind": "classic", "instructions": 1 }));
    assert_eq!((&filtered["details"]["drops"], &filtered["details"]["ring"]), (&json!(0), &Value::Null));
    assert_eq!(find(&report, &json!({ "protocol": ARP }))["details"]["filter"]["kind"], "none");

    let text = run_sniffer(namespace, &["taps"]);
    let lines = text.expect_code(0).lines();
    let lines: Vec<String> =
        lines.iter().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    assert!(lines[1].starts_with("any every frame none - - "), "{lines:?}");
    assert!(lines[2].starts_with("any every frame classic, 1 long - - 0 root "), "{lines:?}");
    assert!(
        lines.contains(&"every frame pays for 2 of 4 packet sockets, 1 of them without a filter".to_owned()),
        "{lines:?}"
    );
}

#[test]
fn the_captures_of_tcpdump_and_of_the_sniffer_are_found() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let namespace = &lab.left.namespace;
    let args = ["-i", "left0", "-w", "/dev/null", "--workers", "2", "udp"];
    let capture = sniffer(namespace, &args);
    let Some(dump) = tcpdump("taps of tcpdump", namespace, &["-i", "left0", "-w", "/dev/null", "udp"]) else {
        return;
    };

    let report = report(&run_sniffer(namespace, &["taps", "--json"]));
    let owner = |pid: u32, command: &str| json!([{ "pid": pid, "command": command }]);
    let own = find(&report, &json!({ "owners": owner(capture.pid(), "sniffer"), "running": true }));
    assert_eq!((&own["interface"], &own["details"]["promiscuous"]), (&json!("left0"), &json!(true)));
    assert_eq!(own["details"]["filter"]["kind"], "ebpf");
    assert_eq!(own["details"]["ring"]["version"], 3);
    assert!(own["details"]["fanout"]["group"].is_u64(), "{own}");
    assert!(own["details"]["drops"].is_null() && not_seen(&report).contains("drops of sockets with a ring"));
    let other = find(&report, &json!({ "owners": owner(dump.pid(), "tcpdump"), "protocol": EVERY_FRAME }));
    assert_eq!(other["details"]["filter"]["kind"], "classic");
    assert!(other["details"]["filter"]["instructions"].as_u64() > Some(4), "{other}");
    assert_eq!(other["details"]["fanout"], Value::Null);
}

#[test]
fn an_ordinary_user_sees_the_sockets_and_is_told_what_is_hidden() {
    if !skip::is_root() {
        return;
    }
    let namespace = Namespace::new().expect("root can make namespaces");
    let _bare = raw_socket(&namespace, EVERY_FRAME);
    let filtered = raw_socket(&namespace, ARP);
    reject_all(&filtered);
    let report = report(&run_as_nobody(&namespace, &["taps", "--json"]));
    let bare = find(&report, &json!({ "protocol": EVERY_FRAME, "uid": 0, "owners": [] }));
    assert_eq!(bare["details"]["filter"], json!({ "kind": "none" }));
    let filtered = find(&report, &json!({ "protocol": ARP }));
    assert_eq!(filtered["details"]["filter"], json!({ "kind": "hidden" }));
    assert!(not_seen(&report).contains("the owners of 2 sockets"), "{report:#}");
}

#[test]
fn without_sock_diag_the_table_of_proc_is_read_and_that_is_said() {
    if !skip::is_root() {
        return;
    }
    let namespace = Namespace::new().expect("root can make namespaces");
    let _bare = raw_socket(&namespace, EVERY_FRAME);
    let report = report(&run_refused_in(&namespace, &NO_NETLINK, &["taps", "--json"]));
    let bare = find(&report, &json!({ "protocol": EVERY_FRAME, "running": true, "kind": "raw" }));
    assert_eq!((&bare["details"], &bare["owners"][0]["pid"]), (&Value::Null, &json!(std::process::id())));
    assert!(not_seen(&report).contains("sock_diag does not answer"), "{report:#}");
}

#[test]
fn other_namespaces_are_looked_into_when_asked() {
    if !skip::is_root() {
        return;
    }
    let (here, lab) = (Namespace::new().expect("root can make namespaces"), Lab::quiet());
    let capture = sniffer(&lab.left.namespace, &["-i", "left0", "-w", "/dev/null"]);
    let wanted = json!({ "owners": [{ "pid": capture.pid(), "command": "sniffer" }], "interface": "left0" });
    let alone = report(&run_sniffer(&here, &["taps", "--json"]));
    assert_eq!(alone["namespaces"][0]["sockets"], json!([]));
    let all = report(&run_sniffer(&here, &["taps", "--json", "--all-netns"]));
    find(&all, &wanted);
    let named = report(&run_sniffer(&here, &["taps", "--json", "--netns", &capture.pid().to_string()]));
    find(&named, &wanted);
    let text = run_sniffer(&here, &["taps", "--all-netns"]);
    let heading = format!("network namespace of process {}", capture.pid());
    assert!(text.expect_code(0).lines().contains(&heading), "{:?}", text.lines());
    run_sniffer(&here, &["taps", "--netns", "no-such-namespace"]).expect_code(1);
}
