import { describe, expect, it } from 'vitest';
import { createFeed } from './feed.ts';
import type { Change, SwitchView } from './views.ts';

const item = (id: string, on = false): SwitchView => ({ id, on });

describe('the feed', () => {
  it('tells a newcomer everything, and then only what changes', () => {
    const feed = createFeed();
    feed.publish('switches', [item('a'), item('b')]);
    const heard: Change[] = [];
    const stop = feed.follow(change => void heard.push(change));
    expect(heard.splice(0)).toEqual([
      { section: 'switches', upsert: [item('a'), item('b')], remove: [], order: ['a', 'b'] },
    ]);

    feed.publish('switches', [item('a'), item('b')]);
    expect(heard).toEqual([]);

    feed.publish('switches', [item('a'), item('b', true)]);
    expect(heard.splice(0)).toEqual([{ section: 'switches', upsert: [item('b', true)], remove: [] }]);

    feed.publish('switches', [item('b', true), item('c')]);
    expect(heard.splice(0)).toEqual([{ section: 'switches', upsert: [item('c')], remove: ['a'], order: ['b', 'c'] }]);

    stop();
    feed.publish('switches', []);
    expect(heard).toEqual([]);
  });
});
