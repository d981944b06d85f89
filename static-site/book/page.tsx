import { useLayoutEffect, useMemo } from "preact/hooks";
import { Alone } from "../components/notice";
import { troubleWords } from "../components/trouble";
import { type Words, WordsContext } from "../components/words";
import type { MeetingType } from "../lib/api";
import { withHost } from "../lib/chosen-host";
import type { Catalogue } from "../lib/texts/catalogue";
import { useMeetingType } from "../page/use-meeting-type";
import { useNow } from "../page/use-now";
import { Booking } from "./booking";
import type { Outside } from "./outside";
import { useJourney } from "./use-journey";

/** The booking page of one meeting type. */
export function Page({ outside }: { readonly outside: Outside }) {
  const { api, slug, texts, language, now } = outside;
  const nowMs = useNow(now);
  const [journey, act] = useJourney(outside);
  const { reply, again } = useMeetingType(api.meetingType, slug);
  const told = reply?.kind === "ok" ? reply.value : undefined;
  const meetingType = useMemo(() => told && withHost(told, journey.host), [told, journey.host]);
  useTitle(outside, meetingType);
  const { zone, hourCycle } = journey;
  const words: Words = { t: texts, locale: language.locale, habits: language.habits, zone, hourCycle, nowMs };
  if (reply && reply.kind !== "ok" && journey.step !== "booked") {
    const isUnknown = reply.kind === "problem" && reply.problem.status === 404;
    return (
      <Alone {...troubleWords(reply, texts)}>
        {!isUnknown && (
          <button type="button" class="button primary" onClick={again}>
            {texts.tryAgain}
          </button>
        )}
      </Alone>
    );
  }
  return (
    <WordsContext.Provider value={words}>
      <Booking outside={outside} journey={journey} act={act} meetingType={meetingType} />
    </WordsContext.Provider>
  );
}

function titleOf({ title, hosts, mode }: MeetingType, { pageTitle, people }: Catalogue): string {
  const names = hosts.map(({ name }) => name);
  return pageTitle(title, people(names, mode));
}

/** In the guest's language from the start, and where nothing is found too. */
function useTitle({ texts }: Outside, meetingType: MeetingType | undefined) {
  useLayoutEffect(() => {
    document.title = meetingType ? titleOf(meetingType, texts) : texts.pageTitleUnknown;
  }, [meetingType]);
}
