import type { Context } from 'hono';
import { type Bindings, hang, reset, wait } from './serve.ts';

/** What can be wrong with a receiver of posts, all off at first. May be changed at any time. */
export interface SinkFaults {
  /** 503, or the status given. */
  down: boolean | number;
  /** 429 with `Retry-After` of this many seconds; `true` sends no `Retry-After`. */
  throttled: boolean | number;
  /** 404: the flow was deleted. */
  gone: boolean;
  /** 403. */
  forbidden: boolean;
  /** 400 with this code, as of a flow that is switched off: `WorkflowTriggerIsNotEnabled`. */
  refuses: string | false;
  /** 200 with this page or sentence, and nothing is posted. */
  says: string | false;
  /** Posts are taken and never answered. */
  hang: boolean;
  /** The connection is cut without an answer. */
  reset: boolean;
  /** The post is taken and kept, and then the connection is cut without an answer. */
  cutAfter: boolean;
  /** Milliseconds before each answer; `true` is two seconds. */
  slow: boolean | number;
  /** How many more posts are delayed or fail before the trouble passes. */
  times: number;
}

export function noSinkFaults(): SinkFaults {
  return {
    down: false,
    throttled: false,
    gone: false,
    forbidden: false,
    refuses: false,
    says: false,
    hang: false,
    reset: false,
    cutAfter: false,
    slow: false,
    times: Number.POSITIVE_INFINITY,
  };
}

/** Lets the switched-on trouble happen to a post; null when it goes on. `refuse` says so before a post is lost. */
export async function failAsAsked(
  context: Context<Bindings>,
  faults: SinkFaults,
  refuse: (status: number | null) => void,
): Promise<Response | null> {
  const { times, cutAfter: _, ...switches } = faults;
  if (times <= 0 || Object.values(switches).every(fault => fault === false)) return null;
  faults.times -= 1;
  if (switches.slow !== false) await wait(switches.slow === true ? 2_000 : switches.slow);
  if (switches.hang || switches.reset) {
    refuse(null);
    return switches.hang ? hang() : reset(context);
  }
  if (switches.says !== false) {
    refuse(200);
    return context.text(switches.says);
  }
  const status = failureStatus(switches);
  if (status === null) return null;
  refuse(status);
  if (typeof switches.throttled === 'number') context.header('Retry-After', String(switches.throttled));
  return context.json(
    { error: { code: switches.refuses || 'SinkFault', message: `Answered ${status} because it was told to.` } },
    status as 503,
  );
}

/** Cuts the connection of a post that was kept, when that is switched on; null when it is to be answered. */
export async function cutAsAsked(context: Context<Bindings>, ...all: readonly SinkFaults[]): Promise<Response | null> {
  const faults = all.find(({ cutAfter, times }) => cutAfter && times > 0);
  if (!faults) return null;
  faults.times -= 1;
  return await reset(context);
}

function failureStatus({
  down,
  throttled,
  gone,
  forbidden,
  refuses,
}: Omit<SinkFaults, 'times' | 'cutAfter'>): number | null {
  if (down !== false) return down === true ? 503 : down;
  if (throttled !== false) return 429;
  if (gone) return 404;
  if (refuses !== false) return 400;
  return forbidden ? 403 : null;
}
