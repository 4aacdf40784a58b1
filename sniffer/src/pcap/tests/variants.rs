//! Every variant of every format, whole.

use super::build::{ORDERS, Order};
use super::{Owned, frame, oracle, read};
use crate::packet::{ChecksumState, LinkType, PacketType, Timestamp};
use crate::pcap::{Format, Precision, Reader};

const MICROS: u32 = 0xa1b2_c3d4;
const NANOS: u32 = 0xa1b2_3c4d;
const KUZNETZOV: u32 = 0xa1b2_cd34;

/// One Ethernet frame of 60 bytes, of which 14 are captured.
fn one_frame(nanos: u32) -> Owned {
    Owned { original_len: 60, ..frame(1_700_000_000, nanos, LinkType::ETHERNET, 14) }
}

#[test]
fn pcap_in_both_byte_orders_and_precisions() {
    for order in ORDERS {
        for (magic, fraction, nanos) in [(MICROS, 123_456, 123_456_000), (NANOS, 123_456_789, 123_456_789)] {
            let expected = one_frame(nanos);
            let record = order.record(1_700_000_000, fraction, 60, &expected.data);
            let file = [order.pcap(magic, (2, 4), 65535, 1), record.clone(), record].concat();
            assert_eq!(read(&file), [expected.clone(), expected], "{order:?} {magic:x}");
        }
    }
}

#[test]
fn old_pcap_versions_have_the_lengths_the_other_way_round() {
    // 2.3 was written with either order: the captured length is the smaller one.
    let cases =
        [((2, 4), false), ((2, 3), false), ((2, 3), true), ((2, 2), true), ((2, 0), true), ((543, 0), true)];
    for order in ORDERS {
        for (version, swapped) in cases {
            let expected = one_frame(5000);
            let lengths = if swapped { [60, 14] } else { [14, 60] };
            let header = order.words(&[1_700_000_000, 5, lengths[0], lengths[1]]);
            let file = [order.pcap(MICROS, version, 65535, 1), header, expected.data.clone()].concat();
            assert_eq!(read(&file), [expected], "{order:?} {version:?}");
        }
    }
}

#[test]
fn kuznetzov_headers_are_eight_bytes_longer() {
    for order in ORDERS {
        let expected = one_frame(5000);
        let header = order.words(&[1_700_000_000, 5, 14, 60, 3, 0x0800]);
        let file = [order.pcap(KUZNETZOV, (2, 4), 1500, 1), header, expected.data.clone()].concat();
        assert_eq!(read(&file), [expected]);
        assert_eq!(Reader::new(&file[..]).unwrap().snaplen(), 1514, "room for a cooked Ethernet header");
    }
}

#[test]
fn a_pcap_header_tells_precision_snaplen_and_link_type() {
    // The link type word's high six bits describe the frame check sequence; low numbers are DLTs of some system.
    let cases = [
        (MICROS, 96, 1, Precision::Micros, 96, LinkType::ETHERNET),
        (NANOS, 0, 1, Precision::Nanos, 262_144, LinkType::ETHERNET),
        (MICROS, u32::MAX, 0x2400_0001, Precision::Micros, 262_144, LinkType::ETHERNET),
        (MICROS, 0, 231, Precision::Micros, 128 * 1024 * 1024, LinkType(231)),
        (MICROS, 64, 12, Precision::Micros, 64, LinkType::RAW),
        (MICROS, 64, 14, Precision::Micros, 64, LinkType::RAW),
        (MICROS, 64, 101, Precision::Micros, 64, LinkType::RAW),
        (MICROS, 64, 11, Precision::Micros, 64, LinkType(100)),
        (MICROS, 64, 60_000, Precision::Micros, 64, LinkType(60_000)),
    ];
    for (magic, snaplen, word, precision, expected_snaplen, link_type) in cases {
        for order in ORDERS {
            let file = order.pcap(magic, (2, 4), snaplen, word);
            let reader = Reader::new(&file[..]).unwrap();
            let read = (reader.format(), reader.precision(), reader.snaplen(), reader.link_type());
            assert_eq!(read, (Format::Pcap, precision, expected_snaplen, link_type), "{word:x}");
        }
    }
}

#[test]
fn old_link_type_numbers_mean_what_tcpdump_writes_for_them() {
    let order = Order::Little;
    for number in [0, 1, 6, 7, 8, 9, 10, 11, 12, 15, 16, 19, 50, 51, 99, 105, 113, 127, 228, 246, 276] {
        let file =
            [order.pcap(MICROS, (2, 4), 100, number), order.record(1, 2, 4, &[0x45, 0, 0, 4])].concat();
        let Some(copy) = oracle::tcpdump_copy(&file) else { return };
        let written = copy.stdout.get(20..24).expect("tcpdump writes a header").try_into().unwrap();
        assert_eq!(u32::from(read(&file)[0].link_type.0), u32::from_ne_bytes(written), "{number}");
    }
}

#[test]
fn captured_bytes_above_the_snaplen_are_cut_as_tcpdump_does() {
    let order = Order::Little;
    let data: Vec<u8> = (0..100).collect();
    let file = [
        order.pcap(MICROS, (2, 4), 64, 1),
        order.record(1, 2, 100, &data),
        order.record(3, 4, 9, &data[..9]),
    ];
    let frames = read(&file.concat());
    assert_eq!(frames[0].data, &data[..64]);
    assert_eq!((frames[1].timestamp.seconds, &frames[1].data[..]), (3, &data[..9]));
    let Some(copy) = oracle::tcpdump_copy(&file.concat()) else { return };
    assert_eq!(read(&copy.stdout), frames);
}

#[test]
fn pcap_seconds_are_unsigned_and_a_long_fraction_is_carried() {
    let cases = [
        (MICROS, 0x9000_0000, 5, 0x9000_0000, 5000),
        (MICROS, 7, 1_000_005, 8, 5000),
        (MICROS, 7, u32::MAX, 7 + 4294, 967_295_000),
        (NANOS, u32::MAX, u32::MAX, i64::from(u32::MAX) + 4, 294_967_295),
    ];
    for (magic, seconds, fraction, expected, nanos) in cases {
        let order = Order::Big;
        let file = [order.pcap(magic, (2, 4), 64, 1), order.record(seconds, fraction, 1, &[0])].concat();
        assert_eq!(
            read(&file)[0].timestamp,
            Timestamp { seconds: expected, nanos },
            "{seconds:x} {fraction}"
        );
    }
}

#[test]
fn pcapng_blocks_of_all_three_kinds_in_both_byte_orders() {
    for order in ORDERS {
        let data: Vec<u8> = (0..14).collect();
        let ticks: u64 = 1_700_000_000_123_456;
        let obsolete = [
            [order.u16(0), order.u16(9)].concat(),
            order.words(&[(ticks >> 32) as u32, ticks as u32, 14, 60]),
            data.clone(),
        ];
        let simple = [order.words(&[60]), data.clone()].concat();
        let file = [
            order.section((1, 0)),
            order.block(0x0bad, b"a block of an unknown kind"),
            order.interface(1, 14, &[]),
            order.enhanced(0, ticks, 60, &data, &[]),
            order.block(5, &[0; 12]),
            order.block(2, &obsolete.concat()),
            order.block(3, &simple),
        ];
        let timed = one_frame(123_456_000);
        let untimed = Owned { timestamp: Timestamp::default(), ..timed.clone() };
        assert_eq!(read(&file.concat()), [timed.clone(), timed, untimed], "{order:?}");
    }
}

/// `if_tsresol`, `if_tsoffset`, ticks; seconds, nanoseconds and precision that they mean.
type TimeCase = (Option<u8>, Option<i64>, u64, i64, u32, Precision);

#[test]
fn pcapng_time_units_and_offsets() {
    let cases: [TimeCase; 13] = [
        (None, None, 5_000_007, 5, 7000, Precision::Micros),
        (Some(6), None, 5_000_007, 5, 7000, Precision::Micros),
        (Some(9), None, 5_000_000_007, 5, 7, Precision::Nanos),
        (Some(0), None, 5, 5, 0, Precision::Micros),
        (Some(0), None, u64::MAX, i64::MAX, 0, Precision::Micros),
        (Some(3), None, 5_007, 5, 7_000_000, Precision::Micros),
        (Some(12), None, 5_000_000_007_999, 5, 7, Precision::Nanos),
        (Some(19), None, 12_345_678_901_234_567_890, 1, 234_567_890, Precision::Nanos),
        (Some(0x80), None, 5, 5, 0, Precision::Micros),
        (Some(0x8a), None, 5 * 1024 + 512, 5, 500_000_000, Precision::Nanos),
        (Some(0xbf), None, (1 << 63) + (1 << 62), 1, 500_000_000, Precision::Nanos),
        (None, Some(-3), 1_000_000, -2, 0, Precision::Micros),
        (Some(0), Some(i64::MAX), 5, i64::MAX, 0, Precision::Micros),
    ];
    for order in ORDERS {
        for (resolution, offset, ticks, seconds, nanos, precision) in cases {
            let resolution_option = resolution.map(|byte| order.option(9, &[byte]));
            let offset_option = offset.map(|offset| order.option(14, &order.u64(offset as u64)));
            let options = [resolution_option, offset_option].map(Option::unwrap_or_default).concat();
            let file = [
                order.section((1, 0)),
                order.interface(1, 0, &[options, order.option(0, &[])].concat()),
                order.enhanced(0, ticks, 1, &[0], &[]),
            ]
            .concat();
            let case = format!("{order:?} {resolution:?} {offset:?} {ticks}");
            assert_eq!(read(&file)[0].timestamp, Timestamp { seconds, nanos }, "{case}");
            assert_eq!(Reader::new(&file[..]).unwrap().precision(), precision, "{case}");
        }
    }
}

#[test]
fn pcapng_sections_bring_their_own_byte_order_and_interfaces() {
    let (first, second) = (Order::Big, Order::Little);
    let file = [
        first.section((1, 0)),
        first.interface(1, 100, &first.option(2, b"eth0")),
        first.interface(101, 0, &first.option(2, "tun\u{fc}".as_bytes())),
        first.enhanced(1, 1_000_000, 3, &[0, 1, 2], &[]),
        second.section((1, 2)),
        second.interface(276, 0, &second.option(9, &[9])),
        second.enhanced(0, 1_000_000_001, 3, &[0, 1, 2], &[]),
    ]
    .concat();
    let mut reader = Reader::new(&file[..]).unwrap();
    let names = reader.interface_names();
    assert_eq!(
        (reader.format(), reader.link_type(), reader.snaplen()),
        (Format::Pcapng, LinkType::ETHERNET, 100)
    );
    assert_eq!(
        (names.get(0).as_deref(), names.get(1)),
        (Some("eth0"), None),
        "read up to the first interface"
    );
    let mut frames = Vec::new();
    while let Some(frame) = reader.next_frame().unwrap() {
        frames.push(Owned::of(&frame));
    }
    let expected = [
        Owned { interface: 1, ..frame(1, 0, LinkType::RAW, 3) },
        Owned { interface: 2, ..frame(1, 1, LinkType::LINUX_SLL2, 3) },
    ];
    assert_eq!(frames, expected);
    assert_eq!((names.get(1).as_deref(), names.get(2), names.get(3)), (Some("tun\u{fc}"), None, None));
}

#[test]
fn pcapng_packet_flags_tell_direction_and_checksums() {
    // Direction, reception type, bits above them; what the frame says.
    let cases = [
        (0, 0, 0, None, ChecksumState::Unknown),
        (1, 0, 0, Some(PacketType::Host), ChecksumState::Unknown),
        (1, 1, 0, Some(PacketType::Host), ChecksumState::Unknown),
        (0, 1, 0, Some(PacketType::Host), ChecksumState::Unknown),
        (1, 2, 0, Some(PacketType::Multicast), ChecksumState::Unknown),
        (1, 3, 0, Some(PacketType::Broadcast), ChecksumState::Unknown),
        (1, 4, 0, Some(PacketType::OtherHost), ChecksumState::Unknown),
        (2, 3, 0, Some(PacketType::Outgoing), ChecksumState::Unknown),
        (2, 0, 1 << 9, Some(PacketType::Outgoing), ChecksumState::NotReady),
        (0, 0, 1 << 10, None, ChecksumState::Valid),
    ];
    for order in ORDERS {
        for (direction, reception, others, packet_type, checksum) in cases {
            let flags = direction | reception << 2 | others;
            let comment = order.option(1, b"seven b");
            let flags_option = order.option(2, &order.u32(flags));
            let options = [comment, flags_option, order.option(0, &[])].concat();
            let file = [
                order.section((1, 0)),
                order.interface(1, 0, &[]),
                order.enhanced(0, 0, 5, &[0, 1, 2, 3, 4], &options),
            ];
            let expected = Owned { packet_type, checksum, ..frame(0, 0, LinkType::ETHERNET, 5) };
            assert_eq!(read(&file.concat()), [expected], "{flags:b}");
        }
    }
}

#[test]
fn options_that_make_no_sense_cost_the_flags_and_not_the_frame() {
    let order = Order::Little;
    let flags = order.option(2, &order.u32(2));
    for options in
        [vec![2, 0], vec![1, 0, 0xff, 0xff], order.option(2, &[2]), [order.option(0, &[]), flags].concat()]
    {
        let file = [
            order.section((1, 0)),
            order.interface(1, 0, &[]),
            order.enhanced(0, 0, 4, &[0, 1, 2, 3], &options),
        ];
        assert_eq!(read(&file.concat()), [frame(0, 0, LinkType::ETHERNET, 4)], "{options:?}");
    }
}

#[test]
fn frames_of_every_length_pass_the_buffer() {
    // Longer than one read of the source, and at every distance from its border.
    let lengths: Vec<usize> = (0..20).map(|step| 262_144 - step * 13_001).chain([1, 0, 262_144]).collect();
    let order = Order::Little;
    let mut file = order.pcap(NANOS, (2, 4), 0, 1);
    let mut expected = Vec::new();
    for (second, &length) in lengths.iter().cycle().take(200).enumerate() {
        let frame = frame(second as i64, 7, LinkType::ETHERNET, length);
        file.extend(order.record(second as u32, 7, length as u32, &frame.data));
        expected.push(frame);
    }
    assert_eq!(read(&file), expected);
}
