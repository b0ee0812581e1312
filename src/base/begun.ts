/** The same items, the first of them asked for at once; a failure is met when its turn comes. */
export function begun<T>(items: AsyncIterable<T>): AsyncIterable<T> {
  const iterator = items[Symbol.asyncIterator]();
  const first = iterator.next();
  first.catch(() => {});
  return (async function* () {
    for (let item = await first; !item.done; item = await iterator.next()) yield item.value;
  })();
}
