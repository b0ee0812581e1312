import { createForms } from './forms.ts';
import type { Answer, DigestKind, ReportCounts, Sort, Words } from './words.ts';
import { SEGOE } from './writing.ts';

const forms = createForms('tr', { unknownDate: 'bilinmeyen tarih', shortUnits: 'short' });

// Names, dates and amounts take no suffix here, because their vowels are not known; nouns behind a number stay singular.
const SORTS: Record<Sort, string> = {
  lead: 'müşteri adayı',
  'co-sell': 'ortak satış fırsatı',
  referral: 'referans',
};
const SORTS_LARGE: Record<Sort, string> = {
  lead: 'Müşteri adayı',
  'co-sell': 'Ortak satış fırsatı',
  referral: 'Referans',
};
const OF_THIS: Record<Sort, string> = {
  lead: 'bu müşteri adayının',
  'co-sell': 'bu ortak satış fırsatının',
  referral: 'bu referansın',
};
const THIS_OBJECT: Record<Sort, string> = {
  lead: 'bu müşteri adayını',
  'co-sell': 'bu ortak satış fırsatını',
  referral: 'bu referansı',
};

const ANSWERS = {
  accepted: 'kabul edildi',
  declined: 'reddedildi',
  won: 'kabul edildi ve kazanıldı',
  lost: 'kabul edildi ve kaybedildi',
  closed: 'yanıtlandı',
} as const;

const answered = (answer: Answer) => (typeof answer === 'string' ? ANSWERS[answer] : answer.word);

const about = (customer: string, deal: string | null) => (deal === null ? customer : `${customer}: ${deal}`);

const referrals = (count: number) => `${forms.number(count)} referans`;
const unanswered = (count: number) => `${forms.number(count)} yanıtlanmamış referans`;

const digestTitle = (total: number, of: DigestKind) =>
  ({
    new: `${forms.number(total)} yeni referans`,
    reminder: `Hatırlatma: ${unanswered(total)}`,
    warning: `Uyarı: ${unanswered(total)}`,
    critical: `Kritik: ${unanswered(total)}`,
    answered: `${referrals(total)} yanıtlandı`,
    expired: `${forms.number(total)} referansın süresi yanıtsız doldu`,
    gone: `${referrals(total)} artık İş Ortağı Merkezi’nde görünmüyor`,
  })[of];

const reportCounts = ({ received, answered, expired }: ReportCounts) =>
  `gelen: ${forms.number(received)}, yanıtlanan: ${forms.number(answered)}, süresi dolan: ${forms.number(expired)}`;

const pendingWhy = (audience: 'sales' | 'on-call') =>
  audience === 'on-call'
    ? 'Bu ileti size nöbetçi olduğunuz ve bu referans İş Ortağı Merkezi’nde henüz yanıtlanmadığı için geldi. Orada kabul edildiğinde veya reddedildiğinde uyarılar kesilir.'
    : 'Bu ileti size bu referans İş Ortağı Merkezi’nde henüz yanıtlanmadığı için geldi. Orada kabul edildiğinde veya reddedildiğinde uyarılar kesilir.';

export const tr: Words = {
  language: 'tr',
  fonts: SEGOE,
  forms,

  lead: {
    sort: sort => SORTS_LARGE[sort],
    unnamed: () => 'Müşteri adı belirtilmemiş',
    titled: (customer, deal) => `${customer} – ${deal}`,
  },

  alert: {
    state: {
      new: sort => `Yeni ${SORTS[sort]}`,
      escalation: (sort, severity, isNew) => {
        const severities = { reminder: 'Hatırlatma', warning: 'Uyarı', critical: 'Kritik' };
        return `${severities[severity]}: ${isNew ? 'yeni, yanıtlanmamış' : 'yanıtlanmamış'} ${SORTS[sort]}`;
      },
      answered: (sort, answer) => `${SORTS_LARGE[sort]} yanıtlandı: ${answered(answer)}`,
      expired: sort => `${SORTS_LARGE[sort]}: süresi yanıtsız doldu`,
      gone: sort =>
        `İş Ortağı Merkezi ${THIS_OBJECT[sort]} artık göstermiyor: geri çekilmiş veya hesabımızdan gizlenmiş`,
    },
    urgency: {
      reminder: () => null,
      warning: sort =>
        `Zamanında yanıt verilmezse ${OF_THIS[sort]} süresi kalıcı olarak dolar ve gönderene bildirilir.`,
      critical: sort =>
        `Son çağrı: zamanında yanıt verilmezse ${OF_THIS[sort]} süresi kalıcı olarak dolar ve gönderene bildirilir.`,
    },
    answerByEndOf: day => `son yanıt günü: ${day} (gün sonuna kadar)`,
    answerBy: moment => `son yanıt zamanı: ${moment}`,
    expiryWas: moment => `süresi doldu: ${moment}`,
    timeLeft: duration => `kalan süre: ${duration}`,
    timeLeftWorking: (duration, workingDays) =>
      workingDays === 0
        ? `kalan süre: ${duration}, mesai saati yok`
        : `kalan süre: ${duration} (${forms.number(workingDays)} iş günü)`,
    noTimeLeft: () => 'süresi doldu',
    answeredAfter: duration => `yanıt süresi: ${duration}`,
    valueLost: money => `kayıp: ${money}`,
    expiredOn: moment => `süresi doldu: ${moment}`,
    why: {
      new: pendingWhy,
      escalation: pendingWhy,
      answered: () => 'Bu ileti size referans daha önce burada bildirildiği için geldi. Başka bildirim gelmeyecek.',
      expired: () => 'Bu ileti size kimse zamanında yanıt vermediği için geldi. Artık yanıt verilemez.',
      gone: () => 'Bu ileti size referans daha önce burada bildirildiği için geldi. Başka bildirim gelmeyecek.',
    },
    subject: {
      new: (customer, deal, left) => `[Yeni] ${about(customer, deal)} (${left})`,
      escalation: (customer, deal, shortLeft, isNew) =>
        `[${shortLeft === null ? 'Süresi doldu' : `Kalan: ${shortLeft}`}] ${about(customer, deal)} (${isNew ? 'yeni, yanıtlanmadı' : 'yanıtlanmadı'})`,
      answered: (customer, answer) => `[Yanıtlandı] ${customer}: ${answered(answer)}`,
      expired: customer => `[Süresi doldu] ${customer}: kimse yanıtlamadı`,
      gone: customer => `[Görünmüyor] ${customer}: artık İş Ortağı Merkezi’nde değil`,
    },
  },

  notes: {
    mayBeRepeat: () => 'Bu bir tekrar olabilir: ilk seferinde ulaşıp ulaşmadığını bilmiyoruz.',
    isNew: () => 'Bu yeni: daha önce burada bildirilmedi.',
    unconfirmedSince: moment =>
      `İş Ortağı Merkezi yanıt vermediği için durum doğrulanamıyor (son bilgi: ${moment}). Bu arada biri yanıtlamış olabilir.`,
    expiredUnconfirmed: moment =>
      `Bu doğrulanamadı: İş Ortağı Merkezi bu konuda bilgi vermiyor (son bilgi: ${moment}). Bu arada biri yanıtlamış olabilir.`,
    movedFrom: moment => `Süre sonu değişti. Burada daha önce bildirilen: ${moment}.`,
    datePassed: () => 'Süre doldu, ancak İş Ortağı Merkezi referansı hâlâ gösteriyor: yanıtlamak hâlâ mümkün olabilir.',
    createdUnsure: () =>
      'Oluşturma tarihi okunamadı, bu nedenle süre sonu kesin değil: referansı ilk gördüğümüz andan itibaren sayıyoruz.',
    late: due => `Bu ileti gecikti. Planlanan zaman: ${due}.`,
    nobodyTold: () => 'Bundan daha önce kimsenin haberi olmamıştı.',
    wasTold: () => 'Daha önce bildirilmişti, ancak kimse yanıtlamadı.',
    claimedBy: (name, until) => `Üstlenen: ${name} (bitiş: ${until}).`,
    onDuty: people => `Şu an nöbetçi: ${forms.list(people.map(({ name, until }) => `${name} (bitiş: ${until})`))}.`,
    factsUnknown: () =>
      'Referans tam olarak okunamadığı için kurallar kanallarını seçemedi: şimdilik geri kalan her şeyi alanlara gönderiliyor.',
    someColleague: () => 'bir ekip üyesi',
  },

  facts: {
    label: {
      value: () => 'Değer',
      country: () => 'Ülke',
      solution: () => 'Çözüm',
      qualification: () => 'Nitelik',
      request: () => 'İstek',
      place: () => 'Yer',
      size: () => 'Büyüklük',
      invitedBy: () => 'Davet eden',
      created: () => 'Oluşturuldu',
      expires: () => 'Süre sonu',
      expired: () => 'Süresi doldu',
      expiryDate: () => 'Süre sonu tarihi',
      referral: () => 'Referans',
      engagement: () => 'Etkileşim kimliği',
      claimed: () => 'Üstlenen',
    },
    qualification: known =>
      ({
        direct: 'doğrudan müşteriden',
        marketing: 'pazarlama tarafından nitelendirildi',
        sales: 'satış tarafından nitelendirildi',
      })[known],
    asksForContact: () => 'müşteri aranmak istiyor',
    rule: names => `Kural: ${names}`,
    andMore: (shown, more) => `${forms.items(shown)} ve ${forms.number(more)} tane daha`,
    employees: range =>
      'moreThan' in range ? `Çalışan sayısı: ${range.moreThan} üzeri` : `Çalışan sayısı: ${range.from}–${range.to}`,
    expires: (exact, estimated) => (estimated ? `Süre sonu: ${exact} (tahmini)` : `Süre sonu: ${exact}`),
    exact: (exact, estimated) => (estimated ? `${exact} (tahmini)` : exact),
    referralId: id => `Referans ${id}`,
  },

  link: {
    openReferral: () => 'İş Ortağı Merkezi’nde aç',
    openList: () => 'Listeyi İş Ortağı Merkezi’nde aç',
    searchFor: name => `Düğme referans listesini açar. Listede şunu arayın: “${name}”.`,
  },

  digest: {
    title: digestTitle,
    mostUrgent: left => `En acil olan en üstte, ${left}`,
    more: count => `Ve ${forms.number(count)} tane daha: İş Ortağı Merkezi’ne bakın.`,
    why: of =>
      of === 'new'
        ? 'Bu ileti size aynı anda çok sayıda referans geldiği için gönderildi. Süre sonu yaklaştıkça her biri ayrıca bildirilir.'
        : 'Bu ileti size aynı anda bildirilecek çok şey olduğu için gönderildi.',
    subject: (total, of, left) => {
      const tags = {
        new: 'Yeni',
        reminder: 'Hatırlatma',
        warning: 'Uyarı',
        critical: 'Kritik',
        answered: 'Yanıtlandı',
        expired: 'Süresi doldu',
        gone: 'Görünmüyor',
      };
      const count = of === 'new' ? digestTitle(total, of) : referrals(total);
      return `[${tags[of]}] ${left === null ? count : `${count}, en acil olanda ${left}`}`;
    },
  },

  plain: {
    title: of =>
      ({
        new: 'Yeni referans',
        reminder: 'Hatırlatma: yanıtlanmamış referans',
        warning: 'Uyarı: yanıtlanmamış referans',
        critical: 'Kritik: yanıtlanmamış referans',
        answered: 'Referans yanıtlandı',
        expired: 'Referansın süresi yanıtsız doldu',
        gone: 'İş Ortağı Merkezi bu referansı artık göstermiyor',
      })[of],
    why: () =>
      'Bu ileti, içeriği nedeniyle reddedilen bir iletinin yerine geçer. Ayrıntıları İş Ortağı Merkezi gösterir.',
  },

  lastResort: {
    title: count => `${unanswered(count)}: lütfen hemen bakın`,
    untold: () =>
      'Satış ekibine ulaşılamadı: kanallarından hiçbiri iletilerimizi kabul etmiyor. Lütfen İş Ortağı Merkezi’nde siz yanıtlayın veya ilgililere iletin.',
    blind: () =>
      'Bunlarla ilgili kayıtlarımıza ulaşamıyoruz, bu nedenle bu bir tekrar olabilir. Son baktığımızda yanıtlanmamışlardı ve süreleri dolmak üzereydi.',
    why: () => 'Bu ileti size başka kimseye zamanında ulaşılamadığı için geldi.',
  },

  summary: {
    title: total => `${referrals(total)} yanıt bekliyor`,
    unclaimed: (count, total) =>
      count === total ? 'Henüz hiçbiri üstlenilmedi.' : `Henüz üstlenilmeyen: ${forms.number(count)}.`,
    claimedBy: name => `üstlenen: ${name}`,
    why: () =>
      'Bu ileti size yanıt bekleyenlerin özeti buraya belirli bir saatte geldiği için gönderildi. Bekleyen yoksa özet de gelmez.',
    subject: (total, left) => `[Özet] ${unanswered(total)}, en acil olanda ${left}`,
  },

  report: {
    title: () => 'Referanslar: haftalık rapor',
    span: (from, to) => `${from} – ${to}`,
    counts: reportCounts,
    label: {
      received: () => 'Gelen',
      accepted: () => 'Kabul edilen',
      declined: () => 'Reddedilen',
      expired: () => 'Süresi dolan',
      gone: () => 'Geri çekilen veya gizlenen',
      pending: () => 'Dönem sonunda bekleyen',
      timeToTell: () => 'Bildirime kadar geçen süre',
      timeToClaim: () => 'Üstlenmeye kadar geçen süre',
      timeToAnswer: () => 'Yanıta kadar geçen süre',
      valueAnswered: () => 'Yanıtlanan değer',
      valueExpired: () => 'Süresi dolan değer',
    },
    accepted: (count, won, lost) => {
      const since = [
        ...(won > 0 ? [`kazanılan ${forms.number(won)}`] : []),
        ...(lost > 0 ? [`kaybedilen ${forms.number(lost)}`] : []),
      ];
      return since.length === 0 ? forms.number(count) : `${forms.number(count)} (${forms.list(since)})`;
    },
    none: () => 'yok',
    timesNote: () =>
      'Her süre, referansın ilk görüldüğü andan itibaren hesaplanan bir ortancadır. “Dönem sonunda bekleyen”, ne kadar eski olursa olsun o an yanıt bekleyen her şeydir.',
    daysTitle: () => 'Gün gün',
    day: (answered, expired) =>
      forms.items([
        ...(answered > 0 ? [`yanıtlanan: ${forms.number(answered)}`] : []),
        ...(expired > 0 ? [`süresi dolan: ${forms.number(expired)}`] : []),
      ]),
    quietDay: () => 'yanıtlanan yok, süresi dolan yok',
    answered: () => 'Yanıtlanan',
    expired: () => 'Süresi dolan',
    slowestTitle: () => 'En yavaş yanıtlar',
    slow: (customer, answer, duration) => `${customer}: ${answered(answer)}, süre: ${duration}`,
    rulesTitle: () => 'Kurallara göre',
    why: () => 'Bu ileti size bu yedi günün raporu buraya belirli bir saatte geldiği için gönderildi.',
    subject: (from, to, counts) => `[Rapor] Referanslar, ${from} – ${to}: ${reportCounts(counts)}`,
  },

  sample: {
    customer: () => 'Örnek Müşteri',
    deal: () => 'Bu yalnızca bir örnektir',
    note: () =>
      'Bu bir testtir: uyarıların buraya ulaştığını gösteren örnek bir müşteri adayı. Böyle bir müşteri adayı yok ve yapılması gereken bir şey yok.',
    subject: subject => `[Örnek] ${subject}`,
    why: () => 'Bu ileti size biri Referral Alerts kurulumunu denetlediği için geldi.',
  },

  page: {
    summary: (named, left) => `Yanıtlanmamış referans, ${left}: ${named}`,
    digest: digestTitle,
    notes: () => 'Açıklamalar',
  },

  detail: {
    pending: sort => `${SORTS_LARGE[sort]}, yanıtlanmadı`,
    noConsent: () =>
      'Müşteri kendisiyle iletişim kurulmasına onay vermedi. Aşağıdaki iletişim bilgilerini kullanmadan önce bunu netleştirin.',
    contacts: () => 'Kişiler',
    moreContacts: count => `ve İş Ortağı Merkezi’nde ${forms.number(count)} kişi daha`,
    notes: () => 'Notlar',
    history: () => 'Geçmiş',
    happened: {
      firstSeen: () => 'İlk kez görüldü',
      claimed: name => `Üstlenen: ${name}`,
      released: name => `Bırakan: ${name}`,
      releasedFor: (name, holder) => `Serbest bırakan: ${name} (üstlenen: ${holder})`,
      snoozed: name => `Sessize alan: ${name}`,
      answered: answer => `Yanıtlandı: ${answered(answer)}`,
      expired: () => 'Süresi yanıtsız doldu',
      gone: () => 'Artık İş Ortağı Merkezi’nde görünmüyor',
    },
    told: {
      new: () => 'Bildirim: yeni',
      escalation: before => `Bildirim: süre sonundan ${before} önce`,
      answered: () => 'Bildirim: yanıtlandı',
      expired: () => 'Bildirim: süresi doldu',
      gone: () => 'Bildirim: görünmüyor',
    },
    channel: ({ by, audience, name }) => {
      const carriers = { teams: 'Teams', email: 'E-posta', pager: 'Çağrı cihazı', bot: 'Teams botu' };
      const audiences = { sales: 'satış', 'on-call': 'nöbetçi', operator: 'işletim' };
      return by === 'pager' ? carriers.pager : `${carriers[by]} (${name ?? audiences[audience]})`;
    },
    standing: {
      sending: () => 'gönderiliyor',
      accepted: () => 'yolda',
      delivered: () => 'teslim edildi',
      retry: () => 'yeniden gönderilecek',
      doubtful: () => 'gönderildi, onay gelmedi',
      rejected: () => 'kabul edilmedi',
      refused: () => 'kanal reddetti',
    },
    claimedUntil: (name, until) => `${name} (bitiş: ${until})`,
    privacy: () =>
      'Bunu yalnızca siz görüyorsunuz. Kişiler ve notlar müşterinin kişisel verileridir: lütfen paylaşmayın.',
  },

  bot: {
    button: {
      claim: () => 'Üstlen',
      release: () => 'Bırak',
      releaseAnyway: () => 'Yine de bırak',
      details: () => 'Ayrıntılar',
      snooze: () => '1 gün sessize al',
      back: () => 'Geri',
      next: () => 'Sonraki',
      previous: () => 'Önceki',
    },
    snoozedUntil: moment => `Sessize alındı (bitiş: ${moment}); kritik uyarılar yine de gelir.`,
    probablyAnsweredBy: name => `Büyük olasılıkla yanıtlayan: ${name} (daha önce üstlenmişti).`,
    hadClaimed: name => `Daha önce üstlenen: ${name}.`,
    nowIs: answer =>
      answer === 'expired'
        ? 'Artık beklemede değil: İş Ortağı Merkezi’nde süresi doldu.'
        : answer === 'gone'
          ? 'Artık beklemede değil: İş Ortağı Merkezi’nde görünmüyor.'
          : `Artık beklemede değil. İş Ortağı Merkezi’ndeki yanıt: ${answered(answer)}.`,
    louder: (named, left) => `${named}: ${left}, henüz kimse yanıtlamadı.`,
    releaseOf: name => `Bu kişinin üstlendiği bırakılsın mı: ${name}?`,
    releaseIsTold: (name, since) => `Üstlenen: ${name} (başlangıç: ${since}). Bırakırsanız kendisine bildirilir.`,
    nothingReleased: () => 'Hiçbir şey bırakılmadı: kart güncel değildi.',
    released: (by, named) => `Üstlendiğiniz referans bırakıldı: ${named}. Bırakan: ${by}.`,
    didNotWork: () => 'Bu işe yaramadı. Lütfen bir dakika sonra yeniden deneyin.',
    namesNothing: () => 'Bu düğme hiçbir referansa ait değil.',
    notAnswering: () =>
      'İş Ortağı Merkezi şu anda yanıt vermiyor, bu nedenle hiçbir şey değiştirilmedi. Lütfen bir dakika sonra yeniden deneyin.',
    notWatchedYet: () =>
      'Bu referans beklemede, ancak henüz izlenmiyor. Lütfen bir sonraki denetimden sonra yeniden deneyin.',
    notWatchedAnyMore: () => 'Bu referans artık izlenmiyor.',
    notListedAnyMore: () => 'Bu referans artık beklemede değil: İş Ortağı Merkezi listesinde yer almıyor.',
    partnerCenterSays: word => `Bu referans artık beklemede değil. İş Ortağı Merkezi’ndeki durum: ${word}.`,
    heldBy: (name, since) => `Bunu üstlenen biri var: ${name} (başlangıç: ${since}).`,
    tooLateToSnooze: () => 'Süre sonu sessize almak için çok yakın: kritik uyarılar her zaman gelir.',
    list: {
      title: count => `${forms.number(count)} bekleyen referans`,
      none: () => 'Yanıt bekleyen yok',
      range: (from, to) => `${forms.number(from)}–${forms.number(to)}, en acil olan en üstte`,
      mostUrgentFirst: () => 'En acil olan en üstte',
      claimedBy: name => `üstlenen: ${name}`,
      notPending: word => `artık beklemede değil: ${word}`,
      why: () => 'Son denetimde İş Ortağı Merkezi’nin listelediği referanslar.',
      unnamed: id => `Referans ${id}`,
    },
    say: {
      does: {
        use: () => 'referansları bu kanala bildirir',
        useFor: () => 'aynısı, bu kanala bir ad vererek',
        stop: () => 'bu kanala artık bildirmez',
        status: () => 'İş Ortağı Merkezi’nin en son ne zaman okunduğu ve kaç referansın beklediği',
        list: () => 'bekleyen referanslar, en acil olan en üstte',
        help: () => 'bu yardım',
      },
      help: () =>
        'İş Ortağı Merkezi’ndeki referansları süreleri dolmadan bu ekibe bildiririm. Benden bahsedin (@) ve şunu yazın:',
      greeting: () =>
        'Merhaba! İş Ortağı Merkezi’nde yanıt bekleyen referansları izlerim. Yeni bir referans geldiğinde ve süre sonu yaklaştığında haber veririm.',
      chooseWhere: command =>
        `Şimdilik bir şey bildirmiyorum. Yer seçmek için bir kanalda benden bahsedin (@) ve ${command} yazın. Şunları da anlarım:`,
      onlyChannels: () => 'Yalnızca bir kanala veya grup sohbetine bildirebilirim. Lütfen orada benden bahsedin.',
      bound: (name, stopCommand) =>
        name === null
          ? `Bu kanal bağlandı. Bekleyen referanslar bir sonraki denetimde gelecek. Bitirmek için ${stopCommand} yazın.`
          : `Bu kanal “${name}” adıyla bağlandı. Bekleyen referanslar bir sonraki denetimde gelecek. Bitirmek için ${stopCommand} yazın.`,
      isBound: name => (name === null ? 'Bu kanal bağlı.' : `Bu kanal “${name}” adıyla bağlı.`),
      notBound: () => 'Bu kanal bağlı değil: buraya bir şey bildirmiyorum.',
      unbound: useCommand => `Bu kanala artık bildirmiyorum. Yeniden başlamak için ${useCommand} yazın.`,
      notAllowed: () => 'Bunu yalnızca bu botun yöneticileri yapabilir.',
      lastPoll: moment => `Son başarılı denetim: ${moment ?? 'henüz yok'}`,
      pending: count => `Bekleyen referans sayısı: ${forms.number(count)}`,
      nothingBoundYet: useCommand =>
        `Henüz hiçbir kanal bağlı değil, bu nedenle referanslar hakkında bir şey söylemiyorum. Başlamak için ${useCommand} yazın.`,
      notUnderstood: commands => `Bunu anlayamadım. Şunlardan birini yazın: ${commands}.`,
    },
  },
};
