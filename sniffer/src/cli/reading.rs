//! The reading thread: frames of a savefile through the filter to the outputs. Knows nothing of live captures.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::Read;
use std::path::Path;
use std::rc::Rc;
use std::thread;

use anyhow::Context as _;
use sniffer::filter::{self, Filter, Metadata, Packet};
use sniffer::packet::{Frame, LinkType};
use sniffer::pcap::{self, OsError, Reader};
use tokio::sync::oneshot;

use super::input::{Opened, Stop, Stopped};
use super::names::SystemNames;
use super::outputs::{self, Sinks};
use super::plan::Plan;
use super::summary;

/// The reading thread as others see it.
pub(crate) struct Reading {
    stop: Option<Stop>,
    outcome: oneshot::Receiver<anyhow::Result<()>>,
}

impl Reading {
    /// Opens the savefile and starts the thread that reads it.
    pub(crate) fn spawn(plan: Plan, path: &Path) -> anyhow::Result<Self> {
        let (opened, stop, stopped) =
            Opened::open(path).map_err(OsError).with_context(|| path.display().to_string())?;
        let (sender, outcome) = oneshot::channel();
        let path = path.to_owned();
        thread::Builder::new().name("reader".to_owned()).spawn(move || {
            // The other end waits for this as long as it lives.
            let _ = sender.send(read(&plan, &path, opened, &stopped));
        })?;
        Ok(Self { stop: Some(stop), outcome })
    }

    /// What became of it; `None` when the thread panicked.
    pub(crate) async fn outcome(&mut self) -> Option<anyhow::Result<()>> {
        (&mut self.outcome).await.ok()
    }

    /// Ends the reading; the outcome follows when the outputs have what was read.
    pub(crate) fn stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            stop.stop();
        }
    }
}

fn read(plan: &Plan, path: &Path, opened: Opened, stopped: &Stopped) -> anyhow::Result<()> {
    let sinks = Rc::new(RefCell::new(Sinks::new()));
    let waiting = Rc::clone(&sinks);
    let input = opened.into_input(move || {
        for sink in &mut *waiting.borrow_mut() {
            // An output that fails now fails again at its next frame, or at its end.
            let _ = sink.idle();
        }
    });
    let mut reader = Reader::new(input).with_context(|| path.display().to_string())?;
    let (link_type, snaplen) = (reader.link_type(), reader.snaplen());
    summary::reading(path, link_type, snaplen);
    let mut filters = Filters { expression: &plan.expression, by_link_type: HashMap::new() };
    if filters.get(link_type)?.is_reject_all() {
        summary::matches_nothing();
    }
    let names = outputs::InterfaceNames::Saved(reader.interface_names());
    *sinks.borrow_mut() = outputs::open(plan, link_type, snaplen, names)?;
    let copied = copy(&mut reader, &mut filters, &sinks, plan.limit);
    let finished = sinks.borrow_mut().iter_mut().try_for_each(|sink| sink.finish());
    match copied {
        // What was told to end may end in the middle of a frame.
        Err(error) if error.is::<pcap::Error>() && stopped.is_set() => {}
        Err(error) if error.is::<pcap::Error>() => return Err(error.context(path.display().to_string())),
        copied => copied?,
    }
    Ok(finished?)
}

/// Gives the frames that the expression wants to the outputs.
fn copy(
    reader: &mut Reader<impl Read>,
    filters: &mut Filters<'_>,
    sinks: &RefCell<Sinks>,
    limit: Option<u64>,
) -> anyhow::Result<()> {
    let mut left = limit.unwrap_or(u64::MAX);
    while left > 0
        && let Some(frame) = reader.next_frame()?
    {
        if !filter::matches(filters.get(frame.link_type)?.hir(), &packet(&frame)) {
            continue;
        }
        left -= 1;
        let mut sinks = sinks.borrow_mut();
        sinks.iter_mut().try_for_each(|sink| sink.frame(&frame))?;
    }
    Ok(())
}

/// A savefile's frame as the filter sees it.
fn packet<'a>(frame: &Frame<'a>) -> Packet<'a> {
    Packet { data: frame.data, original_len: frame.original_len, metadata: Metadata::default() }
}

/// The expression compiled for each link type that a savefile turns out to hold.
struct Filters<'a> {
    expression: &'a str,
    by_link_type: HashMap<LinkType, Filter>,
}

impl Filters<'_> {
    fn get(&mut self, link_type: LinkType) -> Result<&Filter, filter::Error> {
        use std::collections::hash_map::Entry;
        match self.by_link_type.entry(link_type) {
            Entry::Occupied(entry) => Ok(entry.into_mut()),
            Entry::Vacant(entry) => {
                // As with tcpdump a savefile has no network mask, which stands for 0.0.0.0.
                let options = filter::Options { link_type, live: false, netmask: Some([0; 4].into()) };
                Ok(entry.insert(filter::compile(self.expression, &options, &SystemNames)?))
            }
        }
    }
}
