//! The reading thread: frames of savefiles through the filter to the outputs. Knows nothing of live captures.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::thread;

use anyhow::Context as _;
use foldhash::fast::RandomState;
use sniffer::filter::{self, Filter, Metadata, Packet, SeeThrough};
use sniffer::packet::{Frame, LinkType};
use sniffer::pcap::{self, OsError, Reader};
use tokio::sync::oneshot;

use super::input::{self, Input, Stop, Stopped, Unpacked};
use super::names::{HostOptions, Hosts, InterfaceNames, NameSources, NumberNames, SavedNames, Waiting};
use super::outputs::{self, Sinks};
use super::plan::Plan;
use super::privileges;
use super::progress::Progress;
use super::summary;

/// The reading thread as others see it.
pub(crate) struct Reading {
    stop: Option<Stop>,
    outcome: oneshot::Receiver<anyhow::Result<()>>,
}

impl Reading {
    /// Starts the thread that reads all savefiles, of which the first is open.
    pub(crate) fn spawn(plan: Plan, paths: Vec<PathBuf>, first: Option<File>) -> anyhow::Result<Self> {
        privileges::relinquish(plan.user.as_deref())?;
        let (stop, stopped) = Stop::new()?;
        let (sender, outcome) = oneshot::channel();
        thread::Builder::new().name("reader".to_owned()).spawn(move || {
            // The other end waits for this as long as it lives.
            let _ = sender.send(read(&plan, &paths, first, &stopped));
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

/// Opens the first of the savefiles.
pub(crate) fn open_first(paths: &[PathBuf]) -> anyhow::Result<Option<File>> {
    paths.first().map(|path| open(path)).transpose()
}

fn open(path: &Path) -> anyhow::Result<File> {
    input::open(path).map_err(OsError).with_context(|| path.display().to_string())
}

/// Reads the files, of which the first is open already.
fn read(plan: &Plan, paths: &[PathBuf], mut first: Option<File>, stopped: &Stopped) -> anyhow::Result<()> {
    let mut copying = Copying {
        plan,
        sinks: Rc::default(),
        interfaces: SavedNames::default(),
        numbers: number_names(plan, stopped)?,
        filters: Filters { plan, by_link_type: HashMap::default() },
        left: plan.limit.unwrap_or(u64::MAX),
    };
    let copied = paths.iter().try_for_each(|path| {
        if copying.left == 0 || stopped.is_set() {
            return Ok(());
        }
        let file = first.take().map_or_else(|| open(path), Ok)?;
        match copying.file(path, file, stopped) {
            // What was told to end may end in the middle of a frame.
            Err(error) if error.is::<pcap::Error>() && stopped.is_set() => Ok(()),
            Err(error) if error.is::<pcap::Error>() => Err(error.context(path.display().to_string())),
            copied => copied,
        }
    });
    let finished = copying.sinks.borrow_mut().iter_mut().try_for_each(|sink| sink.finish());
    copied?;
    Ok(finished?)
}

/// Names for what is printed, if there are to be any. Lines of a savefile wait for them, as they do in tcpdump.
fn number_names(plan: &Plan, stopped: &Stopped) -> anyhow::Result<Option<NumberNames>> {
    let Some(naming) = plan.naming() else { return Ok(None) };
    let options = HostOptions { local: None, without_domain: naming.without_domain };
    Ok(Some(NumberNames::new(Hosts::new(options, Waiting::Yes(stopped.clone()))?)))
}

/// Savefiles on their way to the outputs.
struct Copying<'a> {
    plan: &'a Plan,
    /// Shared with the input, which tells them when it waits. Opened with the first file, whose link type they need.
    sinks: Rc<RefCell<Sinks>>,
    interfaces: SavedNames,
    numbers: Option<NumberNames>,
    filters: Filters<'a>,
    /// How many frames are still wanted.
    left: u64,
}

impl Copying<'_> {
    fn file(&mut self, path: &Path, file: File, stopped: &Stopped) -> anyhow::Result<()> {
        let waiting = Rc::clone(&self.sinks);
        let on_wait = move || {
            for sink in &mut *waiting.borrow_mut() {
                // An output that fails now fails again at its next frame, or at its end.
                let _ = sink.idle();
            }
        };
        // Who prints sees how far it is.
        let progress = if self.plan.text.is_none() { Progress::of(&file) } else { None };
        let Unpacked { bytes, was_packed } =
            input::unpacked(Input::new(file, stopped.clone(), on_wait, progress))?;
        self.bytes(path, bytes).map_err(|error| {
            // The places that its errors name are not those in the file.
            if was_packed && error.is::<pcap::Error>() { error.context("unpacked") } else { error }
        })
    }

    fn bytes(&mut self, path: &Path, bytes: impl Read) -> anyhow::Result<()> {
        let mut reader = Reader::new(bytes)?;
        let (link_type, snaplen) = (reader.link_type(), reader.snaplen());
        summary::reading(path, link_type, snaplen);
        self.plan.check_sense([&self.filters.get(link_type)?.filter])?;
        let first_interface = self.interfaces.add(reader.interface_names());
        if self.sinks.borrow().is_empty() {
            let names = NameSources {
                interfaces: InterfaceNames::Saved(self.interfaces.clone()),
                of_numbers: self.numbers.clone(),
            };
            *self.sinks.borrow_mut() = outputs::open(self.plan, link_type, snaplen, &names, None, None)?;
        }
        self.frames(&mut reader, first_interface)
    }

    /// Gives the frames that the expression wants to the outputs.
    fn frames(&mut self, reader: &mut Reader<impl Read>, first_interface: u32) -> anyhow::Result<()> {
        while self.left > 0
            && let Some(frame) = reader.next_frame()?
        {
            if !self.filters.get(frame.link_type)?.keeps(&packet(&frame)) {
                continue;
            }
            self.left -= 1;
            let frame = Frame { interface: first_interface + frame.interface, ..frame };
            self.sinks.borrow_mut().iter_mut().try_for_each(|sink| sink.frame(&frame))?;
        }
        Ok(())
    }
}

/// A savefile's frame as the filter sees it.
fn packet<'a>(frame: &Frame<'a>) -> Packet<'a> {
    Packet { data: frame.data, original_len: frame.original_len, metadata: Metadata::default() }
}

/// The expression compiled for each link type that a savefile turns out to hold.
struct Filters<'a> {
    plan: &'a Plan,
    by_link_type: HashMap<LinkType, Keeper, RandomState>,
}

/// What keeps frames of one link type.
struct Keeper {
    filter: Filter,
    see_through: Option<SeeThrough>,
}

impl Keeper {
    fn keeps(&mut self, packet: &Packet<'_>) -> bool {
        match &mut self.see_through {
            Some(see_through) => see_through.matches(self.filter.hir(), packet),
            None => filter::matches(self.filter.hir(), packet),
        }
    }
}

impl Filters<'_> {
    fn get(&mut self, link_type: LinkType) -> Result<&mut Keeper, filter::Error> {
        use std::collections::hash_map::Entry;
        match self.by_link_type.entry(link_type) {
            Entry::Occupied(entry) => Ok(entry.into_mut()),
            Entry::Vacant(entry) => {
                // As with tcpdump a savefile has no network mask, which stands for 0.0.0.0.
                let (netmask, ports) = (Some([0; 4].into()), self.plan.see_through);
                let options =
                    filter::Options { link_type, live: false, netmask, see_through: ports.is_some() };
                let filter = filter::compile(&self.plan.expression, &options, &self.plan.sets)?;
                let see_through = ports.map(|ports| SeeThrough::new(link_type, false, ports));
                Ok(entry.insert(Keeper { filter, see_through }))
            }
        }
    }
}
