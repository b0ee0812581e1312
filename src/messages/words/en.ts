import { english } from './english.ts';
import type { Answer, DigestKind, ReportCounts, Sort, Words } from './words.ts';

const { forms } = english;

const SORTS: Record<Sort, string> = { lead: 'lead', 'co-sell': 'co-sell opportunity', referral: 'referral' };
const SORTS_LARGE: Record<Sort, string> = { lead: 'Lead', 'co-sell': 'Co-sell opportunity', referral: 'Referral' };

const ANSWERS = {
  accepted: 'accepted',
  declined: 'declined',
  won: 'accepted and won',
  lost: 'accepted and lost',
} as const;

const answered = (answer: Answer) => (typeof answer === 'string' ? ANSWERS[answer] : answer.word);

const about = (customer: string, deal: string | null) => (deal === null ? customer : `${customer}: ${deal}`);

const counted = (count: number, one: string, other: string) => {
  const number = forms.number(count);
  return forms.plural(count, { one: `${number} ${one}`, other: `${number} ${other}` });
};

const referrals = (count: number) => counted(count, 'referral', 'referrals');

const digestTitle = (total: number, of: DigestKind) =>
  ({
    new: counted(total, 'new referral', 'new referrals'),
    reminder: `Reminder: ${counted(total, 'unanswered referral', 'unanswered referrals')}`,
    warning: `Warning: ${counted(total, 'unanswered referral', 'unanswered referrals')}`,
    critical: `Critical: ${counted(total, 'unanswered referral', 'unanswered referrals')}`,
    answered: `${referrals(total)} answered`,
    expired: `${referrals(total)} expired without an answer`,
    gone: `${referrals(total)} no longer in Partner Center`,
  })[of];

const reportCounts = ({ received, answered, expired }: ReportCounts) =>
  `${forms.number(received)} received, ${forms.number(answered)} answered, ${forms.number(expired)} expired`;

const pendingWhy = (audience: 'sales' | 'on-call') =>
  audience === 'on-call'
    ? 'You see this because you are on call and nobody has answered this referral in Partner Center yet. Accept or decline it there and these alerts stop.'
    : 'You see this because nobody has answered this referral in Partner Center yet. Accept or decline it there and these alerts stop.';

export const en: Words = {
  ...english,

  lead: {
    sort: sort => SORTS_LARGE[sort],
    unnamed: () => 'Customer not named',
    titled: (customer, deal) => `${customer} – ${deal}`,
  },

  alert: {
    state: {
      new: sort => `New ${SORTS[sort]}`,
      escalation: (sort, severity, isNew) => {
        const severities = { reminder: 'Reminder', warning: 'Warning', critical: 'Critical' };
        return `${severities[severity]}: ${isNew ? 'new, unanswered' : 'unanswered'} ${SORTS[sort]}`;
      },
      answered: (sort, answer) => `${SORTS_LARGE[sort]} answered: ${answered(answer)}`,
      expired: sort => `${SORTS_LARGE[sort]} expired without an answer`,
      gone: sort => `Partner Center no longer shows this ${SORTS[sort]}: withdrawn, or hidden from our account`,
    },
    urgency: {
      reminder: () => null,
      warning: sort =>
        `Without an answer in time this ${SORTS[sort]} expires for good, and whoever sent it is told so.`,
      critical: sort =>
        `Last call: without an answer in time this ${SORTS[sort]} expires for good, and whoever sent it is told so.`,
    },
    answerByEndOf: day => `answer by the end of ${day}`,
    answerBy: moment => `answer by ${moment}`,
    expiryWas: moment => `its expiry was ${moment}`,
    timeLeft: duration => `${duration} left`,
    timeLeftWorking: (duration, workingDays) =>
      workingDays === 0
        ? `${duration} left, no working time`
        : `${duration} left (${counted(workingDays, 'working day', 'working days')})`,
    noTimeLeft: () => 'expiry date has passed',
    answeredAfter: duration => `answered after ${duration}`,
    valueLost: money => `${money} lost`,
    expiredOn: moment => `expired ${moment}`,
    why: {
      new: pendingWhy,
      escalation: pendingWhy,
      answered: () => 'You see this because an earlier alert here was about it. Nothing more will follow.',
      expired: () => 'You see this because nobody answered it in time. It can no longer be answered.',
      gone: () => 'You see this because an earlier alert here was about it. Nothing more will follow.',
    },
    subject: {
      new: (customer, deal, left) => `[New] ${about(customer, deal)} (${left})`,
      escalation: (customer, deal, shortLeft, isNew) =>
        `[${shortLeft === null ? 'Expiry passed' : `${shortLeft} left`}] ${about(customer, deal)} (${isNew ? 'new, not answered' : 'not answered'})`,
      answered: (customer, answer) => `[Answered] ${customer}: ${answered(answer)}`,
      expired: customer => `[Expired] ${customer}: nobody answered`,
      gone: customer => `[Gone] ${customer}: no longer in Partner Center`,
    },
  },

  notes: {
    mayBeRepeat: () => 'This may be a repeat: we cannot tell whether it arrived the first time.',
    isNew: () => 'It is new: this is the first alert about it here.',
    unconfirmedSince: moment =>
      `Status could not be confirmed since ${moment}: Partner Center does not answer us. Somebody may have answered it meanwhile.`,
    expiredUnconfirmed: moment =>
      `Its expiry could not be confirmed: Partner Center has told us nothing about it since ${moment}. Somebody may have answered it meanwhile.`,
    movedFrom: moment => `The expiry has moved: an earlier alert here said ${moment}.`,
    datePassed: () => 'Its date has passed and Partner Center still shows it: it may still be possible to answer it.',
    createdUnsure: () =>
      'Its creation date could not be read, so the expiry is uncertain: we count from when we first saw it.',
    late: due => `This comes late: it was due ${due}.`,
    nobodyTold: () => 'Nobody had been told of it before.',
    wasTold: () => 'People had been told of it, and nobody answered.',
    claimedBy: (name, until) => `Claimed by ${name} until ${until}.`,
    onDuty: people => `On call now: ${forms.list(people.map(({ name, until }) => `${name} until ${until}`))}.`,
    factsUnknown: () =>
      'It could not be read in full, so the rules could not pick its channels: for now it goes to those who get everything else.',
    someColleague: () => 'a colleague',
  },

  facts: {
    label: {
      value: () => 'Value',
      country: () => 'Country',
      solution: () => 'Solution',
      qualification: () => 'Qualification',
      request: () => 'Request',
      place: () => 'Place',
      size: () => 'Size',
      invitedBy: () => 'Invited by',
      created: () => 'Created',
      expires: () => 'Expires',
      expired: () => 'Expired',
      expiryDate: () => 'Expiry date',
      referral: () => 'Referral',
      engagement: () => 'Engagement',
      claimed: () => 'Claimed by',
    },
    qualification: known =>
      ({ direct: 'came directly from the customer', marketing: 'marketing qualified', sales: 'sales qualified' })[
        known
      ],
    asksForContact: () => 'customer asks to be contacted',
    place: (city, country) => `${city}, ${country}`,
    rule: names => `Rule: ${names}`,
    andMore: (shown, more) => `${forms.items(shown)} and ${forms.number(more)} more`,
    employees: range =>
      'moreThan' in range ? `More than ${range.moreThan} employees` : `${range.from} to ${range.to} employees`,
    expires: (exact, estimated, over) =>
      `${over ? 'Expiry date:' : 'Expires'} ${exact}${estimated ? ' (estimated)' : ''}`,
    exact: (exact, estimated) => (estimated ? `${exact} (estimated)` : exact),
    referralId: id => `Referral ${id}`,
  },

  link: {
    openReferral: () => 'Open in Partner Center',
    openList: () => 'Open the list in Partner Center',
    searchFor: name => `The button opens the list of referrals. Search there for “${name}”.`,
  },

  digest: {
    title: digestTitle,
    mostUrgent: left => `The most urgent comes first: ${left}`,
    more: count => `And ${forms.number(count)} more: see Partner Center.`,
    why: of =>
      of === 'new'
        ? 'You see this because many referrals arrived at once. Each gets an alert of its own as its expiry comes near.'
        : 'You see this because there was much to tell at once.',
    subject: (total, of, left) => {
      const tags = {
        new: 'New',
        reminder: 'Reminder',
        warning: 'Warning',
        critical: 'Critical',
        answered: 'Answered',
        expired: 'Expired',
        gone: 'Gone',
      };
      const count = of === 'new' ? digestTitle(total, of) : referrals(total);
      return `[${tags[of]}] ${left === null ? count : `${count}, most urgent: ${left}`}`;
    },
  },

  plain: {
    title: of =>
      ({
        new: 'New referral',
        reminder: 'Reminder: unanswered referral',
        warning: 'Warning: unanswered referral',
        critical: 'Critical: unanswered referral',
        answered: 'Referral answered',
        expired: 'Referral expired without an answer',
        gone: 'Partner Center no longer shows this referral',
      })[of],
    why: () => 'This message replaces one that was refused because of its content. Partner Center shows the rest.',
  },

  lastResort: {
    title: count => `${counted(count, 'unanswered referral', 'unanswered referrals')}: please look now`,
    untold: () =>
      'Sales could not be told: no channel of theirs takes our messages. Answer these in Partner Center, or pass them on.',
    blind: () =>
      'We cannot reach what we keep about them, so this may be a repeat. They were unanswered and close to their expiry when we last looked.',
    why: () => 'You see this because nobody else could be told in time.',
  },

  summary: {
    title: total => {
      const number = forms.number(total);
      return forms.plural(total, {
        one: `${number} referral waits for an answer`,
        other: `${number} referrals wait for an answer`,
      });
    },
    unclaimed: (count, total) => {
      if (count === total) return total === 1 ? 'Nobody has claimed it.' : 'Nobody has claimed any of them.';
      return `Nobody has claimed ${forms.number(count)} of them.`;
    },
    claimedBy: name => `claimed by ${name}`,
    why: () =>
      'You see this because a summary of what waits for an answer comes here at a set time. There is none when nothing waits.',
    subject: (total, left) =>
      `[Summary] ${referrals(total)} unanswered, ${total === 1 ? left : `most urgent: ${left}`}`,
  },

  report: {
    title: () => 'Referrals: what happened',
    span: (from, to) => `${from} to ${to}`,
    counts: reportCounts,
    label: {
      received: () => 'Received',
      accepted: () => 'Accepted',
      declined: () => 'Declined',
      expired: () => 'Expired',
      gone: () => 'Withdrawn or hidden',
      pending: () => 'Pending at the end',
      timeToTell: () => 'Time to first alert',
      timeToClaim: () => 'Time to claim',
      timeToAnswer: () => 'Time to answer',
      valueAnswered: () => 'Value answered',
      valueExpired: () => 'Value expired',
    },
    accepted: (count, won, lost) => {
      const since = [
        ...(won > 0 ? [`${forms.number(won)} won`] : []),
        ...(lost > 0 ? [`${forms.number(lost)} lost`] : []),
      ];
      return since.length === 0 ? forms.number(count) : `${forms.number(count)}, of them ${forms.list(since)}`;
    },
    none: () => 'none',
    timesNote: () =>
      'Each time is a median, counted from when a referral was first seen. “Pending at the end” is everything that was waiting then, however old.',
    daysTitle: () => 'Day by day',
    day: (answered, expired) =>
      [
        ...(answered > 0 ? [`${forms.number(answered)} answered`] : []),
        ...(expired > 0 ? [`${forms.number(expired)} expired`] : []),
      ].join(', '),
    quietDay: () => 'nothing answered, nothing expired',
    answered: () => 'Answered',
    expired: () => 'Expired',
    slowestTitle: () => 'Slowest answers',
    slow: (customer, answer, duration) => `${customer}: answered after ${duration} (${answered(answer)})`,
    rulesTitle: () => 'Rule by rule',
    why: () => 'You see this because a report of these seven days comes here at a set time.',
    subject: (from, to, counts) => `[Report] Referrals, ${from} to ${to}: ${reportCounts(counts)}`,
  },

  sample: {
    customer: () => 'Sample Customer',
    deal: () => 'This is only a sample',
    note: () =>
      'This is a test: a sample lead that shows that alerts arrive here. There is no such referral, and nothing is to be done.',
    subject: subject => `[Sample] ${subject}`,
    why: () => 'You see this because somebody is checking the set-up of Referral Alerts.',
  },

  page: {
    summary: (named, left) => `Unanswered referral, ${left}: ${named}`,
    digest: (total, of) => digestTitle(total, of),
    notes: () => 'Notes',
  },

  detail: {
    pending: sort => `${SORTS_LARGE[sort]}, not answered`,
    noConsent: () =>
      'The customer did not consent to be contacted. Settle that before you use the contact details below.',
    contacts: () => 'Contacts',
    moreContacts: count => `and ${forms.number(count)} more in Partner Center`,
    notes: () => 'Notes',
    history: () => 'What has happened',
    happened: {
      firstSeen: () => 'First seen',
      claimed: name => `Claimed by ${name}`,
      released: name => `Released by ${name}`,
      releasedFor: (name, holder) => `Claim of ${holder} released by ${name}`,
      snoozed: name => `Snoozed by ${name}`,
      answered: answer => `Answered: ${answered(answer)}`,
      expired: () => 'Expired without an answer',
      gone: () => 'No longer shown by Partner Center',
    },
    told: {
      new: () => 'Alert: new',
      escalation: before => `Alert ${before} before expiry`,
      answered: () => 'Alert: answered',
      expired: () => 'Alert: expired',
      gone: () => 'Alert: gone',
    },
    channel: ({ by, audience, name }) => {
      const carriers = { teams: 'Teams', email: 'Email', pager: 'Pager', bot: 'Teams bot' };
      const audiences = { sales: 'sales', 'on-call': 'on call', operator: 'operator' };
      return by === 'pager' ? carriers.pager : `${carriers[by]} (${name ?? audiences[audience]})`;
    },
    standing: {
      sending: () => 'being sent',
      accepted: () => 'on its way',
      delivered: () => 'delivered',
      retry: () => 'to be sent again',
      doubtful: () => 'sent, but no answer came',
      rejected: () => 'not taken',
      refused: () => 'channel refused it',
    },
    claimedUntil: (name, until) => `${name}, until ${until}`,
    privacy: () => 'Only you see this. People and notes are personal data of the customer: do not pass them on.',
  },

  bot: {
    button: {
      claim: () => 'Claim',
      release: () => 'Release',
      releaseAnyway: () => 'Release it',
      details: () => 'Details',
      snooze: () => 'Snooze 1 day',
      back: () => 'Back',
      next: () => 'Next',
      previous: () => 'Previous',
    },
    snoozedUntil: moment => `Snoozed until ${moment}; critical alerts still come.`,
    probablyAnsweredBy: name => `Probably answered by ${name}, who had claimed it.`,
    hadClaimed: name => `${name} had claimed it.`,
    nowIs: answer =>
      answer === 'expired'
        ? 'No longer pending: it has expired in Partner Center.'
        : answer === 'gone'
          ? 'No longer pending: Partner Center no longer shows it.'
          : `No longer pending: it is ${answered(answer)} in Partner Center.`,
    louder: (named, left) => `${named}: ${left}, and nobody has answered.`,
    releaseOf: name => `Release the claim of ${name}?`,
    releaseIsTold: (name, since) => `${name} has claimed this one, since ${since}, and is told if you release it.`,
    nothingReleased: () => 'Nothing was released: the card was out of date.',
    released: (by, named) => `${by} has released your claim on ${named}.`,
    didNotWork: () => 'That did not work. Please try again in a minute.',
    namesNothing: () => 'This button names no referral.',
    notAnswering: () =>
      'Partner Center does not answer just now, so nothing was changed. Please try again in a minute.',
    notWatchedYet: () => 'This referral is pending, but not watched yet. Please try again after the next poll.',
    notWatchedAnyMore: () => 'This referral is no longer watched.',
    notListedAnyMore: () => 'This referral is no longer pending: Partner Center does not list it any more.',
    partnerCenterSays: word => `This referral is no longer pending: Partner Center says ${word}.`,
    heldBy: (name, since) => `${name} has this one, since ${since}.`,
    tooLateToSnooze: () => 'It expires too soon to be snoozed: critical alerts always come.',
    list: {
      title: count => counted(count, 'pending referral', 'pending referrals'),
      none: () => 'Nothing waits for an answer',
      range: (from, to) => `${forms.number(from)} to ${forms.number(to)}, most urgent first`,
      mostUrgentFirst: () => 'Most urgent first',
      claimedBy: name => `claimed by ${name}`,
      notPending: word => `no longer pending: ${word}`,
      why: () => 'What Partner Center listed at the last poll.',
      unnamed: id => `Referral ${id}`,
    },
    say: {
      does: {
        use: () => 'tell this channel about referrals',
        useFor: () => 'the same, with a name for this channel',
        stop: () => 'tell this channel nothing more',
        status: () => 'when Partner Center was last read, and how many referrals are pending',
        list: () => 'the pending referrals, most urgent first',
        help: () => 'this help',
      },
      help: () => 'I tell this team about referrals in Partner Center before they expire. Mention me and say:',
      greeting: () =>
        'Hello! I watch the referrals that wait for an answer in Partner Center and speak up when one arrives and again as its expiry comes near.',
      chooseWhere: command =>
        `I say nothing yet. To choose where, mention me in a channel and write ${command}. I also understand:`,
      onlyChannels: () => 'I can only tell a channel or a group chat. Mention me there instead.',
      bound: (name, stopCommand) =>
        name === null
          ? `This channel is bound. Pending referrals follow at the next poll. Say ${stopCommand} to end it.`
          : `This channel is bound as “${name}”. Pending referrals follow at the next poll. Say ${stopCommand} to end it.`,
      isBound: name => (name === null ? 'This channel is bound.' : `This channel is bound as “${name}”.`),
      notBound: () => 'This channel is not bound: I tell it nothing.',
      unbound: useCommand => `I tell this channel nothing more. Say ${useCommand} to begin again.`,
      notAllowed: () => 'Only the administrators of this bot may do that.',
      lastPoll: moment => `Last good poll: ${moment ?? 'never'}`,
      pending: count => `Pending referrals: ${forms.number(count)}`,
      nothingBoundYet: useCommand =>
        `No channel is bound yet, so I say nothing of referrals. Begin with ${useCommand}.`,
      notUnderstood: commands => `I did not understand that. Say one of these: ${commands}.`,
    },
  },
};
