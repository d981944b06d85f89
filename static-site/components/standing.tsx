import type { IconNode } from "lucide";
import { CalendarX2, Check, Hourglass } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import type { Trouble } from "../lib/journey";
import type { Managed } from "../lib/manage-api";
import { type Done, roomOf, type Standing as State, standingOf } from "../lib/managing";
import { epoch, type Zone } from "../lib/plain-date";
import { Calendars } from "./calendars";
import { Icon } from "./icon";
import { Leaf } from "./leaf";
import { here, type ManageWords, named, useManageWords } from "./manage-words";
import { Notice } from "./notice";
import { Said, type SaidProps } from "./said";
import { Bone } from "./skeleton";
import { troubleWords } from "./trouble";
import { sayDayAndTime, sayThere } from "./words";

type StandingProps = Omit<SaidProps, "ahead"> & {
  readonly done: Done | undefined;
  readonly surprise: object | undefined;
  readonly trouble: Trouble | undefined;
  readonly hostZone: Zone | undefined;
  /** Where the device says that it is. */
  readonly ownZone: Zone | undefined;
  /** Whether it has just come about; a page that is only loaded again leaves the focus alone. */
  readonly fresh: boolean;
  readonly onMove: () => void;
  readonly onCancel: () => void;
};

/** A booking as it stands, in the sentence in which it was booked, and what can still be done with it. */
export function Standing(props: StandingProps) {
  const { managed, done, fresh, hostZone } = props;
  const words = useManageWords();
  const { start, minutes } = named(words, managed);
  const standing = standingOf(managed, words.nowMs);
  const { icon, title, sentence, next } = outcome(words, managed, standing, done);
  return (
    <section class="booked arrives" aria-labelledby="booking">
      <Opening icon={icon} title={title} sentence={sentence} focus={done ?? fresh} />
      <WhatHappened {...props} />
      <Leaf
        start={start}
        minutes={minutes}
        hostZone={hostZone}
        gone={standing === "over" ? "over" : isGone(standing) ? "off" : undefined}
      >
        <Here {...props} />
      </Leaf>
      {next && <p>{next}</p>}
      <Said {...props} ahead={!isGone(standing)} />
      <Room {...props} standing={standing} />
    </section>
  );
}

type OpeningProps = {
  readonly icon: IconNode;
  readonly title: string;
  readonly sentence: string;
  /** Whether the heading takes the focus, and on behalf of what. */
  readonly focus: object | boolean;
};

function Opening({ icon, title, sentence, focus }: OpeningProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focus) heading.current?.focus();
  }, [focus]);
  return (
    <div class="opening">
      <span class="done">
        <Icon node={icon} />
      </span>
      <h1 id="booking" tabIndex={-1} ref={heading}>
        {title}
      </h1>
      <p>{sentence}</p>
    </div>
  );
}

/** What nobody on this side did, or what did not work. */
function WhatHappened({ surprise, trouble }: StandingProps) {
  const { t, m } = useManageWords();
  if (surprise) {
    return (
      <Notice title={m.surprise.title} urgent={surprise}>
        {m.surprise.text}
      </Notice>
    );
  }
  if (!trouble) return null;
  const { title, text } = troubleWords(trouble, t);
  return (
    <Notice title={title} tone="grave" urgent={trouble}>
      {text}
    </Notice>
  );
}

/** The reading where the guest is now, for whoever booked in one place and travels. */
function Here({ managed, ownZone }: StandingProps) {
  const words = useManageWords();
  const { start, minutes } = named(words, managed);
  const there = sayThere(words, start, minutes, ownZone);
  return there ? <p class="soft small">{words.m.hereTime(there.range, there.city, there.short)}</p> : null;
}

/** What can be done with it: change it while there is time, put it into a calendar while it is ahead, book anew. */
function Room({ managed, meetingType, standing, onMove, onCancel }: StandingProps & { standing: State }) {
  const words = useManageWords();
  const { m } = words;
  const room = roomOf(managed, words.nowMs);
  const { slug } = managed.booking.meeting_type;
  const another = isGone(standing) ? "button primary" : "button plain";
  return (
    <>
      {(room === "open" || room === "fixed") && (
        <div class="change">
          <div class="acts">
            {room === "open" && (
              <button type="button" class="button primary" onClick={onMove}>
                {m.move}
              </button>
            )}
            <button type="button" class="button grave" onClick={onCancel}>
              {m.cancel}
            </button>
          </div>
          <p class="soft small">{room === "open" ? sayUntil(words, managed) : m.fixed}</p>
        </div>
      )}
      {room === "late" && <Late managed={managed} />}
      {standing === "confirmed" && managed.calendar && <Calendars calendar={managed.calendar} />}
      {meetingType !== "gone" && (
        <div class={isGone(standing) ? "acts" : "after"}>
          <a class={another} href={`/book/${encodeURIComponent(slug)}`}>
            {m.bookAnother}
          </a>
        </div>
      )}
    </>
  );
}

function sayUntil(words: ManageWords, { booking, may: { until } }: Managed): string {
  if (until === null || epoch(until) === epoch(booking.start)) return words.m.untilBegin;
  return words.m.until(sayDayAndTime(words, here(words, until)));
}

/** Inside the cut-off: until when it could be changed, and whom to ask. */
function Late({ managed }: { readonly managed: Managed }) {
  const words = useManageWords();
  const { until } = managed.may;
  const { people } = named(words, managed);
  return (
    <Notice title={words.m.lateTitle}>
      {words.m.late(sayDayAndTime(words, here(words, until ?? managed.booking.start)), people)}
    </Notice>
  );
}

function isGone(standing: State): boolean {
  return standing === "cancelled" || standing === "declined" || standing === "over";
}

type Outcome = {
  readonly icon: IconNode;
  readonly title: string;
  readonly sentence: string;
  readonly next: string;
};

function outcome(words: ManageWords, managed: Managed, standing: State, done: Done | undefined): Outcome {
  if (done?.kind === "moved") return moved(words, managed, done);
  const { t, m } = words;
  const { title, people, when } = named(words, managed);
  const { email } = managed.booking.attendee;
  const had = { icon: CalendarX2, sentence: m.hadBooked(title, people, when) };
  const has = { icon: Check, sentence: t.bookedSentence(title, people, when) };
  switch (standing) {
    case "confirmed":
      return { ...has, title: t.bookedTitle, next: m.invitationWent(email) };
    case "pending": {
      const sentence = t.askedSentence(title, people, when);
      return { icon: Hourglass, title: m.pendingTitle, sentence, next: t.answerComes(people, email) };
    }
    case "begun":
      return { ...has, title: m.begunTitle, next: "" };
    case "over":
      return { ...had, icon: Check, title: m.overTitle, next: "" };
    case "cancelled": {
      if (!done) return { ...had, title: t.cancelledTitle, next: cancelledHow(words, managed) };
      const sentence = m.hasCancelled(title, people, when);
      return { ...had, title: m.cancelledTitle, sentence, next: m.cancelledNext(email) };
    }
    case "declined":
      return {
        ...had,
        title: t.declinedTitle,
        sentence: m.hadAsked(title, people, when),
        next: m.declinedText,
      };
  }
}

function moved(words: ManageWords, managed: Managed, { from }: Done & { kind: "moved" }): Outcome {
  const { t, m } = words;
  const { title, people, start } = named(words, managed);
  const { state, attendee } = managed.booking;
  const to = sayDayAndTime(words, start);
  const sentence = from
    ? m.hasMoved(title, people, sayDayAndTime(words, here(words, from)), to)
    : m.hasMovedTo(title, people, to);
  const next = state === "pending" ? t.answerComes(people, attendee.email) : m.movedNext(attendee.email);
  return { icon: Check, title: m.movedTitle, sentence, next };
}

function cancelledHow(words: ManageWords, { booking: { cancelled } }: Managed): string {
  if (!cancelled || !Object.hasOwn(words.m.cancelledBy, cancelled.by)) return words.t.goneText;
  return words.m.cancelledBy[cancelled.by](sayDayAndTime(words, here(words, cancelled.at)));
}

/** The place of a booking that is on its way. */
export function StandingToCome({ slow }: { readonly slow: boolean }) {
  const { m } = useManageWords();
  return (
    <section class="booked" aria-busy="true">
      <div class="opening" aria-hidden="true">
        <Bone size="round" />
        <Bone size="title" />
        <Bone size="line" />
      </div>
      <p class={slow ? "soft" : "unseen"} role="status">
        {slow ? m.slow : m.loading}
      </p>
      <div aria-hidden="true" class="opening">
        <Bone size="slab" />
        <Bone size="line" />
        <Bone size="line" />
        <Bone size="line" />
      </div>
    </section>
  );
}
