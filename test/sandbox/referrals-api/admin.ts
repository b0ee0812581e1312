import { Hono } from 'hono';
import type { Bindings } from '../serve.ts';
import type { ReferralsApiFaults } from './faults.ts';
import type { Decision, ReferralStore } from './store.ts';

export interface AdminActions {
  readonly store: ReferralStore;
  readonly faults: ReferralsApiFaults;
  setFaults(changes: Partial<ReferralsApiFaults>): void;
}

const DECISIONS: readonly string[] = ['accept', 'decline', 'win', 'lose'] satisfies Decision[];

/**
 * The stand-in for Partner Center's own pages: `GET /admin/referrals`, `POST /admin/referrals?count=N`,
 * `POST /admin/referrals/{id}/{accept|decline|win|lose}`, `GET` and `PATCH /admin/faults`.
 */
export function adminRoutes({ store, faults, setFaults }: AdminActions): Hono<Bindings> {
  const app = new Hono<Bindings>();
  app.get('/referrals', context => context.json(store.all()));
  app.post('/referrals', context => {
    const count = Math.min(Math.max(Number(context.req.query('count') ?? 1) || 1, 1), 1_000);
    return context.json(store.addLeads(count), 201);
  });
  app.post('/referrals/:id/:decision', context => {
    const decision = context.req.param('decision');
    if (!DECISIONS.includes(decision)) return context.notFound();
    const referral = store.decide(context.req.param('id'), decision as Decision);
    return referral ? context.json(referral) : context.notFound();
  });
  app.get('/faults', context => context.json(faults));
  app.patch('/faults', async context => {
    const changes = Object.entries((await context.req.json()) as Partial<ReferralsApiFaults>);
    setFaults(Object.fromEntries(changes.filter(([name, value]) => name in faults && value !== null)));
    return context.json(faults);
  });
  return app;
}
