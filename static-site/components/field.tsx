import { CircleAlert } from "lucide";
import type { ComponentChildren } from "preact";
import type { FieldId } from "../lib/form";
import { Icon } from "./icon";
import { useWords } from "./words";

type FieldProps = {
  readonly id: FieldId;
  readonly label: string;
  readonly required?: boolean;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
};

/** What a control needs to be known as part of its field. */
type Named = {
  readonly id: string;
  readonly name: string;
  readonly required: boolean;
  readonly "aria-invalid": boolean;
  readonly "aria-describedby": string | undefined;
};

type FrameProps = FieldProps & { readonly children: (named: Named) => ComponentChildren };

/** A label, a control, a hint and what is to be done about it. */
export function Field({ children, ...field }: FrameProps) {
  return (
    <div class="field">
      <label for={field.id}>
        <bdi>{field.label}</bdi> <Asides {...field} />
      </label>
      <Hint {...field} />
      {children(named(field))}
      <ErrorLine {...field} />
    </div>
  );
}

export function named({ id, required = false, hint, error }: FieldProps): Named {
  const by = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return {
    id,
    name: id,
    required,
    "aria-invalid": error !== undefined,
    "aria-describedby": by || undefined,
  };
}

/** Whether it must be filled in, in a word. */
export function Asides({ required = false }: Pick<FieldProps, "required">) {
  const { t } = useWords();
  return <span class="aside">{required ? t.required : t.optional}</span>;
}

function Hint({ id, hint }: FieldProps) {
  return hint ? (
    <p class="hint" id={`${id}-hint`}>
      {hint}
    </p>
  ) : null;
}

export function ErrorLine({ id, error }: FieldProps) {
  return error ? (
    <p class="error" id={`${id}-error`}>
      <Icon node={CircleAlert} />
      <span>{error}</span>
    </p>
  ) : null;
}

type LineProps = FieldProps & {
  readonly value: string;
  readonly type?: "text" | "email" | "tel" | "url";
  readonly autocomplete?: "name" | "email" | "tel" | "url";
  readonly onType: (value: string) => void;
};

/** A field of one line. */
export function LineField({ value, type = "text", autocomplete, onType, ...field }: LineProps) {
  // Preact types each kind of input apart from the others; here they differ in the keyboard of a phone only.
  const kind = type as "text";
  return (
    <Field {...field}>
      {(names) => (
        <input
          {...names}
          type={kind}
          dir="auto"
          value={value}
          autocomplete={autocomplete ?? "off"}
          onInput={(event) => onType(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

type TextProps = FieldProps & { readonly value: string; readonly onType: (value: string) => void };

/** A field of many lines. */
export function TextField({ value, onType, ...field }: TextProps) {
  return (
    <Field {...field}>
      {(names) => (
        <textarea
          {...names}
          dir="auto"
          rows={3}
          value={value}
          onInput={(event) => onType(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
