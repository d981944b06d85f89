import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

type NoticeProps = {
  readonly title?: string;
  readonly tone?: "calm" | "grave" | "good";
  /** What makes it take the focus: something that changes the guest's plan, and so must not be missed. */
  readonly urgent?: object;
  /** What can be done about it, as buttons. */
  readonly acts?: ComponentChildren;
  readonly children?: ComponentChildren;
};

/** Something that happened, and what can be done about it. */
export function Notice({ title, tone = "calm", urgent, acts, children }: NoticeProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (urgent) box.current?.focus();
  }, [urgent]);
  return (
    <div class={`notice ${tone}`} role={urgent ? "alert" : "group"} ref={box} tabIndex={-1}>
      <div>
        {title && <h3>{title}</h3>}
        {children && <p>{children}</p>}
      </div>
      {acts && <div class="acts">{acts}</div>}
    </div>
  );
}

type AloneProps = { readonly title: string; readonly text: string; readonly children?: ComponentChildren };

/** The only thing there is to say on a page. */
export function Alone({ title, text, children }: AloneProps) {
  return (
    <main class="card single">
      <div class="alone" role="alert">
        <h1>{title}</h1>
        <p>{text}</p>
        {children}
      </div>
    </main>
  );
}
