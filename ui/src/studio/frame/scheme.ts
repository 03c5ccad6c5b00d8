import { localStorageColorSchemeManager } from "@mantine/core";

/** Keeps the choice of light or dark in this browser. */
export const colourScheme = localStorageColorSchemeManager({ key: "marquee-studio-scheme" });
