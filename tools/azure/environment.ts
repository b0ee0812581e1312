import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseEnv } from 'node:util';

/** Names and values of a deployment: what azd keeps for it, outputs included. What the environment holds wins; empty counts as not set. */
export interface Deployment {
  /** Null when it is not set. */
  get(name: string): string | null;
  /** @throws Error that says how to get it */
  need(name: string): string;
}

/** Reads the azd environment that is chosen in `folder`, or the one that AZURE_ENV_NAME names. No azd, no file: only the environment. */
export async function readDeployment(folder: string, env: NodeJS.ProcessEnv): Promise<Deployment> {
  const kept = await readAzd(path.join(folder, '.azure'), env.AZURE_ENV_NAME);
  const get = (name: string) => env[name]?.trim() || kept[name]?.trim() || null;
  const need = (name: string) => {
    const value = get(name);
    if (value) return value;
    throw new Error(`${name} is not known: run azd provision first, or set it in the environment.`);
  };
  return { get, need };
}

async function readAzd(folder: string, chosen: string | undefined): Promise<NodeJS.Dict<string>> {
  const read = (...parts: string[]) => readFile(path.join(folder, ...parts), 'utf8').catch(() => null);
  const config = JSON.parse((await read('config.json')) ?? '{}') as { defaultEnvironment?: string };
  const name = chosen || config.defaultEnvironment;
  return name ? parseEnv((await read(name, '.env')) ?? '') : {};
}

/** A list of names, separated by commas. */
export function namesIn(list: string | null): string[] {
  return (list ?? '')
    .split(',')
    .map(name => name.trim())
    .filter(Boolean);
}
