#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| if let Err(broken) = openslot_fuzz::bodies::play(bytes) {
    panic!("{broken}")
});
