import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** The phone comes first: what is brought about on a desk is then seen narrow, and wide again. */
const SIZES = [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
] as const;

/** What axe has to say of the page as it stands. */
export async function faults(page: Page): Promise<readonly { readonly id: string; readonly said: string }[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  return violations.map(({ id, nodes }) => {
    const places = nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`);
    return { id, said: [id, ...places].join("\n") };
  });
}

/** Narrow and wide, light and dark. */
export async function axeFindsNothing(page: Page): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await settled(page);
      const found = (await faults(page)).map(({ said }) => said);
      expect(found, `${colorScheme}, ${size.width} pixels wide`).toEqual([]);
    }
  }
}

/** Colours are judged when nothing fades any more. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations === 1);
    await Promise.all(ending.map(({ finished }) => finished.catch(() => undefined)));
  });
}

/** What reaches over the right or left edge of the page, if one can scroll there. */
export function overflow(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const inner = [...document.querySelectorAll("dialog[open]")].filter(
      (box) => box.scrollWidth > box.clientWidth,
    );
    if (scrollWidth <= clientWidth && inner.length === 0) return [];
    const wide = [...document.querySelectorAll("body *")].filter((one) => {
      const { left, right } = one.getBoundingClientRect();
      return left < -0.5 || right > clientWidth + 0.5;
    });
    return [`${scrollWidth} > ${clientWidth}`, ...wide.map((one) => one.outerHTML.slice(0, 100))];
  });
}

/**
 * Controls below 44 by 44 pixels. A radio or checkbox is as large as its label; links in a sentence may be small. What
 * shows only when the keyboard reaches it is no target until then.
 */
export function small(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const roots: ParentNode[] = [document];
    for (const element of document.querySelectorAll("calendar-date, calendar-month")) {
      if (element.shadowRoot) roots.push(element.shadowRoot);
    }
    const kinds = "button, input, select, textarea, a.button";
    const controls = roots.flatMap((root) => [...root.querySelectorAll(kinds)]);
    const areas = controls.map((control) => (control as HTMLInputElement).labels?.[0] ?? control);
    const isSeen = (area: Element) =>
      area.checkVisibility({ visibilityProperty: true }) && area.getBoundingClientRect().width > 8;
    const isLarge = (one: Element | undefined) => {
      const box = one?.getBoundingClientRect();
      return box !== undefined && box.width >= 43.5 && box.height >= 43.5;
    };
    const tooSmall = areas.filter(
      (area, index) => isSeen(area) && !isLarge(area) && !isLarge(controls[index]),
    );
    return tooSmall.map(
      (area) => `${area.outerHTML.slice(0, 100)} ${JSON.stringify(area.getBoundingClientRect())}`,
    );
  });
}
