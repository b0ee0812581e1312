import { isPage } from '../base/page.ts';
import type { Carrier, CarrierAnswer } from '../model/outcomes.ts';

/**
 * What an answer really says: Workflows may report a failure with 200 and a sentence, a sign-in page or a proxy answers 200
 * for somebody else, and a 4xx carries the service's own word. Nothing else of the body is passed on: it may quote what we
 * sent.
 */
export function answerSaid(
  carrier: Carrier,
  status: number,
  contentType: string,
  body: string,
): Pick<CarrierAnswer, 'code'> & { readonly status: number } {
  if (status < 200 || status >= 300) return { status, code: codeIn(body) };
  if (isPage(contentType, body)) return { status, code: 'html' };
  const failure = carrier === 'webhook' ? FAILURE.exec(body) : null;
  if (!failure) return { status, code: null };
  const reason = body.slice(failure.index).slice(failure[0].length, 440);
  const named = Number(/\b(?:HTTP )?(?:error|status(?: code)?):? ([1345]\d\d)\b/i.exec(reason)?.[1]);
  return Number.isNaN(named) ? { status, code: 'failure' } : { status: named, code: null };
}

/** What a webhook says with 200 when it could not post. */
const FAILURE = /Webhook message delivery failed with error/i;

function codeIn(body: string): string | null {
  try {
    const { error } = JSON.parse(body) as { error?: { code?: unknown } };
    return typeof error?.code === 'string' && /^[A-Za-z]{3,60}$/.test(error.code) ? error.code : null;
  } catch {
    return null;
  }
}
