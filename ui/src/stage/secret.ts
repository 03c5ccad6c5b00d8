let taken: string | null = null;

/**
 * Takes the secret out of the address's fragment, and the fragment out of the
 * address and the history, so that it is neither sent nor left lying about.
 * Asked again on the same page it gives the same secret.
 */
export function takeSecret(): string {
  const secret = window.location.hash.slice(1);
  if (secret) {
    taken = secret;
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
  }
  return taken ?? "";
}
