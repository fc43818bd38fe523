import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  // The shell's development window looks for this very port.
  server: { port: 1420, strictPort: true },
  build: {
    // What the oldest webviews that Tauri supports can do.
    target: ["chrome120", "safari16.4"],
    // One small style sheet and few chunks: everything is read from the disk beside the program.
    cssCodeSplit: false,
  },
  test: {
    environment: "jsdom",
    include: ["tests/**/*.test.ts"],
    // Generous, since the machine may be building everything else at the same time.
    testTimeout: 30_000,
    setupFiles: ["tests/setup.ts"],
  },
});
