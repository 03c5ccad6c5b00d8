import { useEditing } from "./editing";
import css from "./form.module.css";
import { languageName, localesOf, missing } from "./texts";

/** Chooses the language whose texts are edited, and says where texts are missing. */
export function LocaleBar({ onLocale }: { onLocale: (locale: string) => void }) {
  const { file, locale } = useEditing();
  return (
    <div className={css.locales} role="radiogroup" aria-label="Language of the texts">
      {localesOf(file).map((code) => {
        const lacking = missing(file, code);
        const name = languageName(code);
        return (
          <button key={code} type="button" role="radio" aria-checked={code === locale} title={lacking ? `${name}: ${lacking} texts missing` : `${name}: complete`} onClick={() => onLocale(code)}>
            {code}
            {lacking > 0 && <small>{lacking}</small>}
          </button>
        );
      })}
    </div>
  );
}
