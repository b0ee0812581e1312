import type { Log, LogFields } from '../../src/base/log.ts';

/** A log that keeps what it was told, so that tests can look for what must not be there. */
export function keepingLog(): Log & { readonly lines: { level: string; event: string; fields: LogFields }[] } {
  const lines: { level: string; event: string; fields: LogFields }[] = [];
  const at =
    (level: string) =>
    (event: string, fields: LogFields = {}) => {
      lines.push({ level, event, fields });
    };
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
}
