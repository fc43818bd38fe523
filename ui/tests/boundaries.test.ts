import { ESLint } from "eslint";
import { beforeAll, describe, expect, it } from "vitest";

let eslint: ESLint;

beforeAll(() => {
  eslint = new ESLint();
});

async function isRefused(filePath: string, code: string): Promise<boolean> {
  const [result] = await eslint.lintText(code, { filePath });
  return (
    result?.messages.some(({ ruleId }) => ruleId?.endsWith("no-restricted-imports") ?? false) ??
    false
  );
}

describe("the arrows of the house", () => {
  it.each([
    ["src/parts/x.ts", 'import { strings } from "../strings"; strings;'],
    ["src/parts/x.ts", 'import { count } from "../strings/counts"; count;'],
    ["src/parts/x.ts", 'import { App } from "../state/app.svelte"; App;'],
    ["src/screens/alerts/x.ts", 'import Why from "../reader/Why.svelte"; Why;'],
    ["src/screens/alerts/x.ts", 'import { plainWords } from "../../host/host"; plainWords;'],
    ["src/state/x.ts", 'import Icon from "../parts/Icon.svelte"; Icon;'],
    ["src/state/x.ts", 'import { FakeHost } from "../host/fake"; FakeHost;'],
    ["src/host/x.ts", 'import { App } from "../state/app.svelte"; App;'],
    ["src/host/fake.ts", 'import { invoke } from "@tauri-apps/api/core"; invoke;'],
    [
      "src/App.svelte",
      '<script lang="ts">import { invoke } from "@tauri-apps/api/core"; invoke;</script>',
    ],
  ])("%s may not say: %s", async (file, code) => {
    expect(await isRefused(file, code)).toBe(true);
  });

  it.each([
    ["src/host/tauri.ts", 'import { invoke } from "@tauri-apps/api/core"; invoke;'],
    [
      "src/screens/alerts/x.ts",
      'import type { Level } from "../../host/bindings/Level"; null as unknown as Level;',
    ],
    ["src/screens/alerts/x.ts", 'import Icon from "../../parts/Icon.svelte"; Icon;'],
    ["src/parts/x.ts", 'import Icon from "./Icon.svelte"; Icon;'],
  ])("%s may say: %s", async (file, code) => {
    expect(await isRefused(file, code)).toBe(false);
  });
});
