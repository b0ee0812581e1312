import type {
  Change,
  CheckpointView,
  ClockView,
  PollView,
  PromiseView,
  ReferralView,
  Section,
  SwitchView,
} from '../views.ts';
import { createChannels } from './channels.ts';
import { byId, named, setAttribute, setText } from './dom.ts';
import { clockTime, DAY, fullTime, HOUR, shortTime } from './format.ts';
import { createList, type ListChange } from './list.ts';
import { mailRow } from './mails.ts';
import { checkpointRow, pollRow } from './records.ts';
import { type ReferralRow, referralRow } from './referrals.ts';
import { press, say, send } from './send.ts';
import { SWITCHES } from './switches.ts';

let clock: ClockView = {
  id: 'clock',
  now: Date.now(),
  busy: true,
  playing: false,
  nextPollAt: null,
  asked: 0,
  done: 0,
  working: null,
};
/** The jump or poll that this page asked for last: until the stream tells of its end, the clock is busy. */
let awaited = 0;
let asking = 0;

const referrals = createList<ReferralView>(byId('referrals'), item => referralRow(item, () => clock.now));
const channels = createChannels(byId('channels'));
const mails = createList(byId('mails'), mailRow);
const checkpoints = createList<CheckpointView>(byId('checkpoint-rows'), checkpointRow);
const polls = createList<PollView>(byId('poll-lines'), pollRow);

function showClock(next: ClockView): void {
  const wasBusy = byId('clock').getAttribute('aria-busy') === 'true';
  clock = next;
  const busy = isBusy();
  const time = byId<HTMLTimeElement>('now');
  setAttribute(time, 'datetime', new Date(next.now).toISOString());
  setText(time, fullTime(next.now));
  const soon = next.nextPollAt === null ? 'No poll ahead' : `Next poll ${clockTime(next.nextPollAt)}`;
  const hours = next.working === null ? '' : next.working ? ' · Working time' : ' · Outside working time';
  setText(byId('next-poll'), (next.playing ? 'Playing, a day in two seconds' : busy ? 'Working …' : soon) + hours);
  setAttribute(byId('clock'), 'aria-busy', String(busy));
  setAttribute(byId('clock'), 'data-playing', String(next.playing));
  referrals.each((_, row) => (row as ReferralRow).tick(next.now));
  // Whoever has pressed nothing yet needs no answer.
  if (wasBusy && !busy && awaited > 0) say(`It is ${shortTime(next.now)}. ${newestPoll()}`);
}

function isBusy(): boolean {
  return clock.busy || asking > 0 || awaited > clock.done;
}

/** Sends an order to the clock. What it does may be over before the stream says that it began. */
async function turn(order: string, body: Record<string, unknown> = {}): Promise<void> {
  asking += 1;
  showClock(clock);
  try {
    const answer = (await (await send(`clock/${order}`, body)).json()) as { asked: number };
    awaited = Math.max(awaited, answer.asked);
  } finally {
    asking -= 1;
    showClock(clock);
  }
}

function newestPoll(): string {
  return byId('poll-lines').firstElementChild?.children[3]?.textContent ?? '';
}

function showSwitch({ id, on }: SwitchView): void {
  const button = document.querySelector(`[data-switch="${id}"]`);
  if (!button) return;
  setAttribute(button, 'aria-checked', String(on));
  const help = SWITCHES[id]?.help;
  if (!help) return;
  setAttribute(button, 'title', help);
  setAttribute(button, 'aria-description', help);
}

function showPromise({ leads, told, answered, expiredUntold }: PromiseView): void {
  for (const [name, size] of Object.entries({ leads, told, answered, expiredUntold })) {
    setText(byId(`promise-${name}`), String(size));
  }
  setAttribute(byId('promise-untold'), 'data-broken', String(expiredUntold > 0));
}

const sections: Record<Section, (change: ListChange<never>) => void> = {
  clock: ({ upsert }) => upsert.forEach(showClock),
  switches: ({ upsert }) => upsert.forEach(showSwitch),
  promise: ({ upsert }) => upsert.forEach(showPromise),
  referrals: change => {
    referrals.apply(change);
    showAdded();
  },
  messages: channels.apply,
  mails: mails.apply,
  checkpoints: checkpoints.apply,
  polls: polls.apply,
};

function count(id: string, size: number, word: string): void {
  setText(byId(id), `${size} ${word}${size === 1 ? '' : 's'}`);
}

/** Leads that this page asked for and has not shown yet. */
let added: string[] = [];

async function addLeads(order: Record<string, unknown>): Promise<void> {
  const answer = (await (await send('leads', order)).json()) as { added: string[] };
  added = answer.added;
  showAdded();
}

/** Brings the first new lead into view and says what follows, as soon as the stream has brought it. */
function showAdded(): void {
  const cards = added.map(id => document.getElementById(`referral-${id}`));
  const [first] = cards;
  if (!first || cards.includes(null)) return;
  for (const card of cards) card?.classList.add('fresh');
  first.scrollIntoView({ block: 'nearest' });
  const who = added.length === 1 ? named(first.getAttribute('aria-label') ?? '') : `${added.length} leads`;
  say(who, ' came in. Press Poll now, and sales is told.');
  added = [];
}

async function flip(name: string, on: boolean): Promise<void> {
  await send('switch', { name, on });
  const { label, help } = SWITCHES[name] ?? { label: name, help: '' };
  say(on ? `${label}: on. ${help}` : `${label}: off again.`);
}

const stream = new EventSource('/events');
stream.onmessage = event => {
  const change = JSON.parse(event.data) as Change;
  sections[change.section](change as unknown as ListChange<never>);
  count('referrals-count', referrals.size, 'referral');
  count('mails-count', mails.size, 'mail');
  count('checkpoints-count', checkpoints.size, 'row');
  count('polls-count', polls.size, 'run');
};
/** Which sandbox this page shows. Another one at its address has none of what stands here, and counts anew. */
let run: string | null = null;
stream.addEventListener('run', ({ data }) => {
  if (run !== null && run !== data) location.reload();
  run = data;
});
stream.onopen = () => setText(byId('connection'), 'Sandbox on this machine');
stream.onerror = () => setText(byId('connection'), 'The sandbox has stopped');

const orders: Record<string, () => Promise<void>> = {
  hour: () => turn('advance', { milliseconds: HOUR }),
  day: () => turn('advance', { milliseconds: DAY }),
  play: () => turn('play'),
  pause: () => turn('pause'),
  poll: () => turn('poll'),
};

document.addEventListener('click', event => {
  const button = event.target instanceof Element ? event.target.closest('button') : null;
  if (!button) return;
  const { clock: order, add, switch: name } = button.dataset;
  if (order) void press(() => orders[order]?.());
  if (add) void press(() => addLeads(add === 'odd' ? { odd: true } : { count: Number(add) }));
  if (name) void press(() => flip(name, button.getAttribute('aria-checked') !== 'true'));
});
