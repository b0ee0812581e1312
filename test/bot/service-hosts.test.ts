import { expect, it } from 'vitest';
import { isServiceUrlAllowed } from '../../src/bot/service-hosts.ts';

const HOSTS = ['smba.trafficmanager.net', '*.botframework.com', '127.0.0.1', 'localhost', '::1'];

it.each([
  ['https://smba.trafficmanager.net/emea/', true],
  ['https://smba.trafficmanager.net:8443/emea/', true],
  ['https://SMBA.trafficmanager.net/', true],
  ['https://europe.directline.botframework.com/', true],
  ['https://botframework.com/', false],
  ['https://evilbotframework.com/', false],
  ['https://smba.trafficmanager.net.evil.example/', false],
  ['https://x.smba.trafficmanager.net/', false],
  ['http://smba.trafficmanager.net/', false],
  ['https://smba.trafficmanager.net@evil.example/', false],
  ['http://127.0.0.1:9000/', true],
  ['http://localhost:9000/', true],
  ['http://[::1]:9000/', true],
  ['http://127.0.0.2/', false],
  ['ftp://127.0.0.1/', false],
  ['', false],
  [undefined, false],
  [7, false],
])('%s: %s', (serviceUrl, allowed) => {
  expect(isServiceUrlAllowed(serviceUrl, HOSTS)).toBe(allowed);
});
