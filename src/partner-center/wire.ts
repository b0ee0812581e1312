import type { Contact, Money, PendingReferral, Referral, ReferralFacts, ReferralState } from '../model/referral.ts';
import { isReferralId } from '../model/referral-id.ts';
import { asObject, type WireObject } from './wire-object.ts';
import { asBoolean, asInstant, asLine, asNumber, asObjects, asText, inWordsOfCode } from './wire-values.ts';

/** A row of a list page; null when it has no id we could ever ask for. */
export function parsePending(row: unknown): PendingReferral | null {
  const { id, type, createdDateTime, expirationDateTime } = asObject(row);
  if (!isReferralId(id)) return null;
  return {
    id,
    type: asLine(type),
    createdAt: asInstant(createdDateTime),
    reportedExpiry: asInstant(expirationDateTime),
  };
}

/**
 * Whether a row is clearly not ours to answer, for a filter may be ignored: outgoing, or past New with a substatus that says
 * so. A word that we do not know, or that is missing, silences nothing.
 */
export function isClearlyNotPending(row: unknown): boolean {
  const { direction, status, substatus } = asObject(row);
  if (wordOf(direction) === 'outgoing') return true;
  return LEFT_NEW.has(wordOf(status)) && !['', 'pending', 'received'].includes(wordOf(substatus));
}

const LEFT_NEW: ReadonlySet<string> = new Set(['active', 'closed']);
const OPEN = ['pending', 'received'] as const;
const ANSWERED = ['accepted', 'won', 'lost', 'declined', 'expired'] as const;

/**
 * Where a referral stands. The two words are open. `other`: the substatus is none that we know; Active and Closed ones have
 * then been answered in Partner Center's own word, under any other status it is still open.
 */
export function stateIn(status: string | null, substatus: string | null): ReferralState {
  const main = wordOf(status);
  const word = wordOf(substatus);
  const open = OPEN.find(state => state === word);
  if (open) return open;
  if (main === 'new') return 'received';
  const answered = ANSWERED.find(state => state === word);
  if (answered) return answered;
  return main === 'active' && word === '' ? 'accepted' : 'other';
}

function wordOf(value: unknown): string {
  return asLine(value)?.toLowerCase() ?? '';
}

/** Whether this is the referral with that id, in whichever letters; errors come with a 200 as well. */
export function isReferral(value: unknown, id: string): boolean {
  const resource = asObject(value);
  return !resource.error && typeof resource.id === 'string' && resource.id.toLowerCase() === id.toLowerCase();
}

/** A whole referral. Nothing is taken for granted; an id that is none is empty. */
export function parseReferral(value: unknown): Referral {
  const resource = asObject(value);
  const customer = asObject(resource.customerProfile);
  const address = asObject(customer.address);
  const details = asObject(resource.details);
  const inviter = asObject(asObject(resource.inviteContext).invitedBy);
  const status = asLine(resource.status);
  const substatus = asLine(resource.substatus);
  return {
    id: isReferralId(resource.id) ? resource.id : '',
    engagementId: isReferralId(resource.engagementId) ? resource.engagementId : null,
    state: stateIn(status, substatus),
    status,
    substatus,
    createdAt: asInstant(resource.createdDateTime),
    reportedExpiry: asInstant(resource.expirationDateTime),
    facts: factsIn(resource, customer, details),
    askedFor: askedFor(asObject(details.requirements)),
    city: asLine(address.city),
    customerSize: asLine(customer.size),
    notes: asText(details.notes),
    contacts: asObjects(customer.team)
      .map(contactOf)
      .filter(contact => contact !== null),
    consentToContact: asBoolean(asObject(resource.consent).consentToContact),
    invitedBy: inviterOf(inviter),
    resource,
  };
}

function factsIn(resource: WireObject, customer: WireObject, details: WireObject): ReferralFacts {
  return {
    customer: asLine(customer.name),
    country: asLine(asObject(customer.address).country)?.toUpperCase() ?? null,
    value: moneyOf(details),
    type: asLine(resource.type),
    deal: asLine(resource.name),
    solutions: solutionsOf(asObject(details.requirements)),
    qualification: asLine(resource.qualification),
    customerRequestedContact: asBoolean(details.customerRequestedContact) === true,
  };
}

function moneyOf(details: WireObject): Money | null {
  const amount = asNumber(details.dealValue);
  if (amount === null || amount <= 0) return null;
  const currency = asLine(details.currency)?.toUpperCase() ?? '';
  return { amount, currency: /^[A-Z]{3}$/.test(currency) ? currency : null };
}

/** Solutions by name, then products by code; the same thing named twice is told once. */
function solutionsOf(requirements: WireObject): readonly string[] {
  const names = new Map<string, string>();
  for (const item of [...asObjects(requirements.solutions), ...asObjects(requirements.products)]) {
    const name = asLine(item.name) ?? asLine(item.id);
    const words = name === null ? '' : inWordsOfCode(name);
    const key = words.replace(/\s+/g, '').toLowerCase();
    if (key !== '' && !names.has(key)) names.set(key, words);
  }
  return [...names.values()];
}

/** Each solution and product by its name and by its id: rules may mean either. */
function askedFor(requirements: WireObject): readonly string[] {
  const items = [...asObjects(requirements.solutions), ...asObjects(requirements.products)];
  const words = items.flatMap(({ name, id }) => [asLine(name), asLine(id)]).filter(word => word !== null);
  return [...new Set(words)];
}

function contactOf(member: WireObject): Contact | null {
  const name = [asLine(member.firstName), asLine(member.lastName)].filter(part => part !== null).join(' ');
  const contact = { name: name || null, email: asLine(member.email), phone: asLine(member.phoneNumber) };
  return contact.name || contact.email || contact.phone ? contact : null;
}

function inviterOf(inviter: WireObject): string | null {
  const id = asLine(inviter.organizationId);
  return asLine(inviter.organizationName) ?? (id?.toLowerCase() === 'msft' ? 'Microsoft' : null);
}
