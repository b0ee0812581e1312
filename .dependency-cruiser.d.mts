export const ROOMS: Readonly<Record<string, readonly string[]>>;
export const UPPER: Readonly<Record<string, readonly string[]>>;
export const PURE: readonly string[];
