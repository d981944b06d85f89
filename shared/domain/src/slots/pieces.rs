//! A host's working time as pieces of real time, and the grids of starts on them.

use chrono::{Datelike, NaiveDate};

use super::board::Board;
use crate::hours::{Schedule, WallRange};
use crate::wall::{Stretch, Wall, date_of};

/// Which hours are asked about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Hours {
    /// Those that count: weekly hours with the overrides.
    Actual,
    /// The weekly hours, as if there were no override.
    Ordinary,
}

impl Hours {
    fn on(self, schedule: &Schedule, date: NaiveDate) -> &[WallRange] {
        match self {
            Self::Actual => schedule.ranges_on(date),
            Self::Ordinary => schedule.weekly.on(date.weekday()),
        }
    }
}

/// The pieces of every date that may have a part in `time`, sorted by their start.
///
/// Pieces of one date neither overlap nor touch; pieces of different dates may.
pub(super) fn pieces(schedule: &Schedule, hours: Hours, wall: Wall, time: Stretch) -> Vec<Stretch> {
    let days = wall.days_around(time);
    let mut pieces = Vec::with_capacity(days.clone().count());
    for (date, day) in date_of(*days.start()).iter_days().zip(days) {
        let first = pieces.len();
        let ranges = hours.on(schedule, date).iter();
        pieces.extend(ranges.filter_map(|range| wall.hull(Stretch::of_range(day, *range))));
        join_from(&mut pieces, first);
    }
    pieces.sort_unstable();
    pieces
}

/// Makes one of what overlaps or touches, from the piece number `first` on.
fn join_from(pieces: &mut Vec<Stretch>, first: usize) {
    if pieces.len() < first + 2 {
        return;
    }
    pieces[first..].sort_unstable();
    let mut last = first;
    for next in first + 1..pieces.len() {
        if pieces[next].from <= pieces[last].to {
            pieces[last].to = pieces[last].to.max(pieces[next].to);
        } else {
            last += 1;
            pieces[last] = pieces[next];
        }
    }
    pieces.truncate(last + 1);
}

/// What two sorted lists of pieces have in common, piece by piece, sorted.
pub(super) fn intersection(left: &[Stretch], right: &[Stretch]) -> Vec<Stretch> {
    let mut common = Vec::new();
    let mut first = 0;
    for piece in left {
        first += right[first..].iter().take_while(|other| other.to <= piece.from).count();
        let near = right[first..].iter().take_while(|other| other.from < piece.to);
        common.extend(near.filter_map(|other| piece.common(*other)));
    }
    common.sort_unstable();
    common
}

/// Sets the grids of all pieces: from the start of each a start every `step` minutes, before the piece's end, where
/// a meeting of `duration` minutes fits into the time that all pieces cover together.
pub(super) fn set_grids(board: &mut Board, pieces: &[Stretch], duration: i64, step: i64) {
    let mut rest = pieces;
    while !rest.is_empty() {
        let (len, end) = run(rest);
        for piece in &rest[..len] {
            board.set_grid(Stretch { from: piece.from, to: piece.to.min(end - duration + 1) }, step);
        }
        rest = &rest[len..];
    }
}

/// How many pieces from the first on follow each other without a hole, and where their time ends.
fn run(pieces: &[Stretch]) -> (usize, i64) {
    let mut end = pieces[0].to;
    let len = pieces.iter().take_while(|piece| {
        let joined = piece.from <= end;
        if joined {
            end = end.max(piece.to);
        }
        joined
    });
    (len.count(), end)
}

#[cfg(test)]
mod tests {
    use super::super::board::{Scale, each_start};
    use super::*;

    fn stretches(pairs: &[(i64, i64)]) -> Vec<Stretch> {
        pairs.iter().map(|(from, to)| Stretch { from: *from, to: *to }).collect()
    }

    #[test]
    fn pieces_of_a_date_that_touch_become_one() {
        let mut pieces = stretches(&[(0, 10), (40, 50), (10, 20), (15, 18), (20, 30), (51, 52)]);
        join_from(&mut pieces, 1);
        assert_eq!(pieces, stretches(&[(0, 10), (10, 30), (40, 50), (51, 52)]));
    }

    #[test]
    fn an_intersection_is_made_piece_by_piece() {
        let check = |left: &[(i64, i64)], right: &[(i64, i64)], common: &[(i64, i64)]| {
            assert_eq!(intersection(&stretches(left), &stretches(right)), stretches(common));
            assert_eq!(intersection(&stretches(right), &stretches(left)), stretches(common));
        };
        check(&[(0, 10)], &[(10, 20)], &[]);
        check(&[(0, 10), (10, 20)], &[(5, 15)], &[(5, 10), (10, 15)]);
        check(&[(0, 10), (9, 20)], &[(2, 3), (8, 12), (19, 30)], &[(2, 3), (8, 10), (9, 12), (19, 20)]);
        check(&[(0, 100), (5, 6)], &[(1, 2), (50, 60)], &[(1, 2), (50, 60)]);
    }

    #[test]
    fn a_meeting_may_run_from_one_date_into_the_next() {
        let frame = Stretch { from: 0, to: 100 };
        let starts = |pieces: &[(i64, i64)], duration, step| {
            let (pieces, mut starts) = (stretches(pieces), Vec::new());
            let mut board = Board::empty(Scale::of(frame, step, &pieces));
            set_grids(&mut board, &pieces, duration, step);
            each_start(&[board], |minute, _| starts.push(minute));
            starts
        };
        assert_eq!(starts(&[(0, 30)], 10, 10), [0, 10, 20]);
        assert_eq!(starts(&[(0, 25), (25, 45)], 10, 10), [0, 10, 20, 25, 35]);
        assert_eq!(starts(&[(0, 25), (26, 46)], 10, 10), [0, 10, 26, 36]);
        assert_eq!(starts(&[(0, 9)], 10, 1), [0; 0]);
        assert_eq!(starts(&[(0, 30)], 31, 1), [0; 0]);
    }
}
