//! Where time stamps come from: the host, or the network card where it has a clock. Names and meaning are libpcap's.

use super::{Error, Interface};
use crate::sys::link::{self, Stamping};

/// A source of time stamps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimeStampType {
    /// The host's clock, when the frame comes to it.
    #[default]
    Host,
    /// The host's clock, coarse. Not there on Linux.
    HostLowPrecision,
    /// The host's clock, fine. Not there on Linux, where [`Self::Host`] is that.
    HostHighPrecision,
    /// The network card's clock, when it agrees with the host's.
    Adapter,
    /// The network card's clock.
    AdapterUnsynced,
    /// A fine clock of the host that does not agree with its time. Not there on Linux.
    HostHighPrecisionUnsynced,
}

impl TimeStampType {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Host,
        Self::HostLowPrecision,
        Self::HostHighPrecision,
        Self::Adapter,
        Self::AdapterUnsynced,
        Self::HostHighPrecisionUnsynced,
    ];

    /// The name that `-j` takes.
    pub fn name(self) -> &'static str {
        self.words().0
    }

    /// What `-J` says of it.
    pub fn description(self) -> &'static str {
        self.words().1
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Host => ("host", "Host"),
            Self::HostLowPrecision => ("host_lowprec", "Host, low precision"),
            Self::HostHighPrecision => ("host_hiprec", "Host, high precision"),
            Self::Adapter => ("adapter", "Adapter"),
            Self::AdapterUnsynced => ("adapter_unsynced", "Adapter, not synced with system time"),
            Self::HostHighPrecisionUnsynced => {
                ("host_hiprec_unsynced", "Host, high precision, not synced with system time")
            }
        }
    }

    /// What the card's clock is asked for.
    pub(super) fn stamping(self) -> Option<Stamping> {
        match self {
            Self::Adapter => Some(Stamping::Synced),
            Self::AdapterUnsynced => Some(Stamping::Raw),
            _ => None,
        }
    }
}

impl Interface {
    /// The sources of time stamps that the interface has. As in libpcap a card's clock counts only when it stamps every
    /// frame.
    ///
    /// # Errors
    /// [`Error::System`] when the driver does not answer.
    pub fn time_stamp_types(&self) -> Result<Vec<TimeStampType>, Error> {
        let mut types = vec![TimeStampType::Host];
        if !self.is_any() {
            let stampings = link::stampings(&self.name);
            let stampings = stampings.map_err(Error::system("ask for the interface's time stamps"))?;
            let has = |candidate: &TimeStampType| {
                candidate.stamping().is_some_and(|wanted| stampings.contains(&wanted))
            };
            types.extend(TimeStampType::ALL.into_iter().filter(has));
        }
        Ok(types)
    }
}
