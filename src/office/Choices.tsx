import { For } from "solid-js";
import type { Language } from "../domain/item.ts";
import { officeLanguages, type Office, type Theme } from "./office.ts";

const themes: readonly Theme[] = ["system", "light", "dark"];

/** Language and appearance, switched live. */
export function Choices(props: { readonly office: Office }) {
  const office = props.office;
  return (
    <div class="choices">
      <select
        aria-label={office.words().language}
        data-testid="office-language"
        onChange={(event) => office.setLanguage(event.currentTarget.value as Language)}
      >
        <For each={Object.keys(officeLanguages) as Language[]}>
          {(each) => (
            <option value={each} selected={each === office.language()}>
              {officeLanguages[each].languageName}
            </option>
          )}
        </For>
      </select>
      <select
        aria-label={office.words().theme.title}
        data-testid="office-theme"
        onChange={(event) => office.setTheme(event.currentTarget.value as Theme)}
      >
        <For each={themes}>
          {(each) => (
            <option value={each} selected={each === office.theme()}>
              {office.words().theme[each]}
            </option>
          )}
        </For>
      </select>
    </div>
  );
}
