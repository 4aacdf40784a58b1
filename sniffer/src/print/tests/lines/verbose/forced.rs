//! Packets that are taken for what `-T` says. Their ports tell nothing, or something else.

use super::super::super::Case;
use super::super::super::build::*;
use super::{case, over_ipv4, over_udp};
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    [known_elsewhere(), media(), messages(), aodv(), vec![carp(), beside_others()]].concat()
}

fn datagrams(name: &'static str, payloads: &[Vec<u8>]) -> Case {
    case(name, LinkType::RAW, over_udp([40000, 40001], payloads))
}

/// Segments to a port that tells HTTP.
fn segments(name: &'static str, payloads: &[Vec<u8>]) -> Case {
    let (ports, options) = ([40000, 80], &[]);
    let segment = |payload: &Vec<u8>| {
        Tcp { ports, sequence: 7, acknowledgement: 0, flags: 8, options, payload }.bytes()
    };
    case(name, LinkType::RAW, over_ipv4(6, &payloads.iter().map(segment).collect::<Vec<_>>()))
}

const QUERY: &[u8] = b"\x12\x34\x01\0\0\x01\0\0\0\0\0\0\x01a\x02bc\0\0\x01\0\x01";

/// What is found by ports as well.
fn known_elsewhere() -> Vec<Case> {
    let in_stream = [&[0, QUERY.len() as u8], QUERY].concat();
    let ptp = [&[0, 2, 0, 44][..], &[0; 40]].concat();
    let inner = ethernet(0x0800, &ipv4(1, &icmp(8, 0, [0, 1, 0, 2], b"12345678")));
    let vxlan = [&[8, 0, 0, 0, 0, 0, 9, 0][..], &inner].concat();
    let tftp = [b"\0\x01a\0octet\0".to_vec(), b"\0\x04\0\x09".to_vec()];
    vec![
        datagrams("-T domain", &[QUERY.to_vec(), vec![]]).of_type("domain"),
        segments("-T domain in a stream", &[in_stream, b"\0\x05".to_vec(), vec![]]).of_type("domain"),
        datagrams("-T ptp", &[ptp]).of_type("ptp"),
        datagrams("-T snmp", &[vec![0x30, 2, 2, 0], vec![]]).of_type("snmp"),
        datagrams("-T tftp", &tftp).of_type("tftp"),
        datagrams("-T vxlan", &[vxlan]).of_type("vxlan"),
        segments("-T resp", &[b"*1\r\n$4\r\nPING\r\n".to_vec(), vec![]]).of_type("resp"),
    ]
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

fn media() -> Vec<Case> {
    let rtp = |first: u8, second: u8, rest: &[u8]| [&[first, second, 0, 7, 0, 0, 1, 9][..], rest].concat();
    let extension = b"\xab\xcd\0\x01exteab\0\0";
    let streams = [
        rtp(0x80, 0x60, b"srceabc"),
        rtp(0xa0, 0xe0, b"srceab\0\x02"),
        rtp(0x90, 0x1f, &[b"srce", &extension[..]].concat()),
        rtp(0x90, 0x60, b"srce\0\0\0\x09ab"),
        rtp(0x40, 0xdf, b"\0\x02\0\0\0\0\0\0\x80\x01\0\0abcd"),
        rtp(0x40, 0x83, b"\0\0\0\0"),
        rtp(0x40, 0x03, b""),
        rtp(0x80, 0x03, b"src"),
        vec![0x80, 3, 0, 7],
    ];
    let sender = [0x11, 0xd000_0000, 0x8000_0000, 100, 5, 600];
    let report = [0x22, 0x0500_0007, 1000, 12, 0x0001_8000, 0x0002_8000];
    let goodbye = words(&[0x81cb_0001, 9]);
    let controls = [
        [words(&[0x80c8_0006]), words(&sender)].concat(),
        [words(&[0x81c8_000c]), words(&sender), words(&report)].concat(),
        [words(&[0x81c9_0007, 9]), words(&report), words(&[0x81ca_0002, 9, 0x0101_6100]), goodbye].concat(),
        words(&[0x81cc_0002, 9, 0x6e61_6d65]),
        [words(&[0x80c9_0007, 9]), words(&report)].concat(),
        words(&[0x81ca_0064, 9]),
    ];
    let sounds = [words(&[0x0a9f_0001, 7, 1]), words(&[5, 7]), vec![0xf3, 0xff, 1], vec![0, 0, 1], vec![1]];
    vec![
        datagrams("-T rtp", &streams).of_type("rtp"),
        datagrams("-T rtcp", &controls).of_type("rtcp"),
        datagrams("-T vat", &sounds).of_type("vat"),
    ]
}

fn messages() -> Vec<Case> {
    let call = |version: u32, procedure: u32| words(&[7, 0, version, 100_003, 3, procedure, 0, 0, 0, 0]);
    let reply = |rest: &[u32]| [words(&[0x1_0007, 1]), words(rest)].concat();
    let calls: Vec<_> = (0..7).map(|procedure| call(2, procedure)).chain([call(3, 3)]).collect();
    let replies = [reply(&[0, 0]), reply(&[1, 0, 2, 3]), reply(&[1, 1, 2]), reply(&[2]), reply(&[]), vec![7]];
    let head = b"\x12\x34\x80\x05\0\0\0\x0b\0\x01\0\x02\x01\x03";
    let cars = [[2, 0], [0x81, 9], [5, 0x10]].map(|ends| [&head[..], &ends, b"pay"].concat());
    let frames = [
        b"\x05\x01hell\x01\x81".to_vec(),
        [&[0, 255][..], &words(&[0, 5]), b"\x01hell"].concat(),
        [&[255][..], &words(&[0, 500]), b"\xffhell"].concat(),
        [&[201, 0][..], &[b'z'; 200], &[1]].concat(),
    ];
    vec![
        datagrams("-T rpc", &[&calls[..], &replies].concat()).of_type("rpc"),
        datagrams("-T someip", &[&cars[..], &[head.to_vec()]].concat()).of_type("someip"),
        case("SOME/IP by its port", LinkType::RAW, over_udp([30490, 9], &cars)),
        segments("-T zmtp1", &frames).of_type("zmtp1"),
    ]
}

fn aodv() -> Vec<Case> {
    let messages = |is_long: bool| {
        let address = if is_long { [&[0x20, 1][..], &[0; 13], &[9]].concat() } else { vec![10, 0, 0, 9] };
        let request =
            [words(&[0x0100_0003, 0x1234]), address.clone(), words(&[5]), address.clone(), words(&[6])];
        let reply = [words(&[0x0200_0703]), address.clone(), words(&[5]), address.clone(), words(&[6])];
        let node = [address, words(&[5])].concat();
        let error = |flags: u8, count: u8| [&[3, flags, 0, count][..], &node, &node].concat();
        let behind = |message: &[Vec<u8>], extension: &[u8]| [&message.concat()[..], extension].concat();
        vec![
            behind(&request, &[]),
            behind(&request, &[1, 4, 0, 0, 3, 0xe8]),
            behind(&request, &[1, 3, 0, 0, 3, 0xe8]),
            behind(&reply, &[7, 2, 1, 2]),
            behind(&reply, &[1]),
            error(0x80, 2),
            error(0, 3),
            vec![4, 0],
            vec![9, 0],
        ]
    };
    let long = [&[0x20, 1][..], &[0; 13], &[9]].concat();
    let draft = [
        [words(&[0x1010_0003, 0x1234, 5, 6]), long.clone(), long.clone()].concat(),
        [words(&[0x1100_0003, 5]), long.clone(), long.clone(), words(&[6])].concat(),
        [words(&[0x1280_0001]), long, words(&[5])].concat(),
        vec![19, 0],
    ];
    let over_ipv6 = |payload: &Vec<u8>| ipv6(17, &udp(40000, 40001, payload));
    vec![
        datagrams("-T aodv", &[messages(false), draft.to_vec()].concat()).of_type("aodv"),
        case("-T aodv over IPv6", LinkType::RAW, messages(true).iter().map(over_ipv6).collect())
            .of_type("aodv"),
        case("aodv by its port", LinkType::RAW, over_udp([9, 654], &messages(false))),
    ]
}

fn advertisement(version_type: u8) -> Vec<u8> {
    let mut packet = vec![version_type, 7, 100, 7, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2];
    packet.extend(1..=20);
    packet
}

fn carp() -> Case {
    let packets = [0x21, 0x31, 0x22].map(advertisement);
    case("-T carp", LinkType::RAW, over_ipv4(112, &packets)).of_type("carp")
}

/// What a type is not for is not looked into; what an error quotes is.
fn beside_others() -> Case {
    let quote = ipv4(17, &udp(1, 53, b"\0\x04\0\x09"));
    let mut case = segments("-T tftp beside others", &[b"GET / HTTP/1.0\r\n\r\n".to_vec()]);
    case.frames.push(ipv4(112, &advertisement(0x21)));
    case.frames.push(ipv4(1, &icmp(3, 3, [0; 4], &quote)));
    case.of_type("tftp")
}
