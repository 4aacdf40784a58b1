//! The maps of generated programs: made, filled, and named in the instructions.

use std::os::fd::{AsFd as _, AsRawFd as _};

use aya::maps::{MapData, MapError};
use aya_obj::generated::bpf_map_type::BPF_MAP_TYPE_ARRAY;

use super::error::Error;
use crate::bpf::Insn;
use crate::filter::emit::{MapImage, Program};
use crate::sys::array_map;

/// The name of these maps, as `bpftool map` shows it.
const NAME: &str = "set";

/// `BPF_F_MMAPABLE` of `include/uapi/linux/bpf.h`.
const MAPPABLE: u32 = 1 << 10;

/// A program's instructions with its maps, which live as long as this or a program that was loaded with them.
pub(super) struct Bound {
    pub(super) insns: Vec<Insn>,
    _maps: Vec<MapData>,
}

impl Bound {
    /// Makes the maps of a program.
    pub(super) fn new(program: &Program) -> Result<Self, Error> {
        let maps = program.maps.iter().map(make).collect::<Result<Vec<_>, _>>()?;
        let fds: Vec<_> = maps.iter().map(|map| map.fd().as_fd().as_raw_fd()).collect();
        Ok(Self { insns: program.with_maps(&fds), _maps: maps })
    }
}

/// A map with the contents of an image.
fn make(image: &MapImage) -> Result<MapData, Error> {
    let value_size = size_of::<u64>() * image.value_words;
    let definition = aya_obj::Map::new_from_params(
        BPF_MAP_TYPE_ARRAY as u32,
        size_of::<u32>() as u32,
        value_size as u32,
        image.len() as u32,
        MAPPABLE,
    );
    let map = MapData::create(definition, NAME, None).map_err(Error::map(NAME))?;
    array_map::fill(map.fd().as_fd(), &image.words)
        .map_err(|error| Error::map(NAME)(MapError::IoError(error)))?;
    Ok(map)
}
