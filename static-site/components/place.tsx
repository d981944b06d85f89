import type { Location } from "../lib/api";
import { isWebAddress } from "../lib/typed";
import { placeWords } from "./about";
import { useWords } from "./words";

type PlaceProps = { readonly location: Location & { readonly join_url?: string }; readonly told: boolean };

/** Where the meeting happens; a link only where the address is one of the web. */
export function Place({ location, told }: PlaceProps) {
  const { t } = useWords();
  const { kind, detail, join_url } = location;
  const address = [join_url, detail].find((text) => text !== undefined && isWebAddress(text));
  if (told && address) return <a href={address}>{address}</a>;
  const bare = detail && kind === "link" && told ? `${t.places.link}: ${detail}` : placeWords(location, t);
  const note = told || detail ? "" : t.placeNotes[kind];
  return (
    <>
      <p>{bare}</p>
      {note && <p class="soft">{note}</p>}
    </>
  );
}
