import { Button, Loader } from "@mantine/core";
import { IconAlertTriangle, IconRefresh } from "../icons";
import type { ReactNode } from "react";
import type { Problem } from "../../shared/api";
import { problemWords } from "../data/words";
import css from "./states.module.css";

/** Shows that something is on its way; appears only when that takes a moment. */
export function LoadingState({ what }: { what: string }) {
  return (
    <div className={`${css.state} ${css.late}`} role="status">
      <Loader size="sm" type="dots" />
      <p>Getting {what}…</p>
    </div>
  );
}

/** Says what went wrong and offers to try again. */
export function FailedState({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  return (
    <div className={css.state} role="alert">
      <IconAlertTriangle className={css.bad} size={26} stroke={1.6} aria-hidden />
      <p>{problemWords(problem)}</p>
      {onRetry && (
        <Button variant="default" leftSection={<IconRefresh size={15} />} onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

/** Says that there is nothing yet, and what to do first. */
export function EmptyState({ icon, title, children, action }: { icon?: ReactNode; title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={css.state}>
      {icon && <span className={css.icon}>{icon}</span>}
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}
