import { openPartnerSignIn } from '../app/partner-sign-in.ts';
import { openTable } from '../azure/tables.ts';
import type { Clock } from '../base/instant.ts';
import { silentLog } from '../commands/output.ts';
import { fillLink } from '../messages/link.ts';
import { en } from '../messages/words/en.ts';
import type { RawPage } from '../model/referral-source.ts';
import { createReferralsClient } from '../partner-center/client.ts';
import type { Environment } from '../settings/reader.ts';
import type { Settings } from '../settings/settings.ts';
import { createConversationStore } from '../storage/conversations.ts';
import { checkBot } from './bot-check.ts';
import { channelsSet, checkChannel } from './channel-checks.ts';
import { type CheckResult, createExamination, skipped } from './check.ts';
import { checkClock, checkReferrals, checkRole, checkSecrets, checkSignIn, checkToken } from './partner-checks.ts';
import { readAllSettings } from './settings-checks.ts';
import { checkTables } from './tables-check.ts';

/** All checks of a set-up, in their order. Writes no checkpoint and no heartbeat; tells nobody unless `send`. */
export async function examine(
  env: Environment,
  { send, clock }: { readonly send: boolean; readonly clock: Clock },
): Promise<readonly CheckResult[]> {
  const { check, results } = createExamination();
  const { settings, finding, schedule } = readAllSettings(env);
  await check('settings', [], () => finding);
  await check('schedule', [], () => schedule);
  const parts = settings ? open(settings, clock) : null;

  // Without settings there are no parts, and `settings` has failed: none of these is run then.
  const needParts = <T>(use: (parts: Parts) => T): T => use(parts as Parts);
  let page: RawPage | null = null;
  await check('tables', ['settings'], () =>
    needParts(({ place, tables }) => checkTables(openTable(tables, 'WatchState'), place)),
  );
  await check('sign-in', ['settings'], () => needParts(({ signIn }) => checkSignIn(signIn.tokens)));
  await check('token', ['sign-in'], () => needParts(({ signIn }) => checkToken(signIn.tokens)));
  await check('referrals', ['token'], () =>
    needParts(async ({ client, filter }) => {
      const found = await checkReferrals(client, filter);
      page = found.page;
      return found.finding;
    }),
  );
  await check('role', ['referrals'], () => needParts(({ client }) => checkRole(client, page as unknown as RawPage)));
  await check('clock', ['referrals'], () => checkClock(page as unknown as RawPage, clock()));
  await check('secrets', ['settings'], () => needParts(({ signIn }) => checkSecrets(signIn.ends(), clock())));

  let mailServerFails = false;
  for (const name of channelsSet(env)) {
    if (name === 'channel:bot') {
      await check(name, ['settings', 'tables'], () =>
        needParts(({ bot, tables }) =>
          bot ? checkBot(bot, createConversationStore(openTable(tables, 'TeamsConversations')), send) : skipped,
        ),
      );
      continue;
    }
    const isMail = name.endsWith('email');
    await check(name, ['settings'], async () => {
      // One mail server carries all mail: it fails once.
      if (isMail && mailServerFails) return skipped;
      const result = await needParts(({ channelDeps }) => checkChannel(name, { ...channelDeps, send }));
      mailServerFails ||= isMail && result.state === 'failed';
      return result;
    });
  }
  return results();
}

type Parts = ReturnType<typeof open>;

function open(settings: Settings, clock: Clock) {
  const signIn = openPartnerSignIn(settings, { log: silentLog, clock });
  const { apiUrl, filter, linkTemplate } = settings.referrals;
  const place = settings.tables;
  return {
    signIn,
    place,
    filter,
    bot: settings.bot,
    client: createReferralsClient({ apiUrl, filter, tokens: signIn.tokens, log: silentLog, clock }),
    tables:
      place.kind === 'connection-string'
        ? { connectionString: place.connectionString }
        : { url: place.url, credential: signIn.identity },
    channelDeps: {
      settings,
      identity: signIn.identity,
      clock,
      view: {
        words: en,
        timeZone: settings.timeZone,
        linkFor: (id: string, engagementId: string | null) => fillLink(linkTemplate, id, engagementId),
      },
    },
  };
}
