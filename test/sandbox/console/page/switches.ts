/** What each switch is called out loud, and what it does. */
export const SWITCHES: Readonly<Record<string, { readonly label: string; readonly help: string }>> = {
  'partner-center:throttled': {
    label: 'Partner Center throttled',
    help: 'It answers 429 and names half a minute to wait: polls fail, and what is known still escalates.',
  },
  'partner-center:down': {
    label: 'Partner Center down',
    help: 'It answers 503. What is known still gets louder, and says since when it could not be confirmed.',
  },
  'partner-center:slow': { label: 'Partner Center slow', help: 'Every answer takes a while longer.' },
  'partner-center:broken-page': {
    label: 'Broken page',
    help: 'The list breaks off in the middle: what was read is told, and nothing is taken for answered.',
  },
  'partner-center:signed-out': {
    label: 'Signed out',
    help: 'The account has to sign in again: the operator is told, and what is known still escalates.',
  },
  'teams:down': { label: 'Teams down', help: 'No card is taken: mail goes on, and the cards come when Teams is back.' },
  'mail:down': { label: 'Mail down', help: 'No mail is taken: Teams goes on, and the mails come when mail is back.' },
};
