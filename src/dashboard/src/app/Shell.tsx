/** What stands around every page. */
import { Suspense, useEffect, useLayoutEffect, useRef } from "react";

import { ActDialogs } from "../act/ActDialogs";
import { Empty, Loading } from "../ui/Empty";
import { persistently } from "../api/persistently";
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
  const main = useRef<HTMLElement>(null);
  useShellCommands();
  // A page stays while one goes to another part of it, and each part is read from its top.
  useLayoutEffect(() => {
    main.current?.scrollTo(0, 0);
  }, [path]);
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
      <main ref={main} id="main" className={styles.main} tabIndex={-1}>
        <Boundary key={found?.params["id"] ?? found?.id} path={path}>
          <Suspense fallback={<Loading />}>
            {found ? <found.page params={found.params} /> : <Empty title={words.notFound} page />}
          </Suspense>
        </Boundary>
      </main>
      <ActDialogs />
      <Palette />
      <Toasts />
    </div>
  );
}
