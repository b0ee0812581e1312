/** What an error of a service tells beside its message. */
interface Codes {
  readonly code?: unknown;
  readonly statusCode?: unknown;
  /** Of an error about a file. */
  readonly path?: unknown;
}

/**
 * What to say of a command that failed. The words of our own errors are for people; of those of a service only its code is
 * told, for they may quote a whole page, or name nothing but an address.
 */
export function failureInWords(error: unknown, failure: string): string {
  if (!(error instanceof Error)) return failure;
  const { code, statusCode, path } = error as Error & Codes;
  // A port that is taken is a matter of this machine.
  const isOfNetwork =
    typeof code === 'string' && /^E[A-Z]{2,}$/.test(code) && code !== 'EADDRINUSE' && path === undefined;
  if (error.name !== 'RestError' && !isOfNetwork) return error.message || failure;
  const said = typeof statusCode === 'number';
  const word = typeof code === 'string' && /^\w{3,60}$/.test(code) ? [code] : [];
  const why = [...(said ? [`HTTP ${statusCode}`] : []), ...word].join(' ') || 'no reason named';
  return `${failure.replace(/\.$/, '')}: a service that it needs ${said ? 'refuses it' : 'does not answer'} (${why}). \`npm run doctor\` says which, and what helps.`;
}
