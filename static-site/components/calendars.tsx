import { CalendarPlus } from "lucide";
import type { CalendarLinks } from "../lib/api";
import { Icon } from "./icon";
import { useWords } from "./words";

/** The ways into the guest's own calendar. */
export function Calendars({ calendar }: { readonly calendar: CalendarLinks }) {
  const { t } = useWords();
  const elsewhere = [
    [t.calendarGoogle, calendar.google_url],
    [t.calendarOutlook, calendar.outlook_url],
    [t.calendarOffice365, calendar.office365_url],
  ] as const;
  return (
    <section class="calendars" aria-labelledby="calendars">
      <h2 id="calendars">{t.addToCalendar}</h2>
      <ul>
        {elsewhere.map(([name, url]) => (
          <li key={name}>
            <a class="button" href={url} target="_blank" rel="noopener noreferrer">
              {name}
            </a>
          </li>
        ))}
        <li>
          <a class="button" href={calendar.ics_url} download>
            <Icon node={CalendarPlus} />
            {t.calendarFile}
          </a>
        </li>
      </ul>
    </section>
  );
}
