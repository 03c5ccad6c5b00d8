import { createRoot } from "react-dom/client";
import { readShell } from "../shared/shell";
import { App } from "./app";
import { speakLocale } from "./words";
import "./style/tokens.css";
import "./style/base.css";
import "./style/parts.css";
import "./style/frame.css";
import "./style/fields.css";
import "./style/notes.css";
import "./style/pages.css";
import "./style/front.css";
import "./style/wall.css";
import "./style/work.css";
import "./style/how.css";
import "./style/mine.css";
import "./style/verify.css";
import "./style/create.css";
import "./style/arrival.css";
import "./style/say.css";
import "./style/dock.css";
import "./style/choose.css";
import "./style/place.css";
import "./style/enter.css";

const shell = readShell();
const root = document.getElementById("root");

if (root) {
  const words = await speakLocale(shell.locale, shell.dir);
  createRoot(root).render(<App shell={shell} words={words} />);
}
