//! What `scripts/zips.py` lets pass, and what it does not.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What cargo and cargo-lambda leave behind, with one function `x` of these bytes, and aws-lc of one member.
fn built(name: &str, code: &[u8], member: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let (binary, library) = (folder.join("built/openslot-x"), folder.join("build/aws-lc-sys-1/out"));
    for new in [&binary, &library] {
        fs::create_dir_all(new).expect("the folder of tests can be written");
    }
    fs::write(binary.join("bootstrap"), code).expect("the folder is there");
    fs::write(library.join(member), code).expect("the folder is there");
    let archive =
        Command::new("ar").current_dir(&library).args(["rc", "libaws_lc_crypto.a", member]).status();
    assert!(archive.is_ok_and(|status| status.success()));
    folder
}

fn zipped(folder: &Path) -> Output {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let script = Command::new("python3").current_dir(root).arg("scripts/zips.py").args([folder; 2]).output();
    script.expect("Python is here, as packaging needs it")
}

/// Bytes that no zip makes smaller.
fn noise(count: usize) -> Vec<u8> {
    let next = |seed: &u32| Some(seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
    let numbers = std::iter::successors(Some(7_u32), next);
    numbers.map(|number| number.to_be_bytes()[0]).take(count).collect()
}

#[test]
fn a_good_binary_is_zipped_the_same_twice() {
    let folder = built("good", b"code for GLIBC_2.34", "sha.o");
    let zip = || {
        let output = zipped(&folder);
        assert!(output.status.success(), "{output:?}");
        fs::read(folder.join("x/bootstrap.zip")).unwrap()
    };
    assert_eq!(zip(), zip());
}

#[test]
fn what_is_built_otherwise_is_refused_and_named() {
    let home = fs::canonicalize(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).unwrap();
    let path = format!("{}/functions/x/src/main.rs", home.display());
    let cases: [(&str, &[u8], &str, &str); 4] = [
        ("large", &noise(5_500_000), "sha.o", "larger than 5,000,000 bytes"),
        ("new", b"GLIBC_2.39", "sha.o", "asks for GLIBC_2.39"),
        ("placed", path.as_bytes(), "sha.o", "holds the path"),
        ("jitter", b"code", "jitterentropy-base.o", "gathers jitter entropy"),
    ];
    for (name, code, member, said) in cases {
        let output = zipped(&built(name, code, member));
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && errors.contains(said), "{name}: {errors}");
    }
}

/// What `scripts/same.py` says of two folders with these zips of one function, `None` for one that is not there.
fn compared(name: &str, zips: [Option<&[u8]>; 2]) -> Output {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let sides = ["here", "there"].map(|side| folder.join(side));
    for (side, zip) in sides.iter().zip(zips) {
        fs::create_dir_all(side.join("x")).expect("the folder of tests can be written");
        if let Some(zip) = zip {
            fs::write(side.join("x/bootstrap.zip"), zip).expect("the folder is there");
        }
    }
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let script = Command::new("python3").current_dir(root).arg("scripts/same.py").args(sides).output();
    script.expect("Python is here, as packaging needs it")
}

#[test]
fn zips_are_the_same_or_named() {
    assert!(compared("same", [Some(b"code"); 2]).status.success());
    for (name, zips, said) in [
        ("other", [Some(&b"code"[..]), Some(b"c0de")], "x differs"),
        ("alone", [Some(b"code"), None], "x differs"),
        ("none", [None, None], "nothing to compare"),
    ] {
        let output = compared(name, zips);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && errors.contains(said), "{name}: {errors}");
    }
}
