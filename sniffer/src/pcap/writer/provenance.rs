//! What a pcapng file says of where its frames come from. Knows no blocks.

/// The host and the program that write a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The program.
    pub application: String,
    /// The processor.
    pub hardware: Option<String>,
    /// The operating system.
    pub os: Option<String>,
    /// What the user has to say of the capture.
    pub comments: Vec<String>,
}

/// What is known of an interface.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InterfaceDescription {
    /// Its name.
    pub name: Option<String>,
    /// Bits a second.
    pub speed: Option<u64>,
    /// The expression that frames had to match.
    pub filter: Option<String>,
    /// The operating system of its host.
    pub os: Option<String>,
}

/// What was counted of an interface since the capture began, where it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InterfaceCounts {
    /// Frames that the interface gave to the capture.
    pub received: Option<u64>,
    /// Frames that the expression wants, those lost included.
    pub accepted: Option<u64>,
    /// Frames that the interface itself lost, before anybody could see them.
    pub interface_dropped: Option<u64>,
    /// Frames lost because the capture had no room for them.
    pub dropped: Option<u64>,
}

/// Tells what a pcapng file says besides its frames; it is asked when the file says it.
///
/// A function from the number of an interface, [`Frame::interface`](crate::packet::Frame::interface), to its name is the
/// simplest one.
pub trait Provenance: Send {
    /// Who writes the file.
    fn origin(&self) -> Origin {
        Origin::default()
    }

    /// What an interface is.
    fn describe(&mut self, interface: u32) -> InterfaceDescription;

    /// How many frames it has had.
    fn counts(&mut self, _interface: u32) -> InterfaceCounts {
        InterfaceCounts::default()
    }
}

impl Default for Origin {
    /// This program, and nothing else.
    fn default() -> Self {
        let application = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")).to_owned();
        Self { application, hardware: None, os: None, comments: Vec::new() }
    }
}

impl<F: FnMut(u32) -> Option<String> + Send> Provenance for F {
    fn describe(&mut self, interface: u32) -> InterfaceDescription {
        InterfaceDescription { name: self(interface), ..InterfaceDescription::default() }
    }
}
