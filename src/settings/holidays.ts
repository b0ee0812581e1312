/** `2026-12-25, 2027-01-01` as days in order, or what is wrong with it. */
export function readHolidays(text: string): { readonly days: readonly string[] } | { readonly problem: string } {
  const items = text
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '');
  const wrong = items.findIndex(item => !isDay(item));
  if (items.length > 0 && wrong < 0) return { days: [...new Set(items)].sort() };
  const which = items.length > 1 ? ` (look at date ${wrong + 1})` : '';
  return { problem: `must be dates such as 2026-12-25, separated by commas${which}` };
}

function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  // 31 February would silently become March
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
