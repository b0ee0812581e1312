import { createAzureIdentity } from '../azure/identity.ts';
import type { Surroundings } from '../base/given.ts';
import { VERSION } from '../base/version.ts';
import { type HttpAnswer, noBot, problem } from '../endpoints/answer.ts';
import { unhealthySettings } from '../endpoints/health.ts';
import type { SettingProblem } from '../model/setting-problem.ts';
import type { Trouble } from '../model/watch-state.ts';
import type { OtherSettings } from '../settings/settings.ts';
import { SettingsError } from '../settings/settings-error.ts';
import { settingsFinding } from '../watch/settings-finding.ts';
import { tellOperator } from '../watch/tell-operator.ts';
import { afterTelling, troubleNews, withFindings } from '../watch/troubles.ts';
import type { Work } from './app-port.ts';
import { isManaged } from './partner-sign-in.ts';
import { openRegistry, operatorChannels } from './registry.ts';
import { viewOf } from './view.ts';

/** The app while something is wrong with what a poll needs: it tells the operator, and nobody gets in. */
export async function createStoppedApp(
  other: OtherSettings,
  problems: readonly SettingProblem[],
  around: Surroundings,
): Promise<Work> {
  const { log, clock } = around;
  const isBotWanted = other.bot !== null || problems.some(({ setting }) => setting.startsWith('BOT_'));
  const identity = createAzureIdentity({ clientId: other.identityClientId, managed: isManaged() });
  const registry = openRegistry(other, { view: await viewOf(other), identity, bot: null, ...around });
  const operators = operatorChannels(registry);
  // Without the tables this process is all there is to remember who was told.
  let troubles: readonly Trouble[] = [];

  /** @throws SettingsError always, naming every problem, so that the platform sees it */
  async function poll(): Promise<never> {
    const now = clock();
    troubles = withFindings(troubles, settingsFinding(problems), now);
    for (const told of await tellOperator(troubleNews(troubles, now), operators, now, log)) {
      troubles = afterTelling(troubles, told, now, told.heard);
    }
    const error = new SettingsError(problems);
    log.error('poll-failed', { reason: error.message });
    throw error;
  }

  return {
    poll,
    detail: async () => notSetUp(),
    messages: async () => (isBotWanted ? notSetUp() : noBot()),
    health: async () => unhealthySettings(problems, VERSION),
  };
}

/** What callers hear while a door cannot be checked, or there is nothing behind it. */
export function notSetUp(): HttpAnswer {
  return problem(503, 'Not set up', 'The settings of this app are incomplete; its operator can see which.');
}
