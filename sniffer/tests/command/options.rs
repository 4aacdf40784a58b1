//! Every option of tcpdump does what `docs/options.md` says.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::process::{Command, Output, Stdio};

use crate::savefiles::{frame, packet, pcap};
use crate::scratch::Folder;
use crate::{expect_code, sniffer, stderr, stdout, tcpdump};

/// A row of the table in the documentation.
struct Row {
    /// `-x`, `--long`, or both.
    names: Vec<String>,
    state: String,
    arguments: Vec<String>,
    notes: String,
}

fn rows() -> Vec<Row> {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/options.md");
    let page = fs::read_to_string(page).expect("the page can be read");
    let rows = page.lines().filter_map(|line| {
        let cells: Vec<&str> = line.strip_prefix('|')?.strip_suffix('|')?.split('|').map(str::trim).collect();
        let [short, long, state, arguments, notes] = cells[..] else { return None };
        let plain = |cell: &str| cell.trim_matches('`').to_owned();
        let names: Vec<String> =
            [short, long].map(plain).into_iter().filter(|name| name.starts_with('-')).collect();
        let arguments = plain(arguments).split(' ').map(str::to_owned).collect();
        (short != "---").then(|| Row { names, state: state.to_owned(), arguments, notes: notes.to_owned() })
    });
    // The first is the head of the table.
    rows.skip(1).collect()
}

#[test]
fn every_option_is_parsed_as_documented() {
    let rows = rows();
    assert!(rows.len() > 50, "{} rows", rows.len());
    for row in rows {
        for name in &row.names {
            // Compiling alone needs no rights. Options that print something and exit do so all the same.
            let mut arguments = vec!["-d"];
            arguments.extend(row.arguments.iter().map(String::as_str));
            if name.starts_with("--") && row.arguments[0].starts_with('-') {
                arguments[1] = name;
            }
            let output = sniffer(&arguments);
            let said = stderr(&output);
            match row.state.as_str() {
                "works" | "no effect" => assert_ne!(output.status.code(), Some(2), "{arguments:?}: {said}"),
                "refused" => {
                    expect_code(&output, 2);
                    assert!(said.contains(&format!("not supported: {}", row.notes)), "{arguments:?}: {said}");
                }
                "not yet" => {
                    expect_code(&output, 2);
                    assert!(said.contains("unexpected argument"), "{arguments:?}: {said}");
                }
                other => panic!("{name}: {other:?} is no state"),
            }
        }
    }
}

#[test]
fn the_documentation_has_every_option_that_tcpdump_names() {
    let documented: BTreeSet<String> = rows().into_iter().flat_map(|row| row.names).collect();
    let Some(usage) = tcpdump(&["--help"]) else { return };
    let usage = stdout(&usage) + &stderr(&usage);
    let words = usage.split([' ', '[', ']', '\n', '\t']).filter(|word| word.starts_with('-'));
    let options: Vec<String> = words
        .flat_map(|word| match word.strip_prefix("--") {
            Some(_) => vec![word.to_owned()],
            // -AbdDe… are flags in one word.
            None => word.chars().skip(1).map(|letter| format!("-{letter}")).collect(),
        })
        .collect();
    assert!(options.len() > 40, "{usage}");
    for option in options {
        assert!(documented.contains(&option), "{option} is not in docs/options.md");
    }
}

#[test]
fn clusters_and_glued_values_are_taken_apart_as_getopt_does() {
    let expected = stdout(&sniffer(&["-d", "-y", "RAW", "tcp"]));
    assert!(expected.contains("exit"), "{expected}");
    for arguments in [
        &["-nnvvXSs0", "-yRAW", "-d", "tcp"][..],
        &["-dyRAW", "tcp"],
        &["tcp", "-d", "-c1", "-w-", "-y", "RAW"],
        &["-dnNepqlyRAW", "-B4096", "-tttt", "tcp"],
        &["--linkty=RAW", "-d", "--", "tcp"],
        &["-yEN10MB", "-yRAW", "-d", "tcp"],
    ] {
        let output = sniffer(arguments);
        expect_code(&output, 0);
        assert_eq!(stdout(&output), expected, "{arguments:?}");
    }
}

#[test]
fn bad_values_are_named_with_status_2() {
    for (arguments, words) in [
        (&["-c", "0"][..], "0"),
        (&["-c", "many"], "many"),
        (&["-s", "-1"], "-1"),
        (&["-y", "NOTHING"], "invalid data link type NOTHING"),
        (&["--time-stamp-precision", "pico"], "pico"),
        (&["--nosuch"], "--nosuch"),
        (&["-r"], "-r"),
        (&["-r", "x", "-V", "y"], "-V"),
    ] {
        let output = sniffer(arguments);
        expect_code(&output, 2);
        assert!(stderr(&output).contains(words), "{arguments:?}: {}", stderr(&output));
        assert_eq!(stdout(&output), "", "{arguments:?}");
    }
}

#[test]
fn the_link_types_of_an_interface_are_listed_and_no_other_is_taken() {
    let listed = sniffer(&["-L", "-i", "any"]);
    expect_code(&listed, 0);
    let expected = "Data link types for any (use option -y to set):\n  \
        LINUX_SLL (Linux cooked v1)\n  LINUX_SLL2 (Linux cooked v2)\n";
    assert_eq!(stdout(&listed), expected);
    for link_type in ["LINUX_SLL", "LINUX_SLL2"] {
        expect_code(&sniffer(&["-d", "-i", "any", "-y", link_type]), 0);
    }
    let refused = sniffer(&["-d", "-i", "any", "-y", "EN10MB"]);
    expect_code(&refused, 1);
    let words = "any: frames of this interface have the link type LINUX_SLL (Linux cooked v1) or LINUX_SLL2 (Linux cooked v2)";
    assert!(stderr(&refused).contains(words), "{}", stderr(&refused));
}

/// What is listed instead of a capture.
const LISTS: [&[&str]; 9] = [
    &["-D"],
    &["-L", "-i", "lo"],
    &["-J", "-i", "lo"],
    &["-d"],
    &["--fields", "help"],
    &["taps"],
    &["--help"],
    &["top", "--help"],
    &["--version"],
];

fn list_to(stdout: impl Into<Stdio>, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sniffer"));
    command.args(arguments).stdin(Stdio::null()).stdout(stdout);
    command.output().expect("the program starts")
}

#[test]
fn a_list_that_nobody_reads_is_no_failure() {
    for arguments in LISTS {
        let (reader, writer) = io::pipe().expect("there are pipes");
        drop(reader);
        let output = list_to(writer, arguments);
        expect_code(&output, 0);
        assert_eq!(stderr(&output), "", "{arguments:?}");
    }
}

#[test]
fn a_list_that_cannot_be_written_is_a_failure() {
    for arguments in LISTS {
        let full = File::options().write(true).open("/dev/full").expect("it is always there");
        let output = list_to(full, arguments);
        expect_code(&output, 1);
        assert_eq!(stderr(&output), "sniffer: standard output: No space left on device\n", "{arguments:?}");
    }
}

#[test]
fn a_standard_error_that_takes_nothing_changes_nothing_else() {
    let folder = Folder::new("stderr");
    let packet = packet(1, 20);
    let file = folder.write("x.pcap", pcap(&[frame(1, 0, &packet)]));
    for (arguments, code) in [
        (&["-tn", "-r", &file][..], 0),
        (&["-r", &file, "-w", &folder.path("y.pcap"), "-z", "/nosuch"], 0),
        (&["-r", "/nosuch"], 1),
        (&["-d", "ip and ip6"], 1),
    ] {
        let full = File::options().write(true).open("/dev/full").expect("it is always there");
        let mut command = Command::new(env!("CARGO_BIN_EXE_sniffer"));
        let output = command.args(arguments).stdin(Stdio::null()).stderr(full).output();
        let output = output.expect("the program starts");
        expect_code(&output, code);
        assert_eq!(stdout(&output), stdout(&sniffer(arguments)), "{arguments:?}");
    }
}
