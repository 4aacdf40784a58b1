//! Reading savefiles: several of them, and names of them in a file.

use sniffer::packet::Frame;

use crate::scratch::{Folder, frame, packet, pcap, pcapng};
use crate::{expect_code, sniffer, stderr, stdout, tcpdump};

/// A file with one frame from each of these senders.
fn file_from(senders: &[u8]) -> Vec<u8> {
    let packets: Vec<Vec<u8>> = senders.iter().map(|&sender| packet(sender, 20)).collect();
    let frames: Vec<Frame<'_>> =
        packets.iter().zip(1..).map(|(packet, second)| frame(second, 0, packet)).collect();
    pcap(&frames)
}

#[test]
fn several_files_are_read_one_after_the_other() {
    let folder = Folder::new("several");
    let (one, two) = (folder.write("one", file_from(&[1, 2])), folder.write("two", file_from(&[3])));
    let list = folder.write("list", format!("{one}\n{two}\n"));
    let listed = sniffer(&["-ttnV", &list]);
    expect_code(&listed, 0);
    assert_eq!(
        stdout(&listed),
        "1.000000 IP 10.0.0.1 > 10.0.0.99: no next header\n2.000000 IP 10.0.0.2 > 10.0.0.99: no next header\n\
         1.000000 IP 10.0.0.3 > 10.0.0.99: no next header\n"
    );
    assert_eq!(stdout(&sniffer(&["-ttn", "-r", &one, "-r", &two])), stdout(&listed));
    assert_eq!(stdout(&sniffer(&["--count", "-V", &list])), "3 packets\n");
    assert_eq!(stdout(&sniffer(&["-c2", "--count", "-V", &list])), "2 packets\n");
    let Some(oracle) = tcpdump(&["-ttnV", &list]) else { return };
    assert_eq!((stdout(&listed), stderr(&listed)), (stdout(&oracle), stderr(&oracle)));
}

#[test]
fn a_list_that_names_nothing_or_what_is_not_there_is_an_error() {
    let folder = Folder::new("lists");
    let one = folder.write("one", file_from(&[1]));
    let list = folder.write("list", format!("{one}\n/nonexistent\n"));
    let output = sniffer(&["-ttnV", &list]);
    expect_code(&output, 1);
    assert!(stderr(&output).contains("/nonexistent: No such file or directory"), "{}", stderr(&output));
    assert_eq!(
        stdout(&output),
        "1.000000 IP 10.0.0.1 > 10.0.0.99: no next header\n",
        "what came before is printed"
    );
    for (list, words) in
        [("/dev/null", "/dev/null: no savefile is named there"), ("/nonexistent", "No such file")]
    {
        let output = sniffer(&["-V", list]);
        expect_code(&output, 1);
        assert!(stderr(&output).contains(words), "{}", stderr(&output));
    }
}

#[test]
fn interfaces_of_several_files_keep_their_names() {
    let folder = Folder::new("interfaces");
    let (a, b) = (packet(1, 20), packet(2, 20));
    let one = folder.write("one", pcapng("eth", &[frame(1, 0, &a), frame(1, 1, &b)]));
    let two = folder.write("two", pcapng("wlan", &[frame(2, 0, &b)]));
    let merged = folder.path("merged.pcapng");
    expect_code(&sniffer(&["-r", &one, "-r", &two, "-w", &merged]), 0);
    let bytes = std::fs::read(&merged).expect("it was written");
    let mut reader = sniffer::pcap::Reader::new(&bytes[..]).expect("a savefile");
    let names = reader.interface_names();
    let mut found = Vec::new();
    while let Some(frame) = reader.next_frame().expect("whole") {
        found.push((names.get(frame.interface).expect("a name"), frame.data[15]));
    }
    assert_eq!(found, [("eth0".to_owned(), 1), ("eth1".to_owned(), 2), ("wlan0".to_owned(), 2)]);
}
