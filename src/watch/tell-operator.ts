import type { OperatorChannel, OperatorMessage } from '../channels/channel.ts';
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
    if (await isHeard(toMessage(news, now), operators)) standing = afterTelling(standing, news, now);
  }
  return standing;
}

/** Something that will go wrong on a known day. */
export interface Warning {
  /** One warning is told once; a new date or a nearer one makes a new key. */
  readonly key: string;
  readonly what: string;
  readonly title: string;
  readonly text: string;
}

/** Gives the warnings that were not given yet. Answers the keys of all that have been given. */
export async function warnOperator(
  warnings: readonly Warning[],
  warned: readonly string[],
  operators: readonly OperatorChannel[],
  now: Instant,
  log: Log,
): Promise<readonly string[]> {
  const given = [...warned];
  for (const { key, what, title, text } of warnings) {
    if (warned.includes(key)) continue;
    log.warn('operator-alarm', { trouble: what, phase: 'began' });
    if (await isHeard({ trouble: what, phase: 'began', title, text, since: now, now }, operators)) given.push(key);
  }
  return given;
}

function toMessage({ trouble: { key, title, text, since }, phase }: TroubleNews, now: Instant): OperatorMessage {
  return { trouble: key, phase, title, text, since, now };
}

/** Whether at least one channel took it. Without any, the log was all there is. */
async function isHeard(message: OperatorMessage, operators: readonly OperatorChannel[]): Promise<boolean> {
  if (operators.length === 0) return true;
  const answers = await Promise.allSettled(operators.map(operator => operator.tell(message)));
  return answers.some(
    answer => answer.status === 'fulfilled' && ['delivered', 'accepted'].includes(answer.value.state),
  );
}
