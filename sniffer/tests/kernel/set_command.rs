//! Sets of a running capture, changed by `sniffer set` while frames go by.

use std::fs;
use std::process::{Command, Output};

use nix::sys::signal::Signal;

use crate::pipeline::path_options;
use crate::support::lab::{End, Lab};
use crate::support::process::{Running, SNIFFER};
use crate::support::scratch::Folder;
use crate::support::sender::{Load, RawSender};
use crate::support::{frames, skip, wait};

/// A directory for sockets and files of one test.
struct Directory(Folder);

impl Directory {
    fn new(test: &str) -> Self {
        Self(Folder::new(test))
    }

    fn file(&self, text: &str) -> String {
        self.0.write("ports", text)
    }

    /// A capture of datagrams to the ports of a file.
    fn capture(&self, lab: &Lab, file: &str, options: &[&str]) -> Running {
        self.capture_of(lab, file, options, "udp dst port in @ports")
    }

    fn capture_of(&self, lab: &Lab, file: &str, options: &[&str], expression: &str) -> Running {
        let set = format!("ports={file}");
        let args = ["-i", lab.left.name, "--set", &set];
        let mut command = Command::new(SNIFFER);
        command.args(args).args(options).arg(expression).env("XDG_RUNTIME_DIR", &self.0.0);
        let running = Running::start_command(&lab.left.namespace, &mut command);
        running.wait_until_ready();
        running
    }

    fn set(&self, args: &[&str]) -> Output {
        let mut command = Command::new(SNIFFER);
        command.arg("set").args(args).env("XDG_RUNTIME_DIR", &self.0.0).output().expect("it can be run")
    }

    #[track_caller]
    fn expect(&self, args: &[&str], answer: &str) {
        let output = self.set(args);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(String::from_utf8_lossy(&output.stdout), answer, "{args:?}: {stderr}");
        assert_eq!(output.status.code(), Some(0), "{args:?}: {stderr}");
    }

    #[track_caller]
    fn expect_refusal(&self, args: &[&str], message: &str) {
        let output = self.set(args);
        assert_eq!(String::from_utf8_lossy(&output.stderr), format!("sniffer: {message}\n"), "{args:?}");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{args:?}");
    }

    fn sockets(&self) -> usize {
        fs::read_dir(self.0.path("sniffer")).map(Iterator::count).unwrap_or_default()
    }
}

#[test]
fn a_running_capture_keeps_what_its_set_holds_from_the_answer_on() {
    if !skip::is_root() {
        return;
    }
    for path in path_options() {
        let (lab, directory) = (Lab::quiet(), Directory::new("set-command"));
        let file = directory.file("1000\n");
        let options = ["-n", "-l", "--immediate-mode", &format!("--kernel-path={path}")];
        let capture = directory.capture(&lab, &file, &options);
        let mut printed = Printed::by(&capture);
        let mut send = |sent: &[u16], kept: &[u16]| printed.send(&lab, &lab.left, sent, kept);
        send(&[2000, 1000], &[1000]);
        directory.expect(&["ports", "add", "2000", "1000", "3000-3010"], "added 2 of 3: 3 entries\n");
        send(&[2999, 3005, 2000], &[3005, 2000]);
        directory.expect(&["ports", "del", "1000"], "removed 1 of 1: 2 entries\n");
        send(&[1000, 2000], &[2000]);
        directory.expect(&["ports", "list"], "2000\n3000-3010\n");
        directory.expect_refusal(
            &["ports", "add", "4000", "70000"],
            "70000: port number 70000 greater than maximum 65535",
        );
        directory.expect_refusal(&["hosts", "list"], "this capture has no set 'hosts'");
        directory.expect(&["ports", "list"], "2000\n3000-3010\n");
        fs::write(&file, "80 # web\n\n1000\n").expect("the file can be written");
        directory.expect(&["ports", "reload"], "reloaded: 2 entries\n");
        send(&[2000, 3005, 1000], &[1000]);
        fs::write(&file, "80\nnine\n").expect("the file can be written");
        directory.expect_refusal(&["ports", "reload"], &format!("{file}:2:1: unknown port 'nine'"));
        send(&[2000, 1000], &[1000]);
        capture.interrupt().expect_code(0);
        assert_eq!(directory.sockets(), 0, "the socket goes with the capture");
    }
}

/// A set that holds nothing or everything may leave no filter to look it up in.
#[test]
fn a_set_may_become_empty_and_come_to_hold_everything() {
    if !skip::is_root() {
        return;
    }
    for options in [&["-n", "-l", "--immediate-mode"][..], &["-n", "-l", "--immediate-mode", "--see-through"]]
    {
        let (lab, directory) = (Lab::quiet(), Directory::new("set-empty"));
        let file = directory.file("1000\n");
        let capture = directory.capture_of(&lab, &file, options, "not dst port in @ports");
        let mut printed = Printed::by(&capture);
        let mut send = |sent: &[u16], kept: &[u16]| printed.send(&lab, &lab.left, sent, kept);
        send(&[1000, 2000], &[2000]);
        directory.expect(&["ports", "del", "1000"], "removed 1 of 1: 0 entries\n");
        send(&[1000, 2000], &[1000, 2000]);
        directory.expect(&["ports", "add", "0-65535"], "added 1 of 1: 1 entries\n");
        send(&[1000, 2000], &[]);
        directory.expect(&["ports", "reload"], "reloaded: 1 entries\n");
        send(&[1000, 2000], &[2000]);
        capture.interrupt().expect_code(0);
    }
}

#[test]
fn all_interfaces_of_a_capture_follow_its_sets() {
    if !skip::is_root() {
        return;
    }
    let (lab, directory) = (Lab::quiet(), Directory::new("set-interfaces"));
    let file = directory.file("1000\n");
    let capture = directory.capture(&lab, &file, &["-n", "-l", "--immediate-mode", "-i", "lo"]);
    let mut printed = Printed::by(&capture);
    let loopback = lab.left.loopback();
    for end in [&lab.left, &loopback] {
        printed.send(&lab, end, &[2000, 1000], &[1000]);
    }
    directory.expect(&["ports", "add", "2000"], "added 1 of 1: 2 entries\n");
    for end in [&lab.left, &loopback] {
        printed.send(&lab, end, &[3000, 2000], &[2000]);
    }
    capture.interrupt().expect_code(0);
}

/// The destination ports that a capture is to have printed so far.
struct Printed<'a> {
    capture: &'a Running,
    ports: Vec<u16>,
}

impl<'a> Printed<'a> {
    fn by(capture: &'a Running) -> Self {
        Self { capture, ports: Vec::new() }
    }

    /// Sends datagrams to ports and waits for the lines of those that are kept. The last one sent should be among them, so
    /// that all before it have been decided when its line comes.
    #[track_caller]
    fn send(&mut self, lab: &Lab, from: &End, sent: &[u16], kept: &[u16]) {
        let sender = RawSender::open(from);
        for port in sent {
            sender.send(&frames::udp_frame(&lab.left, &lab.right, 9, *port, &[0; 18]));
        }
        self.ports.extend_from_slice(kept);
        wait::until_true("the lines are there", || self.so_far().len() >= self.ports.len());
        assert_eq!(self.so_far(), self.ports);
    }

    fn so_far(&self) -> Vec<u16> {
        let text = String::from_utf8_lossy(&self.capture.stdout_so_far()).into_owned();
        let port = |line: &str| line.split_once(" > ")?.1.split_once(':')?.0.rsplit_once('.')?.1.parse().ok();
        text.lines().filter_map(port).collect()
    }
}

#[test]
fn the_right_capture_is_found_among_several_and_dead_ones() {
    if !skip::is_root() {
        return;
    }
    let (lab, directory) = (Lab::quiet(), Directory::new("set-several"));
    let file = directory.file("1000\n");
    directory.expect_refusal(&["ports", "list"], "no capture with sets of this user's is running");
    let captures = [(); 2].map(|()| directory.capture(&lab, &file, &["-w", "/dev/null"]));
    let mut pids = captures.each_ref().map(|capture| capture.pid().to_string());
    directory.expect(&["ports", "add", "7", "--pid", &pids[1]], "added 1 of 1: 2 entries\n");
    directory.expect(&["ports", "list", "--pid", &pids[0]], "1000\n");
    let refusal = String::from_utf8(directory.set(&["ports", "list"]).stderr).expect("text");
    assert!(pids.iter().all(|pid| refusal.contains(pid)) && refusal.contains("--pid"), "{refusal}");
    let [first, second] = captures;
    first.signal(Signal::SIGKILL);
    first.wait();
    assert_eq!(directory.sockets(), 2, "who is killed leaves its socket");
    directory.expect(&["ports", "list"], "7\n1000\n");
    assert_eq!(directory.sockets(), 1, "the next one clears it away");
    second.interrupt().expect_code(0);
    pids.sort();
    directory.expect_refusal(
        &["ports", "list", "--pid", &pids[0]],
        &format!("process {} is no capture with sets of this user's", pids[0]),
    );
}

#[test]
fn no_frame_of_an_element_is_lost_while_others_come_and_go() {
    if !skip::is_root() {
        return;
    }
    for path in path_options() {
        let (lab, directory) = (Lab::quiet(), Directory::new("set-traffic"));
        let file = directory.file("1000\n");
        let capture = directory.capture(&lab, &file, &["-w", "/dev/null", &format!("--kernel-path={path}")]);
        let frame = frames::udp_frame(&lab.left, &lab.right, 9, 1000, &[0; 18]);
        let load = Load::start(RawSender::open(&lab.left), vec![frame]);
        for port in 2000..2020 {
            directory.expect(&["ports", "add", &port.to_string()], "added 1 of 1: 2 entries\n");
            directory.expect(&["ports", "del", &port.to_string()], "removed 1 of 1: 1 entries\n");
        }
        let sent = load.stop();
        let summary = capture.interrupt().expect_code(0).summary();
        assert_eq!(summary.received, sent, "{path}");
        assert_eq!(summary.captured + summary.dropped, sent, "{path}");
    }
}

/// A file that is not right ends the program before any frame is seen.
#[test]
fn broken_sets_are_errors_with_their_place() {
    if !skip::is_root() {
        return;
    }
    let (lab, directory) = (Lab::quiet(), Directory::new("set-broken"));
    let file = directory.file("80\n\n  eighty # no service\n");
    let set = format!("ports={file}");
    let run = |set: &str| {
        let mut command = Command::new(SNIFFER);
        // Else the captures of other tests had one beside them.
        command
            .args(["-i", lab.left.name, "--set", set, "port in @ports"])
            .env("XDG_RUNTIME_DIR", &directory.0.0);
        Running::start_command(&lab.left.namespace, &mut command).wait()
    };
    let outcome = run(&set);
    outcome.expect_code(1);
    let expected =
        format!("set 'ports': {file}:3:3: unknown port 'eighty'\n  port in @ports\n           ^~~~~");
    assert!(outcome.stderr.contains(&expected), "{}", outcome.stderr);
    let outcome = run("other=/dev/null");
    outcome.expect_code(1);
    assert!(
        outcome.stderr.contains("expected a set that is given by --set ports=FILE"),
        "{}",
        outcome.stderr
    );
    run("no name").expect_code(2);
}
