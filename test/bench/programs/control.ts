// Tells a stand-in over TLS how to behave: node control.mjs URL JSON
const [url = '', wanted = '{}'] = process.argv.slice(2);
await (await fetch(url, { method: 'POST', body: wanted })).text();
process.stdout.write('{}');
process.exit();
