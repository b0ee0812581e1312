import { spawnSync } from 'node:child_process';
import { readArguments } from './arguments.ts';

// npm run pictures: all that the documents show, one after the other.
readArguments(
  `Makes the pictures of README and docs anew, into docs/pictures: the console page, every message, every language.

  npm run pictures                                needs Chromium; CHROMIUM may name its path
  node tools/draw-messages.ts FOLDER              every card and mail in both looks and widths, into FOLDER
  node tools/draw-languages.ts FOLDER [WIDTH]     cards and mails of each language, into FOLDER`,
  {},
);
for (const script of ['test/sandbox/pictures.ts', 'tools/draw-messages.ts', 'tools/draw-languages.ts']) {
  const { status } = spawnSync(process.execPath, [...process.execArgv, script], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
