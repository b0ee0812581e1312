import { app } from '@azure/functions';
import { answering } from './answering.ts';
import { getApp } from './runtime.ts';

app.http('doctor', {
  methods: ['GET'],
  route: 'doctor',
  authLevel: 'function',
  handler: answering(() => getApp().doctor()),
});
