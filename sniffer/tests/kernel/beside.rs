//! The program beside an installed tcpdump, with the same arguments and the same traffic: what scripts read of one they find
//! in the other.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;

use crate::pipeline::path_options;
use crate::support::lab::Lab;
use crate::support::process::{Outcome, Running, SNIFFER};
use crate::support::savefile::Savefile;
use crate::support::scratch::Folder;
use crate::support::sender::{Load, RawSender};
use crate::support::{frames, skip, wait};

/// A folder for each program.
struct Folders([Folder; 2]);

/// A savefile: name, size and frames.
type Saved = (String, usize, Vec<Vec<u8>>);

impl Folders {
    fn new(test: &str) -> Self {
        Self(["sniffer", "tcpdump"].map(|program| Folder::new(&format!("{test}-{program}"))))
    }

    /// The files of each program by name. Times are not compared: each program's socket has its own.
    fn files(&self) -> [Vec<Saved>; 2] {
        let saved = |path: PathBuf| {
            let name = path.file_name().and_then(|name| name.to_str()).expect("a plain name").to_owned();
            let bytes = fs::read(path).expect("a file");
            (name, bytes.len(), Savefile::parse(&bytes).frames)
        };
        self.0.each_ref().map(|folder| folder.files().into_iter().map(saved).collect())
    }
}

/// Both programs, in this order, once they capture; `OUT` in the arguments stands for a folder of each. None, and a line,
/// where there is no tcpdump, and on kernels of which the sniffer says on standard error what they lack.
fn start(lab: &Lab, folders: &Folders, arguments: &[&str]) -> Option<[Running; 2]> {
    let tcpdump = skip::program("a comparison with tcpdump", "tcpdump")?;
    if !path_options().contains(&"direct") {
        skip::say(
            "a comparison with tcpdump",
            "on such a kernel the sniffer says more: what it does without",
        );
        return None;
    }
    let run = |program: &Path, folder: &Folder, more: &[&str]| {
        let folder = folder.0.to_str().expect("a plain path");
        let arguments: Vec<String> =
            more.iter().chain(arguments).map(|argument| argument.replace("OUT", folder)).collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let running = Running::start(program, &lab.left.namespace, &arguments);
        running.wait_until_ready();
        running
    };
    let [ours, theirs] = &folders.0;
    // Else it gives its rights up, and cannot write where the tests do.
    Some([run(Path::new(SNIFFER), ours, &[]), run(&tcpdump, theirs, &["-Z", "root"])])
}

/// Lines in which the programs do not call themselves by name. Once a second both write how many frames they got, over the
/// number before.
fn lines(stderr: &str) -> Vec<String> {
    let told_last = |line: &str| line.rsplit('\r').next().unwrap_or_default().to_owned();
    stderr.lines().map(|line| told_last(line).replacen("tcpdump: ", "sniffer: ", 1)).collect()
}

#[track_caller]
fn check_alike(outcomes: [Outcome; 2], arguments: &[&str]) {
    let [ours, mut theirs] = outcomes;
    assert_eq!(lines(&ours.stderr), lines(&theirs.stderr), "{arguments:?}");
    assert_eq!(ours.status.code(), theirs.status.code(), "{arguments:?}");
    if let Some(file) = savefile(&ours) {
        assert_eq!(Some(file), savefile(&theirs), "{arguments:?}");
    } else {
        // It ends the line in which a terminal shows ^C, even where there is none.
        if theirs.stdout.len() > ours.stdout.len() && theirs.stdout.ends_with(b"\n") {
            theirs.stdout.pop();
        }
        assert_eq!(ours.stdout, theirs.stdout, "{arguments:?}");
    }
}

/// The frames on standard output, if that is a savefile.
fn savefile(outcome: &Outcome) -> Option<Vec<Vec<u8>>> {
    let is_savefile = outcome.stdout.starts_with(&0xa1b2_c3d4_u32.to_ne_bytes());
    is_savefile.then(|| Savefile::parse(&outcome.stdout).frames)
}

fn datagram(lab: &Lab) -> Vec<u8> {
    frames::udp_frame(&lab.left, &lab.right, 5000, 9999, b"payload")
}

#[test]
fn readiness_summary_lines_and_exit_codes_are_tcpdumps() {
    if !skip::is_root() {
        return;
    }
    let (lab, folders) = (Lab::quiet(), Folders::new("contract"));
    for (arguments, count) in [
        (&["-i", "left0", "-n", "-t"][..], 0),
        (&["-i", "left0", "-n", "-t"], 1),
        (&["-ileft0", "-ntv"], 2),
        (&["-i", "any", "-n", "-t", "udp"], 2),
        (&["-i", "left0", "-n", "-t", "-c", "2", "-s", "96"], 2),
        (&["-i", "left0", "-w", "-", "-U"], 3),
        (&["-i", "left0", "-w", "-"], 3),
        (&["-i", "left0", "-w", "OUT/f", "tcp"], 3),
        (&["-i", "left0", "-w", "OUT/f", "-v"], 3),
    ] {
        for signal in [Signal::SIGINT, Signal::SIGTERM] {
            let Some(running) = start(&lab, &folders, arguments) else { return };
            let sender = RawSender::open(&lab.left);
            (0..count).for_each(|_| sender.send(&datagram(&lab)));
            if !arguments.contains(&"-c") {
                // tcpdump ends at a signal with what it has read by then.
                if !arguments.contains(&"tcp") {
                    wait_until_captured(&running[1], count);
                }
                for running in &running {
                    running.signal(signal);
                }
            }
            let outcomes = running.map(Running::wait);
            for outcome in &outcomes {
                outcome.expect_code(0);
            }
            check_alike(outcomes.map(without_reports), arguments);
            let [ours, theirs] = folders.files();
            assert!(ours == theirs, "{arguments:?}: other frames in the file");
        }
    }
}

/// How long to wait before tcpdump is asked again.
const PATIENCE: Duration = Duration::from_millis(100);

/// Waits until tcpdump has captured so many frames, which SIGUSR1 makes it say. It is asked now and then alone: one who is
/// asked again and again does nothing else, and one who is asked while poll(2) returns because of the question before takes
/// the error that its answer has left for that of poll, and ends.
fn wait_until_captured(running: &Running, count: usize) {
    let mut asked = None::<Instant>;
    wait::until_true("tcpdump has read them", || {
        if asked.is_none_or(|asked| asked.elapsed() > PATIENCE) {
            running.signal(Signal::SIGUSR1);
            asked = Some(Instant::now());
        }
        let text = running.stderr_so_far();
        let words: Vec<_> = text.split(['\n', '\r', ',', ' ']).collect();
        let last =
            words.iter().rposition(|word| word.starts_with("captured")).and_then(|at| at.checked_sub(2));
        last.and_then(|at| words[at].parse().ok()) == Some(count)
    });
}

/// Without what signals in between have made it say.
fn without_reports(mut outcome: Outcome) -> Outcome {
    let lines: Vec<&str> = outcome.stderr.lines().collect();
    // The last report is the summary.
    let first = lines.iter().position(|line| line.contains("captured")).unwrap_or(lines.len());
    let last = lines.iter().rposition(|line| line.contains("captured")).unwrap_or(lines.len());
    outcome.stderr = [&lines[..first], &lines[last..]].concat().join("\n");
    outcome
}

#[test]
fn a_signal_tells_the_counts_on_one_line_as_tcpdump_does() {
    if !skip::is_root() {
        return;
    }
    let (lab, folders) = (Lab::quiet(), Folders::new("usr1"));
    for arguments in [&["-i", "left0", "-w", "OUT/f"][..], &["-i", "left0", "-v", "-w", "OUT/f"]] {
        let Some(running) = start(&lab, &folders, arguments) else { return };
        for running in &running {
            running.signal(Signal::SIGUSR1);
            let counts = "0 packets dropped by kernel\n";
            wait::until_true("the counts", || running.stderr_so_far().contains(counts));
        }
        check_alike(running.map(Running::interrupt), arguments);
    }
}

#[test]
fn files_by_size_and_time_are_tcpdumps_by_name_and_byte() {
    if !skip::is_root() {
        return;
    }
    let lab = Lab::quiet();
    let sent: Vec<Vec<u8>> = (0..3400_u32)
        .map(|number| [&number.to_be_bytes()[..], &[0; 950]].concat())
        .map(|payload| frames::udp_frame(&lab.left, &lab.right, 5000, 9999, &payload))
        .collect();
    for arguments in [
        &["-C", "1"][..],
        &["-C", "1", "-W", "12"],
        &["-C", "1", "-G", "3600"],
        &["-C", "1", "-G", "3600", "-W", "12"],
        &["-G", "3600", "-W", "12"],
    ] {
        for name in ["OUT/f", "OUT/f-%Y.pcap"] {
            let folders = Folders::new("series");
            let arguments = [&["-i", "left0", "-B", "65536", "-w", name], arguments].concat();
            let Some(running) = start(&lab, &folders, &arguments) else { return };
            RawSender::open(&lab.left).flood(&sent, sent.len() as u64);
            wait_until_captured(&running[1], sent.len());
            for outcome in running.map(Running::interrupt) {
                outcome.expect_code(0);
            }
            let [ours, theirs] = folders.files();
            let names = |files: &[Saved]| -> Vec<(String, usize)> {
                files.iter().map(|(name, size, _)| (name.clone(), *size)).collect()
            };
            assert_eq!(names(&ours), names(&theirs), "{arguments:?}");
            assert!(ours == theirs, "{arguments:?}: other frames");
        }
    }
}

#[test]
fn a_number_of_intervals_ends_both_programs_alike() {
    if !skip::is_root() {
        return;
    }
    let (lab, folders) = (Lab::quiet(), Folders::new("intervals"));
    let arguments = ["-i", "left0", "-G", "1", "-W", "2", "-w", "OUT/%s"];
    let Some(running) = start(&lab, &folders, &arguments) else { return };
    // tcpdump looks at the clock when a frame comes.
    let load = Load::start(RawSender::open(&lab.left), vec![datagram(&lab)]);
    let outcomes = running.map(Running::wait);
    load.stop();
    let limit = "Maximum file limit reached: 2";
    for outcome in &outcomes {
        assert!(outcome.expect_code(0).stderr.contains(limit), "{}", outcome.stderr);
    }
    for files in folders.files() {
        let starts: Vec<i64> = files.iter().map(|(name, ..)| name.parse().expect("seconds")).collect();
        assert_eq!(starts.len(), 2, "{starts:?}");
    }
}
