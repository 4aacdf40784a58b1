//! What a pcapng file says of this host, of its interfaces and of the capture.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rustix::system::uname;
use sniffer::capture::{InterfaceDrops, Statistics};
use sniffer::counters::Counters;
use sniffer::pcap::{InterfaceCounts, InterfaceDescription, Origin, Provenance};

use super::names::InterfaceNames;

/// What is known of a live capture.
#[derive(Clone)]
pub(crate) struct CaptureFacts {
    /// The expression, if there is one.
    pub(crate) expression: Option<String>,
    /// The counts, where they are those of one interface.
    pub(crate) counts: Option<Counts>,
    /// What interfaces themselves have lost.
    pub(crate) drops: Arc<InterfaceDrops>,
}

/// The counts of a capture on one interface.
#[derive(Clone)]
pub(crate) struct Counts {
    /// What the kernel side counts.
    pub(crate) seen: Arc<Counters>,
    /// What the capture thread knows of the ring.
    pub(crate) ring: Arc<RingCounts>,
}

/// The ring's counts as of a moment ago: asking the kernel for them resets them there, so that one thread alone does.
#[derive(Default)]
pub(crate) struct RingCounts {
    accepted: AtomicU64,
    dropped: AtomicU64,
}

impl RingCounts {
    pub(crate) fn store(&self, statistics: &Statistics) {
        self.accepted.store(statistics.packets, Ordering::Relaxed);
        self.dropped.store(statistics.drops, Ordering::Relaxed);
    }
}

/// Where the frames of a savefile come from.
#[derive(Clone)]
pub(crate) struct FileOrigin {
    names: InterfaceNames,
    origin: Origin,
    capture: Option<CaptureFacts>,
}

impl FileOrigin {
    /// The origin of what is captured now, or of what is copied from other files.
    pub(crate) fn new(names: InterfaceNames, comments: Vec<String>, capture: Option<CaptureFacts>) -> Self {
        let origin = Origin { comments, ..Origin::default() };
        let origin = match capture {
            Some(_) => Origin { hardware: processor(), os: Some(system()), ..origin },
            None => origin,
        };
        Self { names, origin, capture }
    }
}

impl Provenance for FileOrigin {
    fn origin(&self) -> Origin {
        self.origin.clone()
    }

    fn describe(&mut self, interface: u32) -> InterfaceDescription {
        let name = self.names.get(interface);
        let Some(capture) = &self.capture else {
            return InterfaceDescription { name, ..InterfaceDescription::default() };
        };
        let speed = name.as_deref().and_then(|name| self.names.speed(name));
        InterfaceDescription {
            name,
            speed: speed.map(|megabits| u64::from(megabits) * 1_000_000),
            filter: capture.expression.clone(),
            os: self.origin.os.clone(),
        }
    }

    fn counts(&mut self, interface: u32) -> InterfaceCounts {
        let Some(capture) = &self.capture else { return InterfaceCounts::default() };
        let interface_dropped = capture.drops.of(interface);
        let Some(Counts { seen, ring }) = &capture.counts else {
            return InterfaceCounts { interface_dropped, ..InterfaceCounts::default() };
        };
        InterfaceCounts {
            received: seen.read().ok().map(|snapshot| snapshot.seen.total().frames),
            accepted: Some(ring.accepted.load(Ordering::Relaxed)),
            interface_dropped,
            dropped: Some(ring.dropped.load(Ordering::Relaxed)),
        }
    }
}

/// `Linux 6.12.0 x86_64`.
fn system() -> String {
    let name = uname();
    let [system, release, machine] =
        [name.sysname(), name.release(), name.machine()].map(|part| part.to_string_lossy().into_owned());
    format!("{system} {release} {machine}")
}

/// The processor's name, where the kernel tells it.
fn processor() -> Option<String> {
    let processors = fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = processors.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
