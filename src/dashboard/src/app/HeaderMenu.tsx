/** The menu of what one sets for oneself: whom one acts for, theme, language, and the way out. */
import {
  Button as AriaButton,
  Header as MenuHeader,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
} from "react-aria-components";

import { actFor, logOut, useMayManageAccounts, useSession } from "../api/session";
import { useStore } from "../api/store";
import { go } from "../ui/route";
import { symbolSets, symbolSetStore } from "../ui/symbolSet";
import { languages, languageStore, useWords } from "../words";
import { openPalette } from "./paletteState";
import { setWall, themes, themeStore, wallStore } from "./theme";
import styles from "./HeaderMenu.module.css";

export function HeaderMenu() {
  const { app: words, accounts } = useWords();
  const manages = useMayManageAccounts();
  const { session, acting } = useSession();
  const theme = useStore(themeStore);
  const symbols = useStore(symbolSetStore);
  const language = useStore(languageStore);
  const wall = useStore(wallStore);
  const item = styles.item ?? "";
  const head = styles.head ?? "";
  return (
    <MenuTrigger>
      <AriaButton className={styles.button ?? ""} aria-label={words.menu}>
        ☰
      </AriaButton>
      <Popover className={styles.popover ?? ""} placement="bottom end">
        <Menu className={styles.menu ?? ""}>
          <MenuSection>
            <MenuHeader className={head}>{words.loggedInAs(session.account.name)}</MenuHeader>
            <MenuItem className={item} onAction={openPalette}>
              {words.commands}
            </MenuItem>
            {manages && (
              <MenuItem
                className={item}
                onAction={() => {
                  go("/accounts");
                }}
              >
                {accounts.go}
              </MenuItem>
            )}
            <MenuItem
              className={item}
              onAction={() => {
                setWall(!wall);
              }}
            >
              {wall ? "✓ " : ""}
              {words.wall}
            </MenuItem>
            <MenuItem
              className={item}
              onAction={() => {
                window.print();
              }}
            >
              {words.print}
            </MenuItem>
          </MenuSection>
          {session.organizations.length > 1 && (
            <MenuSection
              selectionMode="single"
              selectedKeys={acting ? [acting.code] : []}
              aria-label={words.actingFor}
            >
              <MenuHeader className={head}>{words.actingFor}</MenuHeader>
              {session.organizations.map((one) => (
                <MenuItem
                  key={one.code}
                  id={one.code}
                  className={item}
                  onAction={() => {
                    actFor(one);
                  }}
                >
                  {one.code} · {one.name}
                </MenuItem>
              ))}
            </MenuSection>
          )}
          <MenuSection selectionMode="single" selectedKeys={[theme]}>
            <MenuHeader className={head}>{words.theme.label}</MenuHeader>
            {themes.map((one) => (
              <MenuItem
                key={one}
                id={one}
                className={item}
                onAction={() => {
                  themeStore.set(one);
                }}
              >
                {words.theme[one]}
              </MenuItem>
            ))}
          </MenuSection>
          <MenuSection selectionMode="single" selectedKeys={[symbols]}>
            <MenuHeader className={head}>{words.symbols.label}</MenuHeader>
            {symbolSets.map((one) => (
              <MenuItem
                key={one}
                id={one}
                className={item}
                onAction={() => {
                  symbolSetStore.set(one);
                }}
              >
                {words.symbols[one]}
              </MenuItem>
            ))}
          </MenuSection>
          <MenuSection selectionMode="single" selectedKeys={[language]}>
            <MenuHeader className={head}>{words.language.label}</MenuHeader>
            {languages.map((one) => (
              <MenuItem
                key={one}
                id={one}
                className={item}
                onAction={() => {
                  languageStore.set(one);
                }}
              >
                {words.language[one]}
              </MenuItem>
            ))}
          </MenuSection>
          <MenuItem className={item} onAction={() => void logOut()}>
            {words.logOut}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
