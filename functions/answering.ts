import type { HttpHandler, HttpRequest, HttpResponseInit } from '@azure/functions';
import type { HttpAnswer } from '../src/endpoints/answer.ts';
import { inInvocation } from './invocation-log.ts';

/** A handler that answers with what the app says, and logs to its own invocation. */
export function answering(ask: (request: HttpRequest) => Promise<HttpAnswer>): HttpHandler {
  return (request, context) => inInvocation(context, async () => toResponse(await ask(request)));
}

function toResponse({ status, headers, body }: HttpAnswer): HttpResponseInit {
  return { status, headers: { ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) };
}
