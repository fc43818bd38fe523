import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

const TAURI = {
  regex: "^@tauri-apps/",
  message: "Only src/host/tauri.ts may speak to Tauri.",
};
const STAND_IN = {
  regex: "/host/fake",
  message: "The stand-in is chosen in main.ts and used in tests.",
};
const SHELL = { regex: "/host/tauri", message: "Ask the Host that was handed in." };

/** A rule for one tier of the house: what its files may not reach for. */
function tier(files, ...patterns) {
  return {
    files,
    rules: {
      "@typescript-eslint/no-restricted-imports": ["error", { patterns: [TAURI, ...patterns] }],
    },
  };
}

export default ts.config(
  { ignores: ["dist", "src/host/bindings"] },
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      eqeqeq: "error",
      "no-console": "error",
      "svelte/no-at-html-tags": "error",
      "svelte/button-has-type": "error",
      // Collections here are values: replaced as a whole in `$state.raw`, never changed in place.
      "svelte/prefer-svelte-reactivity": "off",
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: {
      parserOptions: { parser: ts.parser, extraFileExtensions: [".svelte"], svelteConfig },
    },
  },

  // The arrows: parts <- screens -> state -> host.
  tier(["src/**/*.{ts,svelte}"]),
  tier(["src/parts/**"], {
    regex: "/(state|screens|host|strings)/|/(strings|format)$",
    message: "A part knows no word of the trade; hand it in.",
  }),
  tier(
    ["src/screens/**"],
    STAND_IN,
    { regex: "^\\.\\./(?!\\.\\./)|/screens/", message: "Screens do not know each other." },
    {
      regex: "/host/",
      allowTypeImports: true,
      message: "A screen asks its state, not the host; the types of the wire are fine.",
    },
  ),
  tier(["src/state/**"], STAND_IN, SHELL, {
    regex: "/(parts|screens)/",
    message: "State does not know how it is shown.",
  }),
  tier(["src/host/**"], {
    regex: "/(state|parts|screens|strings)/|/strings$",
    message: "The host is at the bottom.",
  }),
  {
    files: ["src/host/tauri.ts"],
    rules: { "@typescript-eslint/no-restricted-imports": "off" },
  },
);
