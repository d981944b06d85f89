//! The fuzzer's own twin: a door with a planted defect, which it has to find before its other finds count.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| if let Err(broken) = openslot_fuzz::names::play_planted(bytes) {
    panic!("{broken}")
});
