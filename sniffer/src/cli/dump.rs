//! `-d` and `--explain`: what the expression compiles to, or means, instead of a capture.

use anyhow::Context as _;
use sniffer::bpf::{CArray, Decimal};
use sniffer::capture::MAX_SNAPLEN;
use sniffer::filter;
use sniffer::filter::emit::{Access, OnMatch, Program, Target};
use sniffer::load::{KernelPath, SkbLayout};
use sniffer::packet::LinkType;
use sniffer::pcap::{OsError, Reader};
use sniffer::sink;

use super::netns::Namespace;
use super::plan::{Plan, Show, Source};
use super::{input, interfaces};

/// Shows the plan's expression. Needs no privilege; without an interface or a savefile it is that for live Ethernet.
pub(crate) fn show(plan: &Plan, form: Show) -> anyhow::Result<()> {
    let options = options(plan)?;
    let shown = match form {
        Show::Explanation => filter::explain(&plan.expression, &options, &plan.sets)?.to_string(),
        Show::Assembly => program(plan, options)?.to_string(),
        Show::CArray => CArray(&program(plan, options)?.insns).to_string(),
        Show::Decimal => Decimal(&program(plan, options)?.insns).to_string(),
    };
    Ok(sink::print(&shown)?)
}

fn program(plan: &Plan, options: filter::Options) -> anyhow::Result<Program> {
    let filter = filter::compile(&plan.expression, &options, &plan.sets)?;
    plan.check_sense([&filter])?;
    let target = Target { access: access(&plan.source)?, on_match: OnMatch::Return(MAX_SNAPLEN) };
    Ok(plan.emit(&filter, &target)?)
}

fn options(plan: &Plan) -> anyhow::Result<filter::Options> {
    let (link_type, live, netmask) = match &plan.source {
        Source::Live(live) => match live.interfaces.first() {
            Some(name) => {
                let namespace = Namespace::open(live.netns.as_deref())?;
                let interface = namespace.run(|| interfaces::find(name, live.link_type))??;
                (interface.link_type, true, interface.netmask)
            }
            // As in tcpdump, which asks no interface either.
            None => (live.link_type.unwrap_or(LinkType::ETHERNET), true, Some([0; 4].into())),
        },
        Source::Files(paths) => {
            let path = paths.first().context("a savefile")?;
            let name = || path.display().to_string();
            let file = input::open(path).map_err(OsError).with_context(name)?;
            let reader =
                input::unpacked(file).and_then(|unpacked| Reader::new(unpacked.bytes)).with_context(name)?;
            (reader.link_type(), false, Some([0; 4].into()))
        }
    };
    Ok(filter::Options { link_type, live, netmask, see_through: plan.see_through.is_some() })
}

/// The way to read packets that a capture would take on this kernel, if the process may take it.
fn access(source: &Source) -> anyhow::Result<Access> {
    let path = match source {
        Source::Live(live) => live.path,
        Source::Files(_) => None,
    };
    Ok(match path {
        Some(KernelPath::Compat) => Access::Compat,
        Some(KernelPath::Direct) => SkbLayout::of_running_kernel()?.access(),
        None => SkbLayout::of_running_kernel().map_or(Access::Compat, |layout| layout.access()),
    })
}
