/** All texts of a card, in order, as somebody would read them. */
export function textOf(card: unknown): string {
  const texts: string[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) walk(item);
    else if (value && typeof value === 'object') {
      for (const [key, item] of Object.entries(value)) {
        if (typeof item === 'string' && (key === 'text' || key === 'value' || key === 'title')) texts.push(item);
        else walk(item);
      }
    }
  };
  const { body, actions } = card as { body?: unknown; actions?: unknown };
  walk([body, actions]);
  return texts.join('\n');
}

/** The second line of a card: what it is about, in words. */
export function stateOf(card: unknown): string {
  return textOf(card).split('\n')[1] ?? '';
}
