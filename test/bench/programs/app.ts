// The app as it is deployed, in a stand-in for the Functions worker: node app.mjs ENTRY WARM MEASURED.
// Polls WARM times, then MEASURED times, and tells what the latter cost. Everything is imported before the clock runs.
import { tellCosts } from '../costs.ts';
import { loadApp } from '../load-app.ts';

const [entry = '', warm = '0', measured = '1'] = process.argv.slice(2);
const { poll } = await loadApp(entry);
await tellCosts(poll, Number(warm), Number(measured));
