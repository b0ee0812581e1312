/** The channel under which it is kept that a last resort was told: no carrier has this name. */
export const LAST_RESORT = 'last-resort';
