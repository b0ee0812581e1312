import type { Alert } from '../model/alert.ts';
import { titleOf } from './facts.ts';
import type { MailRow } from './mail-body.ts';
import { shownId } from './text.ts';
import type { CardView } from './view.ts';

/** One referral among many in a mail. */
export function mailRow({ facts, referralId, engagementId }: Alert, line: string, view: CardView): MailRow {
  const link = view.linkFor(referralId, engagementId)?.url ?? null;
  return { title: titleOf(facts, view.words), line, id: shownId(referralId), link };
}
