# Deutsch, mit "Sie" und 24-Stunden-Uhr.
#
# German for readers anywhere; de-AT.ftl holds what Austrians say differently. What the messages mean and which
# values they get is said in en.ftl. Words are chosen so that nobody's gender has to be known, and so that a list
# of hosts needs no other verb than a single one, wherever no count is given.

direction = ltr

## Time

weekday = { $number ->
    [1] Montag
    [2] Dienstag
    [3] Mittwoch
    [4] Donnerstag
    [5] Freitag
    [6] Samstag
   *[7] Sonntag
}
month = { $number ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
}
date = { $weekday }, { $day }. { $month }
date-and-year = { $weekday }, { $day }. { $month } { $year }
# "Uhr" follows once, after a range or a single time.
time = { $hour-padded }:{ $minute }
time-range = { $start } bis { $end } Uhr
time-range-overnight = { $start } Uhr bis { $date }, { $end } Uhr
hours = { $count ->
    [one] 1 Stunde
   *[other] { $count } Stunden
}
minutes = { $count ->
    [one] 1 Minute
   *[other] { $count } Minuten
}
length = { $hours } { $minutes }
zone = { $zone }, { $offset }
zone-changing = { $zone }, zu Beginn { $offset } und am Ende { $offset-end }: Dazwischen wird die Uhr umgestellt
elsewhere = Für { $attendee }: { $time }, { $zone }
elsewhere-other-date = Für { $attendee }: { $date }, { $time }, { $zone }

## Lists of names

list-pair = { $first } und { $last }
list-more = { $first }, { $rest }

## The attendee's letter

attendee-subject = Gebucht: { $title } mit { $hosts }, { $date }, { $time } Uhr
attendee-sentence = Ihr Termin ist gebucht: { $title } mit { $hosts }.
attendee-preheader = { $date }, { $time }, { $zone }. Ändern oder absagen können Sie mit dem Link in dieser E-Mail.
attendee-reply = Mit einer Antwort auf diese E-Mail erreichen Sie { $hosts }.
attendee-why = Gesendet von { $sender }, weil dieser Termin auf { $site } mit Ihrer Adresse gebucht wurde. Wenn Sie das nicht waren, sagen Sie den Termin oben ab.

## The letter of somebody who comes along

guest-subject = Einladung: { $title } mit { $hosts }, { $date }, { $time } Uhr
guest-sentence = { $attendee } lädt Sie ein: { $title } mit { $hosts }.
guest-preheader = { $date }, { $time }, { $zone }. Sie müssen nichts bestätigen, kommen Sie einfach.
guest-reply = Mit einer Antwort auf diese E-Mail erreichen Sie { $hosts }.
guest-why = Gesendet von { $sender }, weil { $attendee } bei dieser Buchung auf { $site } Ihre Adresse angegeben hat. Wenn Sie { $attendee } nicht kennen, lassen Sie diese E-Mail unbeantwortet.

## The host's letter

host-subject = Neue Buchung: { $title } mit { $attendee }, { $date }, { $time } Uhr
host-sentence = { $attendee } hat bei Ihnen gebucht: { $title }.
host-sentence-together = { $attendee } hat bei Ihnen und { $others } gebucht: { $title }.
host-preheader = { $date }, { $time }, { $zone }.
host-reply = Mit einer Antwort auf diese E-Mail erreichen Sie { $attendee }.
host-why = Gesendet von { $sender }, weil Sie auf { $site } Termine anbieten.

## Where it happens

where = Ort
call-google-meet = Google Meet
call-teams = Microsoft Teams
call-online = Online
join-google-meet = Mit Google Meet teilnehmen
join-teams = Mit Microsoft Teams teilnehmen
join-online = Online teilnehmen
call-later = { $call }. Den Link erhalten Sie von { $hosts }.
call-later-host = { $call }. Es gibt noch keinen Link: Schicken Sie { $attendee } einen.
phone-dial = Telefonisch: Rufen Sie { $hosts } unter { $number } an.
phone-dial-host = Telefonisch: { $attendee } ruft unter { $number } an.
phone-callback = Telefonisch: { $count ->
    [one] { $hosts } ruft
   *[other] { $hosts } rufen
} Sie unter { $number } an.
phone-callback-guest = Telefonisch: { $count ->
    [one] { $hosts } ruft
   *[other] { $hosts } rufen
} { $attendee } an.
phone-callback-host = Telefonisch: Rufen Sie { $attendee } unter { $number } an.
phone-open = Telefonisch. Teilen Sie { $hosts } noch Ihre Nummer mit.
phone-open-host = Telefonisch. { $attendee } hat keine Nummer angegeben: Fragen Sie danach.
in-person-open = Persönlich. Wo genau, erfahren Sie von { $hosts }.
in-person-open-host = Persönlich. Es ist keine Adresse hinterlegt: Sagen Sie { $attendee }, wo Sie sich treffen.
to-be-agreed = Noch mit { $hosts } zu vereinbaren.
to-be-agreed-host = Noch mit { $attendee } zu vereinbaren.

## Who comes, and what they said

who = Wer
who-host = { $name } (bietet den Termin an)
who-you = { $name } (Sie)
who-address = { $name }, { $address }
who-more = { $count ->
    [one] und ein weiterer Gast
   *[other] und { $count } weitere Gäste
}
booked-by = Gebucht von
guests = Gäste
hosts = Aus dem Team
note = Nachricht
source = Herkunft
source-form = Formular { $form }
source-before = Davor: { $page }
answer-yes = Ja
answer-no = Nein

## What the reader can do

add = In den Kalender eintragen
add-invited = Falls Ihr Kalender die Einladung aus dieser E-Mail nicht übernommen hat:
add-uninvited = Nur falls Sie keine Einladung von { $hosts } erhalten haben:
add-google = Google
add-outlook = Outlook
add-office365 = Microsoft 365
add-file = Apple und andere
manage = Ändern oder absagen

## In the calendar

entry = { $title } mit { $hosts }
entry-host = { $title } mit { $attendee }
entry-line = { $label }: { $value }
entry-asked = { $label } { $value }
