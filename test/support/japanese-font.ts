import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Stands in for the font of Windows that Japanese mails name, so that pictures are the same on every machine. */
export async function japaneseFont(): Promise<string> {
  const file = require.resolve('@fontsource/sawarabi-gothic/files/sawarabi-gothic-japanese-400-normal.woff2');
  const font = await readFile(file, 'base64');
  return `@font-face{font-family:'Yu Gothic UI';src:url(data:font/woff2;base64,${font})}`;
}
