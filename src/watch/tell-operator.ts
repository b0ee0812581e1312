import { inTime, NotInTimeError } from '../base/in-time.ts';
import type { Instant } from '../base/instant.ts';
import type { Log } from '../base/log.ts';
import type { OperatorChannel, OperatorMessage } from '../model/channel.ts';
import { type Heard, type TroubleNews, wordsOf } from './troubles.ts';

const TIME_MS = 60_000;
/** Nobody answers in so little time, and timers are not exact. */
const TOO_LITTLE_MS = 10;

/** News with whether anybody heard it. */
export type ToldNews = TroubleNews & { readonly heard: Heard };

/**
 * Tells the operator what is new about the troubles. What no channel takes is not heard and is due again next time.
 * Without any operator channel the log is the only place that hears it.
 * @param milliseconds - for all of it; a mail server alone may take three minutes for one mail
 */
export async function tellOperator(
  news: readonly TroubleNews[],
  operators: readonly OperatorChannel[],
  now: Instant,
  log: Log,
  milliseconds = TIME_MS,
): Promise<readonly ToldNews[]> {
  const told: ToldNews[] = [];
  const end = performance.now() + milliseconds;
  for (const each of news) {
    log.warn('operator-alarm', { trouble: each.trouble.key, phase: each.phase });
    const timeLeft = end - performance.now();
    const message = operatorMessageOf(each, now);
    told.push({ ...each, heard: timeLeft > TOO_LITTLE_MS ? await heardBy(operators, message, timeLeft) : 'no' });
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
    // What may have arrived is followed by the next warning.
    if ((await heardBy(operators, { ...news, title, text, since: now, now })) === 'no') unheard.push(key);
  }
  return unheard;
}

function operatorMessageOf(news: TroubleNews, now: Instant): OperatorMessage {
  const { key, since, doubts } = news.trouble;
  const { title, text } = wordsOf(news);
  return { trouble: key, phase: news.phase, title, text, since, now, ...(doubts && { mayBeRepeat: true as const }) };
}

/** Whether at least one channel took it. Without any, the log was all there is. */
async function heardBy(
  operators: readonly OperatorChannel[],
  message: OperatorMessage,
  milliseconds = TIME_MS,
): Promise<Heard> {
  if (operators.length === 0) return 'yes';
  const answers = await Promise.allSettled(
    operators.map(operator => inTime(milliseconds, () => operator.tell(message))),
  );
  const states = answers.map(answer => {
    if (answer.status === 'fulfilled') return answer.value.state;
    return answer.reason instanceof NotInTimeError ? 'doubtful' : null;
  });
  if (states.includes('delivered') || states.includes('accepted')) return 'yes';
  return states.includes('doubtful') ? 'perhaps' : 'no';
}
