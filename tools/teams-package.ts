import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { ValidateFunction } from 'ajv';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { zipSync } from 'fflate';
import { v5 as uuidV5 } from 'uuid';
import { readArguments } from './arguments.ts';

/**
 * Fills the ids into the Teams app's manifest, checks it against Microsoft's schema and its icons against Teams' rules,
 * and puts all three into dist/referral-alerts-teams.zip. The same ids give the same file.
 */
const SOURCE = new URL('../infra/teams-app/', import.meta.url);
const ARCHIVE = 'dist/referral-alerts-teams.zip';
const NO_TIME = new Date(1980, 0, 1);
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
// Makes the app's id out of the bot's: one bot is always the same app, in every package.
const APP_NAMESPACE = 'f0b9d3d4-5b0a-4a55-9a6e-0d6f3f0f9c11';
const PLACEHOLDER = 'https://www.example.com';
const NOBODY = 'Your organisation';

export interface TeamsApp {
  readonly botId: string;
  readonly version: string;
  /** Who offers the app, and where they are found; https. */
  readonly developer: string;
  readonly website: string;
  readonly privacy: string;
  readonly terms: string;
}

/**
 * The package, ready to upload.
 * @throws Error naming everything that Teams would refuse
 */
export async function teamsPackage(app: TeamsApp): Promise<Uint8Array> {
  const values: Record<string, string> = { ...app, appId: uuidV5(app.botId.toLowerCase(), APP_NAMESPACE) };
  const template = await readFile(new URL('manifest.json', SOURCE), 'utf8');
  const manifest = template.replace(/\$\{(\w+)\}/g, (_, name) => JSON.stringify(values[name] ?? '').slice(1, -1));
  const icons = { 'color.png': await readIcon('color.png'), 'outline.png': await readIcon('outline.png') };
  const faults = [...(await manifestFaults(JSON.parse(manifest))), ...developerFaults(app), ...iconFaults(icons)];
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return zipSync({ 'manifest.json': new TextEncoder().encode(manifest), ...icons }, { level: 9, mtime: NO_TIME });
}

/** What Microsoft's schema of this manifest's version says against it. */
export async function manifestFaults(manifest: Manifest): Promise<string[]> {
  const validate = await validatorOf(manifest.manifestVersion ?? '');
  const faults = validate(manifest)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `manifest.json ${instancePath}: ${message}`);
  return [...faults, ...channelFaults(manifest)];
}

const validators = new Map<string, ValidateFunction>();

/** Made once for each version: the schema is long. */
async function validatorOf(version: string): Promise<ValidateFunction> {
  const made = validators.get(version);
  if (made) return made;
  const require = createRequire(import.meta.url);
  const schemas = path.join(
    path.dirname(require.resolve('@microsoft/app-manifest/package.json')),
    'build/json-schemas/teams',
  );
  const file = path.join(schemas, `v${version}`, 'MicrosoftTeams.schema.json');
  const ajv = new AjvDraft04.default({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(await readFile(file, 'utf8')) as object);
  validators.set(version, validate);
  return validate;
}

interface Manifest {
  readonly manifestVersion?: string;
  readonly supportsChannelFeatures?: string | null;
  readonly bots?: readonly { readonly scopes?: readonly string[] }[];
}

/** The schema lets it out; Teams refuses an app for teams that does not say whether it knows shared and private channels. */
function channelFaults({ bots = [], supportsChannelFeatures }: Manifest): string[] {
  const isForTeams = bots.some(({ scopes = [] }) => scopes.some(scope => scope.toLowerCase() === 'team'));
  return isForTeams && supportsChannelFeatures !== 'tier1'
    ? ['manifest.json /supportsChannelFeatures: must be tier1 in an app for teams']
    : [];
}

/** The schema lets http and a developer without a name pass; Teams' checks do not. */
function developerFaults({ developer, website, privacy, terms }: TeamsApp): string[] {
  const nameless = developer.trim() === '' ? ['developer must be a name'] : [];
  const insecure = Object.entries({ website, privacy, terms })
    .filter(([, address]) => !address.startsWith('https://') || !URL.canParse(address))
    .map(([name]) => `${name} must be an https address`);
  return [...nameless, ...insecure];
}

async function readIcon(name: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(new URL(name, SOURCE)));
}

function iconFaults(icons: Readonly<Record<'color.png' | 'outline.png', Uint8Array>>): string[] {
  return [...sizeFaults('color.png', icons['color.png'], 192), ...sizeFaults('outline.png', icons['outline.png'], 32)];
}

/** Width and height stand at a fixed place in every PNG. */
function sizeFaults(name: string, png: Uint8Array, size: number): string[] {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const good = view.getUint32(0) === 0x89504e47 && view.getUint32(16) === size && view.getUint32(20) === size;
  return good ? [] : [`${name} must be a PNG of ${size} by ${size} pixels`];
}

const USAGE = `Makes ${ARCHIVE}, which a Teams administrator uploads.

  npm run teams:package -- --bot-id GUID     the bot's application id, or BOT_APP_ID in the environment

  --developer NAME                           who offers the app
  --website URL --privacy URL --terms URL    where they are found; https`;

async function main(): Promise<void> {
  const { 'bot-id': botId, ...others } = readArguments(USAGE, {
    'bot-id': { type: 'string', default: process.env.BOT_APP_ID ?? '' },
    developer: { type: 'string', default: NOBODY },
    website: { type: 'string', default: PLACEHOLDER },
    privacy: { type: 'string', default: `${PLACEHOLDER}/privacy` },
    terms: { type: 'string', default: `${PLACEHOLDER}/terms` },
  });
  if (botId !== '' && !GUID.test(botId)) {
    throw new Error(`--bot-id must be a GUID, such as ${APP_NAMESPACE}, without braces.`);
  }
  if (botId === '') {
    throw new Error('The bot’s application id is missing: npm run teams:package -- --bot-id GUID, or set BOT_APP_ID.');
  }
  const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const zip = await teamsPackage({ botId, version, ...others });
  await mkdir('dist', { recursive: true });
  await writeFile(ARCHIVE, zip);
  process.stdout.write(`${ARCHIVE}  ${(zip.length / 1000).toFixed(0)} kB\n`);
  const left = Object.entries(others).filter(([, value]) => value === NOBODY || value.startsWith(PLACEHOLDER));
  if (left.length > 0) {
    process.stdout.write(
      `Placeholders stand in it. Name yours before you hand it to an administrator: ${left.map(([name]) => `--${name}`).join(', ')}.\n`,
    );
  }
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
