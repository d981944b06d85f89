//! Writes the API document: `cargo run -p openslot-wire --example openapi > shared/wire/openapi.json`.

use std::io::{self, Write};

fn main() -> io::Result<()> {
    io::stdout().write_all(openslot_wire::openapi::document().as_bytes())
}
