import { app } from '@azure/functions';
import { VERSION } from '../src/base/version.ts';
import { unhealthySettings } from '../src/endpoints/health.ts';
import { SettingsError } from '../src/settings/settings-error.ts';
import { toResponse } from './http.ts';
import { inInvocation } from './invocation-log.ts';
import { getApp } from './runtime.ts';

app.http('health', {
  methods: ['GET'],
  route: 'health',
  authLevel: 'function',
  handler: async (_request, context) => {
    try {
      const ready = getApp();
      return toResponse(await inInvocation(context, () => ready.health()));
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      return toResponse(unhealthySettings(error.problems, VERSION));
    }
  },
});
