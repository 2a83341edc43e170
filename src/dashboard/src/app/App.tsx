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
import { ChooseOrganization } from "./ChooseOrganization";
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
  const waiting = state.at !== "in";
  useEffect(() => {
    if (!waiting) return;
    void askSession();
    const timer = setInterval(() => void askSession(), AGAIN_MS);
    return () => {
      clearInterval(timer);
    };
  }, [waiting]);

  const acting = state.at === "in" ? state.acting : null;
  // Those who run the hub act for no organization.
  const ready = state.at === "in" && (acting !== null || state.session.organizations.length === 0);
  useEffect(() => {
    if (!ready) return;
    const stops = [watchConnection(), followPicture(livePicture), watchHub()];
    return () => {
      for (const stop of stops) stop();
    };
  }, [ready]);

  if (state.at === "asking") return <Empty title={words.asking} />;
  if (state.at === "unreachable") return <Empty title={words.unreachable} />;
  return ready ? <Shell /> : <ChooseOrganization session={state.session} />;
}
