//! An installed tcpdump as the oracle: which frames of a savefile it keeps for an expression, and which we keep.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs, process};

use sniffer::filter::{Error, Filter, Metadata, NoNames, Options, Packet, compile, matches};
use sniffer::packet::{ChecksumState, Frame, LinkType, Timestamp};
use sniffer::pcap::{PcapWriter, Precision, Reader, WriterOptions};

use crate::corpus::{Sample, version};
use crate::support::skip;

/// Numbers of frames.
pub(crate) type Kept = BTreeSet<usize>;

/// The version of a libpcap.
pub(crate) type Version = (u32, u32, u32);

/// The program and the version of its libpcap.
pub(crate) struct Tcpdump {
    program: PathBuf,
    pub(crate) libpcap: Version,
}

/// Whether tcpdump may optimize.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Optimizer {
    On,
    Off,
}

/// Frames in a file, where the number of a frame is its second. Removed when dropped.
pub(crate) struct Savefile {
    pub(crate) path: PathBuf,
    pub(crate) link_type: LinkType,
    samples: Vec<Sample>,
}

impl Tcpdump {
    /// The installed one; without any, says that `test` is skipped.
    pub(crate) fn find(test: &str) -> Option<Self> {
        let program = skip::program(test, "tcpdump")?;
        let output = Command::new(&program).arg("--version").output().expect("tcpdump runs");
        let printed = [output.stdout, output.stderr].concat();
        let printed = String::from_utf8_lossy(&printed);
        let line = printed
            .lines()
            .find_map(|line| line.strip_prefix("libpcap version "))
            .expect("it says its version");
        let libpcap = version(line.split([' ', '-', ',']).next().unwrap_or_default());
        Some(Self { program, libpcap: libpcap.unwrap_or_else(|| panic!("no version in {printed}")) })
    }

    /// The frames that tcpdump writes, as its optimizer has it or without it (`-O`). A filter that its optimizer finds to
    /// be always false is an error to it, and keeps none.
    ///
    /// # Errors
    /// What it prints when it refuses the expression.
    pub(crate) fn keeps(&self, file: &Savefile, optimizer: Optimizer, text: &str) -> Result<Kept, String> {
        let mut command = Command::new(&self.program);
        if optimizer == Optimizer::Off {
            command.arg("-O");
        }
        command.arg("-r").arg(&file.path).args(["-w", "-", "--", text]);
        let output = command.output().expect("tcpdump runs");
        let stderr = String::from_utf8_lossy(&output.stderr);
        if stderr.contains("expression rejects all packets") {
            return Ok(Kept::new());
        }
        if !output.status.success() {
            return Err(stderr.into_owned());
        }
        let mut reader = Reader::new(output.stdout.as_slice()).expect("tcpdump writes a savefile");
        let mut kept = Kept::new();
        while let Some(frame) = reader.next_frame().expect("whole frames") {
            kept.insert(frame.timestamp.seconds as usize);
        }
        assert!(output.stdout == file.with(&kept), "{text:?}: tcpdump writes other bytes than we do");
        Ok(kept)
    }
}

impl Savefile {
    /// Writes the frames to a file that no other test has.
    pub(crate) fn new(test: &str, link_type: LinkType, samples: Vec<Sample>) -> Self {
        let path = env::temp_dir().join(format!("sniffer-{test}-{}-{}.pcap", process::id(), link_type.0));
        let file = Self { path, link_type, samples };
        fs::write(&file.path, file.with(&(0..file.samples.len()).collect())).expect("a temporary file");
        file
    }

    /// The frames, by number.
    pub(crate) fn samples(&self) -> &[Sample] {
        &self.samples
    }

    /// The bytes of a savefile with these frames alone.
    fn with(&self, kept: &Kept) -> Vec<u8> {
        let options =
            WriterOptions { link_type: self.link_type, snaplen: 262_144, precision: Precision::Micros };
        let mut writer = PcapWriter::new(Vec::new(), options).expect("a vector takes everything");
        for &number in kept {
            let sample = &self.samples[number];
            let frame = Frame {
                timestamp: Timestamp { seconds: number as _, nanos: 0 },
                link_type: self.link_type,
                data: &sample.data,
                original_len: sample.original_len,
                interface: 0,
                packet_type: None,
                checksum: ChecksumState::Unknown,
            };
            writer.write(&frame).expect("a vector takes everything");
        }
        writer.into_inner()
    }
}

impl Drop for Savefile {
    fn drop(&mut self) {
        // A file that is left behind in the temporary directory is no reason to fail.
        let _ = fs::remove_file(&self.path);
    }
}

/// The filter for savefiles of a link type, with the netmask that tcpdump takes for them.
pub(crate) fn saved(link_type: LinkType, text: &str) -> Result<Filter, Error> {
    compile(
        text,
        &Options { link_type, live: false, netmask: Some([0; 4].into()), see_through: false },
        &NoNames,
    )
}

/// The frames that the evaluator keeps.
pub(crate) fn kept_by_us(filter: &Filter, samples: &[Sample]) -> Kept {
    (0..samples.len()).filter(|at| matches(filter.hir(), &packet(&samples[*at]))).collect()
}

/// The sample as a filter sees it.
pub(crate) fn packet(sample: &Sample) -> Packet<'_> {
    Packet { data: &sample.data, original_len: sample.original_len, metadata: Metadata::default() }
}
