/** Lets in whoever is logged in, and keeps the live picture while they are. */
import { useEffect } from "react";
import { I18nProvider } from "react-aria-components";

import { watchConnection } from "../api/connection";
import { watchHub } from "../api/hub";
import { followPicture } from "../api/picture/follow";
import { livePicture } from "../api/picture/shown";
import { askSession, sessionStore } from "../api/session";
import { useStore } from "../api/store";
import { useLanguage, useWords } from "../words";
import { ChooseOrganization, NobodyToActFor } from "./ChooseOrganization";
import { Shell } from "./Shell";
import { Empty } from "../ui/Empty";

const AGAIN_MS = 3_000;

export function App() {
  const language = useLanguage();
  return (
    <I18nProvider locale={language}>
      <Gate />
    </I18nProvider>
  );
}

function Gate() {
  const state = useStore(sessionStore);
  const words = useWords().app;
  // Whoever may act for nobody waits until somebody lets them.
  const waiting = state.at !== "in" || state.session.organizations.length === 0;
  useEffect(() => {
    if (!waiting) return;
    void askSession();
    const timer = setInterval(() => void askSession(), AGAIN_MS);
    return () => {
      clearInterval(timer);
    };
  }, [waiting]);

  const ready = state.at === "in" && state.acting !== null;
  useEffect(() => {
    if (!ready) return;
    const stops = [watchConnection(), followPicture(livePicture), watchHub()];
    return () => {
      for (const stop of stops) stop();
    };
  }, [ready]);

  if (state.at === "asking") return <Empty title={words.asking} />;
  if (state.at === "unreachable") return <Empty title={words.unreachable} />;
  if (state.session.organizations.length === 0) return <NobodyToActFor session={state.session} />;
  return ready ? <Shell /> : <ChooseOrganization session={state.session} />;
}
