import { Modal } from "@mantine/core";
import { useEffect } from "react";
import { atWidth } from "../data/words";
import css from "./review.module.css";

const WIDEST = 2048;

/** The picture as large as the screen lets it be; Space or Esc closes it. */
export function Closer({ url, name, onClose }: { url: string; name: string; onClose: () => void }) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== " ") return;
      event.preventDefault();
      onClose();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [onClose]);
  return (
    <Modal opened onClose={onClose} fullScreen title={name || "The picture"} transitionProps={{ duration: 80 }} classNames={{ body: css.closer }}>
      <img src={atWidth(url, WIDEST)} alt="" />
    </Modal>
  );
}
