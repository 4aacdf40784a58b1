//! The cost on an interface: many packet sockets with rings on one end of a veth pair, a sender pinned to a CPU, and its
//! CPU time a frame with and without them. Each variant has a pair of its own, and all take turns.

use std::os::fd::AsFd as _;
use std::slice;

use anyhow::Result;
use sniffer::capture::{Config, Interface, LiveSource, Socket};

use super::deciders::{Decider, Programs, rejected_frame};
use super::report::{Figures, Table};
use super::support::lab::Lab;
use super::support::sender::{RawSender, pin_to_last_cpu};

/// Sockets on the interface: one tap's cost drowns in the noise of sending.
const TAPS: u32 = 48;

/// How often each variant has its turn.
const ROUNDS: u32 = 41;

/// Frames sent in a turn.
const FRAMES: u32 = 20_000;

/// Bytes of a socket's ring. Nothing ever enters it.
const RING: u64 = 64 << 10;

/// Measures all variants and tabulates what each tap costs.
pub(super) fn measure(deciders: &[Decider]) -> Result<String> {
    let mut variants = deciders.iter().map(|&decider| Variant::new(decider)).collect::<Result<Vec<_>>>()?;
    pin_to_last_cpu();
    for _ in 0..ROUNDS {
        variants.iter_mut().for_each(Variant::turn);
    }
    let table = Costs::of(&variants).table();
    Ok(format!("{TAPS} taps, {ROUNDS} rounds of {FRAMES} frames a variant, in turn.\n\n{table}"))
}

/// A veth pair with its taps.
struct Variant {
    decider: Decider,
    // Taps are dropped before the programs that they are attached to.
    _taps: Vec<LiveSource>,
    _programs: Programs,
    frame: Vec<u8>,
    sender: RawSender,
    nanoseconds: Figures,
    _lab: Lab,
}

impl Variant {
    fn new(decider: Decider) -> Result<Self> {
        let lab = Lab::quiet();
        let programs = lab.left.namespace.run(|| Programs::load(decider))?;
        let count = if decider == Decider::Nothing { 0 } else { TAPS };
        let taps = (0..count).map(|_| tap(&lab, &programs)).collect::<Result<Vec<_>>>()?;
        Ok(Self {
            decider,
            _taps: taps,
            _programs: programs,
            frame: rejected_frame(&lab),
            sender: RawSender::open(&lab.left),
            nanoseconds: Figures::default(),
            _lab: lab,
        })
    }

    fn turn(&mut self) {
        let flood = self.sender.flood(slice::from_ref(&self.frame), u64::from(FRAMES));
        self.nanoseconds.push(flood.cpu_time.as_secs_f64() * 1e9 / f64::from(FRAMES));
    }
}

fn tap(lab: &Lab, programs: &Programs) -> Result<LiveSource> {
    lab.left.namespace.run(|| {
        let mut config = Config::new(Interface::find(lab.left.name)?);
        (config.snaplen, config.buffer_size) = (64, Some(RING));
        let socket = Socket::open(&config)?;
        programs.attach(socket.as_fd())?;
        Ok(socket.bind()?)
    })
}

/// What a tap costs by what decides, in nanoseconds a frame, round by round.
struct Costs(Vec<(Decider, Figures)>);

impl Costs {
    fn of(variants: &[Variant]) -> Self {
        let (bare, tapped): (Vec<_>, Vec<_>) =
            variants.iter().partition(|variant| variant.decider == Decider::Nothing);
        let cost = |variant: &Variant, bare: &Variant| {
            variant.nanoseconds.less(&bare.nanoseconds).divided_by(f64::from(TAPS))
        };
        let costs = tapped.iter().zip(bare.iter().cycle());
        Self(costs.map(|(variant, bare)| (variant.decider, cost(variant, bare))).collect())
    }

    /// What it costs more than the floor does, from the differences within each round.
    fn over_floor(&self, decider: Decider) -> Option<f64> {
        let find = |wanted| self.0.iter().find(|(decider, _)| *decider == wanted).map(|(_, figures)| figures);
        Some(find(decider)?.less(find(Decider::Floor)?).median())
    }

    fn table(&self) -> Table {
        let head = ["filter", "ns a frame and tap", "middle half", "over the floor", "part of cBPF's"];
        let mut table = Table::new(&head);
        for (decider, figures) in &self.0 {
            let (low, high) = figures.quartiles();
            let own = self.over_floor(*decider);
            let part = own.zip(self.over_floor(Decider::Classic)).map(|(own, classic)| own / classic);
            table.row([
                decider.name().to_owned(),
                format!("{:.1}", figures.median()),
                format!("{low:.1}..{high:.1}"),
                own.map_or_else(String::new, |own| format!("{own:.1}")),
                part.map_or_else(String::new, |part| format!("{part:.2}")),
            ]);
        }
        table
    }
}
