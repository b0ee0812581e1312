import type { Policy } from '../../src/alerts/policy.ts';
import type { Sighting, Sightings } from '../../src/alerts/sightings.ts';
import { DAY, HOUR } from '../../src/base/instant.ts';
import type { EscalationStep } from '../../src/model/alert.ts';
import type { Checkpoint, Delivery } from '../../src/model/checkpoint.ts';

export const NOW = Date.parse('2027-03-10T09:00:00Z');

const STEPS: readonly EscalationStep[] = [
  { name: '7d', before: 7 * DAY, severity: 'reminder' },
  { name: '3d', before: 3 * DAY, severity: 'warning' },
  { name: '24h', before: 24 * HOUR, severity: 'critical' },
];

export function aPolicy(over: Partial<Policy> = {}): Policy {
  return {
    steps: STEPS,
    digestAbove: 10,
    windowDays: 14,
    channels: [
      { id: 'teams', audience: 'sales' },
      { id: 'oncall', audience: 'on-call' },
    ],
    rules: null,
    workingTime: null,
    stamp: '',
    ...over,
  };
}

/** A referral that expires in so many milliseconds, as the list says. */
export function aSighting(id: string, expiresIn: number, now = NOW): Sighting {
  return { id, type: 'Independent', createdAt: now + expiresIn - 14 * DAY, listed: now + expiresIn };
}

export function sightings(pending: readonly Sighting[], over: Partial<Sightings> = {}): Sightings {
  return {
    pending: new Map(pending.map(sighting => [sighting.id, sighting])),
    complete: true,
    answers: new Map(),
    lastConfirmedAt: NOW - HOUR,
    ...over,
  };
}

export function aCheckpoint(referralId: string, expiresIn: number, deliveries: readonly Delivery[] = []): Checkpoint {
  return {
    referralId,
    engagementId: null,
    createdAt: NOW + expiresIn - 14 * DAY,
    firstSeenAt: NOW - DAY,
    expiry: { at: NOW + expiresIn, source: 'reported' },
    dates: { listed: NOW + expiresIn },
    summary: null,
    deliveries,
  };
}

export function aDelivery(over: Partial<Delivery> = {}): Delivery {
  return { alert: 'new', channel: 'teams', state: 'delivered', attempts: 1, at: NOW - HOUR, ...over };
}

export function byId(...checkpoints: readonly Checkpoint[]): Map<string, Checkpoint> {
  return new Map(checkpoints.map(checkpoint => [checkpoint.referralId, checkpoint]));
}
