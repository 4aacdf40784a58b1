//! Where a filter keeps other frames live than from a savefile: the examples of `docs/filter-language.md`.

use std::env;
use std::fs;
use std::process;

use crate::support::lab::Lab;
use crate::support::process::{run_sniffer, sniffer};
use crate::support::savefile::Savefile;
use crate::support::sender::RawSender;
use crate::support::{frames, skip};

/// What becomes of an expression.
#[derive(Clone, Copy)]
enum Outcome {
    /// It keeps these frames of [`sent`], by number.
    Keeps(&'static [usize]),
    /// It is refused with these words.
    Refused(&'static str),
}

use Outcome::{Keeps, Refused};

/// Two frames: without a tag, and with one.
fn sent(lab: &Lab) -> [Vec<u8>; 2] {
    let plain = frames::tcp_frame(&lab.left, &lab.right, 1000, 80, &[0; 46]);
    let tagged = frames::tagged(0x8100, 100, &plain);
    [plain, tagged]
}

#[test]
fn an_interface_and_its_savefile_differ_as_documented() {
    if !skip::is_root() {
        return;
    }
    let not_live = Refused("not a live capture");
    check(
        &["-i", "right0"],
        &[
            ("ip", Keeps(&[0, 1]), Keeps(&[0])),
            ("vlan and ip", Keeps(&[1]), Keeps(&[1])),
            ("ip and vlan 100", Keeps(&[1]), Refused("expression rejects all packets")),
            ("ether[12:2] = 0x800", Keeps(&[0, 1]), Keeps(&[0])),
            ("len = 100", Keeps(&[0, 1]), Keeps(&[0])),
            ("inbound", Keeps(&[0, 1]), not_live),
            ("not outbound and vlan", Keeps(&[1]), not_live),
            ("ifindex > 0", Refused("syntax error"), Refused("syntax error")),
            ("ip broadcast", Refused("netmask not known"), Keeps(&[])),
        ],
    );
}

#[test]
fn all_interfaces_and_their_savefile_differ_as_documented() {
    if !skip::is_root() {
        return;
    }
    check(
        &["-i", "any"],
        &[
            ("ip", Keeps(&[0, 1]), Keeps(&[0, 1])),
            ("link[0:2] = 0x800 and link[10] = 0", Keeps(&[0, 1]), Keeps(&[0, 1])),
            ("link[8:2] = 1", Refused("no link header"), Keeps(&[0, 1])),
            ("len = 86", Keeps(&[0, 1]), Keeps(&[])),
            ("vlan", Refused("'vlan' not supported"), Refused("'vlan' not supported")),
        ],
    );
}

#[test]
fn all_interfaces_with_the_older_cooked_header_differ_likewise() {
    if !skip::is_root() {
        return;
    }
    check(
        &["-i", "any", "-y", "LINUX_SLL"],
        &[
            ("ip", Keeps(&[0, 1]), Keeps(&[0])),
            ("link[14:2] = 0x800 and link[0:2] = 0", Keeps(&[0, 1]), Keeps(&[0])),
            ("tcp dst port 80 and not outbound", Keeps(&[0, 1]), Keeps(&[0])),
            ("link[2:2] = 1", Refused("no link header"), Keeps(&[0, 1])),
            ("len = 86", Keeps(&[0, 1]), Keeps(&[])),
        ],
    );
}

/// Captures on the receiving end of a wire with each expression, and reads with it what was captured without any.
fn check(source: &[&str], cases: &[(&str, Outcome, Outcome)]) {
    let lab = Lab::quiet();
    let frames = sent(&lab);
    let path =
        env::temp_dir().join(format!("sniffer-live-and-saved-{}{}.pcap", process::id(), source.concat()));
    let path_text = path.to_str().expect("a plain path");
    capture(&lab, source, path_text, "", frames.len());
    let all = Savefile::parse(&fs::read(&path).expect("the file is there")).frames;
    for &(text, live, saved) in cases {
        let outcome = run_sniffer(&lab.right.namespace, &["-r", path_text, "-w", "-", text]);
        match saved {
            Keeps(numbers) => {
                outcome.expect_code(0);
                assert_eq!(kept(&outcome.stdout), expected(&all, numbers), "saved: {text}");
            }
            Refused(words) => assert!(outcome.expect_code(1).stderr.contains(words), "saved: {text}"),
        }
        match live {
            Keeps(numbers) => {
                let written = capture(&lab, source, "-", text, numbers.len());
                assert_eq!(kept(&written), expected(&all, numbers), "live: {text}");
            }
            Refused(words) => {
                let outcome = run_sniffer(&lab.right.namespace, &[source, &[text]].concat());
                assert!(outcome.expect_code(1).stderr.contains(words), "live: {text}: {}", outcome.stderr);
            }
        }
    }
    fs::remove_file(&path).expect("the file is there");
}

/// What a capture that ends by itself after `count` frames writes.
fn capture(lab: &Lab, source: &[&str], file: &str, text: &str, count: usize) -> Vec<u8> {
    let count = count.to_string();
    let running = sniffer(&lab.right.namespace, &[source, &["-c", &count, "-w", file, text]].concat());
    let sender = RawSender::open(&lab.left);
    for frame in &sent(lab) {
        sender.deliver(&lab.left, frame);
    }
    let outcome = running.wait();
    outcome.expect_code(0);
    outcome.stdout
}

fn kept(savefile: &[u8]) -> Vec<Vec<u8>> {
    Savefile::parse(savefile).frames
}

fn expected(all: &[Vec<u8>], numbers: &[usize]) -> Vec<Vec<u8>> {
    numbers.iter().map(|number| all[*number].clone()).collect()
}
