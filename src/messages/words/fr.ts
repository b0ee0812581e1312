import { createForms } from './forms.ts';
import type { Answer, DigestKind, ReportCounts, Sort, Words } from './words.ts';
import { SEGOE } from './writing.ts';

// A space that does not break stands before a colon.
const forms = createForms('fr', { unknownDate: 'date inconnue', colon: '\u00a0:', shortUnits: 'short' });

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
/** A participle that goes with the noun. */
const agreeing = (participle: string, sort: Sort) => (sort === 'lead' ? participle : `${participle}e`);

const ANSWERS = {
  accepted: 'acceptation',
  declined: 'refus',
  won: 'acceptation, affaire gagnée',
  lost: 'acceptation, affaire perdue',
  closed: 'réponse donnée',
} as const;

/** A noun, so that it agrees with whatever was answered. */
const answered = (answer: Answer) => (typeof answer === 'string' ? ANSWERS[answer] : answer.word);

const about = (customer: string, deal: string | null) => (deal === null ? customer : `${customer}\u00a0: ${deal}`);

const counted = (count: number, singular: string, plural: string) => {
  const number = forms.number(count);
  return forms.plural(count, { one: `${number} ${singular}`, other: `${number} ${plural}` });
};

const referrals = (count: number) => counted(count, 'référence', 'références');
const unanswered = (count: number) => counted(count, 'référence sans réponse', 'références sans réponse');

const digestTitle = (total: number, of: DigestKind) =>
  ({
    new: counted(total, 'nouvelle référence', 'nouvelles références'),
    reminder: `Rappel\u00a0: ${unanswered(total)}`,
    warning: `Avertissement\u00a0: ${unanswered(total)}`,
    critical: `Critique\u00a0: ${unanswered(total)}`,
    answered: counted(total, 'référence a reçu une réponse', 'références ont reçu une réponse'),
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
        const severities = { reminder: 'Rappel', warning: 'Avertissement', critical: 'Critique' };
        const fresh = sort === 'lead' ? 'nouveau prospect' : `nouvelle ${SORTS[sort]}`;
        return `${severities[severity]}\u00a0: ${isNew ? fresh : SORTS[sort]} sans réponse`;
      },
      answered: (sort, answer) => `${SORTS_LARGE[sort]}\u00a0: réponse donnée (${answered(answer)})`,
      expired: sort => `${SORTS_LARGE[sort]} ${agreeing('expiré', sort)} sans réponse`,
      gone: sort =>
        `L’Espace partenaires n’affiche plus ${THIS[sort]}\u00a0: retrait, ou accès masqué pour notre compte`,
    },
    urgency: {
      reminder: () => null,
      warning: sort => `Sans réponse à temps, ${THIS[sort]} expirera définitivement et l’expéditeur en sera informé.`,
      critical: sort =>
        `Dernier rappel\u00a0: sans réponse à temps, ${THIS[sort]} expirera définitivement et l’expéditeur en sera informé.`,
    },
    answerByEndOf: day => `répondre au plus tard le ${day} (fin de journée)`,
    answerBy: moment => `répondre avant le ${moment}`,
    expiryWas: moment => `a expiré le ${moment}`,
    timeLeft: duration => `reste ${duration}`,
    timeLeftWorking: (duration, workingDays) =>
      workingDays === 0
        ? `reste ${duration}, hors temps de travail`
        : `reste ${duration} (${counted(workingDays, 'jour ouvré', 'jours ouvrés')})`,
    noTimeLeft: () => 'date d’expiration dépassée',
    answeredAfter: duration => `réponse en ${duration}`,
    valueLost: money => `${money} perdus`,
    expiredOn: moment => `a expiré le ${moment}`,
    why: {
      new: pendingWhy,
      escalation: pendingWhy,
      answered: () => 'Vous recevez ce message car la référence avait été signalée ici. C’est le dernier à son sujet.',
      expired: () => 'Vous recevez ce message car personne n’a répondu à temps. Il n’est plus possible de répondre.',
      gone: () => 'Vous recevez ce message car la référence avait été signalée ici. C’est le dernier à son sujet.',
    },
    subject: {
      new: (customer, deal, left) => `[Nouveau] ${about(customer, deal)} (${left})`,
      escalation: (customer, deal, shortLeft, isNew) =>
        `[${shortLeft === null ? 'Délai dépassé' : `Reste ${shortLeft}`}] ${about(customer, deal)} (${isNew ? 'nouveau, sans réponse' : 'sans réponse'})`,
      answered: (customer, answer) => `[Réponse donnée] ${customer}\u00a0: ${answered(answer)}`,
      expired: customer => `[Expiré] ${customer}\u00a0: personne n’a répondu`,
      gone: customer => `[Disparu] ${customer}\u00a0: n’apparaît plus dans l’Espace partenaires`,
    },
  },

  notes: {
    mayBeRepeat: () => 'Ce message est peut-être une répétition\u00a0: nous ignorons si le premier envoi est arrivé.',
    isNew: () => 'Nouveau\u00a0: cela n’avait pas encore été signalé ici.',
    unconfirmedSince: moment =>
      `L’état n’a pas pu être confirmé depuis le ${moment}\u00a0: l’Espace partenaires ne répond pas. Quelqu’un a peut-être répondu entre-temps.`,
    expiredUnconfirmed: moment =>
      `Cela n’a pas pu être confirmé\u00a0: l’Espace partenaires ne nous en a rien dit depuis le ${moment}. Quelqu’un a peut-être répondu entre-temps.`,
    movedFrom: moment => `L’expiration a été déplacée\u00a0: la date signalée ici auparavant était le ${moment}.`,
    datePassed: () =>
      'La date est dépassée, mais l’Espace partenaires affiche encore la référence\u00a0: il est peut-être encore possible de répondre.',
    createdUnsure: () =>
      'La date de création n’a pas pu être lue, l’expiration est donc incertaine\u00a0: nous comptons à partir du moment où nous avons vu la référence pour la première fois.',
    late: due => `Ce message arrive en retard\u00a0: il était prévu le ${due}.`,
    nobodyTold: () => 'Personne n’en avait été informé auparavant.',
    wasTold: () => 'Cela avait été signalé, et personne n’a répondu.',
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
      created: () => 'Création',
      expires: () => 'Expire le',
      expired: () => 'Expiration',
      expiryDate: () => 'Date d’expiration',
      referral: () => 'Référence',
      engagement: () => 'ID d’engagement',
      claimed: () => 'Prise en charge',
    },
    qualification: known =>
      ({
        direct: 'en direct du client',
        marketing: 'qualification par le marketing',
        sales: 'qualification par les ventes',
      })[known],
    asksForContact: () => 'le client souhaite être contacté',
    rule: names => `Règle\u00a0: ${names}`,
    andMore: (shown, more) => `${forms.items(shown)} et ${counted(more, 'autre', 'autres')}`,
    employees: range =>
      'moreThan' in range ? `Plus de ${range.moreThan} salariés` : `De ${range.from} à ${range.to} salariés`,
    expires: (exact, estimated) => (estimated ? `Expire le ${exact} (estimation)` : `Expire le ${exact}`),
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
        new: 'Nouveau',
        reminder: 'Rappel',
        warning: 'Avertissement',
        critical: 'Critique',
        answered: 'Réponse donnée',
        expired: 'Expiré',
        gone: 'Disparu',
      };
      const count = of === 'new' ? digestTitle(total, of) : referrals(total);
      return `[${tags[of]}] ${left === null ? count : `${count}, la plus urgente\u00a0: ${left}`}`;
    },
  },

  plain: {
    title: of =>
      ({
        new: 'Nouvelle référence',
        reminder: 'Rappel\u00a0: référence sans réponse',
        warning: 'Avertissement\u00a0: référence sans réponse',
        critical: 'Critique\u00a0: référence sans réponse',
        answered: 'Une réponse a été donnée à la référence',
        expired: 'Référence expirée sans réponse',
        gone: 'L’Espace partenaires n’affiche plus cette référence',
      })[of],
    why: () =>
      'Ce message en remplace un autre, refusé à cause de son contenu. Le reste se trouve dans l’Espace partenaires.',
  },

  lastResort: {
    title: count => `${unanswered(count)}\u00a0: à traiter maintenant`,
    untold: () =>
      'L’équipe commerciale n’a pas pu être prévenue\u00a0: aucun de ses canaux n’accepte nos messages. Répondez dans l’Espace partenaires ou faites suivre.',
    blind: () =>
      'Nous n’avons pas accès à nos propres données à ce sujet\u00a0: ce message est peut-être une répétition. À notre dernière lecture, il n’y avait pas de réponse et l’expiration était proche.',
    why: () => 'Vous recevez ce message car personne d’autre n’a pu être prévenu à temps.',
  },

  summary: {
    title: total => counted(total, 'référence attend une réponse', 'références attendent une réponse'),
    unclaimed: (count, total) =>
      count === total
        ? 'Aucune n’est prise en charge.'
        : counted(count, 'n’est pas encore prise en charge.', 'ne sont pas encore prises en charge.'),
    claimedBy: name => `prise en charge\u00a0: ${name}`,
    why: () =>
      'Vous recevez ce message car un récapitulatif de ce qui attend une réponse arrive ici à heure fixe. Si rien n’attend, rien n’est envoyé.',
    subject: (total, left) => `[Récapitulatif] ${unanswered(total)}, la plus urgente\u00a0: ${left}`,
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
      timeToTell: () => 'Délai de signalement',
      timeToClaim: () => 'Délai de prise en charge',
      timeToAnswer: () => 'Délai de réponse',
      valueAnswered: () => 'Valeur traitée',
      valueExpired: () => 'Valeur expirée',
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
    slow: (customer, answer, duration) => `${customer}\u00a0: ${answered(answer)} en ${duration}`,
    rulesTitle: () => 'Règle par règle',
    why: () => 'Vous recevez ce message car un bilan de ces sept jours arrive ici à heure fixe.',
    subject: (from, to, counts) => `[Bilan] Références du ${from} au ${to}\u00a0: ${reportCounts(counts)}`,
  },

  sample: {
    customer: () => 'Client d’exemple',
    deal: () => 'Ceci n’est qu’un exemple',
    note: () =>
      'Ceci est un test\u00a0: un prospect fictif, pour vérifier que les alertes arrivent ici. Ce prospect n’existe pas et il n’y a rien à faire.',
    subject: subject => `[Exemple] ${subject}`,
    why: () => 'Vous recevez ce message car quelqu’un vérifie la configuration de Referral Alerts.',
  },

  page: {
    summary: (named, left) => `Référence sans réponse, ${left}\u00a0: ${named}`,
    digest: digestTitle,
    notes: () => 'Remarques',
  },

  detail: {
    pending: sort => `${SORTS_LARGE[sort]} sans réponse`,
    noConsent: () =>
      'Le client n’a pas consenti à être contacté. Réglez ce point avant d’utiliser les coordonnées ci-dessous.',
    contacts: () => 'Contacts',
    moreContacts: count => `et ${counted(count, 'autre', 'autres')} dans l’Espace partenaires`,
    notes: () => 'Notes',
    history: () => 'Historique',
    happened: {
      firstSeen: () => 'Première lecture',
      claimed: name => `Prise en charge par ${name}`,
      released: name => `Prise en charge libérée par ${name}`,
      releasedFor: (name, holder) => `Prise en charge de ${holder} libérée par ${name}`,
      snoozed: name => `Alertes en pause, par ${name}`,
      answered: answer => `Réponse donnée\u00a0: ${answered(answer)}`,
      expired: () => 'Expiration sans réponse',
      gone: () => 'N’apparaît plus dans l’Espace partenaires',
    },
    told: {
      new: () => 'Signalement\u00a0: nouveau',
      escalation: before => `Signalement ${before} avant l’expiration`,
      answered: () => 'Signalement\u00a0: réponse donnée',
      expired: () => 'Signalement\u00a0: expiration',
      gone: () => 'Signalement\u00a0: disparition',
    },
    channel: ({ by, audience, name }) => {
      const carriers = { teams: 'Teams', email: 'E-mail', pager: 'Pager', bot: 'Bot Teams' };
      const audiences = { sales: 'ventes', 'on-call': 'astreinte', operator: 'exploitation' };
      return by === 'pager' ? carriers.pager : `${carriers[by]} (${name ?? audiences[audience]})`;
    },
    standing: {
      sending: () => 'envoi en cours',
      accepted: () => 'en chemin',
      delivered: () => 'remis',
      retry: () => 'sera renvoyé',
      doubtful: () => 'envoyé, sans confirmation',
      rejected: () => 'non accepté',
      refused: () => 'refusé par le canal',
    },
    claimedUntil: (name, until) => `${name}, jusqu’au ${until}`,
    privacy: () =>
      'Vous seul voyez ceci. Les personnes et les notes sont des données personnelles du client\u00a0: ne les transmettez pas.',
  },

  bot: {
    button: {
      claim: () => 'Prendre en charge',
      release: () => 'Libérer',
      releaseAnyway: () => 'Libérer quand même',
      details: () => 'Détails',
      snooze: () => 'Pause d’un jour',
      back: () => 'Retour',
      next: () => 'Suivantes',
      previous: () => 'Précédentes',
    },
    snoozedUntil: moment => `Alertes en pause jusqu’au ${moment}\u00a0; les alertes critiques arrivent quand même.`,
    probablyAnsweredBy: name => `Réponse donnée sans doute par ${name}, qui s’en était chargé.`,
    hadClaimed: name => `${name} s’en était chargé.`,
    nowIs: answer =>
      answer === 'expired'
        ? 'N’est plus en attente\u00a0: délai expiré dans l’Espace partenaires.'
        : answer === 'gone'
          ? 'N’est plus en attente\u00a0: n’apparaît plus dans l’Espace partenaires.'
          : `N’est plus en attente\u00a0: réponse donnée dans l’Espace partenaires (${answered(answer)}).`,
    louder: (named, left) => `${named}\u00a0: ${left}, et personne n’a répondu.`,
    releaseOf: name => `Libérer la prise en charge de ${name}\u00a0?`,
    releaseIsTold: (name, since) =>
      `${name} s’en charge depuis le ${since} et en sera informé si vous libérez la prise en charge.`,
    nothingReleased: () => 'Rien n’a été libéré\u00a0: la carte n’était plus à jour.',
    released: (by, named) => `${by} a libéré votre prise en charge\u00a0: ${named}.`,
    didNotWork: () => 'Cela n’a pas fonctionné. Réessayez dans une minute.',
    namesNothing: () => 'Ce bouton ne correspond à aucune référence.',
    notAnswering: () =>
      'L’Espace partenaires ne répond pas pour le moment, rien n’a donc été modifié. Réessayez dans une minute.',
    notWatchedYet: () =>
      'Cette référence est en attente, mais n’est pas encore suivie. Réessayez après la prochaine vérification.',
    notWatchedAnyMore: () => 'Cette référence n’est plus suivie.',
    notListedAnyMore: () =>
      'Cette référence n’est plus en attente\u00a0: elle n’apparaît plus dans la liste de l’Espace partenaires.',
    partnerCenterSays: word => `Cette référence n’est plus en attente. État dans l’Espace partenaires\u00a0: ${word}.`,
    heldBy: (name, since) => `${name} s’en charge déjà, depuis le ${since}.`,
    tooLateToSnooze: () =>
      'L’expiration est trop proche pour une pause\u00a0: les alertes critiques arrivent toujours.',
    list: {
      title: count => counted(count, 'référence en attente', 'références en attente'),
      none: () => 'Rien n’attend de réponse',
      range: (from, to) => `${forms.number(from)} à ${forms.number(to)}, la plus urgente en premier`,
      mostUrgentFirst: () => 'La plus urgente en premier',
      claimedBy: name => `prise en charge\u00a0: ${name}`,
      notPending: word => `n’est plus en attente\u00a0: ${word}`,
      why: () => 'Liste de l’Espace partenaires à la dernière vérification.',
      unnamed: id => `Référence ${id}`,
    },
    say: {
      does: {
        use: () => 'signaler les références dans ce canal',
        useFor: () => 'la même chose, en donnant un nom à ce canal',
        stop: () => 'ne plus rien signaler dans ce canal',
        status: () => 'quand l’Espace partenaires a été lu et combien de références sont en attente',
        list: () => 'les références en attente, la plus urgente en premier',
        help: () => 'cette aide',
      },
      help: () =>
        'Je signale à cette équipe les références de l’Espace partenaires avant leur expiration. Mentionnez-moi et écrivez\u00a0:',
      greeting: () =>
        'Bonjour\u00a0! Je surveille les références qui attendent une réponse dans l’Espace partenaires. Je préviens quand il en arrive une, puis à l’approche de son expiration.',
      chooseWhere: command =>
        `Je ne dis encore rien. Pour choisir où, mentionnez-moi dans un canal et écrivez ${command}. Je comprends aussi\u00a0:`,
      onlyChannels: () => 'Je ne peux parler que dans un canal ou une conversation de groupe. Mentionnez-moi là-bas.',
      bound: (name, stopCommand) =>
        name === null
          ? `Ce canal est associé. Les références en attente suivront à la prochaine vérification. Écrivez ${stopCommand} pour arrêter.`
          : `Ce canal est associé sous le nom «\u00a0${name}\u00a0». Les références en attente suivront à la prochaine vérification. Écrivez ${stopCommand} pour arrêter.`,
      isBound: name =>
        name === null ? 'Ce canal est associé.' : `Ce canal est associé sous le nom «\u00a0${name}\u00a0».`,
      notBound: () => 'Ce canal n’est pas associé\u00a0: je n’y signale rien.',
      unbound: useCommand => `Je ne signale plus rien dans ce canal. Écrivez ${useCommand} pour recommencer.`,
      notAllowed: () => 'Seuls les administrateurs de ce bot peuvent faire cela.',
      lastPoll: moment => `Dernière vérification réussie\u00a0: ${moment ?? 'aucune'}`,
      pending: count => `Références en attente\u00a0: ${forms.number(count)}`,
      nothingBoundYet: useCommand =>
        `Aucun canal n’est encore associé, je ne dis donc rien des références. Commencez par ${useCommand}.`,
      notUnderstood: commands => `Je n’ai pas compris. Écrivez ${commands}.`,
    },
  },
};
