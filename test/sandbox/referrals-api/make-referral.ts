import { v5 as uuidFromName } from 'uuid';
import { HOUR, type ReferralResource, wireTime } from './resource.ts';

const NAMESPACE = 'a4f8f5b2-6f0b-4c56-9d0e-3b1c7f2d9e10';
const ORGANIZATION_ID = 'c0a8f1de-5b1f-4f0b-9a53-2f6d1c7e8a01';

/** What is worth choosing about a referral; everything else is filled in the way the service does. */
export interface ReferralChoices {
  /** Ids follow from it, so that the same customer has the same referral id in every run. */
  customer?: string;
  /** Milliseconds since 1970. */
  createdAt?: number;
  /** `expirationDateTime`; left out of most examples, so left null unless given. */
  expiresAt?: number;
  city?: string;
  country?: string;
  size?: string;
  value?: number | null;
  currency?: string;
  deal?: string | null;
  notes?: string | null;
  industry?: string;
  product?: string;
  service?: string;
  solution?: string;
  contact?: { firstName: string; lastName: string };
  consentToContact?: boolean;
  customerRequestedContact?: boolean | null;
  status?: string;
  substatus?: string;
  qualification?: string;
  type?: string;
  direction?: string;
  /** Who sent a co-sell opportunity. */
  invitedBy?: string;
  /** Our own seller on it. */
  seller?: string;
  fractionDigits?: number;
  /** Set over the finished resource as it is, also with nonsense. */
  raw?: ReferralResource;
}

let made = 0;

/** A whole referral of realistic size; a pending incoming lead created an hour ago unless chosen otherwise. */
export function makeReferral(choices: ReferralChoices = {}): ReferralResource {
  made += 1;
  const { customer = `Fourth Coffee ${made}`, createdAt = Date.now() - HOUR, type = 'Independent' } = choices;
  const id = uuidFromName(`referral:${customer}`, NAMESPACE);
  const engagementId = uuidFromName(`engagement:${customer}`, NAMESPACE);
  const created = wireTime(createdAt, choices.fractionDigits);
  const status = choices.status ?? 'New';
  const shared = type === 'Shared';
  const sender = choices.invitedBy ?? (shared ? 'Microsoft' : null);
  return {
    id,
    engagementId,
    name: choices.deal ?? null,
    externalReferenceId: '',
    organizationId: ORGANIZATION_ID,
    organizationName: 'Contoso Consulting ',
    createdDateTime: created,
    updatedDateTime: created,
    expirationDateTime: choices.expiresAt === undefined ? null : wireTime(choices.expiresAt),
    acceptedDateTime: status === 'Active' ? created : null,
    closedDateTime: null,
    status,
    substatus: choices.substatus ?? 'Pending',
    statusReason: null,
    qualification: choices.qualification ?? (shared ? 'SalesQualified' : 'Direct'),
    type,
    direction: choices.direction ?? 'Incoming',
    referralSource: shared ? null : 'Solution provider search',
    callToAction: shared ? null : 'Contact me',
    campaignId: null,
    favorite: false,
    isSpam: false,
    quality: 'Unknown',
    salesStage: null,
    mpnId: null,
    dealSensitivity: null,
    registrationStatus: 'None',
    registrations: [],
    trackingInfo: null,
    tags: [],
    createdVia: 'Api',
    lastModifiedVia: 'Api',
    customerProfile: customerProfile(customer, choices),
    consent: {
      consentToToShareInfoWithOthers: false,
      consentToContact: choices.consentToContact ?? true,
      consentToShareReferralWithMicrosoftSellers: shared,
      consentToMicrosoftToContactSpecificPartners: false,
    },
    details: details(choices, createdAt),
    team: team(choices),
    inviteContext: sender && {
      notes: 'Please take a look at this customer and tell us whether you can help.',
      invitedBy: { organizationId: sender === 'Microsoft' ? 'msft' : engagementId, organizationName: sender },
      invitedMpnId: null,
      assistanceRequestCode: 'Unknown',
    },
    target: [{ type: 'BusinessProfileLocation', id: ORGANIZATION_ID }],
    ...choices.raw,
  };
}

function customerProfile(customer: string, choices: ReferralChoices): ReferralResource {
  const { firstName, lastName } = choices.contact ?? { firstName: 'Alex', lastName: 'Wilber' };
  return {
    name: customer,
    size: choices.size ?? '51to250employees',
    address: {
      addressLine1: '1 Main Street',
      addressLine2: '',
      city: choices.city ?? 'Redmond',
      state: '',
      postalCode: '00000',
      country: choices.country ?? 'US',
      region: null,
    },
    team: [
      {
        firstName,
        lastName,
        title: 'IT manager',
        phoneNumber: '+1 555 0100',
        email: `${firstName}.${lastName}@example.com`.toLowerCase(),
        emailValidationStatus: 'Unknown',
        phoneValidationStatus: 'Unknown',
        contactPreference: { locale: 'en-US', disableNotifications: false },
      },
    ],
    ids: [],
    isMatchingComplete: false,
  };
}

function details(choices: ReferralChoices, createdAt: number): ReferralResource {
  const solution = choices.solution ?? 'Microsoft365';
  return {
    notes:
      choices.notes === undefined ? 'Looking for a partner who can help us with our move to the cloud.' : choices.notes,
    dealValue: choices.value === undefined ? 10_000 : choices.value,
    currency: choices.currency ?? 'USD',
    closingDateTime: wireTime(createdAt + 45 * 24 * HOUR, 0),
    customerRequestedContact: choices.customerRequestedContact ?? null,
    customerAction: null,
    incentiveLevel: null,
    requirements: {
      industries: [{ id: choices.industry ?? 'ProfessionalServices' }],
      products: [{ id: choices.product ?? 'Microsoft365' }],
      services: [{ id: choices.service ?? 'DeploymentOrMigration' }],
      solutions: [
        {
          id: `SOL-${solution}`,
          name: solution,
          type: 'Name',
          price: null,
          quantity: null,
          currency: null,
          publisherName: 'Contoso Consulting',
          solutionType: null,
          closingDateTime: null,
        },
      ],
      offers: [],
      salesPlays: [],
      additionalRequirements: { iot: null, attributes: [{ type: 'PartnerRole', id: 'ServicesPartner' }] },
    },
  };
}

function team({ seller }: ReferralChoices): ReferralResource[] {
  if (seller === undefined) return [];
  const [firstName = '', lastName = ''] = seller.split('@')[0]?.split('.') ?? [];
  return [
    {
      firstName,
      lastName,
      phoneNumber: '+1 555 0190',
      email: seller,
      contactPreference: { locale: 'en-US', disableNotifications: false },
    },
  ];
}

/** `count` pending leads with names of their own, created a minute apart, the last one an hour ago. */
export function manyReferrals(count: number, choices: ReferralChoices = {}): ReferralResource[] {
  const newest = Date.now() - HOUR;
  return Array.from({ length: count }, (_, index) =>
    makeReferral({
      customer: `Fourth Coffee ${String(index + 1).padStart(5, '0')}`,
      createdAt: newest - (count - 1 - index) * 60_000,
      ...choices,
    }),
  );
}
