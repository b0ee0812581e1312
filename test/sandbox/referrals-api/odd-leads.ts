import { makeReferral, type ReferralChoices } from './make-referral.ts';
import type { ReferralResource } from './resource.ts';

// What a stranger may type into a public form.
const ODD: readonly ReferralChoices[] = [
  {
    customer: 'Proseware <b>& Sons</b> *Ltd*',
    deal: '**URGENT** [Claim your prize](https://example.com/prize) <img src=x onerror=alert(1)>',
    city: 'São Paulo',
    country: 'BR',
    value: 15_000,
    currency: 'BRL',
    solution: 'Azure `Backup` _now_',
    contact: { firstName: '<script>alert(1)</script>', lastName: "O'Neil" },
    notes: [
      '<at>Everyone</at> please read https://example.com/login?next=//example.net',
      '# Big heading',
      '| a | b |',
      '<script>fetch("https://example.com/")</script> {{DATE(2026-01-01T00:00:00Z)}}',
      'Bcc: somebody@example.com\r\nSubject: hello',
    ].join('\n'),
  },
  {
    customer: 'شركة المثال \u202e(Example)',
    deal: 'مشروع \u2067 12/2026',
    city: 'Riyadh',
    country: 'SA',
    value: 1e21,
    currency: 'SAR',
    notes: 'Names that run from right to left, and an amount that nobody means.',
  },
  {
    customer: `Donau${'dampfschifffahrts'.repeat(5)}gesellschaft`,
    deal: 'C:\\share ~~struck~~ )- not a bullet',
    city: 'Wien',
    country: 'AT',
    value: 0.1,
    currency: 'EUR',
    notes: 'One word of a hundred letters.',
  },
];

/** A lead with hostile text, created now; each of a customer not seen before. `n` counts from 0. */
export function oddLead(n: number): ReferralResource {
  const choices = ODD[n % ODD.length] as ReferralChoices;
  const again = Math.floor(n / ODD.length);
  const customer = again === 0 ? choices.customer : `${choices.customer} ${again + 1}`;
  return makeReferral({ ...choices, ...(customer === undefined ? {} : { customer }), createdAt: Date.now() });
}
