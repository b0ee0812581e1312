import { expect, test } from 'vitest';
import type { AlertKind, Severity } from '../../src/model/alert.ts';
import { ALERT_KINDS, isExit, orderOf, toneOf } from '../../src/model/alert-kinds.ts';

const step = (severity: Severity) => ({ name: 'any', before: 1, severity });
const kinds = Object.keys(ALERT_KINDS) as AlertKind[];

test('what can still be answered goes first', () => {
  const shuffled = ['gone', 'answered', 'reminder', 'new', 'expired', 'critical', 'warning'];
  const alertOf = (name: string) =>
    name in ALERT_KINDS
      ? { kind: name as AlertKind, step: null }
      : { kind: 'escalation' as const, step: step(name as Severity) };
  expect(shuffled.toSorted((a, b) => orderOf(alertOf(a)) - orderOf(alertOf(b)))).toEqual([
    'critical',
    'warning',
    'reminder',
    'new',
    'answered',
    'expired',
    'gone',
  ]);
});

test('answered, expired and gone are the exits', () => {
  expect(kinds.filter(kind => isExit({ kind }))).toEqual(['answered', 'expired', 'gone']);
});

test('an escalation looks as severe as its step', () => {
  const tones = (['reminder', 'warning', 'critical'] as const).map(severity =>
    toneOf({ kind: 'escalation', step: step(severity) }),
  );
  expect(tones).toEqual(['accent', 'warning', 'attention']);
  expect(toneOf({ kind: 'gone', step: null })).toBe('quiet');
});
