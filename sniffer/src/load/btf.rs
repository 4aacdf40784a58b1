//! The running kernel's type information (BTF), as far as direct reads need it: where three members of `struct sk_buff`
//! lie, and the ids of two functions and one structure. Reads the types once, front to back, and keeps nothing else.
//!
//! The format is that of `Documentation/bpf/btf.rst`.

use std::{fs, io};

use sniffer_common::names;
use thiserror::Error;

use crate::filter::emit::{Access, DirectLayout};

/// The file in which the kernel describes itself.
const VMLINUX: &str = "/sys/kernel/btf/vmlinux";

/// What a program has to know of the running kernel to read packets in place. Offsets are as wide as instructions have
/// room for, and not negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SkbLayout {
    /// Byte offset of `len` in `struct sk_buff`.
    pub len: i16,
    /// Byte offset of `data_len` in `struct sk_buff`.
    pub data_len: i16,
    /// Byte offset of `data` in `struct sk_buff`.
    pub data: i16,
    /// The id of `struct file_handle`: 8 bytes, then a flexible array of bytes.
    pub flex_type: u32,
    /// The id of the function `bpf_cast_to_kern_ctx`.
    pub cast_context: u32,
    /// The id of the function `bpf_rdonly_cast`.
    pub readable: u32,
}

/// Why the layout is not known.
#[derive(Debug, Error)]
pub enum BtfError {
    /// There is no such file, or it cannot be read.
    #[error("cannot read {VMLINUX}")]
    Read(#[source] io::Error),
    /// The bytes are not BTF in this machine's byte order.
    #[error("{VMLINUX} is damaged at byte {0}")]
    Damaged(usize),
    /// The kernel has no such function, structure or member.
    #[error("this kernel has no {0}")]
    Missing(&'static str),
}

impl SkbLayout {
    /// The layout of the running kernel.
    ///
    /// # Errors
    /// When the kernel does not describe itself, or lacks one of the functions.
    pub fn of_running_kernel() -> Result<Self, BtfError> {
        Self::parse(&fs::read(VMLINUX).map_err(BtfError::Read)?)
    }

    /// The layout that `btf` describes.
    ///
    /// # Errors
    /// When the bytes are damaged or something is not in them.
    pub fn parse(btf: &[u8]) -> Result<Self, BtfError> {
        let mut found = Found::default();
        let types = Types::new(btf)?;
        let mut at = types.start;
        let mut id = 0;
        while at < types.end {
            id += 1;
            let entry = types.entry(at)?;
            found.note(&types, &entry, id)?;
            at = entry.end;
        }
        found.layout()
    }

    /// The same for the filter compiler.
    pub fn access(&self) -> Access {
        Access::Direct(DirectLayout {
            len: self.len,
            data_len: self.data_len,
            data: self.data,
            cast_to_kern_ctx: self.cast_context,
            rdonly_cast: self.readable,
            flex_struct: self.flex_type,
            flex_bias: FLEX_SIZE,
        })
    }
}

/// `BTF_MAGIC` of `uapi/linux/btf.h`.
const MAGIC: u16 = 0xeb9f;
const KIND_ARRAY: u32 = 3;
const KIND_STRUCT: u32 = 4;
const KIND_FUNC: u32 = 12;
/// `struct btf_type` and `struct btf_member` are of the same size.
const TYPE_SIZE: usize = 12;
const MEMBER_SIZE: usize = 12;

/// The names and types of one BTF file.
struct Types<'a> {
    bytes: &'a [u8],
    /// The type section, as positions in `bytes`.
    start: usize,
    end: usize,
    /// Where the names begin.
    strings: usize,
}

/// One type.
struct Entry {
    name: usize,
    kind: u32,
    /// How many members, where it has any.
    members: usize,
    /// Whether member offsets have the width of bit fields in their upper byte.
    has_bitfields: bool,
    /// Where what follows the common part begins, and where the next type does.
    tail: usize,
    end: usize,
}

impl<'a> Types<'a> {
    /// Reads `struct btf_header`.
    fn new(bytes: &'a [u8]) -> Result<Self, BtfError> {
        let types = Self { bytes, start: 0, end: 0, strings: 0 };
        if types.word(0)? as u16 != MAGIC {
            return Err(BtfError::Damaged(0));
        }
        let header = types.word(4)? as usize;
        let start = header + types.word(8)? as usize;
        let end = start + types.word(12)? as usize;
        let strings = header + types.word(16)? as usize;
        Ok(Self { bytes, start, end, strings })
    }

    fn word(&self, at: usize) -> Result<u32, BtfError> {
        let bytes = self.bytes.get(at..).and_then(<[u8]>::first_chunk).ok_or(BtfError::Damaged(at))?;
        Ok(u32::from_ne_bytes(*bytes))
    }

    fn entry(&self, at: usize) -> Result<Entry, BtfError> {
        let name = self.strings + self.word(at)? as usize;
        let info = self.word(at + 4)?;
        let (kind, count) = (info >> 24 & 0x1f, (info & 0xffff) as usize);
        let tail = at + TYPE_SIZE;
        let size = match kind {
            // Integers, variables and declaration tags have one word more.
            1 | 14 | 17 => 4,
            KIND_ARRAY => 12,
            // Structures, unions, sections of data and 64-bit enumerations.
            KIND_STRUCT | 5 | 15 | 19 => count * MEMBER_SIZE,
            // Enumerations and parameters.
            6 | 13 => count * 8,
            // Pointers, forward declarations, type definitions, qualifiers, functions, floats, type tags.
            2 | 7..=12 | 16 | 18 => 0,
            _ => return Err(BtfError::Damaged(at)),
        };
        Ok(Entry { name, kind, members: count, has_bitfields: info >> 31 != 0, tail, end: tail + size })
    }

    /// Whether the zero-terminated string at `at` is `name`.
    fn is_named(&self, at: usize, name: &str) -> bool {
        let Some(rest) = self.bytes.get(at..) else { return false };
        rest.strip_prefix(name.as_bytes()).is_some_and(|rest| rest.first() == Some(&0))
    }

    /// The byte offset of a member of a structure.
    fn member(&self, entry: &Entry, name: &'static str) -> Result<i16, BtfError> {
        for member in (entry.tail..entry.end).step_by(MEMBER_SIZE) {
            if self.is_named(self.strings + self.word(member)? as usize, name) {
                let bits = self.word(member + 8)?;
                let bytes = if entry.has_bitfields { bits & 0x00ff_ffff } else { bits } / 8;
                return i16::try_from(bytes).map_err(|_| BtfError::Damaged(member));
            }
        }
        Err(BtfError::Missing(name))
    }
}

/// What has been met so far.
#[derive(Default)]
struct Found {
    /// Offsets of `len`, `data_len` and `data`.
    skb: Option<[i16; 3]>,
    flex_type: Option<u32>,
    cast_context: Option<u32>,
    readable: Option<u32>,
}

const SK_BUFF: &str = "sk_buff";
const FLEX: &str = "file_handle";
/// The size of that structure without its flexible array.
const FLEX_SIZE: u8 = 8;

impl Found {
    #[inline]
    fn note(&mut self, types: &Types<'_>, entry: &Entry, id: u32) -> Result<(), BtfError> {
        let is_named = |name| types.is_named(entry.name, name);
        match entry.kind {
            KIND_STRUCT if entry.members == 0 => {}
            KIND_STRUCT if self.skb.is_none() && is_named(SK_BUFF) => {
                let offset = |name| types.member(entry, name);
                self.skb = Some([offset("len")?, offset("data_len")?, offset("data")?]);
            }
            KIND_STRUCT if self.flex_type.is_none() && is_named(FLEX) => self.flex_type = Some(id),
            KIND_FUNC if is_named(names::KFUNC_CAST_CONTEXT) => self.cast_context = Some(id),
            KIND_FUNC if is_named(names::KFUNC_READABLE) => self.readable = Some(id),
            _ => {}
        }
        Ok(())
    }

    fn layout(self) -> Result<SkbLayout, BtfError> {
        let [len, data_len, data] = self.skb.ok_or(BtfError::Missing(SK_BUFF))?;
        Ok(SkbLayout {
            len,
            data_len,
            data,
            flex_type: self.flex_type.ok_or(BtfError::Missing(FLEX))?,
            cast_context: self.cast_context.ok_or(BtfError::Missing(names::KFUNC_CAST_CONTEXT))?,
            readable: self.readable.ok_or(BtfError::Missing(names::KFUNC_READABLE))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    /// A BTF file made by hand.
    #[derive(Default)]
    struct Builder {
        types: Vec<u8>,
        strings: Vec<u8>,
    }

    impl Builder {
        fn name(&mut self, name: &str) -> u32 {
            let at = self.strings.len() as u32;
            self.strings.extend_from_slice(name.as_bytes());
            self.strings.push(0);
            at
        }

        /// A type, and the words behind its common part.
        fn entry(&mut self, name: &str, info: u32, tail: &[u32]) {
            let words = [&[self.name(name), info, 0], tail].concat();
            self.types.extend(words.into_iter().flat_map(u32::to_ne_bytes));
        }

        /// A structure of the given members, with their offsets in bits.
        fn structure(&mut self, name: &str, has_bitfields: bool, members: &[(&str, u32)]) {
            let tail: Vec<u32> =
                members.iter().flat_map(|(member, bits)| [self.name(member), 0, *bits]).collect();
            let info = u32::from(has_bitfields) << 31 | KIND_STRUCT << 24 | members.len() as u32;
            self.entry(name, info, &tail);
        }

        fn finish(&self) -> Vec<u8> {
            let (types, strings) = (self.types.len() as u32, self.strings.len() as u32);
            let header = [1 << 16 | u32::from(MAGIC), 24, 0, types, types, strings];
            let mut file: Vec<u8> = header.into_iter().flat_map(u32::to_ne_bytes).collect();
            file.extend_from_slice(&self.types);
            file.extend_from_slice(&self.strings);
            file
        }
    }

    /// One of every kind, so that the walk has to know each one's size, around what is looked for.
    fn example() -> Vec<u8> {
        let mut btf = Builder::default();
        btf.entry("int", 1 << 24, &[0]);
        btf.entry("", 2 << 24, &[]);
        btf.entry("", KIND_ARRAY << 24, &[0; 3]);
        btf.structure("sk_buff_list", false, &[("len", 8000)]);
        // Forward declarations and empty structures of the name are not what is looked for.
        btf.structure("sk_buff", false, &[]);
        btf.entry("sk_buff", 7 << 24, &[]);
        // A width of 3 bits stands above the offset.
        btf.structure(
            "sk_buff",
            true,
            &[("tail", 0), ("data", 1600), ("len", 896), ("data_len", (3 << 24) + 928)],
        );
        btf.entry("one", 5 << 24 | 1, &[0; 3]);
        btf.entry("few", 6 << 24 | 2, &[0; 4]);
        for kind in 8..=11 {
            btf.entry("alias", kind << 24, &[]);
        }
        btf.entry("bpf_cast_to_kern_ctx", KIND_FUNC << 24, &[]);
        btf.entry("prototype", 13 << 24 | 3, &[0; 6]);
        btf.entry("variable", 14 << 24, &[0]);
        btf.entry(".data", 15 << 24 | 2, &[0; 6]);
        btf.entry("float", 16 << 24, &[]);
        btf.entry("tag", 17 << 24, &[0]);
        btf.entry("tag", 18 << 24, &[]);
        btf.entry("wide", 19 << 24 | 1, &[0; 3]);
        btf.structure("file_handle", false, &[("f_handle", 64)]);
        btf.entry("bpf_rdonly_cast", KIND_FUNC << 24, &[]);
        btf.finish()
    }

    #[test]
    fn offsets_and_ids_are_found_among_types_of_every_kind() {
        let layout = SkbLayout::parse(&example()).unwrap();
        let expected =
            SkbLayout { len: 112, data_len: 116, data: 200, cast_context: 14, flex_type: 22, readable: 23 };
        assert_eq!(layout, expected);
    }

    #[test]
    fn files_cut_anywhere_are_errors() {
        let file = example();
        for length in 0..file.len() {
            assert!(SkbLayout::parse(&file[..length]).is_err(), "{length} of {} bytes", file.len());
        }
    }

    #[test]
    fn what_the_kernel_lacks_is_named() {
        let message = |file: &[u8]| SkbLayout::parse(file).unwrap_err().to_string();
        let mut btf = Builder::default();
        assert_eq!(message(&btf.finish()), "this kernel has no sk_buff");
        btf.structure("sk_buff", false, &[("len", 0), ("data", 32)]);
        assert_eq!(message(&btf.finish()), "this kernel has no data_len");
        let mut old_kernel = Builder::default();
        old_kernel.structure("sk_buff", false, &[("len", 0), ("data", 32), ("data_len", 64)]);
        old_kernel.structure("file_handle", false, &[("f_handle", 64)]);
        assert_eq!(message(&old_kernel.finish()), "this kernel has no bpf_cast_to_kern_ctx");
        assert_eq!(
            message(b"not BTF at all, but long enough to have a header"),
            format!("{VMLINUX} is damaged at byte 0")
        );
    }

    #[test]
    fn the_running_kernel_is_read_as_bpftool_reads_it() {
        let dump = Command::new("bpftool").args(["btf", "dump", "file", VMLINUX]).output();
        let Ok(dump) = dump.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()) else {
            eprintln!("skipped the comparison with bpftool: there is none");
            return;
        };
        let id = |text: &str| {
            let line = dump.lines().find(|line| line.contains(text))?;
            line.strip_prefix('[')?.split_once(']')?.0.parse::<u32>().ok()
        };
        let member = |name: &str| {
            let mut lines = dump.lines().skip_while(|line| !line.contains("STRUCT 'sk_buff' "));
            let line = lines.find(|line| line.trim_start().starts_with(&format!("'{name}' ")))?;
            Some(line.rsplit_once("bits_offset=")?.1.parse::<i16>().ok()? / 8)
        };
        let expected = (|| {
            Some(SkbLayout {
                len: member("len")?,
                data_len: member("data_len")?,
                data: member("data")?,
                flex_type: id("STRUCT 'file_handle' ")?,
                cast_context: id("FUNC 'bpf_cast_to_kern_ctx' ")?,
                readable: id("FUNC 'bpf_rdonly_cast' ")?,
            })
        })();
        assert_eq!(SkbLayout::of_running_kernel().ok(), expected);
    }
}
