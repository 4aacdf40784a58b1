//! The only module with `unsafe`: packet bytes, the context, map values, tail calls. Gives the rest of the crate safe
//! words for them and knows no protocol.

use core::{arch::asm, mem::MaybeUninit, ptr};

use aya_ebpf::{
    EbpfContext as _,
    bindings::{BPF_EXIST, BPF_NOEXIST},
    cty::c_void,
    helpers::{bpf_get_prandom_u32, bpf_ktime_get_ns, bpf_skb_load_bytes},
    maps::{Array, LruHashMap, LruPerCpuHashMap, PerCpuArray},
    programs::SkBuffContext,
};
use sniffer_common::layers::{FragmentKey, Layer};
use sniffer_common::{Flow, Note, Slot, Traffic};

use crate::{config, maps};

/// `PACKET_OUTGOING` of `linux/if_packet.h`.
const PACKET_OUTGOING: u32 = 4;

/// `EEXIST` of `errno.h`: what the kernel says, negated, of an entry that is not to be there and is.
pub(crate) const EXISTS: i32 = 17;

/// The frame that the program runs on.
pub(crate) struct Frame {
    context: SkBuffContext,
}

impl Frame {
    #[inline(always)]
    pub(crate) fn new(context: SkBuffContext) -> Self {
        Self { context }
    }

    /// The context, for the log macros.
    #[inline(always)]
    pub(crate) fn context(&self) -> &SkBuffContext {
        &self.context
    }

    /// The length on the wire in bytes.
    #[inline(always)]
    pub(crate) fn len(&self) -> u32 {
        self.context.len()
    }

    /// The index of the interface.
    #[inline(always)]
    pub(crate) fn ifindex(&self) -> u32 {
        // SAFETY: the context is valid while the program runs.
        unsafe { (*self.context.skb.skb).ifindex }
    }

    /// Whether this host sent the frame.
    #[inline(always)]
    pub(crate) fn is_outgoing(&self) -> bool {
        // SAFETY: the context is valid while the program runs.
        unsafe { (*self.context.skb.skb).pkt_type == PACKET_OUTGOING }
    }

    /// Whether a VLAN tag was taken out of the bytes.
    #[inline(always)]
    pub(crate) fn has_vlan_metadata(&self) -> bool {
        // SAFETY: the context is valid while the program runs.
        unsafe { (*self.context.skb.skb).vlan_present != 0 }
    }

    /// The Ethertype that the kernel took the frame for, in host byte order.
    #[inline(always)]
    pub(crate) fn protocol(&self) -> u16 {
        u16::from_be(self.context.skb.protocol() as u16)
    }

    /// What this stage or an earlier one has noted. The compiler must not know what that is: to the verifier it is an unknown
    /// number then, whichever way the program has taken.
    #[inline(always)]
    pub(crate) fn note(&self, note: Note) -> u32 {
        // SAFETY: the context is valid while the program runs.
        let place = unsafe { &raw const (*self.context.skb.skb).cb[note as usize] };
        // SAFETY: the place is within the context.
        unsafe { ptr::read_volatile(place) }
    }

    /// Notes something for the stages behind this one.
    #[inline(always)]
    pub(crate) fn set_note(&self, note: Note, value: u32) {
        // SAFETY: the context is valid while the program runs, and `cb` is there to be written.
        unsafe { (*self.context.skb.skb).cb[note as usize] = value }
    }

    /// The word of a layer, as [`Frame::note`] gives those of stages.
    #[inline(always)]
    pub(crate) fn layer(&self, layer: usize) -> Layer {
        // SAFETY: the context is valid while the program runs.
        let place = unsafe { &raw const (*self.context.skb.skb).cb[Note::LAYERS + layer] };
        // SAFETY: the place is within the context.
        Layer(unsafe { ptr::read_volatile(place) })
    }

    /// Changes the word of a layer. The compiler must not make one call of several changes.
    #[inline(always)]
    pub(crate) fn set_layer(&self, layer: usize, word: Layer) {
        // SAFETY: the context is valid while the program runs.
        let place = unsafe { &raw mut (*self.context.skb.skb).cb[Note::LAYERS + layer] };
        // SAFETY: the place is within the context, and `cb` is there to be written.
        unsafe { ptr::write_volatile(place, word.0) }
    }

    /// The byte at `at`, None beyond the end.
    #[inline(always)]
    pub(crate) fn byte(&self, at: u32) -> Option<u8> {
        self.load::<u8>(at)
    }

    /// The two bytes at `at` in network order, None beyond the end.
    #[inline(always)]
    pub(crate) fn half(&self, at: u32) -> Option<u16> {
        self.load::<u16>(at).map(u16::from_be)
    }

    /// Words of four bytes from `at` on in network order, None when one of them is beyond the end.
    #[inline(always)]
    pub(crate) fn words<const N: usize>(&self, at: u32) -> Option<[u32; N]> {
        self.load::<[u32; N]>(at).map(|words| words.map(u32::from_be))
    }

    /// Words of eight bytes from `at` on in network order, None when one of them is beyond the end.
    #[inline(always)]
    pub(crate) fn double_words<const N: usize>(&self, at: u32) -> Option<[u64; N]> {
        self.load::<[u64; N]>(at).map(|words| words.map(u64::from_be))
    }

    /// Copies integers in network order out of the packet, linear or not.
    #[inline(always)]
    pub(crate) fn load<T: Integer>(&self, at: u32) -> Option<T> {
        let mut value = Alone(MaybeUninit::<T>::uninit());
        let size = size_of::<T>() as u32;
        // SAFETY: the buffer has that size.
        let error = unsafe {
            bpf_skb_load_bytes(self.context.as_ptr(), at, value.0.as_mut_ptr().cast::<c_void>(), size)
        };
        // SAFETY: the helper has filled the buffer when it returns 0, and every pattern of bits is an integer.
        (error == 0).then(|| unsafe { value.0.assume_init() })
    }
}

/// A value that has its eight bytes of the stack for itself. Without `CAP_PERFMON` the verifier of 5.10 refuses a helper
/// that writes beside a spilled register ("attempt to corrupt spilled pointer on stack").
#[repr(align(8))]
struct Alone<T>(T);

/// Types for which every pattern of bits is a value.
pub(crate) trait Integer: Copy {}

impl Integer for u8 {}
impl Integer for u16 {}
impl Integer for u32 {}
impl<const N: usize> Integer for [u32; N] {}
impl<const N: usize> Integer for [u64; N] {}

/// Bytes of the packet at constant positions below [`HEAD`].
pub(crate) trait Head {
    /// The byte at `at`.
    fn byte(&self, at: u32) -> u8;
    /// The two bytes at `at` in network order.
    fn half(&self, at: u32) -> u16;
    /// The four bytes at `at`.
    fn word(&self, at: u32) -> [u8; 4];
}

/// How many bytes the fast paths have at hand: an Ethernet header and an IPv4 header up to its protocol.
pub(crate) const HEAD: usize = 24;

unsafe extern "C" {
    fn bpf_cast_to_kern_ctx(context: *mut c_void) -> *const u8;
    fn bpf_rdonly_cast(address: *const u8, btf_id: u32) -> *const u8;
}

/// The first [`HEAD`] bytes of the packet, `BIAS` bytes behind an address. Each way to get there has its own type, since
/// the verifier wants each of its kinds of addresses to have its own instructions.
pub(crate) struct Window<const BIAS: usize> {
    base: *const u8,
}

/// The size of `struct file_handle` without its flexible array: reads behind it may have any offset and width.
const FLEX_BIAS: usize = 8;

/// The bytes of a packet that are in one piece, wherever they are.
pub(crate) struct Linear<'a> {
    frame: &'a Frame,
    data: *const u8,
    len: u32,
}

impl<'a> Linear<'a> {
    /// Those of a frame.
    #[inline(always)]
    pub(crate) fn of(frame: &'a Frame) -> Self {
        // SAFETY: the context is valid; user space loads this program only where the function exists.
        let skb = unsafe { bpf_cast_to_kern_ctx(frame.context.as_ptr()) };
        // SAFETY: the offset of `len` is the running kernel's.
        let len = unsafe { *skb.add(config::skb_len() as usize).cast::<u32>() };
        // SAFETY: the offset of `data_len` is the running kernel's.
        let data_len = unsafe { *skb.add(config::skb_data_len() as usize).cast::<u32>() };
        // SAFETY: the offset of `data` is the running kernel's.
        let data = unsafe { *skb.add(config::skb_data() as usize).cast::<*const u8>() };
        Self { frame, data, len: len.wrapping_sub(data_len) }
    }

    /// The frame.
    #[inline(always)]
    pub(crate) fn frame(&self) -> &Frame {
        self.frame
    }

    /// An integer in network order, read in place where that is possible and else copied.
    #[inline(always)]
    pub(crate) fn load<T: Integer>(&self, at: u32) -> Option<T> {
        if at + size_of::<T>() as u32 > self.len {
            return self.frame.load(at);
        }
        let base = readable(self.data.wrapping_add(at as usize));
        // SAFETY: the bytes are within the linear area. The read is volatile so that the compiler keeps it apart from that
        // of a copy: the verifier wants each of its kinds of addresses to have its own instructions.
        Some(unsafe { ptr::read_volatile(base.add(FLEX_BIAS).cast::<T>()) })
    }
}

/// What is to be read at [`FLEX_BIAS`] behind the returned address is at the given one.
#[inline(always)]
fn readable(address: *const u8) -> *const u8 {
    // SAFETY: the address is only read through, and the type is that of a structure which ends at the bias in a flexible
    // array of bytes.
    unsafe { bpf_rdonly_cast(address.wrapping_sub(FLEX_BIAS), config::flex_type()) }
}

impl Window<FLEX_BIAS> {
    /// The packet where it is. None when the first [`HEAD`] bytes are not in the linear area: what lies behind that is not
    /// the packet.
    #[inline(always)]
    pub(crate) fn in_place(frame: &Frame) -> Option<Self> {
        let linear = Linear::of(frame);
        (linear.len >= HEAD as u32).then(|| Self { base: readable(linear.data) })
    }
}

/// Room for the first bytes of a packet on the stack.
pub(crate) type Room = [u64; HEAD / 8];

impl Window<0> {
    /// A copy of the packet. None when it is shorter than [`HEAD`].
    #[inline(always)]
    pub(crate) fn copy(frame: &Frame, room: &mut MaybeUninit<Room>) -> Option<Self> {
        let base = room.as_mut_ptr().cast::<u8>();
        // SAFETY: the room is of `HEAD` bytes.
        let error = unsafe { bpf_skb_load_bytes(frame.context.as_ptr(), 0, base.cast(), HEAD as u32) };
        (error == 0).then_some(Self { base })
    }
}

impl<const BIAS: usize> Head for Window<BIAS> {
    #[inline(always)]
    fn byte(&self, at: u32) -> u8 {
        let at = within::<1>(at);
        // SAFETY: the window holds all positions below `HEAD`.
        unsafe { *self.base.add(BIAS + at) }
    }

    #[inline(always)]
    fn half(&self, at: u32) -> u16 {
        let at = within::<2>(at);
        // SAFETY: the window holds both bytes. Loads in the kernel's virtual machine need no alignment here, and
        // `read_unaligned` would become a load for each byte.
        u16::from_be(unsafe { *self.base.add(BIAS + at).cast::<u16>() })
    }

    #[inline(always)]
    fn word(&self, at: u32) -> [u8; 4] {
        if BIAS == 0 {
            // The verifier wants loads from the stack to be aligned.
            let ([a, b], [c, d]) = (self.half(at).to_be_bytes(), self.half(at + 2).to_be_bytes());
            return [a, b, c, d];
        }
        let at = within::<4>(at);
        // SAFETY: the window holds all four bytes, and alignment is as above.
        unsafe { *self.base.add(BIAS + at).cast::<u32>() }.to_ne_bytes()
    }
}

/// The position if that many bytes are within the window, else the start of it. Positions are constants, so that nothing is
/// left of this.
#[inline(always)]
fn within<const SIZE: usize>(at: u32) -> usize {
    let at = at as usize;
    if at + SIZE <= HEAD { at } else { 0 }
}

/// Runs `change` on this processor's value at `index`; None when the map has no such index.
#[inline(always)]
pub(crate) fn with_value<T, R>(
    map: &PerCpuArray<T>,
    index: u32,
    change: impl FnOnce(&mut T) -> R,
) -> Option<R> {
    let value = map.get_ptr_mut(index)?;
    // SAFETY: the pointer is to this processor's value; the program neither sleeps nor migrates, and takes no other
    // reference to it while this one lives.
    Some(change(unsafe { &mut *value }))
}

/// Goes on in another stage. Returns only when the slot is empty.
#[inline(always)]
pub(crate) fn tail_call(frame: &Frame, slot: Slot) {
    // SAFETY: nothing here waits for being dropped.
    unsafe { maps::STAGES.tail_call(&frame.context, slot as u32) }
}

/// The verdict on the first fragment of a datagram; None when there is none.
#[inline(always)]
pub(crate) fn recall(key: &FragmentKey) -> Option<bool> {
    // SAFETY: the value is read at once, and is one number: another processor may change it but not tear it.
    unsafe { maps::VERDICTS.get(key) }.map(|verdict| *verdict != 0)
}

/// Keeps the verdict on the first fragment of a datagram that has none yet.
#[inline(always)]
pub(crate) fn enter_verdict(key: &FragmentKey, verdict: bool) -> Result<(), i32> {
    maps::VERDICTS.insert(key, &u32::from(verdict), u64::from(BPF_NOEXIST))
}

/// Changes the verdict on a datagram that has one. False when it has none any more.
#[inline(always)]
pub(crate) fn change_verdict(key: &FragmentKey, verdict: bool) -> bool {
    maps::VERDICTS.insert(key, &u32::from(verdict), u64::from(BPF_EXIST)).is_ok()
}

/// A number in a map that all processors share.
pub(crate) struct Shared(*mut u64);

impl Shared {
    #[inline(always)]
    pub(crate) fn load(&self) -> u64 {
        // SAFETY: the pointer is to an aligned value of a map, which keeps its memory for as long as the program runs.
        unsafe { ptr::read_volatile(self.0) }
    }

    #[inline(always)]
    pub(crate) fn store(&self, number: u64) {
        // SAFETY: as for loading.
        unsafe { ptr::write_volatile(self.0, number) }
    }

    /// Adds in one step. Not the addition that returns the number: kernels before 5.12 do not have that instruction.
    #[inline(always)]
    pub(crate) fn add(&self, number: u64) {
        // SAFETY: the pointer is as for loading, and the instruction changes nothing else.
        unsafe { asm!("lock *(u64 *)({} + 0) += {}", in(reg) self.0, in(reg) number, options(nostack)) }
    }
}

/// The number at `index`; None when the map has no such index.
#[inline(always)]
pub(crate) fn shared(map: &Array<u64>, index: u32) -> Option<Shared> {
    map.get_ptr_mut(index).map(Shared)
}

/// The number of a flow; None when the flow is not in the table. The table may give the place to another flow meanwhile:
/// what is added then is added to that one.
#[inline(always)]
pub(crate) fn shared_of_flow(map: &LruHashMap<Flow, u64>, flow: &Flow) -> Option<Shared> {
    map.get_ptr_mut(flow).map(Shared)
}

/// Enters a flow into the table unless it is there; where there is no room the one goes that was not met for longest.
#[inline(always)]
pub(crate) fn enter_flow(map: &LruHashMap<Flow, u64>, flow: &Flow, value: u64) -> Result<(), i32> {
    map.insert(flow, value, u64::from(BPF_NOEXIST))
}

/// In which direction a frame goes, as seen from a key of a table.
#[derive(Clone, Copy)]
pub(crate) enum Way {
    Sent,
    Received,
}

/// What a key begins with. It stands in `.rodata`, since zeros on the stack would be written by a loop, which is refused to
/// processes without `CAP_PERFMON`.
static NO_TRAFFIC: Traffic = Traffic::NONE;

/// A table of the tally.
pub(crate) trait Tallied<K> {
    /// Adds a frame of `length` bytes to a key. False when the key is not in the table.
    fn add(&self, key: &K, way: Way, length: u64) -> bool;

    /// Makes a place for a key. False when it has one, and when the kernel has none.
    fn enter(&self, key: &K) -> bool;
}

/// A table whose values all processors share. The table may give the place to another key meanwhile: what is added then is
/// added to that one.
impl<K> Tallied<K> for LruHashMap<K, Traffic> {
    #[inline(always)]
    fn add(&self, key: &K, way: Way, length: u64) -> bool {
        let Some(traffic) = self.get_ptr_mut(key) else { return false };
        let words = traffic.cast();
        // The places stand in the instructions: the verifier wants of sums without `CAP_PERFMON` that they be known.
        match way {
            Way::Sent => {
                add_at::<0>(words, 1);
                add_at::<8>(words, length);
            }
            Way::Received => {
                add_at::<16>(words, 1);
                add_at::<24>(words, length);
            }
        }
        true
    }

    #[inline(always)]
    fn enter(&self, key: &K) -> bool {
        self.insert(key, &NO_TRAFFIC, u64::from(BPF_NOEXIST)).is_ok()
    }
}

/// Adds in one step to the number so many bytes behind an address of a [`Traffic`].
#[inline(always)]
fn add_at<const OFFSET: usize>(traffic: *mut u64, number: u64) {
    const { assert!(OFFSET < size_of::<Traffic>()) };
    // SAFETY: the address is that of an aligned value of a map, which keeps its memory for as long as the program runs.
    unsafe {
        asm!(
            "lock *(u64 *)({} + {}) += {}", in(reg) traffic, const OFFSET, in(reg) number, options(nostack)
        );
    }
}

/// A table in which each processor has values of its own.
impl<K> Tallied<K> for LruPerCpuHashMap<K, Traffic> {
    #[inline(always)]
    fn add(&self, key: &K, way: Way, length: u64) -> bool {
        let Some(traffic) = self.get_ptr_mut(key) else { return false };
        // SAFETY: the pointer is to this processor's value; the program neither sleeps nor migrates, and takes no other
        // reference to it while this one lives.
        let traffic = unsafe { &mut *traffic };
        let cell = match way {
            Way::Sent => &mut traffic.sent,
            Way::Received => &mut traffic.received,
        };
        cell.frames += 1;
        cell.bytes += length;
        true
    }

    #[inline(always)]
    fn enter(&self, key: &K) -> bool {
        self.insert(key, &NO_TRAFFIC, u64::from(BPF_NOEXIST)).is_ok()
    }
}

/// A random number.
#[inline(always)]
pub(crate) fn random() -> u32 {
    // SAFETY: the helper has no conditions.
    unsafe { bpf_get_prandom_u32() }
}

/// The kernel's monotonic clock in nanoseconds.
#[inline(always)]
pub(crate) fn now() -> u64 {
    // SAFETY: the helper has no conditions.
    unsafe { bpf_ktime_get_ns() }
}
