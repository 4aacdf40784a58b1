//! What the kernel is given of an eBPF object: instructions, data and maps, relocations, symbols. Two builds that agree in
//! these are the same program, whatever the order of their tables.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result};
use object::{Object as _, ObjectSection as _, ObjectSymbol as _, RelocationTarget, SectionKind};

/// The parts of one object.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Contents {
    /// Bytes of each section with instructions, data or maps.
    sections: BTreeMap<String, Vec<u8>>,
    /// Section, offset and target of each relocation.
    relocations: BTreeSet<(String, u64, String)>,
    /// Section, address and size of each named program, map and word.
    symbols: BTreeMap<String, (String, u64, u64)>,
}

impl Contents {
    /// Reads them out of an ELF file.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self> {
        let file = object::File::parse(bytes).context("not a readable object file")?;
        let mut contents = Self::default();
        for section in file.sections() {
            if is_metadata(section.kind()) {
                continue;
            }
            let name = section.name()?.to_owned();
            for (offset, relocation) in section.relocations() {
                let target = target_of(&file, relocation.target())?;
                contents.relocations.insert((name.clone(), offset, target));
            }
            contents.sections.insert(name, section.data()?.to_vec());
        }
        for symbol in file.symbols().filter(|symbol| symbol.is_global() && symbol.is_definition()) {
            let place = (place_of(&file, &symbol)?, symbol.address(), symbol.size());
            contents.symbols.insert(symbol.name()?.to_owned(), place);
        }
        Ok(contents)
    }

    /// Names of the parts in which two objects differ.
    pub(super) fn differences(&self, other: &Self) -> Vec<String> {
        let names: BTreeSet<_> = self.sections.keys().chain(other.sections.keys()).collect();
        let mut found: Vec<String> = names
            .into_iter()
            .filter(|name| self.sections.get(*name) != other.sections.get(*name))
            .map(|name| format!("section `{name}`"))
            .collect();
        if self.relocations != other.relocations {
            found.push("relocations".to_owned());
        }
        if self.symbols != other.symbols {
            found.push("symbols".to_owned());
        }
        found
    }
}

/// Symbols, strings, relocations and the like: what describes the rest.
fn is_metadata(kind: SectionKind) -> bool {
    matches!(kind, SectionKind::Metadata | SectionKind::Debug | SectionKind::Other | SectionKind::Note)
}

/// What a relocation refers to. Local symbols have made-up names, so that their place stands for them.
fn target_of(file: &object::File<'_>, target: RelocationTarget) -> Result<String> {
    let RelocationTarget::Symbol(index) = target else { return Ok(format!("{target:?}")) };
    let symbol = file.symbol_by_index(index)?;
    if symbol.is_global() || symbol.is_undefined() {
        return Ok(symbol.name()?.to_owned());
    }
    Ok(format!("{}+{}", place_of(file, &symbol)?, symbol.address()))
}

fn place_of(file: &object::File<'_>, symbol: &object::Symbol<'_, '_>) -> Result<String> {
    let Some(index) = symbol.section_index() else { return Ok(String::new()) };
    Ok(file.section_by_index(index)?.name()?.to_owned())
}

#[cfg(test)]
mod tests {
    use object::write;
    use object::{Architecture, BinaryFormat, Endianness, SymbolFlags, SymbolKind, SymbolScope};

    use super::*;

    /// An object with one program of the given bytes and, before or behind it, a local symbol.
    fn object(code: &[u8], local: &str) -> Vec<u8> {
        let mut object = write::Object::new(BinaryFormat::Elf, Architecture::Bpf, Endianness::Little);
        let section = object.add_section(Vec::new(), b"socket".to_vec(), SectionKind::Text);
        let value = object.append_section_data(section, code, 8);
        for (name, scope) in [(local, SymbolScope::Compilation), ("ingress", SymbolScope::Dynamic)] {
            object.add_symbol(write::Symbol {
                name: name.as_bytes().to_vec(),
                value,
                size: code.len() as u64,
                kind: SymbolKind::Text,
                scope,
                weak: false,
                section: write::SymbolSection::Section(section),
                flags: SymbolFlags::None,
            });
        }
        object.write().unwrap()
    }

    #[track_caller]
    fn check(left: &[u8], right: &[u8], expected: &[&str]) {
        let (left, right) = (Contents::parse(left).unwrap(), Contents::parse(right).unwrap());
        assert_eq!(left.differences(&right), expected);
    }

    #[test]
    fn only_what_the_kernel_sees_makes_a_difference() {
        let exit = [0x95, 0, 0, 0, 0, 0, 0, 0];
        let zero = [0xb7, 0, 0, 0, 0, 0, 0, 0];
        check(&object(&exit, "anon.1"), &object(&exit, "anon.2"), &[]);
        check(&object(&exit, "anon.1"), &object(&zero, "anon.1"), &["section `socket`"]);
        let longer = [exit, exit].concat();
        check(&object(&exit, "anon.1"), &object(&longer, "anon.1"), &["section `socket`", "symbols"]);
    }
}
