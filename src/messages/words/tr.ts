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
const OF: Record<Sort, string> = {
  lead: 'müşteri adayının',
  'co-sell': 'ortak satış fırsatının',
  referral: 'referansın',
};

const ANSWERS = {
  accepted: 'kabul edildi',
  declined: 'reddedildi',
  won: 'kabul edildi ve kazanıldı',
  lost: 'kabul edildi ve kaybedildi',
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
    expired: `${forms.number(total)} referansın süresi yanıt verilmeden doldu`,
    gone: `${referrals(total)} artık İş Ortağı Merkezi’nde görünmüyor`,
  })[of];

const reportCounts = ({ received, answered, expired }: ReportCounts) =>
  `${forms.number(received)} gelen, ${forms.number(answered)} yanıtlanan, ${forms.number(expired)} süresi dolan`;

const pendingWhy = (audience: 'sales' | 'on-call') =>
  audience === 'on-call'
    ? 'Bu iletiyi, nöbetçi olduğunuz ve referans İş Ortağı Merkezi’nde henüz yanıtlanmadığı için alıyorsunuz. Referans orada kabul edildiğinde veya reddedildiğinde bildirimler sona erer.'
    : 'Bu iletiyi, referans İş Ortağı Merkezi’nde henüz yanıtlanmadığı için alıyorsunuz. Referans orada kabul edildiğinde veya reddedildiğinde bildirimler sona erer.';

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
      expired: sort => `${forms.capital(OF[sort])} süresi yanıt verilmeden doldu`,
      gone: sort =>
        `Bu ${SORTS[sort]} artık İş Ortağı Merkezi’nde görünmüyor: geri çekilmiş veya hesabımızdan gizlenmiş olabilir`,
    },
    urgency: {
      reminder: () => null,
      warning: sort =>
        `Zamanında yanıt verilmezse bu ${OF[sort]} süresi kalıcı olarak dolar ve durum gönderene bildirilir.`,
      critical: sort =>
        `Son uyarı: zamanında yanıt verilmezse bu ${OF[sort]} süresi kalıcı olarak dolar ve durum gönderene bildirilir.`,
    },
    answerByEndOf: day => `yanıt için son gün: ${day} (gün sonuna kadar)`,
    answerBy: moment => `yanıt için son tarih: ${moment}`,
    expiryWas: moment => `süre sonu geçti: ${moment}`,
    timeLeft: duration => `${duration} kaldı`,
    timeLeftWorking: (duration, workingDays) =>
      workingDays === 0
        ? `${duration} kaldı, mesai saati yok`
        : `${duration} kaldı (${forms.number(workingDays)} iş günü)`,
    noTimeLeft: () => 'süre sonu geçti',
    answeredAfter: duration => `${duration} içinde yanıtlandı`,
    valueLost: money => `kaçırılan değer: ${money}`,
    expiredOn: moment => `süresi doldu: ${moment}`,
    why: {
      new: pendingWhy,
      escalation: pendingWhy,
      answered: () =>
        'Bu iletiyi, referans daha önce burada bildirildiği için alıyorsunuz. Bu referans için başka bildirim gelmeyecek.',
      expired: () => 'Bu iletiyi, referansa zamanında yanıt verilmediği için alıyorsunuz. Artık yanıt verilemez.',
      gone: () =>
        'Bu iletiyi, referans daha önce burada bildirildiği için alıyorsunuz. Bu referans için başka bildirim gelmeyecek.',
    },
    subject: {
      new: (customer, deal, left) => `[Yeni] ${about(customer, deal)} (${left})`,
      escalation: (customer, deal, shortLeft, isNew) =>
        `[${shortLeft === null ? 'Süre sonu geçti' : `${shortLeft} kaldı`}] ${about(customer, deal)} (${isNew ? 'yeni, yanıtlanmadı' : 'yanıtlanmadı'})`,
      answered: (customer, answer) => `[Yanıtlandı] ${customer}: ${answered(answer)}`,
      expired: customer => `[Süresi doldu] ${customer}: kimse yanıtlamadı`,
      gone: customer => `[Artık görünmüyor] ${customer}: İş Ortağı Merkezi’nde yer almıyor`,
    },
  },

  notes: {
    mayBeRepeat: () => 'Bu ileti size ikinci kez gelmiş olabilir: ilkinin ulaşıp ulaşmadığını bilmiyoruz.',
    isNew: () => 'Bu referans yeni: burada daha önce bildirilmedi.',
    unconfirmedSince: moment =>
      `İş Ortağı Merkezi yanıt vermediği için durum doğrulanamıyor (son bilgi: ${moment}). Bu arada biri yanıtlamış olabilir.`,
    expiredUnconfirmed: moment =>
      `Sürenin dolduğu doğrulanamadı: İş Ortağı Merkezi bu konuda bilgi vermiyor (son bilgi: ${moment}). Bu arada biri yanıtlamış olabilir.`,
    movedFrom: moment => `Süre sonu değişti. Daha önce bildirilen süre sonu: ${moment}.`,
    datePassed: () =>
      'Süre sonu geçti, ancak referans İş Ortağı Merkezi’nde hâlâ görünüyor: yanıt vermek mümkün olabilir.',
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
      qualification: () => 'Değerlendirme',
      request: () => 'İstek',
      place: () => 'Konum',
      size: () => 'Çalışan sayısı',
      invitedBy: () => 'Davet eden',
      created: () => 'Oluşturulma tarihi',
      expires: () => 'Süre sonu',
      expired: () => 'Süresi doldu',
      expiryDate: () => 'Süre sonu tarihi',
      referral: () => 'Referans kimliği',
      engagement: () => 'Etkileşim kimliği',
      claimed: () => 'Üstlenen',
    },
    qualification: known =>
      ({
        direct: 'doğrudan müşteriden',
        marketing: 'pazarlama tarafından uygun bulundu',
        sales: 'satış tarafından uygun bulundu',
      })[known],
    asksForContact: () => 'müşteri kendisiyle iletişime geçilmesini istiyor',
    place: (city, country) => `${city}, ${country}`,
    rule: names => `Kural: ${names}`,
    andMore: (shown, more) => `${forms.items(shown)} ve ${forms.number(more)} tane daha`,
    employees: range => ('moreThan' in range ? `${range.moreThan} üzeri` : `${range.from}–${range.to}`),
    expires: (exact, estimated) => (estimated ? `Süre sonu: ${exact} (tahmini)` : `Süre sonu: ${exact}`),
    exact: (exact, estimated) => (estimated ? `${exact} (tahmini)` : exact),
    referralId: id => `Referans kimliği: ${id}`,
  },

  link: {
    openReferral: () => 'İş Ortağı Merkezi’nde aç',
    openList: () => 'Listeyi İş Ortağı Merkezi’nde aç',
    searchFor: name => `Düğme referans listesini açar. Listede şunu arayın: “${name}”.`,
  },

  digest: {
    title: digestTitle,
    mostUrgent: left => `En acil olan en üstte: ${left}`,
    more: count => `${forms.number(count)} referans daha var: tümünü İş Ortağı Merkezi’nde görebilirsiniz.`,
    why: of =>
      of === 'new'
        ? 'Aynı anda çok sayıda referans geldiği için bunları toplu olarak bildiriyoruz. Süreleri dolmaya yaklaştıkça her biri ayrıca bildirilir.'
        : 'Aynı anda bildirilecek çok şey olduğu için bunları toplu olarak bildiriyoruz.',
    subject: (total, of, left) => {
      const tags = {
        new: 'Yeni',
        reminder: 'Hatırlatma',
        warning: 'Uyarı',
        critical: 'Kritik',
        answered: 'Yanıtlandı',
        expired: 'Süresi doldu',
        gone: 'Artık görünmüyor',
      };
      const count = of === 'new' ? digestTitle(total, of) : referrals(total);
      return `[${tags[of]}] ${left === null ? count : `${count}, en acili: ${left}`}`;
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
        expired: 'Referansın süresi yanıt verilmeden doldu',
        gone: 'İş Ortağı Merkezi bu referansı artık göstermiyor',
      })[of],
    why: () =>
      'Bu ileti, içeriği nedeniyle teslim edilemeyen bir iletinin yerine gönderildi. Ayrıntılar İş Ortağı Merkezi’ndedir.',
  },

  lastResort: {
    title: count => `${unanswered(count)}: lütfen hemen ilgilenin`,
    untold: () =>
      'Satış ekibine ulaşılamadı: kanallarının hiçbiri iletilerimizi kabul etmiyor. Lütfen İş Ortağı Merkezi’nde siz yanıtlayın veya ilgililere iletin.',
    blind: () =>
      'Bunlarla ilgili kayıtlarımıza ulaşamıyoruz, bu nedenle bu bir tekrar olabilir. Son baktığımızda yanıtlanmamışlardı ve süreleri dolmak üzereydi.',
    why: () => 'Bu iletiyi, başka hiç kimseye zamanında ulaşılamadığı için alıyorsunuz.',
  },

  summary: {
    title: total => `${referrals(total)} yanıt bekliyor`,
    unclaimed: (count, total) =>
      count < total
        ? `Üstlenilmemiş: ${forms.number(count)}.`
        : total === 1
          ? 'Henüz üstlenilmedi.'
          : 'Henüz hiçbiri üstlenilmedi.',
    claimedBy: name => `üstlenen: ${name}`,
    why: () =>
      'Yanıt bekleyen referansların özeti buraya belirlenen saatte gönderilir. Bekleyen referans yoksa özet gönderilmez.',
    subject: (total, left) => `[Özet] ${unanswered(total)}, ${total === 1 ? left : `en acili: ${left}`}`,
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
      valueAnswered: () => 'Yanıtlananların değeri',
      valueExpired: () => 'Süresi dolanların değeri',
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
      'Süreler referansın ilk görüldüğü andan itibaren ölçülür ve ortanca (medyan) değerdir. “Dönem sonunda bekleyen”, geliş tarihinden bağımsız olarak o anda yanıt bekleyen tüm referansları kapsar.',
    daysTitle: () => 'Günlere göre',
    day: (answered, expired) =>
      forms.items([
        ...(answered > 0 ? [`${forms.number(answered)} yanıtlanan`] : []),
        ...(expired > 0 ? [`${forms.number(expired)} süresi dolan`] : []),
      ]),
    quietDay: () => 'yanıtlanan yok, süresi dolan yok',
    answered: () => 'Yanıtlanan',
    expired: () => 'Süresi dolan',
    slowestTitle: () => 'En yavaş yanıtlar',
    slow: (customer, answer, duration) => `${customer}: ${duration} içinde yanıtlandı (${answered(answer)})`,
    rulesTitle: () => 'Kurallara göre',
    why: () => 'Bu yedi günün raporu buraya belirlenen saatte gönderilir.',
    subject: (from, to, counts) => `[Rapor] Referanslar, ${from} – ${to} (${reportCounts(counts)})`,
  },

  sample: {
    customer: () => 'Örnek Müşteri',
    deal: () => 'Bu yalnızca bir örnektir',
    note: () =>
      'Bu bir testtir: örnek müşteri adayı, bildirimlerin buraya ulaştığını gösterir. Bu müşteri adayı gerçek değildir; bir şey yapmanız gerekmez.',
    subject: subject => `[Örnek] ${subject}`,
    why: () => 'Bu iletiyi, biri Referral Alerts kurulumunu test ettiği için alıyorsunuz.',
  },

  page: {
    summary: (named, left) => `Yanıtlanmamış referans, ${left}: ${named}`,
    digest: digestTitle,
    notes: () => 'Açıklamalar',
  },

  detail: {
    pending: sort => `Yanıtlanmamış ${SORTS[sort]}`,
    noConsent: () =>
      'Müşteri kendisiyle iletişim kurulmasına onay vermedi. Aşağıdaki iletişim bilgilerini kullanmadan önce onay durumunu netleştirin.',
    contacts: () => 'İlgili kişiler',
    moreContacts: count => `ve İş Ortağı Merkezi’nde ${forms.number(count)} kişi daha`,
    notes: () => 'Notlar',
    history: () => 'Geçmiş',
    happened: {
      firstSeen: () => 'İlk kez görüldü',
      claimed: name => `Üstlenen: ${name}`,
      released: name => `Bırakan: ${name}`,
      releasedFor: (name, holder) => `Üstlenmeyi kaldıran: ${name} (üstlenen: ${holder})`,
      snoozed: name => `Sessize alan: ${name}`,
      answered: answer => `Yanıtlandı: ${answered(answer)}`,
      expired: () => 'Yanıt verilmeden süresi doldu',
      gone: () => 'Artık İş Ortağı Merkezi’nde görünmüyor',
    },
    told: {
      new: () => '“Yeni” bildirimi',
      escalation: before => `Bildirim (süre sonundan ${before} önce)`,
      answered: () => '“Yanıtlandı” bildirimi',
      expired: () => '“Süresi doldu” bildirimi',
      gone: () => '“Artık görünmüyor” bildirimi',
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
    privacy: () => 'Bunu yalnızca siz görüyorsunuz. Kişi bilgileri ve notlar kişisel veri içerir; lütfen paylaşmayın.',
  },

  bot: {
    button: {
      claim: () => 'Üstlen',
      release: () => 'Bırak',
      releaseAnyway: () => 'Yine de kaldır',
      details: () => 'Ayrıntılar',
      snooze: () => '1 gün sessize al',
      back: () => 'Geri',
      next: () => 'Sonraki',
      previous: () => 'Önceki',
    },
    snoozedUntil: moment =>
      `Sessize alındı: bildirimler ${moment} itibarıyla yeniden başlar, kritik bildirimler bu arada da gelir.`,
    probablyAnsweredBy: name => `Büyük olasılıkla ${name} yanıtladı (daha önce üstlenmişti).`,
    hadClaimed: name => `${name} daha önce üstlenmişti.`,
    nowIs: answer =>
      answer === 'expired'
        ? 'Artık yanıt beklemiyor: İş Ortağı Merkezi’nde süresi doldu.'
        : answer === 'gone'
          ? 'Artık yanıt beklemiyor: İş Ortağı Merkezi’nde görünmüyor.'
          : `Artık yanıt beklemiyor. İş Ortağı Merkezi’ndeki yanıt: ${answered(answer)}.`,
    louder: (named, left) => `${named}: ${left}, henüz kimse yanıtlamadı.`,
    releaseOf: name => `Üstlenme kaldırılsın mı? Üstlenen: ${name}`,
    releaseIsTold: (name, since) =>
      `${name} bu referansı üstlendi (${since}). Üstlenmeyi kaldırırsanız kendisine bildirilir.`,
    nothingReleased: () => 'Değişiklik yapılmadı: kart güncel değildi.',
    released: (by, named) => `Üstlendiğiniz referans artık sizde değil: ${named}. Üstlenmeyi kaldıran: ${by}.`,
    didNotWork: () => 'İşlem tamamlanamadı. Lütfen bir dakika sonra yeniden deneyin.',
    namesNothing: () => 'Bu düğmeyle ilişkili bir referans bulunamadı.',
    notAnswering: () =>
      'İş Ortağı Merkezi şu anda yanıt vermiyor, bu nedenle hiçbir şey değiştirilmedi. Lütfen bir dakika sonra yeniden deneyin.',
    notWatchedYet: () =>
      'Bu referans yanıt bekliyor, ancak henüz izlenmiyor. Lütfen bir sonraki kontrolden sonra yeniden deneyin.',
    notWatchedAnyMore: () => 'Bu referans artık izlenmiyor.',
    notListedAnyMore: () => 'Bu referans artık yanıt beklemiyor: İş Ortağı Merkezi listesinde yer almıyor.',
    partnerCenterSays: word => `Bu referans artık yanıt beklemiyor. İş Ortağı Merkezi’ndeki durum: ${word}.`,
    heldBy: (name, since) => `${name} bu referansı zaten üstlendi (${since}).`,
    tooLateToSnooze: () =>
      'Sürenin dolmasına çok az kaldığı için sessize alınamaz: kritik bildirimler her zaman gelir.',
    list: {
      title: count => `${forms.number(count)} referans yanıt bekliyor`,
      none: () => 'Yanıt bekleyen referans yok',
      range: (from, to) => `${forms.number(from)}–${forms.number(to)}, en acil olan en üstte`,
      mostUrgentFirst: () => 'En acil olan en üstte',
      claimedBy: name => `üstlenen: ${name}`,
      notPending: word => `artık yanıt beklemiyor: ${word}`,
      why: () => 'İş Ortağı Merkezi’nin son kontroldeki listesi.',
      unnamed: id => `Referans ${id}`,
    },
    say: {
      does: {
        use: () => 'referans bildirimlerini bu kanala gönderir',
        useFor: () => 'aynısı, bu kanala bir ad vererek',
        stop: () => 'bu kanala bildirim göndermeyi durdurur',
        status: () => 'İş Ortağı Merkezi’nin en son ne zaman okunduğu ve kaç referansın beklediği',
        list: () => 'bekleyen referanslar, en acil olan en üstte',
        help: () => 'bu yardım',
      },
      help: () =>
        'İş Ortağı Merkezi’ndeki referansları süreleri dolmadan bu ekibe bildiririm. Benden @ ile bahsedin ve şunu yazın:',
      greeting: () =>
        'Merhaba! İş Ortağı Merkezi’nde yanıt bekleyen referansları izliyorum. Yeni bir referans geldiğinde ve süre sonu yaklaştığında haber veririm.',
      chooseWhere: command =>
        `Henüz bildirim göndermiyorum. Bildirimlerin geleceği kanalı seçmek için o kanalda benden @ ile bahsedip ${command} yazın. Kullanabileceğiniz komutlar:`,
      onlyChannels: () =>
        'Yalnızca bir kanala veya grup sohbetine bildirim gönderebilirim. Lütfen orada benden @ ile bahsedin.',
      bound: (name, stopCommand) =>
        name === null
          ? `Bu kanal bağlandı. Bekleyen referanslar bir sonraki kontrolde gelecek. Durdurmak için ${stopCommand} yazın.`
          : `Bu kanal “${name}” adıyla bağlandı. Bekleyen referanslar bir sonraki kontrolde gelecek. Durdurmak için ${stopCommand} yazın.`,
      isBound: name => (name === null ? 'Bu kanal bağlı.' : `Bu kanal “${name}” adıyla bağlı.`),
      notBound: () => 'Bu kanal bağlı değil: buraya bildirim göndermiyorum.',
      unbound: useCommand => `Bu kanala artık bildirim göndermiyorum. Yeniden başlamak için ${useCommand} yazın.`,
      notAllowed: () => 'Bunu yalnızca bu botun yöneticileri yapabilir.',
      lastPoll: moment => `Son başarılı kontrol: ${moment ?? 'henüz yok'}`,
      pending: count => `Yanıt bekleyen referans sayısı: ${forms.number(count)}`,
      nothingBoundYet: useCommand =>
        `Henüz bağlı bir kanal yok, bu nedenle referans bildirimi göndermiyorum. Başlamak için ${useCommand} yazın.`,
      notUnderstood: commands => `Bunu anlayamadım. Şunlardan birini yazın: ${commands}.`,
    },
  },
};
