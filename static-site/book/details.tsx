import { Confirm } from "../components/confirm";
import { Form } from "../components/form";
import { Missed } from "../components/missed";
import { useWords } from "../components/words";
import type { MeetingType } from "../lib/api";
import { check, sortErrors, toRequest } from "../lib/form";
import { isProblem, listed, noErrors, type Trouble } from "../lib/journey";
import { epoch, type Instant } from "../lib/plain-date";
import { draftOf } from "../lib/prefill";
import type { Calendar } from "../page/use-listing";
import type { BookingProps, View } from "./booking";
import { placeIn } from "./place";
import { useBook } from "./use-book";

type DetailsProps = BookingProps & {
  readonly calendar: Calendar;
  readonly view: View;
  readonly meetingType: MeetingType;
  readonly slot: Instant;
};

/** The form, and the dialog that asks for the last word. */
export function Details({ outside, journey, act, meetingType, calendar, view, slot }: DetailsProps) {
  const { t, locale, zone } = useWords();
  const { prefill, trail, page, referrer } = outside;
  const book = useBook({ outside, act, refresh: calendar.refresh });
  const draft = journey.draft ?? draftOf(prefill, meetingType);
  const duration = view.minutes;
  const source = { page, referrer, utm: prefill.utm };
  const names = meetingType.hosts.map(({ name }) => name);
  const body = toRequest({
    meetingType,
    start: slot,
    duration,
    zone,
    locale,
    draft,
    source,
    host: journey.host,
  });
  const errorsIn = (trouble: Trouble) =>
    isProblem(trouble, "invalid") ? sortErrors(trouble.problem, meetingType, t) : noErrors;
  const takeInstead = (near: Instant) => {
    trail.replace(placeIn({ ...journey, step: "form", slot: near }));
    act({ kind: "chosen", slot: near });
  };
  return (
    <>
      <Form
        key={epoch(slot)}
        meetingType={meetingType}
        slot={slot}
        minutes={duration}
        draft={draft}
        errors={journey.errors}
        trouble={journey.asking ? undefined : journey.trouble}
        onDraft={(typed) => act({ kind: "typed", draft: typed })}
        onSubmit={() => act({ kind: "checked", errors: check(draft, meetingType, t) })}
        onChange={trail.back}
        spelled={(near) => listed(calendar.own, near) ?? near}
        onAlternative={takeInstead}
      >
        {journey.missed && !journey.asking && <Missed missed={journey.missed} />}
      </Form>
      {journey.asking && (
        <Confirm
          meetingType={meetingType}
          people={t.people(names, meetingType.mode)}
          slot={slot}
          minutes={duration}
          email={draft.email.trim()}
          sending={journey.sending}
          trouble={journey.trouble}
          open={journey.open ?? false}
          onBook={() => void book(body, errorsIn)}
          onBack={() => act({ kind: "closed" })}
        />
      )}
    </>
  );
}
