import { AsyncLocalStorage } from 'node:async_hooks';
import { TeamsAdapter } from '@microsoft/teams-ai/lib/TeamsAdapter.js';
import type { Activity, ConversationReference, InvokeResponse, Middleware, TurnContext } from 'botbuilder';
import { ClaimsIdentity } from 'botframework-connector';
import type { IncomingActivity } from './activity.ts';
import { connectorAnswer } from './connector-answer.ts';
import type { ConnectorPolicy } from './connector-policy.ts';
import { type Budget, connectorRetry, startBudget } from './connector-retry.ts';
import { type BotIdentity, createCredentialsFactory } from './identity.ts';

/** Somebody has pressed a button, and Teams may give up on the answer after five seconds. */
const PRESSED = { milliseconds: 3_500, attempts: 3 };
/** Somebody has said something, or added the app: Teams waits for fifteen seconds. */
const SAID = { milliseconds: 10_000, attempts: 3 };
/** Nobody waits for a poll: what it could not say is said by the next. */
const DELIVERY = { milliseconds: 15_000, attempts: 1 };

type Turn = (context: TurnContext) => Promise<void>;

/** The SDK's adapter for callers that `verify-caller.ts` has let in; its own, weaker check is left out. */
class VerifiedAdapter extends TeamsAdapter {
  async answer(
    { appId, tokenScope }: BotIdentity,
    activity: IncomingActivity,
    turn: Turn,
  ): Promise<InvokeResponse | undefined> {
    const claims = [
      { type: 'aud', value: appId },
      { type: 'appid', value: appId },
    ];
    const claimsIdentity = new ClaimsIdentity(claims, true);
    const connectorFactory = this.botFrameworkAuthentication.createConnectorFactory(claimsIdentity);
    const audience = tokenScope.replace(/\/\.default$/, '');
    const caller = { audience, claimsIdentity, connectorFactory };
    return await this.processActivity(caller, activity as unknown as Activity, turn);
  }
}

export interface BotAdapter {
  readonly sdk: TeamsAdapter;
  /** Runs a turn for an activity of a verified caller. */
  answer(activity: IncomingActivity, turn: Turn): Promise<InvokeResponse | undefined>;
  /** Runs a turn of our own accord; inside another turn it shares that one's time. */
  reach(reference: Partial<ConversationReference>, turn: Turn): Promise<void>;
  /** Gives everything that `work` sends one budget of time, a poll's delivery's. */
  withinPoll<T>(work: () => Promise<T>): Promise<T>;
}

/** @param deliveryMs - what one delivery of a poll may take; default 15 s */
export function createBotAdapter(identity: BotIdentity, deliveryMs = DELIVERY.milliseconds): BotAdapter {
  const delivery = { ...DELIVERY, milliseconds: deliveryMs };
  const sdk = new VerifiedAdapter(
    { MicrosoftAppId: identity.appId, MicrosoftAppType: 'SingleTenant', MicrosoftAppTenantId: identity.tenantId },
    createCredentialsFactory(identity),
  );
  const time = new AsyncLocalStorage<Budget>();
  sdk.use(tameConnector(() => time.getStore() ?? startBudget(delivery)));
  // What a turn throws is for whoever started it.
  sdk.onTurnError = (_, error) => Promise.reject(error);
  return {
    sdk,
    answer: (activity, turn) =>
      time.run(startBudget(activity.type === 'invoke' ? PRESSED : SAID), () => sdk.answer(identity, activity, turn)),
    reach: (reference, turn) => sdk.continueConversationAsync(identity.appId, reference, turn),
    withinPoll: work => time.run(startBudget(delivery), work),
  };
}

/** The part of the connector's client that its types hide. */
interface ConnectorInside {
  readonly client: {
    readonly pipeline: {
      removePolicy(which: { name: string }): unknown;
      addPolicy(policy: ConnectorPolicy, where: { phase: 'Retry' }): void;
    };
  };
}

function tameConnector(budget: () => Budget): Middleware {
  return {
    async onTurn(context, next) {
      const { ConnectorClientKey } = context.adapter as TeamsAdapter;
      const { pipeline } = (context.turnState.get(ConnectorClientKey) as ConnectorInside).client;
      pipeline.removePolicy({ name: 'defaultRetryPolicy' });
      // The connector never redirects, and our token must not follow whoever does.
      pipeline.removePolicy({ name: 'redirectPolicy' });
      pipeline.addPolicy(connectorRetry(budget()), { phase: 'Retry' });
      pipeline.addPolicy(connectorAnswer, { phase: 'Retry' });
      // In Teams the conversation's id decides the thread; a reply id would start a new one.
      context.onSendActivities(async (_, activities, send) => {
        for (const activity of activities) delete activity.replyToId;
        return await send();
      });
      await next();
    },
  };
}
