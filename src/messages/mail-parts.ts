import { createHash } from 'node:crypto';
import type { Alert } from '../model/alert.ts';
import type { MessageKind } from '../model/alert-kinds.ts';
import type { MailBody } from './mail-body.ts';
import { htmlBody } from './mail-html.ts';
import { textBody } from './mail-text.ts';
import { clean, unlinked } from './text.ts';

export const bodies = (body: MailBody) => ({ text: textBody(body), html: htmlBody(body) });

// A help desk or a chat that shows a subject looks for addresses in it. And what looks like an encoded word would be decoded
// by the reader, after everything was cleaned.
export const subjectLine = (text: string) => unlinked(text).replaceAll('=?', '= ?');

export function headersOf(
  kind: MessageKind,
  ids: readonly string[],
  urgency: Pick<Alert, 'step'> | 'high' | null = null,
): Record<string, string> {
  const high = urgency === 'high' || urgency?.step?.severity === 'critical';
  return {
    ...(ids.length > 0 ? { 'X-Referral-Id': ids.map(headerId).join(', ') } : {}),
    'X-Alert-Kind': kind,
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
    ...(high ? { Importance: 'high' } : {}),
  };
}

const headerId = (id: string) => clean(id, 128).replace(/[^\x21-\x2b\x2d-\x7e]/g, '');

/** The same delivery has the same Message-ID on every attempt, so that a repeat can be told as one. */
export function messageIdOf(key: string, from: string): string {
  const domain = /@([A-Za-z0-9.-]+)>?\s*$/.exec(from)?.[1] ?? 'referral-alerts.invalid';
  return `<${createHash('sha256').update(key).digest('hex').slice(0, 40)}@${domain.toLowerCase()}>`;
}
