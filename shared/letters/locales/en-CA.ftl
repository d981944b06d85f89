# Canadian English: the month before the day, a 12-hour clock.

date = { $weekday }, { $month } { $day }
date-and-year = { $weekday }, { $month } { $day }, { $year }
time = { $hour-half }:{ $minute } { $half ->
    [am] a.m.
   *[pm] p.m.
}
