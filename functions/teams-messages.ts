import { app } from '@azure/functions';
import { problem } from '../src/endpoints/answer.ts';
import { SettingsError } from '../src/settings/settings-error.ts';
import { toResponse } from './http.ts';
import { inInvocation } from './invocation-log.ts';
import { getApp } from './runtime.ts';

app.http('teamsMessages', {
  methods: ['POST'],
  route: 'messages',
  // Teams brings no function key: the bot itself checks the token that Teams signs.
  authLevel: 'anonymous',
  handler: async (request, context) => {
    try {
      const ready = getApp();
      const call = { authorization: request.headers.get('authorization'), body: await request.text() };
      return toResponse(await inInvocation(context, () => ready.messages(call)));
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      context.error(error.message);
      return toResponse(
        problem(503, 'Not set up', 'The settings of this app are incomplete; its operator can see which.'),
      );
    }
  },
});
