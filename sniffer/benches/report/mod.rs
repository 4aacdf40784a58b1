//! What every benchmark needs: figures of repeated rounds, a Markdown table, and its place in `docs/benchmarks.md`.

mod figures;
mod machine;
mod page;
mod table;

pub(crate) use figures::Figures;
pub(crate) use page::publish;
pub(crate) use table::Table;
