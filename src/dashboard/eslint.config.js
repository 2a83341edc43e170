import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

// Which folders of src/ a folder must not import: imports go downward, app → pages → the rest.
const pages = ["accounts", "act", "attention", "messages", "picture", "room", "sharing", "time"];
const upward = (...folders) => ({
  "no-restricted-imports": [
    "error",
    {
      patterns: folders.map((folder) => ({
        regex: `^(\\.\\./)+${folder}/`,
        message: "Imports go downward: app → pages → ui, api, geo, words.",
      })),
    },
  ],
});

export default defineConfig(
  globalIgnores(["dist", "src/api/generated"]),
  tseslint.configs.strictTypeChecked,
  reactHooks.configs.flat.recommended,
  { files: ["**/*.tsx"], ...jsxA11y.flatConfigs.strict },
  {
    files: ["**/*.tsx"],
    rules: { "jsx-a11y/no-autofocus": ["error", { ignoreNonDOM: true }] },
  },
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "max-lines": ["error", { max: 300, skipBlankLines: true }],
      // The React Compiler, which it speaks for, is not used.
      "react-hooks/incompatible-library": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  { files: pages.map((page) => `src/${page}/**`), rules: upward("app") },
  { files: ["src/ui/**", "src/api/**"], rules: upward("app", ...pages) },
  { files: ["src/geo/**", "src/words/**"], rules: upward("app", "ui", ...pages) },
  { files: ["**/*.js", "**/*.mjs"], extends: [tseslint.configs.disableTypeChecked] },
);
