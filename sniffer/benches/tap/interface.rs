//! The cost on an interface: many packet sockets with rings on one end of a veth pair, a sender pinned to a CPU, and its
//! CPU time a frame with and without them. Each variant has a pair of its own, and all take turns.

use std::os::fd::AsFd as _;
use std::slice;

use anyhow::Result;
use sniffer::capture::{Config, Interface, LiveSource, Socket};

use super::cases::{Case, FrameKind};
use super::deciders::{Decider, Programs};
use super::report::{Figures, Table};
use super::support::lab::Lab;
use super::support::sender::{RawSender, pin_to_last_cpu};

/// Sockets on the interface: one tap's cost drowns in the noise of sending.
pub(super) const TAPS: u32 = 48;

/// How often each variant has its turn.
pub(super) const ROUNDS: u32 = 31;

/// Frames sent in a turn.
pub(super) const FRAMES: u32 = 10_000;

/// Bytes of a socket's ring. Nothing ever enters it.
const RING: u64 = 64 << 10;

/// Measures all that can decide on a filter's frames and tabulates what each tap costs.
pub(super) fn measure(case: &Case, deciders: &[Decider]) -> Result<String> {
    let taps = deciders.iter().copied().filter(|decider| !SHARED.contains(decider));
    let costs = costs(taps.map(|decider| (case, decider)))?;
    Ok(format!(
        "{TAPS} taps, {ROUNDS} rounds of {FRAMES} frames a variant, in turn.\n\n{}",
        costs.table(case)
    ))
}

/// What is measured once for each kind of frame.
const SHARED: [Decider; 2] = [Decider::Nothing, Decider::Floor];

/// Measures what a tap costs in each variant, and without a filter.
pub(super) fn costs<'c>(wanted: impl Iterator<Item = (&'c Case, Decider)>) -> Result<Costs> {
    let mut variants: Vec<Variant> = Vec::new();
    for (case, decider) in wanted {
        if !variants.iter().any(|variant| variant.kind == case.frame) {
            for decider in SHARED {
                variants.push(Variant::new(case, decider)?);
            }
        }
        variants.push(Variant::new(case, decider)?);
    }
    pin_to_last_cpu();
    for _ in 0..ROUNDS {
        variants.iter_mut().for_each(Variant::turn);
    }
    Ok(Costs::of(&variants))
}

/// A veth pair with its taps.
struct Variant {
    name: String,
    kind: FrameKind,
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
    fn new(case: &Case, decider: Decider) -> Result<Self> {
        let lab = Lab::quiet();
        let programs = lab.left.namespace.run(|| Programs::load(decider, &case.expression))?;
        let count = if decider == Decider::Nothing { 0 } else { TAPS };
        let taps = (0..count).map(|_| tap(&lab, &programs)).collect::<Result<Vec<_>>>()?;
        Ok(Self {
            name: case.name.clone(),
            kind: case.frame,
            decider,
            _taps: taps,
            _programs: programs,
            frame: case.frame(&lab),
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

/// What a tap costs in nanoseconds a frame, round by round.
pub(super) struct Costs(Vec<Cost>);

struct Cost {
    filter: String,
    kind: FrameKind,
    decider: Decider,
    figures: Figures,
}

impl Costs {
    fn of(variants: &[Variant]) -> Self {
        let (bare, tapped): (Vec<_>, Vec<_>) =
            variants.iter().partition(|variant| variant.decider == Decider::Nothing);
        let cost = |variant: &Variant, bare: &Variant| Cost {
            filter: variant.name.clone(),
            kind: variant.kind,
            decider: variant.decider,
            figures: variant.nanoseconds.less(&bare.nanoseconds).divided_by(f64::from(TAPS)),
        };
        let bare_of = |variant: &Variant| bare.iter().find(|bare| bare.kind == variant.kind);
        Self(tapped.iter().filter_map(|variant| Some(cost(variant, bare_of(variant)?))).collect())
    }

    /// What a filter costs more than the floor does, from the differences within each round.
    pub(super) fn over_floor(&self, case: &Case, decider: Decider) -> Option<f64> {
        let floor = self.0.iter().find(|cost| cost.decider == Decider::Floor && cost.kind == case.frame)?;
        let cost = self.0.iter().find(|cost| cost.decider == decider && cost.filter == case.name)?;
        Some(cost.figures.less(&floor.figures).median())
    }

    fn table(&self, case: &Case) -> Table {
        let head = ["filter", "ns a frame and tap", "middle half", "over the floor", "part of cBPF's"];
        let mut table = Table::new(&head);
        for Cost { decider, figures, .. } in &self.0 {
            let (low, high) = figures.quartiles();
            let own = self.over_floor(case, *decider);
            let part = own.zip(self.over_floor(case, Decider::Classic)).map(|(own, classic)| own / classic);
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
