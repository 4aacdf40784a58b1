//! The stages of sniffer that run in the kernel: socket filters on an `AF_PACKET` socket, chained by tail calls.
//!
//! Everything on a frame's way is inlined into its entry point: a call would cost as much as counting, and kernels for
//! some processors refuse programs that mix calls with tail calls.
#![no_std]
#![no_main]
// Rust has no atomic addition for this machine.
#![feature(asm_experimental_arch)]

mod access;
mod classify;
mod config;
mod count;
mod flow;
mod headers;
mod layers;
mod log;
mod maps;
mod reduce;
mod stages;
mod tally;

use aya_ebpf::{macros::socket_filter, programs::SkBuffContext};

use crate::access::{Frame, Linear};
use crate::classify::{Compat, Direct};

/// The attached program where kernel functions let it read the packet in place.
#[socket_filter]
pub(crate) fn ingress_direct(context: SkBuffContext) -> i64 {
    stages::ingress::<Direct>(&Frame::new(context))
}

/// The attached program everywhere else: the headers are copied.
#[socket_filter]
pub(crate) fn ingress_compat(context: SkBuffContext) -> i64 {
    stages::ingress::<Compat>(&Frame::new(context))
}

/// The stage of frames that do not show their classes in the first bytes.
#[socket_filter]
pub(crate) fn walk(context: SkBuffContext) -> i64 {
    stages::walk(&Frame::new(context))
}

/// The last stage: only frames that the filter wants get here.
#[socket_filter]
pub(crate) fn accept(context: SkBuffContext) -> i64 {
    stages::accept(&Frame::new(context))
}

/// The last stage of captures that want only a part of the matched frames.
#[socket_filter]
pub(crate) fn reduce(context: SkBuffContext) -> i64 {
    stages::reduce(&Frame::new(context))
}

/// The last stage of captures that only count.
#[socket_filter]
pub(crate) fn tally(context: SkBuffContext) -> i64 {
    stages::tally(&Frame::new(context))
}

/// The stage that writes the layers of a frame down, where it can read them in place.
#[socket_filter]
#[inline(always)]
pub(crate) fn layers_direct(context: SkBuffContext) -> i64 {
    layers::walk(Linear::of(&Frame::new(context)))
}

/// The same everywhere else.
#[socket_filter]
#[inline(always)]
pub(crate) fn layers_compat(context: SkBuffContext) -> i64 {
    layers::walk(&Frame::new(context))
}

/// The stage of frames with a fragment among their layers.
#[socket_filter]
pub(crate) fn fragments(context: SkBuffContext) -> i64 {
    layers::fragments(&Frame::new(context))
}

/// The stage between the filter and the last one, when frames are seen through.
#[socket_filter]
pub(crate) fn remember(context: SkBuffContext) -> i64 {
    layers::remember(&Frame::new(context))
}

/// The stage that writes lines for the log; loaded only when there is one.
#[socket_filter]
pub(crate) fn report(context: SkBuffContext) -> i64 {
    stages::report(&Frame::new(context))
}

#[panic_handler]
fn panic(_info: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

/// The licence that the kernel reads: the functions of direct reads are for GPL-compatible programs.
#[unsafe(link_section = "license")]
#[unsafe(no_mangle)]
static LICENSE: [u8; 13] = *b"Dual MIT/GPL\0";
