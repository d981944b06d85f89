//! Meeting types and their directory.

use aws_sdk_dynamodb::types::TransactWriteItem;
use openslot_domain::ids::Slug;
use openslot_domain::meeting_type::MeetingType;
use openslot_domain::text::Line;
use openslot_usecases::ports::{
    Consistency, Failure, FindMeetingType, ListMeetingTypes, SaveMeetingType, Saved,
};

use crate::call::{Guard, Range};
use crate::errors::TableError;
use crate::keys;
use crate::rows::meeting_type::MeetingTypeRow;
use crate::rows::plain::TypeInDirectoryRow;
use crate::rows::{self, RowError, from_item, line, to_item, wrong};
use crate::table::{Item, Table};

impl FindMeetingType for Table {
    async fn find_meeting_type(
        &self,
        slug: &Slug,
        consistency: Consistency,
    ) -> Result<Option<MeetingType>, Failure> {
        let Some(item) = self.get(keys::meeting_type(slug), consistency).await? else {
            return Ok(None);
        };
        let row: Result<MeetingTypeRow, RowError> = from_item(item);
        let meeting_type = row.and_then(|row| row.meeting_type(slug)).map_err(TableError::Row)?;
        Ok(Some(meeting_type))
    }
}

impl ListMeetingTypes for Table {
    async fn list_meeting_types(&self) -> Result<Vec<(Slug, Line)>, Failure> {
        let items = self.query(Range::partition(keys::types_directory(), Consistency::Eventual)).await?;
        Ok(items.into_iter().map(listed).collect::<Result<_, _>>().map_err(TableError::Row)?)
    }
}

fn listed(item: Item) -> Result<(Slug, Line), RowError> {
    let slug = keys::sort_key(&item).ok_or_else(|| wrong(keys::SORT))?;
    let slug = rows::read(keys::SORT, slug.parse())?;
    let row: TypeInDirectoryRow = from_item(item)?;
    Ok((slug, line("ti", &row.ti)?))
}

impl SaveMeetingType for Table {
    async fn save_meeting_type(
        &self,
        meeting_type: &MeetingType,
        read: Option<u64>,
    ) -> Result<Saved, Failure> {
        assert!(Some(meeting_type.version) > read, "an edit raises the version");
        assert!(meeting_type.is_sound(), "a meeting type keeps within what a booking can bear");
        match self.transact(self.type_actions(meeting_type, read).map_err(TableError::Row)?).await {
            Ok(()) => Ok(Saved::Done),
            Err(error) if error.is_conflict() => Ok(Saved::Overtaken),
            Err(error) => Err(error.into()),
        }
    }
}

impl Table {
    fn type_actions(
        &self,
        meeting_type: &MeetingType,
        read: Option<u64>,
    ) -> Result<Vec<TransactWriteItem>, RowError> {
        let slug = &meeting_type.slug;
        let item = keys::meeting_type(slug).with(to_item(&MeetingTypeRow::of(meeting_type))?);
        let listed = TypeInDirectoryRow { ti: meeting_type.title.to_string() };
        let listed = keys::type_in_directory(slug).with(to_item(&listed)?);
        Ok(vec![self.putting_if(item, Guard::version(read)), self.putting(listed)])
    }
}
