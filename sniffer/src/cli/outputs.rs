//! The outputs that the plan names, opened. Knows neither ring nor savefile reader.

use std::num::NonZero;
use std::thread;

use sniffer::packet::LinkType;
use sniffer::pcap::WriterOptions;
use sniffer::print::{Columns, Json, Lines, Printer, Selection};
use sniffer::sink::{
    self, Count, Destination, Flush, Names as FileNames, Output, OutputOptions, ParallelText, Savefile,
    Series, SeriesConfig, Sink, Text,
};

use super::clock;
use super::names::{NameSources, PrintedNames};
use super::origin::{CaptureFacts, FileOrigin};
use super::plan::{self, Form, Plan, Source};
use super::save::Save;
use super::summary;

/// The outputs of a run. The first is the one whose count is the last line of the ledger.
pub(crate) type Sinks = Vec<Box<dyn Sink + Send>>;

/// Opens what the plan names, for frames of one link type.
pub(crate) fn open(
    plan: &Plan,
    link_type: LinkType,
    snaplen: u32,
    names: &NameSources,
    capture: Option<CaptureFacts>,
    worker: Option<usize>,
) -> Result<Sinks, sink::Error> {
    let mut sinks = Sinks::new();
    if let Some(save) = &plan.save {
        let header = WriterOptions { link_type, snaplen, precision: save.precision };
        let origin = FileOrigin::new(names.interfaces.clone(), save.comments.clone(), capture);
        let destination =
            worker.map_or_else(|| save.destination.clone(), |worker| of_worker(&save.destination, worker));
        sinks.push(savefile(save, destination, header, origin, matches!(plan.source, Source::Files(_)))?);
    }
    if let Some(text) = &plan.text {
        sinks.push(open_text(plan, text, names)?);
    }
    if plan.count_only {
        sinks.push(Box::new(Count::new(Output::open(Destination::Stdout, Flush::WhenFull)?)));
    }
    Ok(sinks)
}

/// Opens standard output for text of the form that is asked for.
fn open_text(
    plan: &Plan,
    text: &plan::Text,
    names: &NameSources,
) -> Result<Box<dyn Sink + Send>, sink::Error> {
    let names = || Box::new(PrintedNames::new(names.clone()));
    match &text.form {
        Form::Lines(options) => open_lines(plan, text.flush, || Printer::new(*options).with_names(names())),
        Form::Json { with_bytes, forced_type } => {
            open_lines(plan, text.flush, || Json::new(*with_bytes, names()).of_type(*forced_type))
        }
        Form::Fields { columns, separator, forced_type } => open_lines(plan, text.flush, || {
            Selection::new(columns.clone(), separator, names()).of_type(*forced_type)
        }),
    }
}

fn open_lines<P: Lines + 'static>(
    plan: &Plan,
    flush: Flush,
    lines: impl Fn() -> P,
) -> Result<Box<dyn Sink + Send>, sink::Error> {
    let output = Output::open(Destination::Stdout, flush)?;
    Ok(if prints_in_parallel(plan, flush) {
        Box::new(ParallelText::new(output, lines)?)
    } else {
        Box::new(Text::new(output, lines()))
    })
}

/// Prints what `--fields` takes, one name a line.
pub(crate) fn list_fields() -> anyhow::Result<()> {
    Ok(sink::print(&(Columns::names().collect::<Vec<_>>().join("\n") + "\n"))?)
}

/// A savefile is read faster than one thread prints, unless somebody wants to see each line by itself.
fn prints_in_parallel(plan: &Plan, flush: Flush) -> bool {
    let is_savefile = matches!(plan.source, Source::Files(_));
    let is_alone = thread::available_parallelism().map_or(1, NonZero::get) == 1;
    is_savefile && flush != Flush::EachFrame && !is_alone
}

/// The savefile of a worker: its number comes before the extensions of the name, which say what is in the file.
fn of_worker(destination: &Destination, worker: usize) -> Destination {
    let Destination::File(path) = destination else { return destination.clone() };
    let is_compressed = destination.is_compressed();
    let (path, ending) = if is_compressed { (path.with_extension(""), ".zst") } else { (path.clone(), "") };
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(format!("-{worker}"));
    if let Some(extension) = path.extension() {
        name.push(".");
        name.push(extension);
    }
    name.push(ending);
    Destination::File(path.with_file_name(name))
}

/// The savefile, or the first of a series.
fn savefile(
    save: &Save,
    destination: Destination,
    header: WriterOptions,
    origin: FileOrigin,
    is_copy: bool,
) -> Result<Box<dyn Sink + Send>, sink::Error> {
    let format = save.format;
    let output = OutputOptions {
        flush: save.flush,
        buffered: save.buffered,
        on_fallback: Some(summary::through_the_page_cache),
    };
    let open =
        move |destination| Savefile::create(destination, format, header, output, Box::new(origin.clone()));
    let (Some(series), Destination::File(path)) = (&save.series, &destination) else {
        return Ok(Box::new(open(destination)?));
    };
    let config = SeriesConfig {
        names: FileNames::new(
            path,
            series.interval.is_some(),
            series.count.filter(|_| series.file_size.is_some()),
        )?,
        file_size: series.file_size,
        interval: series.interval,
        count: series.count,
        start: clock::now(),
        starts_with_frame: is_copy && series.interval.is_some(),
        max_files: series.max_files,
        max_bytes: series.max_bytes,
        keep: series.keep.clone(),
    };
    Ok(Box::new(Series::create(config, Box::new(open), |notice| summary::notice(&notice))?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_a_worker_has_the_format_that_its_name_says() {
        for (typed, expected) in [
            ("web", "web-3"),
            ("a.b/web.pcap", "a.b/web-3.pcap"),
            ("%F.1.pcapng", "%F.1-3.pcapng"),
            ("web.pcap.zst", "web-3.pcap.zst"),
            ("web.pcapng.zst", "web-3.pcapng.zst"),
            ("web.zst", "web-3.zst"),
        ] {
            let destination = Destination::File(typed.into());
            let file = of_worker(&destination, 3);
            assert_eq!(file, Destination::File(expected.into()));
            assert_eq!(
                (file.format(), file.is_compressed()),
                (destination.format(), destination.is_compressed())
            );
        }
    }
}
