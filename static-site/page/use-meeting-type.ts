import { useLayoutEffect, useState } from "preact/hooks";
import type { MeetingType, Reply } from "../lib/api";

type Ask = (slug: string) => Promise<Reply<MeetingType>>;
type Asked = { readonly reply: Reply<MeetingType> | undefined; readonly again: () => void };

/** The meeting type of a page, once it is known; it is asked for as soon as its name is. */
export function useMeetingType(ask: Ask, slug: string | undefined): Asked {
  const [reply, setReply] = useState<Reply<MeetingType>>();
  const [round, setRound] = useState(0);
  useLayoutEffect(() => {
    if (slug === undefined) return;
    let wanted = true;
    void ask(slug).then((answer) => {
      if (wanted) setReply(answer);
    });
    return () => {
      wanted = false;
    };
  }, [slug, round]);
  const again = () => {
    setReply(undefined);
    setRound(round + 1);
  };
  return { reply, again };
}
