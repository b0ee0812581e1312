import { readFile, writeFile } from 'node:fs/promises';
import { readmeTable, sampleText } from './settings-table/write.ts';

/** Brings README's table and the sample up to date with the settings that the code knows. */
await edit('README.md', readmeTable);
await edit('local.settings.sample.json', sampleText);

async function edit(place: string, rewrite: (text: string) => string): Promise<void> {
  await writeFile(place, rewrite(await readFile(place, 'utf8')));
}
