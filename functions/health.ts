import { app } from '@azure/functions';
import { answering } from './answering.ts';
import { getApp } from './runtime.ts';

app.http('health', {
  methods: ['GET'],
  route: 'health',
  authLevel: 'function',
  handler: answering(() => getApp().health()),
});
