import type { OperatorMessage } from '../model/channel.ts';
import type { Mail } from './mail.ts';
import { bodies, headersOf, messageIdOf, subjectLine } from './mail-parts.ts';
import { OPERATOR_FOOTER, operatorLines, phaseInWords } from './operator-card.ts';
import { clean } from './text.ts';
import type { CardView } from './view.ts';
import { english } from './words/english.ts';

/** The mail about a trouble of the app itself. */
export function operatorMail(message: OperatorMessage, view: Pick<CardView, 'timeZone'>, from: string): Mail {
  const lead = { began: 'Trouble', continues: 'Still trouble', returned: 'Trouble again', ended: 'Over' }[
    message.phase
  ];
  return {
    ...bodies({
      writing: english,
      title: clean(message.title, 200),
      strong: phaseInWords(message, view.timeZone),
      tone: message.phase === 'ended' ? ('good' as const) : ('attention' as const),
      notes: operatorLines(message),
      notesAreOurs: true,
      facts: [],
      rows: [],
      more: [],
      footer: [OPERATOR_FOOTER],
    }),
    subject: subjectLine(`[${lead}] Referral Alerts: ${clean(message.title, 150)}`),
    headers: headersOf('operator', []),
    messageId: messageIdOf(`operator/${message.trouble}/${message.phase}/${message.since}/${message.now}`, from),
    references: [],
  };
}
