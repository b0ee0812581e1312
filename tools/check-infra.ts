import { readArguments } from './arguments.ts';
import { checkInfra } from './check-infra/check.ts';
import { openCompiler } from './check-infra/compiler.ts';

readArguments(
  `Compiles and evaluates the template of infra/, and holds its settings against code, README, sample and guide.

  npm run check:infra     uses the Bicep compiler that BICEP names, bicep on the PATH, or Azure CLI's own`,
  {},
);
const compiler = await openCompiler(process.env);
const { evaluated, problems } = await checkInfra(process.cwd(), compiler).finally(() => compiler?.close());
for (const { place, message } of problems) process.stdout.write(`${place}  ${message}\n`);
if (evaluated)
  process.stdout.write(
    `Compiled without a warning where none is named above, and evaluated: ${evaluated.join('; ')}.\n`,
  );
else {
  process.stdout.write(
    [
      'NOT CHECKED: there is no Bicep compiler here, so the template was neither compiled nor evaluated:',
      '  types and properties, what would be created, roles, app settings, alarms, network, refusals.',
      '  Get one (az bicep install, or name it in BICEP) and run this again. Only names were held against code, sample, README and guide.\n',
    ].join('\n'),
  );
}
process.stdout.write(`${problems.length === 0 ? 'All well' : `${problems.length} problems`}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
