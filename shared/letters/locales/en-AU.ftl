# Australian English: a 12-hour clock.

time = { $hour-half }:{ $minute } { $half ->
    [am] am
   *[pm] pm
}
