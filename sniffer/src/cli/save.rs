//! What is written to savefiles: one, or a series of them. Decided here, opened in `outputs`.

use std::time::Duration;

use clap::error::{Error as UsageError, ErrorKind};
use sniffer::pcap::{self, Format};
use sniffer::sink::{Destination, Flush, Keep};

use super::args::{Autostop, FileArgs, RotationArgs};
use super::summary;

/// Frames into savefiles.
#[derive(Debug)]
pub(crate) struct Save {
    pub(crate) destination: Destination,
    pub(crate) format: Format,
    pub(crate) precision: pcap::Precision,
    pub(crate) flush: Flush,
    /// Whether a file on disk goes through the page cache.
    pub(crate) buffered: bool,
    /// What the user has to say of it.
    pub(crate) comments: Vec<String>,
    /// More than one file, or something to be done with it.
    pub(crate) series: Option<SeriesPlan>,
}

/// A series of savefiles.
#[derive(Debug)]
pub(crate) struct SeriesPlan {
    pub(crate) file_size: Option<u64>,
    pub(crate) interval: Option<u32>,
    pub(crate) count: Option<u32>,
    pub(crate) max_files: Option<u64>,
    pub(crate) max_bytes: Option<u64>,
    pub(crate) keep: Keep,
}

impl Save {
    /// What was asked for; `None` without `-w`.
    pub(crate) fn new(
        files: &FileArgs,
        rotation: RotationArgs,
        precision: pcap::Precision,
    ) -> Result<Option<Self>, UsageError> {
        let rotation = if files.write.is_none() { without_files(rotation) } else { rotation };
        let series = SeriesPlan::new(rotation);
        let destination = match (files.write.as_deref(), &series) {
            (Some(path), _) => Destination::from_argument(path),
            (None, None) => return Ok(None),
            (None, Some(_)) => return Err(usage("a limit of files or of their size needs -w")),
        };
        if series.is_some() && destination == Destination::Stdout {
            return Err(usage("standard output is one stream: it cannot be rotated or limited"));
        }
        if files.count_only && destination == Destination::Stdout {
            return Err(usage("a count would stand in the savefile: both are for standard output"));
        }
        let format = destination.format();
        if !files.comment.is_empty() && format != Format::Pcapng {
            return Err(usage("a pcap file has no place for a comment: give it a name that ends in .pcapng"));
        }
        Ok(Some(Self {
            comments: files.comment.clone(),
            format,
            destination,
            precision,
            flush: match (files.packet_buffered, files.read.is_empty()) {
                (true, _) => Flush::EachFrame,
                (false, true) => Flush::EachSecond,
                // An input that waits does so without looking at the clock.
                (false, false) => Flush::WhenIdle,
            },
            buffered: files.buffered,
            series,
        }))
    }
}

impl SeriesPlan {
    /// `None` when one plain file does.
    fn new(args: RotationArgs) -> Option<Self> {
        let RotationArgs { file_size, rotate_seconds, file_count: count, .. } = args;
        // As in tcpdump.
        let interval = rotate_seconds.filter(|&seconds| seconds > 0);
        if count.is_some() && file_size.is_none() && interval.is_none() {
            summary::no_effect("-W", "-C or -G");
        }
        let (mut max_files, mut max_bytes) = (None, None);
        for limit in &args.autostop {
            match *limit {
                Autostop::Files(files) => max_files = Some(files),
                Autostop::FileSize(bytes) => max_bytes = Some(bytes),
                Autostop::Duration(_) | Autostop::Packets(_) => {}
            }
        }
        let keep = Keep {
            command: args.postrotate_command,
            files: args.ring_files.map(|files| files as usize),
            bytes: args.ring_size,
            headroom: file_size.unwrap_or(0),
            free: args.keep_free,
        };
        let is_one = file_size.is_none() && interval.is_none() && max_files.is_none() && max_bytes.is_none();
        let is_plain = is_one && keep.is_nothing();
        (!is_plain).then_some(Self { file_size, interval, count, max_files, max_bytes, keep })
    }
}

/// Takes out what says nothing when no file is written. As in tcpdump that is no error.
fn without_files(rotation: RotationArgs) -> RotationArgs {
    for (option, is_given) in [
        ("-C", rotation.file_size.is_some()),
        ("-G", rotation.rotate_seconds.is_some()),
        ("-W", rotation.file_count.is_some()),
        ("-z", rotation.postrotate_command.is_some()),
    ] {
        if is_given {
            summary::no_effect(option, "-w");
        }
    }
    RotationArgs {
        file_size: None,
        rotate_seconds: None,
        file_count: None,
        postrotate_command: None,
        ..rotation
    }
}

/// After how many frames a run ends, and after how long.
pub(crate) fn limits(count: Option<u64>, autostop: &[Autostop]) -> (Option<u64>, Option<Duration>) {
    let (mut frames, mut duration) = (count, None);
    for limit in autostop {
        match *limit {
            Autostop::Packets(limit) => frames = Some(frames.map_or(limit, |count| count.min(limit))),
            Autostop::Duration(limit) => duration = Some(limit),
            Autostop::Files(_) | Autostop::FileSize(_) => {}
        }
    }
    (frames, duration)
}

/// Options that make no sense together.
pub(crate) fn usage(message: &str) -> UsageError {
    UsageError::raw(ErrorKind::ArgumentConflict, format!("{message}\n"))
}
