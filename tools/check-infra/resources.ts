import type { Prediction, Resource } from './compiler.ts';
import { type Expected, expectedResources } from './expected-resources.ts';
import type { Wishes } from './wishes.ts';

/** What would be created against what should be: each resource once, with the properties that matter. */
export function resourceProblems({ resources }: Prediction, wishes: Wishes): string[] {
  const found = resources.filter(({ type }) => type !== 'Microsoft.Authorization/roleAssignments');
  const expected = expectedResources(wishes);
  const problems: string[] = [];
  for (const one of expected) {
    const [match, ...more] = found.filter(other => isMeant(one, other));
    if (!match) problems.push(`${one.type} ${one.name.source} is missing`);
    else if (more.length > 0) problems.push(`${one.type} ${one.name.source} is created ${more.length + 1} times`);
    else problems.push(...factProblems(match, one));
  }
  const unwanted = found.filter(one => !expected.some(other => isMeant(other, one)));
  return [...problems, ...unwanted.map(({ type, name }) => `${type} ${name} is created, but nobody asked for it`)];
}

function isMeant(expected: Expected, { type, name }: Resource): boolean {
  return expected.type === type && expected.name.test(name);
}

function factProblems(resource: Resource, { facts }: Expected): string[] {
  return Object.entries(facts).flatMap(([path, want]) => {
    const from = path.startsWith('/') ? path.slice(1) : `properties.${path}`;
    const got = from
      .split('.')
      .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], resource);
    if (fits(got, want)) return [];
    return [`${resource.type}: ${path.replace('/', '')} is ${inWords(got)}, but must be ${inWords(want)}`];
  });
}

/** Equal in every member; a form stands for any text of that form. */
function fits(got: unknown, want: unknown): boolean {
  if (want instanceof RegExp) return typeof got === 'string' && want.test(got);
  if (typeof want !== 'object' || want === null) return got === want;
  if (typeof got !== 'object' || got === null) return false;
  const keys = new Set([...Object.keys(got), ...Object.keys(want)]);
  return [...keys].every(key => fits((got as Record<string, unknown>)[key], (want as Record<string, unknown>)[key]));
}

function inWords(value: unknown): string {
  if (value === undefined) return 'absent';
  return value instanceof RegExp
    ? value.source
    : JSON.stringify(value, (_, part) => (part instanceof RegExp ? part.source : part));
}
