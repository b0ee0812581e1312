import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => vi.unstubAllGlobals());

test('no formatter is made before something is said, and each only once: a quiet poll pays for none', async () => {
  const made: string[] = [];
  const counting = Object.fromEntries(
    (['DateTimeFormat', 'NumberFormat', 'ListFormat', 'PluralRules', 'DisplayNames', 'Segmenter'] as const).map(
      name => [
        name,
        new Proxy(Intl[name], {
          construct(target, args) {
            made.push(name);
            return Reflect.construct(target, args) as object;
          },
        }),
      ],
    ),
  );
  vi.stubGlobal('Intl', { ...counting });
  vi.resetModules();
  const { en } = await import('../../src/messages/words/en.ts');
  const { cardOf } = await import('../../src/messages/card.ts');
  const { mailOf } = await import('../../src/messages/mail.ts');
  const { aMessage, view } = await import('./samples.ts');
  expect(made).toEqual([]);
  const say = () => [cardOf(aMessage(), view), mailOf(aMessage(), view, 'a@b.c')];
  say();
  expect(view.words).toBe(en);
  expect(made.length).toBeGreaterThan(0);
  const once = made.length;
  for (let n = 0; n < 5; n++) say();
  expect(made.length).toBe(once);
});
