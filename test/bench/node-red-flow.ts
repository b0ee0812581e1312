/** What a user of Node-RED would draw: ask, follow the links, keep what is new by its ETag, post a message for each. */
export function nodeRedFlow(api: string, webhook: string): object[] {
  const z = 'watch';
  const node = (id: string, type: string, wires: string[][], more: object = {}) => ({
    id,
    type,
    z,
    wires,
    x: 0,
    y: 0,
    ...more,
  });
  const get = { method: 'GET', ret: 'obj', paytoqs: 'ignore', url: '', persist: true };
  const post = { method: 'POST', ret: 'txt', paytoqs: 'ignore', url: webhook, persist: true };
  const page = `
    const rows = msg.payload.value.map(row => ({ payload: row, topic: row.id, eTag: row.eTag ?? row.updatedDateTime }));
    const next = msg.payload['@odata.nextLink'];
    return [next ? { url: next } : null, rows];`;
  const message = `
    msg.payload = { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: {
      type: 'AdaptiveCard', version: '1.5',
      body: [{ type: 'TextBlock', text: 'New lead: ' + msg.payload.customerProfile.name }] } }] };
    msg.headers = { 'content-type': 'application/json' };
    return msg;`;
  return [
    { id: z, type: 'tab', label: 'watch' },
    node('tick', 'http in', [['start', 'ok']], { url: '/tick', method: 'get' }),
    node('ok', 'http response', []),
    node('start', 'function', [['get']], { func: `return { url: '${api}/referrals' };`, outputs: 1 }),
    node('get', 'http request', [['page']], get),
    node('page', 'function', [['get'], ['new']], { func: page, outputs: 2 }),
    node('new', 'rbe', [['message']], {
      func: 'rbe',
      property: 'eTag',
      topi: 'topic',
      septopics: true,
      start: '',
      inout: 'out',
      gap: '',
    }),
    node('message', 'function', [['post']], { func: message, outputs: 1 }),
    node('post', 'http request', [[]], post),
  ];
}
