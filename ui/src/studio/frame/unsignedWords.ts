import type { SigningState } from "../../shared/staff";

/** What staff read while nothing can be signed. */
export interface UnsignedWords {
  happened: string;
  meanwhile: string;
  todo: string;
}

/** What to tell of a state of signing; null where there is nothing to tell. Only who may look at the server is told how. */
export function unsignedWords(state: SigningState | undefined, admin: boolean): UnsignedWords | null {
  if (state === undefined || state === "ready") return null;
  const ended = state === "certificate_ended";
  return {
    happened: ended ? "Nothing can be signed: the certificate has ended." : "Nothing can be signed: the signing key can’t be read.",
    meanwhile: "New pictures and approvals wait. Nothing is lost, and what is public stays so.",
    todo: admin
      ? `Run marquee doctor on the server: it tells where ${ended ? "a new certificate goes" : "the key belongs"}.`
      : "Please tell an admin; approve again once this note is gone.",
  };
}
