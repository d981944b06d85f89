import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

type DialogProps = {
  readonly label: string;
  readonly class?: string;
  /** While a request is under way the dialog stays: its answer belongs here. */
  readonly held?: boolean;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
};

/** A modal dialog of the browser's own: it keeps the focus inside and gives it back. It is open while it is rendered. */
export function Dialog({ label, held = false, onClose, children, ...rest }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const gone = useRef(false);
  // Closed while it still stands in the document: afterwards it can no longer give the focus back.
  useLayoutEffect(() => {
    const opened = dialog.current;
    opened?.showModal();
    return () => {
      gone.current = true;
      opened?.close();
    };
  }, []);
  const keep = (event: Event) => {
    event.preventDefault();
    if (!held) onClose();
  };
  // Whoever presses Escape again and again closes it in any case; some browsers let no page stop that.
  const closed = () => {
    if (gone.current) return;
    if (held) dialog.current?.showModal();
    else onClose();
  };
  const clickedBeside = (event: MouseEvent) => {
    const opened = dialog.current;
    if (opened && event.target === opened && !held && isBeside(event, opened)) onClose();
  };
  return (
    <dialog
      ref={dialog}
      class={`dialog ${rest.class ?? ""}`}
      aria-labelledby={label}
      closedby={held ? "none" : "closerequest"}
      onCancel={keep}
      onClose={closed}
      onKeyDown={passOverRepeats}
      onClickCapture={passOverSecond}
      onClick={clickedBeside}
    >
      {children}
    </dialog>
  );
}

/** A key that is held down since what opened this says yes to nothing here. */
export function passOverRepeats(event: KeyboardEvent) {
  const isText = event.target instanceof HTMLTextAreaElement;
  if (event.repeat && event.key === "Enter" && !isText) event.preventDefault();
}

/** The second click of a double click on what opened this lands somewhere here, where nothing has been read yet. */
function passOverSecond(event: MouseEvent) {
  if (event.detail > 1) event.stopPropagation();
}

function isBeside(event: MouseEvent, dialog: HTMLElement): boolean {
  const box = dialog.getBoundingClientRect();
  const across = event.clientX < box.left || event.clientX > box.right;
  return across || event.clientY < box.top || event.clientY > box.bottom;
}
