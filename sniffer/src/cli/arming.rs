//! From the plan of a live capture to one that runs: interfaces, kernel programs, sockets, outputs, threads, in the order
//! that lets no frame by.

use std::os::fd::AsFd as _;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread;

use anyhow::ensure;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use sniffer::capture::{self, Interface, InterfaceDrops, Socket};
use sniffer::counters::Counters;
use sniffer::filter::Filter;
use sniffer::load::SnapTo;
use sniffer::pcap::Format;

use super::interfaces;
use super::kernel::{Kernels, compile_directed};
use super::names::{HostOptions, Hosts, InterfaceNames, NameSources, NumberNames, Waiting};
use super::netns::Namespace;
use super::origin::{self, CaptureFacts, RingCounts};
use super::outputs;
use super::plan::{Live, Plan};
use super::privileges;
use super::summary;
use super::workers::{Part, Workers};

/// A capture that runs.
pub(crate) struct Armed {
    pub(crate) workers: Workers,
    pub(crate) kernels: Kernels,
    /// What its interfaces have lost themselves.
    pub(crate) drops: Arc<InterfaceDrops>,
}

/// A capture that has all it needs. Nobody knows of it yet.
pub(crate) struct Ready {
    interfaces: Vec<Interface>,
    snaplen: u32,
    is_terse: bool,
    limit: Option<u64>,
    parts: Vec<Part>,
    kernels: Kernels,
    drops: Arc<InterfaceDrops>,
}

/// Arms a capture, and has it begin.
pub(crate) fn arm(plan: &Plan, live: &Live) -> anyhow::Result<Armed> {
    prepare(plan, live)?.begin()
}

/// Arms a capture. Nothing is received before all that can fail has been done but the binding itself. It may wait for name
/// servers, and for the reader of a pipe.
pub(crate) fn prepare(plan: &Plan, live: &Live) -> anyhow::Result<Ready> {
    raise_open_files();
    let namespace = Namespace::open(live.netns.as_deref())?;
    let interfaces = namespace.run(|| interfaces::chosen(&live.interfaces, live.link_type))??;
    let interfaces = if keeps_headers(plan, live, &interfaces) {
        namespace.run(interfaces::any_with_headers)??
    } else {
        interfaces
    };
    check_outputs(plan, &interfaces)?;
    let filters: Vec<Filter> = interfaces
        .iter()
        .map(|interface| compile_directed(plan, live, interface))
        .collect::<Result<_, _>>()?;
    plan.check_sense(&filters)?;
    // Both wait for the kernel rather than for each other. The sockets go first when this fails.
    let (kernels, sockets) = thread::scope(|scope| {
        let sockets = scope.spawn(|| namespace.run(|| open_sockets(live, &interfaces)));
        let kernels = namespace.run(interfaces::loopback);
        let kernels =
            kernels.and_then(|loopback| Kernels::load(plan, live, &interfaces, &filters, loopback?));
        (kernels, sockets.join().unwrap_or_else(|panic| resume_unwind(panic)))
    });
    let (kernels, sockets) = (kernels?, sockets??);
    if live.link_type.is_some() || interfaces.iter().any(Interface::is_any) {
        summary::data_link_type(interfaces[0].link_type);
    }
    for (kernel, sockets) in kernels.of_interfaces().zip(&sockets) {
        sockets.iter().try_for_each(|socket| kernel.attach(socket.as_fd()))?;
    }
    if let Some(socket) =
        sockets.iter().flatten().find(|socket| socket.buffer_size() < socket.wanted_buffer_size())
    {
        summary::small_ring(socket.buffer_size(), socket.wanted_buffer_size());
    }
    if let Some(reason) = kernels.why_not_direct() {
        summary::no_direct_reads(reason);
    }
    privileges::relinquish(plan.user.as_deref())?;
    let names = NameSources {
        interfaces: namespace.run(InterfaceNames::live)??,
        of_numbers: number_names(plan, &interfaces)?,
    };
    let drops = Arc::new(namespace.run(|| InterfaceDrops::since_now(&interfaces))??);
    let seen = kernels.counters_of(&interfaces);
    let parts = parts(plan, live, &interfaces, sockets, &names, (seen.as_ref(), &drops))?;
    let is_terse = plan.save.is_none() && live.tally.is_none() && plan.verbose == 0;
    Ok(Ready { interfaces, snaplen: live.snaplen, is_terse, limit: plan.limit, parts, kernels, drops })
}

/// Lifts the limit of open files as far as the process may by itself: sockets of hundreds of interfaces, and their maps and
/// programs, are more than it usually is. Where it stays as it was, what cannot be opened says so.
fn raise_open_files() {
    let limit = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit }).ok();
}

impl Ready {
    /// Says so, and has the threads begin.
    pub(crate) fn begin(self) -> anyhow::Result<Armed> {
        let Self { interfaces, snaplen, is_terse, limit, parts, kernels, drops } = self;
        summary::listening(&interfaces, snaplen, is_terse);
        Ok(Armed { workers: Workers::spawn(parts, limit)?, kernels, drops })
    }
}

/// Whether frames of all interfaces are to keep their own headers: when nothing but a pcapng file takes them, whose frames may
/// be of any interface.
fn keeps_headers(plan: &Plan, live: &Live, interfaces: &[Interface]) -> bool {
    let is_for_pcapng = plan.save.as_ref().is_some_and(|save| save.format == Format::Pcapng);
    let is_for_others = plan.text.is_some() || plan.count_only || live.link_type.is_some();
    is_for_pcapng && !is_for_others && interfaces.iter().any(Interface::is_any)
}

/// Whether the outputs can hold the frames of all interfaces.
fn check_outputs(plan: &Plan, interfaces: &[Interface]) -> anyhow::Result<()> {
    let is_alike = interfaces.windows(2).all(|pair| pair[0].link_type == pair[1].link_type);
    let holds_one = plan.save.as_ref().is_some_and(|save| save.format == Format::Pcap);
    ensure!(
        is_alike || !holds_one,
        "a pcap file holds frames of one link type, and the interfaces have several: write pcapng"
    );
    Ok(())
}

/// Names for what is printed, if there are to be any. Nothing waits for them.
fn number_names(plan: &Plan, interfaces: &[Interface]) -> anyhow::Result<Option<NumberNames>> {
    let Some(naming) = plan.naming() else { return Ok(None) };
    // As in tcpdump an interface without an address knows no foreign hosts.
    let network = |interface: &Interface| interface.network.zip(interface.netmask);
    let networks = || interfaces.iter().map(network).collect::<Option<_>>();
    let local = naming.local_only.then(networks).flatten();
    let options = HostOptions { local, without_domain: naming.without_domain };
    Ok(Some(NumberNames::new(Hosts::new(options, Waiting::No)?)))
}

/// For each interface its socket, or those of the workers that share it.
fn open_sockets(live: &Live, interfaces: &[Interface]) -> Result<Vec<Vec<Socket>>, capture::Error> {
    let open = |interface: &Interface| {
        let mut config = capture::Config::new(interface.clone());
        config.promiscuous = live.promiscuous;
        config.snaplen = live.snaplen;
        config.cuts_frames = live.reduce.reductions.snap != SnapTo::Whole;
        config.buffer_size = live.buffer_size;
        config.ring_count = (interfaces.len() * live.workers.count) as u64;
        config.ignore_outgoing |= live.direction.is_in();
        if interface.time_stamp_types()?.contains(&live.time_stamps) {
            config.time_stamps = live.time_stamps;
        } else {
            summary::no_time_stamps(interface, live.time_stamps);
        }
        if live.immediate {
            config.block_timeout = capture::IMMEDIATE_TIMEOUT;
        }
        match live.workers.count {
            1 => Socket::open(&config).map(|socket| vec![socket]),
            count => Socket::open_group(&config, live.workers.fanout, count),
        }
    };
    interfaces.iter().map(open).collect()
}

/// The threads' sources and outputs: one thread for all sockets, or, when each worker has a file, one for each.
fn parts(
    plan: &Plan,
    live: &Live,
    interfaces: &[Interface],
    sockets: Vec<Vec<Socket>>,
    names: &NameSources,
    (seen, drops): (Option<&Arc<Counters>>, &Arc<InterfaceDrops>),
) -> anyhow::Result<Vec<Part>> {
    // Every group has a link type, and a file that holds several takes it from the frames.
    let link_type = interfaces[0].link_type;
    let part = |sockets: Vec<Socket>, worker: Option<usize>| {
        let counts = Arc::<RingCounts>::default();
        // A worker's file has a part of what was seen.
        let seen = seen.cloned().filter(|_| worker.is_none());
        let facts = CaptureFacts {
            expression: (!plan.expression.is_empty()).then(|| plan.expression.clone()),
            counts: seen.map(|seen| origin::Counts { seen, ring: Arc::clone(&counts) }),
            drops: Arc::clone(drops),
        };
        let sinks = outputs::open(plan, link_type, live.snaplen, names, Some(facts), worker)?;
        Ok(Part { source: Socket::bind_all(sockets)?, sinks, counts })
    };
    if !live.workers.file_each {
        return Ok(vec![part(sockets.into_iter().flatten().collect(), None)?]);
    }
    let mut members: Vec<_> = sockets.into_iter().map(Vec::into_iter).collect();
    let workers = 0..live.workers.count;
    workers
        .map(|worker| part(members.iter_mut().filter_map(Iterator::next).collect(), Some(worker)))
        .collect()
}
