// npm run azure -- secrets [NAME …] | trust | sign-in [--device] | poll [--again] | variables
import { readDeployment } from './azure/environment.ts';
import { pollFromOutside } from './azure/poll.ts';
import { putSecrets } from './azure/secrets.ts';
import { signIn } from './azure/sign-in.ts';
import { trustIdentity } from './azure/trust.ts';
import { variableLines } from './azure/variables.ts';

const USAGE = `Steps of a deployment that no two shells write alike. What they need to know they read from the azd environment,
or from the environment itself.

  npm run azure -- secrets [NAME …]     puts the values of SETTINGS_IN_VAULT, or of these names, into the vault
  npm run azure -- trust                lets the app's identity stand for the app registration
  npm run azure -- sign-in [--device]   signs in to Partner Center, with a client secret that is removed afterwards
  npm run azure -- poll [--again]       has the deployed app poll, once or every five minutes
  npm run -s azure -- variables         a pipeline's variables (VARIABLES, as JSON) as lines for GITHUB_ENV`;

const say = (text: string) => void process.stdout.write(`${text}\n`);

async function main([step = '', ...args]: readonly string[]): Promise<number> {
  const deployment = await readDeployment(process.cwd(), process.env);
  switch (step) {
    case 'secrets':
      await putSecrets(deployment, args, say);
      return 0;
    case 'trust':
      await trustIdentity(deployment, say);
      return 0;
    case 'sign-in':
      return await signIn(deployment, args);
    case 'poll':
      await pollFromOutside(deployment, args.includes('--again'), say);
      return 0;
    case 'variables':
      process.stdout.write(variableLines(process.env.VARIABLES ?? ''));
      return 0;
    default:
      say(USAGE);
      return step === '' || step === '--help' ? 0 : 1;
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
