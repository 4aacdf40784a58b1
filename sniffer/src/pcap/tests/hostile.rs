//! Files that somebody or chance has changed: whatever comes, the reader neither panics nor believes a length, and it
//! delivers what stands before the change.

use super::build::{ORDERS, Order};
use super::{Owned, oracle, read, read_all};
use crate::pcap::{Damage, Error, Reader, maximum_snaplen};

/// Numbers that look random and are the same in every run (`SplitMix64`, Steele, Lea and Flood 2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.next() as u8).collect()
    }
}

/// Numbers at which lengths and counts go wrong.
const EDGES: [u32; 16] = [
    0,
    1,
    3,
    4,
    8,
    11,
    12,
    13,
    28,
    32,
    0x0a0d_0d0a,
    262_145,
    16 * 1024 * 1024,
    i32::MAX as u32,
    0xffff_fff0,
    u32::MAX,
];

/// Changes a file behind its first `start` bytes; returns where.
fn mutate(file: &mut Vec<u8>, start: usize, chance: &mut Chance) -> usize {
    let at = start + chance.below(file.len() - start);
    match chance.below(6) {
        0 => file[at] ^= 1 << chance.below(8),
        1 => file[at] = chance.next() as u8,
        2 => {
            let at = at & !3;
            let edge = EDGES[chance.below(EDGES.len())];
            let bytes = ORDERS[chance.below(2)].u32(edge);
            let room = bytes.len().min(file.len() - at);
            file[at..at + room].copy_from_slice(&bytes[..room]);
            return at.max(start);
        }
        3 => drop(file.drain(at..(at + chance.below(40)).min(file.len()))),
        4 => {
            let length = chance.below(40);
            drop(file.splice(at..at, chance.bytes(length)));
        }
        _ => {
            let length = chance.below(40).min(file.len() - at);
            let copy = file[at..at + length].to_vec();
            drop(file.splice(at..at, copy));
        }
    }
    at
}

/// Whole files, with the length of what describes all frames.
fn whole_files() -> Vec<(Vec<u8>, usize)> {
    let mut files = Vec::new();
    let data: Vec<u8> = (0..90).collect();
    for order in ORDERS {
        for (magic, version) in [(0xa1b2_c3d4, (2, 4)), (0xa1b2_3c4d, (2, 3)), (0xa1b2_c3d4, (2, 2))] {
            let start = order.pcap(magic, version, 80, 1);
            let records = [90, 0, 7, 60].map(|length| order.record(5, 6, length as u32, &data[..length]));
            files.push(([start, records.concat()].concat(), 24));
        }
        files.push((pcapng(order, &data), 28 + 20));
    }
    files
}

fn pcapng(order: Order, data: &[u8]) -> Vec<u8> {
    let name = order.option(2, b"eth0");
    let flags = order.option(2, &order.u32(1 << 9 | 2));
    let second_section = [
        order.section((1, 0)),
        order.interface(1, 0, &[name, order.option(9, &[9]), order.option(14, &order.u64(3))].concat()),
        order.enhanced(0, 7_000_000_001, 7, &data[..7], &[]),
    ];
    [
        order.section((1, 0)),
        order.interface(1, 0, &[]),
        order.enhanced(0, 5_000_006, 90, data, &flags),
        order.block(5, &data[..20]),
        order.block(3, &[order.words(&[8]), data[..8].to_vec()].concat()),
        order.block(2, &[order.words(&[0, 0, 9, 5, 5]), data[..5].to_vec()].concat()),
        second_section.concat(),
    ]
    .concat()
}

/// What must hold for any file.
fn check_any(file: &[u8]) -> (Vec<Owned>, Option<Error>) {
    let (frames, error) = read_all(file);
    for frame in &frames {
        assert!(frame.data.len() <= maximum_snaplen(frame.link_type) as usize);
        assert!(frame.timestamp.nanos < 1_000_000_000);
    }
    assert!(frames.iter().map(|frame| frame.data.len()).sum::<usize>() <= file.len());
    if let Some(Error::Damaged { offset, .. }) = error {
        assert!(offset <= file.len() as u64);
    }
    (frames, error)
}

/// The frames of a whole file that end at or before a place, found by cutting there.
fn frames_before(file: &[u8], place: usize) -> usize {
    read_all(&file[..place]).0.len()
}

#[test]
fn changed_files_deliver_what_stands_before_the_change() {
    let mut chance = Chance(1);
    for (file, start) in whole_files() {
        let whole = read(&file);
        for _ in 0..3000 {
            let mut changed = file.clone();
            let place = mutate(&mut changed, start, &mut chance);
            let (frames, _) = check_any(&changed);
            let before = frames_before(&file, place);
            assert!(frames.starts_with(&whole[..before]), "changed at {place}: {changed:02x?}");
        }
    }
}

#[test]
fn files_changed_in_many_places_are_survived() {
    let mut chance = Chance(2);
    for (file, _) in whole_files() {
        for _ in 0..2000 {
            let mut changed = file.clone();
            for _ in 0..=chance.below(8) {
                // Without its first bytes it would be of no format, which is another test.
                mutate(&mut changed, 4, &mut chance);
                if changed.len() < 8 {
                    break;
                }
            }
            check_any(&changed);
        }
    }
}

#[test]
fn random_bytes_behind_each_magic_are_survived() {
    let mut chance = Chance(3);
    let sections = ORDERS.map(|order| order.section((1, 0)));
    let mut starts: Vec<Vec<u8>> = sections.to_vec();
    for order in ORDERS {
        starts
            .extend([0xa1b2_c3d4, 0xa1b2_cd34, 0xa1b2_3c4d, 0x0a0d_0d0a].map(|magic| order.words(&[magic])));
        starts.push(order.pcap(0xa1b2_c3d4, (2, 4), 0, 1));
        starts.push([order.section((1, 0)), order.interface(1, 0, &[])].concat());
    }
    for start in starts {
        for _ in 0..500 {
            let length = chance.below(300);
            check_any(&[start.clone(), chance.bytes(length)].concat());
        }
    }
    for _ in 0..500 {
        let length = chance.below(100);
        check_any(&chance.bytes(length));
    }
}

/// libpcap wants all interfaces to be alike and the byte order to stay, and its older releases word one case otherwise.
const TCPDUMP_ONLY: [&str; 3] = ["different from the", "different byte orders", "in header and trailer"];

#[test]
fn changed_files_read_as_tcpdump_reads_them() {
    let mut chance = Chance(4);
    for (file, start) in whole_files() {
        for _ in 0..25 {
            let mut changed = file.clone();
            mutate(&mut changed, start, &mut chance);
            let Some(copy) = oracle::tcpdump_copy(&changed) else { return };
            let said = oracle::complaint(&copy);
            if TCPDUMP_ONLY.iter().any(|words| said.contains(words)) {
                continue;
            }
            let (frames, error) = read_all(&changed);
            if let Some(Error::Damaged {
                damage: Damage::PcapngVersion { .. } | Damage::ByteOrderMagic,
                ..
            }) = error
            {
                // libpcap looks at the minor number of a file's first section only, and at the magic number of others
                // after their length, whose byte order this reader learns from it.
                continue;
            }
            let ours = match error {
                Some(Error::Damaged { damage, .. }) => damage.to_string(),
                Some(error) => error.to_string(),
                None => String::new(),
            };
            assert_eq!(ours, said, "{changed:02x?}");
            oracle::assert_is_copy(&read(&copy.stdout), &frames, &format!("{changed:02x?}"));
        }
    }
}

#[test]
fn reading_ends_after_damage_in_a_long_file() {
    let order = Order::Little;
    let mut file = order.pcap(0xa1b2_c3d4, (2, 4), 0, 1);
    for second in 0..5000 {
        file.extend(order.record(second, 0, 1000, &[7; 1000]));
    }
    let damage = 24 + 4000 * 1016 + 8;
    file[damage..damage + 4].copy_from_slice(&[0xff; 4]);
    let mut reader = Reader::new(&file[..]).unwrap();
    for second in 0..4000 {
        assert_eq!(reader.next_frame().unwrap().unwrap().timestamp.seconds, second);
    }
    let error = reader.next_frame().unwrap_err();
    assert!(matches!(error, Error::Damaged { offset, .. } if offset == 24 + 4000 * 1016), "{error}");
    assert!(reader.next_frame().unwrap().is_none());
}
