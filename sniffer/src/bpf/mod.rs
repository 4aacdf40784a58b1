//! eBPF instructions: encoding, labels, assembling, disassembling. Knows nothing of packets, filters or the kernel API.
#![forbid(unsafe_code)]
