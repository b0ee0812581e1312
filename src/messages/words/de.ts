import { createForms } from './forms.ts';
import type { Answer, DigestKind, ReportCounts, Sort, Words } from './words.ts';
import { SEGOE } from './writing.ts';

const forms = createForms('de', { unknownDate: 'unbekanntes Datum', shortUnits: 'long', duration: 'conjunction' });

const SORTS: Record<Sort, string> = {
  lead: 'Lead',
  'co-sell': 'Co-Sell-Verkaufschance',
  referral: 'Empfehlung',
};
const THIS: Record<Sort, string> = {
  lead: 'dieser Lead',
  'co-sell': 'diese Co-Sell-Verkaufschance',
  referral: 'diese Empfehlung',
};
const THIS_OBJECT: Record<Sort, string> = { ...THIS, lead: 'diesen Lead' };
const inflected = (adjective: string, sort: Sort) => (sort === 'lead' ? `${adjective}r` : adjective);
/** With its adjective, whose ending goes with the noun. */
const one = (adjective: string, sort: Sort) => `${inflected(adjective, sort)} ${SORTS[sort]}`;

const ANSWERS = {
  accepted: 'angenommen',
  declined: 'abgelehnt',
  won: 'angenommen und gewonnen',
  lost: 'angenommen und verloren',
} as const;

const answered = (answer: Answer) => (typeof answer === 'string' ? ANSWERS[answer] : answer.word);

const about = (customer: string, deal: string | null) => (deal === null ? customer : `${customer}: ${deal}`);

const counted = (count: number, singular: string, plural: string) => {
  const number = forms.number(count);
  return forms.plural(count, { one: `${number} ${singular}`, other: `${number} ${plural}` });
};

const referrals = (count: number) => counted(count, 'Empfehlung', 'Empfehlungen');
const unanswered = (count: number) => counted(count, 'unbeantwortete Empfehlung', 'unbeantwortete Empfehlungen');

const digestTitle = (total: number, of: DigestKind) =>
  ({
    new: counted(total, 'neue Empfehlung', 'neue Empfehlungen'),
    reminder: `Erinnerung: ${unanswered(total)}`,
    warning: `Warnung: ${unanswered(total)}`,
    critical: `Kritisch: ${unanswered(total)}`,
    answered: `${referrals(total)} beantwortet`,
    expired: `${referrals(total)} ohne Antwort abgelaufen`,
    gone: `${referrals(total)} nicht mehr im Partner Center`,
  })[of];

const reportCounts = ({ received, answered, expired }: ReportCounts) =>
  `${forms.number(received)} eingegangen, ${forms.number(answered)} beantwortet, ${forms.number(expired)} abgelaufen`;

const pendingWhy = (audience: 'sales' | 'on-call') =>
  audience === 'on-call'
    ? 'Sie erhalten diese Nachricht, weil Sie Bereitschaft haben und diese Empfehlung im Partner Center noch nicht beantwortet ist. Sobald sie dort angenommen oder abgelehnt wird, enden die Benachrichtigungen.'
    : 'Sie erhalten diese Nachricht, weil diese Empfehlung im Partner Center noch nicht beantwortet ist. Sobald sie dort angenommen oder abgelehnt wird, enden die Benachrichtigungen.';

export const de: Words = {
  language: 'de',
  fonts: SEGOE,
  forms,

  lead: {
    sort: sort => SORTS[sort],
    unnamed: () => 'Kunde nicht genannt',
    titled: (customer, deal) => `${customer} – ${deal}`,
  },

  alert: {
    state: {
      new: sort => one('Neue', sort),
      escalation: (sort, severity, isNew) => {
        const severities = { reminder: 'Erinnerung', warning: 'Warnung', critical: 'Kritisch' };
        return `${severities[severity]}: ${isNew ? `${inflected('neue', sort)}, ` : ''}${one('unbeantwortete', sort)}`;
      },
      answered: (sort, answer) => `${SORTS[sort]} beantwortet: ${answered(answer)}`,
      expired: sort => `${SORTS[sort]} ohne Antwort abgelaufen`,
      gone: sort =>
        `Das Partner Center zeigt ${THIS_OBJECT[sort]} nicht mehr: zurückgezogen oder für unser Konto nicht mehr sichtbar`,
    },
    urgency: {
      reminder: () => null,
      warning: sort => `Ohne rechtzeitige Antwort läuft ${THIS[sort]} endgültig ab, und der Absender erfährt davon.`,
      critical: sort =>
        `Letzte Gelegenheit: Ohne rechtzeitige Antwort läuft ${THIS[sort]} endgültig ab, und der Absender erfährt davon.`,
    },
    answerByEndOf: day => `Antwort bis einschließlich ${day}`,
    answerBy: moment => `Antwort bis ${moment}`,
    expiryWas: moment => `Ablaufdatum war ${moment}`,
    timeLeft: duration => `noch ${duration}`,
    timeLeftWorking: (duration, workingDays) =>
      workingDays === 0
        ? `noch ${duration}, davon keine Arbeitszeit`
        : `noch ${duration} (${counted(workingDays, 'Arbeitstag', 'Arbeitstage')})`,
    noTimeLeft: () => 'Ablaufdatum überschritten',
    answeredAfter: duration => `Antwortzeit: ${duration}`,
    valueLost: money => `${money} entgangen`,
    expiredOn: moment => `abgelaufen am ${moment}`,
    why: {
      new: pendingWhy,
      escalation: pendingWhy,
      answered: () =>
        'Sie erhalten diese Nachricht, weil die Empfehlung hier schon gemeldet wurde. Weitere Benachrichtigungen dazu folgen nicht.',
      expired: () =>
        'Sie erhalten diese Nachricht, weil niemand rechtzeitig geantwortet hat. Eine Antwort ist nicht mehr möglich.',
      gone: () =>
        'Sie erhalten diese Nachricht, weil die Empfehlung hier schon gemeldet wurde. Weitere Benachrichtigungen dazu folgen nicht.',
    },
    subject: {
      new: (customer, deal, left) => `[Neu] ${about(customer, deal)} (${left})`,
      escalation: (customer, deal, shortLeft, isNew) =>
        `[${shortLeft === null ? 'Frist überschritten' : `Noch ${shortLeft}`}] ${about(customer, deal)} (${isNew ? 'neu, unbeantwortet' : 'unbeantwortet'})`,
      answered: (customer, answer) => `[Beantwortet] ${customer}: ${answered(answer)}`,
      expired: customer => `[Abgelaufen] ${customer}: niemand hat geantwortet`,
      gone: customer => `[Nicht mehr sichtbar] ${customer}: nicht mehr im Partner Center`,
    },
  },

  notes: {
    mayBeRepeat: () =>
      'Möglicherweise eine Wiederholung: Ob die Nachricht beim ersten Mal angekommen ist, wissen wir nicht.',
    isNew: () => 'Neu: Diese Empfehlung wurde hier bisher nicht gemeldet.',
    unconfirmedSince: moment =>
      `Seit ${moment} lässt sich der Stand nicht bestätigen, weil das Partner Center nicht antwortet. Vielleicht hat inzwischen jemand geantwortet.`,
    expiredUnconfirmed: moment =>
      `Der Ablauf ließ sich nicht bestätigen: Seit ${moment} gibt das Partner Center dazu keine Auskunft. Vielleicht hat inzwischen jemand geantwortet.`,
    movedFrom: moment => `Das Ablaufdatum hat sich geändert: Bisher war hier ${moment} gemeldet.`,
    datePassed: () =>
      'Das Ablaufdatum ist überschritten, doch das Partner Center zeigt die Empfehlung noch: Vielleicht lässt sie sich noch beantworten.',
    createdUnsure: () =>
      'Das Erstellungsdatum war nicht lesbar, deshalb ist das Ablaufdatum unsicher: Wir rechnen ab dem Zeitpunkt, zu dem wir die Empfehlung erstmals gesehen haben.',
    late: due => `Verspätet: Geplant war diese Nachricht für ${due}.`,
    nobodyTold: () => 'Davon hatte vorher niemand erfahren.',
    wasTold: () => 'Die Empfehlung war gemeldet, aber niemand hat geantwortet.',
    claimedBy: (name, until) => `Übernommen von ${name} bis ${until}.`,
    onDuty: people => `Jetzt in Bereitschaft: ${forms.list(people.map(({ name, until }) => `${name} bis ${until}`))}.`,
    factsUnknown: () =>
      'Die Empfehlung ließ sich nicht vollständig lesen, daher konnten die Regeln keine Kanäle auswählen: Vorerst geht sie an alle, die alles Übrige erhalten.',
    someColleague: () => 'jemand aus dem Team',
  },

  facts: {
    label: {
      value: () => 'Wert',
      country: () => 'Land',
      solution: () => 'Lösung',
      qualification: () => 'Qualifizierung',
      request: () => 'Wunsch',
      place: () => 'Ort',
      size: () => 'Größe',
      invitedBy: () => 'Eingeladen von',
      created: () => 'Erstellt',
      expires: () => 'Ablaufdatum',
      expired: () => 'Ablaufdatum',
      expiryDate: () => 'Ablaufdatum',
      referral: () => 'Empfehlung',
      engagement: () => 'Engagement-ID',
      claimed: () => 'Übernommen von',
    },
    qualification: known =>
      ({ direct: 'direkt vom Kunden', marketing: 'vom Marketing qualifiziert', sales: 'vom Vertrieb qualifiziert' })[
        known
      ],
    asksForContact: () => 'Kunde bittet um Kontaktaufnahme',
    place: (city, country) => `${city}, ${country}`,
    rule: names => `Regel: ${names}`,
    andMore: (shown, more) => `${forms.items(shown)} und ${forms.number(more)} weitere`,
    employees: range =>
      'moreThan' in range ? `Mehr als ${range.moreThan} Beschäftigte` : `${range.from} bis ${range.to} Beschäftigte`,
    expires: (exact, estimated) => (estimated ? `Ablaufdatum: ${exact} (geschätzt)` : `Ablaufdatum: ${exact}`),
    exact: (exact, estimated) => (estimated ? `${exact} (geschätzt)` : exact),
    referralId: id => `Empfehlung ${id}`,
  },

  link: {
    openReferral: () => 'Im Partner Center öffnen',
    openList: () => 'Liste im Partner Center öffnen',
    searchFor: name => `Die Schaltfläche öffnet die Liste der Empfehlungen. Suchen Sie dort nach „${name}“.`,
  },

  digest: {
    title: digestTitle,
    mostUrgent: left => `Die dringendste zuerst: ${left}`,
    more: count => `Und ${forms.number(count)} weitere: siehe Partner Center.`,
    why: of =>
      of === 'new'
        ? 'Sie erhalten diese Nachricht, weil viele Empfehlungen auf einmal eingegangen sind. Rückt das Ablaufdatum näher, wird jede einzeln gemeldet.'
        : 'Sie erhalten diese Nachricht, weil vieles auf einmal zu melden war.',
    subject: (total, of, left) => {
      const tags = {
        new: 'Neu',
        reminder: 'Erinnerung',
        warning: 'Warnung',
        critical: 'Kritisch',
        answered: 'Beantwortet',
        expired: 'Abgelaufen',
        gone: 'Nicht mehr sichtbar',
      };
      const count = of === 'new' ? digestTitle(total, of) : referrals(total);
      return `[${tags[of]}] ${left === null ? count : `${count}, die dringendste: ${left}`}`;
    },
  },

  plain: {
    title: of =>
      ({
        new: 'Neue Empfehlung',
        reminder: 'Erinnerung: unbeantwortete Empfehlung',
        warning: 'Warnung: unbeantwortete Empfehlung',
        critical: 'Kritisch: unbeantwortete Empfehlung',
        answered: 'Empfehlung beantwortet',
        expired: 'Empfehlung ohne Antwort abgelaufen',
        gone: 'Das Partner Center zeigt diese Empfehlung nicht mehr',
      })[of],
    why: () =>
      'Diese Nachricht ersetzt eine andere, die wegen ihres Inhalts abgewiesen wurde. Alles Weitere zeigt das Partner Center.',
  },

  lastResort: {
    title: count => `${unanswered(count)}: bitte sofort ansehen`,
    untold: () =>
      'Der Vertrieb war nicht zu erreichen: Keiner seiner Kanäle nimmt unsere Nachrichten an. Bitte antworten Sie im Partner Center oder leiten Sie diese Nachricht an den Vertrieb weiter.',
    blind: () =>
      'Wir kommen nicht an das heran, was wir dazu gespeichert haben; dies kann also eine Wiederholung sein. Beim letzten Abruf war noch nichts beantwortet und das Ablaufdatum nahe.',
    why: () => 'Sie erhalten diese Nachricht, weil sonst niemand rechtzeitig zu erreichen war.',
  },

  summary: {
    title: total => counted(total, 'Empfehlung wartet auf Antwort', 'Empfehlungen warten auf Antwort'),
    unclaimed: (count, total) =>
      count < total
        ? `Davon noch nicht übernommen: ${forms.number(count)}.`
        : total === 1
          ? 'Noch nicht übernommen.'
          : 'Davon ist noch keine übernommen.',
    claimedBy: name => `übernommen von ${name}`,
    why: () =>
      'Sie erhalten diese Nachricht, weil hier zu einer festen Zeit eine Übersicht der unbeantworteten Empfehlungen eingeht. Ist nichts offen, wird keine gesendet.',
    subject: (total, left) => `[Übersicht] ${unanswered(total)}, ${total === 1 ? left : `die dringendste: ${left}`}`,
  },

  report: {
    title: () => 'Wochenbericht: Empfehlungen',
    span: (from, to) => `${from} bis ${to}`,
    counts: reportCounts,
    label: {
      received: () => 'Eingegangen',
      accepted: () => 'Angenommen',
      declined: () => 'Abgelehnt',
      expired: () => 'Abgelaufen',
      gone: () => 'Zurückgezogen oder verborgen',
      pending: () => 'Am Ende offen',
      timeToTell: () => 'Zeit bis zur Meldung',
      timeToClaim: () => 'Zeit bis zur Übernahme',
      timeToAnswer: () => 'Zeit bis zur Antwort',
      valueAnswered: () => 'Wert (beantwortet)',
      valueExpired: () => 'Wert (abgelaufen)',
    },
    accepted: (count, won, lost) => {
      const since = [
        ...(won > 0 ? [`${forms.number(won)} gewonnen`] : []),
        ...(lost > 0 ? [`${forms.number(lost)} verloren`] : []),
      ];
      return since.length === 0 ? forms.number(count) : `${forms.number(count)}, davon ${forms.list(since)}`;
    },
    none: () => '–',
    timesNote: () =>
      'Alle Zeiten sind Medianwerte, gerechnet ab dem Zeitpunkt, zu dem die Empfehlung erstmals gesehen wurde. „Am Ende offen“ umfasst alles, was am Ende des Zeitraums auf Antwort wartete, unabhängig vom Alter.',
    daysTitle: () => 'Tag für Tag',
    day: (answered, expired) =>
      forms.items([
        ...(answered > 0 ? [`${forms.number(answered)} beantwortet`] : []),
        ...(expired > 0 ? [`${forms.number(expired)} abgelaufen`] : []),
      ]),
    quietDay: () => 'keine beantwortet, keine abgelaufen',
    answered: () => 'Beantwortet',
    expired: () => 'Abgelaufen',
    slowestTitle: () => 'Die langsamsten Antworten',
    slow: (customer, answer, duration) => `${customer}: Antwortzeit ${duration} (${answered(answer)})`,
    rulesTitle: () => 'Nach Regel',
    why: () =>
      'Sie erhalten diese Nachricht, weil hier zu einer festen Zeit ein Bericht über diese sieben Tage eingeht.',
    subject: (from, to, counts) => `[Bericht] Empfehlungen, ${from} bis ${to}: ${reportCounts(counts)}`,
  },

  sample: {
    customer: () => 'Beispielkunde',
    deal: () => 'Dies ist nur ein Beispiel',
    note: () =>
      'Dies ist ein Test: Ein Beispiel-Lead zeigt, dass Benachrichtigungen hier ankommen. Den Lead gibt es nicht, und es ist nichts zu tun.',
    subject: subject => `[Beispiel] ${subject}`,
    why: () => 'Sie erhalten diese Nachricht, weil jemand die Einrichtung von Referral Alerts prüft.',
  },

  page: {
    summary: (named, left) => `Unbeantwortete Empfehlung, ${left}: ${named}`,
    digest: digestTitle,
    notes: () => 'Hinweise',
  },

  detail: {
    pending: sort => one('Unbeantwortete', sort),
    noConsent: () =>
      'Der Kunde hat einer Kontaktaufnahme nicht zugestimmt. Klären Sie das, bevor Sie die Kontaktdaten unten verwenden.',
    contacts: () => 'Kontakte',
    moreContacts: count => `und ${forms.number(count)} weitere im Partner Center`,
    notes: () => 'Notizen',
    history: () => 'Verlauf',
    happened: {
      firstSeen: () => 'Erstmals gesehen',
      claimed: name => `Übernommen von ${name}`,
      released: name => `Übernahme aufgehoben von ${name}`,
      releasedFor: (name, holder) => `${name} hat die Übernahme von ${holder} aufgehoben`,
      snoozed: name => `Stummgeschaltet von ${name}`,
      answered: answer => `Beantwortet: ${answered(answer)}`,
      expired: () => 'Ohne Antwort abgelaufen',
      gone: () => 'Vom Partner Center nicht mehr angezeigt',
    },
    told: {
      new: () => 'Als neu gemeldet',
      escalation: before => `Gemeldet ${before} vor Ablauf`,
      answered: () => 'Als beantwortet gemeldet',
      expired: () => 'Als abgelaufen gemeldet',
      gone: () => 'Als nicht mehr sichtbar gemeldet',
    },
    channel: ({ by, audience, name }) => {
      const carriers = { teams: 'Teams', email: 'E-Mail', pager: 'Pager', bot: 'Teams-Bot' };
      const audiences = { sales: 'Vertrieb', 'on-call': 'Bereitschaft', operator: 'Betrieb' };
      return by === 'pager' ? carriers.pager : `${carriers[by]} (${name ?? audiences[audience]})`;
    },
    standing: {
      sending: () => 'wird gesendet',
      accepted: () => 'unterwegs',
      delivered: () => 'zugestellt',
      retry: () => 'wird erneut gesendet',
      doubtful: () => 'gesendet, aber ohne Bestätigung',
      rejected: () => 'nicht angenommen',
      refused: () => 'vom Kanal abgewiesen',
    },
    claimedUntil: (name, until) => `${name}, bis ${until}`,
    privacy: () =>
      'Nur Sie sehen dies. Kontakte und Notizen enthalten personenbezogene Daten: Geben Sie sie nicht weiter.',
  },

  bot: {
    button: {
      claim: () => 'Übernehmen',
      release: () => 'Übernahme aufheben',
      releaseAnyway: () => 'Trotzdem aufheben',
      details: () => 'Details',
      snooze: () => '1 Tag stummschalten',
      back: () => 'Zurück',
      next: () => 'Nächste',
      previous: () => 'Vorherige',
    },
    snoozedUntil: moment => `Stummgeschaltet bis ${moment}; kritische Benachrichtigungen kommen trotzdem.`,
    probablyAnsweredBy: name => `Vermutlich beantwortet von ${name} (hatte die Empfehlung übernommen).`,
    hadClaimed: name => `${name} hatte diese Empfehlung übernommen.`,
    nowIs: answer =>
      answer === 'expired'
        ? 'Nicht mehr offen: im Partner Center abgelaufen.'
        : answer === 'gone'
          ? 'Nicht mehr offen: im Partner Center nicht mehr sichtbar.'
          : `Nicht mehr offen. Status im Partner Center: ${answered(answer)}.`,
    louder: (named, left) => `${named}: ${left}, und niemand hat geantwortet.`,
    releaseOf: name => `Die Übernahme von ${name} aufheben?`,
    releaseIsTold: (name, since) =>
      `${name} hat diese Empfehlung übernommen (${since}) und wird benachrichtigt, wenn Sie die Übernahme aufheben.`,
    nothingReleased: () => 'Die Übernahme wurde nicht aufgehoben: Die Karte war nicht mehr aktuell.',
    released: (by, named) => `${by} hat Ihre Übernahme aufgehoben: ${named}.`,
    didNotWork: () => 'Das hat nicht funktioniert. Bitte versuchen Sie es in einer Minute noch einmal.',
    namesNothing: () => 'Diese Schaltfläche gehört zu keiner Empfehlung.',
    notAnswering: () =>
      'Das Partner Center antwortet gerade nicht; es wurde nichts geändert. Bitte versuchen Sie es in einer Minute noch einmal.',
    notWatchedYet: () =>
      'Diese Empfehlung ist offen, wird aber noch nicht überwacht. Bitte versuchen Sie es nach dem nächsten Abruf noch einmal.',
    notWatchedAnyMore: () => 'Diese Empfehlung wird nicht mehr überwacht.',
    notListedAnyMore: () => 'Diese Empfehlung ist nicht mehr offen: Das Partner Center führt sie nicht mehr auf.',
    partnerCenterSays: word => `Diese Empfehlung ist nicht mehr offen. Status im Partner Center: „${word}“.`,
    heldBy: (name, since) => `${name} hat diese Empfehlung bereits übernommen (${since}).`,
    tooLateToSnooze: () =>
      'So kurz vor dem Ablaufdatum lässt sich die Empfehlung nicht mehr stummschalten: Kritische Benachrichtigungen werden immer gesendet.',
    list: {
      title: count => counted(count, 'offene Empfehlung', 'offene Empfehlungen'),
      none: () => 'Nichts wartet auf Antwort',
      range: (from, to) => `${forms.number(from)} bis ${forms.number(to)}, die dringendste zuerst`,
      mostUrgentFirst: () => 'Die dringendste zuerst',
      claimedBy: name => `übernommen von ${name}`,
      notPending: word => `nicht mehr offen: ${word}`,
      why: () => 'Stand beim letzten Abruf des Partner Centers.',
      unnamed: id => `Empfehlung ${id}`,
    },
    say: {
      does: {
        use: () => 'Empfehlungen in diesem Kanal melden',
        useFor: () => 'dasselbe, mit einem Namen für diesen Kanal',
        stop: () => 'in diesem Kanal nichts mehr melden',
        status: () => 'wann das Partner Center zuletzt abgefragt wurde und wie viele Empfehlungen offen sind',
        list: () => 'die offenen Empfehlungen, die dringendste zuerst',
        help: () => 'diese Hilfe',
      },
      help: () =>
        'Ich melde diesem Team Empfehlungen aus dem Partner Center, bevor sie ablaufen. Erwähnen Sie mich und schreiben Sie:',
      greeting: () =>
        'Guten Tag! Ich überwache die Empfehlungen, die im Partner Center auf Antwort warten, und melde mich, wenn eine eintrifft und noch einmal, bevor sie abläuft.',
      chooseWhere: command =>
        `Noch melde ich nichts. Um festzulegen, wo ich melden soll, erwähnen Sie mich in einem Kanal und schreiben Sie ${command}. Das verstehe ich:`,
      onlyChannels: () => 'Ich kann nur in einem Kanal oder Gruppenchat melden. Erwähnen Sie mich bitte dort.',
      bound: (name, stopCommand) =>
        name === null
          ? `Dieser Kanal ist verbunden. Offene Empfehlungen folgen beim nächsten Abruf. Zum Beenden schreiben Sie ${stopCommand}.`
          : `Dieser Kanal ist als „${name}“ verbunden. Offene Empfehlungen folgen beim nächsten Abruf. Zum Beenden schreiben Sie ${stopCommand}.`,
      isBound: name => (name === null ? 'Dieser Kanal ist verbunden.' : `Dieser Kanal ist als „${name}“ verbunden.`),
      notBound: () => 'Dieser Kanal ist nicht verbunden: Ich melde hier nichts.',
      unbound: useCommand =>
        `In diesem Kanal melde ich nichts mehr. Mit ${useCommand} schalten Sie die Meldungen wieder ein.`,
      notAllowed: () => 'Das dürfen nur die Administratoren dieses Bots.',
      lastPoll: moment => `Letzter erfolgreicher Abruf: ${moment ?? 'noch keiner'}`,
      pending: count => `Offene Empfehlungen: ${forms.number(count)}`,
      nothingBoundYet: useCommand =>
        `Noch ist kein Kanal verbunden, deshalb melde ich keine Empfehlungen. Beginnen Sie mit ${useCommand}.`,
      notUnderstood: commands => `Das habe ich nicht verstanden. Schreiben Sie einen dieser Befehle: ${commands}.`,
    },
  },
};
