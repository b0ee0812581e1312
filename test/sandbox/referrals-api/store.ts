import { nextLead } from './new-lead.ts';
import { deadline, type ReferralResource, wireTime } from './resource.ts';

/** What people do to referrals in Partner Center itself. */
export type Decision = 'accept' | 'decline' | 'win' | 'lose';

export interface ReferralStore {
  /** The live rows, those past their deadline expired first. */
  all(): ReferralResource[];
  find(id: string): ReferralResource | null;
  add(...referrals: ReferralResource[]): void;
  addLeads(count: number): readonly ReferralResource[];
  remove(id: string): void;
  decide(id: string, decision: Decision): ReferralResource | null;
  expireDue(): void;
}

const OUTCOMES: Record<Decision, { status: string; substatus: string; dated: string }> = {
  accept: { status: 'Active', substatus: 'Accepted', dated: 'acceptedDateTime' },
  decline: { status: 'Closed', substatus: 'Declined', dated: 'closedDateTime' },
  win: { status: 'Closed', substatus: 'Won', dated: 'closedDateTime' },
  lose: { status: 'Closed', substatus: 'Lost', dated: 'closedDateTime' },
};

/** The referrals of one account. Time is `Date.now()`: moving it makes unanswered referrals expire. */
export function createReferralStore(initial: readonly ReferralResource[], changed: () => void): ReferralStore {
  const rows = [...initial];
  const byId = new Map<string, ReferralResource>();
  let leads = 0;

  /** Expires one row if its time is up. */
  function expire(row: ReferralResource): boolean {
    const due = row?.status === 'New' ? deadline(row) : null;
    if (due === null || due > Date.now()) return false;
    const closed = wireTime(due);
    Object.assign(row, { status: 'Closed', substatus: 'Expired', closedDateTime: closed, updatedDateTime: closed });
    return true;
  }

  function expireDue(): void {
    let count = 0;
    for (const row of rows) if (expire(row)) count += 1;
    if (count > 0) changed();
  }

  function find(id: string): ReferralResource | null {
    const key = id.toLowerCase();
    if (!rows.includes(byId.get(key) as ReferralResource)) {
      // Tests put rows in and take them out as they like, so what was looked up before is only a hint.
      byId.clear();
      for (const row of rows) byId.set(String(row?.id).toLowerCase(), row);
    }
    const row = byId.get(key) ?? null;
    if (row && expire(row)) changed();
    return row;
  }

  function add(...referrals: ReferralResource[]): void {
    rows.push(...referrals);
    changed();
  }

  return {
    all() {
      expireDue();
      return rows;
    },
    find,
    add,
    addLeads(count) {
      const added = Array.from({ length: count }, () => nextLead(leads++));
      add(...added);
      return added;
    },
    remove(id) {
      const referral = find(id);
      if (referral) rows.splice(rows.indexOf(referral), 1);
      changed();
    },
    decide(id, decision) {
      const referral = find(id);
      if (!referral) return null;
      const { dated, ...outcome } = OUTCOMES[decision];
      const now = wireTime(Date.now());
      Object.assign(referral, outcome, { updatedDateTime: now, [dated]: now });
      changed();
      return referral;
    },
    expireDue,
  };
}
