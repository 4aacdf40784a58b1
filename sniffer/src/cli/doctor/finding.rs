//! What was found out of one thing, as a line and as JSON.

use std::fmt;

use serde::{Serialize, Serializer};

/// What was found out of one thing.
#[derive(Debug, Serialize)]
pub(super) struct Finding {
    /// What it is called in JSON.
    pub(super) name: &'static str,
    /// What it is called among people.
    #[serde(skip)]
    pub(super) what: &'static str,
    /// What it is, or whether.
    pub(super) answer: Answer,
    /// Why it is not, or what it is good for.
    pub(super) note: Option<String>,
    /// Whether no capture works without it.
    #[serde(rename = "needed")]
    pub(super) is_needed: bool,
    /// How to grant it.
    #[serde(skip)]
    pub(super) advice: Option<String>,
}

/// An answer; in JSON true, false, or text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// It is there.
    Yes,
    /// It is not.
    No,
    /// It has a value.
    Is(String),
}

impl Finding {
    /// A finding with nothing more to it.
    pub(super) fn new(name: &'static str, what: &'static str, answer: Answer) -> Self {
        Self { name, what, answer, note: None, is_needed: false, advice: None }
    }

    /// What came of an attempt.
    pub(super) fn attempt(name: &'static str, what: &'static str, result: Result<(), String>) -> Self {
        let answer = if result.is_ok() { Answer::Yes } else { Answer::No };
        Self { note: result.err(), ..Self::new(name, what, answer) }
    }

    /// The same about something that no capture works without.
    pub(super) fn needed(self) -> Self {
        Self { is_needed: true, ..self }
    }

    /// Why the thing is not there, if it is not.
    pub(super) fn reason(&self) -> Option<String> {
        let note = self.note.as_ref().map_or(String::new(), |note| format!(" ({note})"));
        (self.answer == Answer::No).then(|| format!("no {}{note}", self.what))
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<50} ", format!("{}:", self.what))?;
        match &self.answer {
            Answer::Yes => write!(f, "yes")?,
            Answer::No => write!(f, "no")?,
            Answer::Is(value) => write!(f, "{value}")?,
        }
        self.note.as_ref().map_or(Ok(()), |note| write!(f, " ({note})"))
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Yes => serializer.serialize_bool(true),
            Self::No => serializer.serialize_bool(false),
            Self::Is(value) => serializer.serialize_str(value),
        }
    }
}
