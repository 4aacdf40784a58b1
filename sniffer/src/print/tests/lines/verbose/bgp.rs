//! Messages of BGP with their parameters, attributes and routes.

use super::super::super::Case;
use super::super::super::build::*;
use super::{case, tlv};
use crate::packet::LinkType;

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("bgp sessions", LinkType::RAW, segments(&sessions())),
        case("bgp updates", LinkType::RAW, segments(&updates())),
        case("bgp attributes", LinkType::RAW, segments(&[update(&[], &attributes().concat(), &[])])),
    ]
}

fn segments(messages: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let segment = |payload: &Vec<u8>| {
        let fields =
            Tcp { ports: [179, 40000], sequence: 1, acknowledgement: 1, flags: 0x18, options: &[], payload };
        ipv4(6, &fields.bytes())
    };
    messages.iter().map(segment).collect()
}

fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    [&[0xff; 16][..], &(19 + body.len() as u16).to_be_bytes(), &[kind], body].concat()
}

fn open(parameters: &[u8]) -> Vec<u8> {
    let fixed = [4, 0xfd, 0xe8, 0, 180, 10, 0, 0, 1, parameters.len() as u8];
    message(1, &[&fixed[..], parameters].concat())
}

fn sessions() -> Vec<Vec<u8>> {
    let capabilities = [
        tlv(1, &[0, 1, 0, 1]),
        tlv(1, &[0, 2, 0, 128]),
        tlv(2, &[]),
        tlv(8, &[0, 1, 4, 2]),
        tlv(64, &[0x80, 120, 0, 1, 1, 0x80, 0, 2, 1, 0]),
        tlv(65, &[0, 1, 0, 0]),
        tlv(69, &[0, 1, 1, 3, 0, 2, 1, 9]),
        tlv(69, &[]),
        tlv(69, &[0, 1, 1, 1, 0]),
        tlv(71, &[1, 2]),
        tlv(77, &[1, 2, 3]),
        tlv(1, &[0, 1]),
    ];
    let parameters = [tlv(2, &capabilities.concat()), tlv(1, &[1, 2]), tlv(9, &[])].concat();
    let notify = |body: &[u8]| message(3, body);
    vec![
        open(&parameters),
        open(&[2, 9, 1]),
        open(&tlv(2, &[1, 9, 0])),
        notify(&[1, 2]),
        notify(&[2, 7]),
        notify(&[3, 11]),
        notify(&[4, 0]),
        notify(&[5, 1]),
        notify(&[6, 1, 0, 1, 1, 0, 0, 1, 0]),
        notify(&[&[6, 2, 4][..], b"by\x1be"].concat()),
        notify(&[6, 4, 0, 1, 2]),
        notify(&[6, 2, 9, 1, 2]),
        notify(&[7, 3]),
        notify(&[9, 9]),
        [message(4, &[]), message(5, &[0, 1, 0, 1]), message(9, &[1, 2, 3])].concat(),
    ]
}

fn update(withdrawn: &[u8], attributes: &[u8], announced: &[u8]) -> Vec<u8> {
    let len = |part: &[u8]| (part.len() as u16).to_be_bytes();
    message(2, &[&len(withdrawn)[..], withdrawn, &len(attributes), attributes, announced].concat())
}

fn attribute(flags: u8, kind: u8, value: &[u8]) -> Vec<u8> {
    if flags & 0x10 == 0 {
        return [&[flags], &tlv(kind, value)[..]].concat();
    }
    [&[flags, kind][..], &(value.len() as u16).to_be_bytes(), value].concat()
}

fn updates() -> Vec<Vec<u8>> {
    let origin = attribute(0x40, 1, &[0]);
    let routes = [24, 10, 0, 1, 0, 17, 10, 1, 0x80, 32, 1, 2, 3, 4];
    let with_ids = [0, 0, 0, 1, 24, 10, 0, 1, 0, 0, 0, 2, 0];
    vec![
        update(&routes, &origin, &routes),
        update(&with_ids, &origin, &with_ids),
        update(&[], &[], &[]),
        update(&routes, &[], &[]),
        update(&[8, 10], &[], &[33, 1, 2, 3, 4, 5]),
        update(&[], &origin, &[24, 10]),
        update(&[0], &origin, &[]),
        update(&[], &[&origin[..], &[0x40]].concat(), &[]),
        update(&[], &[&origin[..], &[0x40, 2]].concat(), &[]),
        update(&[], &[&origin[..], &[0x40, 2, 9, 1]].concat(), &[]),
    ]
}

fn attributes() -> Vec<Vec<u8>> {
    let distinguisher = |kind: u8| [0, kind, 0xfd, 0xe8, 0, 0, 1, 2];
    let hop6 = [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9];
    let vpn_route = [&[88 + 24, 0, 0x12, 0x31][..], &distinguisher(0), &[10, 0, 9]].concat();
    let vpn_route_2 = [&[88 + 8, 0, 0x12, 0x30][..], &distinguisher(2), &[11]].concat();
    let vpn = [&[0, 1, 128, 12][..], &distinguisher(1), &[10, 0, 0, 9, 0], &vpn_route, &vpn_route_2].concat();
    let vpn6 = [&[0, 2, 128, 24][..], &distinguisher(9), &hop6, &[0]].concat();
    let unicast6 = [&[0, 2, 1, 32][..], &hop6, &hop6, &[1, 2, 7, 7], &[64], &hop6[..8], &[0]].concat();
    let community = |kind: u16, value: [u8; 6]| [&kind.to_be_bytes()[..], &value].concat();
    let extended: Vec<_> = [
        0x0002, 0x0003, 0x000a, 0x0102, 0x0103, 0xf10a, 0x010b, 0x0202, 0x0203, 0x4004, 0x0005, 0x8005,
        0x0107, 0x0306, 0x800a, 0x0009, 0x030c, 0x9999,
    ]
    .map(|kind| community(kind, [0, 9, 0x4c, 0xbe, 5, 0x21]))
    .concat();
    let tunnels = (0..9).map(|kind| attribute(0xc0, 22, &[1, kind, 0, 1, 0x10, 10, 0, 0, 1, 239, 1, 2, 3]));
    let set = [&[0, 1, 0, 0][..], &attribute(0x40, 5, &[0, 0, 0, 100]), &attribute(0, 1, &[9])].concat();
    let mut all = vec![
        attribute(0x40, 1, &[2]),
        attribute(0x40, 1, &[2, 3]),
        attribute(0x40, 2, &[2, 2, 0, 9, 0xfd, 0xe8, 1, 1, 0, 7]),
        attribute(0x50, 2, &[2, 1, 0, 1, 0, 0, 3, 1, 0, 0, 0, 9]),
        attribute(0x40, 2, &[]),
        attribute(0x40, 3, &[10, 0, 0, 1]),
        attribute(0x80, 4, &[0, 0, 0, 9]),
        attribute(0x40, 5, &[0, 0, 0, 100]),
        attribute(0x40, 6, &[]),
        attribute(0xc0, 7, &[0xfd, 0xe8, 10, 0, 0, 1]),
        attribute(0xc0, 7, &[0, 1, 0, 0, 10, 0, 0, 1]),
        attribute(
            0xc0,
            8,
            &[0xff, 0xff, 0xff, 1, 0xff, 0xff, 0xff, 2, 0xff, 0xff, 0xff, 3, 0, 9, 0, 8, 0, 7, 0, 6],
        ),
        attribute(0x80, 9, &[10, 0, 0, 1]),
        attribute(0x80, 10, &[10, 0, 0, 1, 10, 0, 0, 2]),
        attribute(0x80, 14, &[0, 1, 1, 4, 10, 0, 0, 1, 0, 24, 10, 0, 1]),
        attribute(0x80, 14, &unicast6),
        attribute(0x80, 14, &vpn),
        attribute(0x80, 14, &vpn6),
        attribute(0x80, 14, &[0, 1, 4, 4, 10, 0, 0, 1, 0, 32, 0, 0x12, 0x31, 10]),
        attribute(0x80, 14, &[0, 25, 70, 4, 10, 0, 0, 1, 0]),
        attribute(0x80, 14, &[0, 2, 1, 5, 1, 2, 3, 4, 5, 0]),
        attribute(0x90, 15, &[0, 1, 1]),
        attribute(0x90, 15, &[0, 1, 1, 33]),
        attribute(0x80, 15, &[0, 2, 1, 32, 0x20, 1, 0xd, 0xb8]),
        attribute(0xc0, 16, &extended),
        attribute(0xcf, 17, &[2, 1, 0, 1, 0, 0]),
        attribute(0xc0, 18, &[0, 1, 0, 0, 10, 0, 0, 1]),
        attribute(0x80, 26, &[1, 0, 11, 0, 0, 0, 0, 0, 0, 0, 9, 2, 0, 4, 7]),
        attribute(0xc0, 32, &[0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 6]),
        attribute(0xc0, 128, &set),
        attribute(0xc0, 99, &[1, 2, 3]),
    ];
    all.extend(tunnels);
    all
}
