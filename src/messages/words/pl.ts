import { createForms } from './forms.ts';
import type { Answer, DigestKind, ReportCounts, Sort, Words } from './words.ts';
import { SEGOE } from './writing.ts';

const forms = createForms('pl', { unknownDate: 'nieznana data', shortUnits: 'short' });

// People and dates stand behind a colon, because their endings are not known.
const SORTS: Record<Sort, string> = {
  lead: 'potencjalny klient',
  'co-sell': 'szansa wspólnej sprzedaży',
  referral: 'polecenie',
};
const SORTS_LARGE: Record<Sort, string> = {
  lead: 'Potencjalny klient',
  'co-sell': 'Szansa wspólnej sprzedaży',
  referral: 'Polecenie',
};
const NEW: Record<Sort, string> = { lead: 'nowy', 'co-sell': 'nowa', referral: 'nowe' };
const SHOWN_NO_MORE: Record<Sort, string> = {
  lead: 'tego potencjalnego klienta',
  'co-sell': 'tej szansy wspólnej sprzedaży',
  referral: 'tego polecenia',
};

const ANSWERS = {
  accepted: 'przyjęto',
  declined: 'odrzucono',
  won: 'przyjęto i wygrano',
  lost: 'przyjęto i przegrano',
  closed: 'udzielono odpowiedzi',
} as const;

const answered = (answer: Answer) => (typeof answer === 'string' ? ANSWERS[answer] : answer.word);

const about = (customer: string, deal: string | null) => (deal === null ? customer : `${customer}: ${deal}`);

/** `few` goes with 2, 3, 4, 22, …, `many` with 0, 5, 12, 21, …, `other` with fractions. */
const counted = (count: number, one: string, few: string, many: string, other = few) => {
  const number = forms.number(count);
  return forms.plural(count, {
    one: `${number} ${one}`,
    few: `${number} ${few}`,
    many: `${number} ${many}`,
    other: `${number} ${other}`,
  });
};

const referrals = (count: number) => counted(count, 'polecenie', 'polecenia', 'poleceń');
const unanswered = (count: number) => `${referrals(count)} bez odpowiedzi`;

const digestTitle = (total: number, of: DigestKind) =>
  ({
    new: counted(total, 'nowe polecenie', 'nowe polecenia', 'nowych poleceń'),
    reminder: `Przypomnienie: ${unanswered(total)}`,
    warning: `Ostrzeżenie: ${unanswered(total)}`,
    critical: `Pilne: ${unanswered(total)}`,
    answered: `${referrals(total)} z udzieloną odpowiedzią`,
    expired: counted(
      total,
      'polecenie wygasło bez odpowiedzi',
      'polecenia wygasły bez odpowiedzi',
      'poleceń wygasło bez odpowiedzi',
    ),
    gone: `Już nie w Centrum partnerskim: ${referrals(total)}`,
  })[of];

const reportCounts = ({ received, answered, expired }: ReportCounts) =>
  `otrzymane: ${forms.number(received)}, z odpowiedzią: ${forms.number(answered)}, wygasłe: ${forms.number(expired)}`;

const pendingWhy = (audience: 'sales' | 'on-call') =>
  audience === 'on-call'
    ? 'Widzisz to, ponieważ masz dyżur, a na to polecenie nikt jeszcze nie odpowiedział w Centrum partnerskim. Gdy ktoś je tam przyjmie lub odrzuci, alerty ustaną.'
    : 'Widzisz to, ponieważ na to polecenie nikt jeszcze nie odpowiedział w Centrum partnerskim. Gdy ktoś je tam przyjmie lub odrzuci, alerty ustaną.';

export const pl: Words = {
  language: 'pl',
  fonts: SEGOE,
  forms,

  lead: {
    sort: sort => SORTS_LARGE[sort],
    unnamed: () => 'Klient bez nazwy',
    titled: (customer, deal) => `${customer} – ${deal}`,
  },

  alert: {
    state: {
      new: sort => forms.capital(`${NEW[sort]} ${SORTS[sort]}`),
      escalation: (sort, severity, isNew) => {
        const severities = { reminder: 'Przypomnienie', warning: 'Ostrzeżenie', critical: 'Pilne' };
        return `${severities[severity]}: ${isNew ? `${NEW[sort]} ${SORTS[sort]}` : SORTS[sort]} bez odpowiedzi`;
      },
      answered: (sort, answer) => `${SORTS_LARGE[sort]}, odpowiedź: ${answered(answer)}`,
      expired: sort => `${SORTS_LARGE[sort]}: termin minął bez odpowiedzi`,
      gone: sort =>
        `Centrum partnerskie nie pokazuje już ${SHOWN_NO_MORE[sort]}: wycofano lub ukryto przed naszym kontem`,
    },
    urgency: {
      reminder: () => null,
      warning: sort =>
        `Bez odpowiedzi na czas to wygaśnie bezpowrotnie (${SORTS[sort]}), a nadawca dostanie o tym wiadomość.`,
      critical: sort =>
        `Ostatnia chwila: bez odpowiedzi na czas to wygaśnie bezpowrotnie (${SORTS[sort]}), a nadawca dostanie o tym wiadomość.`,
    },
    answerByEndOf: day => `odpowiedź do końca dnia: ${day}`,
    answerBy: moment => `odpowiedź do: ${moment}`,
    expiryWas: moment => `termin minął: ${moment}`,
    timeLeft: duration => `pozostało: ${duration}`,
    timeLeftWorking: (duration, workingDays) =>
      workingDays === 0
        ? `pozostało: ${duration}, poza czasem pracy`
        : `pozostało: ${duration} (${counted(workingDays, 'dzień roboczy', 'dni robocze', 'dni roboczych')})`,
    noTimeLeft: () => 'termin już minął',
    answeredAfter: duration => `czas do odpowiedzi: ${duration}`,
    valueLost: money => `utracono ${money}`,
    expiredOn: moment => `termin minął: ${moment}`,
    why: {
      new: pendingWhy,
      escalation: pendingWhy,
      answered: () => 'Widzisz to, ponieważ była już o tym tutaj mowa. To ostatnia wiadomość w tej sprawie.',
      expired: () => 'Widzisz to, ponieważ nikt nie odpowiedział na czas. Odpowiedzieć już się nie da.',
      gone: () => 'Widzisz to, ponieważ była już o tym tutaj mowa. To ostatnia wiadomość w tej sprawie.',
    },
    subject: {
      new: (customer, deal, left) => `[Nowe] ${about(customer, deal)} (${left})`,
      escalation: (customer, deal, shortLeft, isNew) =>
        `[${shortLeft === null ? 'Po terminie' : `Pozostało: ${shortLeft}`}] ${about(customer, deal)} (${isNew ? 'nowe, bez odpowiedzi' : 'bez odpowiedzi'})`,
      answered: (customer, answer) => `[Odpowiedź] ${customer}: ${answered(answer)}`,
      expired: customer => `[Wygasło] ${customer}: nikt nie odpowiedział`,
      gone: customer => `[Niewidoczne] ${customer}: nie ma już w Centrum partnerskim`,
    },
  },

  notes: {
    mayBeRepeat: () => 'To może być powtórzenie: nie wiemy, czy wiadomość dotarła za pierwszym razem.',
    isNew: () => 'To nowość: nie było jeszcze o tym tutaj mowy.',
    unconfirmedSince: moment =>
      `Stanu nie udało się potwierdzić (od: ${moment}), bo Centrum partnerskie nie odpowiada. Być może ktoś w tym czasie udzielił odpowiedzi.`,
    expiredUnconfirmed: moment =>
      `Nie udało się tego potwierdzić: Centrum partnerskie nic o tym nie mówi (od: ${moment}). Być może ktoś w tym czasie udzielił odpowiedzi.`,
    movedFrom: moment => `Termin się zmienił: wcześniej podaliśmy tutaj ${moment}.`,
    datePassed: () =>
      'Termin minął, ale Centrum partnerskie nadal pokazuje to polecenie: być może wciąż można odpowiedzieć.',
    createdUnsure: () =>
      'Nie udało się odczytać daty utworzenia, więc termin jest niepewny: liczymy od chwili, gdy polecenie zobaczyliśmy po raz pierwszy.',
    late: due => `Ta wiadomość przychodzi z opóźnieniem. Planowany termin: ${due}.`,
    nobodyTold: () => 'Wcześniej nikt nie otrzymał o tym wiadomości.',
    wasTold: () => 'Informowaliśmy o tym wcześniej, ale nikt nie odpowiedział.',
    claimedBy: (name, until) => `Zajmuje się tym: ${name}, do: ${until}.`,
    onDuty: people => `Teraz na dyżurze: ${forms.list(people.map(({ name, until }) => `${name} (do: ${until})`))}.`,
    factsUnknown: () =>
      'Polecenia nie udało się odczytać w całości, więc reguły nie mogły wybrać kanałów: na razie dostają je ci, którzy dostają całą resztę.',
    someColleague: () => 'ktoś z zespołu',
  },

  facts: {
    label: {
      value: () => 'Wartość',
      country: () => 'Kraj',
      solution: () => 'Rozwiązanie',
      qualification: () => 'Kwalifikacja',
      request: () => 'Prośba',
      place: () => 'Miejsce',
      size: () => 'Wielkość',
      invitedBy: () => 'Zaproszenie od',
      created: () => 'Utworzono',
      expires: () => 'Wygasa',
      expired: () => 'Wygasło',
      expiryDate: () => 'Data wygaśnięcia',
      referral: () => 'Polecenie',
      engagement: () => 'Id. współpracy',
      claimed: () => 'Zajmuje się',
    },
    qualification: known =>
      ({
        direct: 'bezpośrednio od klienta',
        marketing: 'kwalifikacja marketingu',
        sales: 'kwalifikacja sprzedaży',
      })[known],
    asksForContact: () => 'klient prosi o kontakt',
    rule: names => `Reguła: ${names}`,
    andMore: (shown, more) => `${forms.items(shown)} i jeszcze ${forms.number(more)}`,
    employees: range =>
      'moreThan' in range
        ? `Liczba pracowników: ponad ${range.moreThan}`
        : `Liczba pracowników: od ${range.from} do ${range.to}`,
    expires: (exact, estimated) => (estimated ? `Wygasa: ${exact} (szacunek)` : `Wygasa: ${exact}`),
    exact: (exact, estimated) => (estimated ? `${exact} (szacunek)` : exact),
    referralId: id => `Polecenie ${id}`,
  },

  link: {
    openReferral: () => 'Otwórz w Centrum partnerskim',
    openList: () => 'Otwórz listę w Centrum partnerskim',
    searchFor: name => `Przycisk otwiera listę poleceń. Wyszukaj na niej: „${name}”.`,
  },

  digest: {
    title: digestTitle,
    mostUrgent: left => `Najpilniejsze na początku, ${left}`,
    more: count => `I jeszcze ${forms.number(count)}: zobacz Centrum partnerskie.`,
    why: of =>
      of === 'new'
        ? 'Widzisz to, ponieważ naraz nadeszło wiele poleceń. O każdym przypomnimy osobno, gdy zbliży się jego termin.'
        : 'Widzisz to, ponieważ naraz było wiele do przekazania.',
    subject: (total, of, left) => {
      const tags = {
        new: 'Nowe',
        reminder: 'Przypomnienie',
        warning: 'Ostrzeżenie',
        critical: 'Pilne',
        answered: 'Odpowiedź',
        expired: 'Wygasło',
        gone: 'Niewidoczne',
      };
      const count = of === 'new' ? digestTitle(total, of) : referrals(total);
      return `[${tags[of]}] ${left === null ? count : `${count}, najpilniejsze – ${left}`}`;
    },
  },

  plain: {
    title: of =>
      ({
        new: 'Nowe polecenie',
        reminder: 'Przypomnienie: polecenie bez odpowiedzi',
        warning: 'Ostrzeżenie: polecenie bez odpowiedzi',
        critical: 'Pilne: polecenie bez odpowiedzi',
        answered: 'Na polecenie udzielono odpowiedzi',
        expired: 'Polecenie wygasło bez odpowiedzi',
        gone: 'Centrum partnerskie nie pokazuje już tego polecenia',
      })[of],
    why: () => 'Ta wiadomość zastępuje inną, odrzuconą ze względu na treść. Resztę pokazuje Centrum partnerskie.',
  },

  lastResort: {
    title: count => `${unanswered(count)}: zajmij się tym teraz`,
    untold: () =>
      'Nie udało się powiadomić działu sprzedaży: żaden z jego kanałów nie przyjmuje naszych wiadomości. Odpowiedz w Centrum partnerskim lub przekaż to dalej.',
    blind: () =>
      'Nie mamy dostępu do tego, co o tym zapisaliśmy, więc może to być powtórzenie. Gdy ostatnio sprawdzaliśmy, odpowiedzi nie było, a termin był bliski.',
    why: () => 'Widzisz to, ponieważ nikogo innego nie udało się powiadomić na czas.',
  },

  summary: {
    title: total =>
      counted(total, 'polecenie czeka na odpowiedź', 'polecenia czekają na odpowiedź', 'poleceń czeka na odpowiedź'),
    unclaimed: (count, total) =>
      count === total
        ? 'Nikt się jeszcze żadnym nie zajmuje.'
        : `Jeszcze nikt się nie zajmuje: ${forms.number(count)}.`,
    claimedBy: name => `zajmuje się: ${name}`,
    why: () =>
      'Widzisz to, ponieważ o stałej porze przychodzi tu podsumowanie tego, co czeka na odpowiedź. Gdy nic nie czeka, nic nie przychodzi.',
    subject: (total, left) => `[Podsumowanie] ${unanswered(total)}, najpilniejsze – ${left}`,
  },

  report: {
    title: () => 'Polecenia: raport tygodniowy',
    span: (from, to) => `${from} – ${to}`,
    counts: reportCounts,
    label: {
      received: () => 'Otrzymane',
      accepted: () => 'Przyjęte',
      declined: () => 'Odrzucone',
      expired: () => 'Wygasłe',
      gone: () => 'Wycofane lub ukryte',
      pending: () => 'Oczekujące na koniec',
      timeToTell: () => 'Czas do powiadomienia',
      timeToClaim: () => 'Czas do przejęcia',
      timeToAnswer: () => 'Czas do odpowiedzi',
      valueAnswered: () => 'Wartość z odpowiedzią',
      valueExpired: () => 'Wartość wygasła',
    },
    accepted: (count, won, lost) => {
      const since = [
        ...(won > 0 ? [`wygrane: ${forms.number(won)}`] : []),
        ...(lost > 0 ? [`przegrane: ${forms.number(lost)}`] : []),
      ];
      return since.length === 0 ? forms.number(count) : `${forms.number(count)}, w tym ${forms.list(since)}`;
    },
    none: () => 'brak',
    timesNote: () =>
      'Każdy czas to mediana liczona od chwili, gdy polecenie zobaczono po raz pierwszy. „Oczekujące na koniec” to wszystko, co wtedy czekało na odpowiedź, bez względu na wiek.',
    daysTitle: () => 'Dzień po dniu',
    day: (answered, expired) =>
      forms.items([
        ...(answered > 0 ? [`z odpowiedzią: ${forms.number(answered)}`] : []),
        ...(expired > 0 ? [`wygasłe: ${forms.number(expired)}`] : []),
      ]),
    quietDay: () => 'bez odpowiedzi i bez wygaśnięć',
    answered: () => 'Z odpowiedzią',
    expired: () => 'Wygasłe',
    slowestTitle: () => 'Najwolniejsze odpowiedzi',
    slow: (customer, answer, duration) => `${customer}: ${answered(answer)}, czas: ${duration}`,
    rulesTitle: () => 'Według reguł',
    why: () => 'Widzisz to, ponieważ o stałej porze przychodzi tu raport z tych siedmiu dni.',
    subject: (from, to, counts) => `[Raport] Polecenia, ${from} – ${to}: ${reportCounts(counts)}`,
  },

  sample: {
    customer: () => 'Przykładowy klient',
    deal: () => 'To tylko przykład',
    note: () =>
      'To jest test: przykładowy potencjalny klient pokazuje, że alerty tu docierają. Taki klient nie istnieje i nic nie trzeba robić.',
    subject: subject => `[Przykład] ${subject}`,
    why: () => 'Widzisz to, ponieważ ktoś sprawdza konfigurację Referral Alerts.',
  },

  page: {
    summary: (named, left) => `Polecenie bez odpowiedzi, ${left}: ${named}`,
    digest: digestTitle,
    notes: () => 'Uwagi',
  },

  detail: {
    pending: sort => `${SORTS_LARGE[sort]} bez odpowiedzi`,
    noConsent: () => 'Klient nie wyraził zgody na kontakt. Wyjaśnij to, zanim użyjesz poniższych danych kontaktowych.',
    contacts: () => 'Kontakty',
    moreContacts: count => `i jeszcze ${forms.number(count)} w Centrum partnerskim`,
    notes: () => 'Notatki',
    history: () => 'Co się wydarzyło',
    happened: {
      firstSeen: () => 'Pierwszy odczyt',
      claimed: name => `Przejęcie: ${name}`,
      released: name => `Zwolnienie: ${name}`,
      releasedFor: (name, holder) => `Zwolnienie: ${name} (wcześniej zajmuje się: ${holder})`,
      snoozed: name => `Wyciszenie: ${name}`,
      answered: answer => `Odpowiedź: ${answered(answer)}`,
      expired: () => 'Wygasło bez odpowiedzi',
      gone: () => 'Niewidoczne w Centrum partnerskim',
    },
    told: {
      new: () => 'Powiadomienie: nowe',
      escalation: before => `Powiadomienie (przed wygaśnięciem: ${before})`,
      answered: () => 'Powiadomienie: odpowiedź',
      expired: () => 'Powiadomienie: wygasło',
      gone: () => 'Powiadomienie: niewidoczne',
    },
    channel: ({ by, audience, name }) => {
      const carriers = { teams: 'Teams', email: 'E-mail', pager: 'Pager', bot: 'Bot aplikacji Teams' };
      const audiences = { sales: 'sprzedaż', 'on-call': 'dyżur', operator: 'obsługa' };
      return by === 'pager' ? carriers.pager : `${carriers[by]} (${name ?? audiences[audience]})`;
    },
    standing: {
      sending: () => 'w trakcie wysyłania',
      accepted: () => 'w drodze',
      delivered: () => 'dostarczono',
      retry: () => 'będzie wysłane ponownie',
      doubtful: () => 'wysłano, bez potwierdzenia',
      rejected: () => 'nie przyjęto',
      refused: () => 'kanał odmówił',
    },
    claimedUntil: (name, until) => `${name}, do: ${until}`,
    privacy: () => 'Tylko Ty to widzisz. Osoby i notatki to dane osobowe klienta: nie przekazuj ich dalej.',
  },

  bot: {
    button: {
      claim: () => 'Przejmij',
      release: () => 'Zwolnij',
      releaseAnyway: () => 'Zwolnij mimo to',
      details: () => 'Szczegóły',
      snooze: () => 'Wycisz na 1 dzień',
      back: () => 'Wstecz',
      next: () => 'Następne',
      previous: () => 'Poprzednie',
    },
    snoozedUntil: moment => `Wyciszono do: ${moment}; pilne alerty i tak przyjdą.`,
    probablyAnsweredBy: name => `Odpowiedzi zapewne udzielił(a) ${name} – ta osoba się tym zajmowała.`,
    hadClaimed: name => `Tym zajmował(a) się ${name}.`,
    nowIs: answer =>
      answer === 'expired'
        ? 'Już nie oczekuje: termin minął w Centrum partnerskim.'
        : answer === 'gone'
          ? 'Już nie oczekuje: nie widać tego w Centrum partnerskim.'
          : `Już nie oczekuje. Odpowiedź w Centrum partnerskim: ${answered(answer)}.`,
    louder: (named, left) => `${named}: ${left}, nadal nikt nie odpowiedział.`,
    releaseOf: name => `Zwolnić to, czym zajmuje się ${name}?`,
    releaseIsTold: (name, since) => `Zajmuje się tym ${name} (od: ${since}) i otrzyma wiadomość, jeśli to zwolnisz.`,
    nothingReleased: () => 'Niczego nie zwolniono: karta była nieaktualna.',
    released: (by, named) => `To już nie jest Twoje zadanie: ${named}. Zmiana: ${by}.`,
    didNotWork: () => 'To się nie udało. Spróbuj ponownie za minutę.',
    namesNothing: () => 'Ten przycisk nie dotyczy żadnego polecenia.',
    notAnswering: () =>
      'Centrum partnerskie teraz nie odpowiada, więc niczego nie zmieniono. Spróbuj ponownie za minutę.',
    notWatchedYet: () =>
      'To polecenie oczekuje, ale jeszcze go nie śledzimy. Spróbuj ponownie po następnym sprawdzeniu.',
    notWatchedAnyMore: () => 'Tego polecenia już nie śledzimy.',
    notListedAnyMore: () => 'To polecenie już nie oczekuje: nie ma go na liście w Centrum partnerskim.',
    partnerCenterSays: word => `To polecenie już nie oczekuje. Stan w Centrum partnerskim: ${word}.`,
    heldBy: (name, since) => `Tym już zajmuje się ${name} (od: ${since}).`,
    tooLateToSnooze: () => 'Termin jest zbyt bliski, aby wyciszyć: pilne alerty przychodzą zawsze.',
    list: {
      title: count => counted(count, 'oczekujące polecenie', 'oczekujące polecenia', 'oczekujących poleceń'),
      none: () => 'Nic nie czeka na odpowiedź',
      range: (from, to) => `Od ${forms.number(from)} do ${forms.number(to)}, najpilniejsze na początku`,
      mostUrgentFirst: () => 'Najpilniejsze na początku',
      claimedBy: name => `zajmuje się: ${name}`,
      notPending: word => `już nie oczekuje: ${word}`,
      why: () => 'Lista z Centrum partnerskiego przy ostatnim sprawdzeniu.',
      unnamed: id => `Polecenie ${id}`,
    },
    say: {
      does: {
        use: () => 'informowanie o poleceniach na tym kanale',
        useFor: () => 'to samo, z nazwą dla tego kanału',
        stop: () => 'koniec informowania na tym kanale',
        status: () => 'kiedy ostatnio odczytano Centrum partnerskie i ile poleceń oczekuje',
        list: () => 'oczekujące polecenia, najpilniejsze na początku',
        help: () => 'ta pomoc',
      },
      help: () =>
        'Informuję ten zespół o poleceniach z Centrum partnerskiego, zanim wygasną. Wspomnij o mnie (@) i napisz:',
      greeting: () =>
        'Dzień dobry! Pilnuję poleceń, które czekają na odpowiedź w Centrum partnerskim. Odzywam się, gdy przychodzi nowe i gdy zbliża się jego termin.',
      chooseWhere: command =>
        `Na razie nic nie mówię. Aby wybrać miejsce, wspomnij o mnie (@) na kanale i napisz ${command}. Rozumiem też:`,
      onlyChannels: () => 'Mogę informować tylko na kanale lub w czacie grupowym. Wspomnij o mnie tam.',
      bound: (name, stopCommand) =>
        name === null
          ? `Ten kanał jest podłączony. Oczekujące polecenia pojawią się przy następnym sprawdzeniu. Aby zakończyć, napisz ${stopCommand}.`
          : `Ten kanał jest podłączony jako „${name}”. Oczekujące polecenia pojawią się przy następnym sprawdzeniu. Aby zakończyć, napisz ${stopCommand}.`,
      isBound: name => (name === null ? 'Ten kanał jest podłączony.' : `Ten kanał jest podłączony jako „${name}”.`),
      notBound: () => 'Ten kanał nie jest podłączony: o niczym tu nie informuję.',
      unbound: useCommand => `Nie informuję już na tym kanale. Aby zacząć od nowa, napisz ${useCommand}.`,
      notAllowed: () => 'To mogą zrobić tylko administratorzy tego bota.',
      lastPoll: moment => `Ostatnie udane sprawdzenie: ${moment ?? 'jeszcze żadne'}`,
      pending: count => `Oczekujące polecenia: ${forms.number(count)}`,
      nothingBoundYet: useCommand =>
        `Żaden kanał nie jest jeszcze podłączony, więc nie mówię nic o poleceniach. Zacznij od ${useCommand}.`,
      notUnderstood: commands => `Nie rozumiem. Napisz ${commands}.`,
    },
  },
};
