import "./ui/theme.css";
import "./ui/base.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { askSession } from "./api/session";
import { App } from "./app/App";
import { keepTheme } from "./app/theme";
import { firstWords } from "./words";

keepTheme();
// Asked beside the words, so that nobody waits for one after the other.
void askSession();
const root = document.getElementById("root");
if (root) {
  void firstWords.then(() => {
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    );
  });
}
