import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSandboxClock, type SandboxClock } from './clock.ts';
import { createDriver, type Driver } from './driver.ts';
import { parseSchedule } from './host/schedule.ts';

const HOUR = 60 * 60_000;
const START = Date.parse('2030-01-01T10:05:00Z');

let clock: SandboxClock;
let driver: Driver;
let polls: string[];
let settled: number;

beforeEach(() => {
  clock = createSandboxClock();
  clock.moveTo(START);
  polls = [];
  settled = 0;
  driver = createDriver({
    clock,
    schedule: parseSchedule('0 */15 * * * *'),
    async runPoll() {
      polls.push(new Date(clock.now()).toISOString().slice(11, 16));
    },
    async settle() {
      settled += 1;
    },
    onChange() {},
  });
});

afterEach(() => {
  driver.stop();
  clock.restore();
});

describe('turning the clock', () => {
  it('runs every poll on the way and stops where it was told to', async () => {
    await driver.advance(HOUR);
    expect(polls).toEqual(['10:15', '10:30', '10:45', '11:00']);
    expect(clock.now()).toBe(START + HOUR);
  });

  it('adds up jumps that are asked for at once, and is busy until all are over', async () => {
    const both = [driver.advance(HOUR), driver.advance(HOUR)];
    expect(driver.state).toMatchObject({ busy: true, asked: 2, done: 0 });
    await Promise.all(both);
    expect(clock.now()).toBe(START + 2 * HOUR);
    expect(driver.state).toMatchObject({ busy: false, asked: 2, done: 2 });
    expect(settled).toBe(2);
  });

  it('plays until it is paused, and then stands still', async () => {
    driver.play();
    await expect.poll(() => polls.length).toBeGreaterThan(2);
    driver.pause();
    await expect.poll(() => driver.state.busy).toBe(false);
    const instant = clock.now();
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(clock.now()).toBe(instant);
    expect(driver.state.playing).toBe(false);
  });

  it('knows when the next poll comes', () => {
    expect(driver.state.nextPollAt).toBe(Date.parse('2030-01-01T10:15:00Z'));
  });
});

describe('the sandbox clock', () => {
  it('stands still until it is moved, and never goes back', () => {
    expect(Date.now()).toBe(START);
    clock.moveTo(START - HOUR);
    expect(new Date().toISOString()).toBe('2030-01-01T10:05:00.000Z');
  });

  it('passes while work is done, and hurries its waits', async () => {
    await clock.passDuring(() => new Promise(resolve => setTimeout(resolve, 4_000)));
    expect(Date.now()).toBeGreaterThanOrEqual(START + 3_000);
    const instant = Date.now();
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(Date.now()).toBe(instant);
  });

  it('gives the real time back', () => {
    clock.restore();
    expect(Date.now()).toBeLessThan(START);
  });
});
