import { createForms } from './forms.ts';
import type { Answer, DigestKind, ReportCounts, Sort, Words } from './words.ts';
import { SEGOE } from './writing.ts';

const forms = createForms('nl', { unknownDate: 'onbekende datum', shortUnits: 'short', duration: 'conjunction' });

const SORTS: Record<Sort, string> = { lead: 'lead', 'co-sell': 'collectieve verkoopkans', referral: 'verwijzing' };
const SORTS_LARGE: Record<Sort, string> = {
  lead: 'Lead',
  'co-sell': 'Collectieve verkoopkans',
  referral: 'Verwijzing',
};

const ANSWERS = {
  accepted: 'geaccepteerd',
  declined: 'afgewezen',
  won: 'geaccepteerd en gewonnen',
  lost: 'geaccepteerd en verloren',
} as const;

const answered = (answer: Answer) => (typeof answer === 'string' ? ANSWERS[answer] : answer.word);

const about = (customer: string, deal: string | null) => (deal === null ? customer : `${customer}: ${deal}`);

const counted = (count: number, singular: string, plural: string) => {
  const number = forms.number(count);
  return forms.plural(count, { one: `${number} ${singular}`, other: `${number} ${plural}` });
};

const referrals = (count: number) => counted(count, 'verwijzing', 'verwijzingen');
const unanswered = (count: number) => counted(count, 'onbeantwoorde verwijzing', 'onbeantwoorde verwijzingen');

const digestTitle = (total: number, of: DigestKind) =>
  ({
    new: counted(total, 'nieuwe verwijzing', 'nieuwe verwijzingen'),
    reminder: `Herinnering: ${unanswered(total)}`,
    warning: `Waarschuwing: ${unanswered(total)}`,
    critical: `Urgent: ${unanswered(total)}`,
    answered: `${referrals(total)} beantwoord`,
    expired: `${referrals(total)} onbeantwoord verlopen`,
    gone: `${referrals(total)} niet meer in het Partnercentrum`,
  })[of];

const reportCounts = ({ received, answered, expired }: ReportCounts) =>
  `${forms.number(received)} ontvangen, ${forms.number(answered)} beantwoord, ${forms.number(expired)} verlopen`;

const pendingWhy = (audience: 'sales' | 'on-call') =>
  audience === 'on-call'
    ? 'Je krijgt dit bericht omdat je dienst hebt en deze verwijzing in het Partnercentrum nog niet is beantwoord. Zodra iemand de verwijzing daar accepteert of afwijst, stoppen deze meldingen.'
    : 'Je krijgt dit bericht omdat deze verwijzing in het Partnercentrum nog niet is beantwoord. Zodra iemand de verwijzing daar accepteert of afwijst, stoppen deze meldingen.';

export const nl: Words = {
  language: 'nl',
  fonts: SEGOE,
  forms,

  lead: {
    sort: sort => SORTS_LARGE[sort],
    unnamed: () => 'Klantnaam niet vermeld',
    titled: (customer, deal) => `${customer} – ${deal}`,
  },

  alert: {
    state: {
      new: sort => `Nieuwe ${SORTS[sort]}`,
      escalation: (sort, severity, isNew) => {
        const severities = { reminder: 'Herinnering', warning: 'Waarschuwing', critical: 'Urgent' };
        return `${severities[severity]}: ${isNew ? 'nieuwe, onbeantwoorde' : 'onbeantwoorde'} ${SORTS[sort]}`;
      },
      answered: (sort, answer) => `${SORTS_LARGE[sort]} beantwoord: ${answered(answer)}`,
      expired: sort => `${SORTS_LARGE[sort]} onbeantwoord verlopen`,
      gone: sort =>
        `Het Partnercentrum toont deze ${SORTS[sort]} niet meer: ingetrokken of niet meer zichtbaar voor ons account`,
    },
    urgency: {
      reminder: () => null,
      warning: sort =>
        `Zonder tijdig antwoord verloopt deze ${SORTS[sort]} definitief en krijgt de afzender daar bericht van.`,
      critical: sort =>
        `Laatste kans: zonder tijdig antwoord verloopt deze ${SORTS[sort]} definitief en krijgt de afzender daar bericht van.`,
    },
    answerByEndOf: day => `antwoord uiterlijk ${day} (tot einde dag)`,
    answerBy: moment => `antwoord uiterlijk ${moment}`,
    expiryWas: moment => `vervaldatum was ${moment}`,
    timeLeft: duration => `nog ${duration}`,
    timeLeftWorking: (duration, workingDays) =>
      workingDays === 0
        ? `nog ${duration}, geen werktijd`
        : `nog ${duration} (${counted(workingDays, 'werkdag', 'werkdagen')})`,
    noTimeLeft: () => 'vervaldatum is verstreken',
    answeredAfter: duration => `beantwoord na ${duration}`,
    valueLost: money => `${money} misgelopen`,
    expiredOn: moment => `verlopen op ${moment}`,
    why: {
      new: pendingWhy,
      escalation: pendingWhy,
      answered: () => 'Je krijgt dit bericht omdat de verwijzing hier eerder is gemeld. Er volgt niets meer.',
      expired: () => 'Je krijgt dit bericht omdat niemand op tijd heeft geantwoord. Antwoorden kan niet meer.',
      gone: () => 'Je krijgt dit bericht omdat de verwijzing hier eerder is gemeld. Er volgt niets meer.',
    },
    subject: {
      new: (customer, deal, left) => `[Nieuw] ${about(customer, deal)} (${left})`,
      escalation: (customer, deal, shortLeft, isNew) =>
        `[${shortLeft === null ? 'Termijn verstreken' : `Nog ${shortLeft}`}] ${about(customer, deal)} (${isNew ? 'nieuw, onbeantwoord' : 'onbeantwoord'})`,
      answered: (customer, answer) => `[Beantwoord] ${customer}: ${answered(answer)}`,
      expired: customer => `[Verlopen] ${customer}: niemand heeft geantwoord`,
      gone: customer => `[Niet meer zichtbaar] ${customer}: niet meer in het Partnercentrum`,
    },
  },

  notes: {
    mayBeRepeat: () => 'Dit is misschien een herhaling: we weten niet of het bericht de eerste keer is aangekomen.',
    isNew: () => 'Nieuw: dit is hier nog niet eerder gemeld.',
    unconfirmedSince: moment =>
      `De status kan sinds ${moment} niet worden bevestigd: het Partnercentrum reageert niet. Misschien heeft iemand inmiddels geantwoord.`,
    expiredUnconfirmed: moment =>
      `Dat de verwijzing is verlopen, kon niet worden bevestigd: het Partnercentrum laat er sinds ${moment} niets over weten. Misschien heeft iemand inmiddels geantwoord.`,
    movedFrom: moment => `De vervaldatum is verschoven: toen dit hier eerder werd gemeld, was het ${moment}.`,
    datePassed: () =>
      'De vervaldatum is verstreken, maar het Partnercentrum toont de verwijzing nog: misschien is antwoorden nog mogelijk.',
    createdUnsure: () =>
      'De aanmaakdatum was niet leesbaar, dus de vervaldatum is onzeker: we tellen vanaf het moment dat we de verwijzing voor het eerst zagen.',
    late: due => `Dit bericht is vertraagd: het stond gepland voor ${due}.`,
    nobodyTold: () => 'Niemand had hier eerder bericht over gekregen.',
    wasTold: () => 'De verwijzing was gemeld, maar niemand heeft geantwoord.',
    claimedBy: (name, until) => `Opgepakt door ${name}, tot ${until}.`,
    onDuty: people => `Heeft nu dienst: ${forms.list(people.map(({ name, until }) => `${name} tot ${until}`))}.`,
    factsUnknown: () =>
      'De verwijzing kon niet volledig worden gelezen, dus de regels konden geen kanalen kiezen: voorlopig gaat de verwijzing naar iedereen die al het overige ontvangt.',
    someColleague: () => 'een collega',
  },

  facts: {
    label: {
      value: () => 'Waarde',
      country: () => 'Land',
      solution: () => 'Oplossing',
      qualification: () => 'Kwalificatie',
      request: () => 'Verzoek',
      place: () => 'Plaats',
      size: () => 'Omvang',
      invitedBy: () => 'Uitgenodigd door',
      created: () => 'Aangemaakt',
      expires: () => 'Vervaldatum',
      expired: () => 'Vervaldatum',
      expiryDate: () => 'Vervaldatum',
      referral: () => 'Verwijzing',
      engagement: () => 'Engagement-id',
      claimed: () => 'Opgepakt door',
    },
    qualification: known =>
      ({
        direct: 'rechtstreeks van de klant',
        marketing: 'gekwalificeerd door marketing',
        sales: 'gekwalificeerd door sales',
      })[known],
    asksForContact: () => 'klant wil graag contact',
    place: (city, country) => `${city}, ${country}`,
    rule: names => `Regel: ${names}`,
    andMore: (shown, more) => `${forms.items(shown)} en nog ${forms.number(more)}`,
    employees: range =>
      'moreThan' in range ? `Meer dan ${range.moreThan} medewerkers` : `${range.from} t/m ${range.to} medewerkers`,
    expires: (exact, estimated) => (estimated ? `Vervaldatum: ${exact} (geschat)` : `Vervaldatum: ${exact}`),
    exact: (exact, estimated) => (estimated ? `${exact} (geschat)` : exact),
    referralId: id => `Verwijzing ${id}`,
  },

  link: {
    openReferral: () => 'Openen in het Partnercentrum',
    openList: () => 'Lijst openen in het Partnercentrum',
    searchFor: name => `De knop opent de lijst met verwijzingen. Zoek daar naar ‘${name}’.`,
  },

  digest: {
    title: digestTitle,
    mostUrgent: left => `De urgentste staat bovenaan: ${left}`,
    more: count => `En nog ${forms.number(count)}: zie het Partnercentrum.`,
    why: of =>
      of === 'new'
        ? 'Je krijgt dit bericht omdat er veel verwijzingen tegelijk zijn binnengekomen. Als de vervaldatum nadert, krijgt elke verwijzing een eigen melding.'
        : 'Je krijgt dit bericht omdat er veel tegelijk te melden was.',
    subject: (total, of, left) => {
      const tags = {
        new: 'Nieuw',
        reminder: 'Herinnering',
        warning: 'Waarschuwing',
        critical: 'Urgent',
        answered: 'Beantwoord',
        expired: 'Verlopen',
        gone: 'Niet meer zichtbaar',
      };
      const count = of === 'new' ? digestTitle(total, of) : referrals(total);
      return `[${tags[of]}] ${left === null ? count : `${count}, de urgentste: ${left}`}`;
    },
  },

  plain: {
    title: of =>
      ({
        new: 'Nieuwe verwijzing',
        reminder: 'Herinnering: onbeantwoorde verwijzing',
        warning: 'Waarschuwing: onbeantwoorde verwijzing',
        critical: 'Urgent: onbeantwoorde verwijzing',
        answered: 'Verwijzing beantwoord',
        expired: 'Verwijzing onbeantwoord verlopen',
        gone: 'Het Partnercentrum toont deze verwijzing niet meer',
      })[of],
    why: () =>
      'Dit bericht vervangt een bericht dat vanwege de inhoud is geweigerd. De details vind je in het Partnercentrum.',
  },

  lastResort: {
    title: count => `${unanswered(count)}: direct actie nodig`,
    untold: () =>
      'Sales was niet te bereiken: geen enkel kanaal van sales accepteert onze berichten. Antwoord zelf in het Partnercentrum of stuur dit door naar sales.',
    blind: () =>
      'We kunnen niet bij wat we erover bewaren, dus dit is misschien een herhaling. Toen we voor het laatst keken, was er nog niet geantwoord en was de vervaldatum dichtbij.',
    why: () => 'Je krijgt dit bericht omdat niemand anders op tijd kon worden bereikt.',
  },

  summary: {
    title: total => counted(total, 'verwijzing wacht op antwoord', 'verwijzingen wachten op antwoord'),
    unclaimed: (count, total) =>
      count < total
        ? `Nog niet opgepakt: ${forms.number(count)}.`
        : total === 1
          ? 'Nog niet opgepakt.'
          : 'Daarvan is er nog geen opgepakt.',
    claimedBy: name => `opgepakt door ${name}`,
    why: () =>
      'Je krijgt dit bericht omdat hier op een vast tijdstip een overzicht verschijnt van wat op antwoord wacht. Staat er niets open, dan komt er geen overzicht.',
    subject: (total, left) => `[Overzicht] ${unanswered(total)}, ${total === 1 ? left : `de urgentste: ${left}`}`,
  },

  report: {
    title: () => 'Weekrapport verwijzingen',
    span: (from, to) => `${from} tot ${to}`,
    counts: reportCounts,
    label: {
      received: () => 'Ontvangen',
      accepted: () => 'Geaccepteerd',
      declined: () => 'Afgewezen',
      expired: () => 'Verlopen',
      gone: () => 'Ingetrokken of verborgen',
      pending: () => 'Aan het eind nog open',
      timeToTell: () => 'Tijd tot melding',
      timeToClaim: () => 'Tijd tot oppakken',
      timeToAnswer: () => 'Tijd tot antwoord',
      valueAnswered: () => 'Waarde (beantwoord)',
      valueExpired: () => 'Waarde (verlopen)',
    },
    accepted: (count, won, lost) => {
      const since = [
        ...(won > 0 ? [`${forms.number(won)} gewonnen`] : []),
        ...(lost > 0 ? [`${forms.number(lost)} verloren`] : []),
      ];
      return since.length === 0 ? forms.number(count) : `${forms.number(count)}, waarvan ${forms.list(since)}`;
    },
    none: () => '–',
    timesNote: () =>
      'Alle tijden zijn medianen, gerekend vanaf het moment dat een verwijzing voor het eerst is gezien. ‘Aan het eind nog open’ is alles wat aan het eind van de periode op antwoord wachtte, ongeacht hoe oud.',
    daysTitle: () => 'Per dag',
    day: (answered, expired) =>
      forms.items([
        ...(answered > 0 ? [`${forms.number(answered)} beantwoord`] : []),
        ...(expired > 0 ? [`${forms.number(expired)} verlopen`] : []),
      ]),
    quietDay: () => 'niets beantwoord, niets verlopen',
    answered: () => 'Beantwoord',
    expired: () => 'Verlopen',
    slowestTitle: () => 'Traagste antwoorden',
    slow: (customer, answer, duration) => `${customer}: na ${duration} beantwoord (${answered(answer)})`,
    rulesTitle: () => 'Per meldingsregel',
    why: () => 'Je krijgt dit bericht omdat hier op een vast tijdstip een rapport over deze zeven dagen verschijnt.',
    subject: (from, to, counts) => `[Rapport] Verwijzingen, ${from} tot ${to}: ${reportCounts(counts)}`,
  },

  sample: {
    customer: () => 'Voorbeeldklant',
    deal: () => 'Dit is maar een voorbeeld',
    note: () =>
      'Dit is een test: een voorbeeldlead die laat zien dat meldingen hier aankomen. De lead bestaat niet en je hoeft niets te doen.',
    subject: subject => `[Voorbeeld] ${subject}`,
    why: () => 'Je krijgt dit bericht omdat iemand de configuratie van Referral Alerts controleert.',
  },

  page: {
    summary: (named, left) => `Onbeantwoorde verwijzing, ${left}: ${named}`,
    digest: digestTitle,
    notes: () => 'Opmerkingen',
  },

  detail: {
    pending: sort => `Onbeantwoorde ${SORTS[sort]}`,
    noConsent: () =>
      'De klant heeft geen toestemming gegeven voor contact. Regel die toestemming voordat je de contactgegevens hieronder gebruikt.',
    contacts: () => 'Contactpersonen',
    moreContacts: count => `en nog ${forms.number(count)} in het Partnercentrum`,
    notes: () => 'Notities',
    history: () => 'Geschiedenis',
    happened: {
      firstSeen: () => 'Voor het eerst gezien',
      claimed: name => `Opgepakt door ${name}`,
      released: name => `Vrijgegeven door ${name}`,
      releasedFor: (name, holder) => `Door ${name} vrijgegeven; was opgepakt door ${holder}`,
      snoozed: name => `Gedempt door ${name}`,
      answered: answer => `Beantwoord: ${answered(answer)}`,
      expired: () => 'Onbeantwoord verlopen',
      gone: () => 'Niet meer zichtbaar in het Partnercentrum',
    },
    told: {
      new: () => 'Gemeld als nieuw',
      escalation: before => `Gemeld ${before} vóór de vervaldatum`,
      answered: () => 'Gemeld als beantwoord',
      expired: () => 'Gemeld als verlopen',
      gone: () => 'Gemeld als niet meer zichtbaar',
    },
    channel: ({ by, audience, name }) => {
      const carriers = { teams: 'Teams', email: 'E-mail', pager: 'Pager', bot: 'Teams-bot' };
      const audiences = { sales: 'sales', 'on-call': 'dienst', operator: 'beheer' };
      return by === 'pager' ? carriers.pager : `${carriers[by]} (${name ?? audiences[audience]})`;
    },
    standing: {
      sending: () => 'wordt verzonden',
      accepted: () => 'onderweg',
      delivered: () => 'bezorgd',
      retry: () => 'wordt opnieuw verzonden',
      doubtful: () => 'verzonden, maar zonder bevestiging',
      rejected: () => 'niet aangenomen',
      refused: () => 'geweigerd door het kanaal',
    },
    claimedUntil: (name, until) => `${name}, tot ${until}`,
    privacy: () => 'Alleen jij ziet dit. De contactpersonen en notities bevatten persoonsgegevens: geef ze niet door.',
  },

  bot: {
    button: {
      claim: () => 'Oppakken',
      release: () => 'Vrijgeven',
      releaseAnyway: () => 'Toch vrijgeven',
      details: () => 'Details',
      snooze: () => '1 dag dempen',
      back: () => 'Terug',
      next: () => 'Volgende',
      previous: () => 'Vorige',
    },
    snoozedUntil: moment => `Gedempt tot ${moment}; urgente meldingen blijven binnenkomen.`,
    probablyAnsweredBy: name => `Waarschijnlijk beantwoord door ${name}, die dit had opgepakt.`,
    hadClaimed: name => `Dit was opgepakt door ${name}.`,
    nowIs: answer =>
      answer === 'expired'
        ? 'Niet meer open: verlopen in het Partnercentrum.'
        : answer === 'gone'
          ? 'Niet meer open: niet meer zichtbaar in het Partnercentrum.'
          : `Niet meer open. Status in het Partnercentrum: ${answered(answer)}.`,
    louder: (named, left) => `${named}: ${left}, en niemand heeft geantwoord.`,
    releaseOf: name => `De verwijzing vrijgeven die ${name} heeft opgepakt?`,
    releaseIsTold: (name, since) =>
      `${name} heeft deze verwijzing opgepakt (${since}) en krijgt bericht als je die vrijgeeft.`,
    nothingReleased: () => 'Er is niets vrijgegeven: de kaart was verouderd.',
    released: (by, named) => `${by} heeft de verwijzing vrijgegeven die jij had opgepakt: ${named}.`,
    didNotWork: () => 'Dat is niet gelukt. Probeer het over een minuut opnieuw.',
    namesNothing: () => 'Deze knop hoort bij geen enkele verwijzing.',
    notAnswering: () =>
      'Het Partnercentrum reageert nu niet, dus er is niets gewijzigd. Probeer het over een minuut opnieuw.',
    notWatchedYet: () =>
      'Deze verwijzing is open, maar wordt nog niet bewaakt. Probeer het na de volgende controle opnieuw.',
    notWatchedAnyMore: () => 'Deze verwijzing wordt niet meer bewaakt.',
    notListedAnyMore: () =>
      'Deze verwijzing is niet meer open: die staat niet meer in de lijst van het Partnercentrum.',
    partnerCenterSays: word => `Deze verwijzing is niet meer open. Status in het Partnercentrum: ‘${word}’.`,
    heldBy: (name, since) => `${name} heeft deze verwijzing al opgepakt (${since}).`,
    tooLateToSnooze: () =>
      'Dempen kan niet meer, want deze verwijzing verloopt binnenkort: urgente meldingen komen altijd door.',
    list: {
      title: count => counted(count, 'openstaande verwijzing', 'openstaande verwijzingen'),
      none: () => 'Er wacht niets op antwoord',
      range: (from, to) => `${forms.number(from)} tot en met ${forms.number(to)}, de urgentste eerst`,
      mostUrgentFirst: () => 'De urgentste eerst',
      claimedBy: name => `opgepakt door ${name}`,
      notPending: word => `niet meer open: ${word}`,
      why: () => 'Stand bij de laatste controle van het Partnercentrum.',
      unnamed: id => `Verwijzing ${id}`,
    },
    say: {
      does: {
        use: () => 'verwijzingen melden in dit kanaal',
        useFor: () => 'hetzelfde, met een naam voor dit kanaal',
        stop: () => 'niets meer melden in dit kanaal',
        status: () =>
          'wanneer het Partnercentrum voor het laatst is gecontroleerd en hoeveel verwijzingen er openstaan',
        list: () => 'de openstaande verwijzingen, de urgentste eerst',
        help: () => 'deze uitleg',
      },
      help: () =>
        'Ik meld verwijzingen uit het Partnercentrum in dit team voordat ze verlopen. Vermeld me (@) en schrijf:',
      greeting: () =>
        'Hallo! Ik bewaak de verwijzingen die in het Partnercentrum op antwoord wachten. Ik laat van me horen als er een binnenkomt en opnieuw als die bijna verloopt.',
      chooseWhere: command =>
        `Ik meld nu nog niets. Kies waar ik moet melden: vermeld me (@) in een kanaal en schrijf ${command}. Dit begrijp ik:`,
      onlyChannels: () => 'Ik kan alleen iets melden in een kanaal of groepschat. Vermeld me daar.',
      bound: (name, stopCommand) =>
        name === null
          ? `Dit kanaal is gekoppeld. Openstaande verwijzingen volgen bij de volgende controle. Schrijf ${stopCommand} om te stoppen.`
          : `Dit kanaal is gekoppeld als ‘${name}’. Openstaande verwijzingen volgen bij de volgende controle. Schrijf ${stopCommand} om te stoppen.`,
      isBound: name => (name === null ? 'Dit kanaal is gekoppeld.' : `Dit kanaal is gekoppeld als ‘${name}’.`),
      notBound: () => 'Dit kanaal is niet gekoppeld: ik meld hier niets.',
      unbound: useCommand => `Ik meld niets meer in dit kanaal. Schrijf ${useCommand} om opnieuw te beginnen.`,
      notAllowed: () => 'Dat mogen alleen de beheerders van deze bot.',
      lastPoll: moment => `Laatste geslaagde controle: ${moment ?? 'nog geen'}`,
      pending: count => `Openstaande verwijzingen: ${forms.number(count)}`,
      nothingBoundYet: useCommand =>
        `Er is nog geen kanaal gekoppeld, dus ik meld geen verwijzingen. Begin met ${useCommand}.`,
      notUnderstood: commands => `Dat begreep ik niet. Schrijf een van deze opdrachten: ${commands}.`,
    },
  },
};
