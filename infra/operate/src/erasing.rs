//! What became of a wish to erase somebody.

use openslot_usecases::erase_guest::{Erased, WhyLeft};

use crate::{Report, count};

pub(crate) fn told(Erased { erased, left }: &Erased) -> Report {
    let mut lines: Vec<String> = erased.iter().map(|id| format!("booking {id}: erased")).collect();
    lines.extend(left.iter().map(|(id, why)| format!("booking {id}: {}", reason(*why))));
    let (done, rest) = (count(erased.len(), "booking"), count(left.len(), "booking"));
    lines.push(format!("erased from {done}, {rest} left."));
    Report::of(left.is_empty(), &lines)
}

fn reason(why: WhyLeft) -> &'static str {
    match why {
        WhyLeft::Upcoming => "still to come; cancel it, and erase again an hour later",
        WhyLeft::AtWork => "changed within the last hour; erase again when that is over",
        WhyLeft::Busy => "others were at it all the time; erase again",
    }
}
