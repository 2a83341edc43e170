import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// In development the hub answers everything that is not the dashboard itself.
const hub = process.env["MUSTER_HUB"] ?? "http://127.0.0.1:8620";
const paths = [
  "/graphql",
  "/session",
  "/login",
  "/setup",
  "/oidc",
  "/sandbox",
  "/graphiql",
  "/a/",
  "/map/",
];
const proxy = Object.fromEntries(
  paths.map((path) => [path, { target: hub, ws: path === "/graphql" }]),
);

export default defineConfig({
  plugins: [react()],
  // All of milsymbol at once is three times as large as what is needed of it.
  resolve: {
    alias: {
      "milsymbol/parts": new URL("node_modules/milsymbol/index.mjs", import.meta.url).pathname,
    },
  },
  server: { proxy },
  preview: { proxy },
  build: {
    target: "es2022",
    // The Content-Security-Policy of the hub allows no inlined styles, and images from data URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
  },
  worker: { format: "es" },
  test: { environment: "happy-dom", include: ["src/**/*.test.ts", "src/**/*.test.tsx"] },
});
