//! The possible starts of one host as bits, so that a rule is a change of a few words.
//!
//! Hours set bits, all other rules clear runs of them, and a busy calendar needs neither sorting nor merging:
//! each of its intervals clears its own run.

use crate::interval::Interval;
use crate::wall::Stretch;

/// Bits in a word of a board.
const WORD_BITS: usize = 64;

/// Which starts the bits of a board stand for, in seconds since 1970-01-01T00:00:00Z: `first`, and one every `tick`
/// seconds after it, before `end`.
///
/// A bit for every minute would do. But most grids start at the same minutes of an hour, and then a bit for
/// every fifteenth minute says the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scale {
    first: i64,
    end: i64,
    tick: u32,
}

impl Scale {
    /// The coarsest scale of a frame that has all starts of the grids of these pieces, `step` minutes apart.
    pub(super) fn of<'a>(frame: Stretch, step: i64, pieces: impl IntoIterator<Item = &'a Stretch>) -> Self {
        let mut pieces = pieces.into_iter();
        let origin = pieces.next().map_or(frame.from, |piece| piece.from);
        let tick = pieces.fold(step, |tick, piece| common_divisor(piece.from - origin, tick));
        let first = frame.from + (origin - frame.from).rem_euclid(tick);
        let ticks = (frame.to - first + tick - 1).max(0) / tick;
        let tick_secs = u32::try_from(tick * 60).expect("a step has at most a few days");
        Self { first: first * 60, end: (first + ticks * tick) * 60, tick: tick_secs }
    }

    /// The same bits for other seconds, so much later.
    fn later(self, secs: i64) -> Self {
        Self { first: self.first + secs, end: self.end + secs, ..self }
    }

    /// How many bits there are.
    fn len(self) -> usize {
        self.before(self.end)
    }

    /// How many bits stand for seconds before this one.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between the ends of a scale lie about ten years, and these have less than 2^32 seconds"
    )]
    fn before(self, second: i64) -> usize {
        let ahead = (second.max(self.first).min(self.end) - self.first) as u32;
        ahead.div_ceil(self.tick) as usize
    }
}

/// The greatest common divisor of a number and a positive one.
fn common_divisor(any: i64, positive: i64) -> i64 {
    let (mut left, mut right) = (positive, any.rem_euclid(positive));
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left
}

/// The starts that are still possible.
#[derive(Clone, Debug)]
pub(super) struct Board {
    scale: Scale,
    words: Vec<u64>,
}

impl Board {
    /// No start at all.
    pub(super) fn empty(scale: Scale) -> Self {
        Self { scale, words: vec![0; scale.len().div_ceil(WORD_BITS)] }
    }

    /// Every minute of a frame.
    pub(super) fn full(frame: Stretch) -> Self {
        let mut board = Self::empty(Scale::of(frame, 1, []));
        board.set_grid(frame, 1);
        board
    }

    /// Whether no start is left.
    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// How many starts are left.
    pub(super) fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Sets `starts.from` and every `step` minutes after it, as far as `starts` reaches. The scale has them all.
    pub(super) fn set_grid(&mut self, starts: Stretch, step: i64) {
        let (from, step, tick) = (starts.from * 60, step * 60, i64::from(self.scale.tick));
        let missed = (self.scale.first - from).max(0);
        let first = if missed > 0 { from + (missed + step - 1) / step * step } else { from };
        let (first, end) = (self.scale.before(first), self.scale.before(starts.to * 60));
        if step == tick {
            change(&mut self.words, first, end, |word, mask| *word |= mask);
        } else {
            for bit in (first..end).step_by(index(step / tick)) {
                self.words[bit / WORD_BITS] |= 1 << (bit % WORD_BITS);
            }
        }
    }

    /// Clears every start within these minutes.
    pub(super) fn clear(&mut self, starts: Stretch) {
        self.clear_run(self.scale.before(starts.from * 60), self.scale.before(starts.to * 60));
    }

    /// Clears every start before this second.
    pub(super) fn clear_before(&mut self, second: i64) {
        self.clear_run(0, self.scale.before(second));
    }

    /// Clears every start whose meeting, `lead` seconds before it to `trail` seconds after it, would share a second
    /// with one of these intervals.
    pub(super) fn clear_meeting(&mut self, intervals: &[Interval], lead: i64, trail: i64) {
        let (first_seconds, last_seconds) = (self.scale.later(-lead), self.scale.later(trail - 1));
        for interval in intervals {
            let over = last_seconds.before(interval.start_secs());
            let begun = first_seconds.before(interval.end_secs());
            self.clear_run(over, begun);
        }
    }

    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "it runs for each busy interval, and a call is a third of its cost"
    )]
    fn clear_run(&mut self, first: usize, end: usize) {
        change(&mut self.words, first, end, |word, mask| *word &= !mask);
    }
}

/// Calls back for each start that one of these boards has, in order: with its minute, and with the places of the
/// boards that have it as bits. The boards have the same scale.
pub(super) fn each_start(boards: &[Board], mut found: impl FnMut(i64, u64)) {
    let Some((first, others)) = boards.split_first() else {
        return;
    };
    assert!(others.iter().all(|board| board.scale == first.scale), "the bits of all boards mean the same");
    let (mut minute, tick) = (first.scale.first / 60, i64::from(first.scale.tick / 60));
    let mut row = vec![0; others.len()];
    for (word, bits) in first.words.iter().enumerate() {
        let mut union = *bits;
        for (bits, board) in row.iter_mut().zip(others) {
            *bits = board.words[word];
            union |= *bits;
        }
        while union != 0 {
            let bit = union.trailing_zeros();
            let places = row.iter().rev().fold(0, |places, bits| (places | bits >> bit & 1) << 1);
            found(minute + i64::from(bit) * tick, places | bits >> bit & 1);
            union &= union - 1;
        }
        minute += 64 * tick;
    }
}

/// Changes the words that hold the bits `[first, end)`, each with a mask of these bits.
#[inline(always)]
#[expect(clippy::inline_always, reason = "it runs for each busy interval, and a call is a third of its cost")]
fn change(words: &mut [u64], first: usize, end: usize, change: impl Fn(&mut u64, u64)) {
    if first >= end {
        return;
    }
    let head = u64::MAX << (first % WORD_BITS);
    let tail = u64::MAX >> (WORD_BITS - 1 - (end - 1) % WORD_BITS);
    let (first, last) = (first / WORD_BITS, (end - 1) / WORD_BITS);
    if first == last {
        change(&mut words[first], head & tail);
    } else {
        change(&mut words[first], head);
        words[first + 1..last].iter_mut().for_each(|word| change(word, u64::MAX));
        change(&mut words[last], tail);
    }
}

/// A count of bits as an index.
fn index(count: i64) -> usize {
    usize::try_from(count).expect("counts are not negative")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Stretch = Stretch { from: 1000, to: 1000 + 200 };

    fn stretch(from: i64, to: i64) -> Stretch {
        Stretch { from, to }
    }

    fn starts(board: &Board) -> Vec<i64> {
        let mut starts = Vec::new();
        each_start(std::slice::from_ref(board), |minute, _| starts.push(minute));
        assert_eq!(starts.len(), board.len());
        starts
    }

    fn grid(pieces: &[Stretch], step: i64) -> Board {
        let mut board = Board::empty(Scale::of(FRAME, step, pieces));
        for piece in pieces {
            board.set_grid(*piece, step);
        }
        board
    }

    #[test]
    fn a_grid_keeps_its_phase_where_it_enters_the_frame() {
        assert_eq!(starts(&grid(&[stretch(970, 1070)], 30)), [1000, 1030, 1060]);
        assert_eq!(starts(&grid(&[stretch(971, 5000)], 90)), [1061, 1151]);
        assert!(grid(&[stretch(0, 1000), stretch(1200, 1300)], 1).is_empty());
        assert_eq!(starts(&grid(&[stretch(1199, 1300)], 10_000)), [1199]);
        assert!(grid(&[], 30).is_empty());
    }

    #[test]
    fn the_scale_is_as_coarse_as_the_grids_allow() {
        let bits = |pieces: &[Stretch], step| Scale::of(FRAME, step, pieces).len();
        assert_eq!(bits(&[stretch(970, 1070), stretch(1030, 1100), stretch(700, 710)], 30), 7);
        assert_eq!(bits(&[stretch(970, 1070), stretch(1045, 1100)], 30), 14);
        assert_eq!(bits(&[stretch(970, 1070), stretch(1046, 1100)], 30), 100);
        let mixed = grid(&[stretch(970, 1060), stretch(1046, 1100), stretch(1101, 1102)], 30);
        assert_eq!(starts(&mixed), [1000, 1030, 1046, 1076, 1101]);
    }

    #[test]
    fn a_run_is_cleared_whichever_words_it_covers() {
        for from in [0, 999, 1000, 1001, 1063, 1064, 1065, 1127, 1128, 1199, 1200] {
            for to in [1000, 1001, 1063, 1064, 1065, 1128, 1129, 1192, 1199, 1200, 2000] {
                let mut board = Board::full(FRAME);
                board.clear(stretch(from, to));
                let expected: Vec<i64> =
                    (FRAME.from..FRAME.to).filter(|minute| !(from..to).contains(minute)).collect();
                assert_eq!(starts(&board), expected, "{from}..{to}");
            }
        }
    }

    #[test]
    fn a_meeting_may_touch_what_is_taken_to_the_second() {
        let check = |start: i64, end: i64, expected: &[i64]| {
            let mut board = grid(&[FRAME], 50);
            let taken = Interval::from_secs(1050 * 60 + start, 1050 * 60 + end).unwrap();
            board.clear_meeting(&[taken], 10 * 60, 50 * 60);
            assert_eq!(starts(&board), expected);
        };
        check(0, 40 * 60, &[1000, 1100, 1150]);
        check(-1, 40 * 60, &[1100, 1150]);
        check(0, 40 * 60 + 1, &[1000, 1150]);
        check(-600 * 60, 600 * 60, &[]);
        check(i64::MIN / 2, i64::MIN / 4, &[1000, 1050, 1100, 1150]);
    }

    #[test]
    fn a_start_is_told_once_with_all_who_have_it() {
        let scale = Scale::of(FRAME, 1, []);
        let boards = [(1000, 70), (1001, 2), (1000, 140)].map(|(from, step)| {
            let mut board = Board::empty(scale);
            board.set_grid(stretch(from, from + 141), step);
            board
        });
        let mut told = Vec::new();
        each_start(&boards, |minute, places| told.push((minute, places)));
        assert_eq!(told.len(), 3 + 71);
        assert_eq!(told[..3], [(1000, 0b101), (1001, 0b010), (1003, 0b010)]);
        assert_eq!(told.iter().filter(|(_, places)| *places != 0b010).count(), 3);
    }
}
