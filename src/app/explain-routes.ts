import { hearingOf, routingFacts } from '../alerts/audiences.ts';
import { type Reach, type Route, routeOf } from '../alerts/routes.ts';
import type { Surroundings } from '../base/given.ts';
import type { Referral } from '../model/referral.ts';
import { summaryOf } from '../poll/facts.ts';
import { policyOf } from '../poll/policy-of.ts';
import { channelsForRules } from '../settings/route-settings.ts';
import type { OtherSettings, Settings } from '../settings/settings.ts';
import { openParts } from './parts.ts';
import { alertChannels } from './registry.ts';

/** Where one referral goes, and why. */
export interface ExplainedRoute {
  readonly id: string;
  readonly customer: string | null;
  readonly rules: readonly string[];
  /** A sentence for each rule that was read. */
  readonly why: readonly string[];
  readonly channels: readonly string[];
  readonly onCall: readonly string[];
}

/** Of everything that is pending, from what is kept. Reads tables, and sends nothing. */
export async function explainKept(settings: Settings, around: Surroundings): Promise<readonly ExplainedRoute[]> {
  const parts = await openParts(settings, around);
  const now = around.clock();
  const [channels, rows, state] = await Promise.all([
    alertChannels(parts.registry),
    parts.checkpoints.loadOpen(),
    parts.watchStore.read(),
  ]);
  const policy = policyOf(settings, channels, state.channels, { workingTime: null, stamp: '' }, now);
  const pending = rows.filter(({ exit }) => !exit).toSorted((a, b) => a.expiry.at - b.expiry.at);
  return pending.map(row => {
    const hearing = hearingOf(row, policy, now);
    const name = { id: row.referralId, customer: row.summary?.customer ?? null };
    return explained(name, hearing.route);
  });
}

/** Of resources that somebody has in a file; asks nobody, so every conversation that rules name counts as bound. */
export function explainSamples(samples: readonly Referral[], settings: OtherSettings): readonly ExplainedRoute[] {
  const { rules } = settings;
  const { sales, onCall } = channelsForRules(settings);
  const named = Array.isArray(rules) ? rules.flatMap(({ channels }) => channels) : [];
  const bound = sales.includes('bot') ? named.filter(channel => channel.startsWith('bot:')) : [];
  const reach: Reach = { sales: [...new Set([...sales, ...bound])], onCall, works: () => true };
  return samples.map(sample => {
    const { id, facts } = sample;
    const route = routeOf(
      { facts: routingFacts({ summary: summaryOf(sample) }), waits: false, toldIn: [] },
      rules,
      reach,
    );
    return explained({ id, customer: facts.customer }, route);
  });
}

function explained(name: Pick<ExplainedRoute, 'id' | 'customer'>, route: Route | null): ExplainedRoute {
  if (!route) {
    const why = ['It waits for what the rules ask about, which nobody could read yet.'];
    return { ...name, rules: [], why, channels: [], onCall: [] };
  }
  const { rules, why, channels, onCall, diverted } = route;
  const sentences = why.map(({ rule, fits, because }) => {
    return `"${rule}" ${fits ? 'takes it' : 'does not take it'}: ${because.join(', ')}.`;
  });
  const meanwhile = diverted ? ['None of its own channels works, so those of the last rule hear it meanwhile.'] : [];
  return { ...name, rules, why: [...sentences, ...meanwhile], channels, onCall };
}
