//! Savefile formats, reading and writing: pcap and pcapng. Knows no decoding, no system calls, no clock.
#![forbid(unsafe_code)]
