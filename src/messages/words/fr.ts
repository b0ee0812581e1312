import { createForms } from './forms.ts';
import type { Answer, DigestKind, ReportCounts, Sort, Words } from './words.ts';
import { SEGOE } from './writing.ts';

// A space that does not break stands before a colon.
const forms = createForms('fr', {
  unknownDate: 'date inconnue',
  colon: '\u00a0:',
  shortUnits: 'short',
  duration: 'conjunction',
});

const SORTS: Record<Sort, string> = {
  lead: 'prospect',
  'co-sell': 'opportunité de co-vente',
  referral: 'référence',
};
const SORTS_LARGE: Record<Sort, string> = {
  lead: 'Prospect',
  'co-sell': 'Opportunité de co-vente',
  referral: 'Référence',
};
const THIS: Record<Sort, string> = {
  lead: 'ce prospect',
  'co-sell': 'cette opportunité de co-vente',
  referral: 'cette référence',
};

const ANSWERS = {
  accepted: 'acceptée',
  declined: 'refusée',
  won: 'acceptée, affaire gagnée',
  lost: 'acceptée, affaire perdue',
} as const;

/** Of the referral, whatever its sort. */
const answered = (answer: Answer) => (typeof answer === 'string' ? ANSWERS[answer] : answer.word);
/** A word of Partner Center's own has no gender that goes with the noun. */
const answeredReferral = (answer: Answer) =>
  typeof answer === 'string' ? `référence ${ANSWERS[answer]}` : `référence traitée (${answer.word})`;
/** What happened to the referral, after what else it is called. */
const ofReferral = (sort: Sort, happened: string) =>
  sort === 'referral' ? forms.capital(happened) : `${SORTS_LARGE[sort]}\u00a0: ${happened}`;

const about = (customer: string, deal: string | null) => (deal === null ? customer : `${customer}\u00a0: ${deal}`);

const counted = (count: number, singular: string, plural: string) => {
  const number = forms.number(count);
  return forms.plural(count, { one: `${number} ${singular}`, other: `${number} ${plural}` });
};

const referrals = (count: number) => counted(count, 'référence', 'références');
const unanswered = (count: number) =>
  counted(count, 'référence en attente de réponse', 'références en attente de réponse');

const digestTitle = (total: number, of: DigestKind) =>
  ({
    new: counted(total, 'nouvelle référence', 'nouvelles références'),
    reminder: `Rappel\u00a0: ${unanswered(total)}`,
    warning: `Avertissement\u00a0: ${unanswered(total)}`,
    critical: `Urgent\u00a0: ${unanswered(total)}`,
    answered: counted(total, 'référence traitée', 'références traitées'),
    expired: counted(total, 'référence expirée sans réponse', 'références expirées sans réponse'),
    gone: counted(
      total,
      'référence n’apparaît plus dans l’Espace partenaires',
      'références n’apparaissent plus dans l’Espace partenaires',
    ),
  })[of];

const reportCounts = ({ received, answered, expired }: ReportCounts) =>
  forms.items([
    counted(received, 'reçue', 'reçues'),
    counted(answered, 'traitée', 'traitées'),
    counted(expired, 'expirée', 'expirées'),
  ]);

const pendingWhy = (audience: 'sales' | 'on-call') =>
  audience === 'on-call'
    ? 'Vous recevez ce message car vous êtes d’astreinte et cette référence attend encore une réponse dans l’Espace partenaires. Les alertes cesseront dès qu’elle y sera acceptée ou refusée.'
    : 'Vous recevez ce message car cette référence attend encore une réponse dans l’Espace partenaires. Les alertes cesseront dès qu’elle y sera acceptée ou refusée.';

export const fr: Words = {
  language: 'fr',
  fonts: SEGOE,
  forms,

  lead: {
    sort: sort => SORTS_LARGE[sort],
    unnamed: () => 'Client non précisé',
    titled: (customer, deal) => `${customer} – ${deal}`,
  },

  alert: {
    state: {
      new: sort => (sort === 'lead' ? 'Nouveau prospect' : `Nouvelle ${SORTS[sort]}`),
      escalation: (sort, severity, isNew) => {
        const severities = { reminder: 'Rappel', warning: 'Avertissement', critical: 'Urgent' };
        const fresh = sort === 'lead' ? 'nouveau prospect' : `nouvelle ${SORTS[sort]}`;
        return `${severities[severity]}\u00a0: ${isNew ? fresh : SORTS[sort]} en attente de réponse`;
      },
      answered: (sort, answer) => ofReferral(sort, answeredReferral(answer)),
      expired: sort => ofReferral(sort, 'référence expirée sans réponse de notre part'),
      gone: sort =>
        `L’Espace partenaires n’affiche plus ${THIS[sort]}\u00a0: ${sort === 'lead' ? 'la référence' : 'elle'} a été retirée ou n’est plus visible pour notre compte`,
    },
    urgency: {
      reminder: () => null,
      warning: () =>
        'Sans réponse de votre part dans les délais, cette référence expirera définitivement et l’expéditeur en sera informé.',
      critical: () =>
        'Dernière chance\u00a0: sans réponse de votre part dans les délais, cette référence expirera définitivement et l’expéditeur en sera informé.',
    },
    answerByEndOf: day => `répondre au plus tard le ${day} inclus`,
    answerBy: moment => `répondre avant le ${moment}`,
    expiryWas: moment => `l’expiration était prévue le ${moment}`,
    timeLeft: duration => `encore ${duration}`,
    timeLeftWorking: (duration, workingDays) =>
      workingDays === 0
        ? `encore ${duration}, sans aucune heure ouvrée`
        : `encore ${duration} (${counted(workingDays, 'jour ouvré', 'jours ouvrés')})`,
    noTimeLeft: () => 'date d’expiration dépassée',
    answeredAfter: duration => `réponse en ${duration}`,
    valueLost: money => `${money} perdus`,
    expiredOn: moment => `a expiré le ${moment}`,
    why: {
      new: pendingWhy,
      escalation: pendingWhy,
      answered: () =>
        'Vous recevez ce message car la référence avait été signalée ici. Aucun autre message ne suivra à ce sujet.',
      expired: () => 'Vous recevez ce message car personne n’a répondu à temps. Il n’est plus possible de répondre.',
      gone: () =>
        'Vous recevez ce message car la référence avait été signalée ici. Aucun autre message ne suivra à ce sujet.',
    },
    subject: {
      new: (customer, deal, left) => `[Nouvelle] ${about(customer, deal)} (${left})`,
      escalation: (customer, deal, shortLeft, isNew) =>
        `[${shortLeft === null ? 'Délai dépassé' : `Encore ${shortLeft}`}] ${about(customer, deal)} (${isNew ? 'nouvelle, réponse attendue' : 'réponse attendue'})`,
      answered: (customer, answer) => `[Traitée] ${customer}\u00a0: ${answered(answer)}`,
      expired: customer => `[Expirée] ${customer}\u00a0: personne n’a répondu`,
      gone: customer => `[Retirée ou masquée] ${customer}\u00a0: n’apparaît plus dans l’Espace partenaires`,
    },
  },

  notes: {
    mayBeRepeat: () => 'Ce message est peut-être un doublon\u00a0: nous ne savons pas si le premier envoi est arrivé.',
    isNew: () => 'Nouvelle\u00a0: cette référence n’avait pas encore été signalée ici.',
    unconfirmedSince: moment =>
      `L’état n’a pas pu être confirmé depuis le ${moment}\u00a0: l’Espace partenaires ne répond pas. Quelqu’un a peut-être répondu entre-temps.`,
    expiredUnconfirmed: moment =>
      `L’expiration n’a pas pu être confirmée\u00a0: l’Espace partenaires ne nous en a rien dit depuis le ${moment}. Quelqu’un a peut-être répondu entre-temps.`,
    movedFrom: moment =>
      `La date d’expiration a changé\u00a0: la date indiquée ici jusqu’à présent était le ${moment}.`,
    datePassed: () =>
      'La date d’expiration est dépassée, mais l’Espace partenaires affiche encore la référence\u00a0: il est peut-être encore possible de répondre.',
    createdUnsure: () =>
      'La date de création n’a pas pu être lue, l’expiration est donc incertaine\u00a0: nous comptons à partir du moment où nous avons vu la référence pour la première fois.',
    late: due => `Ce message arrive en retard\u00a0: il était prévu le ${due}.`,
    nobodyTold: () => 'Personne n’en avait été informé auparavant.',
    wasTold: () => 'Cette référence avait été signalée, mais personne n’a répondu.',
    claimedBy: (name, until) => `Prise en charge\u00a0: ${name}, jusqu’au ${until}.`,
    onDuty: people =>
      `D’astreinte en ce moment\u00a0: ${forms.list(people.map(({ name, until }) => `${name} jusqu’au ${until}`))}.`,
    factsUnknown: () =>
      'La référence n’a pas pu être lue en entier, les règles n’ont donc pas pu choisir ses canaux\u00a0: elle est envoyée pour l’instant à ceux qui reçoivent tout le reste.',
    someColleague: () => 'un membre de l’équipe',
  },

  facts: {
    label: {
      value: () => 'Valeur',
      country: () => 'Pays',
      solution: () => 'Solution',
      qualification: () => 'Qualification',
      request: () => 'Demande',
      place: () => 'Lieu',
      size: () => 'Effectif',
      invitedBy: () => 'Invitation de',
      created: () => 'Créée le',
      expires: () => 'Date d’expiration',
      expired: () => 'Date d’expiration',
      expiryDate: () => 'Date d’expiration',
      referral: () => 'Référence',
      engagement: () => 'ID d’engagement',
      claimed: () => 'Prise en charge',
    },
    qualification: known =>
      ({
        direct: 'en direct du client',
        marketing: 'par le marketing',
        sales: 'par l’équipe commerciale',
      })[known],
    asksForContact: () => 'le client souhaite être contacté',
    place: (city, country) => `${city}, ${country}`,
    rule: names => `Règle\u00a0: ${names}`,
    andMore: (shown, more) => `${forms.items(shown)} et ${counted(more, 'autre', 'autres')}`,
    employees: range =>
      'moreThan' in range ? `plus de ${range.moreThan} salariés` : `${range.from} à ${range.to} salariés`,
    expires: (exact, estimated) =>
      estimated ? `Date d’expiration\u00a0: ${exact} (estimation)` : `Date d’expiration\u00a0: ${exact}`,
    exact: (exact, estimated) => (estimated ? `${exact} (estimation)` : exact),
    referralId: id => `Référence ${id}`,
  },

  link: {
    openReferral: () => 'Ouvrir l’Espace partenaires',
    openList: () => 'Ouvrir la liste (Espace partenaires)',
    searchFor: name => `Le bouton ouvre la liste des références. Cherchez-y «\u00a0${name}\u00a0».`,
  },

  digest: {
    title: digestTitle,
    mostUrgent: left => `La plus urgente en premier\u00a0: ${left}`,
    more: count => `Et ${counted(count, 'autre', 'autres')}, à voir dans l’Espace partenaires.`,
    why: of =>
      of === 'new'
        ? 'Vous recevez ce message car de nombreuses références sont arrivées en même temps. Chacune fera l’objet d’une alerte à l’approche de son expiration.'
        : 'Vous recevez ce message car il y avait beaucoup à signaler en même temps.',
    subject: (total, of, left) => {
      const tags = {
        new: 'Nouvelles',
        reminder: 'Rappel',
        warning: 'Avertissement',
        critical: 'Urgent',
        answered: 'Traitées',
        expired: 'Expirées',
        gone: 'Retirées ou masquées',
      };
      const count = of === 'new' ? digestTitle(total, of) : referrals(total);
      return `[${tags[of]}] ${left === null ? count : `${count}, la plus urgente\u00a0: ${left}`}`;
    },
  },

  plain: {
    title: of =>
      ({
        new: 'Nouvelle référence',
        reminder: 'Rappel\u00a0: référence en attente de réponse',
        warning: 'Avertissement\u00a0: référence en attente de réponse',
        critical: 'Urgent\u00a0: référence en attente de réponse',
        answered: 'Référence traitée',
        expired: 'Référence expirée sans réponse',
        gone: 'L’Espace partenaires n’affiche plus cette référence',
      })[of],
    why: () =>
      'Ce message en remplace un autre, rejeté en raison de son contenu. Les détails se trouvent dans l’Espace partenaires.',
  },

  lastResort: {
    title: count => `${unanswered(count)}\u00a0: à traiter maintenant`,
    untold: () =>
      'L’équipe commerciale n’a pas pu être prévenue\u00a0: aucun de ses canaux n’accepte nos messages. Répondez dans l’Espace partenaires ou faites suivre.',
    blind: () =>
      'Nous n’avons pas accès à nos propres données à ce sujet\u00a0: ce message est peut-être un doublon. À notre dernière lecture, il n’y avait pas de réponse et l’expiration était proche.',
    why: () => 'Vous recevez ce message car personne d’autre n’a pu être prévenu à temps.',
  },

  summary: {
    title: total => counted(total, 'référence attend une réponse', 'références attendent une réponse'),
    unclaimed: (count, total) =>
      count < total
        ? counted(count, 'n’est pas encore prise en charge.', 'ne sont pas encore prises en charge.')
        : total === 1
          ? 'Pas encore prise en charge.'
          : 'Aucune n’est prise en charge.',
    claimedBy: name => `prise en charge\u00a0: ${name}`,
    why: () =>
      'Vous recevez ce message car un récapitulatif des références en attente est envoyé ici à heure fixe. S’il n’y en a aucune, rien n’est envoyé.',
    subject: (total, left) =>
      `[Récapitulatif] ${unanswered(total)}, ${total === 1 ? left : `la plus urgente\u00a0: ${left}`}`,
  },

  report: {
    title: () => 'Références\u00a0: bilan de la semaine',
    span: (from, to) => `du ${from} au ${to}`,
    counts: reportCounts,
    label: {
      received: () => 'Reçues',
      accepted: () => 'Acceptées',
      declined: () => 'Refusées',
      expired: () => 'Expirées',
      gone: () => 'Retirées ou masquées',
      pending: () => 'En attente à la fin',
      timeToTell: () => 'Délai d’alerte',
      timeToClaim: () => 'Délai de prise en charge',
      timeToAnswer: () => 'Délai de réponse',
      valueAnswered: () => 'Valeur (traitées)',
      valueExpired: () => 'Valeur (expirées)',
    },
    accepted: (count, won, lost) => {
      const since = [
        ...(won > 0 ? [counted(won, 'gagnée', 'gagnées')] : []),
        ...(lost > 0 ? [counted(lost, 'perdue', 'perdues')] : []),
      ];
      return since.length === 0 ? forms.number(count) : `${forms.number(count)}, dont ${forms.list(since)}`;
    },
    none: () => '–',
    timesNote: () =>
      'Chaque délai est une médiane, comptée à partir du moment où une référence a été vue pour la première fois. «\u00a0En attente à la fin\u00a0» désigne tout ce qui attendait alors une réponse, quelle que soit son ancienneté.',
    daysTitle: () => 'Jour par jour',
    day: (answered, expired) =>
      forms.items([
        ...(answered > 0 ? [counted(answered, 'traitée', 'traitées')] : []),
        ...(expired > 0 ? [counted(expired, 'expirée', 'expirées')] : []),
      ]),
    quietDay: () => 'aucune réponse, aucune expiration',
    answered: () => 'Traitées',
    expired: () => 'Expirées',
    slowestTitle: () => 'Réponses les plus lentes',
    slow: (customer, answer, duration) => `${customer}\u00a0: réponse en ${duration} (${answered(answer)})`,
    rulesTitle: () => 'Par règle',
    why: () => 'Vous recevez ce message car le bilan de ces sept jours est envoyé ici à heure fixe.',
    subject: (from, to, counts) => `[Bilan] Références du ${from} au ${to}\u00a0: ${reportCounts(counts)}`,
  },

  sample: {
    customer: () => 'Client fictif',
    deal: () => 'Ceci n’est qu’un exemple',
    note: () =>
      'Ceci est un test\u00a0: un prospect fictif, pour vérifier que les alertes arrivent ici. Ce prospect n’existe pas et il n’y a rien à faire.',
    subject: subject => `[Exemple] ${subject}`,
    why: () => 'Vous recevez ce message car quelqu’un vérifie la configuration de Referral Alerts.',
  },

  page: {
    summary: (named, left) => `Référence en attente de réponse, ${left}\u00a0: ${named}`,
    digest: digestTitle,
    notes: () => 'Remarques',
  },

  detail: {
    pending: sort => `${SORTS_LARGE[sort]} en attente de réponse`,
    noConsent: () =>
      'Le client n’a pas consenti à être contacté. Réglez ce point avant d’utiliser les coordonnées ci-dessous.',
    contacts: () => 'Contacts',
    moreContacts: count => `et ${counted(count, 'autre', 'autres')} dans l’Espace partenaires`,
    notes: () => 'Notes',
    history: () => 'Historique',
    happened: {
      firstSeen: () => 'Vue pour la première fois',
      claimed: name => `Prise en charge par ${name}`,
      released: name => `Référence libérée par ${name}`,
      releasedFor: (name, holder) => `Référence libérée par ${name} (elle était prise en charge par ${holder})`,
      snoozed: name => `Alertes suspendues par ${name}`,
      answered: answer => forms.capital(answeredReferral(answer)),
      expired: () => 'Expirée sans réponse',
      gone: () => 'N’apparaît plus dans l’Espace partenaires',
    },
    told: {
      new: () => 'Alerte\u00a0: nouvelle référence',
      escalation: before => `Alerte ${before} avant l’expiration`,
      answered: () => 'Alerte\u00a0: référence traitée',
      expired: () => 'Alerte\u00a0: référence expirée',
      gone: () => 'Alerte\u00a0: retirée ou masquée',
    },
    channel: ({ by, audience, name }) => {
      const carriers = { teams: 'Teams', email: 'E-mail', pager: 'Pager', bot: 'Bot Teams' };
      const audiences = { sales: 'équipe commerciale', 'on-call': 'astreinte', operator: 'exploitation' };
      return by === 'pager' ? carriers.pager : `${carriers[by]} (${name ?? audiences[audience]})`;
    },
    standing: {
      sending: () => 'envoi en cours',
      accepted: () => 'en chemin',
      delivered: () => 'remise',
      retry: () => 'sera renvoyée',
      doubtful: () => 'envoyée, sans confirmation',
      rejected: () => 'non acceptée',
      refused: () => 'refusée par le canal',
    },
    claimedUntil: (name, until) => `${name}, jusqu’au ${until}`,
    privacy: () =>
      'Ce message n’est visible que par vous. Les contacts et les notes contiennent des données personnelles\u00a0: ne les transmettez pas.',
  },

  bot: {
    button: {
      claim: () => 'Prendre en charge',
      release: () => 'Libérer',
      releaseAnyway: () => 'Libérer quand même',
      details: () => 'Détails',
      snooze: () => 'Suspendre 1 jour',
      back: () => 'Retour',
      next: () => 'Suivantes',
      previous: () => 'Précédentes',
    },
    snoozedUntil: moment =>
      `Alertes suspendues jusqu’au ${moment}\u00a0; les alertes urgentes sont envoyées quand même.`,
    probablyAnsweredBy: name => `Réponse probablement donnée par ${name}, qui s’en chargeait.`,
    hadClaimed: name => `Cette référence était prise en charge par ${name}.`,
    nowIs: answer =>
      answer === 'expired'
        ? 'Cette référence n’est plus en attente\u00a0: elle a expiré dans l’Espace partenaires.'
        : answer === 'gone'
          ? 'Cette référence n’est plus en attente\u00a0: elle n’apparaît plus dans l’Espace partenaires.'
          : `Cette référence n’est plus en attente. État dans l’Espace partenaires\u00a0: ${answered(answer)}.`,
    louder: (named, left) => `${named}\u00a0: ${left}, et personne n’a répondu.`,
    releaseOf: name => `Libérer la référence prise en charge par ${name}\u00a0?`,
    releaseIsTold: (name, since) =>
      `${name} s’en charge depuis le ${since} et recevra un message si vous libérez la référence.`,
    nothingReleased: () => 'La référence n’a pas été libérée\u00a0: la carte n’était plus à jour.',
    released: (by, named) => `${by} a libéré la référence dont vous vous chargiez\u00a0: ${named}.`,
    didNotWork: () => 'Cela n’a pas fonctionné. Réessayez dans une minute.',
    namesNothing: () => 'Ce bouton ne correspond à aucune référence.',
    notAnswering: () =>
      'L’Espace partenaires ne répond pas pour le moment, rien n’a donc été modifié. Réessayez dans une minute.',
    notWatchedYet: () =>
      'Cette référence est en attente, mais n’est pas encore suivie. Réessayez après la prochaine vérification.',
    notWatchedAnyMore: () => 'Cette référence n’est plus suivie.',
    notListedAnyMore: () =>
      'Cette référence n’est plus en attente\u00a0: elle n’apparaît plus dans la liste de l’Espace partenaires.',
    partnerCenterSays: word =>
      `Cette référence n’est plus en attente. État dans l’Espace partenaires\u00a0: «\u00a0${word}\u00a0».`,
    heldBy: (name, since) => `${name} s’en charge déjà, depuis le ${since}.`,
    tooLateToSnooze: () =>
      'L’expiration est trop proche pour suspendre les alertes\u00a0: les alertes urgentes sont toujours envoyées.',
    list: {
      title: count => counted(count, 'référence en attente', 'références en attente'),
      none: () => 'Rien n’attend de réponse',
      range: (from, to) => `${forms.number(from)} à ${forms.number(to)}, la plus urgente en premier`,
      mostUrgentFirst: () => 'La plus urgente en premier',
      claimedBy: name => `prise en charge\u00a0: ${name}`,
      notPending: word => `n’est plus en attente\u00a0: ${word}`,
      why: () => 'Situation lors de la dernière vérification de l’Espace partenaires.',
      unnamed: id => `Référence ${id}`,
    },
    say: {
      does: {
        use: () => 'signaler les références dans ce canal',
        useFor: () => 'la même chose, en donnant un nom à ce canal',
        stop: () => 'ne plus rien signaler dans ce canal',
        status: () => 'date de la dernière vérification de l’Espace partenaires et nombre de références en attente',
        list: () => 'les références en attente, la plus urgente en premier',
        help: () => 'cette aide',
      },
      help: () =>
        'Je signale à cette équipe les références de l’Espace partenaires avant leur expiration. Mentionnez-moi et écrivez\u00a0:',
      greeting: () =>
        'Bonjour\u00a0! Je surveille les références qui attendent une réponse dans l’Espace partenaires. Je vous préviens dès qu’il en arrive une, puis à l’approche de son expiration.',
      chooseWhere: command =>
        `Pour l’instant, je ne signale rien. Pour choisir un canal, mentionnez-moi dans celui-ci et écrivez ${command}. Voici mes commandes\u00a0:`,
      onlyChannels: () =>
        'Je ne peux envoyer d’alertes que dans un canal ou une conversation de groupe. Mentionnez-moi dans l’un des deux.',
      bound: (name, stopCommand) =>
        name === null
          ? `Ce canal est connecté. Les références en attente suivront à la prochaine vérification. Écrivez ${stopCommand} pour arrêter.`
          : `Ce canal est connecté sous le nom «\u00a0${name}\u00a0». Les références en attente suivront à la prochaine vérification. Écrivez ${stopCommand} pour arrêter.`,
      isBound: name =>
        name === null ? 'Ce canal est connecté.' : `Ce canal est connecté sous le nom «\u00a0${name}\u00a0».`,
      notBound: () => 'Ce canal n’est pas connecté\u00a0: je n’y signale rien.',
      unbound: useCommand => `Je ne signale plus rien dans ce canal. Écrivez ${useCommand} pour recommencer.`,
      notAllowed: () => 'Seuls les administrateurs de ce bot peuvent faire cela.',
      lastPoll: moment => `Dernière vérification réussie\u00a0: ${moment ?? 'aucune'}`,
      pending: count => `Références en attente\u00a0: ${forms.number(count)}`,
      nothingBoundYet: useCommand =>
        `Aucun canal n’est encore connecté, je ne signale donc aucune référence. Commencez par ${useCommand}.`,
      notUnderstood: commands => `Je n’ai pas compris. Écrivez l’une de ces commandes\u00a0: ${commands}.`,
    },
  },
};
