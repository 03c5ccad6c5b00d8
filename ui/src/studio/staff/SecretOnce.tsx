import { Button, CopyButton } from "@mantine/core";
import { IconCheck, IconCopy } from "../icons";
import type { ReactNode } from "react";
import css from "./staff.module.css";

/** Shows something secret one time, to be copied now. */
export function SecretOnce({ label, secret, children, onDone }: { label: string; secret: string; children: ReactNode; onDone: () => void }) {
  return (
    <section className={css.secret} aria-label={label}>
      <h2>{label}</h2>
      <div className={css.value}>
        <code>{secret}</code>
        <CopyButton value={secret} timeout={3000}>
          {({ copied, copy }) => (
            <Button color={copied ? "leaf" : "petrol"} leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />} onClick={copy}>{copied ? "Copied" : "Copy"}</Button>
          )}
        </CopyButton>
      </div>
      <p>{children}</p>
      <Button variant="subtle" size="compact-sm" onClick={onDone}>I have it, hide it</Button>
    </section>
  );
}
