import { useEffect, useRef } from "preact/hooks";
import { ManageContext } from "../components/manage-words";
import { Alone } from "../components/notice";
import { StandingToCome } from "../components/standing";
import { troubleWords } from "../components/trouble";
import { type Words, WordsContext } from "../components/words";
import { isProblem } from "../lib/journey";
import { useMeetingType } from "../page/use-meeting-type";
import { useNow, useSlow } from "../page/use-now";
import { useTheRest } from "../page/use-rest";
import { useWaking } from "../page/use-waking";
import { Booking } from "./booking";
import type { Outside } from "./outside";
import { loadTheRest } from "./parts";
import { useManaging } from "./use-managing";
import { useReading, useRefusal } from "./use-reading";

const SLOW_AFTER_MS = 3000;

/** The page of one booking, for whoever holds its link. */
export function Page({ outside }: { readonly outside: Outside }) {
  const { texts: t, manageTexts: m, language, now } = outside;
  const nowMs = useNow(now);
  const [managing, act] = useManaging(outside);
  const { trouble, refresh, again } = useReading(outside.api, act);
  useRefusal(managing.trouble, refresh);
  useWaking(now, 0, refresh);
  const { managed, zone, hourCycle } = managing;
  const type = useMeetingType(outside.meetingType, managed?.booking.meeting_type.slug);
  const slow = useSlow(!trouble && (!managed || !type.reply), SLOW_AFTER_MS);
  // The questions and the host's own time belong to it, so it waits for them, but not for long, and only once.
  const wasShown = useRef(false);
  wasShown.current ||= managed !== undefined && (type.reply !== undefined || slow);
  const shown = wasShown.current ? managed : undefined;
  useTheRest(shown !== undefined, loadTheRest);
  useEffect(() => {
    if (managed) document.title = m.pageTitle(managed.booking.meeting_type.title);
  }, [managed?.booking.meeting_type.title]);
  if (trouble && (!managed || isProblem(trouble, "booking-unknown"))) {
    const isUnknown = trouble.kind === "problem" && trouble.problem.status === 404;
    return (
      <Alone {...troubleWords(trouble, t)}>
        {!isUnknown && (
          <button type="button" class="button primary" onClick={again}>
            {t.tryAgain}
          </button>
        )}
      </Alone>
    );
  }
  const words: Words = { t, locale: language.locale, habits: language.habits, zone, hourCycle, nowMs };
  return (
    <WordsContext.Provider value={words}>
      <ManageContext.Provider value={m}>
        {shown ? (
          <Booking {...{ outside, managing, act, refresh, type }} managed={shown} />
        ) : (
          <main class="card single">
            <div class="work">
              <StandingToCome slow={slow} />
            </div>
          </main>
        )}
      </ManageContext.Provider>
    </WordsContext.Provider>
  );
}
