import type {
  CardElementArray,
  ContainerStyle,
  IAdaptiveCard,
  IContainer,
  IExecuteAction,
  IFactSet,
  IOpenUrlAction,
  ITextBlock,
} from '@microsoft/teams.cards';
import type { Tone } from '../model/alert-kinds.ts';
import { openWords } from './link.ts';
import { inert } from './text.ts';
import type { CardView } from './view.ts';
import type { LabelledFact } from './wording.ts';

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

const STYLES: Record<Tone, ContainerStyle> = {
  accent: 'accent',
  warning: 'warning',
  attention: 'attention',
  good: 'good',
  quiet: 'emphasis',
};

/** What stands in the coloured head, as plain text. */
export interface Head {
  readonly title: string;
  readonly tone: Tone;
  /** Below the title: the deal, say. */
  readonly subtitle?: string | null;
  /** What to see first after the title; lines that are empty are left out. */
  readonly strong?: string;
  readonly state?: string;
}

/**
 * The coloured head: whom it is about, what it is worth and until when, and the state in words. Text keeps the default
 * colour, for the coloured ones can hardly be read on Teams' coloured containers.
 */
export function head({ title, tone, subtitle, strong, state }: Head): IContainer {
  const below = (text: string | null | undefined, more: Partial<ITextBlock>) =>
    text ? [textBlock(inert(text), { spacing: 'Small', ...more })] : [];
  return {
    type: 'Container',
    style: STYLES[tone],
    bleed: true,
    items: [
      textBlock(inert(title), { style: 'heading', size: 'Large', weight: 'Bolder' }),
      ...below(subtitle, { spacing: 'None' }),
      ...below(strong, { weight: 'Bolder' }),
      ...below(state, strong ? {} : { weight: 'Bolder' }),
    ],
  };
}

/** Lines between head and facts, each made inert. */
export function notes(lines: readonly string[]): ITextBlock[] {
  return lines.map(line => textBlock(inert(line), { spacing: 'Medium' }));
}

/** Empty when there are no facts. */
export function factSet(facts: readonly LabelledFact[]): IFactSet[] {
  if (facts.length === 0) return [];
  return [
    {
      type: 'FactSet',
      spacing: 'Medium',
      facts: facts.map(({ label, value, id }) => ({ title: label, value: id ? value : inert(value) })),
    },
  ];
}

/** Elements below a heading of their own; none where there are no elements. */
export function section(title: string, elements: CardElementArray): CardElementArray {
  if (elements.length === 0) return [];
  return [textBlock(inert(title), { weight: 'Bolder', spacing: 'Medium' }), ...elements];
}

/** A day or a moment as the label of a fact: a phone gives labels little room, and breaks them at most before the hour. */
export function dateLabel(date: string): string {
  return date.replace(/ (?!\d\d:\d\d)/g, '\u00a0');
}

/** One of many: whom it is about, and below a line about it. The id is ready to be shown, and not broken up. */
export function listed(title: string, line: string, id: string): ITextBlock[] {
  const below = textBlock(`${inert(line)} · ${id}`, { size: 'Small', spacing: title === '' ? 'Medium' : 'None' });
  return title === '' ? [below] : [textBlock(inert(title), { weight: 'Bolder', spacing: 'Medium' }), below];
}

/** Small print: why the reader sees this, the exact instant, the id. Each line ready to be shown. */
export function foot(...lines: readonly string[]): ITextBlock[] {
  return lines.map((text, n) =>
    textBlock(text, { isSubtle: true, size: 'Small', spacing: n === 0 ? 'Medium' : 'None' }),
  );
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

/** The button to Partner Center, which says when it opens only the list; none where there is no way. */
export function openLinks(view: CardView, id: string, engagementId: string | null): IOpenUrlAction[] {
  const link = view.linkFor(id, engagementId);
  return link ? [{ type: 'Action.OpenUrl', title: openWords(link, view.words), url: link.url }] : [];
}

export function execute(verb: string, title: string, data: Record<string, string | number | boolean>): IExecuteAction {
  return { type: 'Action.Execute', verb, title, data };
}
