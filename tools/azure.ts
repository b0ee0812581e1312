// npm run azure -- secrets [NAME …] | trust | sign-in [--device] | poll [--again] | test [NAME …] | report … | routes … | forget … | variables
import { parseArgs } from 'node:util';
import { readDeployment } from './azure/environment.ts';
import { pollFromOutside } from './azure/poll.ts';
import type { Input } from './azure/secrets.ts';
import { signIn } from './azure/sign-in.ts';
import { trustIdentity } from './azure/trust.ts';
import { variableLines } from './azure/variables.ts';

const USAGE = `Steps of a deployment that no two shells write alike. What they need to know they read from the azd environment,
or from the environment itself.

  npm run azure -- secrets [NAME …]     puts the values of SETTINGS_IN_VAULT, or of these names, into the vault
  npm run azure -- trust                lets the app's identity stand for the app registration
  npm run azure -- sign-in [--device]   signs in to Partner Center, with a client secret that is removed afterwards
  npm run azure -- poll [--again]       has the deployed app poll, once or every five minutes
  npm run azure -- test [NAME …]        sends a test message through each webhook, pager and SMTP server, or through these settings
  npm run azure -- report …             npm run report, on what the deployment keeps; options as there
  npm run azure -- routes …             npm run routes, likewise
  npm run azure -- forget …             npm run forget, likewise
  npm run -s azure -- variables         a pipeline's variables (VARIABLES, as JSON) as lines for GITHUB_ENV`;

/** What a step is given: where the azd environment lies, the environment of the process, and both ends of the terminal. */
interface Terminal {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly input: Input;
  readonly say: (text: string) => void;
}

const FLAG = { type: 'boolean' } as const;
/** What may stand behind each step. */
const STEPS = {
  secrets: { options: {}, allowPositionals: true },
  trust: { options: {} },
  'sign-in': { options: { device: FLAG } },
  poll: { options: { again: FLAG } },
  test: { options: {}, allowPositionals: true },
  variables: { options: {} },
};
/** Commands that read what stands behind them themselves. */
const ON_KEPT: readonly string[] = ['report', 'routes', 'forget'];

/** Takes a step, and answers the exit code. @throws Error that says what to do */
export async function azure(
  [step = '', ...args]: readonly string[],
  { folder, env, input, say }: Terminal,
): Promise<number> {
  if (step === '' || [step, ...args].some(one => one === '--help' || one === '-h')) {
    say(USAGE);
    return 0;
  }
  if (ON_KEPT.includes(step)) {
    const { runOnKept } = await import('./azure/here.ts');
    return await runOnKept(step, args, { deployment: await readDeployment(folder, env), folder, say });
  }
  if (!Object.hasOwn(STEPS, step)) {
    throw new Error(`There is no step of that name. There are: ${[...Object.keys(STEPS), ...ON_KEPT].join(', ')}.`);
  }
  const name = step as keyof typeof STEPS;
  const { values, positionals } = parseArgs({ args, allowPositionals: false, ...STEPS[name] });
  const deployment = await readDeployment(folder, env);
  switch (name) {
    case 'secrets': {
      // The other steps start without Azure's libraries.
      const { putSecrets } = await import('./azure/secrets.ts');
      return (await putSecrets(deployment, positionals, input, say)) ? 0 : 1;
    }
    case 'trust':
      await trustIdentity(deployment, say);
      return 0;
    case 'sign-in':
      return await signIn(deployment, args);
    case 'poll':
      await pollFromOutside(deployment, 'again' in values, say);
      return 0;
    case 'test': {
      const { testChannels } = await import('./azure/here.ts');
      return (await testChannels(positionals, { deployment, folder, say })) ? 0 : 1;
    }
    case 'variables':
      process.stdout.write(variableLines(env.VARIABLES ?? ''));
      return 0;
  }
}

if (import.meta.main) {
  // A reader that went away (`| head`) is no reason to leave a step half done.
  process.stdout.on('error', () => {});
  const say = (text: string) => void process.stdout.write(`${text}\n`);
  try {
    process.exitCode = await azure(process.argv.slice(2), {
      folder: process.cwd(),
      env: process.env,
      input: process.stdin,
      say,
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
