import { readFile, writeFile } from 'node:fs/promises';
import { readArguments } from './arguments.ts';
import { readmeTable, sampleText } from './settings-table/write.ts';

readArguments(
  `Brings README's table and local.settings.sample.json up to date with the settings that the code knows.

  npm run settings:table`,
  {},
);

await edit('README.md', readmeTable);
await edit('local.settings.sample.json', sampleText);

async function edit(place: string, rewrite: (text: string) => string): Promise<void> {
  await writeFile(place, rewrite(await readFile(place, 'utf8')));
}
