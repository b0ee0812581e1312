/** What a JSON object that somebody else wrote is to us: every name may be there, and be anything. */
export type WireObject = Readonly<Record<string, unknown>>;

/** The object, or an empty one where it is none. */
export function asObject(value: unknown): WireObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as WireObject) : {};
}
