import { DAY, HOUR, type Instant, MINUTE } from '../../src/base/instant.ts';
import type { Channel, Message, OperatorChannel, Outcome } from '../../src/model/channel.ts';
import {
  IncompleteWalkError,
  NotAllowedError,
  PartnerCenterError,
  ReferralNotFoundError,
  SignInNeededError,
  ThrottledError,
  TimedOutError,
} from '../../src/model/errors.ts';
import type { Referral } from '../../src/model/referral.ts';
import { NOTHING_KNOWN } from '../../src/model/referral.ts';
import type { ReferralsClient } from '../../src/model/referral-source.ts';
import { createBlindWatch } from '../../src/poll/blind.ts';
import { poll } from '../../src/poll/poll.ts';
import { createPollMemory } from '../../src/poll/poll-deps.ts';
import { createWatch } from '../../src/watch/watch.ts';
import { createOracle } from './oracle.ts';
import { createMemoryCheckpoints, createMemoryWatch, emptyTables } from './stores.ts';
import type { ChannelId, ChannelTrouble, PartnerTrouble, Trouble, Week } from './week.ts';

const START = Date.parse('2027-03-01T00:00:00Z');
const END = START + 7 * DAY;

const STEPS = [
  { name: '7d', before: 7 * DAY, severity: 'reminder' as const },
  { name: '3d', before: 3 * DAY, severity: 'warning' as const },
  { name: '24h', before: DAY, severity: 'critical' as const },
];

const LOG = { info: () => {}, warn: () => {}, error: () => {} };

class Died extends Error {}

export type Lived = Pick<ReturnType<typeof createOracle>, 'faults' | 'figures'>;

/** Lives a week poll by poll; answers what the oracle holds against it. */
export async function live(week: Week): Promise<Lived> {
  let now: Instant = START;
  let alive = true;
  let taken = 0;
  const deaths = [...week.deaths];
  const leads = week.leads.map(({ arrives, lasts, answeredAfter, listNamesExpiry }, i) => ({
    id: `00000000-0000-4000-8000-00000000000${i}`,
    arrivesAt: START + arrives,
    // Partner Center waits for fourteen days; one may be shown to us late.
    createdAt: START + arrives + lasts - 14 * DAY,
    expiresAt: START + arrives + lasts,
    answeredAt: answeredAfter === null ? null : START + arrives + answeredAfter,
    listNamesExpiry,
  }));
  const oracle = createOracle(leads);
  const tables = emptyTables();

  function troubleOf(of: 'partner-center'): PartnerTrouble | null;
  function troubleOf(of: 'tables'): 'down' | 'writes fail' | null;
  function troubleOf(of: 'clock'): 'ahead' | 'behind' | null;
  function troubleOf(of: ChannelId): ChannelTrouble | null;
  function troubleOf(of: Trouble['of']): Trouble['is'] | null {
    const found = week.troubles.find(
      trouble => trouble.of === of && START + trouble.from <= now && now < START + trouble.from + trouble.lasts,
    );
    return found?.is ?? null;
  }

  function wasWell(of: Trouble['of'], from: Instant, to: Instant): boolean {
    return !week.troubles.some(
      trouble => trouble.of === of && START + trouble.from < to && from < START + trouble.from + trouble.lasts,
    );
  }

  /** Whether the only channel is a bot whose conversations cannot be read. */
  function onlyTablesKnow(expiresAt: Instant): boolean {
    const isBotAlone = week.channels.every(id => id === 'bot');
    return (
      isBotAlone &&
      week.troubles.some(({ of, is, from, lasts }) => {
        const [begins, ends] = [START + from, START + from + lasts];
        return of === 'tables' && is === 'down' && begins < expiresAt && expiresAt - 3 * HOUR < ends;
      })
    );
  }

  /** How far our clock is off; not while nobody tells the right time. */
  function skew(): number {
    if (troubleOf('partner-center') !== null) return 0;
    const fault = troubleOf('clock');
    return fault === null ? 0 : fault === 'ahead' ? 20 * DAY : -2 * HOUR;
  }

  function mustLive(): void {
    if (!alive) throw new Died();
  }

  const hooks = {
    beforeRead() {
      mustLive();
      if (troubleOf('tables') === 'down') throw new Error('tables are down');
    },
    beforeWrite() {
      mustLive();
      if (troubleOf('tables') !== null) throw new Error('tables take nothing');
    },
    onClose: (ids: readonly string[]) => oracle.onClosed(ids, now),
  };

  const isPending = (lead: (typeof leads)[number]) =>
    lead.arrivesAt <= now && now < lead.expiresAt && (lead.answeredAt === null || now < lead.answeredAt);
  const stateOf = (lead: (typeof leads)[number]): Referral['state'] =>
    lead.answeredAt !== null && lead.answeredAt <= now && lead.answeredAt < lead.expiresAt
      ? 'accepted'
      : now >= lead.expiresAt
        ? 'expired'
        : 'pending';

  function failureOf(trouble: PartnerTrouble | null): Error | null {
    switch (trouble) {
      case 'throttled':
        return new ThrottledError(429, 60_000);
      case 'down':
        return new PartnerCenterError('down', 503);
      case 'times out':
        return new TimedOutError('no answer in time');
      case 'signed out':
        return new SignInNeededError({ kind: 'refused', reason: 'signed out' } as never);
      default:
        return null;
    }
  }

  const referrals: ReferralsClient = {
    async *listPending() {
      const trouble = troubleOf('partner-center');
      const failure = failureOf(trouble);
      if (failure) throw failure;
      const hidden = trouble === 'hidden by 403' || trouble === 'hidden by a bare 404' || trouble === 'an empty list';
      const pending = hidden ? [] : leads.filter(isPending);
      const listed = trouble === 'half a list' ? pending.slice(0, Math.floor(pending.length / 2)) : pending;
      oracle.onListed(listed.map(({ id }) => id));
      yield {
        setAside: 0,
        clockSkewMs: -skew(),
        referrals: listed.map(lead => ({
          id: lead.id,
          type: 'Independent',
          createdAt: lead.createdAt,
          reportedExpiry: lead.listNamesExpiry ? lead.expiresAt : null,
        })),
      };
      if (trouble === 'half a list') throw new IncompleteWalkError('half of it');
    },
    async get(id) {
      const trouble = troubleOf('partner-center');
      const failure =
        failureOf(trouble) ?? (trouble === 'whole readings fail' ? new PartnerCenterError('no', 503) : null);
      if (failure) throw failure;
      if (trouble === 'hidden by 403') throw new NotAllowedError();
      const lead = leads.find(each => each.id === id);
      if (trouble === 'hidden by a bare 404' || !lead) throw new ReferralNotFoundError('none', { own: false });
      const state = stateOf(lead);
      return {
        ...{ id, engagementId: null, state, status: state === 'pending' ? 'New' : 'Closed', substatus: state },
        ...{
          createdAt: lead.createdAt,
          reportedExpiry: lead.expiresAt,
          facts: NOTHING_KNOWN,
          askedFor: [],
          city: null,
        },
        ...{ customerSize: null, notes: null, contacts: [], consentToContact: null, invitedBy: null, resource: {} },
      };
    },
    list: async () => ({ rows: [], hasMore: false, date: null }),
    calls: () => ({ list: 0, get: 0, requests: 0 }),
  };

  async function deliver(channel: ChannelId, message: Message): Promise<Outcome> {
    if (!alive) return { state: 'retry', reason: 'dead' };
    const trouble = troubleOf(channel);
    const outcome = channel === 'email' ? accepting(trouble, message) : answerOf(trouble, message);
    const there =
      trouble === null ||
      trouble === 'doubtful, but there' ||
      trouble === 'delivered' ||
      (trouble === 'accepted' && channel === 'email');
    oracle.onAnswer({ channel, message, outcome, there }, now, skew() > 0);
    if (there && ++taken === deaths[0]) {
      deaths.shift();
      taken = 0;
      alive = false;
    }
    return outcome;
  }

  function answerOf(trouble: ChannelTrouble | null, message: Message): Outcome {
    switch (trouble) {
      case null:
      case 'delivered':
        return { state: 'delivered', reference: message.key };
      case 'accepted':
      case 'fails':
      case 'unbound':
      case 'retry':
        return { state: 'retry', reason: 'not now' };
      case 'retry in a day':
        return { state: 'retry', reason: 'not now', retryAt: now + DAY };
      case 'doubtful, but there':
        return { state: 'doubtful', reason: 'no answer' };
      default:
        return { state: trouble, reason: trouble };
    }
  }

  /** What became of what the mail's carrier has accepted, by its name. */
  const operations = new Map<string, { readonly message: Message; readonly end: 'Succeeded' | 'Failed' | null }>();

  function accepting(trouble: ChannelTrouble | null, message: Message): Outcome {
    if (trouble !== null && trouble !== 'accepted' && trouble !== 'fails' && trouble !== 'delivered')
      return answerOf(trouble, message);
    const reference = `${message.key}/${message.round ?? 0}/${message.plainest ?? false}`;
    const end = trouble === 'accepted' ? null : trouble === 'fails' ? 'Failed' : 'Succeeded';
    if (!operations.has(reference)) operations.set(reference, { message, end });
    return { state: 'accepted', reference };
  }

  async function confirm(reference: string): Promise<Outcome> {
    const operation = operations.get(reference);
    if (!alive || !operation?.end) return { state: 'accepted', reference };
    if (operation.end === 'Succeeded') return { state: 'delivered', reference };
    oracle.onFailure('email', operation.message);
    return { state: 'rejected', reason: 'Failed', afterAcceptance: true };
  }

  function channelOf(id: ChannelId, audience: Channel['audience']): Channel {
    return { id, audience, paceMs: 0, deliver: message => deliver(id, message) };
  }
  const bot: Channel = {
    ...{ ...channelOf('bot', 'sales'), editsCards: true },
    // An edit is no telling.
    refresh: async message => answerOf(alive ? troubleOf('bot') : 'retry', message),
  };
  const all = [
    channelOf('teams', 'sales'),
    { ...channelOf('email', 'sales'), confirm },
    bot,
    channelOf('oncall-teams', 'on-call'),
  ];
  const isSet = ({ id }: { readonly id: string }) => week.channels.some(each => each === id);
  const channels = all.filter(isSet);
  const bound = () => channels.filter(channel => channel !== bot || troubleOf('bot') !== 'unbound');
  const operator: OperatorChannel = {
    id: 'operator-teams',
    tell: async () => ({ state: 'delivered' }),
    deliver: message => deliver('operator-teams', message),
  };

  const operators = [operator].filter(isSet);

  function startProcess() {
    const watchStore = createMemoryWatch(tables, hooks);
    return {
      referrals,
      tokens: { problems: () => [] },
      checkpoints: createMemoryCheckpoints(tables, hooks),
      watch: createWatch({
        store: watchStore,
        operators,
        warnings: () => [],
        tidy: async () => {},
        log: LOG,
      }),
      settingProblems: [],
      channels: async () => {
        mustLive();
        return bound();
      },
      fixed: channels.filter(channel => channel !== bot),
      blind: createBlindWatch(LOG),
      operators,
      policy: { steps: STEPS, digestAbove: 5, windowDays: 14, rules: null },
      today: async () => ({ workingTime: null, stamp: '', duty: null, findings: [], gap: () => [] }),
      bulletins: null,
      heartbeat: null,
      memory: createPollMemory(),
      clock: () => now + skew(),
      log: LOG,
    };
  }

  let deps = startProcess();
  const ends = leads.toSorted((a, b) => a.expiresAt - b.expiresAt);
  for (; now < END + HOUR; now += week.everyMinutes * MINUTE) {
    while (ends[0] && ends[0].expiresAt <= now) {
      const lead = ends.shift() as (typeof leads)[number];
      oracle.onExpiry(
        lead,
        week.channels.some(id => wasWell(id, lead.expiresAt - HOUR, lead.expiresAt)),
        wasWell('clock', lead.expiresAt - 3 * HOUR, lead.expiresAt) && !onlyTablesKnow(lead.expiresAt),
      );
    }
    await poll(deps).catch(error => {
      if (error instanceof Error && error.name === 'PollError') return;
      if (alive) oracle.faults.push(`threw ${error instanceof Error ? error.stack : error}`);
    });
    if (alive) continue;
    alive = true;
    deps = startProcess();
  }
  return oracle;
}
