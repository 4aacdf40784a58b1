//! The expression on the command line: shown instead of captured with, refused with a caret, and empty of meaning.

use crate::scratch::Folder;
use crate::{expect_code, sniffer, stderr, stdout};

#[test]
fn programs_are_shown_in_three_forms() {
    let show = |options: &[&str]| {
        let output = sniffer(&[options, &["-y", "RAW", "icmp"]].concat());
        expect_code(&output, 0);
        stdout(&output)
    };
    let assembly = show(&["-d"]);
    assert!(assembly.starts_with("(000) ") && assembly.contains("exit"), "{assembly}");
    let array = show(&["-dd"]);
    assert!(array.lines().all(|line| line.starts_with("{ 0x") && line.ends_with("},")), "{array}");
    let decimal = show(&["-ddd"]);
    let mut lines = decimal.lines();
    let count: usize = lines.next().and_then(|line| line.parse().ok()).expect("a number of instructions");
    assert_eq!(lines.count(), count);
    assert_eq!(array.lines().count(), count);

    let plain = show(&["-d", "-O"]);
    assert!(plain.lines().count() >= assembly.lines().count(), "{plain}");
}

#[test]
fn expressions_are_explained() {
    let expected = "read as:\n  (tcp dst port 80 or tcp dst port 443) and host 10.0.0.1\nkeeps:\n  all of:\n    any of:\n      \
        TCP packets to port 80\n      TCP packets to port 443\n    IPv4, ARP and RARP packets from or to 10.0.0.1\n";
    for arguments in [
        &["--explain", "tcp dst port 80 or 443 and host 10.0.0.1"][..],
        &["explain", "-y", "EN10MB", "tcp dst port 80 or 443 and host 10.0.0.1"],
    ] {
        let output = sniffer(arguments);
        expect_code(&output, 0);
        let (shown, notes) =
            stdout(&output).split_once("note: ").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        assert_eq!(shown, expected);
        assert!(notes.contains("bind equally") && notes.contains("later fragments"), "{notes}");
    }
}

#[test]
fn expressions_that_mean_nothing_are_shown_with_a_caret() {
    for form in ["-d", "--explain"] {
        let output = sniffer(&[form, "tcp prt 80"]);
        expect_code(&output, 1);
        assert_eq!(stdout(&output), "");
        let expected =
            "sniffer: can't parse filter expression: syntax error at 'prt'\n  tcp prt 80\n      ^~~ ";
        assert!(stderr(&output).starts_with(expected), "{}", stderr(&output));
    }
}

#[test]
fn what_can_never_match_is_an_error_of_the_optimizer() {
    for arguments in [&["-d"][..], &["-i", "lo"], &["-i", "lo", "-Q", "in", "outbound", "and"]] {
        let output = sniffer(&[arguments, &["ip and ip6"]].concat());
        expect_code(&output, 1);
        assert_eq!(stdout(&output), "");
        assert!(
            stderr(&output).ends_with("sniffer: expression rejects all packets\n"),
            "{}",
            stderr(&output)
        );
    }
    let output = sniffer(&["-d", "-O", "ip and ip6"]);
    expect_code(&output, 0);
    assert!(!stdout(&output).contains("262144"), "{}", stdout(&output));
}

#[test]
fn expressions_in_files_have_lines_and_comments() {
    let folder = Folder::new("expression");
    let file = folder.write("web.txt", "# web\ntcp port 80 # HTTP\n or udp # QUIC\n");
    let expected = sniffer(&["-ddd", "tcp port 80 or udp"]);
    let output = sniffer(&["-ddd", "-F", &file]);
    expect_code(&output, 0);
    assert_eq!(stdout(&output), stdout(&expected));
    let nothing = sniffer(&["-ddd", "-F", &folder.write("nothing.txt", "# all of them\n")]);
    assert_eq!(stdout(&nothing), stdout(&sniffer(&["-ddd"])));
}
