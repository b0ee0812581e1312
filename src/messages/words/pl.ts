import { createForms } from './forms.ts';
import type { Answer, DigestKind, ReportCounts, Sort, Words } from './words.ts';
import { SEGOE } from './writing.ts';

const forms = createForms('pl', { unknownDate: 'nieznana data', shortUnits: 'short' });

// People and dates stand behind a colon, because their endings are not known.
const SORTS: Record<Sort, string> = {
  lead: 'potencjalny klient',
  'co-sell': 'szansa współsprzedaży',
  referral: 'polecenie',
};
const SORTS_LARGE: Record<Sort, string> = {
  lead: 'Potencjalny klient',
  'co-sell': 'Szansa współsprzedaży',
  referral: 'Polecenie',
};
const NEW: Record<Sort, string> = { lead: 'nowy', 'co-sell': 'nowa', referral: 'nowe' };
const SHOWN_NO_MORE: Record<Sort, string> = {
  lead: 'tego potencjalnego klienta',
  'co-sell': 'tej szansy współsprzedaży',
  referral: 'tego polecenia',
};

const ANSWERS = {
  accepted: 'przyjęto',
  declined: 'odrzucono',
  won: 'przyjęto, sprzedaż wygrana',
  lost: 'przyjęto, sprzedaż przegrana',
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
  forms.items([
    counted(received, 'otrzymane', 'otrzymane', 'otrzymanych'),
    counted(answered, 'z odpowiedzią', 'z odpowiedzią', 'z odpowiedzią'),
    counted(expired, 'wygasłe', 'wygasłe', 'wygasłych'),
  ]);

const pendingWhy = (audience: 'sales' | 'on-call') =>
  audience === 'on-call'
    ? 'Otrzymujesz tę wiadomość, ponieważ masz dyżur, a na to polecenie nikt jeszcze nie odpowiedział w Centrum partnerskim. Gdy ktoś je tam przyjmie lub odrzuci, powiadomienia przestaną przychodzić.'
    : 'Otrzymujesz tę wiadomość, ponieważ na to polecenie nikt jeszcze nie odpowiedział w Centrum partnerskim. Gdy ktoś je tam przyjmie lub odrzuci, powiadomienia przestaną przychodzić.';

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
      answered: (sort, answer) => `${SORTS_LARGE[sort]} – udzielono odpowiedzi: ${answered(answer)}`,
      expired: sort =>
        sort === 'referral'
          ? 'Polecenie wygasło bez odpowiedzi'
          : `${SORTS_LARGE[sort]}: polecenie wygasło bez odpowiedzi`,
      gone: sort =>
        `Centrum partnerskie nie pokazuje już ${SHOWN_NO_MORE[sort]}: ${sort === 'referral' ? 'wycofano je' : 'polecenie wycofano'} lub nasze konto nie ma już do niego dostępu`,
    },
    urgency: {
      reminder: () => null,
      warning: () =>
        'Jeśli nikt nie odpowie na czas, to polecenie bezpowrotnie wygaśnie, a nadawca zostanie o tym powiadomiony.',
      critical: () =>
        'Ostatnia chwila: jeśli nikt nie odpowie na czas, to polecenie bezpowrotnie wygaśnie, a nadawca zostanie o tym powiadomiony.',
    },
    answerByEndOf: day => `termin odpowiedzi: ${day}, do końca dnia`,
    answerBy: moment => `termin odpowiedzi: ${moment}`,
    expiryWas: moment => `termin minął: ${moment}`,
    timeLeft: duration => `jeszcze ${duration}`,
    timeLeftWorking: (duration, workingDays) =>
      workingDays === 0
        ? `jeszcze ${duration}, poza czasem pracy`
        : `jeszcze ${duration} (${counted(workingDays, 'dzień roboczy', 'dni robocze', 'dni roboczych')})`,
    noTimeLeft: () => 'termin już minął',
    answeredAfter: duration => `czas odpowiedzi: ${duration}`,
    valueLost: money => `utracono ${money}`,
    expiredOn: moment => `termin minął: ${moment}`,
    why: {
      new: pendingWhy,
      escalation: pendingWhy,
      answered: () =>
        'Otrzymujesz tę wiadomość, ponieważ informowaliśmy tu już o tym poleceniu. Więcej wiadomości w tej sprawie nie będzie.',
      expired: () => 'Otrzymujesz tę wiadomość, ponieważ nikt nie odpowiedział na czas. Odpowiedzieć już się nie da.',
      gone: () =>
        'Otrzymujesz tę wiadomość, ponieważ informowaliśmy tu już o tym poleceniu. Więcej wiadomości w tej sprawie nie będzie.',
    },
    subject: {
      new: (customer, deal, left) => `[Nowe] ${about(customer, deal)} (${left})`,
      escalation: (customer, deal, shortLeft, isNew) =>
        `[${shortLeft === null ? 'Po terminie' : `Jeszcze ${shortLeft}`}] ${about(customer, deal)} (${isNew ? 'nowe, bez odpowiedzi' : 'bez odpowiedzi'})`,
      answered: (customer, answer) => `[Odpowiedziano] ${customer}: ${answered(answer)}`,
      expired: customer => `[Wygasło] ${customer}: nikt nie odpowiedział`,
      gone: customer => `[Już niewidoczne] ${customer}: polecenia nie ma już w Centrum partnerskim`,
    },
  },

  notes: {
    mayBeRepeat: () => 'To może być powtórzenie: nie wiemy, czy wiadomość dotarła za pierwszym razem.',
    isNew: () => 'To nowe polecenie: nie informowaliśmy tu jeszcze o nim.',
    unconfirmedSince: moment =>
      `Nie można potwierdzić bieżącego stanu, ponieważ Centrum partnerskie nie odpowiada (ostatnie potwierdzenie: ${moment}). Być może ktoś już odpowiedział.`,
    expiredUnconfirmed: moment =>
      `Nie udało się potwierdzić, że polecenie wygasło: Centrum partnerskie nie podaje informacji o tym poleceniu (ostatnie potwierdzenie: ${moment}). Być może ktoś zdążył odpowiedzieć.`,
    movedFrom: moment => `Termin się zmienił: poprzednio podany termin to ${moment}.`,
    datePassed: () =>
      'Termin minął, ale Centrum partnerskie nadal pokazuje to polecenie: być może wciąż można odpowiedzieć.',
    createdUnsure: () =>
      'Nie udało się odczytać daty utworzenia, więc termin jest niepewny: liczymy od chwili wykrycia polecenia.',
    late: due => `Ta wiadomość jest opóźniona. Planowana wysyłka: ${due}.`,
    nobodyTold: () => 'Wcześniej nikt nie otrzymał o tym wiadomości.',
    wasTold: () => 'Informowaliśmy o nim wcześniej, ale nikt nie odpowiedział.',
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
      place: () => 'Lokalizacja',
      size: () => 'Wielkość firmy',
      invitedBy: () => 'Zaproszenie od',
      created: () => 'Utworzono',
      expires: () => 'Termin',
      expired: () => 'Termin minął',
      expiryDate: () => 'Data wygaśnięcia',
      referral: () => 'Polecenie',
      engagement: () => 'Id. współpracy',
      claimed: () => 'Zajmuje się',
    },
    qualification: known =>
      ({
        direct: 'bezpośrednio od klienta',
        marketing: 'marketingowa',
        sales: 'sprzedażowa',
      })[known],
    asksForContact: () => 'klient prosi o kontakt',
    place: (city, country) => `${city}, ${country}`,
    rule: names => `Reguła: ${names}`,
    andMore: (shown, more) => `${forms.items(shown)} i jeszcze ${forms.number(more)}`,
    employees: range =>
      'moreThan' in range ? `ponad ${range.moreThan} pracowników` : `${range.from}–${range.to} pracowników`,
    expires: (exact, estimated) => (estimated ? `Termin: ${exact} (szacunkowo)` : `Termin: ${exact}`),
    exact: (exact, estimated) => (estimated ? `${exact} (szacunkowo)` : exact),
    referralId: id => `Polecenie ${id}`,
  },

  link: {
    openReferral: () => 'Otwórz w Centrum partnerskim',
    openList: () => 'Otwórz listę w Centrum partnerskim',
    searchFor: name => `Przycisk otwiera listę poleceń. Wyszukaj na niej: „${name}”.`,
  },

  digest: {
    title: digestTitle,
    mostUrgent: left => `Najpilniejsze na początku: ${left}`,
    more: count => `I jeszcze ${forms.number(count)} – zobacz w Centrum partnerskim.`,
    why: of =>
      of === 'new'
        ? 'Otrzymujesz tę wiadomość, ponieważ jednocześnie nadeszło wiele poleceń. O każdym przypomnimy osobno, gdy zbliży się jego termin.'
        : 'Otrzymujesz tę wiadomość, ponieważ jednocześnie było wiele spraw do przekazania.',
    subject: (total, of, left) => {
      const tags = {
        new: 'Nowe',
        reminder: 'Przypomnienie',
        warning: 'Ostrzeżenie',
        critical: 'Pilne',
        answered: 'Odpowiedziano',
        expired: 'Wygasło',
        gone: 'Już niewidoczne',
      };
      const count = of === 'new' ? digestTitle(total, of) : referrals(total);
      return `[${tags[of]}] ${left === null ? count : `${count}, najpilniejsze: ${left}`}`;
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
    why: () =>
      'Ta wiadomość zastępuje inną, której nie dostarczono ze względu na treść. Pozostałe informacje znajdziesz w Centrum partnerskim.',
  },

  lastResort: {
    title: count => `${unanswered(count)}: sprawdź od razu`,
    untold: () =>
      'Nie udało się powiadomić działu sprzedaży: żaden z jego kanałów nie przyjmuje naszych wiadomości. Odpowiedz w Centrum partnerskim lub przekaż sprawę właściwej osobie.',
    blind: () =>
      'Nie mamy dostępu do tego, co o tym zapisaliśmy, więc może to być powtórzenie. Gdy ostatnio sprawdzaliśmy, odpowiedzi nie było, a termin był bliski.',
    why: () => 'Otrzymujesz tę wiadomość, ponieważ nikogo innego nie udało się powiadomić na czas.',
  },

  summary: {
    title: total =>
      counted(total, 'polecenie czeka na odpowiedź', 'polecenia czekają na odpowiedź', 'poleceń czeka na odpowiedź'),
    unclaimed: (count, total) =>
      count < total
        ? `Jeszcze nieprzejęte: ${forms.number(count)}.`
        : total === 1
          ? 'Jeszcze nieprzejęte.'
          : 'Żadnego jeszcze nie przejęto.',
    claimedBy: name => `zajmuje się: ${name}`,
    why: () =>
      'Otrzymujesz tę wiadomość, ponieważ o stałej porze przychodzi tu podsumowanie poleceń, które czekają na odpowiedź. Gdy żadne nie czeka, nic nie wysyłamy.',
    subject: (total, left) => `[Podsumowanie] ${unanswered(total)}, ${total === 1 ? left : `najpilniejsze: ${left}`}`,
  },

  report: {
    title: () => 'Tygodniowy raport o poleceniach',
    span: (from, to) => `${from} – ${to}`,
    counts: reportCounts,
    label: {
      received: () => 'Otrzymane',
      accepted: () => 'Przyjęte',
      declined: () => 'Odrzucone',
      expired: () => 'Wygasłe',
      gone: () => 'Wycofane lub ukryte',
      pending: () => 'Bez odpowiedzi na koniec okresu',
      timeToTell: () => 'Czas do powiadomienia',
      timeToClaim: () => 'Czas do przejęcia',
      timeToAnswer: () => 'Czas odpowiedzi',
      valueAnswered: () => 'Wartość poleceń z odpowiedzią',
      valueExpired: () => 'Wartość wygasłych poleceń',
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
      'Czasy to mediany liczone od chwili wykrycia polecenia. „Bez odpowiedzi na koniec okresu” to wszystkie polecenia, które wtedy czekały na odpowiedź, niezależnie od daty otrzymania.',
    daysTitle: () => 'Dzień po dniu',
    day: (answered, expired) =>
      forms.items([
        ...(answered > 0 ? [`${forms.number(answered)} z odpowiedzią`] : []),
        ...(expired > 0 ? [counted(expired, 'wygasłe', 'wygasłe', 'wygasłych')] : []),
      ]),
    quietDay: () => 'brak odpowiedzi i wygaśnięć',
    answered: () => 'Z odpowiedzią',
    expired: () => 'Wygasłe',
    slowestTitle: () => 'Najwolniejsze odpowiedzi',
    slow: (customer, answer, duration) => `${customer}: czas odpowiedzi ${duration} (${answered(answer)})`,
    rulesTitle: () => 'Według reguł',
    why: () => 'Otrzymujesz tę wiadomość, ponieważ o stałej porze przychodzi tu raport z tych siedmiu dni.',
    subject: (from, to, counts) => `[Raport] Polecenia, ${from} – ${to} (${reportCounts(counts)})`,
  },

  sample: {
    customer: () => 'Przykładowy klient',
    deal: () => 'To tylko przykład',
    note: () =>
      'To jest test: przykładowy potencjalny klient pokazuje, że powiadomienia tu docierają. Taki klient nie istnieje i nic nie trzeba robić.',
    subject: subject => `[Przykład] ${subject}`,
    why: () => 'Otrzymujesz tę wiadomość, ponieważ ktoś sprawdza konfigurację aplikacji Referral Alerts.',
  },

  page: {
    summary: (named, left) => `Polecenie bez odpowiedzi, ${left}: ${named}`,
    digest: digestTitle,
    notes: () => 'Uwagi',
  },

  detail: {
    pending: sort => `${SORTS_LARGE[sort]} bez odpowiedzi`,
    noConsent: () =>
      'Klient nie wyraził zgody na kontakt. Wyjaśnij tę kwestię, zanim skorzystasz z poniższych danych kontaktowych.',
    contacts: () => 'Kontakty',
    moreContacts: count => `i jeszcze ${forms.number(count)} w Centrum partnerskim`,
    notes: () => 'Notatki',
    history: () => 'Historia',
    happened: {
      firstSeen: () => 'Wykryto po raz pierwszy',
      claimed: name => `Przejęcie przez: ${name}`,
      released: name => `Cofnięcie przejęcia przez: ${name}`,
      releasedFor: (name, holder) => `Cofnięcie przejęcia przez: ${name} (zajmowała się tym osoba: ${holder})`,
      snoozed: name => `Wyciszenie powiadomień przez: ${name}`,
      answered: answer => `Odpowiedź: ${answered(answer)}`,
      expired: () => 'Wygasło bez odpowiedzi',
      gone: () => 'Już niewidoczne w Centrum partnerskim',
    },
    told: {
      new: () => 'Powiadomienie: nowe',
      escalation: before => `Powiadomienie: ${before} przed terminem`,
      answered: () => 'Powiadomienie: odpowiedź',
      expired: () => 'Powiadomienie: wygasło',
      gone: () => 'Powiadomienie: już niewidoczne',
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
      retry: () => 'do ponownej wysyłki',
      doubtful: () => 'wysłano, bez potwierdzenia',
      rejected: () => 'nie przyjęto',
      refused: () => 'kanał odmówił',
    },
    claimedUntil: (name, until) => `${name}, do: ${until}`,
    privacy: () => 'Tylko Ty to widzisz. Kontakty i notatki zawierają dane osobowe: nie udostępniaj ich innym.',
  },

  bot: {
    button: {
      claim: () => 'Przejmij',
      release: () => 'Cofnij przejęcie',
      releaseAnyway: () => 'Cofnij mimo to',
      details: () => 'Szczegóły',
      snooze: () => 'Wycisz na 1 dzień',
      back: () => 'Wstecz',
      next: () => 'Następne',
      previous: () => 'Poprzednie',
    },
    snoozedUntil: moment => `Powiadomienia wyciszone do: ${moment} (z wyjątkiem pilnych).`,
    probablyAnsweredBy: name => `Odpowiedzi prawdopodobnie udzieliła osoba, która się tym zajmowała: ${name}.`,
    hadClaimed: name => `Osoba, która się tym zajmowała: ${name}.`,
    nowIs: answer =>
      answer === 'expired'
        ? 'Już nie czeka na odpowiedź: polecenie wygasło w Centrum partnerskim.'
        : answer === 'gone'
          ? 'Już nie czeka na odpowiedź: tego polecenia nie ma już w Centrum partnerskim.'
          : `Już nie czeka na odpowiedź. Odpowiedź w Centrum partnerskim: ${answered(answer)}.`,
    louder: (named, left) => `${named}: ${left}, a nikt nie odpowiedział.`,
    releaseOf: name => `Cofnąć przejęcie tego polecenia? Zajmuje się nim ${name}.`,
    releaseIsTold: (name, since) =>
      `Poleceniem zajmuje się ${name} (od: ${since}). Jeśli cofniesz przejęcie, ta osoba dostanie powiadomienie.`,
    nothingReleased: () => 'Przejęcia nie cofnięto: karta była nieaktualna.',
    released: (by, named) => `Nie zajmujesz się już poleceniem: ${named}. Przejęcie cofnęła osoba: ${by}.`,
    didNotWork: () => 'To się nie udało. Spróbuj ponownie za minutę.',
    namesNothing: () => 'Ten przycisk nie dotyczy żadnego polecenia z Centrum partnerskiego.',
    notAnswering: () =>
      'Centrum partnerskie teraz nie odpowiada, więc niczego nie zmieniono. Spróbuj ponownie za minutę.',
    notWatchedYet: () =>
      'To polecenie czeka na odpowiedź, ale jeszcze go nie śledzimy. Spróbuj ponownie po następnym sprawdzeniu.',
    notWatchedAnyMore: () => 'Tego polecenia już nie śledzimy.',
    notListedAnyMore: () => 'To polecenie nie czeka już na odpowiedź: nie ma go na liście w Centrum partnerskim.',
    partnerCenterSays: word => `To polecenie nie czeka już na odpowiedź. Stan w Centrum partnerskim: „${word}”.`,
    heldBy: (name, since) => `Tym poleceniem zajmuje się już ${name} (od: ${since}).`,
    tooLateToSnooze: () => 'Termin jest zbyt bliski, aby wyciszyć powiadomienia: pilne przychodzą zawsze.',
    list: {
      title: count => counted(count, 'oczekujące polecenie', 'oczekujące polecenia', 'oczekujących poleceń'),
      none: () => 'Nic nie czeka na odpowiedź',
      range: (from, to) => `${forms.number(from)}–${forms.number(to)}, najpilniejsze na początku`,
      mostUrgentFirst: () => 'Najpilniejsze na początku',
      claimedBy: name => `zajmuje się: ${name}`,
      notPending: word => `nie czeka już na odpowiedź: ${word}`,
      why: () => 'Lista z Centrum partnerskiego, stan z ostatniego sprawdzenia.',
      unnamed: id => `Polecenie ${id}`,
    },
    say: {
      does: {
        use: () => 'włącza w tym kanale powiadomienia o poleceniach',
        useFor: () => 'to samo, z nadaniem nazwy temu kanałowi',
        stop: () => 'wyłącza powiadomienia w tym kanale',
        status: () => 'kiedy ostatnio sprawdzono Centrum partnerskie i ile poleceń czeka na odpowiedź',
        list: () => 'oczekujące polecenia, najpilniejsze na początku',
        help: () => 'ta pomoc',
      },
      help: () =>
        'Informuję ten zespół o poleceniach z Centrum partnerskiego, zanim wygasną. Oznacz mnie (@) i napisz:',
      greeting: () =>
        'Dzień dobry! Pilnuję poleceń, które czekają na odpowiedź w Centrum partnerskim. Daję znać, gdy pojawia się nowe polecenie i gdy zbliża się termin odpowiedzi.',
      chooseWhere: command =>
        `Na razie nie wysyłam powiadomień. Aby wybrać kanał, oznacz mnie w nim (@) i napisz ${command}. Moje komendy:`,
      onlyChannels: () =>
        'Mogę wysyłać powiadomienia tylko w kanale lub w czacie grupowym. Oznacz mnie (@) właśnie tam.',
      bound: (name, stopCommand) =>
        name === null
          ? `Ten kanał jest podłączony. Oczekujące polecenia pojawią się przy następnym sprawdzeniu. Aby zakończyć, napisz ${stopCommand}.`
          : `Ten kanał jest podłączony jako „${name}”. Oczekujące polecenia pojawią się przy następnym sprawdzeniu. Aby zakończyć, napisz ${stopCommand}.`,
      isBound: name => (name === null ? 'Ten kanał jest podłączony.' : `Ten kanał jest podłączony jako „${name}”.`),
      notBound: () => 'Ten kanał nie jest podłączony: nie wysyłam tu powiadomień.',
      unbound: useCommand => `Nie wysyłam już powiadomień w tym kanale. Aby zacząć od nowa, napisz ${useCommand}.`,
      notAllowed: () => 'To mogą zrobić tylko administratorzy tego bota.',
      lastPoll: moment => `Ostatnie udane sprawdzenie: ${moment ?? 'jeszcze nie było'}`,
      pending: count => `Oczekujące polecenia: ${forms.number(count)}`,
      nothingBoundYet: useCommand =>
        `Żaden kanał nie jest jeszcze podłączony, więc nie informuję o żadnych poleceniach z Centrum partnerskiego. Zacznij od ${useCommand}.`,
      notUnderstood: commands => `Nie rozumiem. Napisz jedną z komend: ${commands}.`,
    },
  },
};
