import { app } from '@azure/functions';
import { problem } from '../src/endpoints/answer.ts';
import { SettingsError } from '../src/settings/settings-error.ts';
import { toResponse } from './http.ts';
import { inInvocation } from './invocation-log.ts';
import { getApp } from './runtime.ts';

app.http('getReferral', {
  methods: ['GET'],
  route: 'referrals/{id}',
  // With `entra` the app itself checks the caller's token, and nobody gets in while its settings are wrong.
  authLevel: process.env.DETAIL_AUTH === 'entra' ? 'anonymous' : 'function',
  handler: async (request, context) => {
    try {
      const ready = getApp();
      const call = {
        id: request.params.id ?? '',
        accept: request.headers.get('accept') ?? '',
        authorization: request.headers.get('authorization'),
      };
      return toResponse(await inInvocation(context, () => ready.detail(call)));
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      context.error(error.message);
      return toResponse(
        problem(503, 'Not set up', 'The settings of this app are incomplete; its operator can see which.'),
      );
    }
  },
});
