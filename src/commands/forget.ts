import { parseArgs } from 'node:util';
import { openKept } from '../app/kept.ts';
import { clean } from '../messages/text.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { forgetting } from '../model/forget.ts';
import { readTablesSettings } from '../settings/read-settings.ts';
import { CommandError } from './command-error.ts';
import { keptOf, liesElsewhere } from './forget/what-is-kept.ts';
import { readEnvironment } from './settings-source.ts';
import { command, runHere, type Terminal } from './terminal.ts';

const USAGE = `Shows what is kept of a referral, and erases what people wrote of it and who claimed it. Asks and tells nobody.

  npm run forget -- --referral ID            shows what is kept of it
  npm run forget -- --customer NAME          the same for all of a customer; the whole name, in any case
  npm run forget -- --referral ID --yes      erases it; id, dates and marks stay, so that nothing is told again
  npm run forget -- --settings FILE          reads FILE in place of local.settings.json`;

async function eraseOrShow(args: readonly string[], terminal: Terminal): Promise<void> {
  const { say } = terminal;
  const { values } = parseArgs({
    args: [...args],
    options: {
      referral: { type: 'string' },
      customer: { type: 'string' },
      yes: { type: 'boolean' },
      settings: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return say(USAGE);
  const isWanted = wanted(values);
  const kept = openKept(readTablesSettings(readEnvironment(terminal, values.settings ?? null)));
  const find = async () => [...(await kept.loadOpen()), ...(await kept.closedSince(0))].filter(isWanted);
  const found = await find();
  if (found.length === 0) throw new CommandError('Nothing is kept of that.');
  for (const checkpoint of found) for (const line of keptOf(checkpoint)) say(line);
  if (!values.yes) return say('\nNothing was erased. Add --yes to erase what people wrote and who claimed it.');

  const ids = [...new Set(found.map(({ referralId }) => referralId))];
  for (const id of ids) await kept.amend(id, forgetting);
  // A poll may have closed one of them meanwhile, as it knew it.
  for (const { referralId, forgotten } of await find()) if (!forgotten) await kept.amend(referralId, forgetting);
  say(`\nErased from the tables: ${ids.join(', ')}.`);
  const elsewhere = found.flatMap(liesElsewhere);
  if (elsewhere.length === 0) return;
  say('\nWhat was told lies elsewhere, where only you can erase it:');
  for (const line of elsewhere) say(line);
}

function wanted({ referral, customer }: { readonly referral?: string; readonly customer?: string }) {
  if ((referral === undefined) === (customer === undefined))
    throw new CommandError('Name either --referral ID or --customer NAME.');
  const same = (a: string, b: string) => folded(a) === folded(b);
  if (referral !== undefined) return ({ referralId }: Checkpoint) => same(referralId, referral);
  if (folded(customer ?? '') === '') throw new CommandError('--customer is empty: name the whole customer.');
  return ({ summary }: Checkpoint) => same(summary?.customer ?? '', customer ?? '');
}

/** As it is compared: in any case, in either form of Unicode, however it is spaced. */
function folded(text: string): string {
  // Some letters have small ones that others share: STRASSE is Straße.
  return clean(text.normalize('NFC'), 200).toUpperCase().toLowerCase().normalize('NFC');
}

export const forget = command(eraseOrShow, 'It could not be forgotten.');

if (import.meta.main) await runHere(forget);
