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
was = bisher { $date }, { $time }{ "\u00A0" }Uhr
elsewhere = Für { $attendee }: { $time }, { $zone }
elsewhere-other-date = Für { $attendee }: { $date }, { $time }, { $zone }

## Lists of names

list-pair = { $first } und { $last }
list-more = { $first }, { $rest }

## The attendee's letter

attendee-requested-subject = Angefragt: { $title } mit { $hosts }, { $date }, { $time } Uhr
attendee-requested-sentence = Ihre Anfrage wartet auf eine Antwort: { $title } mit { $hosts }.
attendee-requested-preheader = { $date }, { $time }, { $zone }. Die Zeit bleibt für Sie frei, bis es eine Antwort gibt.
attendee-booked-subject = Gebucht: { $title } mit { $hosts }, { $date }, { $time } Uhr
attendee-booked-sentence = Ihr Termin ist gebucht: { $title } mit { $hosts }.
attendee-booked-preheader = { $date }, { $time }, { $zone }. Ändern oder absagen können Sie mit dem Link in dieser E-Mail.
attendee-moved-subject = Neue Zeit: { $title } mit { $hosts }, { $date }, { $time } Uhr
attendee-moved-sentence = { $by ->
    [attendee] Sie haben Ihren Termin verschoben: { $title } mit { $hosts }.
    [host] { $who } hat Ihren Termin verschoben: { $title }.
   *[other] Ihr Termin wurde verschoben: { $title } mit { $hosts }.
}
attendee-moved-preheader = { $date }, { $time }, { $zone }; { $was }.
attendee-moved-request-subject = Neue Zeit angefragt: { $title } mit { $hosts }, { $date }, { $time } Uhr
attendee-moved-request-sentence = { $by ->
    [attendee] Sie haben um eine neue Zeit gebeten: { $title } mit { $hosts }.
    [host] { $who } hat Ihre Anfrage auf eine neue Zeit verschoben: { $title }.
   *[other] Ihre Anfrage wurde auf eine neue Zeit verschoben: { $title } mit { $hosts }.
}
attendee-moved-request-preheader = { $date }, { $time }, { $zone }; { $was }. Die Zeit bleibt für Sie frei, bis es eine Antwort gibt.
attendee-cancelled-subject = Abgesagt: { $title } mit { $hosts }, { $date }, { $time } Uhr
attendee-cancelled-sentence = { $by ->
    [attendee] Sie haben Ihren Termin abgesagt: { $title } mit { $hosts }.
    [host] { $who } hat Ihren Termin abgesagt: { $title }.
   *[other] Ihr Termin wurde abgesagt: { $title } mit { $hosts }.
}
attendee-cancelled-preheader = { $date }, { $time }, { $zone }. Sie müssen nichts weiter tun.
attendee-declined-subject = Nicht gebucht: { $title } mit { $hosts }, { $date }, { $time } Uhr
attendee-declined-sentence = { $by ->
    [host] { $who } hat Ihre Anfrage abgelehnt: { $title }.
   *[other] Ihre Anfrage wurde abgelehnt: { $title } mit { $hosts }.
}
attendee-declined-preheader = { $date }, { $time }, { $zone }. Es ist nichts gebucht, Sie können um eine andere Zeit bitten.
attendee-lapsed-subject = Nicht gebucht: { $title } mit { $hosts }, { $date }, { $time } Uhr
attendee-lapsed-sentence = Ihre Anfrage wurde nicht rechtzeitig beantwortet: { $title } mit { $hosts }.
attendee-lapsed-preheader = { $date }, { $time }, { $zone }. Es ist nichts gebucht, Sie können um eine andere Zeit bitten.
attendee-reminder-subject = Erinnerung: { $title } mit { $hosts }, { $date }, { $time } Uhr
attendee-reminder-sentence = Ihr Termin steht bevor: { $title } mit { $hosts }.
attendee-reminder-preheader = { $date }, { $time }, { $zone }. Ändern oder absagen können Sie mit dem Link in dieser E-Mail.
attendee-next = Die Zeit bleibt für Sie frei, bis { $count ->
    [one] { $hosts } antwortet
   *[other] { $hosts } antworten
}, längstens bis { $date }, { $time } Uhr. Sie erhalten in jedem Fall eine E-Mail.
attendee-reply = Mit einer Antwort auf diese E-Mail erreichen Sie { $host }.
attendee-why = Gesendet von { $sender }, weil dieser Termin auf { $site } mit Ihrer Adresse gebucht wurde. Wenn Sie das nicht waren, sagen Sie den Termin oben ab.
attendee-why-requested = Gesendet von { $sender }, weil dieser Termin auf { $site } mit Ihrer Adresse angefragt wurde. Wenn Sie das nicht waren, sagen Sie den Termin oben ab.
attendee-why-over = Gesendet von { $sender }, weil für diesen Termin auf { $site } Ihre Adresse angegeben wurde.

## The letter of somebody who comes along

guest-requested-subject = Angefragt: { $title } mit { $hosts }, { $date }, { $time } Uhr
guest-requested-sentence = { $attendee } möchte Sie dabeihaben: { $title } mit { $hosts }.
guest-requested-preheader = { $date }, { $time }, { $zone }. Noch nicht gebucht: Die Zeit bleibt frei, bis es eine Antwort gibt.
guest-booked-subject = Einladung: { $title } mit { $hosts }, { $date }, { $time } Uhr
guest-booked-sentence = { $attendee } lädt Sie ein: { $title } mit { $hosts }.
guest-booked-preheader = { $date }, { $time }, { $zone }. Sie müssen nichts bestätigen, kommen Sie einfach.
guest-moved-subject = Neue Zeit: { $title } mit { $hosts }, { $date }, { $time } Uhr
guest-moved-sentence = { $by ->
    [attendee] { $attendee } hat den Termin verschoben: { $title } mit { $hosts }.
    [host] { $who } hat den Termin verschoben: { $title }.
   *[other] Der Termin wurde verschoben: { $title } mit { $hosts }.
}
guest-moved-preheader = { $date }, { $time }, { $zone }; { $was }.
guest-moved-request-subject = Neue Zeit angefragt: { $title } mit { $hosts }, { $date }, { $time } Uhr
guest-moved-request-sentence = { $by ->
    [attendee] { $attendee } hat um eine neue Zeit gebeten: { $title } mit { $hosts }.
    [host] { $who } hat die Anfrage auf eine neue Zeit verschoben: { $title }.
   *[other] Die Anfrage wurde auf eine neue Zeit verschoben: { $title } mit { $hosts }.
}
guest-moved-request-preheader = { $date }, { $time }, { $zone }; { $was }. Noch nicht gebucht: Die Zeit bleibt frei, bis es eine Antwort gibt.
guest-cancelled-subject = Abgesagt: { $title } mit { $hosts }, { $date }, { $time } Uhr
guest-cancelled-sentence = { $by ->
    [attendee] { $attendee } hat den Termin abgesagt: { $title } mit { $hosts }.
    [host] { $who } hat den Termin abgesagt: { $title }.
   *[other] Der Termin wurde abgesagt: { $title } mit { $hosts }.
}
guest-cancelled-preheader = { $date }, { $time }, { $zone }. Sie müssen nichts weiter tun.
guest-declined-subject = Nicht gebucht: { $title } mit { $hosts }, { $date }, { $time } Uhr
guest-declined-sentence = { $by ->
    [host] { $who } hat die Anfrage abgelehnt: { $title }.
   *[other] Die Anfrage wurde abgelehnt: { $title } mit { $hosts }.
}
guest-declined-preheader = { $date }, { $time }, { $zone }. Es ist nichts gebucht.
guest-lapsed-subject = Nicht gebucht: { $title } mit { $hosts }, { $date }, { $time } Uhr
guest-lapsed-sentence = Die Anfrage wurde nicht rechtzeitig beantwortet: { $title } mit { $hosts }.
guest-lapsed-preheader = { $date }, { $time }, { $zone }. Es ist nichts gebucht.
guest-reminder-subject = Erinnerung: { $title } mit { $hosts }, { $date }, { $time } Uhr
guest-reminder-sentence = Der Termin steht bevor: { $title } mit { $hosts }.
guest-reminder-preheader = { $date }, { $time }, { $zone }. Sie müssen nichts bestätigen, kommen Sie einfach.
guest-next = Der Termin ist noch nicht gebucht. Die Zeit bleibt frei, bis { $count ->
    [one] { $hosts } antwortet
   *[other] { $hosts } antworten
}, längstens bis { $date }, { $time } Uhr. Sie erhalten in jedem Fall eine E-Mail.
guest-reply = Mit einer Antwort auf diese E-Mail erreichen Sie { $host }.
guest-why = Gesendet von { $sender }, weil { $attendee } bei dieser Buchung auf { $site } Ihre Adresse angegeben hat. Wenn Sie { $attendee } nicht kennen, lassen Sie diese E-Mail unbeantwortet.

## The host's letter

# Stands after "bei".
you = Ihnen
you-and = Ihnen und { $others }
host-requested-subject = Neue Anfrage: { $title } mit { $attendee }, { $date }, { $time } Uhr
host-requested-sentence = { $attendee } hat bei { $you } angefragt und wartet auf Ihre Antwort: { $title }.
host-requested-preheader = { $date }, { $time }, { $zone }. Die Zeit bleibt für { $attendee } frei, bis Sie antworten.
host-booked-subject = Neue Buchung: { $title } mit { $attendee }, { $date }, { $time } Uhr
host-booked-sentence = { $attendee } hat bei { $you } gebucht: { $title }.
host-booked-preheader = { $date }, { $time }, { $zone }.
host-approved-subject = Zugesagt: { $title } mit { $attendee }, { $date }, { $time } Uhr
host-approved-sentence = { $by ->
    [reader] Sie haben zugesagt, der Termin ist gebucht: { $title } mit { $attendee }.
    [host] { $who } hat zugesagt, der Termin ist gebucht: { $title } mit { $attendee }.
   *[other] Die Anfrage ist angenommen, der Termin ist gebucht: { $title } mit { $attendee }.
}
host-approved-preheader = { $date }, { $time }, { $zone }.
host-moved-subject = Neue Zeit: { $title } mit { $attendee }, { $date }, { $time } Uhr
host-moved-sentence = { $by ->
    [attendee] { $attendee } hat den Termin verschoben: { $title }.
    [reader] Sie haben den Termin verschoben: { $title } mit { $attendee }.
    [host] { $who } hat den Termin verschoben: { $title } mit { $attendee }.
    [calendar] Der Termin hat eine neue Zeit, weil sein Eintrag im Kalender verschoben wurde: { $title } mit { $attendee }.
   *[other] Der Termin wurde verschoben: { $title } mit { $attendee }.
}
host-moved-preheader = { $date }, { $time }, { $zone }; { $was }.
host-moved-request-subject = Neue Zeit angefragt: { $title } mit { $attendee }, { $date }, { $time } Uhr
host-moved-request-sentence = { $by ->
    [attendee] { $attendee } bittet um eine neue Zeit und wartet auf Ihre Antwort: { $title }.
   *[other] Eine Anfrage hat eine neue Zeit und wartet auf Ihre Antwort: { $title } mit { $attendee }.
}
host-moved-request-preheader = { $date }, { $time }, { $zone }; { $was }. Die Zeit bleibt für { $attendee } frei, bis Sie antworten.
host-cancelled-subject = Abgesagt: { $title } mit { $attendee }, { $date }, { $time } Uhr
host-cancelled-sentence = { $by ->
    [attendee] { $attendee } hat den Termin abgesagt: { $title }.
    [reader] Sie haben den Termin abgesagt: { $title } mit { $attendee }.
    [host] { $who } hat den Termin abgesagt: { $title } mit { $attendee }.
    [calendar] Der Termin ist abgesagt, weil sein Eintrag im Kalender gelöscht wurde: { $title } mit { $attendee }.
   *[other] Der Termin wurde abgesagt: { $title } mit { $attendee }.
}
host-cancelled-preheader = { $date }, { $time }, { $zone }. Die Zeit ist wieder frei.
host-declined-subject = Abgelehnt: { $title } mit { $attendee }, { $date }, { $time } Uhr
host-declined-sentence = { $by ->
    [reader] Sie haben die Anfrage abgelehnt: { $title } mit { $attendee }.
    [host] { $who } hat die Anfrage abgelehnt: { $title } mit { $attendee }.
   *[other] Die Anfrage wurde abgelehnt: { $title } mit { $attendee }.
}
host-declined-preheader = { $date }, { $time }, { $zone }. Die Zeit ist wieder frei.
host-lapsed-subject = Verfallen: { $title } mit { $attendee }, { $date }, { $time } Uhr
host-lapsed-sentence = Eine Anfrage wurde nicht rechtzeitig beantwortet und ist abgelehnt: { $title } mit { $attendee }.
host-lapsed-preheader = { $date }, { $time }, { $zone }. Die Zeit ist wieder frei.
host-reminder-subject = Erinnerung: { $title } mit { $attendee }, { $date }, { $time } Uhr
host-reminder-sentence = Ihr Termin steht bevor: { $title } mit { $attendee }.
host-reminder-preheader = { $date }, { $time }, { $zone }.
host-next = Sagen Sie bis { $date }, { $time } Uhr unter Ihren Buchungen auf { $site } zu oder ab. Bis dahin bleibt die Zeit für { $attendee } frei; ohne Antwort ist die Anfrage abgelehnt.
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

next = Wie es weitergeht
reason = Begründung
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
add-moved = Falls Ihr Kalender die neue Zeit aus dieser E-Mail nicht übernommen hat:
add-unmoved = Nur falls Sie von { $hosts } keine Nachricht über die neue Zeit erhalten haben:
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
