import { useLayoutEffect, useState } from "preact/hooks";
import type { Api, MeetingType, Reply } from "../lib/api";

type Asked = { readonly reply: Reply<MeetingType> | undefined; readonly again: () => void };

/** The meeting type of this page, once it is known. */
export function useMeetingType(api: Api, slug: string): Asked {
  const [reply, setReply] = useState<Reply<MeetingType>>();
  const [round, setRound] = useState(0);
  useLayoutEffect(() => {
    let wanted = true;
    void api.meetingType(slug).then((answer) => {
      if (wanted) setReply(answer);
    });
    return () => {
      wanted = false;
    };
  }, [round]);
  const again = () => {
    setReply(undefined);
    setRound(round + 1);
  };
  return { reply, again };
}
