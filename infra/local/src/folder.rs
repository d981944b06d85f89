//! The data folder: one program at a time, and the key under which the local KMS wraps.

use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use openslot_usecases::ports::Entropy;
use zeroize::Zeroizing;

use crate::StartError;

const LOCK: &str = "lock";
const KEY: &str = "kms.key";
const ENGINE: &str = "dynamodb.db";
const STATE: &str = "local.db";
const KEY_BYTES: usize = 32;

/// A data folder, held until this is dropped or the program ends, however it ends.
pub(crate) struct Folder {
    dir: PathBuf,
    _lock: File,
}

impl Folder {
    /// Makes the folder if need be, and takes it.
    pub(crate) fn take(dir: &Path) -> Result<Self, StartError> {
        let unwritable = |source| StartError::Unwritable { dir: dir.to_owned(), source };
        fs::create_dir_all(dir).map_err(unwritable)?;
        let lock = OpenOptions::new().write(true).create(true).truncate(false).open(dir.join(LOCK));
        let lock = lock.map_err(unwritable)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { dir: dir.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(StartError::InUse { dir: dir.to_owned() }),
            Err(TryLockError::Error(source)) => Err(unwritable(source)),
        }
    }

    /// Takes a folder that a program has run on, and makes none.
    pub(crate) fn take_old(dir: &Path) -> Result<Self, StartError> {
        if dir.join(ENGINE).exists() {
            Self::take(dir)
        } else {
            Err(StartError::Empty { dir: dir.to_owned() })
        }
    }

    /// Where the `DynamoDB` engine keeps its tables.
    pub(crate) fn engine(&self) -> PathBuf {
        self.dir.join(ENGINE)
    }

    /// Where inbox, bus and clock are kept.
    pub(crate) fn state(&self) -> PathBuf {
        self.dir.join(STATE)
    }

    /// The key of the local KMS, made on the first start and readable by its owner only.
    pub(crate) fn key(&self, chance: &impl Entropy) -> Result<Zeroizing<[u8; KEY_BYTES]>, StartError> {
        let path = self.dir.join(KEY);
        match fs::read(&path) {
            Ok(bytes) => {
                let bytes = Zeroizing::new(bytes);
                let key = <[u8; KEY_BYTES]>::try_from(bytes.as_slice());
                key.map(Zeroizing::new).map_err(|_| self.damaged(KEY, &"is not a key of 32 bytes"))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.new_key(&path, chance),
            Err(source) => Err(StartError::Unwritable { dir: self.dir.clone(), source }),
        }
    }

    /// The key comes before everything it wraps: without it, what stands in the engine could never be opened.
    fn new_key(&self, path: &Path, chance: &impl Entropy) -> Result<Zeroizing<[u8; KEY_BYTES]>, StartError> {
        if self.engine().exists() {
            return Err(self.damaged(KEY, &"is missing"));
        }
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        chance.fill(key.as_mut_slice());
        write_secret(path, key.as_slice())
            .map_err(|source| StartError::Unwritable { dir: self.dir.clone(), source })?;
        Ok(key)
    }

    /// A file in here is not what it should be.
    pub(crate) fn damaged(&self, file: &str, why: &dyn fmt::Display) -> StartError {
        StartError::Damaged { dir: self.dir.clone(), file: file.to_owned(), why: why.to_string() }
    }

    /// The engine's file is not what it should be.
    pub(crate) fn engine_damaged(&self, why: &dyn fmt::Display) -> StartError {
        self.damaged(ENGINE, why)
    }

    /// The file of inbox, bus and clock is not what it should be.
    pub(crate) fn state_damaged(&self, why: &dyn fmt::Display) -> StartError {
        self.damaged(STATE, why)
    }
}

/// Written beside and moved into place, so that a crash leaves either no key or a whole one.
fn write_secret(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(beside, path)
}
