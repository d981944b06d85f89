import { useEffect, useRef } from "preact/hooks";
import type { FieldId } from "../lib/form";
import type { Errors } from "../lib/journey";
import { useWords } from "./words";

type SummaryProps = {
  readonly errors: Errors;
  /** What a field is called, where its message alone does not tell. */
  readonly labelOf: (field: FieldId) => string | undefined;
};

/** Everything that is left to do, in one place that takes the focus; each line leads to its field. */
export function Summary({ errors, labelOf }: SummaryProps) {
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [errors]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups controls; these are links to them.
    <div class="summary" role="group" aria-labelledby="left-to-do" tabIndex={-1} ref={box}>
      <h3 id="left-to-do">{t.errorSummary(errors.fields.length + errors.general.length)}</h3>
      <ul>
        {errors.fields.map(({ field, message }) => (
          <li key={field}>
            <a href={`#${field}`} onClick={(event) => goTo(event, field)}>
              {[labelOf(field), message].filter(Boolean).join(" ")}
            </a>
          </li>
        ))}
        {errors.general.map((message) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
    </div>
  );
}

/** Without the fragment in the address: that would be one more page to go back from. */
function goTo(event: Event, field: FieldId) {
  event.preventDefault();
  document.getElementById(field)?.focus();
}
