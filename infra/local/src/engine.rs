//! The embedded `DynamoDB` engine: a `SQLite` file, reached over HTTP as `DynamoDB` is.

use std::path::Path;

use dynoxide::Database;
use dynoxide::actions::get_records::{GetRecordsRequest, Record};
use dynoxide::actions::get_shard_iterator::GetShardIteratorRequest;
use dynoxide::streams::{shard_id, stream_arn};

/// What the stream of the table is read with.
pub(crate) struct Stream {
    engine: Database,
    arn: String,
    iterator: String,
}

impl Stream {
    /// Reads what is written to the table from now on. Fails if the table has no stream.
    pub(crate) fn from_now_on(engine: Database, table: &str) -> dynoxide::Result<Self> {
        let label =
            engine.get_table_metadata(table)?.and_then(|table| table.stream_label).unwrap_or_default();
        let arn = stream_arn(table, &label);
        let request = GetShardIteratorRequest {
            stream_arn: arn.clone(),
            shard_id: shard_id(table),
            shard_iterator_type: "LATEST".to_owned(),
            sequence_number: None,
        };
        let iterator = engine.get_shard_iterator(request)?.shard_iterator.unwrap_or_default();
        Ok(Self { engine, arn, iterator })
    }

    /// The next records in the order of their writes, at most a thousand; none when there are no more.
    pub(crate) fn next(&mut self) -> dynoxide::Result<Vec<Record>> {
        let request = GetRecordsRequest { shard_iterator: self.iterator.clone(), limit: None };
        let read = self.engine.get_records(request)?;
        if let Some(next) = read.next_shard_iterator {
            self.iterator = next;
        }
        Ok(read.records)
    }

    /// The stream's name, as records carry it.
    pub(crate) fn arn(&self) -> &str {
        &self.arn
    }
}

/// Opens the file, or makes it. Fails if it is no database of the engine.
pub(crate) fn open(path: &Path) -> Result<Database, String> {
    let path = path.to_str().ok_or("its path is not UTF-8")?;
    let engine = Database::new(path).map_err(|error| error.to_string())?;
    engine.database_info().map_err(|error| error.to_string())?;
    Ok(engine)
}
