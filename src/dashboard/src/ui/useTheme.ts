/** The theme that is shown, for what cannot be styled by CSS. */
import { useSyncExternalStore } from "react";

function follow(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme", "data-wall"] });
  return () => {
    observer.disconnect();
  };
}

/** How much larger than on a desk everything is drawn, as on a wall display. */
export const useScale = (): number =>
  useSyncExternalStore(follow, () =>
    document.documentElement.hasAttribute("data-wall") ? 1.8 : 1,
  );

export const useTheme = (): "light" | "dark" =>
  useSyncExternalStore(follow, () =>
    document.documentElement.dataset["theme"] === "dark" ? "dark" : "light",
  );
