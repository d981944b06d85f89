import type { ComponentChildren, ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { TimesTrouble } from "../components/trouble";

/** A part of the page that is fetched once the first times stand, and so does not delay them. */
type Later<P> = { readonly Part: ComponentType<P>; readonly load: () => Promise<void> };

/** Until it is there, something may hold its place. */
export function later<P extends object>(
  fetchPart: () => Promise<ComponentType<P>>,
  place: () => ComponentChildren = () => null,
): Later<P> {
  let Fetched: ComponentType<P> | undefined;
  const load = async () => {
    Fetched ??= await fetchPart();
  };
  function Part(props: P) {
    const failed = useLoading(Fetched !== undefined, load);
    if (Fetched) return <Fetched {...props} />;
    if (failed) return <TimesTrouble trouble={{ kind: "unreachable" }} onRetry={failed.retry} />;
    return <>{place()}</>;
  }
  return { Part, load };
}

function useLoading(isThere: boolean, load: () => Promise<void>): { readonly retry: () => void } | undefined {
  const [round, setRound] = useState(0);
  const [failed, setFailed] = useState(false);
  const [, arrived] = useState(false);
  useEffect(() => {
    if (isThere) return;
    load().then(
      () => arrived(true),
      () => setFailed(true),
    );
  }, [round]);
  const retry = () => {
    setFailed(false);
    setRound(round + 1);
  };
  return failed ? { retry } : undefined;
}
