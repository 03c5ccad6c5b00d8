import { createRoot } from "react-dom/client";
import { readShell } from "../shared/shell";
import { App } from "./app";
import { speakLocale } from "./words";
import "./style/tokens.css";
import "./style/base.css";
import "./style/parts.css";
import "./style/pages.css";
import "./style/create.css";

const shell = readShell();
const root = document.getElementById("root");

if (root) {
  const words = await speakLocale(shell.locale, shell.dir);
  createRoot(root).render(<App shell={shell} words={words} />);
}
