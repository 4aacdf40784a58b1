//! ELF files of eBPF programs: the prebuilt object made ready for the running kernel, and an object around generated
//! instructions. Knows neither aya nor what the programs do.

use object::read::elf::{FileHeader as _, Rel as _, SectionHeader as _, SectionTable, Sym as _, SymbolTable};
use object::{
    Architecture, BinaryFormat, Endianness, LittleEndian, SymbolFlags, SymbolKind, SymbolScope, elf, read,
    write,
};
use thiserror::Error;

use super::code::{self, Code};

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
///
/// Reading a word costs an address and a load. Where the code allows it both become the value itself.
pub(super) fn prepare(object: &[u8], words: &[Word], functions: &[Function]) -> Result<Vec<u8>, ElfError> {
    let header = Header::parse(object)?;
    let sections = header.sections(LittleEndian, object)?;
    let symbols = sections.symbols(LittleEndian, object, elf::SHT_SYMTAB)?;
    let mut patches = Vec::new();
    for word in words {
        patches.push(word_patch(&sections, &symbols, *word)?);
    }
    for section in sections.iter() {
        let Some((relocations, _)) = section.rel(LittleEndian, object)? else { continue };
        let target = sections.section(section.info_link(LittleEndian))?;
        let code = Code::new(target.data(LittleEndian, object)?);
        let base = target.sh_offset(LittleEndian);
        let entries = (section.sh_offset(LittleEndian)..).step_by(size_of::<elf::Rel64<LittleEndian>>());
        for (relocation, entry) in relocations.iter().zip(entries) {
            let Some(index) = relocation.symbol(LittleEndian) else { continue };
            let name = symbols.symbol_name(LittleEndian, symbols.symbol(index)?)?;
            let at = relocation.r_offset(LittleEndian);
            let replacement = if let Some((_, id)) = find(functions, name) {
                Some(code::call(*id).to_vec())
            } else if let Some((_, value)) = find(words, name) {
                code.constant(at, *value)
            } else {
                None
            };
            if let Some(insns) = replacement {
                patches.push((base + at, insns));
                patches.push((entry, NOWHERE.to_le_bytes().to_vec()));
            }
        }
    }
    Ok(apply(object, patches))
}

/// The entry of a table by name.
fn find<'a, T>(table: &'a [(&'static str, T)], name: &[u8]) -> Option<&'a (&'static str, T)> {
    table.iter().find(|(known, _)| known.as_bytes() == name)
}

/// An offset beyond every section: a relocation there is one that nobody looks up.
const NOWHERE: u64 = 0x7fff_fff8;

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

#[cfg(test)]
mod tests {
    use object::{Object as _, ObjectSection as _, ObjectSymbol as _};

    use super::super::object::OBJECT;
    use super::*;

    const FUNCTIONS: [&str; 2] = ["bpf_cast_to_kern_ctx", "bpf_rdonly_cast"];

    fn prepared(words: &[Word], ids: [Option<u32>; 2]) -> Vec<u8> {
        let functions = [(FUNCTIONS[0], ids[0]), (FUNCTIONS[1], ids[1])];
        prepare(OBJECT, words, &functions).unwrap()
    }

    /// The instructions of all programs.
    fn code(object: &[u8]) -> Vec<[u8; 8]> {
        let file = object::File::parse(object).unwrap();
        let section = file.section_by_name("socket").unwrap();
        section.data().unwrap().as_chunks().0.to_vec()
    }

    fn count(code: &[[u8; 8]], insn: [u8; 8]) -> usize {
        code.iter().filter(|&&other| other == insn).count()
    }

    #[test]
    fn words_are_set_and_nothing_else_changes() {
        let object = prepared(&[("SNAPLEN", 0x0102_0304), ("AYA_LOG_LEVEL", 3)], [None, None]);
        let file = object::File::parse(&object[..]).unwrap();
        for (name, expected) in
            [("SNAPLEN", &[4, 3, 2, 1][..]), ("AYA_LOG_LEVEL", &[3]), ("LINK_HEADER", &[0; 4])]
        {
            let symbol = file.symbol_by_name(name).unwrap();
            let section = file.section_by_index(symbol.section_index().unwrap()).unwrap();
            let at = symbol.address() as usize;
            assert_eq!(section.data().unwrap()[at..][..symbol.size() as usize], *expected, "{name}");
        }
        let error = prepare(OBJECT, &[("NO_SUCH_WORD", 1)], &[]).unwrap_err();
        assert_eq!(error.to_string(), "it has no word `NO_SUCH_WORD`");
    }

    #[test]
    fn calls_of_kernel_functions_get_their_ids() {
        let unresolved = [0x85, 0x10, 0, 0, 0xff, 0xff, 0xff, 0xff];
        let before = code(OBJECT);
        let calls = count(&before, unresolved);

        let after = code(&prepared(&[], [Some(0x0102_0304), Some(7)]));
        let casts = count(&after, [0x85, 0x20, 0, 0, 4, 3, 2, 1]);
        let reads = count(&after, [0x85, 0x20, 0, 0, 7, 0, 0, 0]);
        assert!(casts > 0 && reads > 0, "both functions are called: {casts}, {reads}");
        assert_eq!(casts + reads, calls);
        let changed = before.iter().zip(&after).filter(|(before, after)| before != after).count();
        assert_eq!((before.len(), changed), (after.len(), calls));

        // r0 = 0 stands for a function that does not exist.
        let without = code(&prepared(&[], [None, None]));
        let zero = [0xb7, 0, 0, 0, 0, 0, 0, 0];
        assert_eq!(count(&without, zero), count(&before, zero) + calls);
    }

    #[test]
    fn no_relocation_is_left_that_aya_would_fail_on() {
        let object = prepared(&[], [Some(1), Some(2)]);
        let mut parsed = aya_obj::Object::parse(&object).unwrap();
        let sections = parsed.functions.keys().map(|(section, _)| *section).collect();
        parsed.relocate_calls(&sections).unwrap();
    }

    #[test]
    fn a_wrapped_program_is_read_back_as_it_was() {
        let insns = [[0xb7, 0, 0, 0, 9, 0, 0, 0], [0x95, 0, 0, 0, 0, 0, 0, 0]];
        let object = wrap("filter", insns.as_flattened()).unwrap();
        let parsed = aya_obj::Object::parse(&object).unwrap();
        let program = &parsed.programs["filter"];
        assert!(matches!(program.section, aya_obj::ProgramSection::SocketFilter));
        assert_eq!(program.license.to_bytes(), b"GPL");
        assert_eq!(parsed.functions[&program.function_key()].instructions.len(), insns.len());
        assert_eq!(code(&object), insns);
    }
}
