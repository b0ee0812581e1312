import type { OperatorChannel } from '../channels/channel.ts';
import type { Instant } from '../instant.ts';
import type { Log } from '../log.ts';
import { afterTelling, type Trouble, type TroubleNews, troubleNews } from './troubles.ts';

/**
 * Tells the operator what is new about the troubles. What no channel takes stays untold and is due again next time.
 * Without any operator channel the log is the only place that hears it.
 */
export async function tellOperator(
  troubles: readonly Trouble[],
  operators: readonly OperatorChannel[],
  now: Instant,
  log: Log,
): Promise<readonly Trouble[]> {
  let standing = troubles;
  for (const news of troubleNews(troubles, now)) {
    log.warn('operator-alarm', { trouble: news.trouble.key, phase: news.phase });
    if (await isTold(news, operators, now)) standing = afterTelling(standing, news, now);
  }
  return standing;
}

async function isTold({ trouble, phase }: TroubleNews, operators: readonly OperatorChannel[], now: Instant) {
  if (operators.length === 0) return true;
  const { key, title, text, since } = trouble;
  const message = { trouble: key, phase, title, text, since, now };
  const told = await Promise.allSettled(operators.map(operator => operator.tell(message)));
  return told.some(({ status, ...rest }) => status === 'fulfilled' && 'value' in rest && isTaken(rest.value.state));
}

function isTaken(state: string): boolean {
  return state === 'delivered' || state === 'accepted';
}
