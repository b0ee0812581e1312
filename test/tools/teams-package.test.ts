import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { manifestFaults, type TeamsApp, teamsPackage } from '../../tools/teams-package.ts';

const app: TeamsApp = {
  botId: '3f0c2a1e-1111-4222-8333-444455556666',
  version: '1.2.3',
  developer: 'Contoso "Partners"',
  website: 'https://contoso.example',
  privacy: 'https://contoso.example/privacy',
  terms: 'https://contoso.example/terms',
};

const manifestOf = (zip: Uint8Array) => JSON.parse(strFromU8(unzipSync(zip)['manifest.json'] as Uint8Array));

it('fills the ids in and passes Microsoft’s schema', async () => {
  const zip = await teamsPackage(app);
  expect(Object.keys(unzipSync(zip)).toSorted()).toEqual(['color.png', 'manifest.json', 'outline.png']);
  const manifest = manifestOf(zip);
  expect(manifest.bots[0].botId).toBe(app.botId);
  expect(manifest.developer.name).toBe('Contoso "Partners"');
  expect(manifest.id).toMatch(/^[0-9a-f-]{36}$/);
  expect(manifest.id).not.toBe(app.botId);
  expect(JSON.stringify(manifest)).not.toContain('${');
});

it('gives the same file for the same ids, and the same app for the same bot', async () => {
  const first = await teamsPackage(app);
  expect(await teamsPackage(app)).toEqual(first);
  const again = await teamsPackage({ ...app, version: '2.0.0', botId: app.botId.toUpperCase() });
  expect(manifestOf(again).id).toBe(manifestOf(first).id);
});

it('says what Teams would refuse', async () => {
  const bad = { ...app, website: 'http://contoso.example', botId: 'x', developer: 'x'.repeat(33) };
  await expect(teamsPackage(bad)).rejects.toThrow(/developer\/name[\s\S]*botId[\s\S]*website/);
  await expect(teamsPackage({ ...app, developer: ' ' })).rejects.toThrow(/^developer must be a name$/);
  const manifest = manifestOf(await teamsPackage(app));
  expect(await manifestFaults({ ...manifest, colour: 'blue' })).toEqual([expect.stringContaining('additional')]);
});

it('demands that an app for teams says that it knows shared and private channels', async () => {
  const { supportsChannelFeatures, ...manifest } = manifestOf(await teamsPackage(app));
  expect(supportsChannelFeatures).toBe('tier1');
  expect(await manifestFaults(manifest)).toEqual([expect.stringContaining('supportsChannelFeatures')]);
  const personal = { ...manifest, bots: [{ ...manifest.bots[0], scopes: ['personal'], commandLists: [] }] };
  expect(await manifestFaults({ ...personal, defaultInstallScope: 'personal' })).not.toContainEqual(
    expect.stringContaining('supportsChannelFeatures'),
  );
});
