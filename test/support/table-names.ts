import { randomUUID } from 'node:crypto';

/** A table name no other test uses: `prefix` and letters and digits that Table Storage allows. */
export function uniqueTableName(prefix: string): string {
  return `${prefix}${randomUUID().replaceAll('-', '').slice(0, 12)}`;
}
