import type { IconNode } from "lucide";
import { Clock, Link2, MapPin, MessageCircle, Phone, Users, Video } from "lucide";
import type { HostName, Location, LocationKind, MeetingType } from "../lib/api";
import type { Catalogue } from "../lib/texts/catalogue";
import { Duration } from "./duration";
import { Icon } from "./icon";
import { Bone } from "./skeleton";
import { useWords } from "./words";

type AboutProps = {
  readonly meetingType: MeetingType;
  readonly duration: number;
  readonly onDuration: (minutes: number) => void;
};

/** Who, what, how long, where. */
export function About({ meetingType, duration, onDuration }: AboutProps) {
  const { t } = useWords();
  const { title, description, hosts, mode, location, durations_minutes, requires_approval } = meetingType;
  const names = hosts.map(({ name }) => name);
  return (
    <header class="about">
      <div class="who">
        <Faces hosts={hosts} />
        <p>
          <bdi>{t.people(names, mode)}</bdi>
        </p>
      </div>
      <h1>
        <bdi>{title}</bdi>
      </h1>
      <div class="more">
        {durations_minutes.length > 1 && (
          <Duration offered={durations_minutes} chosen={duration} onChoose={onDuration} />
        )}
        <ul class="facts">
          {durations_minutes.length === 1 && (
            <li>
              <Icon node={Clock} />
              <span>{t.duration(duration)}</span>
            </li>
          )}
          <li>
            <Icon node={PLACES[location.kind] ?? MessageCircle} />
            <span>{placeWords(location, t)}</span>
          </li>
        </ul>
        {description && (
          <p class="description">
            <bdi>{description}</bdi>
          </p>
        )}
        {requires_approval && <p class="soft small">{t.approvalNote}</p>}
      </div>
    </header>
  );
}

const PLACES: Readonly<Record<LocationKind, IconNode>> = {
  google_meet: Video,
  teams: Video,
  phone: Phone,
  in_person: MapPin,
  link: Link2,
  to_be_agreed: MessageCircle,
};

/** Where it happens, in a line. The address of a call is only told to who has booked. */
export function placeWords({ kind, detail }: Location, t: Catalogue): string {
  if (kind === "phone" && detail) return t.placeCall(detail);
  // A kind that a later server knows is told by what it says of itself.
  const name = Object.hasOwn(t.places, kind) ? t.places[kind] : t.places.to_be_agreed;
  return kind === "in_person" && detail ? `${name}: ${detail}` : name;
}

function Faces({ hosts }: { readonly hosts: readonly HostName[] }) {
  return (
    <span class="faces" aria-hidden="true">
      {hosts.slice(0, 3).map(({ id, name }) => (
        <span class="face" key={id}>
          {initials(name) || <Icon node={Users} />}
        </span>
      ))}
    </span>
  );
}

/** "AL" of "Ada Lovelace", "N" of "Nora (New York)". */
function initials(name: string): string {
  const words = name.replace(/\(.*?\)/g, "").match(/\p{L}[\p{L}\p{M}]*/gu) ?? [];
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.map((word) => [...(word ?? "")][0] ?? "").join("");
}

export function AboutToCome() {
  return (
    <div class="about" aria-hidden="true">
      <div class="who">
        <Bone size="round" />
        <Bone size="short" />
      </div>
      <Bone size="title" />
      <div class="more">
        <Bone size="short" />
        <Bone size="short" />
        <Bone size="line" />
      </div>
    </div>
  );
}
