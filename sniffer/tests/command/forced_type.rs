//! `-T`: packets are taken for what somebody says.

use crate::savefiles::{frame, pcap};
use crate::scratch::Folder;
use crate::{expect_code, sniffer, stderr, stdout, tcpdump};

/// A datagram between ports that tell nothing.
fn datagram(payload: &[u8]) -> Vec<u8> {
    let len = |header: usize| ((header + payload.len()) as u16).to_be_bytes();
    let ip = [0, 1, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2];
    [&[0x45, 0][..], &len(28), &ip, &[0x9c, 0x40, 0x9c, 0x41], &len(8), &[0, 0], payload].concat()
}

#[test]
fn every_form_of_output_takes_packets_for_what_is_said() {
    let folder = Folder::new("type");
    let packet = datagram(b"\0\x04\0\x09");
    let file = folder.write("x.pcap", pcap(&[frame(1, 0, &packet)]));
    let line = "IP 10.0.0.1.40000 > 10.0.0.2.40001: TFTP, length 4, ACK block 9\n";
    // Lines that are flushed one by one are made by one thread, others by several.
    for arguments in [&["-tn", "-T", "tftp", "-r", &file][..], &["-tnl", "-TTFTP", "-r", &file]] {
        let output = sniffer(arguments);
        expect_code(&output, 0);
        assert_eq!(stdout(&output), line, "{arguments:?}");
        if let Some(theirs) = tcpdump(arguments) {
            assert_eq!(stdout(&theirs), line, "{arguments:?}");
        }
    }
    let json = stdout(&sniffer(&["--json", "-T", "tftp", "-r", &file]));
    assert!(json.contains(r#"{"layer":"tftp","operation":4,"number":9}"#), "{json}");
    let fields = stdout(&sniffer(&["--fields", "udp.source_port,tftp.number", "-T", "tftp", "-r", &file]));
    assert_eq!(fields, "40000\t9\n");
}

#[test]
fn what_a_type_is_not_for_keeps_its_line() {
    let folder = Folder::new("type-other");
    let packet = datagram(b"\0\x04\0\x09");
    let file = folder.write("x.pcap", pcap(&[frame(1, 0, &packet)]));
    let output = sniffer(&["-tn", "-T", "carp", "-r", &file]);
    assert_eq!(stdout(&output), "IP 10.0.0.1.40000 > 10.0.0.2.40001: UDP, length 4\n");
}

#[test]
fn an_unknown_type_has_tcpdumps_error() {
    let arguments = ["-T", "nosuch", "-r", "/dev/null"];
    let output = sniffer(&arguments);
    expect_code(&output, 1);
    let words = "unknown packet type `nosuch'";
    assert!(stderr(&output).starts_with(&format!("sniffer: {words}; there are ")), "{}", stderr(&output));
    if let Some(theirs) = tcpdump(&arguments) {
        assert_eq!((stderr(&theirs), theirs.status.code()), (format!("tcpdump: {words}\n"), Some(1)));
    }
}
