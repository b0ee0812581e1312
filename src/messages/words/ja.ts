import { createForms, type Forms } from './forms.ts';
import type { Answer, DigestKind, ReportCounts, Sort, Words } from './words.ts';

const japanese = createForms('ja', {
  unknownDate: '日付不明',
  comma: '、',
  colon: '：',
  stop: '。',
  betweenSentences: '',
  shortUnits: 'short',
});
// Without the space that Intl sets between number and unit: running text has none.
const tight = (duration: string) => duration.replace(/(\d) (?=\p{L})/gu, '$1');
const forms: Forms = {
  ...japanese,
  units: (count, unit) => tight(japanese.units(count, unit)),
  duration: milliseconds => tight(japanese.duration(milliseconds)),
  shortDuration: milliseconds => tight(japanese.shortDuration(milliseconds)),
};

const PARTNER_CENTER = 'パートナー センター';

const SORTS: Record<Sort, string> = { lead: 'リード', 'co-sell': '共同販売の営業案件', referral: '紹介' };

const ANSWERS = {
  accepted: '承諾',
  declined: '辞退',
  won: '承諾（成約）',
  lost: '承諾（失注）',
  closed: '回答済み',
} as const;

const answered = (answer: Answer) => (typeof answer === 'string' ? ANSWERS[answer] : answer.word);

const about = (customer: string, deal: string | null) => (deal === null ? customer : `${customer}：${deal}`);

const counted = (count: number) => `${forms.number(count)}件`;

const digestTitle = (total: number, of: DigestKind) =>
  ({
    new: `新しい紹介 ${counted(total)}`,
    reminder: `お知らせ：未回答の紹介 ${counted(total)}`,
    warning: `警告：未回答の紹介 ${counted(total)}`,
    critical: `至急：未回答の紹介 ${counted(total)}`,
    answered: `回答済みになった紹介 ${counted(total)}`,
    expired: `未回答のまま期限切れになった紹介 ${counted(total)}`,
    gone: `${PARTNER_CENTER}に表示されなくなった紹介 ${counted(total)}`,
  })[of];

const reportCounts = ({ received, answered, expired }: ReportCounts) =>
  `受信 ${counted(received)}、回答 ${counted(answered)}、期限切れ ${counted(expired)}`;

const pendingWhy = (audience: 'sales' | 'on-call') =>
  audience === 'on-call'
    ? `当番の方にお送りしています。この紹介は、まだ${PARTNER_CENTER}で回答されていません。承諾または辞退すると、通知は止まります。`
    : `この紹介は、まだ${PARTNER_CENTER}で回答されていません。承諾または辞退すると、通知は止まります。`;

export const ja: Words = {
  language: 'ja',
  // Windows has the first two in every edition, older ones Meiryo; Macs have Hiragino.
  fonts: "'Yu Gothic UI','Yu Gothic',Meiryo,'Hiragino Sans',system-ui,sans-serif",
  forms,

  lead: {
    sort: sort => SORTS[sort],
    unnamed: () => '顧客名なし',
    titled: (customer, deal) => `${customer} – ${deal}`,
  },

  alert: {
    state: {
      new: sort => `新しい${SORTS[sort]}`,
      escalation: (sort, severity, isNew) => {
        const severities = { reminder: 'お知らせ', warning: '警告', critical: '至急' };
        return `${severities[severity]}：${isNew ? '新しい未回答の' : '未回答の'}${SORTS[sort]}`;
      },
      answered: (sort, answer) => `${SORTS[sort]}に回答がありました：${answered(answer)}`,
      expired: sort => `${SORTS[sort]}が未回答のまま期限切れになりました`,
      gone: sort =>
        `この${SORTS[sort]}は${PARTNER_CENTER}に表示されなくなりました（取り下げ、または当社アカウントから非表示）`,
    },
    urgency: {
      reminder: () => null,
      warning: sort =>
        `期限までに回答しないと、この${SORTS[sort]}は失効して元に戻せません。送信元にもその旨が通知されます。`,
      critical: sort =>
        `最後のお知らせです。期限までに回答しないと、この${SORTS[sort]}は失効して元に戻せません。送信元にもその旨が通知されます。`,
    },
    answerByEndOf: day => `回答期限：${day}中`,
    answerBy: moment => `回答期限：${moment}`,
    expiryWas: moment => `期限：${moment}（終了）`,
    timeLeft: duration => `残り${duration}`,
    timeLeftWorking: (duration, workingDays) =>
      workingDays === 0
        ? `残り${duration}（営業時間なし）`
        : `残り${duration}（営業日 ${forms.number(workingDays)}日）`,
    noTimeLeft: () => '期限を過ぎています',
    answeredAfter: duration => `回答までの時間：${duration}`,
    valueLost: money => `${money}の機会損失`,
    expiredOn: moment => `${moment}に期限切れ`,
    why: {
      new: pendingWhy,
      escalation: pendingWhy,
      answered: () => '以前ここでお知らせした紹介です。これ以上の通知はありません。',
      expired: () => '期限までに誰も回答しなかったため、お知らせしています。もう回答できません。',
      gone: () => '以前ここでお知らせした紹介です。これ以上の通知はありません。',
    },
    subject: {
      new: (customer, deal, left) => `【新着】${about(customer, deal)}（${left}）`,
      escalation: (customer, deal, shortLeft, isNew) =>
        `【${shortLeft === null ? '期限超過' : `残り${shortLeft}`}】${about(customer, deal)}（${isNew ? '新着・未回答' : '未回答'}）`,
      answered: (customer, answer) => `【回答済み】${customer}：${answered(answer)}`,
      expired: customer => `【期限切れ】${customer}：回答なし`,
      gone: customer => `【表示終了】${customer}：${PARTNER_CENTER}に表示されていません`,
    },
  },

  notes: {
    mayBeRepeat: () => '同じ通知が重複している可能性があります。最初の通知が届いたかどうかを確認できませんでした。',
    isNew: () => '新着です。ここではまだお知らせしていません。',
    unconfirmedSince: moment =>
      `${moment}以降、${PARTNER_CENTER}から応答がなく、状態を確認できていません。すでに回答されている可能性があります。`,
    expiredUnconfirmed: moment =>
      `この情報は確認できていません。${moment}以降、${PARTNER_CENTER}から情報を得られていません。すでに回答されている可能性があります。`,
    movedFrom: moment => `期限が変わりました。以前ここでお知らせした期限は${moment}です。`,
    datePassed: () =>
      `期限を過ぎていますが、${PARTNER_CENTER}にはまだ表示されています。まだ回答できる可能性があります。`,
    createdUnsure: () => '作成日を読み取れなかったため、期限は確実ではありません。最初に確認した時点から数えています。',
    late: due => `お知らせが遅れました。本来の予定は${due}でした。`,
    nobodyTold: () => 'これまで誰にもお知らせできていませんでした。',
    wasTold: () => 'お知らせ済みでしたが、誰も回答しませんでした。',
    claimedBy: (name, until) => `担当：${name}さん（${until}まで）。`,
    onDuty: people => `現在の当番：${forms.list(people.map(({ name, until }) => `${name}さん（${until}まで）`))}。`,
    factsUnknown: () =>
      '内容をすべて読み取れなかったため、ルールで送信先を選べませんでした。当面は、その他すべてを受け取る送信先にお送りします。',
    someColleague: () => '同僚',
  },

  facts: {
    label: {
      value: () => '金額',
      country: () => '国/地域',
      solution: () => 'ソリューション',
      qualification: () => '評価',
      request: () => '要望',
      place: () => '所在地',
      size: () => '規模',
      invitedBy: () => '招待元',
      created: () => '作成日時',
      expires: () => '有効期限',
      expired: () => '期限切れ日時',
      expiryDate: () => '有効期限',
      referral: () => '紹介',
      engagement: () => 'エンゲージメント ID',
      claimed: () => '担当',
    },
    qualification: known =>
      ({
        direct: '顧客から直接',
        marketing: 'マーケティングによる評価済み',
        sales: '営業による評価済み',
      })[known],
    asksForContact: () => '連絡を希望しています',
    rule: names => `ルール：${names}`,
    andMore: (shown, more) => `${forms.items(shown)}、他${counted(more)}`,
    employees: range => ('moreThan' in range ? `従業員 ${range.moreThan}人超` : `従業員 ${range.from}～${range.to}人`),
    expires: (exact, estimated) => (estimated ? `有効期限：${exact}（推定）` : `有効期限：${exact}`),
    exact: (exact, estimated) => (estimated ? `${exact}（推定）` : exact),
    referralId: id => `紹介 ID ${id}`,
  },

  link: {
    openReferral: () => `${PARTNER_CENTER}で開く`,
    openList: () => `${PARTNER_CENTER}で一覧を開く`,
    searchFor: name => `ボタンを押すと紹介の一覧が開きます。一覧で「${name}」を検索してください。`,
  },

  digest: {
    title: digestTitle,
    mostUrgent: left => `緊急度の高い順（最短は${left}）`,
    more: count => `他に${counted(count)}あります。${PARTNER_CENTER}をご覧ください。`,
    why: of =>
      of === 'new'
        ? '多数の紹介が同時に届いたため、まとめてお知らせしています。期限が近づくと、それぞれ個別にお知らせします。'
        : 'お知らせする内容が同時に多数あったため、まとめてお送りしています。',
    subject: (total, of, left) => {
      const tags = {
        new: '新着',
        reminder: 'お知らせ',
        warning: '警告',
        critical: '至急',
        answered: '回答済み',
        expired: '期限切れ',
        gone: '表示終了',
      };
      const count = of === 'new' ? digestTitle(total, of) : `紹介 ${counted(total)}`;
      return `【${tags[of]}】${left === null ? count : `${count}（最短は${left}）`}`;
    },
  },

  plain: {
    title: of =>
      ({
        new: '新しい紹介',
        reminder: 'お知らせ：未回答の紹介',
        warning: '警告：未回答の紹介',
        critical: '至急：未回答の紹介',
        answered: '紹介に回答がありました',
        expired: '紹介が未回答のまま期限切れになりました',
        gone: `この紹介は${PARTNER_CENTER}に表示されなくなりました`,
      })[of],
    why: () =>
      `元のメッセージは内容が原因で受け付けられなかったため、代わりにお送りしています。詳細は${PARTNER_CENTER}でご確認ください。`,
  },

  lastResort: {
    title: count => `未回答の紹介 ${counted(count)}：今すぐご確認ください`,
    untold: () =>
      `営業に通知できませんでした。どの送信先でもメッセージを受け付けてもらえません。${PARTNER_CENTER}で回答するか、担当の方へお伝えください。`,
    blind: () =>
      '保存している記録に接続できないため、同じ通知が重複している可能性があります。最後に確認した時点では未回答で、期限が迫っていました。',
    why: () => '期限までに他の誰にも通知できなかったため、お送りしています。',
  },

  summary: {
    title: total => `${forms.number(total)}件の紹介が回答を待っています`,
    unclaimed: (count, total) => (count === total ? 'まだ誰も担当していません。' : `担当者なし：${counted(count)}。`),
    claimedBy: name => `担当：${name}さん`,
    why: () =>
      '回答を待っている紹介の一覧を、決まった時刻にここへお送りしています。対象がないときは何もお送りしません。',
    subject: (total, left) => `【まとめ】未回答の紹介 ${counted(total)}（最短は${left}）`,
  },

  report: {
    title: () => '紹介の週間レポート',
    span: (from, to) => `${from}～${to}`,
    counts: reportCounts,
    label: {
      received: () => '受信',
      accepted: () => '承諾',
      declined: () => '辞退',
      expired: () => '期限切れ',
      gone: () => '取り下げ・非表示',
      pending: () => '期末の未回答',
      timeToTell: () => '通知までの時間',
      timeToClaim: () => '担当決定までの時間',
      timeToAnswer: () => '回答までの時間',
      valueAnswered: () => '回答済みの金額',
      valueExpired: () => '期限切れの金額',
    },
    accepted: (count, won, lost) => {
      const since = [
        ...(won > 0 ? [`成約 ${forms.number(won)}`] : []),
        ...(lost > 0 ? [`失注 ${forms.number(lost)}`] : []),
      ];
      return since.length === 0 ? forms.number(count) : `${forms.number(count)}（うち${forms.list(since)}）`;
    },
    none: () => 'なし',
    timesNote: () =>
      '時間はいずれも、紹介を最初に確認した時点からの中央値です。「期末の未回答」は、時期を問わず、期間の終わりに回答を待っていたすべての紹介です。',
    daysTitle: () => '日別',
    day: (answered, expired) =>
      forms.items([
        ...(answered > 0 ? [`回答 ${counted(answered)}`] : []),
        ...(expired > 0 ? [`期限切れ ${counted(expired)}`] : []),
      ]),
    quietDay: () => '回答なし、期限切れなし',
    answered: () => '回答',
    expired: () => '期限切れ',
    slowestTitle: () => '回答に時間がかかった紹介',
    slow: (customer, answer, duration) => `${customer}：${answered(answer)}まで${duration}`,
    rulesTitle: () => 'ルール別',
    why: () => 'この 7 日間のレポートを、決まった時刻にここへお送りしています。',
    subject: (from, to, counts) => `【レポート】紹介 ${from}～${to}：${reportCounts(counts)}`,
  },

  sample: {
    customer: () => 'サンプル顧客',
    deal: () => 'これはサンプルです',
    note: () =>
      'これはテストです。通知がここに届くことを確かめるためのサンプルのリードで、実在しません。対応は不要です。',
    subject: subject => `【サンプル】${subject}`,
    why: () => 'Referral Alerts の設定を確認している方がいるため、お送りしています。',
  },

  page: {
    summary: (named, left) => `未回答の紹介（${left}）：${named}`,
    digest: digestTitle,
    notes: () => '補足',
  },

  detail: {
    pending: sort => `未回答の${SORTS[sort]}`,
    noConsent: () => '顧客は連絡に同意していません。以下の連絡先を使用する前に、同意を確認してください。',
    contacts: () => '連絡先',
    moreContacts: count => `他${forms.number(count)}人（${PARTNER_CENTER}に表示）`,
    notes: () => 'メモ',
    history: () => '経緯',
    happened: {
      firstSeen: () => '最初に確認',
      claimed: name => `${name}さんが担当`,
      released: name => `${name}さんが担当を解除`,
      releasedFor: (name, holder) => `${name}さんが${holder}さんの担当を解除`,
      snoozed: name => `${name}さんが通知を停止`,
      answered: answer => `回答：${answered(answer)}`,
      expired: () => '未回答のまま期限切れ',
      gone: () => `${PARTNER_CENTER}に表示されなくなりました`,
    },
    told: {
      new: () => '新着として通知',
      escalation: before => `期限の${before}前に通知`,
      answered: () => '回答済みとして通知',
      expired: () => '期限切れとして通知',
      gone: () => '表示終了として通知',
    },
    channel: ({ by, audience, name }) => {
      const carriers = { teams: 'Teams', email: 'メール', pager: 'ページャー', bot: 'Teams ボット' };
      const audiences = { sales: '営業', 'on-call': '当番', operator: '運用' };
      return by === 'pager' ? carriers.pager : `${carriers[by]}（${name ?? audiences[audience]}）`;
    },
    standing: {
      sending: () => '送信中',
      accepted: () => '配信中',
      delivered: () => '配信済み',
      retry: () => '再送予定',
      doubtful: () => '送信済み（応答なし）',
      rejected: () => '受け付けられませんでした',
      refused: () => '送信先が拒否',
    },
    claimedUntil: (name, until) => `${name}さん（${until}まで）`,
    privacy: () =>
      'この内容はあなただけに表示されています。連絡先とメモは顧客の個人情報です。第三者に渡さないでください。',
  },

  bot: {
    button: {
      claim: () => '担当する',
      release: () => '担当を解除',
      releaseAnyway: () => '解除する',
      details: () => '詳細',
      snooze: () => '1 日停止',
      back: () => '戻る',
      next: () => '次へ',
      previous: () => '前へ',
    },
    snoozedUntil: moment => `${moment}まで通知を停止しています。至急の通知は届きます。`,
    probablyAnsweredBy: name => `担当の${name}さんが回答したと思われます。`,
    hadClaimed: name => `${name}さんが担当していました。`,
    nowIs: answer =>
      answer === 'expired'
        ? `回答待ちではなくなりました。${PARTNER_CENTER}で期限切れになっています。`
        : answer === 'gone'
          ? `回答待ちではなくなりました。${PARTNER_CENTER}に表示されていません。`
          : `回答待ちではなくなりました。${PARTNER_CENTER}での回答：${answered(answer)}。`,
    louder: (named, left) => `${named}：${left}、まだ誰も回答していません。`,
    releaseOf: name => `${name}さんの担当を解除しますか？`,
    releaseIsTold: (name, since) => `${name}さんが${since}から担当しています。解除すると本人に通知されます。`,
    nothingReleased: () => 'カードの内容が古かったため、何も解除されませんでした。',
    released: (by, named) => `${by}さんがあなたの担当を解除しました：${named}。`,
    didNotWork: () => '処理できませんでした。1 分ほどしてからもう一度お試しください。',
    namesNothing: () => 'このボタンに対応する紹介がありません。',
    notAnswering: () =>
      `${PARTNER_CENTER}から応答がないため、何も変更されませんでした。1 分ほどしてからもう一度お試しください。`,
    notWatchedYet: () =>
      'この紹介は回答待ちですが、まだ監視の対象になっていません。次の確認の後にもう一度お試しください。',
    notWatchedAnyMore: () => 'この紹介は監視の対象ではなくなりました。',
    notListedAnyMore: () => `この紹介は回答待ちではなくなりました。${PARTNER_CENTER}の一覧にありません。`,
    partnerCenterSays: word => `この紹介は回答待ちではなくなりました。${PARTNER_CENTER}での状態：${word}。`,
    heldBy: (name, since) => `${name}さんが${since}から担当しています。`,
    tooLateToSnooze: () => '期限が近いため停止できません。至急の通知は常に届きます。',
    list: {
      title: count => `回答待ちの紹介 ${counted(count)}`,
      none: () => '回答待ちの紹介はありません',
      range: (from, to) => `${forms.number(from)}～${forms.number(to)}件目（緊急度の高い順）`,
      mostUrgentFirst: () => '緊急度の高い順',
      claimedBy: name => `担当：${name}さん`,
      notPending: word => `回答待ちではありません：${word}`,
      why: () => `前回の確認時に${PARTNER_CENTER}の一覧にあった紹介です。`,
      unnamed: id => `紹介 ID ${id}`,
    },
    say: {
      does: {
        use: () => 'このチャネルに紹介をお知らせします',
        useFor: () => '同じ機能で、チャネルに名前を付けます',
        stop: () => 'このチャネルへのお知らせをやめます',
        status: () => `${PARTNER_CENTER}を最後に確認した日時と、回答待ちの紹介の件数`,
        list: () => '回答待ちの紹介（緊急度の高い順）',
        help: () => 'このヘルプ',
      },
      help: () =>
        `${PARTNER_CENTER}の紹介を、期限が切れる前にこのチームへお知らせします。メンションして、次のように入力してください：`,
      greeting: () =>
        `こんにちは。${PARTNER_CENTER}で回答を待っている紹介を見守ります。新しい紹介が届いたときと、期限が近づいたときにお知らせします。`,
      chooseWhere: command =>
        `まだ何もお知らせしません。お知らせ先を選ぶには、チャネルでメンションして ${command} と入力してください。次のコマンドも使えます：`,
      onlyChannels: () =>
        'お知らせできるのは、チャネルまたはグループ チャットだけです。そちらでメンションしてください。',
      bound: (name, stopCommand) =>
        name === null
          ? `このチャネルを登録しました。回答待ちの紹介は、次の確認のときにお知らせします。終了するには ${stopCommand} と入力してください。`
          : `このチャネルを「${name}」として登録しました。回答待ちの紹介は、次の確認のときにお知らせします。終了するには ${stopCommand} と入力してください。`,
      isBound: name =>
        name === null ? 'このチャネルは登録されています。' : `このチャネルは「${name}」として登録されています。`,
      notBound: () => 'このチャネルは登録されていないため、何もお知らせしません。',
      unbound: useCommand => `このチャネルへのお知らせをやめました。再開するには ${useCommand} と入力してください。`,
      notAllowed: () => 'この操作ができるのは、このボットの管理者だけです。',
      lastPoll: moment => `最後に成功した確認：${moment ?? 'まだありません'}`,
      pending: count => `回答待ちの紹介：${counted(count)}`,
      nothingBoundYet: useCommand =>
        `登録されたチャネルがないため、紹介についてはまだ何もお知らせできません。始めるには ${useCommand} と入力してください。`,
      notUnderstood: commands => `理解できませんでした。次のいずれかを入力してください：${commands}`,
    },
  },
};
