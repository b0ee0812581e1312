import { Hono } from 'hono';
import { type Bindings, type Served, serve } from '../serve.ts';
import type { BotConnector } from './bot-connector.ts';

/**
 * Stands before the bot for Microsoft 365 Agents Playground, which sends no tokens: puts the tenant into what it
 * sends and signs it as Teams would. The bot itself never listens to anybody unsigned.
 */
export async function createPlaygroundProxy(connector: BotConnector, tenantId: string, port = 0): Promise<Served> {
  const app = new Hono<Bindings>();
  app.post('/api/messages', async context => {
    const activity = (await context.req.json()) as Record<string, unknown>;
    const conversation = { ...(activity.conversation as object), tenantId };
    const channelData = { ...(activity.channelData as object), tenant: { id: tenantId } };
    const claims = connector.claims({ serviceurl: activity.serviceUrl });
    const { status, body } = await connector.send({ ...activity, conversation, channelData }, { claims });
    return context.json(body ?? {}, status as 200);
  });
  return await serve(app, { port });
}
