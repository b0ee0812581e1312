import type { HttpResponseInit } from '@azure/functions';
import type { HttpAnswer } from '../src/endpoints/answer.ts';

export function toResponse({ status, headers, body }: HttpAnswer): HttpResponseInit {
  return { status, headers: { ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) };
}
