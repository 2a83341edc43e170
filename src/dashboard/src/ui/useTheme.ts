/** The theme that is shown, for what cannot be styled by CSS. */
import { useSyncExternalStore } from "react";

function follow(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => {
    observer.disconnect();
  };
}

export const useTheme = (): "light" | "dark" =>
  useSyncExternalStore(follow, () =>
    document.documentElement.dataset["theme"] === "dark" ? "dark" : "light",
  );
