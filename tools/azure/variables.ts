import { randomUUID } from 'node:crypto';

/**
 * A pipeline's variables (JSON: name and value) as lines for `GITHUB_ENV`, so that no workflow lists them once more.
 * Only names that a setting can have.
 */
export function variableLines(json: string): string {
  const variables = Object.entries(JSON.parse(json || '{}') as Record<string, string>);
  const end = randomUUID();
  return variables
    .filter(([name]) => /^[A-Z][A-Z0-9_]*$/.test(name))
    .map(([name, value]) => `${name}<<${end}\n${value}\n${end}\n`)
    .join('');
}
