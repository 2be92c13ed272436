import { For, type JSX } from "solid-js";
import { languageNames, languages } from "../../i18n/languages.ts";
import { Icon } from "../parts/icons.tsx";
import { useTill } from "../till.ts";

/** The till's language, each named in its own. */
export function LanguageChoice(): JSX.Element {
  const { shell, words, language } = useTill();
  return (
    <label class="choice">
      <Icon name="globe" />
      <select
        data-testid="language"
        aria-label={words().strip.language}
        value={language()}
        onChange={(event) => shell.setLanguage(event.currentTarget.value as ReturnType<typeof language>)}
      >
        <For each={languages}>{(each) => <option value={each}>{languageNames[each]}</option>}</For>
      </select>
    </label>
  );
}
