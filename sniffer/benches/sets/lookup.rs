//! The cost of a look-up by test run, in code and in maps: programs that look many random keys of a frame up, one after
//! the other.

use std::collections::HashSet;
use std::sync::Arc;

use anyhow::Result;
use sniffer::filter::emit::{Access, EmitError, InCode, MapImage, OnMatch, Program, Target, emit_searching};
use sniffer::filter::hir::{Hir, Member, Relation, Size, Value};
use sniffer::filter::{Entries, Metadata, NoNames, Packet, Set, matches};
use sniffer::load::{SkbLayout, Standalone, TestFrame};
use sniffer::packet::PacketType;

use super::report::{Figures, Table};
use super::sets::{Elements, Random};

/// Look-ups in one run, at most: a frame must hold the keys.
const MOST: usize = 100;

/// Instructions of all look-ups of a run, at most, so that they do not push each other out of the processor's cache; also
/// jumps must reach over them.
const MOST_CODE: usize = 20_000;

/// Frames of a round, with keys of their own.
const FRAMES: usize = 300;

/// How often each program has its turn.
const ROUNDS: usize = 11;

/// Bytes before the first key.
const START: usize = 16;

/// Larger sets are not tried in code.
const IN_CODE: InCode = InCode { addresses: 4096, ether: 4096, ports: 4096 };

/// Small sets, among which are those that are searched in code.
const SMALL: [usize; 7] = [8, 16, 32, 64, 128, 512, 2048];

/// Measures and tabulates.
pub(super) fn measure() -> Result<String> {
    let mut table = Table::new(&[
        "elements",
        "how many",
        "in code: ns a hit",
        "ns a miss",
        "in maps: ns a hit",
        "ns a miss",
        "KiB",
    ]);
    let large = [1_000, 10_000, 100_000, 1_000_000];
    for (elements, counts) in [
        (Elements::Hosts, &SMALL[..]),
        (Elements::Prefixes, &large),
        (Elements::Prefixes6, &SMALL[..6]),
        (Elements::Prefixes6, &large),
        (Elements::Macs, &SMALL),
        (Elements::Macs, &large),
        (Elements::Ports, &[2, 4, 8, 16, 32, 256, 4096]),
    ] {
        for count in counts {
            table.row(row(elements, *count)?);
        }
    }
    Ok(format!(
        "Look-ups by test run, {ROUNDS} rounds of {FRAMES} frames with up to {MOST} keys each, in code and in maps in turn; \
         the time of loading the keys is taken off. The median round.\n\n{table}"
    ))
}

fn row(elements: Elements, count: usize) -> Result<[String; 7]> {
    let mut random = Random(count as u64);
    let keys: HashSet<_> = (0..count).map(|_| elements.key(&mut random)).collect();
    let mut keys: Vec<_> = keys.into_iter().collect();
    keys.sort();
    let text: Vec<_> = keys.iter().map(|key| elements.entry(key, &mut random)).collect();
    let entries = Entries::parse(&text.join("\n"), elements.kind(), &NoNames)?;
    let set = Arc::new(Set::new(None, &entries, elements.field()));
    let hits = &mut |random: &mut Random| keys[random.next() as usize % keys.len()].clone();
    let misses = &mut |random: &mut Random| loop {
        let key = elements.key(random);
        let packet = Packet { data: &key, original_len: key.len() as u32, metadata: Metadata::default() };
        if !matches(&look_up(&set, 0, key.len()), &packet) {
            break key;
        }
    };
    let hit = compare(&set, true, hits)?;
    let miss = compare(&set, false, misses)?;
    let maps = emit_searching(&look_up(&set, START, keys[0].len()), &target(), InCode::NEVER)?.maps;
    let size: u64 = maps.iter().map(MapImage::size).sum();
    let figure = |figures: &Option<Figures>| match figures {
        Some(figures) => format!("{:.1}", figures.median()),
        None => "–".to_owned(),
    };
    let [code_hit, map_hit] = [0, 1].map(|form: usize| figure(&hit[form]));
    let [code_miss, map_miss] = [0, 1].map(|form: usize| figure(&miss[form]));
    let (name, count, size) = (elements.name().to_owned(), keys.len().to_string(), size.div_ceil(1024));
    Ok([name, count, code_hit, code_miss, map_hit, map_miss, size.to_string()])
}

/// The times of look-ups of keys, in code and in maps, in turn; none for code that is too long.
fn compare(
    set: &Arc<Set>,
    are_elements: bool,
    key: &mut dyn FnMut(&mut Random) -> Vec<u8>,
) -> Result<[Option<Figures>; 2]> {
    let size = key(&mut Random(7)).len();
    let mut programs = [IN_CODE, InCode::NEVER]
        .map(|in_code| Run::load(set, size, are_elements, in_code))
        .into_iter()
        .collect::<Result<Vec<_>>>()?
        .into_iter()
        .map(|run| run.map(|run| (run, Figures::default())));
    let [mut code, mut maps] = [programs.next().flatten(), programs.next().flatten()];
    let mut random = Random(7);
    for _ in 0..ROUNDS {
        for (run, figures) in [&mut code, &mut maps].into_iter().flatten() {
            figures.push(run.nanoseconds(&mut || key(&mut random))?);
        }
    }
    Ok([code, maps].map(|measured| measured.map(|(_, figures)| figures)))
}

/// A program that looks keys up one after the other, and one that only reads them.
struct Run {
    lookups: usize,
    looking_up: Standalone,
    reading: Standalone,
}

impl Run {
    /// With as many look-ups as there is room for; none when there is no room for one.
    fn load(set: &Arc<Set>, size: usize, are_elements: bool, in_code: InCode) -> Result<Option<Self>> {
        let mut lookups = MOST;
        let looking_up = loop {
            if lookups == 0 {
                return Ok(None);
            }
            match emit_searching(&look_ups(set, size, lookups, are_elements), &target(), in_code) {
                Ok(program) if program.maps.is_empty() == (in_code == InCode::NEVER) => return Ok(None),
                Ok(program) if program.insns.len() <= MOST_CODE => break program,
                Ok(_) | Err(EmitError::Jump(_) | EmitError::TooLong(_) | EmitError::Limit(_)) => lookups /= 2,
                Err(error) => return Err(error.into()),
            }
        };
        let reading = emit_searching(&reads(size, lookups), &target(), in_code)?;
        let load = |program: &Program| Standalone::load_program(program);
        Ok(Some(Self { lookups, looking_up: load(&looking_up)?, reading: load(&reading)? }))
    }

    /// The time of one look-up.
    fn nanoseconds(&self, key: &mut dyn FnMut() -> Vec<u8>) -> Result<f64> {
        let mut total = 0.0;
        for _ in 0..FRAMES {
            let mut data = vec![0; START];
            (0..self.lookups).for_each(|_| data.extend(key()));
            data.resize(data.len().max(64), 0);
            let frame = TestFrame { data: &data, protocol: 0x0800, packet_type: PacketType::Host };
            total += self.looking_up.kernel_time(&frame)?.as_secs_f64();
            total -= self.reading.kernel_time(&frame)?.as_secs_f64();
        }
        Ok(total * 1e9 / f64::from((FRAMES * self.lookups) as u32))
    }
}

/// A condition that goes on from one key to the next: all are elements, or none is.
fn look_ups(set: &Arc<Set>, size: usize, lookups: usize, are_elements: bool) -> Hir {
    let one = |number| {
        let member = look_up(set, START + number * size, size);
        if are_elements { member } else { Hir::Not(member.into()) }
    };
    Hir::All((0..lookups).map(one).collect())
}

fn look_up(set: &Arc<Set>, at: usize, size: usize) -> Hir {
    Hir::Member(Member { key: words(at, size), set: Arc::clone(set) })
}

/// A condition that holds of every packet, which nothing but its keys tells.
fn reads(size: usize, lookups: usize) -> Hir {
    let words = (0..lookups).flat_map(|number| words(START + number * size, size));
    let zero = || Value::Load { index: None, offset: 0, size: Size::Word };
    Hir::All(words.map(|word| Hir::Compare { op: Relation::Ge, lhs: word, rhs: zero() }).collect())
}

fn words(at: usize, size: usize) -> Vec<Value> {
    let load = |offset: usize, size| Value::Load { index: None, offset: (at + offset) as u32, size };
    match size {
        2 => vec![load(0, Size::Half)],
        6 => vec![load(0, Size::Half), load(2, Size::Word)],
        _ => (0..size / 4).map(|word| load(4 * word, Size::Word)).collect(),
    }
}

fn target() -> Target {
    let access = SkbLayout::of_running_kernel().map_or(Access::Compat, |layout| layout.access());
    Target { access, on_match: OnMatch::Return(1) }
}
