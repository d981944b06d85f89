//! The table's stream, as the service reads it.

use dynoxide::Database;
use dynoxide::actions::get_records::{GetRecordsRequest, Record};
use dynoxide::actions::get_shard_iterator::GetShardIteratorRequest;
use dynoxide::streams::{shard_id, stream_arn};

/// Where the service has got to.
pub struct Stream {
    engine: Database,
    iterator: String,
}

impl Stream {
    /// Reads what is written to the table from now on.
    pub fn from_now_on(engine: Database, table: &str) -> Self {
        let metadata = engine.get_table_metadata(table).expect("the engine answers");
        let label = metadata.and_then(|table| table.stream_label).expect("the table has a stream");
        let request = GetShardIteratorRequest {
            stream_arn: stream_arn(table, &label),
            shard_id: shard_id(table),
            shard_iterator_type: "LATEST".to_owned(),
            sequence_number: None,
        };
        let iterator = engine.get_shard_iterator(request).expect("the stream has a shard").shard_iterator;
        Self { engine, iterator: iterator.expect("the shard is open") }
    }

    /// The next records in the order of their writes; none when there are no more.
    pub fn next(&mut self) -> Vec<Record> {
        let request = GetRecordsRequest { shard_iterator: self.iterator.clone(), limit: None };
        let read = self.engine.get_records(request).expect("the stream can be read");
        self.iterator = read.next_shard_iterator.expect("the shard stays open");
        read.records
    }
}
