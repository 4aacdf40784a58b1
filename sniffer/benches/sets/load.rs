//! From the text of a file with a million entries to a program that the kernel has loaded, step by step.

use std::sync::Arc;
use std::time::Instant;

use anyhow::Result;
use sniffer::filter::emit::{Access, MapImage, OnMatch, Target};
use sniffer::filter::{Entries, NoNames, Options, Resolve, SetKind, compile};
use sniffer::load::{SkbLayout, Standalone};
use sniffer::packet::LinkType;

use super::report::{Figures, Table};
use super::sets::{Elements, Random};

const ENTRIES: usize = 1_000_000;

const ROUNDS: usize = 5;

/// One set, `@set`.
struct OneSet(Arc<Entries>);

impl Resolve for OneSet {
    fn set(&self, _name: &str, _kind: SetKind) -> Result<Option<Arc<Entries>>, String> {
        Ok(Some(Arc::clone(&self.0)))
    }
}

/// Measures and tabulates.
pub(super) fn measure() -> Result<String> {
    let mut table = Table::new(&[
        "a million",
        "read, ms",
        "compile and make maps, ms",
        "load, ms",
        "all, ms",
        "maps, MiB",
    ]);
    for elements in [Elements::Prefixes, Elements::Prefixes6, Elements::Macs] {
        let mut random = Random(3);
        let line = |random: &mut Random| {
            let key = elements.key(random);
            elements.entry(&key, random) + "\n"
        };
        let text: String = (0..ENTRIES).map(|_| line(&mut random)).collect();
        let mut steps: [Figures; 4] = Default::default();
        let mut size = 0;
        for _ in 0..ROUNDS {
            let start = Instant::now();
            let entries = Entries::parse(&text, elements.kind(), &NoNames)?;
            let read = start.elapsed();
            let options =
                Options { link_type: LinkType::ETHERNET, live: true, netmask: None, see_through: false };
            let filter = compile(elements.expression(), &options, &OneSet(Arc::new(entries)))?;
            let access = SkbLayout::of_running_kernel().map_or(Access::Compat, |layout| layout.access());
            let program = filter.emit(&Target { access, on_match: OnMatch::Return(1) })?;
            let compiled = start.elapsed();
            let _loaded = Standalone::load_program(&program)?;
            let loaded = start.elapsed();
            size = program.maps.iter().map(MapImage::size).sum::<u64>() >> 20;
            let [read, compiled, loaded] = [read, compiled, loaded].map(|time| time.as_secs_f64() * 1e3);
            for (figures, time) in steps.iter_mut().zip([read, compiled - read, loaded - compiled, loaded]) {
                figures.push(time);
            }
        }
        let figures = steps.iter().map(|figures| format!("{:.0}", figures.median()));
        table.row([elements.name().to_owned()].into_iter().chain(figures).chain([size.to_string()]));
    }
    Ok(format!("From the text of a file to a loaded program, the median of {ROUNDS} rounds.\n\n{table}"))
}
