import { Button, TextInput } from "@mantine/core";
import { IconArrowRight } from "../icons";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { asProblem, type Problem } from "../../shared/api";
import { fetchMe, signIn, type Me } from "../../shared/staff";
import { problemWords } from "../data/words";
import { go } from "../navigation/navigate";
import { review } from "../navigation/route";
import css from "./signIn.module.css";

const LONGEST_NAME = 80;

/** Takes the secret out of the address, so that it stays in no history. */
function takeSecret(): string {
  const secret = decodeURIComponent(window.location.hash.slice(1));
  if (secret) window.history.replaceState(null, "", window.location.pathname + window.location.search);
  return secret;
}

/** Exchanges a one-time link for a session. `ended` tells that a session was over. */
export function SignIn({ ended, onSignedIn }: { ended: boolean; onSignedIn: () => void }) {
  const [secret, setSecret] = useState<string>(() => (ended ? "" : takeSecret()));
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [here, setHere] = useState<Me | null>(null);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    document.title = "Sign in · Studio";
    field.current?.focus();
    const onHash = () => {
      const fresh = takeSecret();
      if (fresh) setSecret(fresh);
    };
    window.addEventListener("hashchange", onHash);
    return () => window.removeEventListener("hashchange", onHash);
  }, []);

  useEffect(() => {
    if (ended) return;
    const stop = new AbortController();
    // Not being signed in is the usual case on this page.
    fetchMe(stop.signal).then(setHere, () => undefined);
    return () => stop.abort();
  }, [ended]);

  const enter = () => {
    onSignedIn();
    if (!ended) go(review, true);
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    signIn(secret, name.trim())
      .then(enter)
      .catch((thrown: unknown) => setProblem(asProblem(thrown)))
      .finally(() => setBusy(false));
  };

  return (
    <main className={css.page}>
      <div className={css.lamps} aria-hidden />
      <section className={css.card}>
        <p className={css.sign}>Marquee Studio</p>
        {secret ? (
          <form onSubmit={submit}>
            <h1>Welcome to the Studio</h1>
            <p>This link signs you in once, in this browser. What shall your colleagues call you?</p>
            <TextInput ref={field} label="Your name" name="name" autoComplete="name" size="md" maxLength={LONGEST_NAME} required withAsterisk={false} value={name} onChange={(e) => setName(e.currentTarget.value)} error={nameError(problem)} />
            {problem && !nameError(problem) && <p className={css.problem} role="alert">{problemWords(problem)}</p>}
            <Button type="submit" size="md" fullWidth loading={busy} disabled={name.trim() === ""} rightSection={<IconArrowRight size={17} />}>Sign in</Button>
            {here && <p className={css.soft}>You are signed in as {here.name} already. <a href="/studio/review" onClick={(e) => { e.preventDefault(); enter(); }}>Go on as {here.name}</a></p>}
          </form>
        ) : here ? (
          <>
            <h1>You are signed in</h1>
            <p>As {here.name}, {here.role}.</p>
            <Button size="md" fullWidth onClick={enter} rightSection={<IconArrowRight size={17} />}>Go to the review</Button>
          </>
        ) : (
          <>
            <h1>{ended ? "Please sign in" : "You need a link to sign in"}</h1>
            <p>The Studio has no passwords. An admin can make you a link that works once under <b>Staff</b>, or on the server:</p>
            <pre><code>marquee staff invite --role reviewer</code></pre>
            <p className={css.soft}>Open the link in this browser and you are in.</p>
          </>
        )}
      </section>
    </main>
  );
}

function nameError(problem: Problem | null): string | undefined {
  return problem?.fields.find((f) => f.path === "name" || f.path === "body.name")?.message;
}
