#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| if let Err(broken) = openslot_fuzz::letters::play(bytes) {
    panic!("{broken}")
});
