import type { ComponentChildren, ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { PartTrouble } from "../components/trouble";
import { isReachable } from "./send";

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
    if (failed) return <PartTrouble trouble={failed} onRetry={failed.retry} />;
    return <>{place()}</>;
  }
  return { Part, load };
}

type Failed = { readonly retry: () => void };

function useLoading(isThere: boolean, load: () => Promise<void>): Failed | undefined {
  const [round, setRound] = useState(0);
  const [failed, setFailed] = useState<Failed>();
  const [, arrived] = useState(false);
  useEffect(() => {
    if (isThere) return;
    const retry = () => {
      setFailed(undefined);
      setRound(round + 1);
    };
    load().then(
      () => arrived(true),
      async () => {
        if (round > 0 && (await isReachable())) location.reload();
        else setFailed({ retry });
      },
    );
  }, [round]);
  return failed;
}
