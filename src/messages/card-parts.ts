import type {
  CardElementArray,
  ContainerStyle,
  IAdaptiveCard,
  IContainer,
  IFactSet,
  ITextBlock,
} from '@microsoft/teams.cards';
import { inert } from './text.ts';
import type { LabelledFact } from './wording.ts';

/** What a card needs to know of its reader. */
export interface CardView {
  /** IANA zone of every date. */
  readonly timeZone: string;
  /** The address of a referral in Partner Center. */
  linkFor(id: string, engagementId: string | null): string;
}

/**
 * Bytes of JSON. Teams refuses a message somewhere above 28 KB, counted after it has added properties of its own, and
 * a webhook does not tell us.
 */
export const CARD_LIMIT = 20_000;

export function bytesOf(card: unknown): number {
  return Buffer.byteLength(JSON.stringify(card));
}

/** Words of our own, which may hold text already made inert. */
export function textBlock(text: string, more: Partial<ITextBlock> = {}): ITextBlock {
  return { type: 'TextBlock', text, wrap: true, ...more };
}

/**
 * The coloured head: whom it is about, and the state in words. Text keeps the default colour, for the coloured ones
 * can hardly be read on Teams' coloured containers.
 */
export function head(title: string, state: string, style: ContainerStyle): IContainer {
  return {
    type: 'Container',
    style,
    bleed: true,
    items: [
      textBlock(inert(title), { style: 'heading', size: 'Large', weight: 'Bolder' }),
      textBlock(inert(state), { weight: 'Bolder', spacing: 'Small' }),
    ],
  };
}

export function factSet(facts: readonly LabelledFact[]): IFactSet {
  return {
    type: 'FactSet',
    spacing: 'Medium',
    facts: facts.map(({ label, value, id }) => ({ title: label, value: id ? value : inert(value) })),
  };
}

/** Why the reader sees this, quietly. */
export function foot(text: string): ITextBlock {
  return textBlock(text, { isSubtle: true, size: 'Small', spacing: 'Medium' });
}

export function card(
  body: CardElementArray,
  fallbackText: string,
  actions: IAdaptiveCard['actions'] = [],
): IAdaptiveCard {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    fallbackText,
    body,
    ...(actions.length > 0 ? { actions } : {}),
  };
}

export function openLink(title: string, url: string): NonNullable<IAdaptiveCard['actions']>[number] {
  return { type: 'Action.OpenUrl', title, url };
}
