//! The lines that scripts wait for on standard error: when a capture is ready, and what came of it. tcpdump's, word by
//! word.

use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use anyhow::Chain;
use sniffer::capture::{self, Change, Interface, Lost, TimeStampType};
use sniffer::counters::CostError;
use sniffer::load::DirectError;
use sniffer::packet::LinkType;
use sniffer::pcap::OsError;
use sniffer::sink::{Destination, Notice};

use super::one_line;
use super::worker::Report;
use tokio::sync::mpsc::UnboundedSender;

/// Says that the capture is armed; printed when it is and not before. Unless lines are long anyway or not printed, it
/// says first that they will be short.
pub(crate) fn listening(interfaces: &[Interface], snaplen: u32, is_terse: bool) {
    let hint =
        if is_terse { "verbose output suppressed, use -v[v]... for full protocol decode\n" } else { "" };
    let line = |Interface { name, link_type, .. }: &Interface| {
        format!("listening on {name}, link-type {link_type}, snapshot length {snaplen} bytes\n")
    };
    say(&format!("sniffer: {hint}{}", interfaces.iter().map(line).collect::<String>()));
}

/// Says, as tcpdump does, which of several link types was chosen, or that the one that was asked for is the one there is.
pub(crate) fn data_link_type(link_type: LinkType) {
    let name = link_type.name().map_or_else(|| link_type.0.to_string(), str::to_owned);
    say(&format!("sniffer: data link type {name}\n"));
}

/// Says what a savefile holds.
pub(crate) fn reading(path: &Path, link_type: LinkType, snaplen: u32) {
    say(&format!("reading from file {}, link-type {link_type}, snapshot length {snaplen}\n", path.display()));
}

/// Says, as tcpdump does, that time stamps are the host's although others were asked for.
pub(crate) fn no_time_stamps(interface: &Interface, wanted: TimeStampType) {
    say(&format!(
        "sniffer: WARNING: When trying to set timestamp type '{}' on {}: That type of time stamp is not supported by that device\n",
        wanted.name(),
        interface.name
    ));
}

/// Says that frames of all interfaces have made-up headers, and because of which interface.
pub(crate) fn cooked_headers(other: &Interface) {
    say(&format!(
        "sniffer: any: frames get cooked headers, because {} has no Ethernet headers but {}\n",
        other.name, other.link_type
    ));
}

/// Says what happened to an interface that is captured on.
pub(crate) fn changed(interface: &str, change: Change) {
    let what = match change {
        Change::Down => "the interface went down; the capture goes on when it is up again",
        Change::Up => "the interface is up again",
        Change::Gone => "the interface was removed; the capture goes on when there is one of that name again",
        Change::Lost => {
            "the interface was removed; the capture goes on without it, whose workers cannot be given another"
        }
        Change::Back => "there is an interface of that name again",
    };
    say(&format!("sniffer: {interface}: {what}\n"));
}

/// Says that the kernel had no memory for the usual ring.
pub(crate) fn small_ring(size: u64, wanted: u64) {
    let [size, wanted] = [size, wanted].map(|bytes| bytes >> 10);
    say(&format!("sniffer: the capture ring has {size} KiB: the kernel cannot spare the usual {wanted}\n"));
}

/// Says that an option changes nothing without another one.
pub(crate) fn no_effect(option: &str, without: &str) {
    say(&format!("sniffer: {option} has no effect without {without}\n"));
}

/// Says that interfaces are not captured on when a savefile is read.
pub(crate) fn no_interfaces() {
    say("sniffer: -i has no effect when a savefile is read\n");
}

/// Says what the maps of sets take of the kernel's memory.
pub(crate) fn maps(bytes: u64) {
    say(&format!("sniffer: the sets of the filter take {} KiB in the kernel\n", bytes.div_ceil(1 << 10)));
}

/// Says that nobody can change the sets of this capture.
pub(crate) fn no_control(reason: &anyhow::Error) {
    say(&format!("sniffer: `sniffer set` cannot reach this capture: {}\n", one_line(reason.chain())));
}

/// Says how many frames there have been so far, in the place of the number before. tcpdump's line, which needs no terminal.
pub(crate) fn so_far(frames: u64) {
    say(&format!("Got {frames}\r"));
}

/// What it costs when frames cannot be read in place.
pub(crate) const COST_OF_COPIES: &str =
    "every frame takes some 50 ns more of a processor, and nothing else changes";

/// Says that the kernel cannot do, or does not allow, what is fastest, and what that costs.
pub(crate) fn no_direct_reads(reason: &DirectError) {
    say(&format!(
        "sniffer: direct reads are unavailable, so the filter has the kernel copy what it looks at: {COST_OF_COPIES} ({})\n",
        one_line(Chain::new(reason))
    ));
}

/// Says why the cost of the programs is not told.
pub(crate) fn no_run_times(reason: &CostError) {
    say(&format!("sniffer: {}\n", one_line(Chain::new(reason))));
}

/// Says how large the sample is from now on, and because of what.
pub(crate) fn sampled(used: f64, budget: f64, one_in: NonZeroU32) {
    let kept = match one_in.get() {
        1 => "every frame".to_owned(),
        one_in => format!("one frame in {one_in}"),
    };
    let [used, budget] = [used, budget].map(|part| part * 100.0);
    say(&format!("sniffer: the capture takes {used:.1}% of a processor, of {budget}%: it keeps {kept}\n"));
}

/// Says where the metrics are, as a URL.
pub(crate) fn metrics_at(address: SocketAddr, path: &str) {
    say(&format!("sniffer: metrics at http://{address}{path}\n"));
}

/// Says that there are no privileges to give up.
pub(crate) fn not_root(user: &str) {
    say(&format!("sniffer: not root, and so not becoming user {user}\n"));
}

/// Says why a file is not written past the page cache although it should be.
pub(crate) fn through_the_page_cache(destination: &Destination, reason: io::Error) {
    let reason = OsError(reason);
    say(&format!("sniffer: {destination}: written through the page cache, without direct I/O: {reason}\n"));
}

/// Says what is worth telling of the files of a series. tcpdump does not say who speaks when it has written enough.
pub(crate) fn notice(notice: &Notice) {
    let speaker = if matches!(notice, Notice::FileLimit(_)) { "" } else { "sniffer: " };
    say(&format!("{speaker}{notice}\n"));
}

/// Says how many frames an output that failed does not hold.
pub(crate) fn not_written(frames: u64) {
    say(&format!("sniffer: {} but not written\n", packets(frames, "captured")));
}

/// The counts at the end of a capture, one a line.
pub(crate) fn at_exit(report: &Report, by_interface: &Result<Lost, capture::Error>) {
    unknown_losses(by_interface);
    say(&counts(report, by_interface).map(|count| count + "\n").collect::<String>());
}

/// The counts in the middle of a capture (SIGUSR1), on one line.
pub(crate) fn in_between(report: &Report, by_interface: &Result<Lost, capture::Error>) {
    unknown_losses(by_interface);
    let counts: Vec<String> = counts(report, by_interface).collect();
    say(&format!("sniffer: {}\n", counts.join(", ")));
}

/// Says what interfaces may have lost of which nobody knows.
fn unknown_losses(by_interface: &Result<Lost, capture::Error>) {
    match by_interface {
        Ok(lost) => lost.removed.iter().for_each(|name| {
            say(&format!(
                "sniffer: {name}: what the interface lost by itself before it was removed is not known\n"
            ));
        }),
        Err(error) => say(&format!(
            "sniffer: what interfaces lost by themselves is not known: {}\n",
            one_line(Chain::new(error))
        )),
    }
}

/// What interfaces have lost is said where they have, and the other counts always.
fn counts(report: &Report, by_interface: &Result<Lost, capture::Error>) -> impl Iterator<Item = String> {
    let counts = [
        (report.delivered, "captured"),
        (report.ring.packets, "received by filter"),
        (report.ring.drops, "dropped by kernel"),
    ];
    let lost = by_interface.as_ref().map_or(0, |lost| lost.frames);
    let by_interface = (lost > 0).then_some((lost, "dropped by interface"));
    counts.into_iter().chain(by_interface).map(|(count, what)| packets(count, what))
}

/// Who is told instead of standard error, while the terminal is taken.
static LISTENER: Mutex<Option<UnboundedSender<String>>> = Mutex::new(None);

/// Sends everything that there is to say there from now on.
pub(crate) fn say_to(listener: UnboundedSender<String>) {
    *LISTENER.lock().unwrap_or_else(PoisonError::into_inner) = Some(listener);
}

/// Says everything on standard error again.
pub(crate) fn say_on_standard_error() {
    *LISTENER.lock().unwrap_or_else(PoisonError::into_inner) = None;
}

/// Writes whole lines in one piece: standard error has no buffer, and who waits for a line may read half of it. Unlike
/// `eprintln!` it does not panic where they cannot be written, which must not end a capture.
pub(crate) fn say(lines: &str) {
    if let Some(listener) = &*LISTENER.lock().unwrap_or_else(PoisonError::into_inner) {
        // Who listens no more needs not be told.
        let _ = listener.send(lines.trim_end().to_owned());
        return;
    }
    // There is nowhere to report this to.
    let _ = io::stderr().write_all(lines.as_bytes());
}

fn packets(count: u64, what: &str) -> String {
    format!("{count} packet{} {what}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use sniffer::capture::Statistics;

    use super::*;

    #[test]
    fn one_packet_is_singular_and_none_is_plural() {
        let ring = Statistics { packets: 1, drops: 0, ..Statistics::default() };
        let report = Report { delivered: 2, ring, ..Report::default() };
        let lines = ["2 packets captured", "1 packet received by filter", "0 packets dropped by kernel"];
        let lost = |frames| Ok(Lost { frames, removed: Vec::new() });
        assert!(counts(&report, &lost(0)).eq(lines));
        assert!(counts(&report, &lost(1)).eq(lines.into_iter().chain(["1 packet dropped by interface"])));
    }
}
