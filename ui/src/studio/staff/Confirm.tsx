import { Button, Modal } from "@mantine/core";
import type { ReactNode } from "react";
import css from "./staff.module.css";

/** Asks once more before something that can't be undone. */
export function Confirm({ title, act, busy, children, onAct, onClose }: { title: string; act: string; busy: boolean; children: ReactNode; onAct: () => void; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={title} size="sm">
      <p className="st-soft">{children}</p>
      <div className={css.foot}>
        <Button variant="default" data-autofocus onClick={onClose}>Cancel</Button>
        <Button color="brick" loading={busy} onClick={onAct}>{act}</Button>
      </div>
    </Modal>
  );
}
