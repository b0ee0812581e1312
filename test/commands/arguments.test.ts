import { describe, expect, test } from 'vitest';
import { doctor } from '../../src/commands/doctor.ts';
import { forget } from '../../src/commands/forget.ts';
import { report } from '../../src/commands/report.ts';
import { routes } from '../../src/commands/routes.ts';
import { signIn } from '../../src/commands/sign-in.ts';
import { callCommand } from './run-command.ts';

describe.each(Object.entries({ doctor, routes, report, forget, 'sign-in': signIn }))('%s', (name, command) => {
  test.each(['--help', '-h'])('says with %s how it is used', async help => {
    const { code, stdout, stderr } = await callCommand(command, [help], {}).ended();
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`npm run ${name}`);
  });

  test.each([['--bogus'], ['stray'], ['--settings'], ['--help=1']])(
    'names in words what it does not take: %s',
    async wrong => {
      const { code, stdout, stderr } = await callCommand(command, [wrong], {}).ended();
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toContain(wrong.replace('=1', ''));
      expect(stderr.trim().split('\n')).toHaveLength(1);
    },
  );
});
