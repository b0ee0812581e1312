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

const SORTS: Record<Sort, string> = { lead: 'リード', 'co-sell': '共同販売案件', referral: '紹介' };

const ANSWERS = {
  accepted: '承諾',
  declined: '辞退',
  won: '承諾（成約）',
  lost: '承諾（失注）',
} as const;

const answered = (answer: Answer) => (typeof answer === 'string' ? ANSWERS[answer] : answer.word);

const about = (customer: string, deal: string | null) => (deal === null ? customer : `${customer}：${deal}`);

const COLLEAGUE = '同僚';
/** A name with its courtesy, which the word for a colleague does not take. */
const san = (name: string) => (name === COLLEAGUE ? name : `${name}さん`);

const counted = (count: number) => `${forms.number(count)}件`;

const digestTitle = (total: number, of: DigestKind) =>
  ({
    new: `新しい紹介${counted(total)}`,
    reminder: `リマインダー：未回答の紹介${counted(total)}`,
    warning: `警告：未回答の紹介${counted(total)}`,
    critical: `至急：未回答の紹介${counted(total)}`,
    answered: `回答済みになった紹介${counted(total)}`,
    expired: `未回答のまま期限切れになった紹介${counted(total)}`,
    gone: `${PARTNER_CENTER}に表示されなくなった紹介${counted(total)}`,
  })[of];

const reportCounts = ({ received, answered, expired }: ReportCounts) =>
  `新規${counted(received)}、回答${counted(answered)}、期限切れ${counted(expired)}`;

const pendingWhy = (audience: 'sales' | 'on-call') =>
  audience === 'on-call'
    ? `この紹介は${PARTNER_CENTER}で未回答のため、当番の方にお知らせしています。${PARTNER_CENTER}で承諾または辞退すると、通知は停止します。`
    : `この紹介は${PARTNER_CENTER}で未回答のため、お知らせしています。${PARTNER_CENTER}で承諾または辞退すると、通知は停止します。`;

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
        const severities = { reminder: 'リマインダー', warning: '警告', critical: '至急' };
        return isNew
          ? `${severities[severity]}：新着の${SORTS[sort]}（未回答）`
          : `${severities[severity]}：未回答の${SORTS[sort]}`;
      },
      answered: (sort, answer) => `${SORTS[sort]}への回答が完了しました：${answered(answer)}`,
      expired: sort => `${SORTS[sort]}が未回答のまま期限切れになりました`,
      gone: sort =>
        `この${SORTS[sort]}は${PARTNER_CENTER}に表示されなくなりました（取り下げられたか、当社のアカウントでは非表示になった可能性があります）`,
    },
    urgency: {
      reminder: () => null,
      warning: sort =>
        `期限までに回答しないと、この${SORTS[sort]}は失効し、元に戻せません。紹介元にもその旨が通知されます。`,
      critical: sort =>
        `最終のお知らせです。期限までに回答しないと、この${SORTS[sort]}は失効し、元に戻せません。紹介元にもその旨が通知されます。`,
    },
    answerByEndOf: day => `${day}までに回答`,
    answerBy: moment => `${moment}までに回答`,
    expiryWas: moment => `期限は${moment}でした`,
    timeLeft: duration => `残り${duration}`,
    timeLeftWorking: (duration, workingDays) =>
      workingDays === 0 ? `残り${duration}（営業時間なし）` : `残り${duration}（${forms.number(workingDays)}営業日）`,
    noTimeLeft: () => '期限を過ぎています',
    answeredAfter: duration => `回答までの時間：${duration}`,
    valueLost: money => `機会損失：${money}`,
    expiredOn: moment => `期限切れ：${moment}`,
    why: {
      new: pendingWhy,
      escalation: pendingWhy,
      answered: () => '以前お知らせした紹介についてのご連絡です。この紹介に関する通知は以上です。',
      expired: () => '期限までに回答がなかったため、お知らせしています。回答の受け付けは終了しています。',
      gone: () => '以前お知らせした紹介についてのご連絡です。この紹介に関する通知は以上です。',
    },
    subject: {
      new: (customer, deal, left) => `【新着】${about(customer, deal)}（${left}）`,
      escalation: (customer, deal, shortLeft, isNew) =>
        `【${shortLeft === null ? '期限超過' : `残り${shortLeft}`}】${about(customer, deal)}（${isNew ? '新着・未回答' : '未回答'}）`,
      answered: (customer, answer) => `【回答済み】${customer}：${answered(answer)}`,
      expired: customer => `【期限切れ】${customer}：回答なし`,
      gone: customer => `【取り下げ・非表示】${customer}：${PARTNER_CENTER}に表示されなくなりました`,
    },
  },

  notes: {
    mayBeRepeat: () =>
      '前回の送信が届いたか確認できなかったため、再送しています。同じ通知がすでに届いている場合はご容赦ください。',
    isNew: () => '新着です。お知らせは今回が初めてです。',
    unconfirmedSince: moment =>
      `${moment}以降、${PARTNER_CENTER}から応答がなく、状態を確認できていません。すでに回答されている可能性があります。`,
    expiredUnconfirmed: moment =>
      `失効したことは確認できていません。${moment}以降、${PARTNER_CENTER}から情報を得られていません。すでに回答されている可能性があります。`,
    movedFrom: moment => `期限が変更されました。変更前にお知らせした期限は${moment}でした。`,
    datePassed: () =>
      `期限を過ぎていますが、${PARTNER_CENTER}にはまだ表示されています。まだ回答できる可能性があります。`,
    createdUnsure: () =>
      '作成日を読み取れなかったため、期限は目安です。この紹介を最初に確認した時点から計算しています。',
    late: due => `配信が遅れました（予定：${due}）。`,
    nobodyTold: () => 'これまで誰にもお知らせできていませんでした。',
    wasTold: () => 'お知らせしておりましたが、回答がありませんでした。',
    claimedBy: (name, until) => `担当：${san(name)}（${until}まで）`,
    onDuty: people => `現在の当番：${forms.list(people.map(({ name, until }) => `${san(name)}（${until}まで）`))}`,
    factsUnknown: () =>
      '内容をすべて読み取れなかったため、ルールで送信先を選べませんでした。当面は、その他すべてを受け取る送信先にお送りします。',
    someColleague: () => COLLEAGUE,
  },

  facts: {
    label: {
      value: () => '金額',
      country: () => '国/地域',
      solution: () => '対象製品',
      qualification: () => '見込み評価',
      request: () => '要望',
      place: () => '所在地',
      size: () => '規模',
      invitedBy: () => '招待元',
      created: () => '作成日時',
      expires: () => '失効日時',
      expired: () => '失効日時',
      expiryDate: () => '失効日時',
      referral: () => '紹介 ID',
      engagement: () => 'エンゲージメント ID',
      claimed: () => '担当',
    },
    qualification: known =>
      ({
        direct: '顧客から直接',
        marketing: 'マーケティングで有望と判断',
        sales: '営業で有望と判断',
      })[known],
    asksForContact: () => '連絡を希望',
    place: (city, country) => `${country}、${city}`,
    rule: names => `ルール：${names}`,
    andMore: (shown, more) => `${forms.items(shown)}、ほか${counted(more)}`,
    employees: range => ('moreThan' in range ? `従業員${range.moreThan}人超` : `従業員${range.from}〜${range.to}人`),
    expires: (exact, estimated) => (estimated ? `失効日時：${exact}（推定）` : `失効日時：${exact}`),
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
    mostUrgent: left => `緊急度の高い順、最も近い期限：${left}`,
    more: count => `ほかに${counted(count)}あります。${PARTNER_CENTER}をご覧ください。`,
    why: of =>
      of === 'new'
        ? '多数の紹介が同時に届いたため、まとめてお知らせしています。期限が近づくと、それぞれ個別にお知らせします。'
        : 'お知らせする内容が同時に多数あったため、まとめてお送りしています。',
    subject: (total, of, left) => {
      const tags = {
        new: '新着',
        reminder: 'リマインダー',
        warning: '警告',
        critical: '至急',
        answered: '回答済み',
        expired: '期限切れ',
        gone: '取り下げ・非表示',
      };
      const count = `紹介${counted(total)}`;
      return `【${tags[of]}】${left === null ? count : `${count}、最も近い期限：${left}`}`;
    },
  },

  plain: {
    title: of =>
      ({
        new: '新しい紹介',
        reminder: 'リマインダー：未回答の紹介',
        warning: '警告：未回答の紹介',
        critical: '至急：未回答の紹介',
        answered: '紹介への回答が完了しました',
        expired: '紹介が未回答のまま期限切れになりました',
        gone: `この紹介は${PARTNER_CENTER}に表示されなくなりました`,
      })[of],
    why: () =>
      `元のメッセージは内容が原因で受け付けられなかったため、代わりにお送りしています。詳細は${PARTNER_CENTER}でご確認ください。`,
  },

  lastResort: {
    title: count => `【至急】未回答の紹介${counted(count)}：すぐにご確認ください`,
    untold: () =>
      `営業への通知を、いずれの送信先にも送信できませんでした。${PARTNER_CENTER}で回答するか、担当の方へお伝えください。`,
    blind: () =>
      '保存している記録に接続できないため、同じ通知が重複している可能性があります。最後に確認した時点では未回答で、期限が迫っていました。',
    why: () => 'ほかの方に期限までに通知できなかったため、お送りしています。',
  },

  summary: {
    title: total => `回答待ちの紹介が${counted(total)}あります`,
    unclaimed: (count, total) => (count === total ? '担当者はまだ決まっていません。' : `担当者なし：${counted(count)}`),
    claimedBy: name => `担当：${san(name)}`,
    why: () => '回答待ちの紹介の一覧を、決まった時刻にお送りしています。回答待ちの紹介がない場合は送信しません。',
    subject: (total, left) =>
      `【まとめ】未回答の紹介${counted(total)}、${total === 1 ? left : `最も近い期限：${left}`}`,
  },

  report: {
    title: () => '紹介の週間レポート',
    span: (from, to) => `${from}〜${to}`,
    counts: reportCounts,
    label: {
      received: () => '新規',
      accepted: () => '承諾',
      declined: () => '辞退',
      expired: () => '期限切れ',
      gone: () => '取り下げ・非表示',
      pending: () => '期間終了時の未回答',
      timeToTell: () => '通知までの時間',
      timeToClaim: () => '担当決定までの時間',
      timeToAnswer: () => '回答までの時間',
      valueAnswered: () => '回答済みの金額',
      valueExpired: () => '期限切れの金額',
    },
    accepted: (count, won, lost) => {
      const since = [...(won > 0 ? [`成約${counted(won)}`] : []), ...(lost > 0 ? [`失注${counted(lost)}`] : [])];
      return since.length === 0 ? counted(count) : `${counted(count)}（うち${forms.list(since)}）`;
    },
    none: () => 'なし',
    timesNote: () =>
      '時間はいずれも、紹介を初めて検出した時点からの中央値です。「期間終了時の未回答」は、届いた時期を問わず、期間終了時点で回答待ちだったすべての紹介です。',
    daysTitle: () => '日別',
    day: (answered, expired) =>
      forms.items([
        ...(answered > 0 ? [`回答${counted(answered)}`] : []),
        ...(expired > 0 ? [`期限切れ${counted(expired)}`] : []),
      ]),
    quietDay: () => '回答なし、期限切れなし',
    answered: () => '回答',
    expired: () => '期限切れ',
    slowestTitle: () => '回答に時間がかかった紹介',
    slow: (customer, answer, duration) => `${customer}：回答まで${duration}（${answered(answer)}）`,
    rulesTitle: () => 'ルール別',
    why: () => 'この7日間のレポートを、決まった時刻にお送りしています。',
    subject: (from, to, counts) => `【週間レポート】紹介 ${from}〜${to}：${reportCounts(counts)}`,
  },

  sample: {
    customer: () => 'サンプル顧客',
    deal: () => 'これはサンプルです',
    note: () =>
      'これはテストです。通知が届くことを確認するためのサンプルで、実在するリードではありません。対応は不要です。',
    subject: subject => `【サンプル】${subject}`,
    why: () => 'Referral Alertsの設定確認のため、お送りしています。',
  },

  page: {
    summary: (named, left) => `未回答の紹介、${left}：${named}`,
    digest: digestTitle,
    notes: () => '補足',
  },

  detail: {
    pending: sort => `未回答の${SORTS[sort]}`,
    noConsent: () => '顧客は連絡に同意していません。以下の連絡先を使用する前に、同意の有無を確認してください。',
    contacts: () => '連絡先',
    moreContacts: count => `ほか${forms.number(count)}人（${PARTNER_CENTER}に表示）`,
    notes: () => 'メモ',
    history: () => '履歴',
    happened: {
      firstSeen: () => '紹介を初めて検出',
      claimed: name => `${san(name)}が担当`,
      released: name => `${san(name)}が担当を解除`,
      releasedFor: (name, holder) => `${san(name)}が${san(holder)}の担当を解除`,
      snoozed: name => `${san(name)}が通知を停止`,
      answered: answer => `回答：${answered(answer)}`,
      expired: () => '未回答のまま期限切れ',
      gone: () => `${PARTNER_CENTER}に表示されなくなりました`,
    },
    told: {
      new: () => '新着として通知',
      escalation: before => `期限の${before}前に通知`,
      answered: () => '回答済みとして通知',
      expired: () => '期限切れとして通知',
      gone: () => '取り下げ・非表示を通知',
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
    claimedUntil: (name, until) => `${san(name)}（${until}まで）`,
    privacy: () => 'この内容はご本人にのみ表示されています。連絡先とメモは顧客の個人情報です。共有しないでください。',
  },

  bot: {
    button: {
      claim: () => '担当する',
      release: () => '担当を解除',
      releaseAnyway: () => '解除する',
      details: () => '詳細',
      snooze: () => '通知を1日停止',
      back: () => '戻る',
      next: () => '次へ',
      previous: () => '前へ',
    },
    snoozedUntil: moment => `${moment}まで通知を停止しています。至急の通知は届きます。`,
    probablyAnsweredBy: name => `担当の${san(name)}が回答したと思われます。`,
    hadClaimed: name => `${san(name)}が担当していました。`,
    nowIs: answer =>
      answer === 'expired'
        ? `回答待ちではなくなりました。${PARTNER_CENTER}で期限切れになっています。`
        : answer === 'gone'
          ? `回答待ちではなくなりました。${PARTNER_CENTER}に表示されていません。`
          : `回答待ちではなくなりました。${PARTNER_CENTER}での回答：${answered(answer)}`,
    louder: (named, left) => `${named}：${left}。まだ回答がありません。`,
    releaseOf: name => `${san(name)}の担当を解除しますか？`,
    releaseIsTold: (name, since) => `${san(name)}が${since}から担当しています。解除すると本人に通知されます。`,
    nothingReleased: () => 'カードの情報が最新ではなかったため、担当は解除していません。',
    released: (by, named) => `担当から外れました：${named}（${san(by)}が解除）`,
    didNotWork: () => '処理できませんでした。1分ほど待ってから、もう一度お試しください。',
    namesNothing: () => 'このボタンに対応する紹介がありません。',
    notAnswering: () =>
      `${PARTNER_CENTER}から応答がないため、何も変更されませんでした。1分ほど待ってから、もう一度お試しください。`,
    notWatchedYet: () =>
      'この紹介は回答待ちですが、まだ監視の対象になっていません。次の確認の後に、もう一度お試しください。',
    notWatchedAnyMore: () => 'この紹介は監視の対象ではなくなりました。',
    notListedAnyMore: () => `この紹介は回答待ちではなくなりました。${PARTNER_CENTER}の一覧にありません。`,
    partnerCenterSays: word => `この紹介は回答待ちではなくなりました。${PARTNER_CENTER}での状態：${word}`,
    heldBy: (name, since) => `${san(name)}が${since}から担当しています。`,
    tooLateToSnooze: () => '期限が近いため、通知を停止できません。至急の通知は常に届きます。',
    list: {
      title: count => `回答待ちの紹介${counted(count)}`,
      none: () => '回答待ちの紹介はありません',
      range: (from, to) => `${forms.number(from)}〜${forms.number(to)}件目（緊急度の高い順）`,
      mostUrgentFirst: () => '緊急度の高い順',
      claimedBy: name => `担当：${san(name)}`,
      notPending: word => `回答待ちではありません：${word}`,
      why: () => `前回の確認時点での${PARTNER_CENTER}の情報です。`,
      unnamed: id => `紹介 ID ${id}`,
    },
    say: {
      does: {
        use: () => 'このチャネルに紹介をお知らせします',
        useFor: () => 'このチャネルに名前を付けて、紹介をお知らせします',
        stop: () => 'このチャネルへのお知らせをやめます',
        status: () => `${PARTNER_CENTER}を最後に確認した日時と、回答待ちの紹介の件数`,
        list: () => '回答待ちの紹介（緊急度の高い順）',
        help: () => 'このヘルプ',
      },
      help: () =>
        `${PARTNER_CENTER}の紹介を、期限が切れる前にこのチームへお知らせします。このボットを@メンションして、次のように入力してください。`,
      greeting: () =>
        `こんにちは。${PARTNER_CENTER}で回答待ちの紹介を定期的に確認し、新しい紹介が届いたときと期限が近づいたときにお知らせします。`,
      chooseWhere: command =>
        `お知らせ先がまだ設定されていません。お知らせするチャネルでこのボットを@メンションし、${command} と入力してください。次のコマンドを使えます。`,
      onlyChannels: () =>
        'お知らせを送信できるのは、チャネルまたはグループ チャットのみです。そちらでこのボットを@メンションしてください。',
      bound: (name, stopCommand) =>
        name === null
          ? `このチャネルを登録しました。回答待ちの紹介は、次の確認のときにお知らせします。終了するには ${stopCommand} と入力してください。`
          : `このチャネルを「${name}」として登録しました。回答待ちの紹介は、次の確認のときにお知らせします。終了するには ${stopCommand} と入力してください。`,
      isBound: name =>
        name === null ? 'このチャネルは登録されています。' : `このチャネルは「${name}」として登録されています。`,
      notBound: () => 'このチャネルは登録されていないため、何もお知らせしません。',
      unbound: useCommand => `このチャネルへのお知らせをやめました。再開するには ${useCommand} と入力してください。`,
      notAllowed: () => 'この操作ができるのは、このボットの管理者のみです。',
      lastPoll: moment => `前回の正常な確認：${moment ?? 'なし'}`,
      pending: count => `回答待ちの紹介：${counted(count)}`,
      nothingBoundYet: useCommand =>
        `登録されたチャネルがないため、紹介についてはまだ何もお知らせできません。始めるには ${useCommand} と入力してください。`,
      notUnderstood: commands => `コマンドを認識できませんでした。次のいずれかを入力してください。${commands}`,
    },
  },
};
