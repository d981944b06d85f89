import type { ComponentChildren } from "preact";
import type { MeetingType } from "../lib/api";
import type { Managed } from "../lib/manage-api";
import { type ManageWords, useManageWords } from "./manage-words";
import { Place } from "./place";

export type SaidProps = {
  readonly managed: Managed;
  /** For the questions that were answered; `gone` where there is none any more. */
  readonly meetingType: MeetingType | "gone" | undefined;
  /** Whether it still takes place: of what does not, nobody needs to know where. */
  readonly ahead: boolean;
};

type Line = { readonly label: string; readonly text: ComponentChildren; readonly key: string };

/** Where, who, and what was said when it was booked. */
export function Said({ managed, meetingType, ahead }: SaidProps) {
  const words = useManageWords();
  const { booking } = managed;
  return (
    <dl class="details">
      {ahead && (
        <div>
          <dt>{words.t.where}</dt>
          <dd>
            <Place location={booking.location} told />
          </dd>
        </div>
      )}
      {linesOf(words, managed, meetingType).map(({ key, label, text }) => (
        <div key={key}>
          <dt>
            <bdi>{label}</bdi>
          </dt>
          <dd class="text">
            <bdi>{text}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function linesOf(words: ManageWords, { booking }: Managed, meetingType: SaidProps["meetingType"]): Line[] {
  const { m } = words;
  const { attendee, guests, note, cancelled } = booking;
  const lines: readonly (Line | false | undefined | "")[] = [
    cancelled?.reason && { key: "reason", label: m.reason, text: cancelled.reason },
    { key: "who", label: m.bookedBy, text: [attendee.name, attendee.email].join("\n") },
    attendee.phone && { key: "phone", label: m.phone, text: attendee.phone },
    guests.length > 0 && { key: "guests", label: m.guests, text: guests.map(guestText).join("\n") },
    ...answersOf(words, booking.answers, meetingType),
    note && { key: "note", label: m.note, text: note },
  ];
  return lines.filter((line): line is Line => Boolean(line));
}

function guestText({ email, name }: { readonly email: string; readonly name?: string }): string {
  return name ? `${name}, ${email}` : email;
}

/** In the order in which they were asked. A question that is gone is known by its name alone. */
function answersOf(
  { m }: ManageWords,
  answers: Managed["booking"]["answers"],
  meetingType: SaidProps["meetingType"],
): Line[] {
  const questions = typeof meetingType === "object" ? meetingType.questions : [];
  const place = (id: string) => questions.findIndex((one) => one.id === id) + 1 || questions.length + 1;
  const said = Object.entries(answers).sort(([one], [other]) => place(one) - place(other));
  return said.map(([id, answer]) => ({
    key: `answer-${id}`,
    label: questions.find((question) => question.id === id)?.label ?? id,
    text: typeof answer === "string" ? answer : answer ? m.yes : m.no,
  }));
}
