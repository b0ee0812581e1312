import { closestMatch } from 'leven';

/** The known word that somebody most likely meant, whatever its case; null when none is near. */
export function nearest(word: string, known: readonly string[]): string | null {
  const typed = word.trim().toLowerCase();
  if (typed === '') return null;
  const small = known.map(each => each.toLowerCase());
  // Nobody mistypes more than every other letter.
  const maxDistance = Math.floor(typed.length / 2);
  const match = small.find(each => each.startsWith(typed)) ?? closestMatch(typed, small, { maxDistance });
  return match === undefined ? null : (known[small.indexOf(match)] ?? null);
}
