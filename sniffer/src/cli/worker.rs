//! The capture thread: blocks from the ring to the outputs, and orders from the thread that watches signals. Knows no
//! filter, no program and no counter of the kernel's maps.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use sniffer::capture::{self, Event, LiveSource, SocketStatistics, Statistics, Waker};
use sniffer::counters::RingAccount;
use sniffer::packet::Timestamp;
use sniffer::sink::{self, Sink, Written};
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;

use super::losses::Losses;
use super::origin::RingCounts;
use super::summary;

/// What the capture thread is told.
enum Order {
    /// End the capture, and deliver what the ring holds.
    Stop,
    /// Pass on everything that outputs hold back.
    Flush,
    /// Go on to another file if it is time.
    Tick(Timestamp),
    /// Say how far the capture is.
    Report(oneshot::Sender<Report>),
}

/// How far a capture is, in frames.
#[derive(Clone, Debug, Default)]
pub(crate) struct Report {
    /// Given to the outputs.
    pub(crate) delivered: u64,
    /// Taken from the ring after the last frame that was asked for (`-c`), or after an output had failed.
    pub(crate) unwanted: u64,
    /// Taken by the first output.
    pub(crate) written: Written,
    /// What the kernel counted at the rings.
    pub(crate) ring: Statistics,
    /// Those of the frames that the ring had no room for that it would have had if no output had been late.
    pub(crate) writer_late: u64,
    /// What the kernel counted at each ring.
    pub(crate) rings: Vec<RingAccount>,
}

impl Report {
    /// Frames that were given to the outputs, but which the first of them does not hold.
    pub(crate) fn not_written(&self) -> u64 {
        self.delivered.saturating_sub(self.written.frames)
    }

    /// Adds what another thread reports of its own rings and outputs.
    pub(crate) fn add(&mut self, other: Self) {
        self.delivered += other.delivered;
        self.unwanted += other.unwanted;
        self.written = self.written + other.written;
        self.writer_late += other.writer_late;
        self.ring = self.ring + other.ring;
        self.rings.extend(other.rings);
    }
}

/// How many frames all threads together may still deliver, if not any number.
#[derive(Clone, Debug)]
pub(crate) struct Limit(Option<Arc<AtomicU64>>);

impl Limit {
    pub(crate) fn new(frames: Option<u64>) -> Self {
        Self(frames.map(|frames| Arc::new(AtomicU64::new(frames))))
    }

    /// Takes one of them; false when there is none left.
    fn take(&self) -> bool {
        let Some(left) = &self.0 else { return true };
        // Nothing but the number itself is passed on by it.
        left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
    }

    fn is_reached(&self) -> bool {
        self.0.as_ref().is_some_and(|left| left.load(Ordering::Relaxed) == 0)
    }
}

/// Why a capture ended before it was told to.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The live source failed.
    #[error(transparent)]
    Capture(#[from] capture::Error),
    /// An output failed.
    #[error(transparent)]
    Sink(#[from] sink::Error),
}

/// A finished capture, or what is known of one: how far it came, and what ended it if that was an error.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) report: Report,
    pub(crate) error: Option<Error>,
}

impl Outcome {
    /// Adds that of another thread. The first error is the one that counts.
    pub(crate) fn add(&mut self, other: Self) {
        self.report.add(other.report);
        self.error = self.error.take().or(other.error);
    }
}

/// The capture thread as others see it.
pub(crate) struct Worker {
    orders: Sender<Order>,
    waker: Waker,
}

impl Worker {
    /// Starts the capture thread. It ends when the limit is reached, when it is told to stop, or at an error, and then sends
    /// what became of it; `None` when it panicked.
    pub(crate) fn spawn(
        source: LiveSource,
        sinks: Vec<Box<dyn Sink + Send>>,
        limit: Limit,
        counts: Arc<RingCounts>,
        outcomes: UnboundedSender<Option<Outcome>>,
    ) -> std::io::Result<Self> {
        let (orders, receiver) = mpsc::channel();
        let end = End { outcomes, outcome: None };
        let waker = source.waker();
        let (report, losses) = (Report::default(), Losses::default());
        let capture = Capture { source, sinks, limit, orders: receiver, report, losses, counts };
        thread::Builder::new().name("capture".to_owned()).spawn(move || {
            let mut end = end;
            end.outcome = Some(capture.run());
        })?;
        Ok(Self { orders, waker })
    }

    /// Tells the thread to stop; the outcome follows when the ring is empty.
    pub(crate) fn stop(&self) {
        self.order(Order::Stop);
    }

    /// Tells the outputs to pass on what they hold back.
    pub(crate) fn flush(&self) {
        self.order(Order::Flush);
    }

    /// Tells the outputs what time it is.
    pub(crate) fn tick(&self, now: Timestamp) {
        self.order(Order::Tick(now));
    }

    /// How far the capture is; `None` when it has just ended.
    pub(crate) async fn report(&self) -> Option<Report> {
        let (sender, report) = oneshot::channel();
        self.order(Order::Report(sender));
        report.await.ok()
    }

    fn order(&self, order: Order) {
        // A thread that has ended needs no orders.
        let _ = self.orders.send(order);
        self.waker.wake();
    }
}

/// Sends the outcome when it is dropped, whatever way the thread ends.
struct End {
    outcomes: UnboundedSender<Option<Outcome>>,
    outcome: Option<Outcome>,
}

impl Drop for End {
    fn drop(&mut self) {
        // The other end waits for this as long as it lives.
        let _ = self.outcomes.send(self.outcome.take());
    }
}

/// What the capture thread owns.
struct Capture {
    source: LiveSource,
    sinks: Vec<Box<dyn Sink + Send>>,
    limit: Limit,
    orders: Receiver<Order>,
    report: Report,
    losses: Losses,
    /// The ring's counts, for whoever writes them down.
    counts: Arc<RingCounts>,
}

impl Capture {
    fn run(mut self) -> Outcome {
        let mut error = self.receive().err();
        if let Some(Error::Sink(_)) = error {
            // What is still in the ring has no place to go; it is counted all the same.
            self.limit = Limit::new(Some(0));
        }
        error = error.or(self.drain().err());
        // Files say at their end what was lost.
        error = error.or(self.update_report().err());
        error = error.or(self.finish().err());
        error = error.or(self.update_report().err());
        Outcome { report: self.report, error }
    }

    /// Delivers frames until the limit is reached or an order ends it.
    fn receive(&mut self) -> Result<(), Error> {
        while !self.limit.is_reached() {
            // While the ring has blocks there is neither a wait nor a flush before its time.
            let has_block = self.next(Some(Duration::ZERO))?;
            // Even the look at the ring may have used up the wake that came with an order.
            if self.obey()? {
                return Ok(());
            }
            if !has_block {
                let patience = self.idle()?;
                self.next(patience)?;
            }
        }
        Ok(())
    }

    /// Delivers the next block within that time; false when there was none.
    fn next(&mut self, timeout: Option<Duration>) -> Result<bool, Error> {
        match self.source.next_block(timeout)? {
            Event::Block(mut block) => {
                deliver(&mut block, &mut self.sinks, &self.limit, &mut self.report)?;
                return Ok(true);
            }
            Event::Idle => return Ok(false),
            Event::Interface(interface, change) => summary::changed(&interface.name, change),
        }
        Ok(false)
    }

    /// Tells the outputs that there is nothing for now, and how long to wait at most before they are told again.
    fn idle(&mut self) -> Result<Option<Duration>, Error> {
        self.account_for_losses()?;
        self.losses.end();
        let mut patience = None;
        for sink in &mut self.sinks {
            patience = [patience, sink.idle()?].into_iter().flatten().min();
        }
        Ok(patience)
    }

    /// Takes the ring's counts.
    fn account_for_losses(&mut self) -> Result<(), Error> {
        self.report.ring = self.source.statistics()?;
        self.counts.store(&self.report.ring);
        let waits = self.sinks.iter().map(|sink| sink.written().waits).sum();
        self.report.writer_late = self.losses.take(self.report.ring.drops, waits);
        Ok(())
    }

    /// Follows the orders that have come; true when one of them is to stop.
    fn obey(&mut self) -> Result<bool, Error> {
        let mut stop = false;
        while let Ok(order) = self.orders.try_recv() {
            match order {
                Order::Stop => stop = true,
                Order::Flush => self.flush()?,
                Order::Tick(now) => {
                    self.update_report()?;
                    self.sinks.iter_mut().try_for_each(|sink| sink.tick(now))?;
                }
                Order::Report(sender) => {
                    self.update_report()?;
                    // Who asked may have gone.
                    let _ = sender.send(self.report.clone());
                }
            }
        }
        Ok(stop)
    }

    /// Ends the capture and delivers what the ring still holds, up to the limit.
    fn drain(&mut self) -> Result<(), Error> {
        while let Some(mut block) = self.source.drain_block()? {
            deliver(&mut block, &mut self.sinks, &self.limit, &mut self.report)?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.sinks.iter_mut().try_for_each(|sink| sink.flush()).map_err(Error::from)
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.sinks.iter_mut().try_for_each(|sink| sink.finish()).map_err(Error::from)
    }

    fn update_report(&mut self) -> Result<(), Error> {
        self.report.written = self.sinks.first().map(|sink| sink.written()).unwrap_or_default();
        self.account_for_losses()?;
        self.report.rings = self.source.statistics_by_socket()?.into_iter().map(ring_account).collect();
        Ok(())
    }
}

/// Gives the frames of a block to the outputs, and counts those beyond the limit as unwanted.
fn deliver(
    block: &mut capture::Block<'_>,
    sinks: &mut [Box<dyn Sink + Send>],
    limit: &Limit,
    report: &mut Report,
) -> Result<(), Error> {
    let mut frames = block.frames();
    let result = frames.try_for_each(|frame| {
        if !limit.take() {
            report.unwanted += 1;
            return Ok(());
        }
        report.delivered += 1;
        sinks.iter_mut().try_for_each(|sink| sink.frame(&frame))
    });
    if let Err(sink::Error::Complete) = result {
        // It came after the last one that was asked for.
        report.delivered -= 1;
        report.unwanted += 1;
    }
    report.unwanted += block.discard();
    result.map_err(Error::from)
}

/// The name of a ring is that of its interface, and of the worker where several share it.
fn ring_account(socket: SocketStatistics) -> RingAccount {
    let SocketStatistics { interface, member, counts, blocks, filled_blocks } = socket;
    RingAccount {
        name: member.map_or(interface.clone(), |member| format!("{interface} worker {member}")),
        received: counts.packets,
        delivered: counts.delivered,
        dropped: counts.drops,
        malformed: counts.malformed,
        truncated: counts.truncated,
        shortened: counts.shortened,
        times_full: counts.freezes,
        blocks,
        filled_blocks,
    }
}
