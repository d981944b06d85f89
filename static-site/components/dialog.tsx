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
  // Closed while it still stands in the document: afterwards it can no longer give the focus back.
  useLayoutEffect(() => {
    const opened = dialog.current;
    opened?.showModal();
    return () => opened?.close();
  }, []);
  const keep = (event: Event) => {
    event.preventDefault();
    if (!held) onClose();
  };
  const clickedBeside = (event: MouseEvent) => {
    const opened = dialog.current;
    if (opened && event.target === opened && !held && isBeside(event, opened)) onClose();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape, the keyboard's way out, is the dialog's own.
    <dialog
      ref={dialog}
      class={`dialog ${rest.class ?? ""}`}
      aria-labelledby={label}
      onCancel={keep}
      onClickCapture={passOverSecond}
      onClick={clickedBeside}
    >
      {children}
    </dialog>
  );
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
