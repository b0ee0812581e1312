import { app } from '@azure/functions';
import { answering } from './answering.ts';
import { getApp } from './runtime.ts';

app.http('getReferral', {
  methods: ['GET'],
  route: 'referrals/{id}',
  // With `entra` the app itself checks the caller's token, and nobody gets in while its settings are wrong.
  authLevel: process.env.DETAIL_AUTH?.trim() === 'entra' ? 'anonymous' : 'function',
  handler: answering(request =>
    getApp().detail({
      id: request.params.id ?? '',
      accept: request.headers.get('accept') ?? '',
      authorization: request.headers.get('authorization'),
    }),
  ),
});
