/** What stands around every page. */
import { Suspense, useEffect } from "react";

import { ActDialogs } from "../act/ActDialogs";
import { Empty, Loading } from "../ui/Empty";
import { persistently } from "../ui/persistently";
import { usePath } from "../ui/route";
import { Toasts } from "../ui/Toasts";
import { toldBy } from "../time/lensSearch";
import { useWords } from "../words";
import { Banners } from "./Banners";
import { Boundary } from "./Boundary";
import { Header } from "./Header";
import { Palette } from "./Palette";
import { pageOf } from "./routes";
import { useShellCommands } from "./shellCommands";
import styles from "./Shell.module.css";

export function Shell() {
  const words = useWords().app;
  const path = usePath();
  const found = pageOf(path);
  useShellCommands();
  useEffect(() => {
    const told = toldBy(location.search);
    if (told === null) return;
    void persistently(() => import("../time/restoreLens")).then(({ restoreLens }) =>
      restoreLens(told),
    );
  }, []);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        {words.skip}
      </a>
      <Header page={found?.id ?? null} />
      <Banners page={found?.id ?? null} />
      <main id="main" className={styles.main} tabIndex={-1}>
        <Boundary key={path}>
          <Suspense fallback={<Loading />}>
            {found ? <found.page params={found.params} /> : <Empty title={words.notFound} />}
          </Suspense>
        </Boundary>
      </main>
      <ActDialogs />
      <Palette />
      <Toasts />
    </div>
  );
}
