//! Random conditions and packets for tests of the code generator. Deterministic: the seed is the whole input.

use std::sync::Arc;

use super::hir::{AluOp, Chain, ChainVersion, Hir, Member, Meta, Relation, Size, Value, Var};
use super::{Entries, Field, Layer, Metadata, NoNames, Packet, Set, SetKind};

/// The generator "`SplitMix64`" of Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014).
pub(crate) struct Random {
    state: u64,
    layers: Layers,
}

/// Whether conditions ask for the layers of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layers {
    /// They do at times.
    Asked,
    /// They never do: where no stage writes the layers down, something else stands in their place.
    NotAsked,
}

impl Random {
    /// A sequence of its own for each seed.
    pub(crate) fn new(seed: u64, layers: Layers) -> Self {
        Self { state: seed, layers }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ self.state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u32) -> u32 {
        (self.next() % u64::from(end)) as u32
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u32) as usize]
    }

    /// True once in `times`.
    fn once_in(&mut self, times: u32) -> bool {
        self.below(times) == 0
    }
}

/// The longest random packet in bytes.
const MAX_PACKET: u32 = 90;

/// A condition of limited depth. Half of them look like the primitives of the language, the others like nothing.
pub(crate) fn condition(random: &mut Random, depth: u32) -> Hir {
    let items = |random: &mut Random| (0..=random.below(3)).map(|_| condition(random, depth - 1)).collect();
    match random.below(if depth == 0 { 6 } else { 12 }) {
        0 => Hir::Set { var: Var(random.below(3)), value: value(random, 1) },
        1 if random.once_in(4) => chain(random),
        1 if random.once_in(8) => Hir::Const(random.once_in(2)),
        1 if random.once_in(4) => member(random),
        1 | 2 => Hir::Compare { op: relation(random), lhs: value(random, 3), rhs: value(random, 2) },
        3..=5 => primitive(random),
        6 | 7 => Hir::Not(condition(random, depth - 1).into()),
        8 | 9 => Hir::All(items(random)),
        _ => Hir::Any(items(random)),
    }
}

/// Bytes that often hold what [`condition`] asks for, cut at any place.
pub(crate) fn packet(random: &mut Random) -> (Vec<u8>, Metadata) {
    let mut data: Vec<u8> =
        (0..MAX_PACKET).map(|_| random.pick(&[0, 0, 1, 4, 6, 17, 44, 51, 0xff, 0x20])).collect();
    let ethertype: u16 = random.pick(&[0x0800, 0x0800, 0x86dd, 0x0806]);
    data[12..14].copy_from_slice(&ethertype.to_be_bytes());
    data[14] = random.pick(&[0x45, 0x45, 0x45, 0x46, 0x4f, 0x60]);
    data[20] = random.pick(&[0, 0, 0x20, 1]);
    data[23] = random.pick(&[6, 17, 1]);
    let cut = if random.once_in(2) { MAX_PACKET } else { random.below(MAX_PACKET + 1) };
    data.truncate(cut as usize);
    let metadata = Metadata {
        protocol: ethertype,
        packet_type: random.below(5) as u8,
        ifindex: random.below(4),
        vlan_tci: random.once_in(3).then(|| random.below(1 << 16) as u16),
        layers: [Layer(random.below(4)), Layer(constant(random)), Layer::default(), Layer(u32::MAX)],
    };
    (data, metadata)
}

/// Random conditions, each with some packets.
#[derive(Clone, Copy)]
pub(crate) struct Sweep {
    /// Makes a test's sequence its own.
    pub(crate) seed: u64,
    /// How many there are.
    pub(crate) conditions: u64,
    pub(crate) layers: Layers,
}

/// Calls `check` with conditions and packets.
pub(crate) fn sweep(seed: u64, conditions: u64, check: impl FnMut(&Hir, &[Packet<'_>])) {
    Sweep { seed, conditions, layers: Layers::Asked }.of_all(check);
}

impl Sweep {
    /// Calls `check` with conditions of all kinds.
    pub(crate) fn of_all(self, check: impl FnMut(&Hir, &[Packet<'_>])) {
        self.of(|random| condition(random, 3), check);
    }

    /// Calls `check` with conditions that look keys up in sets.
    pub(crate) fn of_members(self, check: impl FnMut(&Hir, &[Packet<'_>])) {
        let of_members = |random: &mut Random| {
            let mut items = vec![member(random), condition(random, 1), member(random)];
            match random.below(3) {
                0 => Hir::All(items),
                1 => Hir::Not(items.swap_remove(0).into()),
                _ => Hir::Any(items),
            }
        };
        self.of(of_members, check);
    }

    fn of(self, condition: impl Fn(&mut Random) -> Hir, mut check: impl FnMut(&Hir, &[Packet<'_>])) {
        for number in 0..self.conditions {
            let mut random = Random::new(self.seed << 32 | number, self.layers);
            let hir = condition(&mut random);
            let packets: Vec<_> = (0..24).map(|_| packet(&mut random)).collect();
            let packets: Vec<_> = packets
                .iter()
                .map(|(data, metadata)| Packet { data, original_len: data.len() as u32, metadata: *metadata })
                .collect();
            check(&hir, &packets);
        }
    }
}

/// A look-up of bytes of the packet among those that often are there.
fn member(random: &mut Random) -> Hir {
    let load = |offset, size| Value::Load { index: None, offset, size };
    let at = random.below(MAX_PACKET / 2);
    let (key, field, kind) = match random.below(4) {
        0 => (vec![load(at, Size::Word)], Field::Ip, SetKind::Address),
        1 => (vec![load(at, Size::Half)], Field::Port, SetKind::Port),
        2 => (vec![load(at, Size::Half), load(at + 2, Size::Word)], Field::Ether, SetKind::Ether),
        _ => {
            let key = (0..4).map(|word| load(at + 4 * word, Size::Word)).collect();
            (key, Field::Ip6, SetKind::Address)
        }
    };
    let count = random.pick(&[1, 2, 3, 20, 100]);
    let text: Vec<_> = (0..count).map(|_| entry(random, field)).collect();
    let entries = Entries::parse(&text.join("\n"), kind, &NoNames).expect("entries are well-formed");
    // A set with a name is never searched in code.
    let name = random.once_in(2).then(|| "name".to_owned());
    Hir::Member(Member { key, set: Arc::new(Set::new(name, &entries, field)) })
}

/// An element of a set: one of its kind, or many.
fn entry(random: &mut Random, field: Field) -> String {
    let mut number =
        |bytes| (0..bytes).fold(0, |number, _| number << 8 | random.pick(&[0_u128, 0, 1, 4, 6, 17, 0xff]));
    match field {
        Field::Ip => {
            let (address, length) = (number(4) as u32, random.pick(&[32, 32, 31, 25, 24, 17, 12]));
            let address = address & u32::MAX.checked_shl(32 - length).unwrap_or(0);
            format!("{}/{length}", std::net::Ipv4Addr::from(address))
        }
        Field::Ip6 => {
            let (address, length) = (number(16), random.pick(&[128, 128, 127, 96, 90, 64, 48, 30, 0]));
            let address = address & u128::MAX.checked_shl(128 - length).unwrap_or(0);
            format!("{}/{length}", std::net::Ipv6Addr::from(address))
        }
        Field::Ether => {
            let [_, _, bytes @ ..] = (number(6) as u64).to_be_bytes();
            bytes.map(|byte| format!("{byte:x}")).join(":")
        }
        Field::Port => {
            let first = number(2);
            format!("{first}-{}", (first + random.pick(&[0, 0, 1, 100, 10_000])).min(0xffff))
        }
    }
}

/// What the bytes of an Ethernet frame are asked by `host`, `port` and their like.
fn primitive(random: &mut Random) -> Hir {
    let load = |offset, size| Value::Load { index: None, offset, size };
    let is = |lhs, number| Hir::Compare { op: Relation::Eq, lhs, rhs: Value::Const(number) };
    let masked = |lhs: Value, mask| alu(AluOp::And, lhs, Value::Const(mask));
    let ethertype = |number| is(load(12, Size::Half), number);
    match random.below(6) {
        0 => ethertype(random.pick(&[0x0800, 0x86dd, 0x0806])),
        1 => Hir::All(vec![ethertype(0x0800), is(load(23, Size::Byte), random.pick(&[1, 6, 17]))]),
        2 => {
            let net = |offset| is(masked(load(offset, Size::Word), 0xffff_ff00), 0x0001_0400);
            Hir::All(vec![ethertype(0x0800), Hir::Any(vec![net(26), net(30)])])
        }
        3 => {
            // Tests of one value whose outcomes depend on one another.
            let number = |random: &mut Random| Value::Const(random.pick(&[0, 1, 2, 5, 6, 7, 16, 17, 18]));
            let test = |random: &mut Random| {
                let (op, rhs) = (relation(random), number(random));
                Hir::Compare { op, lhs: load(23, Size::Byte), rhs }
            };
            let tests: Vec<_> = (0..4).map(|_| test(random)).collect();
            let (first, second) = tests.split_at(2);
            if random.once_in(2) {
                Hir::Any(vec![Hir::All(first.to_vec()), Hir::All(second.to_vec())])
            } else {
                Hir::All(vec![Hir::Any(first.to_vec()), Hir::Any(second.to_vec())])
            }
        }
        4 => is(masked(load(14 + random.below(9), Size::Half), 0x1fff), 0),
        _ => {
            let header = alu(AluOp::Shl, masked(load(14, Size::Byte), 15), Value::Const(2));
            let port = |offset| Value::Load { index: Some(header.clone().into()), offset, size: Size::Half };
            let number = random.pick(&[0, 1, 0x0101, 0x0600]);
            Hir::All(vec![
                ethertype(0x0800),
                is(load(23, Size::Byte), random.pick(&[6, 17])),
                is(masked(load(20, Size::Half), 0x1fff), 0),
                Hir::Any(vec![is(port(14), number), is(port(16), number)]),
            ])
        }
    }
}

fn chain(random: &mut Random) -> Hir {
    let version = random.pick(&[ChainVersion::V4, ChainVersion::V6]);
    let (first, position) = (value(random, 1), value(random, 1));
    Hir::Chain(Chain { version, first, position, protocol: random.pick(&[6, 17, 44, 51]) })
}

fn value(random: &mut Random, depth: u32) -> Value {
    match random.below(if depth == 0 { 7 } else { 11 }) {
        0 => Value::Const(constant(random)),
        1 => Value::Len,
        2 => Value::Var(Var(random.below(3))),
        3 => Value::Meta(meta(random)),
        4..=6 => Value::Load { index: None, offset: offset(random), size: size(random) },
        7 => {
            let index = Some(value(random, depth - 1).into());
            Value::Load { index, offset: offset(random), size: size(random) }
        }
        _ => alu(operator(random), value(random, depth - 1), value(random, depth - 1)),
    }
}

fn meta(random: &mut Random) -> Meta {
    const ALL: [Meta; 7] = [
        Meta::Protocol,
        Meta::PacketType,
        Meta::IfIndex,
        Meta::VlanPresent,
        Meta::VlanTci,
        Meta::Layer(0),
        Meta::Layer(3),
    ];
    match random.layers {
        Layers::Asked => random.pick(&ALL),
        Layers::NotAsked => random.pick(&ALL[..5]),
    }
}

fn alu(op: AluOp, lhs: Value, rhs: Value) -> Value {
    Value::Alu { op, lhs: lhs.into(), rhs: rhs.into() }
}

fn constant(random: &mut Random) -> u32 {
    random.pick(&[
        0,
        1,
        2,
        4,
        5,
        6,
        15,
        16,
        31,
        32,
        0x40,
        0xff,
        0x0800,
        0xff00,
        0x1_0000,
        0x8000_0000,
        u32::MAX,
    ])
}

fn offset(random: &mut Random) -> u32 {
    if random.once_in(40) { constant(random) } else { random.below(MAX_PACKET / 2) }
}

fn size(random: &mut Random) -> Size {
    random.pick(&[Size::Byte, Size::Half, Size::Word])
}

fn relation(random: &mut Random) -> Relation {
    use Relation::{Eq, Ge, Gt, Le, Lt, Ne};
    random.pick(&[Eq, Eq, Ne, Gt, Ge, Lt, Le])
}

fn operator(random: &mut Random) -> AluOp {
    use AluOp::{Add, And, Div, Mod, Mul, Or, Shl, Shr, Sub, Xor};
    random.pick(&[Add, Sub, Mul, Div, Mod, And, And, And, Or, Xor, Shl, Shr])
}
