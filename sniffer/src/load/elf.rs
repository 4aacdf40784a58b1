//! ELF files of eBPF programs: the prebuilt object made ready for the running kernel, and an object around generated
//! instructions. Knows neither aya nor what the programs do.

use object::read::elf::{FileHeader as _, Rel as _, SectionHeader as _, SectionTable, Sym as _, SymbolTable};
use object::{
    Architecture, BinaryFormat, Endianness, LittleEndian, SymbolFlags, SymbolKind, SymbolScope, elf, read,
    write,
};
use thiserror::Error;

type Header = elf::FileHeader64<LittleEndian>;

/// The section that aya takes socket filters from.
const SECTION: &[u8] = b"socket";

/// Why an object file could not be made ready.
#[derive(Debug, Error)]
pub enum ElfError {
    /// It is not the ELF file that was expected.
    #[error("it is not a readable ELF file")]
    Read(#[from] read::Error),
    /// An object could not be written.
    #[error("an ELF file could not be written")]
    Write(#[from] write::Error),
    /// A configuration word is not in the object.
    #[error("it has no word `{0}`")]
    NoWord(String),
}

/// A word of `.rodata` and its value. Words narrower than 32 bits take the lower bits.
pub(super) type Word = (&'static str, u32);

/// A function of the kernel and its BTF id; none for a function that the kernel does not have.
pub(super) type Function = (&'static str, Option<u32>);

/// The object with its configuration words set and its calls of kernel functions resolved.
///
/// Compilers mark such calls as calls between programs with an undefined symbol, which aya cannot resolve: each becomes
/// the kernel's own form (`BPF_PSEUDO_KFUNC_CALL`), or `r0 = 0` where the function does not exist. Such a program must
/// not be loaded.
pub(super) fn prepare(object: &[u8], words: &[Word], functions: &[Function]) -> Result<Vec<u8>, ElfError> {
    let header = Header::parse(object)?;
    let sections = header.sections(LittleEndian, object)?;
    let symbols = sections.symbols(LittleEndian, object, elf::SHT_SYMTAB)?;
    let mut patches = Vec::new();
    for word in words {
        patches.push(word_patch(&sections, &symbols, *word)?);
    }
    for section in sections.iter() {
        if let Some((relocations, _)) = section.rel(LittleEndian, object)? {
            let code = sections.section(section.info_link(LittleEndian))?.sh_offset(LittleEndian);
            let table = section.sh_offset(LittleEndian);
            for (relocation, entry) in
                relocations.iter().zip((table..).step_by(size_of::<elf::Rel64<LittleEndian>>()))
            {
                let Some(index) = relocation.symbol(LittleEndian) else { continue };
                let name = symbols.symbol_name(LittleEndian, symbols.symbol(index)?)?;
                if let Some((_, id)) = functions.iter().find(|(function, _)| function.as_bytes() == name) {
                    patches.push((code + relocation.r_offset(LittleEndian), call(*id).to_vec()));
                    patches.push((entry, NOWHERE.to_le_bytes().to_vec()));
                }
            }
        }
    }
    Ok(apply(object, patches))
}

/// An offset beyond every section: a relocation there is one that nobody looks up.
const NOWHERE: u64 = 0x7fff_fff8;

/// A call of a kernel function, or what stands for a missing one.
fn call(btf_id: Option<u32>) -> [u8; 8] {
    let mut insn = [0; 8];
    match btf_id {
        Some(id) => {
            insn[..2].copy_from_slice(&[0x85, 0x20]);
            insn[4..].copy_from_slice(&id.to_le_bytes());
        }
        None => insn[0] = 0xb7,
    }
    insn
}

/// Bytes to write and where in the file.
type Patch = (u64, Vec<u8>);

fn word_patch(
    sections: &SectionTable<'_, Header>,
    symbols: &SymbolTable<'_, Header>,
    (name, value): Word,
) -> Result<Patch, ElfError> {
    let missing = || ElfError::NoWord(name.to_owned());
    let (index, symbol) = symbols
        .enumerate()
        .find(|(_, symbol)| {
            symbols.symbol_name(LittleEndian, symbol).is_ok_and(|known| known == name.as_bytes())
        })
        .ok_or_else(missing)?;
    let section = symbols.symbol_section(LittleEndian, symbol, index)?.ok_or_else(missing)?;
    let place = sections.section(section)?.sh_offset(LittleEndian) + symbol.st_value(LittleEndian);
    let size = symbol.st_size(LittleEndian) as usize;
    let bytes = value.to_le_bytes().get(..size).ok_or_else(missing)?.to_vec();
    Ok((place, bytes))
}

fn apply(object: &[u8], patches: Vec<Patch>) -> Vec<u8> {
    let mut object = object.to_vec();
    for (place, bytes) in patches {
        if let Some(target) = object.get_mut(place as usize..).and_then(|rest| rest.get_mut(..bytes.len())) {
            target.copy_from_slice(&bytes);
        }
    }
    object
}

/// An object of one socket filter. It has no licence section; aya then says GPL, which kernel functions need.
pub(super) fn wrap(name: &str, code: &[u8]) -> Result<Vec<u8>, ElfError> {
    let mut object = write::Object::new(BinaryFormat::Elf, Architecture::Bpf, Endianness::Little);
    let section = object.add_section(Vec::new(), SECTION.to_vec(), object::SectionKind::Text);
    let value = object.append_section_data(section, code, 8);
    object.add_symbol(write::Symbol {
        name: name.as_bytes().to_vec(),
        value,
        size: code.len() as u64,
        kind: SymbolKind::Text,
        scope: SymbolScope::Dynamic,
        weak: false,
        section: write::SymbolSection::Section(section),
        flags: SymbolFlags::None,
    });
    Ok(object.write()?)
}
