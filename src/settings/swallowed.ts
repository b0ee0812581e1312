import type { Rule, RuleConditions } from '../model/rule.ts';

/** Whether whatever fits the later rule has been taken by the earlier one, so that the later is never reached. */
export function swallows(earlier: Rule, later: Rule): boolean {
  if (earlier.continues) return false;
  if (!earlier.when) return true;
  if (!later.when) return false;
  return isWider(earlier.when, later.when);
}

/** Whether all that meets the narrow conditions meets the wide ones as well. */
function isWider(wide: RuleConditions, narrow: RuleConditions): boolean {
  return (
    covers(wide.country, narrow.country) &&
    covers(wide.type, narrow.type) &&
    covers(wide.qualification, narrow.qualification) &&
    covers(wide.solution, narrow.solution, (part, whole) => whole.toLowerCase().includes(part.toLowerCase())) &&
    coversValue(wide.value, narrow.value)
  );
}

function covers(
  wide: readonly string[] | undefined,
  narrow: readonly string[] | undefined,
  includes = (a: string, b: string) => a === b,
): boolean {
  if (!wide) return true;
  return narrow?.every(word => wide.some(other => includes(other, word))) ?? false;
}

function coversValue(wide: RuleConditions['value'], narrow: RuleConditions['value']): boolean {
  if (!wide) return true;
  if (!narrow || narrow.atLeast < wide.atLeast) return false;
  return wide.currency === null || wide.currency === narrow.currency;
}
