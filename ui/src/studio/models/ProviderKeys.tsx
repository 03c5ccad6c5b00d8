import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { dayWords } from "../data/words";
import { useTell } from "../frame/toasts";
import { IconLock } from "../icons";
import { Confirm } from "../staff/Confirm";
import { removeKey, setKey, type Register } from "./api";
import css from "./models.module.css";
import { providersOf } from "./Trials";

/** Keys of providers: stored sealed, used from the next call, never shown again. */
export function ProviderKeys({ register, onChanged }: { register: Register; onChanged: () => void }) {
  const tell = useTell();
  const [provider, setProvider] = useState("");
  const [key, setKeyText] = useState("");
  const [busy, setBusy] = useState(false);
  const [ending, setEnding] = useState("");
  const store = (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setKey(provider.trim(), key.trim())
      .then(() => {
        tell.good(`The key of ${provider.trim()} is stored, and holds from the next call.`);
        setProvider("");
        onChanged();
      }, tell.bad)
      // A key that was refused does not stay on the screen either.
      .finally(() => { setKeyText(""); setBusy(false); });
  };
  const forget = (name: string) => {
    setBusy(true);
    removeKey(name).then(() => { tell.good(`The stored key of ${name} is forgotten.`); setEnding(""); onChanged(); }, tell.bad).finally(() => setBusy(false));
  };
  return (
    <section className={`st-panel ${css.part}`} aria-label="Providers’ keys">
      <header><h2>Providers’ keys</h2></header>
      <p className="st-soft">A key is sealed when it is stored and never shown again. It goes before the one in the settings, without a restart.</p>
      <form className={css.keys} onSubmit={store} autoComplete="off">
        <TextInput label="Provider" list="key-providers" maxLength={100} value={provider} onChange={(e) => setProvider(e.currentTarget.value)} />
        <datalist id="key-providers">{providersOf(register).map((p) => <option key={p} value={p} />)}</datalist>
        <PasswordInput label="Key" maxLength={8192} autoComplete="new-password" visible={false} rightSection={<IconLock size={15} aria-hidden />} value={key} onChange={(e) => setKeyText(e.currentTarget.value)} />
        <Button type="submit" loading={busy && ending === ""} disabled={provider.trim() === "" || key.trim() === ""}>Store it</Button>
      </form>
      {register.keys.length > 0 && (
        <ul className={css.stored}>
          {register.keys.map((k) => (
            <li key={k.provider}><IconLock size={14} aria-hidden /> <b>{k.provider}</b> <span className="st-soft">changed {dayWords(k.changed_at)}</span><Button size="compact-xs" variant="subtle" color="brick" onClick={() => setEnding(k.provider)}>Forget</Button></li>
          ))}
        </ul>
      )}
      {ending && <Confirm title={`Forget the key of ${ending}?`} act="Forget" busy={busy} onAct={() => forget(ending)} onClose={() => setEnding("")}>From the next call on the key in the settings holds again, if there is one.</Confirm>}
    </section>
  );
}
