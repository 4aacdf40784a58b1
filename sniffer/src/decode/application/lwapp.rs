//! LWAPP, RFC 5412: what access points and their controllers say to each other.

use crate::decode::walk::{Next, View};
use crate::decode::{Application, Payload};

/// A frame of LWAPP.
#[derive(Clone, Copy, Debug)]
pub struct Lwapp<'a> {
    application: Application,
    whole: Payload<'a>,
}

impl<'a> Lwapp<'a> {
    /// Bytes of the header behind the access point's address.
    pub const HEADER_LEN: usize = 6;
    /// Bytes of the access point's address.
    pub const ADDRESS_LEN: usize = 6;

    /// The frame at the start of `at`, of which anything may be missing.
    pub fn new(at: Payload<'a>, application: Application) -> Self {
        Self { application, whole: at }
    }

    /// Whether the frame is on its way to a controller, from one, or data: by its ports.
    pub fn application(&self) -> Application {
        self.application
    }

    /// The access point, in a frame to a controller.
    pub fn access_point(&self) -> Option<[u8; 6]> {
        (self.application == Application::LwappToController).then(|| self.whole.get(0))?
    }

    /// The header behind the access point's address.
    pub fn header(&self) -> Payload<'a> {
        match self.application {
            Application::LwappToController => self.whole.skip(Self::ADDRESS_LEN),
            _ => self.whole,
        }
    }

    /// The version, 0.
    pub fn version(&self) -> Option<u8> {
        self.first().map(|first| first >> 6)
    }

    /// The radio.
    pub fn radio(&self) -> Option<u8> {
        self.first().map(|first| first >> 3 & 0x07)
    }

    /// Flags: 4 control, 2 fragment, 1 last fragment.
    pub fn flags(&self) -> Option<u8> {
        self.first().map(|first| first & 0x07)
    }

    /// Which frame a fragment is of.
    pub fn fragment(&self) -> Option<u8> {
        self.header().get(1)
    }

    /// Bytes behind the header.
    pub fn length(&self) -> Option<u16> {
        self.header().get(2)
    }

    /// Bytes of the frame from its first byte on.
    pub fn whole(&self) -> Payload<'a> {
        self.whole
    }

    fn first(&self) -> Option<u8> {
        self.header().get(0)
    }
}

impl<'a> View<'a> for Lwapp<'a> {
    fn next(&self) -> (Next, Payload<'a>) {
        (Next::END, self.whole)
    }
}
