//! What openslot promises, tested. Each folder is a test target; see the README.

pub mod support;
