import { useWords } from "./words";

type DurationProps = {
  readonly offered: readonly number[];
  readonly chosen: number;
  readonly onChoose: (minutes: number) => void;
};

export function Duration({ offered, chosen, onChoose }: DurationProps) {
  const { t } = useWords();
  return (
    <fieldset class="field">
      <legend class="unseen">{t.durationLegend}</legend>
      <div class="chips">
        {offered.map((minutes) => (
          <label class="chip choice" key={minutes}>
            <input
              type="radio"
              name="duration"
              value={minutes}
              checked={minutes === chosen}
              onChange={() => onChoose(minutes)}
            />
            {t.duration(minutes)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
