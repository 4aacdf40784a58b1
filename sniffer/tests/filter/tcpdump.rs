//! An installed tcpdump as the oracle: which frames of a savefile it keeps for an expression, and which we keep.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs, process};

use sniffer::filter::{Error, Metadata, NoNames, Options, Packet, compile, matches};
use sniffer::packet::{ChecksumState, Frame, LinkType, Timestamp};
use sniffer::pcap::{PcapWriter, Precision, Reader, WriterOptions};

use crate::corpus::{Sample, version};
use crate::support::skip;

/// Numbers of frames.
pub(crate) type Kept = BTreeSet<usize>;

/// The program and the version of its libpcap.
pub(crate) struct Tcpdump {
    program: PathBuf,
    pub(crate) libpcap: (u32, u32, u32),
}

/// Frames in a file, where the number of a frame is its second. Removed when dropped.
pub(crate) struct Savefile {
    path: PathBuf,
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

    /// The names of the frames that only one of us keeps, or why tcpdump refuses the expression. Where tcpdump's optimizer
    /// makes a difference of its own, both of its answers are right: the optimizer drops and moves loads, and a load that
    /// it drops rejects no frame.
    pub(crate) fn differs<'a>(
        &self,
        file: &'a Savefile,
        text: &str,
        ours: &Kept,
    ) -> Result<Vec<&'a str>, String> {
        let mut wrong = ours ^ &self.keeps(file, &["-O"], text)?;
        if !wrong.is_empty() {
            wrong = &wrong & &(ours ^ &self.keeps(file, &[], text)?);
        }
        Ok(wrong.into_iter().map(|at| file.samples[at].name.as_str()).collect())
    }

    /// The frames that tcpdump writes. A filter that its optimizer finds to be always false is an error to it, and keeps
    /// none.
    fn keeps(&self, file: &Savefile, options: &[&str], text: &str) -> Result<Kept, String> {
        let mut command = Command::new(&self.program);
        command.args(options).arg("-r").arg(&file.path).args(["-w", "-", "--", text]);
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
        Ok(kept)
    }
}

impl Savefile {
    /// Writes the frames to a file that no other test has.
    pub(crate) fn new(test: &str, link_type: LinkType, samples: Vec<Sample>) -> Self {
        let path = env::temp_dir().join(format!("sniffer-{test}-{}-{}.pcap", process::id(), link_type.0));
        let options = WriterOptions { link_type, snaplen: 262_144, precision: Precision::Micros };
        let mut writer = PcapWriter::new(Vec::new(), options).expect("a vector takes everything");
        for (second, sample) in (0..).zip(&samples) {
            let frame = Frame {
                timestamp: Timestamp { seconds: second, nanos: 0 },
                link_type,
                data: &sample.data,
                original_len: sample.original_len,
                interface: 0,
                packet_type: None,
                checksum: ChecksumState::Unknown,
            };
            writer.write(&frame).expect("a vector takes everything");
        }
        fs::write(&path, writer.into_inner()).expect("a file in the temporary directory");
        Self { path, link_type, samples }
    }

    /// The frames that we keep.
    pub(crate) fn kept_by_us(&self, text: &str) -> Result<Kept, Error> {
        kept_by_us(self.link_type, &self.samples, text)
    }
}

impl Drop for Savefile {
    fn drop(&mut self) {
        // A file that is left behind in the temporary directory is no reason to fail.
        let _ = fs::remove_file(&self.path);
    }
}

/// The frames that the evaluator keeps, with the netmask that tcpdump takes for savefiles.
pub(crate) fn kept_by_us(link_type: LinkType, samples: &[Sample], text: &str) -> Result<Kept, Error> {
    let options = Options { link_type, live: false, netmask: Some([0; 4].into()) };
    let filter = compile(text, &options, &NoNames)?;
    let keeps = |sample: &Sample| {
        let packet =
            Packet { data: &sample.data, original_len: sample.original_len, metadata: Metadata::default() };
        matches(filter.hir(), &packet)
    };
    Ok((0..samples.len()).filter(|at| keeps(&samples[*at])).collect())
}
