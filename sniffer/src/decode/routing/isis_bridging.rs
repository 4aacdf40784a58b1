//! What IS-IS says for shortest path bridging, IEEE 802.1aq: configurations of spanning trees, and a bridge with its trees.

use crate::decode::Payload;

/// The configuration of spanning trees that a bridge has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IsisConfiguration<'a> {
    /// The form of what follows: 0.
    pub form: u8,
    /// A name, with zeros behind.
    pub name: Payload<'a>,
    /// A number for changes.
    pub revision: u16,
    /// A digest of the table from VLANs to trees.
    pub digest: [u8; 16],
}

impl<'a> IsisConfiguration<'a> {
    const NAME_LEN: usize = 32;

    /// The configuration at the start of `at`, and steps over it.
    pub fn read(at: &mut Payload<'a>) -> Option<Self> {
        let form = at.read()?;
        let name = at.with_claim(Self::NAME_LEN as u32);
        *at = at.skip(Self::NAME_LEN);
        Some(Self { form, name, revision: at.read()?, digest: at.read()? })
    }
}

/// A bridge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IsisBridge {
    /// The root of the tree that all bridges share.
    pub root: [u8; 8],
    /// The cost of the way to it.
    pub cost: [u8; 4],
    /// The bridge's wish to be the root.
    pub priority: u16,
    /// Reserved bits, one that tells whether VLANs are this bridge's own, and 20 bits that name it as a source.
    pub source: u32,
    /// How many trees follow.
    pub trees: u8,
}

impl IsisBridge {
    /// The bridge at the start of `at`, and steps over it.
    pub fn read(at: &mut Payload<'_>) -> Option<Self> {
        let (root, cost, priority) = (at.read()?, at.read()?, at.read()?);
        Some(Self { root, cost, priority, source: at.read()?, trees: at.read()? })
    }
}

/// A tree of a bridge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IsisTree {
    /// Flags: 0x80 in use, 0x40 by addresses, 0x20 of the bridge's own choice.
    pub flags: u8,
    /// The algorithm that makes the tree.
    pub algorithm: [u8; 4],
    /// The VLAN of the tree, and that of the bridge in it, with 12 bits each.
    pub vlans: [u8; 3],
}

impl IsisTree {
    /// The tree at the start of `at`, and steps over it.
    pub fn read(at: &mut Payload<'_>) -> Option<Self> {
        at.get::<[u8; 8]>(0)?;
        Some(Self { flags: at.read()?, algorithm: at.read()?, vlans: at.read()? })
    }
}
