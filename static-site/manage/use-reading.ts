import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { isProblem, type Trouble } from "../lib/journey";
import type { ManageApi } from "../lib/manage-api";
import type { Act } from "../lib/managing";

type Reading = {
  readonly trouble: Trouble | undefined;
  /** Asks how the booking stands now, and shows what is known until then. */
  readonly refresh: () => void;
  /** The same for whoever has nothing to look at. */
  readonly again: () => void;
};

/** How the booking stands, asked at first and whenever there is a reason to think that it changed. */
export function useReading(api: ManageApi, act: (act: Act) => void): Reading {
  const [trouble, setTrouble] = useState<Trouble>();
  const round = useRef(0);
  const refresh = async () => {
    round.current += 1;
    const asked = round.current;
    const reply = await api.read();
    if (asked !== round.current) return;
    setTrouble(reply.kind === "ok" ? undefined : reply);
    if (reply.kind === "ok") act({ kind: "read", managed: reply.value });
  };
  useLayoutEffect(() => {
    void refresh();
    // An answer that comes when this is gone, is nobody's.
    return () => {
      round.current += 1;
    };
  }, []);
  const again = () => {
    setTrouble(undefined);
    void refresh();
  };
  return { trouble, refresh: () => void refresh(), again };
}

/** A refusal that means that the booking is no longer what this page shows. */
export function useRefusal(trouble: Trouble | undefined, refresh: () => void) {
  useEffect(() => {
    if (!trouble) return;
    const isOld = ["too-late", "booking-unknown"].some((name) => isProblem(trouble, name));
    const isOff = isProblem(trouble, "not-offered") && trouble.problem.reason === "unavailable";
    if (isOld || isOff) refresh();
  }, [trouble]);
}
