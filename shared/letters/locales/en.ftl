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
# When the meeting was to be, before it was moved.
was = was { $date }, { $time }
# The meeting in somebody else's zone.
elsewhere = For { $attendee }: { $time }, { $zone }
elsewhere-other-date = For { $attendee }: { $date }, { $time }, { $zone }

## Lists of names

list-pair = { $first } and { $last }
list-more = { $first }, { $rest }

## The attendee's letter
#
# Of each letter the subject, one sentence of what happened, and the line that mail programs show beside the subject.
# A letter about what somebody did may use $by and, for a host, the name $who: attendee; reader, who is the host who
# reads; host, another one; calendar, for an entry that was changed in the host's calendar; other. $was is "was Tuesday
# 3 March, 14:30".

attendee-requested-subject = Requested: { $title } with { $hosts }, { $date }, { $time }
attendee-requested-sentence = Your request for { $title } with { $hosts } waits for an answer.
attendee-requested-preheader = { $date }, { $time }, { $zone }. The time is held for you until there is an answer.
attendee-booked-subject = Booked: { $title } with { $hosts }, { $date }, { $time }
attendee-booked-sentence = { $title } with { $hosts } is booked.
attendee-booked-preheader = { $date }, { $time }, { $zone }. Change or cancel with the link inside.
attendee-moved-subject = New time: { $title } with { $hosts }, { $date }, { $time }
attendee-moved-sentence = { $by ->
    [attendee] You moved { $title } with { $hosts } to a new time.
    [host] { $who } moved { $title } to a new time.
   *[other] { $title } with { $hosts } has a new time.
}
attendee-moved-preheader = { $date }, { $time }, { $zone }; { $was }.
attendee-moved-request-subject = New time requested: { $title } with { $hosts }, { $date }, { $time }
attendee-moved-request-sentence = { $by ->
    [attendee] You asked for a new time for { $title } with { $hosts }.
    [host] { $who } moved your request for { $title } to a new time.
   *[other] Your request for { $title } with { $hosts } has a new time.
}
attendee-moved-request-preheader = { $date }, { $time }, { $zone }; { $was }. The time is held for you until there is an answer.
attendee-cancelled-subject = Cancelled: { $title } with { $hosts }, { $date }, { $time }
attendee-cancelled-sentence = { $by ->
    [attendee] You cancelled { $title } with { $hosts }.
    [host] { $who } cancelled { $title }.
   *[other] { $title } with { $hosts } is cancelled.
}
attendee-cancelled-preheader = { $date }, { $time }, { $zone }. There is nothing left for you to do.
attendee-declined-subject = Not booked: { $title } with { $hosts }, { $date }, { $time }
attendee-declined-sentence = { $by ->
    [host] { $who } declined your request for { $title }.
   *[other] Your request for { $title } with { $hosts } was declined.
}
attendee-declined-preheader = { $date }, { $time }, { $zone }. Nothing is booked: you may ask for another time.
attendee-lapsed-subject = Not booked: { $title } with { $hosts }, { $date }, { $time }
attendee-lapsed-sentence = Your request for { $title } with { $hosts } was not answered in time.
attendee-lapsed-preheader = { $date }, { $time }, { $zone }. Nothing is booked: you may ask for another time.
attendee-reminder-subject = Reminder: { $title } with { $hosts }, { $date }, { $time }
attendee-reminder-sentence = { $title } with { $hosts } is coming up.
attendee-reminder-preheader = { $date }, { $time }, { $zone }. Change or cancel with the link inside.
# The request is declined without an answer by $date, $time.
attendee-next = The time is held for you until { $count ->
    [one] { $hosts } answers
   *[other] { $hosts } answer
}, at most until { $date }, { $time }. You get a letter either way.
# $host is the first of the hosts, whom an answer to the letter reaches.
attendee-reply = Reply to this letter to reach { $host }.
attendee-why = Sent by { $sender }, because this meeting was booked with your address at { $site }. If that was not you, cancel it above.
attendee-why-requested = Sent by { $sender }, because this meeting was requested with your address at { $site }. If that was not you, cancel it above.
attendee-why-over = Sent by { $sender }, because your address was given for this meeting at { $site }.

## The letter of somebody who comes along

guest-requested-subject = Requested: { $title } with { $hosts }, { $date }, { $time }
guest-requested-sentence = { $attendee } would like you to join { $title } with { $hosts }.
guest-requested-preheader = { $date }, { $time }, { $zone }. Not booked yet: the time is held until there is an answer.
guest-booked-subject = Invitation: { $title } with { $hosts }, { $date }, { $time }
guest-booked-sentence = { $attendee } invites you to { $title } with { $hosts }.
guest-booked-preheader = { $date }, { $time }, { $zone }. Nothing to confirm: just come.
guest-moved-subject = New time: { $title } with { $hosts }, { $date }, { $time }
guest-moved-sentence = { $by ->
    [attendee] { $attendee } moved { $title } with { $hosts } to a new time.
    [host] { $who } moved { $title } to a new time.
   *[other] { $title } with { $hosts } has a new time.
}
guest-moved-preheader = { $date }, { $time }, { $zone }; { $was }.
guest-moved-request-subject = New time requested: { $title } with { $hosts }, { $date }, { $time }
guest-moved-request-sentence = { $by ->
    [attendee] { $attendee } asked for a new time for { $title } with { $hosts }.
    [host] { $who } moved the request for { $title } to a new time.
   *[other] The request for { $title } with { $hosts } has a new time.
}
guest-moved-request-preheader = { $date }, { $time }, { $zone }; { $was }. Not booked yet: the time is held until there is an answer.
guest-cancelled-subject = Cancelled: { $title } with { $hosts }, { $date }, { $time }
guest-cancelled-sentence = { $by ->
    [attendee] { $attendee } cancelled { $title } with { $hosts }.
    [host] { $who } cancelled { $title }.
   *[other] { $title } with { $hosts } is cancelled.
}
guest-cancelled-preheader = { $date }, { $time }, { $zone }. There is nothing left for you to do.
guest-declined-subject = Not booked: { $title } with { $hosts }, { $date }, { $time }
guest-declined-sentence = { $by ->
    [host] { $who } declined the request for { $title }.
   *[other] The request for { $title } with { $hosts } was declined.
}
guest-declined-preheader = { $date }, { $time }, { $zone }. Nothing is booked.
guest-lapsed-subject = Not booked: { $title } with { $hosts }, { $date }, { $time }
guest-lapsed-sentence = The request for { $title } with { $hosts } was not answered in time.
guest-lapsed-preheader = { $date }, { $time }, { $zone }. Nothing is booked.
guest-reminder-subject = Reminder: { $title } with { $hosts }, { $date }, { $time }
guest-reminder-sentence = { $title } with { $hosts } is coming up.
guest-reminder-preheader = { $date }, { $time }, { $zone }. Nothing to confirm: just come.
guest-next = It is not booked yet. The time is held until { $count ->
    [one] { $hosts } answers
   *[other] { $hosts } answer
}, at most until { $date }, { $time }. You get a letter either way.
guest-reply = Reply to this letter to reach { $host }.
guest-why = Sent by { $sender }, because { $attendee } gave your address with this booking at { $site }. If you do not know { $attendee }, leave this letter unanswered.

## The host's letter
#
# $you is the reader, or the reader and those who take the meeting with them.

you = you
you-and = you and { $others }
host-requested-subject = New request: { $title } with { $attendee }, { $date }, { $time }
host-requested-sentence = { $attendee } asks for { $title } with { $you }: the request waits for your word.
host-requested-preheader = { $date }, { $time }, { $zone }. Held for { $attendee } until you answer.
host-booked-subject = New booking: { $title } with { $attendee }, { $date }, { $time }
host-booked-sentence = { $attendee } booked { $title } with { $you }.
host-booked-preheader = { $date }, { $time }, { $zone }.
host-approved-subject = Approved: { $title } with { $attendee }, { $date }, { $time }
host-approved-sentence = { $by ->
    [reader] You approved { $title } with { $attendee }: it is booked.
    [host] { $who } approved { $title } with { $attendee }: it is booked.
   *[other] { $title } with { $attendee } is approved and booked.
}
host-approved-preheader = { $date }, { $time }, { $zone }.
host-moved-subject = New time: { $title } with { $attendee }, { $date }, { $time }
host-moved-sentence = { $by ->
    [attendee] { $attendee } moved { $title } to a new time.
    [reader] You moved { $title } with { $attendee } to a new time.
    [host] { $who } moved { $title } with { $attendee } to a new time.
    [calendar] { $title } with { $attendee } has a new time, because its entry was moved in the calendar.
   *[other] { $title } with { $attendee } has a new time.
}
host-moved-preheader = { $date }, { $time }, { $zone }; { $was }.
host-moved-request-subject = New time requested: { $title } with { $attendee }, { $date }, { $time }
host-moved-request-sentence = { $by ->
    [attendee] { $attendee } asks for a new time for { $title }: the request waits for your word.
   *[other] The request of { $attendee } for { $title } has a new time and waits for your word.
}
host-moved-request-preheader = { $date }, { $time }, { $zone }; { $was }. Held for { $attendee } until you answer.
host-cancelled-subject = Cancelled: { $title } with { $attendee }, { $date }, { $time }
host-cancelled-sentence = { $by ->
    [attendee] { $attendee } cancelled { $title }.
    [reader] You cancelled { $title } with { $attendee }.
    [host] { $who } cancelled { $title } with { $attendee }.
    [calendar] { $title } with { $attendee } is cancelled, because its entry was deleted in the calendar.
   *[other] { $title } with { $attendee } is cancelled.
}
host-cancelled-preheader = { $date }, { $time }, { $zone }. The time is free again.
host-declined-subject = Declined: { $title } with { $attendee }, { $date }, { $time }
host-declined-sentence = { $by ->
    [reader] You declined { $title } with { $attendee }.
    [host] { $who } declined { $title } with { $attendee }.
   *[other] { $title } with { $attendee } was declined.
}
host-declined-preheader = { $date }, { $time }, { $zone }. The time is free again.
host-lapsed-subject = Lapsed: { $title } with { $attendee }, { $date }, { $time }
host-lapsed-sentence = The request of { $attendee } for { $title } was not answered in time and is declined.
host-lapsed-preheader = { $date }, { $time }, { $zone }. The time is free again.
host-reminder-subject = Reminder: { $title } with { $attendee }, { $date }, { $time }
host-reminder-sentence = { $title } with { $attendee } is coming up.
host-reminder-preheader = { $date }, { $time }, { $zone }.
host-next = Approve or decline it in your bookings at { $site } by { $date }, { $time }. Until then the time is held for { $attendee }; without an answer the request is declined.
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

# What comes of a request.
next = What happens next
# Why a meeting does not take place.
reason = Reason
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
# The meeting was moved.
add-moved = If it did not take the new time from this letter:
add-unmoved = Only if no news of the new time from { $hosts } has reached you:
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
