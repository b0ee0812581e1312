import { createForms } from './forms.ts';
import type { Answer, DigestKind, ReportCounts, Sort, Words } from './words.ts';
import { SEGOE } from './writing.ts';

const forms = createForms('es', { unknownDate: 'fecha desconocida', shortUnits: 'short' });

const SORTS: Record<Sort, string> = {
  lead: 'cliente potencial',
  'co-sell': 'oportunidad de venta conjunta',
  referral: 'referencia',
};
const SORTS_LARGE: Record<Sort, string> = {
  lead: 'Cliente potencial',
  'co-sell': 'Oportunidad de venta conjunta',
  referral: 'Referencia',
};
const THIS: Record<Sort, string> = {
  lead: 'este cliente potencial',
  'co-sell': 'esta oportunidad de venta conjunta',
  referral: 'esta referencia',
};

const ANSWERS = {
  accepted: 'aceptación',
  declined: 'rechazo',
  won: 'aceptación y venta ganada',
  lost: 'aceptación y venta perdida',
  closed: 'respuesta dada',
} as const;

/** A noun, so that it agrees with whatever was answered. */
const answered = (answer: Answer) => (typeof answer === 'string' ? ANSWERS[answer] : answer.word);

const about = (customer: string, deal: string | null) => (deal === null ? customer : `${customer}: ${deal}`);

const counted = (count: number, singular: string, plural: string) => {
  const number = forms.number(count);
  return forms.plural(count, { one: `${number} ${singular}`, other: `${number} ${plural}` });
};

const referrals = (count: number) => counted(count, 'referencia', 'referencias');
const unanswered = (count: number) => counted(count, 'referencia sin respuesta', 'referencias sin respuesta');

const digestTitle = (total: number, of: DigestKind) =>
  ({
    new: counted(total, 'referencia nueva', 'referencias nuevas'),
    reminder: `Recordatorio: ${unanswered(total)}`,
    warning: `Advertencia: ${unanswered(total)}`,
    critical: `Crítico: ${unanswered(total)}`,
    answered: counted(total, 'referencia respondida', 'referencias respondidas'),
    expired: counted(total, 'referencia expirada sin respuesta', 'referencias expiradas sin respuesta'),
    gone: counted(
      total,
      'referencia ya no aparece en el Centro de partners',
      'referencias ya no aparecen en el Centro de partners',
    ),
  })[of];

const reportCounts = ({ received, answered, expired }: ReportCounts) =>
  forms.items([
    counted(received, 'recibida', 'recibidas'),
    counted(answered, 'respondida', 'respondidas'),
    counted(expired, 'expirada', 'expiradas'),
  ]);

const pendingWhy = (audience: 'sales' | 'on-call') =>
  audience === 'on-call'
    ? 'Recibes este mensaje porque estás de guardia y esta referencia sigue sin respuesta en el Centro de partners. Las alertas cesarán en cuanto alguien la acepte o la rechace allí.'
    : 'Recibes este mensaje porque esta referencia sigue sin respuesta en el Centro de partners. Las alertas cesarán en cuanto alguien la acepte o la rechace allí.';

export const es: Words = {
  language: 'es',
  fonts: SEGOE,
  forms,

  lead: {
    sort: sort => SORTS_LARGE[sort],
    unnamed: () => 'Cliente sin nombre',
    titled: (customer, deal) => `${customer} – ${deal}`,
  },

  alert: {
    state: {
      new: sort => (sort === 'lead' ? 'Nuevo cliente potencial' : `Nueva ${SORTS[sort]}`),
      escalation: (sort, severity, isNew) => {
        const severities = { reminder: 'Recordatorio', warning: 'Advertencia', critical: 'Crítico' };
        const fresh = sort === 'lead' ? 'nuevo cliente potencial' : `nueva ${SORTS[sort]}`;
        return `${severities[severity]}: ${isNew ? fresh : SORTS[sort]} sin respuesta`;
      },
      answered: (sort, answer) => `${SORTS_LARGE[sort]} con respuesta: ${answered(answer)}`,
      expired: sort => `${SORTS_LARGE[sort]}: expiró sin respuesta`,
      gone: sort =>
        `El Centro de partners ya no muestra ${THIS[sort]}: se ha retirado o nuestra cuenta ya no puede verlo`,
    },
    urgency: {
      reminder: () => null,
      warning: sort => `Sin respuesta a tiempo, ${THIS[sort]} expirará definitivamente y se avisará a quien lo envió.`,
      critical: sort =>
        `Último aviso: sin respuesta a tiempo, ${THIS[sort]} expirará definitivamente y se avisará a quien lo envió.`,
    },
    answerByEndOf: day => `responder antes de que termine el día ${day}`,
    answerBy: moment => `responder antes de: ${moment}`,
    expiryWas: moment => `expiró: ${moment}`,
    timeLeft: duration => `plazo: ${duration}`,
    timeLeftWorking: (duration, workingDays) =>
      workingDays === 0
        ? `plazo: ${duration}, sin tiempo laborable`
        : `plazo: ${duration} (${counted(workingDays, 'día laborable', 'días laborables')})`,
    noTimeLeft: () => 'fecha de expiración superada',
    answeredAfter: duration => `respuesta en ${duration}`,
    valueLost: money => `pérdida de ${money}`,
    expiredOn: moment => `expiró: ${moment}`,
    why: {
      new: pendingWhy,
      escalation: pendingWhy,
      answered: () => 'Recibes este mensaje porque ya se avisó aquí de la referencia. No habrá más avisos.',
      expired: () => 'Recibes este mensaje porque nadie respondió a tiempo. Ya no es posible responder.',
      gone: () => 'Recibes este mensaje porque ya se avisó aquí de la referencia. No habrá más avisos.',
    },
    subject: {
      new: (customer, deal, left) => `[Nuevo] ${about(customer, deal)} (${left})`,
      escalation: (customer, deal, shortLeft, isNew) =>
        `[${shortLeft === null ? 'Plazo vencido' : `Plazo: ${shortLeft}`}] ${about(customer, deal)} (${isNew ? 'nuevo, sin respuesta' : 'sin respuesta'})`,
      answered: (customer, answer) => `[Respondido] ${customer}: ${answered(answer)}`,
      expired: customer => `[Expirado] ${customer}: nadie respondió`,
      gone: customer => `[Ya no visible] ${customer}: ya no aparece en el Centro de partners`,
    },
  },

  notes: {
    mayBeRepeat: () => 'Puede que este mensaje esté repetido: no sabemos si llegó la primera vez.',
    isNew: () => 'Es nuevo: todavía no se había avisado aquí.',
    unconfirmedSince: moment =>
      `No se ha podido confirmar el estado desde esta fecha: ${moment}. El Centro de partners no responde. Puede que alguien haya respondido entretanto.`,
    expiredUnconfirmed: moment =>
      `No se ha podido confirmar: el Centro de partners no informa de ello desde esta fecha: ${moment}. Puede que alguien haya respondido entretanto.`,
    movedFrom: moment => `La expiración ha cambiado: la fecha de la que se avisó aquí era ${moment}.`,
    datePassed: () =>
      'La fecha ya ha pasado, pero el Centro de partners aún muestra la referencia: puede que todavía sea posible responder.',
    createdUnsure: () =>
      'No se pudo leer la fecha de creación, así que la expiración es incierta: contamos desde que vimos la referencia por primera vez.',
    late: due => `Este mensaje llega tarde: estaba previsto para ${due}.`,
    nobodyTold: () => 'Nadie había sido avisado antes.',
    wasTold: () => 'Ya se había avisado y nadie respondió.',
    claimedBy: (name, until) => `Se encarga ${name}, hasta: ${until}.`,
    onDuty: people => `De guardia ahora: ${forms.list(people.map(({ name, until }) => `${name} (hasta: ${until})`))}.`,
    factsUnknown: () =>
      'No se pudo leer la referencia completa y las reglas no pudieron elegir sus canales: de momento la reciben quienes reciben todo lo demás.',
    someColleague: () => 'alguien del equipo',
  },

  facts: {
    label: {
      value: () => 'Valor',
      country: () => 'País',
      solution: () => 'Solución',
      qualification: () => 'Calificación',
      request: () => 'Petición',
      place: () => 'Lugar',
      size: () => 'Tamaño',
      invitedBy: () => 'Invitación de',
      created: () => 'Creación',
      expires: () => 'Expira',
      expired: () => 'Expiró',
      expiryDate: () => 'Fecha de expiración',
      referral: () => 'Referencia',
      engagement: () => 'Id. de interacción',
      claimed: () => 'Se encarga',
    },
    qualification: known =>
      ({
        direct: 'directamente del cliente',
        marketing: 'calificación de marketing',
        sales: 'calificación de ventas',
      })[known],
    asksForContact: () => 'el cliente pide que lo contacten',
    rule: names => `Regla: ${names}`,
    andMore: (shown, more) => `${forms.items(shown)} y ${forms.number(more)} más`,
    employees: range =>
      'moreThan' in range ? `Más de ${range.moreThan} empleados` : `De ${range.from} a ${range.to} empleados`,
    expires: (exact, estimated) => (estimated ? `Expira: ${exact} (estimación)` : `Expira: ${exact}`),
    exact: (exact, estimated) => (estimated ? `${exact} (estimación)` : exact),
    referralId: id => `Referencia ${id}`,
  },

  link: {
    openReferral: () => 'Abrir en el Centro de partners',
    openList: () => 'Abrir la lista (Centro de partners)',
    searchFor: name => `El botón abre la lista de referencias. Busca allí «${name}».`,
  },

  digest: {
    title: digestTitle,
    mostUrgent: left => `La más urgente aparece primero; ${left}`,
    more: count => `Y ${forms.number(count)} más: consulta el Centro de partners.`,
    why: of =>
      of === 'new'
        ? 'Recibes este mensaje porque han llegado muchas referencias a la vez. Cada una tendrá su propia alerta cuando se acerque su expiración.'
        : 'Recibes este mensaje porque había mucho que avisar a la vez.',
    subject: (total, of, left) => {
      const tags = {
        new: 'Nuevo',
        reminder: 'Recordatorio',
        warning: 'Advertencia',
        critical: 'Crítico',
        answered: 'Respondido',
        expired: 'Expirado',
        gone: 'Ya no visible',
      };
      const count = of === 'new' ? digestTitle(total, of) : referrals(total);
      return `[${tags[of]}] ${left === null ? count : `${count}; la más urgente, ${left}`}`;
    },
  },

  plain: {
    title: of =>
      ({
        new: 'Referencia nueva',
        reminder: 'Recordatorio: referencia sin respuesta',
        warning: 'Advertencia: referencia sin respuesta',
        critical: 'Crítico: referencia sin respuesta',
        answered: 'Referencia respondida',
        expired: 'Referencia expirada sin respuesta',
        gone: 'El Centro de partners ya no muestra esta referencia',
      })[of],
    why: () => 'Este mensaje sustituye a otro que se rechazó por su contenido. El resto está en el Centro de partners.',
  },

  lastResort: {
    title: count => `${unanswered(count)}: hay que verlo ahora`,
    untold: () =>
      'No se pudo avisar a ventas: ninguno de sus canales acepta nuestros mensajes. Responde en el Centro de partners o pásalo a quien corresponda.',
    blind: () =>
      'No podemos acceder a lo que guardamos sobre esto, así que puede que el mensaje esté repetido. La última vez que miramos no había respuesta y la expiración estaba cerca.',
    why: () => 'Recibes este mensaje porque no se pudo avisar a nadie más a tiempo.',
  },

  summary: {
    title: total => counted(total, 'referencia espera respuesta', 'referencias esperan respuesta'),
    unclaimed: (count, total) =>
      count === total ? 'Nadie se encarga todavía de ninguna.' : `Sin nadie que se encargue: ${forms.number(count)}.`,
    claimedBy: name => `se encarga ${name}`,
    why: () =>
      'Recibes este mensaje porque aquí llega a una hora fija un resumen de lo que espera respuesta. Si nada espera, no llega.',
    subject: (total, left) => `[Resumen] ${unanswered(total)}; la más urgente, ${left}`,
  },

  report: {
    title: () => 'Informe semanal de referencias',
    span: (from, to) => `${from} – ${to}`,
    counts: reportCounts,
    label: {
      received: () => 'Recibidas',
      accepted: () => 'Aceptadas',
      declined: () => 'Rechazadas',
      expired: () => 'Expiradas',
      gone: () => 'Retiradas u ocultas',
      pending: () => 'Pendientes al final',
      timeToTell: () => 'Tiempo hasta el aviso',
      timeToClaim: () => 'Tiempo hasta asignarse',
      timeToAnswer: () => 'Tiempo hasta la respuesta',
      valueAnswered: () => 'Valor respondido',
      valueExpired: () => 'Valor expirado',
    },
    accepted: (count, won, lost) => {
      const since = [
        ...(won > 0 ? [counted(won, 'ganada', 'ganadas')] : []),
        ...(lost > 0 ? [counted(lost, 'perdida', 'perdidas')] : []),
      ];
      return since.length === 0 ? forms.number(count) : `${forms.number(count)}; de ellas, ${forms.list(since)}`;
    },
    none: () => '–',
    timesNote: () =>
      'Cada tiempo es una mediana, contada desde que se vio una referencia por primera vez. «Pendientes al final» es todo lo que entonces esperaba respuesta, sin importar desde cuándo.',
    daysTitle: () => 'Día a día',
    day: (answered, expired) =>
      forms.items([
        ...(answered > 0 ? [counted(answered, 'respondida', 'respondidas')] : []),
        ...(expired > 0 ? [counted(expired, 'expirada', 'expiradas')] : []),
      ]),
    quietDay: () => 'ninguna respondida, ninguna expirada',
    answered: () => 'Respondidas',
    expired: () => 'Expiradas',
    slowestTitle: () => 'Respuestas más lentas',
    slow: (customer, answer, duration) => `${customer}: ${answered(answer)} en ${duration}`,
    rulesTitle: () => 'Regla por regla',
    why: () => 'Recibes este mensaje porque aquí llega a una hora fija un informe de estos siete días.',
    subject: (from, to, counts) => `[Informe] Referencias, ${from} – ${to}: ${reportCounts(counts)}`,
  },

  sample: {
    customer: () => 'Cliente de ejemplo',
    deal: () => 'Esto es solo un ejemplo',
    note: () =>
      'Esto es una prueba: un cliente potencial de ejemplo que muestra que las alertas llegan aquí. No existe y no hay que hacer nada.',
    subject: subject => `[Ejemplo] ${subject}`,
    why: () => 'Recibes este mensaje porque alguien está comprobando la configuración de Referral Alerts.',
  },

  page: {
    summary: (named, left) => `Referencia sin respuesta, ${left}: ${named}`,
    digest: digestTitle,
    notes: () => 'Observaciones',
  },

  detail: {
    pending: sort => `${SORTS_LARGE[sort]} sin respuesta`,
    noConsent: () =>
      'El cliente no ha dado su consentimiento para que lo contacten. Acláralo antes de usar los datos de contacto de abajo.',
    contacts: () => 'Contactos',
    moreContacts: count => `y ${forms.number(count)} más en el Centro de partners`,
    notes: () => 'Notas',
    history: () => 'Historial',
    happened: {
      firstSeen: () => 'Primera lectura',
      claimed: name => `Se encargó ${name}`,
      released: name => `${name} dejó de encargarse`,
      releasedFor: (name, holder) => `${name} liberó lo que tenía asignado ${holder}`,
      snoozed: name => `Alertas silenciadas por ${name}`,
      answered: answer => `Respuesta: ${answered(answer)}`,
      expired: () => 'Expiró sin respuesta',
      gone: () => 'Ya no aparece en el Centro de partners',
    },
    told: {
      new: () => 'Aviso: nuevo',
      escalation: before => `Aviso ${before} antes de expirar`,
      answered: () => 'Aviso: respondido',
      expired: () => 'Aviso: expirado',
      gone: () => 'Aviso: ya no visible',
    },
    channel: ({ by, audience, name }) => {
      const carriers = { teams: 'Teams', email: 'Correo', pager: 'Buscapersonas', bot: 'Bot de Teams' };
      const audiences = { sales: 'ventas', 'on-call': 'guardia', operator: 'operaciones' };
      return by === 'pager' ? carriers.pager : `${carriers[by]} (${name ?? audiences[audience]})`;
    },
    standing: {
      sending: () => 'enviándose',
      accepted: () => 'en camino',
      delivered: () => 'entregado',
      retry: () => 'se volverá a enviar',
      doubtful: () => 'enviado, sin confirmación',
      rejected: () => 'no aceptado',
      refused: () => 'rechazado por el canal',
    },
    claimedUntil: (name, until) => `${name}, hasta: ${until}`,
    privacy: () => 'Solo tú ves esto. Las personas y las notas son datos personales del cliente: no los compartas.',
  },

  bot: {
    button: {
      claim: () => 'Me encargo',
      release: () => 'Liberar',
      releaseAnyway: () => 'Liberar de todos modos',
      details: () => 'Detalles',
      snooze: () => 'Silenciar 1 día',
      back: () => 'Volver',
      next: () => 'Siguientes',
      previous: () => 'Anteriores',
    },
    snoozedUntil: moment => `Silenciado hasta: ${moment}. Las alertas críticas llegan igualmente.`,
    probablyAnsweredBy: name => `Probablemente respondió ${name}, que se había encargado.`,
    hadClaimed: name => `${name} se había encargado.`,
    nowIs: answer =>
      answer === 'expired'
        ? 'Ya no está pendiente: ha expirado en el Centro de partners.'
        : answer === 'gone'
          ? 'Ya no está pendiente: ya no aparece en el Centro de partners.'
          : `Ya no está pendiente. Respuesta en el Centro de partners: ${answered(answer)}.`,
    louder: (named, left) => `${named}: nadie ha respondido; ${left}.`,
    releaseOf: name => `¿Liberar lo que tiene asignado ${name}?`,
    releaseIsTold: (name, since) => `${name} se encarga desde: ${since}. Recibirá un aviso si lo liberas.`,
    nothingReleased: () => 'No se ha liberado nada: la tarjeta no estaba actualizada.',
    released: (by, named) => `${by} ha liberado lo que tenías asignado: ${named}.`,
    didNotWork: () => 'No ha funcionado. Inténtalo de nuevo en un minuto.',
    namesNothing: () => 'Este botón no corresponde a ninguna referencia.',
    notAnswering: () =>
      'El Centro de partners no responde en este momento, así que no se ha cambiado nada. Inténtalo de nuevo en un minuto.',
    notWatchedYet: () =>
      'Esta referencia está pendiente, pero aún no se vigila. Inténtalo de nuevo después de la próxima consulta.',
    notWatchedAnyMore: () => 'Esta referencia ya no se vigila.',
    notListedAnyMore: () => 'Esta referencia ya no está pendiente: ya no aparece en la lista del Centro de partners.',
    partnerCenterSays: word => `Esta referencia ya no está pendiente. Estado en el Centro de partners: ${word}.`,
    heldBy: (name, since) => `${name} ya se encarga, desde: ${since}.`,
    tooLateToSnooze: () => 'Expira demasiado pronto para silenciarlo: las alertas críticas siempre llegan.',
    list: {
      title: count => counted(count, 'referencia pendiente', 'referencias pendientes'),
      none: () => 'Nada espera respuesta',
      range: (from, to) => `De ${forms.number(from)} a ${forms.number(to)}, la más urgente primero`,
      mostUrgentFirst: () => 'La más urgente primero',
      claimedBy: name => `se encarga ${name}`,
      notPending: word => `ya no está pendiente: ${word}`,
      why: () => 'Lista del Centro de partners en la última consulta.',
      unnamed: id => `Referencia ${id}`,
    },
    say: {
      does: {
        use: () => 'avisar de las referencias en este canal',
        useFor: () => 'lo mismo, con un nombre para este canal',
        stop: () => 'no avisar más en este canal',
        status: () => 'cuándo se consultó el Centro de partners y cuántas referencias hay pendientes',
        list: () => 'las referencias pendientes, la más urgente primero',
        help: () => 'esta ayuda',
      },
      help: () =>
        'Aviso a este equipo de las referencias del Centro de partners antes de que expiren. Mencióname y escribe:',
      greeting: () =>
        '¡Hola! Vigilo las referencias que esperan respuesta en el Centro de partners. Aviso cuando llega una y otra vez cuando se acerca su expiración.',
      chooseWhere: command =>
        `Aún no digo nada. Para elegir dónde, mencióname en un canal y escribe ${command}. También entiendo:`,
      onlyChannels: () => 'Solo puedo avisar en un canal o en un chat de grupo. Mencióname allí.',
      bound: (name, stopCommand) =>
        name === null
          ? `Este canal está vinculado. Las referencias pendientes llegarán en la próxima consulta. Escribe ${stopCommand} para terminar.`
          : `Este canal está vinculado como «${name}». Las referencias pendientes llegarán en la próxima consulta. Escribe ${stopCommand} para terminar.`,
      isBound: name => (name === null ? 'Este canal está vinculado.' : `Este canal está vinculado como «${name}».`),
      notBound: () => 'Este canal no está vinculado: aquí no aviso de nada.',
      unbound: useCommand => `Ya no aviso en este canal. Escribe ${useCommand} para empezar de nuevo.`,
      notAllowed: () => 'Solo los administradores de este bot pueden hacerlo.',
      lastPoll: moment => `Última consulta correcta: ${moment ?? 'ninguna'}`,
      pending: count => `Referencias pendientes: ${forms.number(count)}`,
      nothingBoundYet: useCommand =>
        `Aún no hay ningún canal vinculado, así que no digo nada de las referencias. Empieza con ${useCommand}.`,
      notUnderstood: commands => `No lo he entendido. Escribe ${commands}.`,
    },
  },
};
