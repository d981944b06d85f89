//! The rules that take starts away, in the order in which they are told.

use super::board::Board;
use super::{HostTime, Question, Reason};
use crate::interval::Interval;
use crate::meeting_type::Window;
use crate::wall::{Stretch, Wall, day_number};
use crate::zone::FOREVER;

/// A host, and the host's wall clock around the time asked about.
pub(super) struct Local<'a> {
    pub(super) host: &'a HostTime<'a>,
    pub(super) wall: Wall,
}

type Layer = fn(&Question<'_>, &Local<'_>, &mut Board);

const LAYERS: [(Reason, Layer); 6] = [
    (Reason::Notice, notice),
    (Reason::Window, window),
    (Reason::Cap, caps),
    (Reason::Reserved, reserved),
    (Reason::BusyCalendar, busy),
    (Reason::CalendarUnknown, unknown),
];

/// Takes from a board of starts within a host's hours all that the host cannot give.
///
/// When nothing is left, tells which rule took the last of it.
pub(super) fn sift(question: &Question<'_>, local: &Local<'_>, board: &mut Board) -> Option<Reason> {
    LAYERS.into_iter().find_map(|(reason, layer)| {
        layer(question, local, board);
        board.is_empty().then_some(reason)
    })
}

/// A start lies at least the notice after now.
fn notice(question: &Question<'_>, _: &Local<'_>, board: &mut Board) {
    board.clear_before(question.now_secs() + i64::from(question.rules.notice_mins) * 60);
}

/// The date of a start, on the host's calendar, lies within the window.
fn window(question: &Question<'_>, local: &Local<'_>, board: &mut Board) {
    let (first, last) = match question.rules.window {
        Window::Open => return,
        Window::Rolling { days } => {
            let today = Wall::of(local.host.schedule.zone).day_at(question.now.timestamp().div_euclid(60));
            (None, today + i64::from(days))
        }
        Window::Fixed { from, to } => (Some(day_number(from)), day_number(to)),
    };
    if let Some(first) = first {
        clear_wall(local, board, Stretch { to: Stretch::of_days(first, first).from, from: -FOREVER });
    }
    clear_wall(local, board, Stretch { from: Stretch::of_days(last, last).to, to: FOREVER });
}

/// A host takes only so many meetings of this type on a date and in a week of the host's calendar.
fn caps(question: &Question<'_>, local: &Local<'_>, board: &mut Board) {
    let caps = question.rules.caps;
    if let Some(cap) = caps.per_day {
        cap_by(cap, local, board, |day| (day, day));
    }
    if let Some(cap) = caps.per_week {
        cap_by(cap, local, board, |day| {
            // 1970-01-01 was a Thursday, three days after a Monday.
            let monday = day - (day + 3).rem_euclid(7);
            (monday, monday + 6)
        });
    }
}

/// Clears the periods that have reached their cap. `period` gives the first and last day of a day's period.
fn cap_by(cap: u32, local: &Local<'_>, board: &mut Board, period: impl Fn(i64) -> (i64, i64)) {
    if cap == 0 {
        return board.clear(Stretch { from: -FOREVER, to: FOREVER });
    }
    let wall = Wall::of(local.host.schedule.zone);
    let booked = local.host.counted.iter().map(|start| period(wall.day_at(start.timestamp().div_euclid(60))));
    let mut booked: Vec<(i64, i64)> = booked.collect();
    booked.sort_unstable();
    for same in booked.chunk_by(|one, other| one == other) {
        if same.len() as u64 >= u64::from(cap) {
            clear_wall(local, board, Stretch::of_days(same[0].0, same[0].1));
        }
    }
}

fn reserved(question: &Question<'_>, local: &Local<'_>, board: &mut Board) {
    taken(question, local.host.reserved, board);
}

fn busy(question: &Question<'_>, local: &Local<'_>, board: &mut Board) {
    taken(question, local.host.busy, board);
}

fn unknown(question: &Question<'_>, local: &Local<'_>, board: &mut Board) {
    taken(question, local.host.unknown, board);
}

/// A meeting with its buffers meets none of these intervals. Touching is free.
fn taken(question: &Question<'_>, intervals: &[Interval], board: &mut Board) {
    let rules = question.rules;
    let lead_mins = i64::from(rules.before_mins);
    let trail_mins = i64::from(rules.duration_mins) + i64::from(rules.after_mins);
    board.clear_meeting(intervals, lead_mins * 60, trail_mins * 60);
}

/// Clears the starts whose wall reading lies in a stretch of wall minutes.
fn clear_wall(local: &Local<'_>, board: &mut Board, wall: Stretch) {
    local.wall.instants(wall).for_each(|starts| board.clear(starts));
}
