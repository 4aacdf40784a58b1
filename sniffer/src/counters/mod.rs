//! The kernel's counters as snapshots, and the loss ledger that they are part of. Knows no capture and no terminal.
//!
//! ```text
//! seen ── not matched ─► matched ── sampled out, over flow limit, over rate ─► wanted
//! wanted ── ring full ─► delivered ── beyond the count asked for ─► written
//! ```
#![forbid(unsafe_code)]

mod cost;
mod flows;
mod fragments;
mod ledger;
mod lru_table;
mod ring;
mod snapshot;
mod tally;

use aya::maps::{Map, MapData, MapError, PerCpuArray};
use sniffer_common::{Fault, MATRIX_WORDS, Stage, names};
use thiserror::Error;

pub use cost::{CostError, MeasuredProgram, ProcessCost, RunTime, RunTimeStatistics};
pub use flows::{FlowCounts, FlowTable};
pub use fragments::{FragmentCounts, Fragments};
pub use ledger::{Imbalance, Ledger};
pub use ring::RingAccount;
pub use snapshot::Snapshot;
pub use sniffer_common::{Cell, End, Flow, Host, Link, Matrix, Port, Traffic, Transport, cell};
pub use tally::{Counted, Tallies, Tally};

/// The maps in which the kernel side counts.
pub struct Counters {
    matrices: PerCpuArray<MapData, [u64; MATRIX_WORDS]>,
    faults: PerCpuArray<MapData, u64>,
}

/// A map could not be read.
#[derive(Debug, Error)]
#[error("cannot read the eBPF map `{name}`")]
pub struct Error {
    name: &'static str,
    #[source]
    source: Box<MapError>,
}

impl Counters {
    /// Counters in the maps that `load` gives away: that of the matrices and that of the faults.
    ///
    /// # Errors
    /// When a map is not of the expected type and size.
    pub fn new(matrices: Map, faults: Map) -> Result<Self, Error> {
        Ok(Self {
            matrices: PerCpuArray::try_from(matrices).map_err(Error::of(names::COUNTERS))?,
            faults: PerCpuArray::try_from(faults).map_err(Error::of(names::FAULTS))?,
        })
    }

    /// The counters as they are now, summed over all processors. While frames come in, `seen` and `matched` are not of the
    /// same moment.
    ///
    /// # Errors
    /// When the kernel refuses to read a map.
    pub fn read(&self) -> Result<Snapshot, Error> {
        // Read in the order against the frames' way, so that no frame is matched that was not seen.
        let over_rate = self.matrix(Stage::OverRate)?;
        let over_flow_limit = self.matrix(Stage::OverFlowLimit)?;
        let sampled_out = self.matrix(Stage::SampledOut)?;
        let matched = self.matrix(Stage::Matched)?;
        let seen = self.matrix(Stage::Seen)?;
        Ok(Snapshot {
            seen,
            matched,
            sampled_out,
            over_flow_limit,
            over_rate,
            kept_unreduced: self.faults(Fault::Unreduced)?,
            kept_on_error: self.faults(Fault::Uncounted)? + self.faults(Fault::Unaccepted)?,
            flows: None,
            fragments: None,
        })
    }

    fn faults(&self, fault: Fault) -> Result<u64, Error> {
        let values = self.faults.get(&(fault as u32), 0).map_err(Error::of(names::FAULTS))?;
        Ok(values.iter().sum())
    }

    fn matrix(&self, stage: Stage) -> Result<Matrix, Error> {
        let values = self.matrices.get(&(stage as u32), 0).map_err(Error::of(names::COUNTERS))?;
        Ok(values.iter().map(Matrix::from_words).fold(Matrix::default(), |sum, matrix| sum + matrix))
    }
}

impl Error {
    fn of(name: &'static str) -> impl FnOnce(MapError) -> Self {
        move |source| Self { name, source: Box::new(source) }
    }
}
