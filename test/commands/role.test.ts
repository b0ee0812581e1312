import { expect, test } from 'vitest';
import { checkRole } from '../../src/commands/sign-in/role.ts';

const asked: string[] = [];
const client = (url: string) => {
  asked.push(url);
  return { list: async () => ({ rows: [{}], hasMore: false, date: null }) };
};

test.each([
  'http://localhost@192.0.2.1/v1.0',
  'http://127.0.0.1@192.0.2.1/',
  'http://localhost.example.com/',
  'http://127.example.com/',
  'http://[::1]@192.0.2.1/',
  'http://api.partner.microsoft.com/v1.0',
  'localhost:7071',
  '//localhost/',
])('the token is not sent to %s', async address => {
  expect(await checkRole(address, client)).toContain('not checked');
  expect(asked).toEqual([]);
});

test.each(['https://api.partner.microsoft.com/v1.0', 'http://127.0.0.1:7071/v1.0', 'http://localhost/'])(
  'it is to %s',
  async address => {
    expect(await checkRole(address, client)).toBe('the account sees referrals');
    expect(asked.splice(0)).toEqual([address]);
  },
);
