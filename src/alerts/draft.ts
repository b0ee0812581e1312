import type { Instant } from '../base/instant.ts';
import { type AlertDraft, alertName } from '../model/alert.ts';
import { exitKind } from '../model/alert-kinds.ts';
import type { Checkpoint } from '../model/checkpoint.ts';
import { isSureOfCreation } from '../model/expiry.ts';
import { type DueAlert, wasTold, wouldRepeat } from './due.ts';
import { operatorsDelivery } from './exits.ts';
import { movedFrom } from './expiry-watch.ts';
import type { Audience } from './policy.ts';
import { PASSED } from './steps.ts';

/** What there is to tell of a referral; to no channel in particular where that is null. */
export function toDraft(
  checkpoint: Checkpoint,
  due: Pick<DueAlert, 'step' | 'firstTold' | 'mayBeRepeat'>,
  { unconfirmedSince, channel }: { readonly unconfirmedSince: Instant | null; readonly channel: Audience | null },
  now: Instant,
): AlertDraft {
  const { referralId, engagementId, firstSeenAt, expiry, exit, exitWord, claim } = checkpoint;
  const kind = exit ? exitKind(exit) : due.step ? 'escalation' : 'new';
  const told = checkpoint.deliveries.filter(wasTold);
  const here = told.filter(
    delivery => delivery.channel === channel?.id && delivery.alert !== alertName({ kind, ...due }),
  );
  return {
    kind,
    referralId,
    engagementId,
    step: due.step,
    firstTold: due.firstTold && kind === 'escalation',
    mayBeRepeat: due.mayBeRepeat || checkpoint.unreadable === true,
    unconfirmedSince,
    movedFrom: exit ? null : movedFrom(here, expiry),
    datePassed: due.step === PASSED,
    createdUnsure: !isSureOfCreation(checkpoint),
    nobodyTold: exit !== undefined && told.length === 0,
    route: checkpoint.route ?? null,
    factsUnknown: false,
    onDuty: [],
    firstSeenAt,
    expiry,
    exit: exit ?? null,
    exitWord: exitWord ?? null,
    claim: claim && claim.until > now ? claim : null,
  };
}

/** The expiry of a referral as the operator hears of it. */
export function toUnheard(checkpoint: Checkpoint, now: Instant): AlertDraft {
  const earlier = operatorsDelivery(checkpoint.deliveries);
  const due = { step: null, firstTold: false, mayBeRepeat: earlier !== undefined && wouldRepeat(earlier) };
  const draft = toDraft(checkpoint, due, { unconfirmedSince: checkpoint.doubtSince ?? null, channel: null }, now);
  // A try that nobody took may have arrived, and is no news to anybody else.
  return { ...draft, nobodyTold: true };
}
