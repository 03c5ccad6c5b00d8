import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  base: "/ui/",
  plugins: [react()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: true,
    // Everything is served with a policy that allows no data: scripts or styles.
    assetsInlineLimit: 0,
    cssCodeSplit: true,
    modulePreload: { polyfill: false },
    target: ["es2022", "chrome111", "firefox114", "safari16.4"],
    rollupOptions: {
      input: {
        stage: here("src/stage/main.tsx"),
        studio: here("src/studio/main.tsx"),
      },
    },
  },
  server: { fs: { allow: [here("."), here("../locales")] } },
  test: { environment: "happy-dom", include: ["src/**/*.test.{ts,tsx}"] },
});
