import { ChevronDown } from "lucide";
import type { Question as Asked } from "../lib/api";
import type { FieldId } from "../lib/form";
import { Asides, ErrorLine, Field, LineField, named, TextField } from "./field";
import { Icon } from "./icon";
import { useWords } from "./words";

type Said = string | boolean;

type QuestionProps = {
  readonly question: Asked;
  readonly said: Said | undefined;
  readonly error: string | undefined;
  readonly onSay: (said: Said) => void;
};

/** Whatever a host wants to know, by the kind of answer. */
export function Question({ question, said, error, onSay }: QuestionProps) {
  const { t } = useWords();
  const { id, label, kind, required, choices = [] } = question;
  const field = { id: `answer-${id}` as FieldId, label, required, error, hint: t.questionHints[kind] };
  const line = { ...field, value: typeof said === "string" ? said : "", onType: onSay };
  switch (kind) {
    case "phone":
      return <LineField {...line} type="tel" autocomplete="tel" />;
    case "url":
      return <LineField {...line} type="url" autocomplete="url" />;
    case "long_text":
      return <TextField {...line} />;
    case "choice":
      return <Choice {...line} choices={choices} />;
    case "checkbox":
      return <Tick {...field} ticked={said === true} onTick={onSay} />;
    default:
      // A text, and whatever a later server asks for.
      return <LineField {...line} />;
  }
}

type FieldOf = Parameters<typeof named>[0];
type ChoiceProps = FieldOf & {
  readonly value: string;
  readonly choices: readonly string[];
  readonly onType: (said: string) => void;
};

function Choice({ value, choices, onType, ...field }: ChoiceProps) {
  const { t } = useWords();
  return (
    <Field {...field}>
      {(names) => (
        <span class="select">
          <select {...names} value={value} onChange={(event) => onType(event.currentTarget.value)}>
            <option value="">{t.chooseOne}</option>
            {choices.map((choice) => (
              <option key={choice} value={choice}>
                {choice}
              </option>
            ))}
          </select>
          <Icon node={ChevronDown} />
        </span>
      )}
    </Field>
  );
}

type TickProps = FieldOf & { readonly ticked: boolean; readonly onTick: (ticked: boolean) => void };

function Tick({ ticked, onTick, ...field }: TickProps) {
  return (
    <div class="field">
      <label class="tick">
        <input
          {...named(field)}
          type="checkbox"
          checked={ticked}
          onChange={(event) => onTick(event.currentTarget.checked)}
        />
        <span>
          <bdi>{field.label}</bdi> <Asides required={field.required ?? false} />
        </span>
      </label>
      <ErrorLine {...field} />
    </div>
  );
}
