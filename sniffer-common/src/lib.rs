//! The words that the kernel side and the user side share: map names, slot numbers, counters, configuration.
#![no_std]
#![forbid(unsafe_code)]
