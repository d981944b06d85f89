import { Plus } from "lucide";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { MeetingType } from "../lib/api";
import type { Draft, FieldId } from "../lib/form";
import type { Errors, Trouble } from "../lib/journey";
import type { Instant } from "../lib/plain-date";
import { passOverRepeats } from "./dialog";
import { LineField, TextField } from "./field";
import { FormTrouble, isLost } from "./form-trouble";
import { Icon } from "./icon";
import { Question } from "./question";
import { Summary } from "./summary";

import { hostZoneOf, sayHosts, sayTime, sayWhen, sayYours, useWords } from "./words";

type FormProps = {
  readonly meetingType: MeetingType;
  readonly slot: Instant;
  readonly minutes: number;
  readonly draft: Draft;
  readonly errors: Errors;
  readonly trouble: Trouble | undefined;
  readonly onDraft: (draft: Draft) => void;
  readonly onSubmit: () => void;
  readonly onChange: () => void;
  /** A time as the list spells it, if it stands there. */
  readonly spelled: (slot: Instant) => Instant;
  readonly onAlternative: (slot: Instant) => void;
  /** What is to be said before the fields. */
  readonly children?: ComponentChildren;
};

export function Form(props: FormProps) {
  const { meetingType, slot, errors, trouble, onSubmit, onChange, spelled, onAlternative } = props;
  const words = useWords();
  const { t } = words;
  const submit = (event: Event) => {
    event.preventDefault();
    onSubmit();
  };
  // What is lost waits for another time; that is the first thing to choose now, above.
  const lost = isLost(trouble);
  const labelOf = (field: FieldId) => meetingType.questions.find(({ id }) => field === `answer-${id}`)?.label;
  const go = (meetingType.requires_approval ? t.ask : t.book)(sayTime(words, slot));
  return (
    <form
      class="form arrives"
      noValidate
      aria-labelledby="chosen"
      onSubmit={submit}
      onKeyDown={passOverRepeats}
    >
      <Chosen {...props} />
      {props.children}
      {trouble && (
        <FormTrouble {...{ trouble, slot, spelled }} onAlternative={onAlternative} onOther={onChange} />
      )}
      {errors.fields.length + errors.general.length > 0 && <Summary errors={errors} labelOf={labelOf} />}
      <Fields {...props} />
      <div class="send">
        <button type="submit" class={lost ? "button" : "button primary"} disabled={lost}>
          {go}
        </button>
      </div>
    </form>
  );
}

/** The choice stays in sight, as one line that can be changed. */
function Chosen({ meetingType, slot, minutes, onChange }: FormProps) {
  const words = useWords();
  const { t } = words;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const hosts = sayHosts(words, slot, minutes, hostZoneOf(meetingType));
  return (
    <div class="chosen">
      <div class="lines">
        <h2 id="chosen" tabIndex={-1} ref={heading}>
          {sayWhen(words, slot, minutes)}
        </h2>
        <p class="soft">{sayYours(words, slot)}</p>
        {hosts && <p class="soft small">{hosts}</p>}
      </div>
      <button type="button" class="button plain change" aria-label={t.changeTime} onClick={onChange}>
        {t.change}
      </button>
    </div>
  );
}

function Fields({ meetingType, draft, errors, onDraft }: FormProps) {
  const { t } = useWords();
  const error = (field: FieldId) => errors.fields.find((one) => one.field === field)?.message;
  const type = (name: "name" | "email" | "phone" | "guests" | "note") => ({
    id: name,
    value: draft[name],
    error: error(name),
    onType: (value: string) => onDraft({ ...draft, [name]: value }),
  });
  const { kind, detail } = meetingType.location;
  const isCalled = kind === "phone" && !detail;
  const byPhone = isCalled || draft.phone !== "" || error("phone");
  const phoneHint = isCalled ? t.phoneHintCalled : t.phoneHint;
  return (
    <div class="fields">
      <LineField {...type("name")} label={t.name} required autocomplete="name" />
      <LineField
        {...type("email")}
        label={t.email}
        hint={t.emailHint}
        type="email"
        required
        autocomplete="email"
      />
      {byPhone && (
        <LineField {...type("phone")} label={t.phone} hint={phoneHint} type="tel" autocomplete="tel" />
      )}
      {meetingType.questions.map((question) => (
        <Question
          key={question.id}
          question={question}
          said={draft.answers[question.id]}
          error={error(`answer-${question.id}`)}
          onSay={(said) => onDraft({ ...draft, answers: { ...draft.answers, [question.id]: said } })}
        />
      ))}
      <Guests {...type("guests")} />
      <TextField {...type("note")} label={t.note} />
    </div>
  );
}

type GuestsProps = {
  readonly id: "name" | "email" | "phone" | "guests" | "note";
  readonly value: string;
  readonly error: string | undefined;
  readonly onType: (value: string) => void;
};

/** Most guests come alone: the field is one click away. */
function Guests({ value, error, ...field }: GuestsProps) {
  const { t } = useWords();
  const [opened, setOpened] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (opened) box.current?.querySelector("textarea")?.focus();
  }, [opened]);
  if (!opened && !value && !error) {
    return (
      <div>
        <button type="button" class="button" onClick={() => setOpened(true)}>
          <Icon node={Plus} />
          {t.addGuests}
        </button>
      </div>
    );
  }
  return (
    <div ref={box}>
      <TextField {...field} value={value} error={error} label={t.guests} hint={t.guestsHint} />
    </div>
  );
}
