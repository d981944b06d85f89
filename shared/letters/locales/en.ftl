# English, with the day before the month and a 24-hour clock.
#
# Every message may use $title, $hosts, $count (of the hosts) and $attendee.
#
# A language is complete when it has every message of this file, each with the same values. A regional file such
# as en-US.ftl holds only what differs. Names, titles and addresses arrive ready for the page; numbers may be used in selectors.

# Which way the letter reads: ltr or rtl.
direction = ltr

## Time

# $number runs from 1, Monday, to 7, Sunday.
weekday = { $number ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
# $number runs from 1 to 12.
month = { $number ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
date = { $weekday } { $day } { $month }
date-and-year = { $weekday } { $day } { $month } { $year }
# $hour (9) and $hour-padded (09) count to 23; $hour-half (9) counts to 12, with $half am or pm.
time = { $hour-padded }:{ $minute }
time-range = { $start } to { $end }
# The meeting ends on another date.
time-range-overnight = { $start } to { $end } on { $date }
hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
# An hour and a half.
length = { $hours } { $minutes }
# $offset is UTC+01:00.
zone = { $zone }, { $offset }
# The clocks change during the meeting.
zone-changing = { $zone }, { $offset } at the start and { $offset-end } at the end: the clocks change in between
# The meeting in somebody else's zone.
elsewhere = For { $attendee }: { $time }, { $zone }
elsewhere-other-date = For { $attendee }: { $date }, { $time }, { $zone }

## Lists of names

list-pair = { $first } and { $last }
list-more = { $first }, { $rest }

## The attendee's letter

attendee-subject = Booked: { $title } with { $hosts }, { $date }, { $time }
attendee-sentence = { $title } with { $hosts } is booked.
attendee-preheader = { $date }, { $time }, { $zone }. Change or cancel with the link inside.
attendee-reply = Reply to this letter to reach { $hosts }.
attendee-why = Sent by { $sender }, because this meeting was booked with your address at { $site }. If that was not you, cancel it above.

## The letter of somebody who comes along

guest-subject = Invitation: { $title } with { $hosts }, { $date }, { $time }
guest-sentence = { $attendee } invites you to { $title } with { $hosts }.
guest-preheader = { $date }, { $time }, { $zone }. Nothing to confirm: just come.
guest-reply = Reply to this letter to reach { $hosts }.
guest-why = Sent by { $sender }, because { $attendee } gave your address with this booking at { $site }. If you do not know { $attendee }, leave this letter unanswered.

## The host's letter

host-subject = New booking: { $title } with { $attendee }, { $date }, { $time }
host-sentence = { $attendee } booked { $title } with you.
host-sentence-together = { $attendee } booked { $title } with you and { $others }.
host-preheader = { $date }, { $time }, { $zone }.
host-reply = Reply to this letter to reach { $attendee }.
host-why = Sent by { $sender }, because you take meetings at { $site }.

## Where it happens

where = Where
call-google-meet = Google Meet
call-teams = Microsoft Teams
call-online = Online
join-google-meet = Join with Google Meet
join-teams = Join with Microsoft Teams
join-online = Join online
call-later = { $call }. The link follows from { $hosts }.
call-later-host = { $call }. There is no link yet: send one to { $attendee }.
phone-dial = By phone: call { $hosts } at { $number }.
phone-dial-host = By phone: { $attendee } calls { $number }.
phone-callback = By phone: { $count ->
    [one] { $hosts } calls
   *[other] { $hosts } call
} you at { $number }.
phone-callback-guest = By phone: { $count ->
    [one] { $hosts } calls
   *[other] { $hosts } call
} { $attendee }.
phone-callback-host = By phone: call { $attendee } at { $number }.
phone-open = By phone. { $hosts } will want to know your number.
phone-open-host = By phone. { $attendee } left no number: ask for one.
in-person-open = In person. { $hosts } will tell you where.
in-person-open-host = In person. No address is set: tell { $attendee } where to come.
to-be-agreed = Still to be agreed with { $hosts }.
to-be-agreed-host = Still to be agreed with { $attendee }.

## Who comes, and what they said

who = Who
who-host = { $name } (host)
who-you = { $name } (you)
who-address = { $name }, { $address }
who-more = { $count ->
    [one] and one guest more
   *[other] and { $count } guests more
}
booked-by = Booked by
guests = Guests
hosts = Hosts
note = Note
source = Came from
source-form = Form { $form }
source-before = Before that: { $page }
answer-yes = Yes
answer-no = No

## What the reader can do

add = Add to your calendar
add-invited = If it did not take the invitation in this letter:
add-uninvited = Only if no invitation from { $hosts } has reached you:
add-google = Google
add-outlook = Outlook
add-office365 = Microsoft 365
add-file = Apple and others
manage = Change or cancel

## In the calendar

entry = { $title } with { $hosts }
entry-host = { $title } with { $attendee }
entry-line = { $label }: { $value }
entry-asked = { $label } { $value }
