import { app } from '@azure/functions';
import { answering } from './answering.ts';
import { getApp } from './runtime.ts';

app.http('teamsMessages', {
  methods: ['POST'],
  route: 'messages',
  // Teams brings no function key: the bot itself checks the token that Teams signs.
  authLevel: 'anonymous',
  handler: answering(async request =>
    getApp().messages({ authorization: request.headers.get('authorization'), body: await request.text() }),
  ),
});
