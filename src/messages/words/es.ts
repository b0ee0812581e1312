import { createForms } from './forms.ts';
import type { Answer, DigestKind, ReportCounts, Sort, Words } from './words.ts';
import { SEGOE } from './writing.ts';

// Weekdays, which begin every date, are all masculine: `el` and `del` go with each.
const forms = createForms('es', { unknownDate: 'día desconocido', shortUnits: 'short', duration: 'conjunction' });

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
  accepted: 'aceptada',
  declined: 'rechazada',
  won: 'aceptada, venta ganada',
  lost: 'aceptada, venta perdida',
} as const;

/** Of the referral, whatever its sort. */
const answered = (answer: Answer) => (typeof answer === 'string' ? ANSWERS[answer] : answer.word);
/** A word of Partner Center's own has no gender that goes with the noun. */
const answeredReferral = (answer: Answer) =>
  typeof answer === 'string' ? `referencia ${ANSWERS[answer]}` : `referencia respondida (${answer.word})`;
/** What happened to the referral, after what else it is called. */
const ofReferral = (sort: Sort, happened: string) =>
  sort === 'referral' ? forms.capital(happened) : `${SORTS_LARGE[sort]}: ${happened}`;

const about = (customer: string, deal: string | null) => (deal === null ? customer : `${customer}: ${deal}`);

const counted = (count: number, singular: string, plural: string) => {
  const number = forms.number(count);
  return forms.plural(count, { one: `${number} ${singular}`, other: `${number} ${plural}` });
};

const referrals = (count: number) => counted(count, 'referencia', 'referencias');
const unanswered = (count: number) =>
  counted(count, 'referencia pendiente de respuesta', 'referencias pendientes de respuesta');

const digestTitle = (total: number, of: DigestKind) =>
  ({
    new: counted(total, 'referencia nueva', 'referencias nuevas'),
    reminder: `Recordatorio: ${unanswered(total)}`,
    warning: `Advertencia: ${unanswered(total)}`,
    critical: `Urgente: ${unanswered(total)}`,
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
        const severities = { reminder: 'Recordatorio', warning: 'Advertencia', critical: 'Urgente' };
        const fresh = sort === 'lead' ? 'nuevo cliente potencial' : `nueva ${SORTS[sort]}`;
        return `${severities[severity]}: ${isNew ? fresh : SORTS[sort]} pendiente de respuesta`;
      },
      answered: (sort, answer) => ofReferral(sort, answeredReferral(answer)),
      expired: sort => ofReferral(sort, 'la referencia expiró sin respuesta'),
      gone: sort =>
        `El Centro de partners ya no muestra ${THIS[sort]}: ${sort === 'lead' ? 'la referencia se ha retirado' : 'se ha retirado'} o nuestra cuenta ya no puede verla`,
    },
    urgency: {
      reminder: () => null,
      warning: () =>
        'Si nadie responde a tiempo, la referencia expirará definitivamente y se avisará a quien la envió.',
      critical: () =>
        'Último aviso: si nadie responde a tiempo, la referencia expirará definitivamente y se avisará a quien la envió.',
    },
    answerByEndOf: day => `responder a más tardar el ${day}`,
    answerBy: moment => `responder antes del ${moment}`,
    expiryWas: moment => `la fecha de expiración era el ${moment}`,
    timeLeft: duration => `expira en ${duration}`,
    timeLeftWorking: (duration, workingDays) =>
      workingDays === 0
        ? `expira en ${duration}, sin tiempo laborable`
        : `expira en ${duration} (${counted(workingDays, 'día laborable', 'días laborables')})`,
    noTimeLeft: () => 'plazo vencido',
    answeredAfter: duration => `se respondió en ${duration}`,
    valueLost: money => `${money} perdidos`,
    expiredOn: moment => `expiró el ${moment}`,
    why: {
      new: pendingWhy,
      escalation: pendingWhy,
      answered: () =>
        'Recibes este mensaje porque aquí ya se había avisado de esta referencia. No habrá más avisos sobre ella.',
      expired: () => 'Recibes este mensaje porque nadie respondió a tiempo. Ya no es posible responder.',
      gone: () =>
        'Recibes este mensaje porque aquí ya se había avisado de esta referencia. No habrá más avisos sobre ella.',
    },
    subject: {
      new: (customer, deal, left) => `[Nueva] ${about(customer, deal)} (${left})`,
      escalation: (customer, deal, shortLeft, isNew) =>
        `[${shortLeft === null ? 'Plazo vencido' : `Expira en ${shortLeft}`}] ${about(customer, deal)} (${isNew ? 'nueva, pendiente de respuesta' : 'pendiente de respuesta'})`,
      answered: (customer, answer) => `[Respondida] ${customer}: ${answered(answer)}`,
      expired: customer => `[Expirada] ${customer}: nadie respondió`,
      gone: customer => `[Ya no visible] ${customer}: ya no aparece en el Centro de partners`,
    },
  },

  notes: {
    mayBeRepeat: () => 'Puede que este mensaje esté repetido: no sabemos si llegó la primera vez.',
    isNew: () => 'Es nueva: este es el primer aviso que se envía aquí.',
    unconfirmedSince: moment =>
      `El estado no se ha podido confirmar desde el ${moment}, porque el Centro de partners no responde. Puede que entretanto alguien ya haya respondido.`,
    expiredUnconfirmed: moment =>
      `La expiración no se ha podido confirmar: el Centro de partners no informa de ello desde el ${moment}. Puede que alguien llegara a responder.`,
    movedFrom: moment => `La fecha de expiración ha cambiado: antes se indicó aquí el ${moment}.`,
    datePassed: () =>
      'La fecha de expiración ya ha pasado, pero el Centro de partners aún muestra la referencia: puede que todavía sea posible responder.',
    createdUnsure: () =>
      'No se pudo leer la fecha de creación, así que la fecha de expiración es aproximada: contamos desde la primera vez que vimos la referencia.',
    late: due => `Este mensaje llega tarde: estaba previsto para el ${due}.`,
    nobodyTold: () => 'Antes no se había avisado a nadie.',
    wasTold: () => 'Ya se había avisado y nadie respondió.',
    claimedBy: (name, until) => `Se encarga ${name}, hasta el ${until}.`,
    onDuty: people =>
      `De guardia ahora: ${forms.list(people.map(({ name, until }) => `${name} (hasta el ${until})`))}.`,
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
      place: () => 'Ubicación',
      size: () => 'Tamaño',
      invitedBy: () => 'Invitación de',
      created: () => 'Fecha de creación',
      expires: () => 'Fecha de expiración',
      expired: () => 'Fecha de expiración',
      expiryDate: () => 'Fecha de expiración',
      referral: () => 'Referencia',
      engagement: () => 'Id. de interacción',
      claimed: () => 'Se encarga',
    },
    qualification: known =>
      ({
        direct: 'directamente del cliente',
        marketing: 'por marketing',
        sales: 'por ventas',
      })[known],
    asksForContact: () => 'el cliente desea que contactemos con él',
    place: (city, country) => `${city}, ${country}`,
    rule: names => `Regla: ${names}`,
    andMore: (shown, more) => `${forms.items(shown)} y ${forms.number(more)} más`,
    employees: range =>
      'moreThan' in range ? `Más de ${range.moreThan} empleados` : `De ${range.from} a ${range.to} empleados`,
    expires: (exact, estimated) =>
      estimated ? `Fecha de expiración: ${exact} (estimada)` : `Fecha de expiración: ${exact}`,
    exact: (exact, estimated) => (estimated ? `${exact} (estimada)` : exact),
    referralId: id => `Referencia ${id}`,
  },

  link: {
    openReferral: () => 'Abrir en el Centro de partners',
    openList: () => 'Abrir la lista (Centro de partners)',
    searchFor: name => `El botón abre la lista de referencias. Busca allí «${name}».`,
  },

  digest: {
    title: digestTitle,
    mostUrgent: left => `La más urgente, primero: ${left}`,
    more: count => `Y ${forms.number(count)} más: consulta el Centro de partners.`,
    why: of =>
      of === 'new'
        ? 'Recibes este mensaje porque han llegado muchas referencias a la vez. Cada una tendrá su propia alerta cuando se acerque su fecha de expiración.'
        : 'Recibes este mensaje porque había muchos avisos que enviar a la vez.',
    subject: (total, of, left) => {
      const tags = {
        new: 'Nuevas',
        reminder: 'Recordatorio',
        warning: 'Advertencia',
        critical: 'Urgente',
        answered: 'Respondidas',
        expired: 'Expiradas',
        gone: 'Ya no visibles',
      };
      const count = of === 'new' ? digestTitle(total, of) : referrals(total);
      return `[${tags[of]}] ${left === null ? count : `${count}; la más urgente: ${left}`}`;
    },
  },

  plain: {
    title: of =>
      ({
        new: 'Referencia nueva',
        reminder: 'Recordatorio: referencia pendiente de respuesta',
        warning: 'Advertencia: referencia pendiente de respuesta',
        critical: 'Urgente: referencia pendiente de respuesta',
        answered: 'Referencia respondida',
        expired: 'Referencia expirada sin respuesta',
        gone: 'El Centro de partners ya no muestra esta referencia',
      })[of],
    why: () =>
      'Este mensaje sustituye a otro que no se pudo entregar por su contenido. Los demás datos están en el Centro de partners.',
  },

  lastResort: {
    title: count => `${unanswered(count)}: atención inmediata`,
    untold: () =>
      'No se pudo avisar al equipo de ventas: ninguno de sus canales acepta nuestros mensajes. Responde en el Centro de partners o avisa a quien corresponda.',
    blind: () =>
      'No podemos acceder a lo que guardamos sobre esto, así que puede que el mensaje esté repetido. La última vez que miramos no había respuesta y la expiración estaba cerca.',
    why: () => 'Recibes este mensaje porque no se pudo avisar a nadie más a tiempo.',
  },

  summary: {
    title: total => counted(total, 'referencia espera respuesta', 'referencias esperan respuesta'),
    unclaimed: (count, total) =>
      count < total
        ? `Sin asignar: ${forms.number(count)}.`
        : total === 1
          ? 'Todavía sin asignar.'
          : 'Ninguna está asignada todavía.',
    claimedBy: name => `se encarga ${name}`,
    why: () =>
      'Recibes este mensaje porque aquí se envía a una hora fija un resumen de las referencias pendientes. Si no hay ninguna, no se envía.',
    subject: (total, left) => `[Resumen] ${unanswered(total)}; ${total === 1 ? left : `la más urgente: ${left}`}`,
  },

  report: {
    title: () => 'Informe semanal de referencias',
    span: (from, to) => `del ${from} al ${to}`,
    counts: reportCounts,
    label: {
      received: () => 'Recibidas',
      accepted: () => 'Aceptadas',
      declined: () => 'Rechazadas',
      expired: () => 'Expiradas',
      gone: () => 'Retiradas u ocultas',
      pending: () => 'Pendientes al final',
      timeToTell: () => 'Tiempo hasta el aviso',
      timeToClaim: () => 'Tiempo hasta la asignación',
      timeToAnswer: () => 'Tiempo hasta la respuesta',
      valueAnswered: () => 'Valor de las respondidas',
      valueExpired: () => 'Valor de las expiradas',
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
      'Los tiempos son medianas, contadas desde que se detectó cada referencia. «Pendientes al final» incluye todas las que en ese momento esperaban respuesta, con independencia de su antigüedad.',
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
    slow: (customer, answer, duration) => `${customer}: respuesta al cabo de ${duration} (${answered(answer)})`,
    rulesTitle: () => 'Regla por regla',
    why: () => 'Recibes este mensaje porque aquí se envía a una hora fija el informe de estos siete días.',
    subject: (from, to, counts) => `[Informe] Referencias del ${from} al ${to}: ${reportCounts(counts)}`,
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
    summary: (named, left) => `Referencia pendiente de respuesta, ${left}: ${named}`,
    digest: digestTitle,
    notes: () => 'Observaciones',
  },

  detail: {
    pending: sort => `${SORTS_LARGE[sort]} pendiente de respuesta`,
    noConsent: () =>
      'El cliente no ha dado su consentimiento para que contactemos con él. Acláralo antes de usar los datos de contacto que figuran a continuación.',
    contacts: () => 'Contactos',
    moreContacts: count => `y ${forms.number(count)} más en el Centro de partners`,
    notes: () => 'Notas',
    history: () => 'Historial',
    happened: {
      firstSeen: () => 'Detectada por primera vez',
      claimed: name => `${name} se hizo cargo`,
      released: name => `${name} la liberó`,
      releasedFor: (name, holder) => `${name} liberó la referencia, que estaba asignada a ${holder}`,
      snoozed: name => `Alertas silenciadas por ${name}`,
      answered: answer => `Respuesta: ${answered(answer)}`,
      expired: () => 'Expiró sin respuesta',
      gone: () => 'Ya no aparece en el Centro de partners',
    },
    told: {
      new: () => 'Aviso: nueva',
      escalation: before => `Aviso ${before} antes de expirar`,
      answered: () => 'Aviso: respondida',
      expired: () => 'Aviso: expirada',
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
    claimedUntil: (name, until) => `${name}, hasta el ${until}`,
    privacy: () => 'Solo tú ves esto. Los contactos y las notas contienen datos personales: no los compartas.',
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
    snoozedUntil: moment => `Alertas silenciadas hasta el ${moment}. Las urgentes llegarán igualmente.`,
    probablyAnsweredBy: name => `Probablemente respondió ${name}, que se encargaba de esta referencia.`,
    hadClaimed: name => `Se encargaba ${name}.`,
    nowIs: answer =>
      answer === 'expired'
        ? 'Ya no está pendiente: ha expirado en el Centro de partners.'
        : answer === 'gone'
          ? 'Ya no está pendiente: ya no aparece en el Centro de partners.'
          : `Ya no está pendiente. Respuesta en el Centro de partners: ${answered(answer)}.`,
    louder: (named, left) => `${named}: ${left} y nadie ha respondido.`,
    releaseOf: name => `¿Liberar esta referencia, asignada a ${name}?`,
    releaseIsTold: (name, since) => `${name} se encarga de ella desde el ${since}. Recibirá un aviso si la liberas.`,
    nothingReleased: () => 'No se ha liberado nada: la tarjeta no estaba actualizada.',
    released: (by, named) => `Ya no tienes asignada esta referencia: ${named}. La ha liberado ${by}.`,
    didNotWork: () => 'No ha funcionado. Inténtalo de nuevo en un minuto.',
    namesNothing: () => 'Este botón no corresponde a ninguna referencia.',
    notAnswering: () =>
      'El Centro de partners no responde en este momento, así que no se ha cambiado nada. Inténtalo de nuevo en un minuto.',
    notWatchedYet: () =>
      'Esta referencia está pendiente, pero aún no se vigila. Inténtalo de nuevo después de la próxima consulta.',
    notWatchedAnyMore: () => 'Esta referencia ya no se vigila.',
    notListedAnyMore: () => 'Esta referencia ya no está pendiente: ya no aparece en la lista del Centro de partners.',
    partnerCenterSays: word => `Esta referencia ya no está pendiente. Estado en el Centro de partners: «${word}».`,
    heldBy: (name, since) => `${name} ya se encarga, desde el ${since}.`,
    tooLateToSnooze: () => 'Expira demasiado pronto para silenciarla: las alertas urgentes llegan siempre.',
    list: {
      title: count => counted(count, 'referencia pendiente', 'referencias pendientes'),
      none: () => 'No hay nada pendiente de respuesta',
      range: (from, to) => `De ${forms.number(from)} a ${forms.number(to)}, la más urgente primero`,
      mostUrgentFirst: () => 'La más urgente primero',
      claimedBy: name => `se encarga ${name}`,
      notPending: word => `ya no está pendiente: ${word}`,
      why: () => 'Lista del Centro de partners según la última consulta.',
      unnamed: id => `Referencia ${id}`,
    },
    say: {
      does: {
        use: () => 'avisar de las referencias en este canal',
        useFor: () => 'lo mismo, con un nombre para este canal',
        stop: () => 'dejar de avisar en este canal',
        status: () => 'cuándo se consultó por última vez el Centro de partners y cuántas referencias hay pendientes',
        list: () => 'las referencias pendientes, la más urgente primero',
        help: () => 'esta ayuda',
      },
      help: () =>
        'Aviso a este equipo de las referencias del Centro de partners antes de que expiren. Mencióname y escribe:',
      greeting: () =>
        '¡Hola! Vigilo las referencias que esperan respuesta en el Centro de partners. Aviso cuando llega una nueva y, de nuevo, cuando se acerca su fecha de expiración.',
      chooseWhere: command =>
        `Todavía no envío avisos. Para elegir dónde, mencióname en un canal y escribe ${command}. Estos son mis comandos:`,
      onlyChannels: () => 'Solo puedo avisar en un canal o en un chat de grupo. Mencióname allí.',
      bound: (name, stopCommand) =>
        name === null
          ? `Este canal está vinculado. Las referencias pendientes llegarán en la próxima consulta. Escribe ${stopCommand} para dejar de recibir avisos.`
          : `Este canal está vinculado como «${name}». Las referencias pendientes llegarán en la próxima consulta. Escribe ${stopCommand} para dejar de recibir avisos.`,
      isBound: name => (name === null ? 'Este canal está vinculado.' : `Este canal está vinculado como «${name}».`),
      notBound: () => 'Este canal no está vinculado: aquí no aviso de nada.',
      unbound: useCommand => `Ya no aviso en este canal. Escribe ${useCommand} para empezar de nuevo.`,
      notAllowed: () => 'Solo los administradores de este bot pueden hacerlo.',
      lastPoll: moment => `Última consulta correcta: ${moment ?? 'ninguna todavía'}`,
      pending: count => `Referencias pendientes: ${forms.number(count)}`,
      nothingBoundYet: useCommand =>
        `Aún no hay ningún canal vinculado, así que no aviso de ninguna referencia. Empieza con ${useCommand}.`,
      notUnderstood: commands => `No te he entendido. Escribe uno de estos comandos: ${commands}.`,
    },
  },
};
