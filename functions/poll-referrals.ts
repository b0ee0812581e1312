import { app } from '@azure/functions';
import { inInvocation } from './invocation-log.ts';
import { getApp } from './runtime.ts';

app.timer('pollReferrals', {
  schedule: '%POLL_SCHEDULE%',
  handler: async (_timer, context) => {
    await inInvocation(context, () => getApp().poll());
  },
});
