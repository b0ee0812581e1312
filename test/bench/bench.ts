// Measures what a poll, a start and a look at one referral cost, each beside a floor of the same run.
import { readArguments, refuseArguments } from '../../tools/arguments.ts';
import { createBench } from './context.ts';
import { printSection, ratioOf, type Section } from './report.ts';
import { coldStart } from './sections/cold-start.ts';
import { detailEndpoint } from './sections/detail.ts';
import { firstPoll } from './sections/first-poll.ts';
import { growth } from './sections/growth.ts';
import { noChangePoll } from './sections/no-change.ts';
import { nodeRed } from './sections/node-red.ts';

const USAGE = `Measures what a poll, a start and a look at one referral cost, each beside a floor of the same run.

  npm run bench                               every section, as docs/performance.md names them
  npm run bench -- --only "No-change poll"    one of them
  npm run bench -- --node-red                 beside a flow in Node-RED too
  npm run -s bench -- --json                  prints JSON alone, for machines`;
const values = readArguments(USAGE, {
  json: { type: 'boolean' },
  'node-red': { type: 'boolean' },
  only: { type: 'string' },
});

const SECTIONS = {
  'No-change poll': noChangePoll,
  'First poll': firstPoll,
  'Cold start': coldStart,
  'Detail endpoint': detailEndpoint,
  Growth: growth,
  ...((values['node-red'] || values.only === 'Node-RED') && { 'Node-RED': nodeRed }),
};

if (values.only !== undefined && !Object.hasOwn(SECTIONS, values.only)) {
  refuseArguments(`There is no section "${values.only}". There are: ${Object.keys(SECTIONS).join(', ')}.`);
}

const bench = await createBench();
const sections: Section[] = [];
try {
  for (const [title, measure] of Object.entries(SECTIONS)) {
    if (values.only && values.only !== title) continue;
    const section = await measure(bench);
    sections.push(section);
    if (!values.json) process.stdout.write(`${printSection(section)}\n`);
  }
} finally {
  await bench.close();
}
if (values.json) {
  const told = sections.map(section => ({
    ...section,
    rows: section.rows.map(row => ({ ...row, ratio: ratioOf(row) })),
  }));
  process.stdout.write(`${JSON.stringify({ node: process.version, sections: told }, null, 2)}\n`);
}
