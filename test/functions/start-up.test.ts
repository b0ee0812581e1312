import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { copyBundle } from '../sandbox/app-folder.ts';

it('loads nothing of the bot’s SDK until the bot is used', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'referral-alerts-'));
  const { outputs } = await copyBundle(folder);
  await rm(folder, { recursive: true, force: true });

  const loaded = new Set<string>();
  const load = (file: string) => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const { path: next, kind } of outputs[file]?.imports ?? []) if (kind === 'import-statement') load(next);
  };
  load(Object.keys(outputs).find(file => outputs[file]?.entryPoint === 'functions/index.ts') as string);

  const modules = [...loaded].flatMap(file => Object.keys(outputs[file]?.inputs ?? {}));
  const everything = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));
  const sdk = /node_modules\/(@microsoft\/teams-ai|botbuilder|botframework|openai|gpt-tokenizer)/;
  expect(modules.filter(file => sdk.test(file))).toEqual([]);
  expect(everything.filter(file => sdk.test(file)).length).toBeGreaterThan(100);
});
