import { checkInfra } from './check-infra/check.ts';

const { files, compiled, problems } = await checkInfra(process.cwd(), process.env);
for (const { place, message } of problems) process.stdout.write(`${place}  ${message}\n`);
const how = compiled ? 'compiled, and checked' : 'checked without a compiler';
process.stdout.write(
  `${files} Bicep files ${how}: ${problems.length === 0 ? 'all well' : `${problems.length} problems`}\n`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
