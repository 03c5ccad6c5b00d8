import "@fontsource-variable/inter/wght.css";
import "@mantine/core/styles.css";
import "./studio.css";
import { MantineProvider } from "@mantine/core";
import { setNonce } from "get-nonce";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { readShell } from "../shared/shell";
import { App } from "./App";
import { colourScheme } from "./frame/scheme";
import { theme } from "./theme";

const { nonce } = readShell();
// Mantine's dialogs lock scrolling with a style element of a library that asks here for its nonce.
if (nonce) setNonce(nonce);

const root = document.getElementById("root");
if (!root) throw new Error("the page has no #root");

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={colourScheme} getStyleNonce={() => nonce ?? ""}>
      <App />
    </MantineProvider>
  </StrictMode>,
);
