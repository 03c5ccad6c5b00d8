import { useId, useLayoutEffect, useRef, type ReactNode } from "react";
import { Close } from "../icons";
import { useWords } from "../words";

/**
 * A sheet over the page: from below on a phone, in the middle on a desk. The
 * browser's own dialog keeps the focus inside and gives it back when it closes.
 */
export function Sheet({
  title,
  children,
  onClose,
}: {
  title: string;
  children: ReactNode;
  onClose: () => void;
}) {
  const { t } = useWords();
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Closed before it leaves the page, so that the browser gives the focus back.
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className="sheet paper"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
    >
      <div className="sheet-head">
        <h2 id={id}>{title}</h2>
        <button type="button" className="button-icon" onClick={onClose} aria-label={t("close")}>
          <Close />
        </button>
      </div>
      <div className="sheet-body">{children}</div>
    </dialog>
  );
}
