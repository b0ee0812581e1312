import type { Instant } from '../base/instant.ts';
import type { Log } from '../base/log.ts';
import type { OperatorChannel, OperatorMessage } from '../model/channel.ts';
import { type TroubleNews, wordsOf } from './troubles.ts';

/** News with whether anybody heard it. */
export type ToldNews = TroubleNews & { readonly heard: boolean };

/**
 * Tells the operator what is new about the troubles. What no channel takes is not heard and is due again next time.
 * Without any operator channel the log is the only place that hears it.
 */
export async function tellOperator(
  news: readonly TroubleNews[],
  operators: readonly OperatorChannel[],
  now: Instant,
  log: Log,
): Promise<readonly ToldNews[]> {
  const told: ToldNews[] = [];
  for (const each of news) {
    log.warn('operator-alarm', { trouble: each.trouble.key, phase: each.phase });
    told.push({ ...each, heard: await isHeard(operatorMessageOf(each, now), operators) });
  }
  return told;
}

/** Something that will go wrong on a known day. */
export interface Warning {
  /** One warning is told once; a new date or a nearer one makes a new key. */
  readonly key: string;
  readonly title: string;
  readonly text: string;
}

/** Gives these warnings. Answers the keys of those that nobody heard. */
export async function warnOperator(
  warnings: readonly Warning[],
  operators: readonly OperatorChannel[],
  now: Instant,
  log: Log,
): Promise<readonly string[]> {
  const unheard: string[] = [];
  // What ends on a known day is a secret of some kind.
  const news = { trouble: 'secrets', phase: 'began' } as const;
  for (const { key, title, text } of warnings) {
    log.warn('operator-alarm', news);
    if (!(await isHeard({ ...news, title, text, since: now, now }, operators))) unheard.push(key);
  }
  return unheard;
}

function operatorMessageOf(news: TroubleNews, now: Instant): OperatorMessage {
  const { key, since } = news.trouble;
  return { trouble: key, phase: news.phase, ...wordsOf(news), since, now };
}

/** Whether at least one channel took it. Without any, the log was all there is. */
async function isHeard(message: OperatorMessage, operators: readonly OperatorChannel[]): Promise<boolean> {
  if (operators.length === 0) return true;
  const answers = await Promise.allSettled(operators.map(operator => operator.tell(message)));
  return answers.some(
    answer => answer.status === 'fulfilled' && ['delivered', 'accepted'].includes(answer.value.state),
  );
}
