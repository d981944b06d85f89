import type { ComponentChildren, Ref } from "preact";
import type { Midnight } from "../lib/plain-date";

declare module "preact" {
  namespace JSX {
    interface IntrinsicElements {
      "calendar-date": {
        value?: string;
        focusedDate?: string;
        today?: string;
        min?: string;
        max?: string;
        locale?: string;
        firstDayOfWeek?: number;
        formatWeekday?: "short" | "narrow";
        isDateDisallowed?: (day: Midnight) => boolean;
        getDayParts?: (day: Midnight) => string;
        onfocusday?: (event: CustomEvent<Midnight>) => void;
        onchange?: (
          event: Event & { readonly currentTarget: HTMLElement & { readonly value: string } },
        ) => void;
        ref?: Ref<HTMLElement>;
        children?: ComponentChildren;
      };
      "calendar-month": { class?: string };
    }
  }
}
